"""Large files, and what takes long before them, begun by a process of their own while this one goes on."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from tempfile import TemporaryFile
from typing import Any, TypeVar

from msgspec.structs import replace

from katalog.crew import Crew, apart
from katalog.model import Deferred

Result = TypeVar("Result")

# Where a file that was made lies among the others: its beginning and its length.
_Place = tuple[int, int]


@contextmanager
def begun(
    files: Sequence[Deferred], crew: Crew, first: Callable[[], Result]
) -> Iterator[tuple[tuple[Deferred, ...], Callable[[], Result]]]:
    """The same files, and what gives the result of `first`; the making of all has begun, of that result first.

    They can be asked for here only, by no other process. Whether all will be is not known so early: to find out costs
    as much as half of them, and they are new whenever an entry is. Until then the files lie on the disk, so that no
    process holds them.
    """
    if crew.workers < 2:
        yield tuple(files), first
        return
    owner = os.getpid()

    def make(number: int) -> _Place | bytes | Result:
        if number == 0:
            return first()
        content = files[number - 1].make()
        if os.getpid() == owner:
            return content
        start = shelf.seek(0, os.SEEK_END)
        shelf.write(content)
        shelf.flush()
        return start, len(content)

    with TemporaryFile(prefix="katalog-") as shelf, apart(1 + len(files), make, crew) as apart_from_here:
        results: Iterator[Any] = apart_from_here.results
        waiting = iter(files)
        ready: dict[str, _Place | bytes] = {}

        @cache
        def give_first() -> Result:
            result: Result = next(results)
            return result

        def take(path: str) -> bytes:
            give_first()
            while path not in ready:
                ready[next(waiting).path] = next(results)
            made = ready.pop(path)
            return made if isinstance(made, bytes) else os.pread(shelf.fileno(), made[1], made[0])

        def is_ready() -> bool:
            if apart_from_here.is_ready():
                give_first()  # unless it was given, that is what was ready
            return apart_from_here.is_ready()

        later = tuple(replace(file, make=partial(take, file.path), is_ready=is_ready) for file in files)
        yield later, give_first
