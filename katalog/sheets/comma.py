"""CSV -> tables, in the encodings and with the delimiters that offices use."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from katalog.cells import unguarded
from katalog.characters import is_utf16, recover
from katalog.problems import Code, Place, Problem, Say, Severity
from katalog.sheets.table import UNCOMPUTED, Fault, make_table
from katalog.text import Table

_DELIMITERS = (",", ";", "\t")
_SAMPLE = 200
_SEPARATOR_LINE = re.compile(r"sep=([,;\t])\n", re.IGNORECASE)


def read_csv(data: bytes, name: str, say: Say) -> tuple[Table, ...]:
    """The one table of a CSV file; none where its encoding is not known."""
    text = _decode(data, name, say)
    return () if text is None else (make_table(name, "", _rows(text), say),)


def _decode(data: bytes, name: str, say: Say) -> str | None:
    """Characters; where an old program has written them, that is told."""
    place = Place(path=name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = recover(data)
    if text is None:
        message = "Pengodean berkas tidak dikenal."
        remedy = "Di Excel pilih Simpan Sebagai, jenis `CSV UTF-8`; atau simpan sebagai .xlsx."
        say(Problem(place=place, code=Code.ENCODING, message=message, remedy=remedy))
    elif not is_utf16(data):
        message = "Berkas tidak tersimpan sebagai UTF-8; dibaca sebagai windows-1252."
        remedy = "Periksa huruf khusus (é, “ ”) pada hasilnya, atau simpan ulang sebagai `CSV UTF-8`."
        say(Problem(place=place, code=Code.ENCODING, message=message, remedy=remedy, severity=Severity.NOTE))
    return text


def _rows(text: str) -> Iterator[list[str | Fault]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    separator = _SEPARATOR_LINE.match(lines)
    content = lines[separator.end() :] if separator else lines
    for row in _parse(content, separator[1] if separator else _delimiter(content)):
        # What we write is guarded, so a bare "=" is a formula, as in ="0734", an office's way to keep a zero.
        yield [UNCOMPUTED if cell.startswith("=") else unguarded(cell) for cell in row]


def _delimiter(text: str) -> str:
    """The mark that divides the most rows into the same number of cells."""

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in _parse(text, delimiter, _SAMPLE) if len(row) > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(_DELIMITERS, key=evenness)


def _parse(text: str, delimiter: str, most: int | None = None) -> list[list[str]]:
    # A body may be longer than the library's limit for a cell, and the file has its own.
    before = csv.field_size_limit(len(text) + 1)
    try:
        return list(islice(csv.reader(io.StringIO(text), delimiter=delimiter), most))
    finally:
        csv.field_size_limit(before)
