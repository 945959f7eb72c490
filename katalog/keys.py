"""What an output is made of -> a key. Ground.

A key is a hash of the whole recipe (program, templates, libraries, configuration) and of everything the
output holds. Equal keys mean equal bytes; there is no graph of what depends on what.
"""

import io
import os
import pickle
import sys
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from hashlib import blake2b
from typing import Any, Protocol

from katalog.language import Language
from katalog.model import Catalogue, Config, Facet, Innovation, Photo, Term, Vocabulary

# What a key may leave out fields of.
_SEEN_IN_PART = frozenset({Catalogue, Innovation})
# Records that many outputs hold are hashed once.
_SHARED = frozenset({Catalogue, Config, Facet, Innovation, Language, Photo, Term, Vocabulary})

EVERYTHING: frozenset[str] = frozenset()


class KeyOf(Protocol):
    """From plain values and frozen records to keys of 16 bytes; b"" for what has no lasting form."""

    def __call__(self, value: object, unseen: frozenset[str] = EVERYTHING, /) -> bytes:
        """The key of a value for somebody who sees nothing of these fields of catalogues and innovations."""


def make_keys(recipe: bytes) -> KeyOf:
    """A function that makes keys.

    Values are taken by content: two runs give the same key, whichever objects they share.
    """

    @cache
    def writer(unseen: frozenset[str]) -> type[pickle.Pickler]:
        known: dict[int, tuple[object, bytes]] = {}

        class Writer(pickle.Pickler):
            """Writes a record that many outputs hold as its hash."""

            def reducer_override(self, value: object) -> Any:
                """Asked for everything but plain values; a hash is written as what would make it."""
                if type(value) not in _SHARED:
                    return NotImplemented
                found = known.get(id(value))
                if found is None:
                    parts = _parts(value, unseen if type(value) in _SEEN_IN_PART else EVERYTHING)
                    found = known[id(value)] = (value, _hash(b"", parts, Writer))
                return bytes, (found[1],)

        return Writer

    def key_of(value: object, unseen: frozenset[str] = EVERYTHING, /) -> bytes:
        try:
            return _hash(recipe, value, writer(unseen))
        except (pickle.PicklingError, AttributeError, TypeError):
            return b""

    return key_of


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
    return kind.__name__, *(getattr(record, name) for name in _names(kind, unseen))


@cache
def _names(kind: Any, unseen: frozenset[str]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in unseen)


def _hash(salt: bytes, value: object, writer: type[pickle.Pickler]) -> bytes:
    file = io.BytesIO()
    pickler = writer(file, protocol=5)
    pickler.fast = True  # without remembering which objects it has met, so that only content counts
    pickler.dump(value)
    return blake2b(file.getbuffer(), digest_size=16, key=salt).digest()
