"""How problems are told."""

import json

from katalog.problems import Code, Place, Problem, Severity, in_order
from katalog.report import as_github, as_json, as_text

MISTAKE = Problem(
    place=Place(path="content/a.md", line=3, column=7, width=4, source="nama: abcd"),
    code=Code.LENGTH,
    message="Salah: 100%,\nbaris dua.",
    remedy="Perbaiki.",
)
NOTE = Problem(
    place=Place(path="content/a.md"),
    code=Code.OTHER_SPELLING,
    message="Boleh.",
    remedy="Sebaiknya lain.",
    severity=Severity.NOTE,
)


def test_text_shows_the_line_and_a_caret() -> None:
    """A clerk sees where to look."""
    text = as_text([MISTAKE])

    assert "content/a.md:3:7: kesalahan [panjang-isian]" in text
    assert "  3 | nama: abcd\n            ^^^^\n" in text
    assert text.endswith("1 kesalahan dalam 1 berkas.\n")


def test_text_shows_the_part_of_a_long_line_around_the_fault() -> None:
    """A terminal is no wider than that."""
    source = "x" * 200 + "SALAH" + "y" * 200
    place = Place(path="a.md", line=1, column=201, width=5, source=source)
    rows = as_text([Problem(place=place, code=Code.URL, message="m", remedy="r")]).split("\n")

    shown, caret = rows[2], rows[3]
    assert len(shown) < 120
    assert shown[caret.index("^") : caret.rindex("^") + 1] == "SALAH"


def test_tabs_do_not_shift_the_caret() -> None:
    """The terminal's own idea of a tab plays no part."""
    place = Place(path="a.md", line=1, column=3, width=1, source="\t\tX")
    rows = as_text([Problem(place=place, code=Code.URL, message="m", remedy="r")]).split("\n")

    assert rows[2].index("X") == rows[3].index("^")


def test_github_annotations_escape_what_ends_them() -> None:
    """A message cannot start a command of its own."""
    assert as_github([MISTAKE, NOTE]).splitlines() == [
        "::error file=content/a.md,line=3,col=7,title=panjang-isian::Salah: 100%25,%0Abaris dua. Perbaiki.",
        "::notice file=content/a.md,title=ejaan-lain::Boleh. Sebaiknya lain.",
    ]


def test_json_has_stable_keys() -> None:
    """Programs read it."""
    rows = json.loads(as_json([MISTAKE, NOTE]))

    assert rows[0] == {
        "berkas": "content/a.md",
        "baris": 3,
        "kolom": 7,
        "kode": "panjang-isian",
        "tingkat": "kesalahan",
        "masalah": "Salah: 100%,\nbaris dua.",
        "perbaikan": "Perbaiki.",
    }
    assert rows[1]["baris"] is None


def test_nothing_wrong_is_said_plainly() -> None:
    """In each form."""
    assert as_text([]) == "Tidak ada masalah.\n"
    assert json.loads(as_json([])) == []
    assert as_github([]) == ""


def test_problems_are_sorted_and_told_once() -> None:
    """Whatever order they were found in."""
    assert in_order([MISTAKE, NOTE, MISTAKE]) == (NOTE, MISTAKE)
