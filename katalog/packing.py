"""Innovations <-> bytes, for the memory between builds. Ground.

Terms are written as their list and slug, and found again in the vocabulary; everything else as it is. Only an
innovation, whole and with values of the right kinds, is ever read back: bytes that hold anything else are refused,
whoever wrote them.
"""

from collections.abc import Mapping
from typing import Any, get_type_hints

from msgspec import DecodeError, Struct, defstruct, msgpack
from msgspec.structs import astuple

from katalog.model import Innovation, Term, Vocabulary

# A list and a slug.
_Name = tuple[str, str]
Terms = Mapping[_Name, Term]

_KINDS = get_type_hints(Innovation)
_NAMES = Innovation.__struct_fields__
# Fields that hold a term, or several, and what is written instead.
_NAMED: dict[Any, Any] = {Term: _Name, Term | None: _Name | None, tuple[Term, ...]: tuple[_Name, ...]}
_ONE = [place for place, name in enumerate(_NAMES) if _KINDS[name] in (Term, Term | None)]
_MANY = [place for place, name in enumerate(_NAMES) if _KINDS[name] == tuple[Term, ...]]

_Written = defstruct(
    "_Written", [(name, _NAMED.get(_KINDS[name], _KINDS[name])) for name in _NAMES], frozen=True, array_like=True
)
_ENCODER = msgpack.Encoder()
_DECODER: msgpack.Decoder[tuple[Struct, int]] = msgpack.Decoder(tuple[_Written, int])  # type: ignore[valid-type]


def terms_by_name(vocabulary: Vocabulary) -> Terms:
    """Every term under its list and slug."""
    return {_name(term): term for terms in vocabulary.lists.values() for term in terms}


def pack(innovation: Innovation, body_line: int) -> bytes:
    """An innovation, and the line of its file where the body begins."""
    values = [*astuple(innovation)]
    for place in _ONE:
        if values[place]:
            values[place] = _name(values[place])
    for place in _MANY:
        values[place] = [_name(term) for term in values[place]]
    return _ENCODER.encode((values, body_line))


def unpack(data: bytes, terms: Terms) -> tuple[Innovation, int] | None:
    """What was packed; None where it is something else, or names a term that is gone."""
    try:
        written, body_line = _DECODER.decode(data)
        values = [*astuple(written)]
        for place in _ONE:
            if values[place]:
                values[place] = terms[values[place]]
        for place in _MANY:
            if values[place]:
                values[place] = tuple([terms[name] for name in values[place]])
    except (DecodeError, LookupError):
        return None
    return Innovation(**dict(zip(_NAMES, values, strict=True))), body_line


def _name(term: Term) -> _Name:
    return term.vocabulary, term.slug
