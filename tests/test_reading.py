"""Dates, slugs and suggestions: the small readers that everything rests on."""

import pytest

from katalog.model import PartialDate
from katalog.reading import is_future, parse_date, slugify, suggest
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
    ("name", "slug"),
    [
        ("KAPSUL CINTA", "kapsul-cinta"),
        ("Museum Heritage D'Enim", "museum-heritage-denim"),
        ("  Café — 100% Ibu & Anak!  ", "cafe-100-ibu-anak"),
        ("a" * 200, "a" * 80),
        ("日本", ""),
    ],
)
def test_slugs_are_plain(name: str, slug: str) -> None:
    """Whatever a name holds, its slug is safe on every file system."""
    assert slugify(name) == slug


def test_suggestions_come_only_when_something_is_close() -> None:
    """A wild guess would mislead."""
    assert suggest("ringkasn", ["nama", "ringkasan"]) == " Maksud Anda `ringkasan`?"
    assert suggest("xyz", ["nama"]) == ""


def test_dates_sort_by_time() -> None:
    """A year stands before its months."""
    dates = [PartialDate(year=2021, month=2), PartialDate(year=2021), PartialDate(year=2020, month=12, day=31)]

    assert [str(date) for date in sorted(dates)] == ["2020-12-31", "2021", "2021-02"]
