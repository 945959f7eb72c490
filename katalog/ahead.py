"""Large files, and what takes long before them, begun by a process of their own while this one goes on."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from tempfile import TemporaryFile
from typing import Any

from msgspec.structs import replace

from katalog.crew import Crew, apart
from katalog.model import Deferred

# Where a file that was made lies among the others: its beginning and its length.
_Place = tuple[int, int]


@contextmanager
def begun(
    files: Sequence[Deferred], crew: Crew, first: Sequence[Callable[[], Any]]
) -> Iterator[tuple[tuple[Deferred, ...], tuple[Callable[[], Any], ...]]]:
    """The same files, and what gives the result of each of `first`; the making of all has begun, of these first.

    They can be asked for here only, by no other process. Whether all will be is not known so early: to find out costs
    as much as half of them, and they are new whenever an entry is. Until then the files lie on the disk, so that no
    process holds them.
    """
    if crew.workers < 2 or not (files or first):
        yield tuple(files), tuple(first)
        return
    owner = os.getpid()

    def make(number: int) -> Any:
        if number < len(first):
            return first[number]()
        content = files[number - len(first)].make()
        if os.getpid() == owner:
            return content
        start = shelf.seek(0, os.SEEK_END)
        shelf.write(content)
        shelf.flush()
        return start, len(content)

    with TemporaryFile(prefix="katalog-") as shelf, apart(len(first) + len(files), make, crew) as apart_from_here:
        given: list[Any] = []
        waiting = iter(files)
        ready: dict[str, _Place | bytes] = {}

        def give(number: int) -> Any:
            while len(given) <= number:
                given.append(next(apart_from_here.results))
            return given[number]

        def take(path: str) -> bytes:
            for number in range(len(first)):
                give(number)
            while path not in ready:
                ready[next(waiting).path] = next(apart_from_here.results)
            made = ready.pop(path)
            return made if isinstance(made, bytes) else os.pread(shelf.fileno(), made[1], made[0])

        def is_ready() -> bool:
            while len(given) < len(first) and apart_from_here.is_ready():
                give(len(given))
            return apart_from_here.is_ready()

        later = tuple(replace(file, make=partial(take, file.path), is_ready=is_ready) for file in files)
        yield later, tuple(partial(give, number) for number in range(len(first)))
