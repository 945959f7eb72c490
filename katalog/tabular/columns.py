"""A table -> which of its columns holds which field: the row of captions, wherever an office puts it."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from msgspec import Struct

from katalog.cells import caption
from katalog.problems import Code, Place, Problem, Say, Severity
from katalog.reading import slugify, suggest
from katalog.schema import FILE_NAME, INNOVATION, INTRODUCTION, SECTIONS
from katalog.text import Scalar, Table, cell_name

# Above the captions stand titles; a table that hides them deeper is no table.
_DEEPEST = 50
_NUMBERING = re.compile(r"^\s*(?:[0-9]{1,2}|[a-z])\s*[.)]\s*", re.IGNORECASE)
_ASIDE = re.compile(r"\([^)]*\)")
_EMPTY_ENDING = re.compile(r"(?<=[a-z0-9])-(?:inovasi-daerah|inovasi|daerah)$")
_ORDINAL = re.compile(r"\(?[0-9]{1,2}\)?")
# Columns that number the rows; nobody misses them.
_COUNTERS = frozenset({"no", "nomor", "no-urut", "nomor-urut"})


class Column(Struct, frozen=True, kw_only=True):
    """One column of the tables that we write: its key, and what stands above it."""

    key: str
    caption: str
    known_as: tuple[str, ...]


COLUMNS = (
    *(
        Column(key=field.key, caption=caption(field), known_as=(field.key, field.label, *field.captions))
        for field in (FILE_NAME, *INNOVATION)
    ),
    *(
        Column(key=section.key, caption=section.label, known_as=(section.key, section.label, *section.captions))
        for section in (INTRODUCTION, *SECTIONS)
    ),
)


class Header(Struct, frozen=True, kw_only=True):
    """The row of captions, counted from 0, and for each key the column that holds it."""

    row: int
    columns: Mapping[str, int]


def find_header(table: Table, say: Say) -> Header | None:
    """The first row that knows captions, the innovation's name among them; None where there is none."""
    for number, row in enumerate(table.rows[:_DEEPEST]):
        known = _known(row)
        if "nama" in known and len(known) > 1:
            below = _second_row(table.rows[number + 1 : number + 2])
            columns = {**below, **known}
            _tell_unread(table, number, columns, say)
            return Header(row=number + bool(below), columns=columns)
    return None


def _second_row(rows: Sequence[Mapping[int, Scalar | None]]) -> dict[str, int]:
    """Captions of a second row, as below a merged "Waktu": "Uji coba" and "Penerapan", and nothing else."""
    for row in rows:
        found = _known(row)
        if "nama" not in found and len(found) == len(row):
            return found
    return {}


def no_header(table: Table, *, alone: bool) -> Problem:
    """The problem of a sheet without captions; a note where another sheet has them."""
    names = ", ".join(f"`{field.label}`" for field in INNOVATION if field.required)
    return Problem(
        place=Place(path=table.path, sheet=table.sheet),
        code=Code.TABLE,
        message="Lembar ini tidak dibaca: tidak ada baris judul kolom yang dikenal.",
        remedy=f"Bila isinya inovasi, tulis judul kolom di satu baris di atasnya; yang wajib: {names}.",
        severity=Severity.MISTAKE if alone else Severity.NOTE,
    )


def is_caption_row(row: Mapping[int, Scalar | None], header: Header) -> bool:
    """Whether a row below the captions repeats them, or numbers the columns."""
    texts = [cell.value.strip() for cell in row.values() if cell]
    numbered = len(texts) > 2 and all(_ORDINAL.fullmatch(text) for text in texts)
    known = _known(row)
    return numbered or (len(known) > 1 and known.items() <= header.columns.items())


def normal(text: str) -> str:
    """A caption without numbering, asides, marks, and words that say no more."""
    plain = slugify(_ASIDE.sub(" ", _NUMBERING.sub("", text)))
    return _EMPTY_ENDING.sub("", plain)


@cache
def keys_by_caption() -> Mapping[str, str]:
    """The key for each caption that is known."""
    return {normal(text): column.key for column in COLUMNS for text in column.known_as}


def _known(row: Mapping[int, Scalar | None]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, cell in sorted(row.items()):
        key = keys_by_caption().get(normal(cell.value)) if cell else None
        if key:
            found.setdefault(key, number)
    return found


def _tell_unread(table: Table, row: int, columns: Mapping[str, int], say: Say) -> None:
    for number, cell in sorted(table.rows[row].items()):
        if cell is None or number in columns.values() or normal(cell.value) in _COUNTERS:
            continue
        key = keys_by_caption().get(normal(cell.value))
        words = " ".join(cell.value.split())
        if key:
            message = f"Kolom `{words}` tidak dibaca: `{key}` sudah dibaca dari kolom {cell_name(row, columns[key])}."
            remedy = "Bila kolom ini yang benar, hapus atau ganti judul kolom yang lain."
        else:
            hint = suggest(words, [column.caption for column in COLUMNS])
            message = f"Kolom `{words}` tidak dikenal dan tidak dibaca.{hint}"
            remedy = "Ganti judul kolomnya bila isinya perlu masuk katalog; nama kolom ada di CONTRIBUTING.md."
        note = Problem(place=cell.place, code=Code.COLUMN, message=message, remedy=remedy, severity=Severity.NOTE)
        say(note)
