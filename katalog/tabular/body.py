"""A body <-> the cells that hold its sections.

A body is cut at headings of the second level. Each section of the official profile has a column;
what comes before them, and sections of other names, share the column of the introduction.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from katalog.problems import Code, Place, Problem, Say
from katalog.schema import INTRODUCTION, SECTIONS
from katalog.text import Scalar, Text, body_place

Line = tuple[str, Place]

_HEADING = re.compile(r"##[ \t]+(.*?)[ \t]*#*[ \t]*")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_KEYS = {section.heading.casefold(): section.key for section in SECTIONS}
_RANKS = {section.key: number for number, section in enumerate(SECTIONS, 1)}
_OTHER = INTRODUCTION.key


class Part(Struct, frozen=True, kw_only=True):
    """One section: the key of its column, its line of heading (none before the first), its other lines."""

    key: str
    heading: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()


def body_cells(body: str) -> dict[str, str]:
    """The cells of a body by key, as far as it has something for them."""
    nowhere = Place(path="")
    cells: dict[str, list[str]] = {}
    for part in _cut((line, nowhere) for line in body.split("\n")):
        shown = replace(part, heading=()) if part.key in _RANKS else part
        cells.setdefault(part.key, []).append("\n".join(text for text, _ in _joined([shown])))
    return {key: "\n\n".join(texts) for key, texts in cells.items() if any(texts)}


def merge_body(old: Text | None, cells: Mapping[str, Scalar], say: Say) -> tuple[Line, ...]:
    """The lines of a body that holds what the cells say, each with its place; what no cell names stays."""
    lines = [(line, body_place(old, number)) for number, line in enumerate(old.body.split("\n"))] if old else []
    present = _cut(lines)
    wanted = present
    if cell := cells.get(_OTHER):
        # A heading whose own column is filled comes a second time.
        parts = [replace(part, key=_OTHER) if part.key in cells else part for part in _cell_parts(cell)]
        wanted = _with_introduction(wanted, parts)
    for key in _RANKS:
        if cell := cells.get(key):
            wanted = _with_section(wanted, _section(key, cell, say))
    kept = set(map(id, present))
    _tell_open_fences((part for part in wanted if id(part) not in kept), say)
    return tuple(lines if wanted == present else _joined(wanted))


def _cut(lines: Iterable[Line]) -> list[Part]:
    """The parts of a body; a heading that comes twice names a section of its own the second time."""
    rows = tuple(lines)
    edges = [*_heading_rows(rows), len(rows)]
    parts = [Part(key=_OTHER, lines=_trimmed(rows[: edges[0]]))]
    seen: set[str] = set()
    for start, end in itertools.pairwise(edges):
        key = _KEYS.get(_title(rows[start][0]).casefold(), _OTHER)
        lines_below = _trimmed(rows[start + 1 : end])
        parts.append(Part(key=_OTHER if key in seen else key, heading=(rows[start],), lines=lines_below))
        seen.add(key)
    return [part for part in parts if part.heading or part.lines]


def _heading_rows(rows: Iterable[Line]) -> Iterator[int]:
    fenced = False
    for number, (text, _) in enumerate(rows):
        if _FENCE.match(text):
            fenced = not fenced
        elif not fenced and _HEADING.fullmatch(text):
            yield number


def _title(text: str) -> str:
    match = _HEADING.fullmatch(text)
    return match[1] if match else ""


def _trimmed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    filled = [number for number, (text, _) in enumerate(lines) if text.strip()]
    if not filled:
        return ()
    text, place = lines[filled[-1]]
    return (*lines[filled[0] : filled[-1]], (text.rstrip(), place))


def _joined(parts: Iterable[Part]) -> list[Line]:
    """Lines with a blank one between heading and text, and between parts."""
    joined: list[Line] = []
    for block in (block for part in parts for block in (part.heading, part.lines) if block):
        joined += [*([("", block[0][1])] if joined else []), *block]
    return joined


def _tell_open_fences(parts: Iterable[Part], say: Say) -> None:
    """An open fence would swallow the sections after it."""
    for part in parts:
        fences = [place for text, place in part.lines if _FENCE.match(text)]
        if len(fences) % 2:
            remedy = "Tutup kotak kode dengan baris berisi ``` lagi, atau hapus pembukanya."
            say(Problem(place=fences[-1], code=Code.SHAPE, message="Kotak kode tidak ditutup.", remedy=remedy))


def _cell_parts(cell: Scalar) -> list[Part]:
    return _cut((line, cell.place) for line in cell.value.split("\n"))


def _section(key: str, cell: Scalar, say: Say) -> Part:
    cut = _cell_parts(cell)
    if len(cut) > 1 or cut[0].heading:
        message = "Sel ini memuat judul bagian (##), padahal kolomnya sendiri satu bagian."
        remedy = "Pakai tiga tanda: `### Judul`; atau pindahkan ke kolom bagiannya."
        say(Problem(place=cell.place, code=Code.HEADING, message=message, remedy=remedy))
    heading = f"## {SECTIONS[_RANKS[key] - 1].heading}"
    return replace(cut[0], key=key, heading=((heading, cell.place),))


def _with_introduction(parts: list[Part], cut: list[Part]) -> list[Part]:
    """Parts whose introduction and sections of other names are those of a cell, in their places if they can be."""
    if not parts:
        return [_tidy(part) if not part.heading else part for part in cut]
    others = [part for part in cut if part.key == _OTHER]
    present = [part for part in parts if part.key == _OTHER]
    sections = [part for part in cut if part.key in _RANKS]
    if len(others) == len(present):
        substitutes = dict(zip(map(id, present), map(_kept_or_new, present, others), strict=True))
        merged = [substitutes.get(id(part), part) for part in parts]
    else:
        official = [part for part in parts if part.key in _RANKS]
        first = [_tidy(part) for part in others if not part.heading]
        merged = [*first, *official, *(part for part in others if part.heading)]
    for section in sections:
        merged = _with_section(merged, section)
    return merged


def _with_section(parts: list[Part], section: Part) -> list[Part]:
    for number, part in enumerate(parts):
        if part.key == section.key:
            same_heading = replace(section, heading=part.heading)
            return [*parts[:number], _kept_or_new(part, same_heading), *parts[number + 1 :]]
    before = [number for number, part in enumerate(parts) if _rank(part) < _rank(section)]
    place = before[-1] + 1 if before else 0
    return [*parts[:place], _tidy(section), *parts[place:]]


def _rank(part: Part) -> int:
    """Where a part belongs: introduction, the official sections in their order, others."""
    return _RANKS.get(part.key, len(_RANKS) + 1 if part.heading else 0)


def _kept_or_new(present: Part, new: Part) -> Part:
    return present if _words(present) == _words(new) else _tidy(new)


def _words(part: Part) -> list[str]:
    return [text for text, _ in (*part.heading, *part.lines)]


def _tidy(part: Part) -> Part:
    """A part that begins without blanks, which offices use to indent and Markdown takes for code."""
    first = [(text.lstrip(), place) for text, place in part.lines[:1]]
    return replace(part, lines=(*first, *part.lines[1:]))
