"""Large files, and what takes long before them, begun by a process of their own while this one goes on."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from msgspec.structs import replace

from katalog.crew import Crew, apart
from katalog.model import Content, Deferred
from katalog.shelf import Shelved, open_shelf, write_whole


@contextmanager
def begun(
    files: Sequence[Deferred], crew: Crew, first: Sequence[Callable[[], Any]]
) -> Iterator[tuple[tuple[Deferred, ...], tuple[Callable[[], Any], ...]]]:
    """The same files, and what gives the result of each of `first`; the making of all has begun, of these first.

    They can be asked for here only, by no other process. Whether all will be is not known so early: to find out costs
    as much as half of them, and they are new whenever an entry is. Until then the files lie on the disk, so that no
    process holds them, and they can be published where they lie.
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
        shelf = shelves[number - len(first)]
        try:
            write_whole(shelf, bytes(content))
        except OSError:
            os.ftruncate(shelf, 0)  # the room that it took is needed by whoever makes it again
            raise
        return len(content)

    with ExitStack() as stack:
        shelves = [open_shelf(crew.room) for _ in files]
        for shelf in shelves:
            stack.callback(os.close, shelf)
        apart_from_here = stack.enter_context(apart(len(first) + len(files), make, crew))
        given: list[Any] = []
        waiting = iter(zip(files, shelves, strict=True))
        ready: dict[str, Content] = {}

        def give(number: int) -> Any:
            while len(given) <= number:
                given.append(next(apart_from_here.results))
            return given[number]

        def take(path: str) -> Content:
            for number in range(len(first)):
                give(number)
            while path not in ready:
                file, shelf = next(waiting)
                made = next(apart_from_here.results)
                ready[file.path] = Shelved(shelf, made) if isinstance(made, int) else made
            return ready.pop(path)

        def is_ready() -> bool:
            while len(given) < len(first) and apart_from_here.is_ready():
                give(len(given))
            return apart_from_here.is_ready()

        later = tuple(replace(file, make=partial(take, file.path), is_ready=is_ready) for file in files)
        yield later, tuple(partial(give, number) for number in range(len(first)))
