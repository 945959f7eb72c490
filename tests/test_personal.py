"""Numbers that belong to a person: found in whatever dress, and nothing else taken for one."""

import pytest

from katalog.personal import (
    has_mobile_number,
    hide_identity_numbers,
    tell_identity_number,
    tell_identity_numbers,
)
from katalog.problems import Code, Place, Problem


def _told(*lines: str, path: str = "content/innovations/a.md") -> list[Problem]:
    problems: list[Problem] = []
    tell_identity_numbers(path, "\n".join(lines), problems.append)
    return problems


@pytest.mark.parametrize(
    "line",
    [
        "1603010101900001",
        "NIK:1603010101900001/Budi",
        "16.03.01.010190.0001",
        "160301 410190 0001",
        "1603-0101-0190-0001",
        "1603\u00a00101\u00a00190\u00a00001",
        "1603 - 0101 - 0190 - 0001",
        "1603–0101–0190–0001",
        "telepon 0734 421987 dan KK 1603 0101 0190 0001 milik warga 0812",
        "0000000000000000",
        "(1603010101900001)",
        "https://media.example/a lalu 1603010101900001",
    ],
)
def test_the_number_of_an_identity_card_is_found(line: str) -> None:
    """Written in a row or in groups."""
    (problem,) = _told("baris lain", line)

    assert (problem.code, problem.place.line) == (Code.IDENTITY, 2)
    hidden = hide_identity_numbers(line)
    assert len(hidden) == len(line)
    assert hidden.count("•") == 16
    assert hidden[problem.place.column - 1] == "•"


@pytest.mark.parametrize(
    "line",
    [
        "https://media.example/posts/1603010101900001?a=1603010101900001",
        "[unggahan](https://www.media.example/1603010101900001)",
        "www.media.example/1603010101900001",
        "tahun 2019 2020 2021 2022 dan 1998-1999-2000-2001",
        "9.876.543.210.987.654 rupiah",
        "telepon 0734 421987 0734 421988",
        "160301010190000",
        "16030101019000011",
        "2021-01-01 2021-01-02",
        "9903 0101 0190 0001",
        "1603 0172 0190 0001 7",
    ],
)
def test_other_numbers_are_not(line: str) -> None:
    """Addresses carry ids of that length, sums and years come in groups."""
    assert _told(line) == []
    assert hide_identity_numbers(line) == line


def test_a_file_name_counts_too() -> None:
    """It becomes an address."""
    (problem,) = _told("Isi.", path="content/innovations/1603010101900001.md")

    assert problem.place.line == 0


def test_a_text_of_several_lines_is_told_once_at_its_place() -> None:
    """A cell has one place; digits of two lines make no number together."""
    place = Place(path="a.csv", line=2, column=1, cell="A2")
    problems: list[Problem] = []
    tell_identity_number("satu\n1603010101900001\n1603010101900002", place, problems.append)
    tell_identity_number("16030101\n01900001", place, problems.append)

    assert [(problem.code, problem.place) for problem in problems] == [(Code.IDENTITY, place)]


@pytest.mark.parametrize("text", ["085765432109", "0812-3456-7890", "+62 812 3456 7890", "WA (0812) 3456-78"])
def test_mobile_numbers_are_known(text: str) -> None:
    """By the 8 that follows the first digits."""
    assert has_mobile_number(text)


@pytest.mark.parametrize(
    "text", ["0734 421987", "(021) 8976543", "110", "0800 9876543", "+62 734 421987", "16030898765432"]
)
def test_other_telephones_are_no_mobile_numbers(text: str) -> None:
    """Offices have them."""
    assert not has_mobile_number(text)
