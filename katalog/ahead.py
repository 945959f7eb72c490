"""Large files, begun by a process of their own while this one goes on."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TypeVar

from katalog.crew import Crew, apart
from katalog.model import Deferred

# Of so few files the making takes no longer than a process would.
FEW = 300

Output = TypeVar("Output")


@contextmanager
def begun(
    outputs: Sequence[Output], is_wanted: Callable[[Deferred], bool], crew: Crew
) -> Iterator[tuple[Output | Deferred, ...]]:
    """The same outputs; the making of large ones that are wanted has begun, and they are given when they are asked for.

    They can be asked for here only, by no other process.
    """
    if crew.workers < 2 or len(outputs) < FEW:
        yield tuple(outputs)
        return
    large = [output for output in outputs if isinstance(output, Deferred) and output.large and is_wanted(output)]
    with apart(len(large), lambda number: large[number].make(), crew) as results:
        waiting = zip(large, results, strict=True)
        ready: dict[str, bytes] = {}

        def take(path: str) -> bytes:
            while path not in ready:
                output, content = next(waiting)
                ready[output.path] = content
            return ready.pop(path)

        started = {output.path: replace(output, make=partial(take, output.path)) for output in large}
        yield tuple(
            started[output.path] if isinstance(output, Deferred) and output.path in started else output
            for output in outputs
        )
