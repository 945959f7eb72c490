"""Dates: as the catalogue writes them, and what people and programs make of them."""

import pytest

from katalog.dates import is_future, parse_date, possible_dates
from katalog.model import PartialDate
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2021", PartialDate(year=2021)),
        ("2021-04", PartialDate(year=2021, month=4)),
        ("2024-02-29", PartialDate(year=2024, month=2, day=29)),
        ("2023-02-29", None),
        ("2021-13", None),
        ("2021-00", None),
        ("2021-4-3", None),
        ("21", None),
        ("86400", None),
        ("1899", None),
        ("２０２１", None),
    ],
)
def test_dates_are_read_as_precisely_as_they_are_written(written: str, expected: PartialDate | None) -> None:
    """And nothing else is taken for a date."""
    assert parse_date(written) == expected


@pytest.mark.parametrize(
    ("date", "future"),
    [
        (PartialDate(year=2026), False),
        (PartialDate(year=2026, month=6), False),
        (PartialDate(year=2026, month=6, day=30), False),
        (PartialDate(year=2026, month=7), True),
        (PartialDate(year=2026, month=7, day=1), True),
        (PartialDate(year=2027), True),
    ],
)
def test_a_date_is_future_only_when_all_of_it_is(date: PartialDate, *, future: bool) -> None:
    """The running month and year are not."""
    assert is_future(date, TODAY) is future


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2018-01-17", ["2018-01-17"]),
        ("2018-01", ["2018-01"]),
        ("2018", ["2018"]),
        ("17 Januari 2018", ["2018-01-17"]),
        (" 17 JANUARI 2018 ", ["2018-01-17"]),
        ("Rabu, 17 Januari 2018", ["2018-01-17"]),
        ("Jum'at 2 Pebruari 2018", ["2018-02-02"]),
        ("Jum’at, 2 Febuari 2018", ["2018-02-02"]),
        ("17-Jan-2018", ["2018-01-17"]),
        ("17. Jan. 2018", ["2018-01-17"]),
        ("1 May 2018", ["2018-05-01"]),
        ("1 August 2018", ["2018-08-01"]),
        ("1 Agst 2018", ["2018-08-01"]),
        ("1 Ags 2018", ["2018-08-01"]),
        ("1 Agt 2018", ["2018-08-01"]),
        ("Okt 2018", ["2018-10"]),
        ("Nop. 2018", ["2018-11"]),
        ("Tahun 2018", ["2018"]),
        ("17/1/2018", ["2018-01-17"]),
        ("1/17/2018", ["2018-01-17"]),
        ("17 - 01 - 2018", ["2018-01-17"]),
        ("5.5.2018", ["2018-05-05"]),
        ("2018/1/17", ["2018-01-17"]),
        ("2018-01-17 00:00:00", ["2018-01-17"]),
        ("2018-01-17T08:30", ["2018-01-17"]),
        ("17/01/2018 10.30", ["2018-01-17"]),
        ("12/05/2018", ["2018-05-12", "2018-12-05"]),
        ("12.05.2018 10:30", ["2018-05-12", "2018-12-05"]),
        ("31/02/2018", []),
        ("30 Februari 2018", []),
        ("17/1/18", []),
        ("Ma 2018", []),
        ("12 Mai 2018", []),
        ("sepanjang 2018", []),
        ("akhir 2018", []),
        ("5 tahun 2018", []),
        ("", []),
    ],
)
def test_what_a_date_may_mean(written: str, expected: list[str]) -> None:
    """Each reading once, the Indonesian order first; what is no date stays none."""
    assert [str(date) for date in possible_dates(written)] == expected


def test_dates_sort_by_time() -> None:
    """A year stands before its months."""
    dates = [PartialDate(year=2021, month=2), PartialDate(year=2021), PartialDate(year=2020, month=12, day=31)]

    assert [str(date) for date in sorted(dates)] == ["2020-12-31", "2021", "2021-02"]
