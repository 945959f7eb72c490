"""What is made of entries block by block, joined by groups, and remembered at both."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from msgspec import Struct

from katalog.model import Remember
from katalog.search.blocks import Block, Group

Result = TypeVar("Result")


class Step(Struct, Generic[Result], frozen=True, kw_only=True):
    """`name` and key say all that `make` depends on; `join` takes results in order, with the first entry of each."""

    name: str
    make: Callable[[Block], Result]
    join: Callable[[Iterable[tuple[int, Result]]], Result]
    pack: Callable[[Result], bytes]
    unpack: Callable[[bytes], Result]


def take(step: Step[Result], group: Group, things: bytes, remember: Remember) -> Result:
    """What a step makes of a group, and of these things besides."""
    return step.unpack(take_packed(step, group, things, remember))


def take_packed(step: Step[Result], group: Group, things: bytes, remember: Remember) -> bytes:
    """The same as bytes, to be handed on."""

    def of_block(block: Block) -> Result:
        return step.unpack(remember(step.name, block.key + things, lambda: step.pack(step.make(block))))

    def of_all() -> bytes:
        return step.pack(step.join((block.start - group.start, of_block(block)) for block in group.blocks))

    return remember(f"{step.name} bersama", group.key + things, of_all)
