"""Sheets -> the workbook that the site publishes: dates that are dates, filters, a header that stays in sight.

No cell is a formula, and none loses anything: what one cell cannot hold goes on in columns of its own.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

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
    head = [str(name) for name in next(iter(sheet.rows()))]
    kinds, pieces = _kinds_and_pieces(sheet)
    # A column of the sheet, and which piece of its texts: one pair for each column of the workbook.
    columns = [(place, number) for place, most in enumerate(pieces) for number in range(most)]
    return Grid(
        name=sheet.name,
        head=[f"{head[place]} (lanjutan {number})" if number else head[place] for place, number in columns],
        rows=_rows(sheet, pieces),
        kinds=[kinds[place] for place, _ in columns],
        widths=[sheet.widths[place] for place, _ in columns],
        filtered=sheet.filtered,
    )


def _kinds_and_pieces(sheet: Sheet) -> tuple[list[type], list[int]]:
    """What each column is, by the first cell that is no text, and how many columns its longest text needs."""
    kinds: list[type] = [str] * len(sheet.widths)
    longest = [0] * len(sheet.widths)
    for row in islice(sheet.rows(), 1, None):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                longest[place] = max(longest[place], len(cell))
            elif kinds[place] is str and not isinstance(value := _value(cell), str):
                kinds[place] = type(value)
    return kinds, [max(1, -(-length // PIECE)) for length in longest]


def _rows(sheet: Sheet, pieces: Sequence[int]) -> Iterator[Sequence[Value]]:
    whole = max(pieces) == 1
    for row in islice(sheet.rows(), 1, None):
        values = [cell or None if isinstance(cell, str) else _value(cell) for cell in row]
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
