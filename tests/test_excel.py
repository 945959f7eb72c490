"""Workbooks that we write: every value as what it is, whatever stands beside it, and the same bytes each time."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from katalog.model import CellValue, PartialDate, Sheet
from katalog.sheets import as_workbook
from katalog.sheets.archive import exchanged
from katalog.sheets.excel import Grid, make_workbook

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)
DATES = st.dates(date(1901, 1, 1)).map(lambda day: PartialDate(year=day.year, month=day.month, day=day.day))
MONTHS = st.builds(PartialDate, year=st.integers(1950, 2030), month=st.integers(1, 12), day=st.just(0))
CELLS: st.SearchStrategy[CellValue] = st.one_of(st.just(""), TEXTS, DATES, MONTHS)


def _read(content: bytes, name: str) -> list[list[object]]:
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(content))[name].iter_rows(values_only=True)]


def _meant(cell: CellValue) -> object:
    if isinstance(cell, PartialDate):
        return datetime(cell.year, cell.month, cell.day) if cell.day else str(cell)  # noqa: DTZ001 (cells know no zone)
    return cell or None


@given(st.lists(st.tuples(CELLS, CELLS, TEXTS), min_size=1, max_size=6))
def test_a_value_is_what_it_is_whatever_stands_above_it(rows: list[tuple[CellValue, ...]]) -> None:
    """A column of the published workbook holds dates, texts and nothing."""
    sheet = Sheet(name="Satu", rows=lambda: [("a", "b", "c"), *rows], widths=(10, 10, 10), filtered=True)

    _, *found = _read(as_workbook("Judul", [sheet]), "Satu")

    assert found == [[_meant(cell) for cell in row] for row in rows]


def test_numbers_stay_numbers() -> None:
    """Also below a text, and beside what is not known."""
    rows: list[tuple[CellValue, ...]] = [("a",), ("tidak tahu",), (2021,), ("",), (7,)]
    content = as_workbook("", [Sheet(name="Satu", rows=lambda: rows, widths=(10,))])

    assert _read(content, "Satu") == [["a"], ["tidak tahu"], [2021], [None], [7]]


def test_what_excel_takes_for_another_day_stays_text() -> None:
    """It believes that there was a 29 February 1900."""
    rows: list[tuple[CellValue, ...]] = [
        ("a",),
        (PartialDate(year=1900, month=2, day=1),),
        (PartialDate(year=1850, month=1, day=31),),
    ]
    content = as_workbook("", [Sheet(name="Satu", rows=lambda: rows, widths=(10,))])

    assert _read(content, "Satu") == [["a"], ["1900-02-01"], ["1850-01-31"]]


def test_a_sheet_without_rows_has_its_head() -> None:
    """The library takes it from the first row."""
    grid = Grid(name="Satu", head=["a", "b"], rows=[], kinds=[str, str], widths=[10, 10], filtered=True)

    assert _read(make_workbook([grid]), "Satu")[0] == ["a", "b"]


def test_a_workbook_says_what_it_is_and_not_when_it_was_made() -> None:
    """So that the same entries are the same bytes."""
    grid = Grid(name="Satu", head=["a"], rows=[["b"]], kinds=[str], widths=[10])
    book = openpyxl.load_workbook(io.BytesIO(make_workbook([grid], "Kopi & <Teh>")))

    assert book.properties.title == "Kopi & <Teh>"
    assert {book.properties.created, book.properties.modified} == {datetime(2000, 1, 1)}  # noqa: DTZ001


@given(st.dictionaries(st.text("abc/é", min_size=1), st.binary(max_size=300), min_size=1), st.data())
def test_one_part_of_an_archive_is_exchanged(parts: dict[str, bytes], data: st.DataObject) -> None:
    """All others stay as they were, compressed or not."""
    name, content = data.draw(st.sampled_from(sorted(parts))), data.draw(st.binary(max_size=300))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number, (part, held) in enumerate(parts.items()):
            archive.writestr(part, held, zipfile.ZIP_DEFLATED if number % 2 else zipfile.ZIP_STORED)

    with zipfile.ZipFile(io.BytesIO(exchanged(made.getvalue(), name, content))) as archive:
        assert archive.testzip() is None
        assert {part: archive.read(part) for part in archive.namelist()} == {**parts, name: content}
        assert archive.namelist() == list(parts)
