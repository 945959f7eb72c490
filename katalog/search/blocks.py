"""Innovations -> blocks of some that follow one another, and groups of blocks.

Where one ends is told by the slug of its last entry, so that an entry that comes or goes leaves nearly all others as
they are.
"""

import zlib
from collections.abc import Sequence

from msgspec import Struct

from katalog.keys import KeyOf
from katalog.model import Innovation

# At least so many entries are in a block, and blocks in a group; on average twice as many.
BLOCK, GROUP = 64, 4


class Block(Struct, frozen=True, kw_only=True):
    """Entries, the number of the first, and a key of all that they are."""

    start: int
    entries: Sequence[Innovation]
    key: bytes


class Group(Struct, frozen=True, kw_only=True):
    """Blocks, the number of the first entry, and a key of all that they are."""

    start: int
    blocks: Sequence[Block]
    key: bytes


def divide(innovations: Sequence[Innovation], key_of: KeyOf) -> list[Group]:
    """All entries in their order, each in one block of one group."""
    groups: list[Group] = []
    blocks: list[Block] = []
    start = 0
    for number, entry in enumerate(innovations, 1):
        mark = zlib.crc32(entry.slug.encode())
        is_last = number == len(innovations)
        if (number - start >= BLOCK and mark % BLOCK == 0) or is_last:
            entries = innovations[start:number]
            blocks.append(Block(start=start, entries=entries, key=key_of(entries)))
            start = number
            if (len(blocks) >= GROUP and mark // BLOCK % GROUP == 0) or is_last:
                key = b"".join([block.key for block in blocks])
                groups.append(Group(start=blocks[0].start, blocks=blocks, key=key))
                blocks = []
    return groups
