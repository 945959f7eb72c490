"""A line that tells a waiting person how far a long build is; nothing where nobody watches."""

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TextIO, TypeVar

Item = TypeVar("Item")

QUIET_SECONDS = 0.5
EVERY_SECONDS = 0.1


def with_progress(items: Iterable[Item], total: int, stream: TextIO) -> Iterator[Item]:
    """Hand items on; on a terminal, show after half a second how many of `total` have passed."""
    if not stream.isatty():
        yield from items
        return
    shown = monotonic() + QUIET_SECONDS - EVERY_SECONDS
    written = False
    for number, item in enumerate(items, start=1):
        yield item
        if monotonic() - shown >= EVERY_SECONDS:
            shown = monotonic()
            stream.write(f"\rMembuat halaman {min(number, total)} dari {total} ...")
            stream.flush()
            written = True
    if written:
        stream.write("\r" + " " * 50 + "\r")
        stream.flush()
