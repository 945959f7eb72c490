"""Innovations <-> bytes, for the memory between builds. Ground.

Terms are written as names, and found again in the vocabulary; records as the numbers of their kinds and their values.
Only the records of an innovation are ever read back: bytes that hold anything else are refused, whoever wrote them.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import NoneType
from typing import Any

from msgspec import DecodeError, Struct, msgpack
from msgspec.structs import astuple

from katalog import model
from katalog.model import Innovation, Term, Vocabulary

Terms = Mapping[tuple[str, str], Term]
# A list whose first item tells what the others are: the items of a tuple, the names of a term, the values of a record.
_Written = list[Any]

_TUPLE, _TERM = 0, 1
_RECORDS: dict[int, type[Struct]] = dict(
    enumerate(
        (
            model.Award,
            model.ChangeNote,
            model.Contact,
            model.Innovation,
            model.PartialDate,
            model.Source,
            model.Verification,
            model.Withdrawal,
        ),
        start=2,
    )
)
_NUMBERS = {kind: number for number, kind in _RECORDS.items()}
_PLAIN = frozenset({bool, int, NoneType, str})
# The same days are met over and over, and can be the same records.
_DAYS = 20_000


def _make_maker(kind: type[Struct]) -> Callable[..., object]:
    """From the values of a record's fields to the record."""
    names = kind.__struct_fields__
    return lambda *values: kind(**dict(zip(names, values, strict=True)))


_MAKE = {number: _make_maker(kind) for number, kind in _RECORDS.items()}
_MAKE[_NUMBERS[model.PartialDate]] = lru_cache(_DAYS)(_MAKE[_NUMBERS[model.PartialDate]])


def terms_by_name(vocabulary: Vocabulary) -> Terms:
    """Every term under its list and slug."""
    return {(term.vocabulary, term.slug): term for terms in vocabulary.lists.values() for term in terms}


def pack(innovation: Innovation, body_line: int) -> bytes:
    """An innovation, and the line of its file where the body begins."""
    return msgpack.encode((_written(innovation), body_line))


def unpack(data: bytes, terms: Terms) -> tuple[Innovation, int] | None:
    """What was packed; None where it is something else, or names a term that is gone."""
    try:
        written, body_line = msgpack.decode(data)
        innovation = _read(written, terms)
    except (DecodeError, LookupError, TypeError, ValueError, RecursionError):
        return None
    return (innovation, body_line) if isinstance(innovation, Innovation) and isinstance(body_line, int) else None


def _written(value: Any) -> _Written:
    kind = type(value)
    if kind is tuple:
        return [_TUPLE, *_all_written(value)]
    if kind is Term:
        return [_TERM, value.vocabulary, value.slug]
    return [_NUMBERS[kind], *_all_written(astuple(value))]


def _all_written(values: Sequence[Any]) -> _Written:
    return [value if type(value) in _PLAIN else _written(value) for value in values]


def _read(written: _Written, terms: Terms) -> object:
    number, *values = written
    if number == _TERM:
        first, second = values
        return terms[first, second]
    parts = [_read(value, terms) if type(value) is list else value for value in values]
    return tuple(parts) if number == _TUPLE else _MAKE[number](*parts)
