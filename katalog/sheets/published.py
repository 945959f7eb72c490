"""Sheets -> the workbook that the site publishes: dates that are dates, filters, a header that stays in sight.

No cell is a formula, and none loses anything: what one cell cannot hold goes on in columns of its own.
"""

import io
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
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
    starts = [*accumulate(pieces, initial=0)]
    rows = iter(sheet.rows())
    for start, most, name in zip(starts, pieces, next(rows), strict=False):
        for number in range(most):
            label = f"{name} (lanjutan {number})" if number else str(name)
            put_text(target, (0, start + number), label, forms[None])
    last = 0
    for last, row in enumerate(rows, 1):
        for start, value in zip(starts, row, strict=False):
            if value != "":
                for number, piece in enumerate(_pieces(value)):
                    _put(target, (last, start + number), piece, forms)
    if sheet.filtered:
        target.autofilter(0, 0, last, len(widths) - 1)


def _most_pieces(sheet: Sheet) -> list[int]:
    """How many columns each column needs for its longest text."""
    longest = [0] * len(sheet.widths)
    for row in sheet.rows():
        longest = [
            max(known, len(value)) if isinstance(value, str) else known
            for known, value in zip(longest, row, strict=True)
        ]
    return [max(1, -(-length // PIECE)) for length in longest]


def _pieces(value: CellValue) -> list[CellValue]:
    if not isinstance(value, str) or len(value) <= PIECE:
        return [value]
    return [value[start : start + PIECE] for start in range(0, len(value), PIECE)]


def _put(target: Any, place: tuple[int, int], value: CellValue, forms: Forms) -> None:
    if isinstance(value, PartialDate) and value.day:
        target.write_datetime(*place, date(value.year, value.month, value.day), forms[PartialDate])
    elif isinstance(value, int):
        target.write_number(*place, value, forms[int])
    else:
        put_text(target, place, str(value), forms[str])
