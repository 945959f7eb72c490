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
from dataclasses import fields, is_dataclass
from functools import cache, partial
from hashlib import blake2b
from types import EllipsisType, FunctionType, NoneType
from typing import Any, Protocol

from katalog.language import Language
from katalog.model import Catalogue, Config, Facet, Innovation, Photo, Term, Vocabulary

# What a key may leave out fields of.
_SEEN_IN_PART = frozenset({Catalogue, Innovation})
# Records that many outputs hold are hashed once.
_SHARED = frozenset({Catalogue, Config, Facet, Innovation, Language, Photo, Term, Vocabulary})
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

    def hash_of(salt: bytes, value: object) -> bytes:
        return blake2b(marshal.dumps(plain(value), _CONTENT_ONLY), digest_size=16, key=salt).digest()

    # Mostly in the order of how often it is met: every output passes here with all that it holds.
    def plain(value: Any) -> Any:
        """The same as nothing but plain values, in which what begins with an ellipsis stands for something else."""
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is tuple:
            return tuple([plain(part) for part in value])
        if kind in _SHARED:
            found = known.get(id(value))
            if found is None:
                parts = _parts(value, unseen if kind in _SEEN_IN_PART else EVERYTHING)
                found = known[id(value)] = value, (..., kind.__name__, hash_of(b"", parts))
            return found[1]
        if kind is list:
            return [plain(part) for part in value]
        if kind is dict:
            return ..., "dict", tuple(value), [plain(part) for part in value.values()]
        if kind is frozenset:
            return ..., "frozenset", sorted(value)
        if is_dataclass(kind):
            return ..., kind.__name__, plain(_parts(value, EVERYTHING))
        if kind is partial:
            return ..., "partial", plain(value.func), plain(value.args), plain(value.keywords)
        if kind is FunctionType and "<" not in value.__qualname__:
            return ..., value.__module__, value.__qualname__
        return ..., "pickle", _pickled(value)

    return hash_of


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


def _parts(record: Any, unseen: frozenset[str]) -> tuple[object, ...]:
    kind: Any = type(record)
    return tuple([getattr(record, name) for name in _names(kind, unseen)])


@cache
def _names(kind: Any, unseen: frozenset[str]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in unseen)


def _pickled(value: object) -> bytes:
    file = io.BytesIO()
    pickler = pickle.Pickler(file, protocol=5)
    pickler.fast = True  # without remembering which objects it has met, so that only content counts
    pickler.dump(value)
    return file.getvalue()
