"""Large files, begun by a process of their own while this one goes on."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from katalog.crew import Crew, apart
from katalog.model import Deferred


@contextmanager
def begun(
    files: Sequence[Deferred], is_wanted: Callable[[Deferred], bool], crew: Crew
) -> Iterator[tuple[Deferred, ...]]:
    """The same files; the making of those that are wanted has begun, and they are given when they are asked for.

    What is wanted is asked by the process that makes it. They can be asked for here only, by no other process.
    """
    if crew.workers < 2:
        yield tuple(files)
        return

    def make(number: int) -> bytes | None:
        return files[number].make() if is_wanted(files[number]) else None

    with apart(len(files), make, crew) as results:
        waiting = zip(files, results, strict=True)
        ready: dict[str, bytes | None] = {}

        def take(file: Deferred) -> bytes:
            while file.path not in ready:
                other, content = next(waiting)
                ready[other.path] = content
            made = ready.pop(file.path)
            return file.make() if made is None else made

        yield tuple(replace(file, make=partial(take, file)) for file in files)
