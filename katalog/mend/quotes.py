"""Values that are no YAML as they stand, quoted so that they read as what was meant."""

import re

from msgspec import Struct

from katalog.entry_text import scalar_text
from katalog.mend.draft import ALL_KEYS, Draft, head_span, read_head
from katalog.reading import folded_key, without_smart_quotes
from katalog.text import scalars

_ENTRY = re.compile(r"(\s*(?:-\s+)*)([A-Za-z_]\w*)(\s*:\s*)(.*\S)\s*")
# Signs that begin something else than text in YAML; as the first sign of a value they are left to people.
_STRUCTURE = re.compile(r"['\"\[{|>#?]")

# Each row may cost two readings of the whole head; no clerk writes more of them.
MOST_ROWS = 500


class _Repair(Struct, frozen=True, kw_only=True):
    """A row written otherwise, and the value that it must then have."""

    text: str
    value: str
    words: str


def quote_values(draft: Draft) -> Draft:
    """The draft with quotes where a value needs them; a repair that does not read as meant is dropped.

    Every row is tried, not only where YAML stumbles: it often notices one far below the row that made it.
    """
    if len(head_span(draft.rows)) > MOST_ROWS:
        return draft
    before = None
    while draft != before:
        before = draft
        for index in head_span(draft.rows):
            draft = _with_repair(draft, index)
    return draft


def _with_repair(draft: Draft, index: int) -> Draft:
    row = draft.rows[index]
    repair = _repair(row.text)
    if repair is None or repair.text == row.text or _reads_as(draft, index + 1, repair.value):
        return draft
    mended = draft.with_text(index, repair.text).noting(row.number, repair.words)
    return mended if _reads_as(mended, index + 1, repair.value) else draft


def quoted(value: str) -> str:
    """The value between straight single quotes."""
    return "'" + value.replace("'", "''") + "'"


def _repair(text: str) -> _Repair | None:
    entry = _ENTRY.fullmatch(text)
    if entry is None or folded_key(entry[2]) not in ALL_KEYS:
        return None
    lead, key, colon, value = entry.groups()
    inner = _without_quotes(value)
    words = "tanda kutip melengkung diganti tanda kutip lurus"
    if inner is None:
        if _STRUCTURE.match(value) or " #" in value or _names_a_key(value):
            return None
        inner = value
        words = "isian diapit tanda kutip"
    if not colon.endswith((" ", "\t")):
        words = "spasi ditambahkan sesudah titik dua"
    new = quoted(inner) if _without_quotes(value) else scalar_text(inner)
    return _Repair(text=f"{lead}{key}: {new}", value=inner, words=words)


def _without_quotes(value: str) -> str | None:
    """What stands between quotes, bent or straight, that hold the whole value."""
    straight = value[1:-1] if value[:1] == value[-1:] == '"' and not set(value[1:-1]) & set('"\\') else None
    return straight or without_smart_quotes(value)


def _names_a_key(value: str) -> bool:
    """Whether a second field seems to stand in the same row."""
    return any(word.lower() in ALL_KEYS for word in re.findall(r"(\w+)\s*:\s", f"{value} "))


def _reads_as(draft: Draft, line: int, value: str) -> bool:
    head = read_head(draft).head
    return head is not None and any(scalar.place.line == line and scalar.value == value for scalar in scalars(head))
