"""Innovations <-> bytes, for the memory between builds. Ground.

Terms are written as names, and found again in the vocabulary; records as the names of their kinds and their values.
Only the records of an innovation are ever read back: bytes that name anything else are refused, whoever wrote them.
"""

import io
import pickle
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

from katalog import model
from katalog.model import Innovation, Term, Vocabulary

_RECORDS: tuple[type[Struct], ...] = (
    model.Award,
    model.ChangeNote,
    model.Contact,
    model.Innovation,
    model.PartialDate,
    model.Source,
    model.Verification,
    model.Withdrawal,
)

Terms = Mapping[tuple[str, str], Term]
# The name of a kind of records and the values of one, or "" and a term's list and slug.
_Written = tuple[str, tuple[Any, ...]]


# The same days are met over and over, and can be the same records.
_DAYS = 20_000


def _make_maker(kind: type[Struct]) -> Callable[[tuple[Any, ...]], object]:
    """From the values of a record's fields to the record."""
    names = kind.__struct_fields__
    return lambda values: kind(**dict(zip(names, values, strict=True)))


_MAKE = {kind.__name__: _make_maker(kind) for kind in _RECORDS}
_MAKE["PartialDate"] = lru_cache(_DAYS)(_MAKE["PartialDate"])


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
    """Writes a record as its values, and a term as its name."""

    def persistent_id(self, value: object) -> _Written | None:
        """What is written for a record or a term."""
        if isinstance(value, Term):
            return "", (value.vocabulary, value.slug)
        kind = type(value)
        return (kind.__name__, astuple(value)) if isinstance(value, _RECORDS) else None


class _Reader(pickle.Unpickler):
    """Knows the records of an innovation and nothing else."""

    def __init__(self, file: io.BytesIO, terms: Terms) -> None:
        super().__init__(file)
        self._terms = terms

    def persistent_load(self, pid: _Written) -> object:
        """The record of its values, or the term of its name."""
        kind, values = pid
        return _MAKE[kind](values) if kind else self._terms[values]

    def find_class(self, module: str, name: str) -> object:
        """Nothing: no class of Python's is written."""
        raise pickle.UnpicklingError(f"{module}.{name}")
