"""Sheets -> the workbook that the site publishes: dates that are dates, filters, a header that stays in sight.

No cell is a formula, and none loses anything: what one cell cannot hold goes on in columns of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, cast

from katalog.model import CellValue, PartialDate, Sheet
from katalog.sheets.excel import MAX_CELL, Grid, Value, make_workbook

# Excel counts in units of UTF-16, of which a character may take two.
PIECE = MAX_CELL // 2

# To Excel 1900 was a leap year: before its March every date is one day off.
_FIRST_YEAR = 1901


def as_workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """The bytes of a workbook; the same sheets give the same bytes."""
    return make_workbook([_grid(sheet) for sheet in sheets], title)


def _grid(sheet: Sheet) -> Grid:
    names, *rows = sheet.rows()
    head = [str(name) for name in names]
    # Column by column it is told in a tenth of the time what all cells are.
    marks = [_marks(column) for column in zip(*rows, strict=True)] if rows else [_Marks(str)] * len(head)
    # A column of the sheet, and which piece of its texts: one pair for each column of the workbook.
    columns = [(place, number) for place, mark in enumerate(marks) for number in range(mark.pieces)]
    return Grid(
        name=sheet.name,
        head=[f"{head[place]} (lanjutan {number})" if number else head[place] for place, number in columns],
        rows=_rows(rows, marks),
        kinds=[marks[place].kind for place, _ in columns],
        widths=[sheet.widths[place] for place, _ in columns],
        filtered=sheet.filtered,
    )


class _Marks(NamedTuple):
    """What a column is, by the first cell that is no text; how many columns its longest text needs."""

    kind: type
    pieces: int = 1
    is_text: bool = True


def _marks(column: Sequence[CellValue]) -> _Marks:
    if {*map(type, column)} == {str}:
        longest = max(map(len, cast("Sequence[str]", column)))
        return _Marks(str, max(1, -(-longest // PIECE)))
    values = [_value(cell) for cell in column]
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    kind = next((type(value) for value in values if not isinstance(value, str)), str)
    return _Marks(kind, max(1, -(-longest // PIECE)), is_text=False)


def _rows(rows: Iterable[Sequence[CellValue]], marks: Sequence[_Marks]) -> Iterator[Sequence[Value]]:
    others = [place for place, mark in enumerate(marks) if not mark.is_text]
    pieces = [mark.pieces for mark in marks]
    whole = max(pieces) == 1
    for row in rows:
        # Nothing stands where nothing is known.
        values: list[Value] = [cell or None for cell in row]  # type: ignore[misc]
        for place in others:
            values[place] = _value(row[place]) if row[place] != "" else None
        yield values if whole else [piece for cell in zip(values, pieces, strict=True) for piece in _pieces(*cell)]


def _pieces(value: Value, most: int) -> list[Value]:
    if isinstance(value, str):
        return [value[number * PIECE : (number + 1) * PIECE] or None for number in range(most)]
    return [value, *[None] * (most - 1)]


def _value(cell: CellValue) -> str | int | date:
    if isinstance(cell, PartialDate):
        is_whole = cell.day and cell.year >= _FIRST_YEAR
        return date(cell.year, cell.month, cell.day) if is_whole else str(cell)
    return cell
