"""XLSX <-> tables of text. Knows openpyxl, which reads.

Workbooks come from strangers: limits stand before parsing, a formula is never computed, nothing
outside the file is read.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from katalog.cells import escaped, unguarded
from katalog.entry_text import word
from katalog.problems import Code, Place, Problem, Say
from katalog.sheets.excel import MAX_CELL, Grid, make_workbook
from katalog.sheets.table import MAX_COLUMNS, MAX_ROWS, UNCOMPUTED, Fault, make_table, too_big
from katalog.text import Table

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MAX_UNPACKED = 100_000_000
MAX_PARTS = 2_000
_HEX_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What a number format says beside the date itself: quoted words, colours and languages.
_FORMAT_WORDS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_WIDTH = 30

_ERROR = Fault(
    code=Code.FORMULA,
    message="Rumus di sel ini menghasilkan kesalahan.",
    remedy="Perbaiki rumusnya, atau ketik isinya.",
)


def read_xlsx(data: bytes, name: str, say: Say) -> tuple[Table, ...]:
    """Every visible sheet of a workbook."""
    try:
        if fault := _archive_fault(data, name):
            say(fault)
            return ()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about features of workbooks that do not concern us
            return tuple(_read_sheets(data, name, say))
    except Exception:  # noqa: BLE001 (openpyxl raises whatever a broken workbook provokes)
        message = "Berkas bukan tabel .xlsx yang utuh, atau terkunci kata sandi."
        remedy = "Buka di Excel atau LibreOffice, lalu simpan ulang sebagai .xlsx tanpa kata sandi."
        say(Problem(place=Place(path=name), code=Code.UNREADABLE, message=message, remedy=remedy))
        return ()


def as_xlsx(rows: Sequence[Sequence[str]], name: str) -> tuple[bytes, tuple[Problem, ...]]:
    """A workbook of text cells under a fixed first row, whose cells differ; what does not fit into a cell is told."""
    table = Table(path=name, rows=())
    problems = tuple(
        Problem(
            place=table.place(number, column),
            code=Code.LENGTH,
            message=f"Sel ini memuat {len(cell)} karakter; Excel menyimpan paling banyak {MAX_CELL}.",
            remedy="Ekspor ke berkas .csv.",
        )
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        if len(cell) > MAX_CELL
    )
    # Escaped so that they can be read back to the letter.
    head, *others = [["" if len(cell) > MAX_CELL else escaped(cell) for cell in row] for row in rows]
    grid = Grid(
        name="Inovasi",
        head=head,
        rows=[[cell or None for cell in row] for row in others],
        kinds=[str] * len(head),
        widths=[_WIDTH] * len(head),
    )
    return make_workbook([grid]), problems


def _archive_fault(data: bytes, name: str) -> Problem | None:
    """What makes a workbook unsafe to open: parts that swell, or that declare entities of XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        # An archive that lies about a size is cut at it, and found out.
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            return too_big(name, f"isinya lebih dari {MAX_UNPACKED // 1_000_000} MB setelah dibuka")
        if any(b"<!DOCTYPE" in archive.read(part) for part in parts):
            message = "Berkas ini memuat deklarasi XML yang tidak dipakai Excel."
            remedy = "Buka di Excel atau LibreOffice, lalu simpan ulang sebagai .xlsx."
            return Problem(place=Place(path=name), code=Code.UNREADABLE, message=message, remedy=remedy)
    return None


def _read_sheets(data: bytes, name: str, say: Say) -> Iterator[Table]:
    from openpyxl import load_workbook

    def load(*, data_only: bool) -> closing["Workbook"]:
        return closing(load_workbook(io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False))

    # Once for what Excel computed when it saved, once for where there are formulas.
    with load(data_only=True) as results, load(data_only=False) as formulas:
        for sheet, twin in zip(results.worksheets, formulas.worksheets, strict=True):
            if sheet.sheet_state == "visible":
                yield make_table(name, sheet.title, _rows(sheet, twin), say)


def _rows(sheet: "Worksheet", twin: "Worksheet") -> Iterator[Sequence[str | Fault]]:
    """Rows as far as the limits, and one cell beyond each, to see whether there is more."""
    for each in (sheet, twin):
        each.reset_dimensions()  # they are the file's own claim
    rows, twins = (each.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1) for each in (sheet, twin))
    blank = None
    for row, other in zip(rows, twins, strict=True):
        # For rows that are not in the file the library gives one and the same tuple, again and again.
        if other is blank or all(cell.value is None for cell in other):
            blank = other
            yield ()
        else:
            yield [_content(*cells) for cells in zip(row, other, strict=True)]


def _content(cell: "Cell", twin: "Cell") -> str | Fault:
    """A cell as text. `twin` is the same cell with its formula."""
    value = cell.value
    if cell.data_type == "e":
        return _ERROR
    if value is None:
        return UNCOMPUTED if twin.data_type == "f" else ""
    if isinstance(value, str):
        text = _HEX_CODE.sub(lambda match: chr(int(match[1], 16)), value)
        return unguarded(text.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, bool):
        return word(value)
    if isinstance(value, date):
        return _date_text(value, cell.number_format)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _date_text(value: date, number_format: str) -> str:
    """A date as precisely as the cell shows it."""
    shown = _FORMAT_WORDS.sub("", number_format).lower()
    length = 10 if "d" in shown or "y" not in shown else 7 if "m" in shown else 4
    return value.isoformat()[:length]
