"""Tables of values -> the bytes of a workbook. Knows rustpy-xlsxwriter, knows no field.

A text is written as text, whatever it begins with: nothing becomes a formula or a link. The kind
of a column decides what becomes of what somebody types into it.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape

from msgspec import Struct

from katalog.sheets.archive import exchanged

# No spreadsheet keeps more in one cell.
MAX_CELL = 32_767

Value = str | int | date | None

# Every workbook of ours was made at one time, so that the same tables give the same bytes.
_CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title>\
<dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>
"""


class Grid(Struct, frozen=True, kw_only=True):
    """A sheet: names of its columns, no two alike; rows as long as these; kind and width in characters of each column.

    What a column holds need not be of its kind. Dates before March 1900 are none to a spreadsheet.
    """

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Value]]
    kinds: Sequence[type]
    widths: Sequence[float]
    filtered: bool = False


def make_workbook(grids: Sequence[Grid], title: str = "") -> bytes:
    """The bytes of a workbook whose first row and column stay in sight; the same tables give the same bytes."""
    # It takes long to import, and only a whole build needs it.
    from rustpy_xlsxwriter import Format, write_worksheets

    def form(number_format: str) -> Format:
        return Format().set_num_format(number_format).set_align("top")

    # Text stays text when somebody edits it: 2021-04 would become a date.
    forms: Mapping[type, Format] = {
        str: form("@"),
        int: form("0").set_align("left"),
        date: form("yyyy-mm-dd").set_align("left"),
    }
    captions = form("@").set_bold().set_border_bottom("medium")
    buffer = io.BytesIO()
    write_worksheets(
        [(grid.name, _records(grid)) for grid in grids],
        buffer,
        freeze_panes={"general": {"row": 1, "col": 1}},
        column_widths={grid.name: list(grid.widths) for grid in grids},
        column_formats={grid.name: [forms[kind] for kind in grid.kinds] for grid in grids},
        header_format={grid.name: captions for grid in grids},
        autofilter={grid.name: grid.filtered for grid in grids},
    )
    # The library has no word for what a workbook says of itself, and gives it the time of day.
    return exchanged(buffer.getvalue(), "docProps/core.xml", _CORE.format(escape(title)).encode())


def _records(grid: Grid) -> Iterator[dict[str, Value]]:
    empty = True
    for row in grid.rows:
        empty = False
        yield dict(zip(grid.head, row, strict=True))
    if empty:  # the head is taken from the first record
        yield dict.fromkeys(grid.head)
