"""Files of offices <-> tables of text. Knows CSV and XLSX, knows no field.

What cannot be read is a problem at its cell, never an exception.
"""

import stat
from collections.abc import Sequence
from pathlib import Path

from katalog.cells import as_csv
from katalog.problems import Code, Place, Problem, Say
from katalog.sheets.comma import read_csv
from katalog.sheets.published import as_workbook
from katalog.sheets.table import too_big
from katalog.sheets.workbook import as_xlsx, read_xlsx
from katalog.text import Table

__all__ = ["as_table", "as_workbook", "read_tables"]

MAX_FILE = 20_000_000


def read_tables(file: Path, name: str) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """Every sheet of a file, by the end of its name; `name` is what the user calls it."""
    problems: list[Problem] = []
    data = _read_file(file, name, problems.append)
    read = read_csv if _is_csv(file) else read_xlsx
    return (read(data, name, problems.append) if data is not None else ()), tuple(problems)


def as_table(rows: Sequence[Sequence[str]], file: Path, name: str) -> tuple[bytes, tuple[Problem, ...]]:
    """The bytes of a file with these rows, by the end of its name, and what does not fit into it."""
    return (as_csv(rows), ()) if _is_csv(file) else as_xlsx(rows, name)


def _is_csv(file: Path) -> bool:
    return file.suffix.lower() == ".csv"


def _read_file(file: Path, name: str, say: Say) -> bytes | None:
    place = Place(path=name)
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            message, remedy = f"`{name}` bukan berkas biasa.", "Sebut nama berkas tabelnya."
            say(Problem(place=place, code=Code.FILE_KIND, message=message, remedy=remedy))
            return None
        if status.st_size > MAX_FILE:
            say(too_big(name, f"lebih dari {MAX_FILE // 1_000_000} MB"))
            return None
        return file.read_bytes()
    except OSError as error:
        message = f"Berkas tidak bisa dibaca ({error.strerror})."
        say(Problem(place=place, code=Code.UNREADABLE, message=message, remedy="Periksa nama berkas dan izinnya."))
        return None
