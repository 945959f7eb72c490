"""Large files, begun by a process of their own while this one goes on."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from tempfile import TemporaryFile

from msgspec.structs import replace

from katalog.crew import Crew, apart
from katalog.model import Deferred

# Where a file that was made lies among the others: its beginning and its length.
_Place = tuple[int, int]


@contextmanager
def begun(files: Sequence[Deferred], crew: Crew) -> Iterator[tuple[Deferred, ...]]:
    """The same files; their making has begun, and they are given when they are asked for.

    They can be asked for here only, by no other process. Whether all will be is not known so early: to find out costs
    as much as half of them, and they are new whenever an entry is. Until then they lie on the disk, so that no process
    holds them.
    """
    if crew.workers < 2:
        yield tuple(files)
        return
    owner = os.getpid()

    def make(number: int) -> _Place | bytes:
        content = files[number].make()
        if os.getpid() == owner:
            return content
        start = shelf.seek(0, os.SEEK_END)
        shelf.write(content)
        shelf.flush()
        return start, len(content)

    with TemporaryFile(prefix="katalog-") as shelf, apart(len(files), make, crew) as apart_from_here:
        waiting = zip(files, apart_from_here.results, strict=True)
        ready: dict[str, _Place | bytes] = {}

        def take(path: str) -> bytes:
            while path not in ready:
                file, made = next(waiting)
                ready[file.path] = made
            made = ready.pop(path)
            return made if isinstance(made, bytes) else os.pread(shelf.fileno(), made[1], made[0])

        is_ready = apart_from_here.is_ready
        yield tuple(replace(file, make=partial(take, file.path), is_ready=is_ready) for file in files)
