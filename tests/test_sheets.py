"""Files of offices: what is read from them, and what a hostile one cannot do."""

import io
import os
import random
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from katalog.problems import Code, Severity
from katalog.sheets import as_table, read_tables, table, workbook
from katalog.text import Table

WORDS = [
    "biasa",
    "dua\nbaris",
    "  spasi ",
    "=1+1",
    "-5",
    "'=1",
    "a;b,c\td|e",
    '"kutip"',
    "x005F_",
    "_x000d_",
    "_x005F_x000D_",
    "<r><f>1+1</f>&</r>",
    "http://contoh.example/",
    "é 😀",
    "",
    "0734",
]


def _texts(sheet: Table) -> list[dict[int, str | None]]:
    return [{column: cell.value if cell else None for column, cell in row.items()} for row in sheet.rows]


def _write(path: Path, fill: Callable[[Any, Any], object]) -> Path:
    book = Workbook(path)
    fill(book, book.add_worksheet("Satu"))
    book.close()
    return path


def _save(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_what_was_written_is_read_back(tmp_path: Path, name: str) -> None:
    """To the letter, whatever it looks like; and the same rows are the same bytes."""
    rows = [["Nama", *WORDS], ["Kedua", *reversed(WORDS)]]
    content, problems = as_table(rows, Path(name), name)
    assert as_table(rows, Path(name), name)[0] == content
    assert problems == ()

    tables, problems = read_tables(_save(tmp_path / name, content), name)

    assert problems == ()
    assert [_texts(sheet) for sheet in tables] == [
        [{column: cell for column, cell in enumerate(row) if cell} for row in rows]
    ]


def test_no_program_computes_what_we_write() -> None:
    """CSV is guarded; a workbook holds strings, and keeps what is typed there later as text."""
    rows = [["Nama"], ["=1+1"]]
    assert b"\r\n'=1+1\r\n" in as_table(rows, Path("a.csv"), "a.csv")[0]

    with zipfile.ZipFile(io.BytesIO(as_table(rows, Path("a.xlsx"), "a.xlsx")[0])) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        core = archive.read("docProps/core.xml").decode()

    assert "<f>" not in sheet
    assert "=1+1" in sheet
    assert "2000-01-01T00:00:00Z" in core


def test_xml_of_strangers_stays_text(tmp_path: Path) -> None:
    """Some libraries take a text between these two marks for XML of their own."""
    rows = [["Nama"], ["<r><f>1+1</f>&</r>"]]
    content = as_table(rows, Path("a.xlsx"), "a.xlsx")[0]
    tables, problems = read_tables(_save(tmp_path / "a.xlsx", content), "a.xlsx")

    assert problems == ()
    assert _texts(tables[0]) == [{0: "Nama"}, {0: "<r><f>1+1</f>&</r>"}]


def test_a_cell_that_excel_cannot_hold_is_told() -> None:
    """Instead of being cut."""
    rows = [["Nama"], ["x" * 40_000]]
    problems = as_table(rows, Path("a.xlsx"), "a.xlsx")[1]

    assert [(problem.place.cell, problem.code) for problem in problems] == [("A2", Code.LENGTH)]
    assert as_table(rows, Path("a.csv"), "a.csv")[1] == ()


@pytest.mark.parametrize(
    "content",
    [
        "Nama,Isi\r\nSatu,é\r\n".encode(),
        "Nama,Isi\nSatu,é\n".encode("utf-8-sig"),
        "Nama;Isi\r\nSatu;é\r\n".encode("utf-16"),
        "Nama\tIsi\rSatu\té\r".encode("utf-16-be").join([b"\xfe\xff", b""]),
        "sep=;\r\nNama;Isi\r\nSatu;é\r\n".encode(),
        'Nama;"Isi"\n"Satu";é'.encode(),
    ],
)
def test_csv_in_every_common_form(tmp_path: Path, content: bytes) -> None:
    """Delimiters, line ends and encodings need no telling."""
    tables, problems = read_tables(_save(tmp_path / "a.CSV", content), "a.CSV")

    assert problems == ()
    assert _texts(tables[0]) == [{0: "Nama", 1: "Isi"}, {0: "Satu", 1: "é"}]


def test_commas_in_texts_do_not_hide_semicolons(tmp_path: Path) -> None:
    """The mark that divides all rows alike is the delimiter."""
    content = b"Nama;Isi\nA;satu, dua, tiga, empat\nB;lima, enam\n"

    assert len(read_tables(_save(tmp_path / "a.csv", content), "a.csv")[0][0].rows[1]) == 2


def test_windows_1252_is_read_and_told(tmp_path: Path) -> None:
    """It could be another one; a clerk can see."""
    tables, problems = read_tables(_save(tmp_path / "a.csv", "Nama,Kafé\n".encode("cp1252")), "a.csv")

    assert _texts(tables[0]) == [{0: "Nama", 1: "Kafé"}]
    assert [(problem.code, problem.severity) for problem in problems] == [(Code.ENCODING, Severity.NOTE)]


def test_a_file_of_two_programs_is_read_as_both(tmp_path: Path) -> None:
    """What one has saved as UTF-8 is not spoilt for what the other has not."""
    content = "Nama,Kafé,".encode() + "“Warung”\n".encode("cp1252")

    assert _texts(read_tables(_save(tmp_path / "a.csv", content), "a.csv")[0][0]) == [
        {0: "Nama", 1: "Kafé", 2: "“Warung”"}
    ]


@pytest.mark.parametrize("content", [b"\xff\xfeabc", b"Nama,\x81\n"])
def test_an_unknown_encoding_is_told(tmp_path: Path, content: bytes) -> None:
    """Nothing is read then."""
    tables, problems = read_tables(_save(tmp_path / "a.csv", content), "a.csv")

    assert tables == ()
    assert [problem.code for problem in problems] == [Code.ENCODING]


def test_a_very_long_cell_of_a_csv_file_is_read(tmp_path: Path) -> None:
    """Longer than Python's own limit, which stays as it was for others."""
    content = f"Nama\n{'x' * 190_000}\n".encode()

    tables, problems = read_tables(_save(tmp_path / "a.csv", content), "a.csv")

    assert problems == ()
    assert len(_texts(tables[0])[1][0] or "") == 190_000


def test_values_of_a_workbook_become_the_text_that_is_shown(tmp_path: Path) -> None:
    """Dates as precisely as their cells show them, whole numbers without a point."""

    def fill(book: Any, sheet: Any) -> None:
        day, formats = date(2023, 5, 12), ("dd mmmm yyyy", "[$-421]dd/mm/yy", "mmm-yy", "yyyy", '"Tahun d" yyyy')
        for column, form in enumerate(formats):
            sheet.write_datetime(0, column, day, book.add_format({"num_format": form}))
        sheet.write_row(1, 0, [2021, 2021.0, 1.5, True, "0734"])
        sheet.write_string(2, 0, "a\r\nb")

    tables, problems = read_tables(_write(tmp_path / "a.xlsx", fill), "a.xlsx")

    assert problems == ()
    assert _texts(tables[0]) == [
        dict(enumerate(["2023-05-12", "2023-05-12", "2023-05", "2023", "2023"])),
        dict(enumerate(["2021", "2021", "1.5", "ya", "0734"])),
        {0: "a\nb"},
    ]
    assert tables[0].sheet == "Satu"


def test_formulas_are_never_computed(tmp_path: Path) -> None:
    """What Excel stored is read; where it stored nothing, or an error, that is told at the cell."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.write_formula(0, 0, '="a"&"b"', None, "ab")
        sheet.write_formula(0, 1, "=A1", None, "")
        sheet.write_formula(0, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 0, "=A1", None, "")

    tables, problems = read_tables(_write(tmp_path / "a.xlsx", fill), "a.xlsx")

    assert _texts(tables[0]) == [{0: "ab", 1: None, 2: None}, {0: None}]
    assert [(problem.place.cell, problem.place.sheet, problem.code) for problem in problems] == [
        ("B1", "Satu", Code.FORMULA),
        ("C1", "Satu", Code.FORMULA),
        ("A2", "Satu", Code.FORMULA),
    ]


def test_formulas_in_csv_are_told(tmp_path: Path) -> None:
    """Also the ="0734" with which offices keep a zero."""
    tables, problems = read_tables(_save(tmp_path / "a.csv", b'Nama,Telepon\nA,"=""0734"""\n'), "a.csv")

    assert _texts(tables[0])[1] == {0: "A", 1: None}
    assert [(problem.place.cell, problem.code) for problem in problems] == [("B2", Code.FORMULA)]


@pytest.mark.parametrize("text", ["a\x0bb", "a\x00b", "a\ufffeb"])
def test_characters_that_no_file_may_hold_are_told(tmp_path: Path, text: str) -> None:
    """At their cell, so that what is written passes the check."""
    tables, problems = read_tables(_save(tmp_path / "a.csv", f"Nama,{text}\n".encode()), "a.csv")

    assert _texts(tables[0]) == [{0: "Nama", 1: None}]
    assert [problem.code for problem in problems] == [Code.CONTROL_CHARACTER]


def test_half_a_character_in_a_workbook_is_told(tmp_path: Path) -> None:
    """A workbook can name it; no encoding could write it."""
    path = _write(tmp_path / "a.xlsx", lambda _, sheet: sheet.write_string(0, 0, "XXXXXXX"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"XXXXXXX", b"_xD800_")
    _save(path, _zipped(parts))

    assert [problem.code for problem in read_tables(path, "a.xlsx")[1]] == [Code.CONTROL_CHARACTER]


def test_hidden_sheets_are_left_out(tmp_path: Path) -> None:
    """Offices keep lists of choices there."""

    def fill(book: Any, _: Any) -> None:
        book.add_worksheet("Dua").hide()

    assert [sheet.sheet for sheet in read_tables(_write(tmp_path / "a.xlsx", fill), "a.xlsx")[0]] == ["Satu"]


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _codes(path: Path) -> list[Code]:
    tables, problems = read_tables(path, path.name)
    assert tables == ()
    return [problem.code for problem in problems]


def test_a_workbook_that_swells_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small on disk, large in memory; many parts; and a size that lies."""
    bomb = _zipped({"xl/worksheets/sheet1.xml": b"0" * 300_000})
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 200_000)
    assert _codes(_save(tmp_path / "a.xlsx", bomb)) == [Code.FILE_SIZE]

    lying = bytearray(bomb)
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = lying.index(signature) + offset
        lying[place : place + 4] = (1000).to_bytes(4, "little")
    assert _codes(_save(tmp_path / "b.xlsx", bytes(lying))) == [Code.UNREADABLE]

    monkeypatch.setattr(workbook, "MAX_PARTS", 3)
    assert _codes(_save(tmp_path / "c.xlsx", _zipped({str(number): b"" for number in range(4)}))) == [Code.FILE_SIZE]


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """A workbook has no use for declaring any."""
    path = _write(tmp_path / "a.xlsx", lambda _, sheet: sheet.write_string(0, 0, "a"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"<sst", bomb + b"<sst", 1)

    assert _codes(_save(path, _zipped(parts))) == [Code.UNREADABLE]


@pytest.mark.parametrize("content", [b"", b"bukan tabel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100])
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes) -> None:
    """Empty, text, or the shell of an old or locked one."""
    assert _codes(_save(tmp_path / "a.xlsx", content)) == [Code.UNREADABLE]


def test_damaged_workbooks_never_end_in_a_traceback(tmp_path: Path) -> None:
    """Cut short, and with bytes and parts changed at random."""
    rows = [["Nama", "Isi"], ["Satu", "dua"]]
    whole = as_table(rows, Path("a.xlsx"), "a.xlsx")[0]
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(7)
    path = tmp_path / "a.xlsx"
    for _ in range(60):
        name = chance.choice(sorted(parts))
        content = bytearray(parts[name])
        for _ in range(3):
            content[chance.randrange(len(content))] = chance.randrange(256)
        cut = whole[: chance.randrange(len(whole))]
        for damaged in (_zipped({**parts, name: bytes(content)}), cut, _zipped({**parts, name: b""})):
            read_tables(_save(path, damaged), "a.xlsx")


def test_limits_stand_before_and_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell in the last corner costs no time; what is left out is told."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.write_string(0, 0, "Nama")
        sheet.write_string(3, 16_383, "jauh")
        sheet.write_string(1000, 0, "lewat batas")
        sheet.write_string(1_048_575, 0, "dalam")

    for module in (table, workbook):
        monkeypatch.setattr(module, "MAX_ROWS", 1000)
    tables, problems = read_tables(_write(tmp_path / "a.xlsx", fill), "a.xlsx")

    assert _texts(tables[0])[0] == {0: "Nama"}
    assert len(tables[0].rows) == 1000
    assert [(problem.code, problem.place.cell) for problem in problems] == [(Code.FILE_SIZE, "A1001")]


def test_too_many_columns_are_told(tmp_path: Path) -> None:
    """The first ones are read."""
    content = ("a," * 300).encode()
    tables, problems = read_tables(_save(tmp_path / "a.csv", content), "a.csv")

    assert len(tables[0].rows[0]) == table.MAX_COLUMNS
    assert [problem.code for problem in problems] == [Code.FILE_SIZE]


def test_files_that_cannot_be_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing, a folder, a pipe, too large."""
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipa.csv")
    _save(tmp_path / "besar.csv", b"x" * 100)
    monkeypatch.setattr("katalog.sheets.MAX_FILE", 50)

    codes = {name: _codes(tmp_path / name) for name in ("tidak-ada.csv", "folder.csv", "pipa.csv", "besar.csv")}

    assert codes == {
        "tidak-ada.csv": [Code.UNREADABLE],
        "folder.csv": [Code.FILE_KIND],
        "pipa.csv": [Code.FILE_KIND],
        "besar.csv": [Code.FILE_SIZE],
    }
