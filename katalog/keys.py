"""What an output is made of -> a key. Ground.

A key is a hash of the whole recipe (program, templates, libraries, configuration) and of everything the
output holds. Equal keys mean equal bytes; there is no graph of what depends on what.
"""

import io
import marshal
import os
import pickle
import sys
from collections.abc import Callable, Mapping
from functools import cache, partial
from hashlib import blake2b
from operator import attrgetter
from types import EllipsisType, FunctionType, NoneType
from typing import Any, Protocol

from msgspec import Struct, msgpack

from katalog.language import Language
from katalog.model import Catalogue, Config, Facet, Innovation, Neighbour, Photo, Term, Vocabulary

# What a key may leave out fields of.
_SEEN_IN_PART = frozenset({Catalogue, Innovation})
# Records that many outputs hold are hashed once.
_SHARED = frozenset({Catalogue, Config, Facet, Innovation, Language, Photo, Term, Vocabulary})
# What a catalogue is put together from tells all of this, for somebody who sees all of it.
_DERIVED = {Catalogue: frozenset({"newest", "facets", "neighbours"})}
_PLAIN = frozenset({bool, bytes, EllipsisType, float, int, NoneType, str})
# The form in which `marshal` writes nothing but content: later ones tell which objects are one and the same.
_CONTENT_ONLY = 2

EVERYTHING: frozenset[str] = frozenset()


class KeyOf(Protocol):
    """From plain values and frozen records to keys of 16 bytes; b"" for what has no lasting form."""

    def __call__(self, value: object, unseen: frozenset[str] = EVERYTHING, /) -> bytes:
        """The key of a value for somebody who sees nothing of these fields of catalogues and innovations."""


def make_keys(recipe: bytes) -> KeyOf:
    """A function that makes keys.

    Values are taken by content: two runs give the same key, whichever objects they share.
    """
    hashers = cache(_make_hasher)

    def key_of(value: object, unseen: frozenset[str] = EVERYTHING, /) -> bytes:
        try:
            return hashers(unseen)(recipe, value)
        except (pickle.PicklingError, AttributeError, TypeError, ValueError):
            return b""

    return key_of


def _make_hasher(unseen: frozenset[str]) -> Callable[[bytes, object], bytes]:
    """A hash of a salt and of anything, records without their fields that are unseen."""
    known: dict[int, tuple[object, tuple[object, ...]]] = {}
    # What reads the values of each kind of record that was met.
    readers: dict[type, Callable[[Any], tuple[object, ...]]] = {}

    def hash_of(salt: bytes, value: object) -> bytes:
        return blake2b(marshal.dumps(plain(value), _CONTENT_ONLY), digest_size=16, key=salt).digest()

    # Every output passes here with all that it holds, so this is written to be quick: plain values are not handed on,
    # and kinds are asked for in the order of how often they are met.
    def plain(value: Any) -> Any:
        """The same as nothing but plain values, in which what begins with an ellipsis stands for something else."""
        kind: Any = type(value)
        if kind is tuple:
            return tuple([part if type(part) in _PLAIN else plain(part) for part in value])
        if kind in _SHARED:
            found = known.get(id(value))
            if found is None:
                left_out = unseen if unseen and kind in _SEEN_IN_PART else _DERIVED.get(kind, EVERYTHING)
                parts = _values_of(kind, left_out)(value)
                own = hash_of(b"", parts) if kind is not Innovation else _hash_of_innovation(parts)
                found = known[id(value)] = value, (..., kind.__name__, own)
            return found[1]
        if kind is Neighbour:  # there are four for each entry
            term = plain(value.term) if value.term else None
            return ..., "Neighbour", (plain(value.innovation), value.reason, term, value.words)
        if kind in readers:
            parts = readers[kind](value)
            return ..., kind.__name__, tuple([part if type(part) in _PLAIN else plain(part) for part in parts])
        if kind in _PLAIN:
            return value
        if kind is dict:
            return ..., "dict", tuple(value), plain(tuple(value.values()))
        if kind is list:
            return [part if type(part) in _PLAIN else plain(part) for part in value]
        if kind is partial:
            return ..., "partial", plain(value.func), plain(value.args), plain(value.keywords)
        if kind is FunctionType and "<" not in value.__qualname__:
            return ..., value.__module__, value.__qualname__
        if kind is frozenset:
            return ..., "frozenset", sorted(value)
        if issubclass(kind, Struct):
            readers[kind] = _values_of(kind, EVERYTHING)
            return plain(value)
        return ..., "pickle", _pickled(value)

    return hash_of


def _hash_of_innovation(parts: tuple[object, ...]) -> bytes:
    """In half the time that it takes by the general way: there are thousands, and each field is of one known kind."""
    return blake2b(msgpack.encode(parts), digest_size=16).digest()


def hash_all(parts: Mapping[str, bytes]) -> bytes:
    """One hash of named contents, in the order of their names."""
    digest = blake2b(digest_size=16)
    for name in sorted(parts):
        digest.update(f"{name}\0{len(parts[name])}\0".encode() + parts[name])
    return digest.digest()


def libraries() -> bytes:
    """The names and versions of all that is installed; other versions may make other bytes of the same things."""
    found = {
        name
        for folder in sys.path
        if os.path.isdir(folder)  # noqa: PTH112 (as the interpreter knows them)
        for name in os.listdir(folder)  # noqa: PTH208
        if name.endswith(".dist-info")
    }
    return "\n".join(sorted((*found, sys.version))).encode()


@cache
def _values_of(kind: Any, unseen: frozenset[str]) -> Callable[[Any], tuple[object, ...]]:
    """What reads the values of a kind of record, as a tuple."""
    names = [name for name in kind.__struct_fields__ if name not in unseen]
    return attrgetter(*names) if len(names) > 1 else lambda record: tuple(getattr(record, name) for name in names)


def _pickled(value: object) -> bytes:
    file = io.BytesIO()
    pickler = pickle.Pickler(file, protocol=5)
    pickler.fast = True  # without remembering which objects it has met, so that only content counts
    pickler.dump(value)
    return file.getvalue()
