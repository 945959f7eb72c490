"""Innovations <-> bytes, for the memory between builds. Ground.

Terms are written as names, and found again in the vocabulary. Only the records of an innovation are ever read
back: bytes that name anything else are refused, whoever wrote them.
"""

import io
import pickle
from collections.abc import Mapping

from katalog import model
from katalog.model import Innovation, Term, Vocabulary

_RECORDS = {
    record.__name__: record
    for record in (
        model.Award,
        model.ChangeNote,
        model.Contact,
        model.Innovation,
        model.PartialDate,
        model.Source,
        model.Verification,
        model.Withdrawal,
    )
}

Terms = Mapping[tuple[str, str], Term]


def terms_by_name(vocabulary: Vocabulary) -> Terms:
    """Every term under its list and slug."""
    return {(term.vocabulary, term.slug): term for terms in vocabulary.lists.values() for term in terms}


def pack(innovation: Innovation, body_line: int) -> bytes:
    """An innovation, and the line of its file where the body begins."""
    file = io.BytesIO()
    _Writer(file, protocol=5).dump((innovation, body_line))
    return file.getvalue()


def unpack(data: bytes, terms: Terms) -> tuple[Innovation, int] | None:
    """What was packed; None where it is something else, or names a term that is gone."""
    reader = _Reader(io.BytesIO(data), terms)
    try:
        innovation, body_line = reader.load()
    except (pickle.UnpicklingError, LookupError, TypeError, ValueError, AttributeError, EOFError):
        return None
    return (innovation, body_line) if isinstance(innovation, Innovation) else None


# Methods, since Python 3.13.0 lets nobody set these on an object.
class _Writer(pickle.Pickler):
    """Writes a term as its name."""

    def persistent_id(self, value: object) -> tuple[str, str] | None:
        """A term's list and slug."""
        return (value.vocabulary, value.slug) if isinstance(value, Term) else None


class _Reader(pickle.Unpickler):
    """Knows the records of an innovation and nothing else."""

    def __init__(self, file: io.BytesIO, terms: Terms) -> None:
        super().__init__(file)
        self._terms = terms

    def persistent_load(self, pid: tuple[str, str]) -> Term:
        """The term of a name."""
        return self._terms[pid]

    def find_class(self, module: str, name: str) -> object:
        """A record's class."""
        if module != model.__name__ or name not in _RECORDS:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return _RECORDS[name]
