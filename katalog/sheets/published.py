"""Sheets -> the workbook that the site publishes: dates that are dates, filters, a header that stays in sight.

No cell is a formula, and none loses anything: what one cell cannot hold goes on in columns of its own.
"""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from katalog.model import CellValue, PartialDate, Sheet
from katalog.sheets.workbook import CREATED, MAX_CELL, put_text

# Excel counts in units of UTF-16, of which a character may take two.
PIECE = MAX_CELL // 2

Forms = dict[type | None, Any]  # XlsxWriter has no types


def as_workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """The bytes of a workbook; the same sheets give the same bytes."""
    # It takes long to import, and only a whole build needs it.
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer, {"constant_memory": True})
    book.set_properties({"title": title, "created": CREATED})
    forms: Forms = {
        # Text stays text when somebody edits it: 2021-04 would become a date.
        str: book.add_format({"num_format": "@", "valign": "top"}),
        int: book.add_format({"num_format": "0", "valign": "top", "align": "left"}),
        PartialDate: book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
        None: book.add_format({"num_format": "@", "bold": True, "bottom": 2}),
    }
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, forms)
    book.close()
    return buffer.getvalue()


def _write(target: Any, sheet: Sheet, forms: Forms) -> None:
    pieces = _most_pieces(sheet)
    target.freeze_panes(1, 1)
    widths = [width for width, most in zip(sheet.widths, pieces, strict=True) for _ in range(most)]
    for column, width in enumerate(widths):
        target.set_column(column, column, width, forms[str])
    last = 0
    for number, row in enumerate(sheet.rows()):
        last = number
        for column, value in enumerate(_in_columns(row, pieces, is_header=number == 0)):
            _put(target, (number, column), value, forms if number else {str: forms[None]})
    if sheet.filtered:
        target.autofilter(0, 0, last, len(widths) - 1)


def _most_pieces(sheet: Sheet) -> list[int]:
    """How many columns each column needs for its longest text."""
    most = [1] * len(sheet.widths)
    for row in sheet.rows():
        most = [max(known, len(_pieces(value))) for known, value in zip(most, row, strict=True)]
    return most


def _in_columns(row: Sequence[CellValue], pieces: Sequence[int], *, is_header: bool) -> Iterator[CellValue]:
    """A row whose long texts go on at the right; the header says of which column."""
    for value, most in zip(row, pieces, strict=True):
        parts = _pieces(value)
        rest = (f"{value} (lanjutan {number})" if is_header else "" for number in range(len(parts), most))
        yield from (*parts, *rest)


def _pieces(value: CellValue) -> list[CellValue]:
    if not isinstance(value, str) or len(value) <= PIECE:
        return [value]
    return [value[start : start + PIECE] for start in range(0, len(value), PIECE)]


def _put(target: Any, place: tuple[int, int], value: CellValue, forms: Forms) -> None:
    if isinstance(value, PartialDate) and value.day:
        target.write_datetime(*place, date(value.year, value.month, value.day), forms[PartialDate])
    elif isinstance(value, int):
        target.write_number(*place, value, forms[int])
    elif value != "":
        put_text(target, place, str(value), forms[str])
