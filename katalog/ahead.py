"""Large files, begun by a process of their own while this one goes on."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from katalog.crew import Crew, apart
from katalog.model import Deferred


@contextmanager
def begun(files: Sequence[Deferred], crew: Crew) -> Iterator[tuple[Deferred, ...]]:
    """The same files; their making has begun, and they are given when they are asked for.

    They can be asked for here only, by no other process. Whether all will be is not known so early: to find out costs
    as much as half of them, and they are new whenever an entry is.
    """
    with apart(len(files), lambda number: files[number].make(), crew) as apart_from_here:
        waiting = zip(files, apart_from_here.results, strict=True)
        ready: dict[str, bytes] = {}

        def take(path: str) -> bytes:
            while path not in ready:
                file, content = next(waiting)
                ready[file.path] = content
            return ready.pop(path)

        is_ready = apart_from_here.is_ready
        yield tuple(replace(file, make=partial(take, file.path), is_ready=is_ready) for file in files)
