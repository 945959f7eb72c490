"""Innovations -> Markdown that shows how each entry will look, for the page of a job.

Entries come from strangers: every piece of their text goes through `inert`, so that only the marks
written here are marks.
"""

import re
from collections.abc import Iterator, Sequence

from katalog.fields import GroupKind, Kind, ListKind, UrlKind
from katalog.inert import for_markdown
from katalog.model import Innovation, PartialDate, Term
from katalog.personal import hide_identity_numbers
from katalog.schema import INNOVATION

# GitHub cuts the page of a job off at one megabyte.
MOST_ENTRIES = 10
MOST_LINES = 80
LONGEST = 400

_HEADING = re.compile(r"#{1,6}\s+(.*)")
_ITEM = re.compile(r"\s*(?:[-*+]|[0-9]{1,3}[.)])\s+(.*)")


def show_entries(entries: Sequence[Innovation]) -> str:
    """How the entries of a change will look: facts as a table, then the text."""
    if not entries:
        return ""
    rows = ["", "## Begini entrinya akan tampil"]
    for entry in entries[:MOST_ENTRIES]:
        rows += ["", *_entry(entry)]
    if entries[MOST_ENTRIES:]:
        rows += ["", f"... dan {len(entries) - MOST_ENTRIES} entri lagi."]
    return "\n".join(rows) + "\n"


def _entry(entry: Innovation) -> Iterator[str]:
    yield f"### {_short(entry.name)}"
    yield from ("", f"<code>/inovasi/{_short(entry.slug)}/</code>", "", "| Kolom | Isi |", "|---|---|")
    for field in INNOVATION:
        value = getattr(entry, field.name)
        if value not in (None, (), ""):
            yield f"| {for_markdown(field.label)} | {_shown(field.kind, value)} |"
    yield ""
    lines = entry.body.split("\n")
    yield from (_line(line) for line in lines[:MOST_LINES])
    if lines[MOST_LINES:]:
        yield f"> ... dan {len(lines) - MOST_LINES} baris lagi."


def _shown(kind: Kind, value: object) -> str:
    if isinstance(kind, ListKind) and isinstance(value, tuple):
        return "<br>".join(_shown(kind.item, item) for item in value)
    if isinstance(kind, GroupKind):
        parts = ((field, getattr(value, field.name)) for field in kind.fields)
        return ", ".join(f"{_short(field.label)}: {_shown(field.kind, part)}" for field, part in parts if part)
    if isinstance(kind, UrlKind):
        # Whole and in sight, so that nobody follows a link to somewhere else; readers let no other signs through.
        return f"<{value}>"
    if isinstance(value, Term):
        return _short(value.name)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return str(value) if isinstance(value, PartialDate | int) else _short(str(value))


def _short(text: str) -> str:
    text = hide_identity_numbers(text)
    return for_markdown(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")


def _line(line: str) -> str:
    """A line of the body in a quotation: headings bold, items as items, everything else as it is written."""
    if heading := _HEADING.fullmatch(line):
        return f"> **{_short(heading[1])}**"
    if item := _ITEM.fullmatch(line):
        return f"> - {_short(item[1])}"
    return f"> {_short(line.strip())}".rstrip()
