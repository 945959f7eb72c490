"""The fields of a head in the order of the table, each with the comments above it."""

from collections.abc import Sequence

from msgspec.structs import replace

from katalog.mend.draft import Draft, Reading, Row, head_span, read_head
from katalog.schema import INNOVATION
from katalog.text import Mapping, Node, Scalar
from katalog.text import Sequence as Items

_RANKS = {field.key: rank for rank, field in enumerate(INNOVATION)}


def order_keys(draft: Draft) -> Draft:
    """The draft with its fields in order; unchanged where any part of the head is not understood."""
    reading = read_head(draft)
    starts = _starts(reading, draft)
    if not starts or reading.head is None:
        return draft
    keys = [name.value for name, _ in reading.head.items]
    ranks = _ranks(keys)
    order = sorted(range(len(keys)), key=lambda position: ranks[position])
    if order == list(range(len(keys))):
        return draft
    span = head_span(draft.rows)
    end = _trimmed(draft.rows, span.stop, starts[-1])
    bounds = [*starts, end]
    blocks = [draft.rows[bounds[position] : bounds[position + 1]] for position in range(len(keys))]
    rows = (
        *draft.rows[: starts[0]],
        *(row for position in order for row in blocks[position]),
        *draft.rows[end:],
    )
    moved = next(position for position, wanted in enumerate(order) if position != wanted)
    line = reading.head.items[moved][0].place.line
    ordered = replace(draft, rows=rows).noting(draft.rows[line - 1].number, "kolom disusun menurut urutan baku")
    return ordered if _meaning(read_head(ordered)) == _meaning(reading) else draft


def _ranks(keys: Sequence[str]) -> list[int]:
    """Each key's rank; one that the table does not know stays behind the one before it."""
    ranks: list[int] = []
    for key in keys:
        ranks.append(_RANKS.get(key, ranks[-1] if ranks else -1))
    return ranks


def _starts(reading: Reading, draft: Draft) -> list[int]:
    """The index of the row where each field begins, comments above it included; none where that is not certain."""
    if reading.problems or reading.head is None:
        return []
    places = [name.place for name, _ in reading.head.items]
    lines = [place.line for place in places]
    if any(place.column != 1 for place in places) or len(set(lines)) != len(lines):
        return []
    floor = 1
    starts: list[int] = []
    for line in lines:
        starts.append(_with_comments(draft.rows, line - 1, floor, is_first=not starts))
        floor = line
    return starts


def _with_comments(rows: Sequence[Row], index: int, floor: int, *, is_first: bool) -> int:
    """Where a field begins; the words at the top of a head, set off by a blank line, stay at the top."""
    start = index
    while start > floor and (not rows[start - 1].text.strip() or rows[start - 1].text.startswith("#")):
        start -= 1
    if is_first:
        start = max((row + 1 for row in range(start, index) if not rows[row].text.strip()), default=start)
    return start


def _trimmed(rows: Sequence[Row], end: int, floor: int) -> int:
    """The end of the last field; comments and blank rows below it stay below."""
    while end - 1 > floor and (not rows[end - 1].text.strip() or rows[end - 1].text.startswith("#")):
        end -= 1
    return end


def _meaning(reading: Reading) -> object:
    return (_plain(reading.head), reading.problems) if reading.head else None


def _plain(node: Node) -> object:
    match node:
        case Scalar():
            return node.value
        case Items():
            return [_plain(item) for item in node.items]
        case Mapping():
            return {name.value: _plain(item) for name, item in node.items}
