"""CSV <-> tables, in the encodings and with the delimiters that offices use."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from katalog.cells import guarded, unguarded
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


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark and CRLF, as spreadsheets expect, and nothing that they would compute."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([guarded(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _decode(data: bytes, name: str, say: Say) -> str | None:
    place = Place(path=name)
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "windows-1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "windows-1252":
            message = "Berkas tidak tersimpan sebagai UTF-8; dibaca sebagai windows-1252."
            remedy = "Periksa huruf khusus (é, “ ”) pada hasilnya, atau simpan ulang sebagai `CSV UTF-8`."
            say(Problem(place=place, code=Code.ENCODING, message=message, remedy=remedy, severity=Severity.NOTE))
        return text
    message = "Pengodean berkas tidak dikenal."
    remedy = "Di Excel pilih Simpan Sebagai, jenis `CSV UTF-8`; atau simpan sebagai .xlsx."
    say(Problem(place=place, code=Code.ENCODING, message=message, remedy=remedy))
    return None


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
