"""A file on its way to being mended: its rows, what was done, and how its head reads now."""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from katalog.fields import Field, GroupKind, Kind, ListKind
from katalog.problems import Code, Deed, Problem
from katalog.schema import INNOVATION
from katalog.text import Lines, Mapping
from katalog.yaml_text import parse_head

FENCE = re.compile(r"-{3,}\s*")


class Row(Struct, frozen=True, kw_only=True):
    """A line of the file and the number that it had when its author wrote it."""

    number: int
    text: str


class Draft(Struct, frozen=True, kw_only=True):
    """The rows as they are now, and the deeds that made them so."""

    path: str
    rows: tuple[Row, ...]
    deeds: tuple[Deed, ...] = ()

    def noting(self, line: int, words: str) -> "Draft":
        """The same with one more deed."""
        return replace(self, deeds=(*self.deeds, Deed(path=self.path, line=line, words=words)))

    def with_text(self, index: int, text: str) -> "Draft":
        """The same with another text in a row."""
        row = replace(self.rows[index], text=text)
        return replace(self, rows=(*self.rows[:index], row, *self.rows[index + 1 :]))


class Reading(Struct, frozen=True, kw_only=True):
    """How a head reads: its nodes where it has any, and its faults."""

    head: Mapping | None
    problems: tuple[Problem, ...]

    @property
    def faults(self) -> tuple[Problem, ...]:
        """What keeps a part of the head from being read."""
        return tuple(problem for problem in self.problems if problem.code in {Code.SYNTAX, Code.YAML_FEATURE})


def head_span(rows: Sequence[Row]) -> range:
    """The indexes of the rows between the two fences; empty where one is missing."""
    if not rows or not FENCE.fullmatch(rows[0].text):
        return range(0)
    closing = next((index for index in range(1, len(rows)) if FENCE.fullmatch(rows[index].text)), 0)
    return range(1, max(closing, 1))


def read_head(draft: Draft) -> Reading:
    """The head's nodes; their lines count the rows of the draft from 1."""
    span = head_span(draft.rows)
    problems: list[Problem] = []
    lines = Lines(path=draft.path, lines=tuple(row.text for row in draft.rows))
    parsed = parse_head("".join(f"{draft.rows[index].text}\n" for index in span), 1, lines, problems.append)
    return Reading(head=parsed[0] if parsed else None, problems=tuple(problems))


def keys_of(fields: Sequence[Field]) -> frozenset[str]:
    """All keys of a table and of the groups in it."""
    inner = (keys_of(_fields_within(field.kind)) for field in fields)
    return frozenset({field.key for field in fields}).union(*inner)


def _fields_within(kind: Kind) -> Sequence[Field]:
    match kind:
        case ListKind():
            return _fields_within(kind.item)
        case GroupKind():
            return kind.fields
    return ()


TOP_KEYS = frozenset(field.key for field in INNOVATION)
ALL_KEYS = keys_of(INNOVATION)
