"""How problems are told."""

import json

import pytest
from msgspec.structs import replace

from katalog.problems import Code, Deed, Place, Problem, Severity, in_order
from katalog.report import FORMATS, as_github, as_gitlab, as_json, as_summary, as_text, tell_deeds

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


def test_each_weight_has_its_level() -> None:
    """On GitHub, on GitLab, and in the count."""
    three = [replace(NOTE, severity=severity) for severity in Severity]

    assert [row.split()[0] for row in as_github(three).splitlines()] == ["::error", "::warning", "::notice"]
    assert [row["severity"] for row in json.loads(as_gitlab(three))] == ["major", "minor", "info"]
    assert as_text(three).endswith("1 kesalahan, 1 perhatian, dan 1 catatan dalam 1 berkas.\n")


def test_a_line_end_in_a_value_starts_no_line_of_the_report() -> None:
    """A runner takes a line that begins with two colons for a command, a terminal obeys escape signs."""
    place = Place(path="a\n::b.md", line=1, column=1, source="x")
    hostile = Problem(place=place, code=Code.CHOICE, message="m\r\n::error::x\x1b[2J", remedy="r\n::add-mask::a")

    for shown in (as_text([hostile]), as_github([hostile]), tell_deeds([Deed(path="a\n::b", line=1, words="\n::c")])):
        assert not any(line.lstrip().startswith("::") for line in shown.splitlines()[1:])
        assert "\x1b" not in as_text([hostile])


def test_gitlab_gets_a_code_quality_report() -> None:
    """With a fingerprint of its own for each problem, and line 1 for the file as a whole."""
    first, second = json.loads(as_gitlab([MISTAKE, NOTE]))

    assert first["location"] == {"path": "content/a.md", "lines": {"begin": 3}}
    assert second["location"]["lines"] == {"begin": 1}
    assert first["fingerprint"] != second["fingerprint"]
    assert json.loads(as_gitlab([MISTAKE, NOTE])) == [first, second]


def test_the_summary_groups_by_weight_and_file_and_means_nothing_else() -> None:
    """Markdown of ours around text of others."""
    place = Place(path="content/<b>.md", line=2, column=1, source="# x | ![a](b)")
    hostile = Problem(place=place, code=Code.CHOICE, message="Isi `</code><h1>` salah.", remedy="[klik](https://x)")

    shown = as_summary([hostile, NOTE])

    assert shown.index("### Yang harus diperbaiki") < shown.index("### Catatan")
    assert "- Baris 2: Isi <code>&#60;/code&#62;&#60;h1&#62;</code> salah&#46;\n" in shown
    for mark in ("<b>", "<h1>", "![", "](", "https://"):
        assert mark not in shown
    assert as_summary([]) == "## Hasil pemeriksaan\n\nTidak ada masalah.\n"
    assert "... dan 5 lagi." in as_summary([replace(NOTE, message=str(number)) for number in range(205)])


@pytest.mark.parametrize("name", FORMATS)
def test_no_report_repeats_the_number_of_an_identity_card(name: str) -> None:
    """The log of a public repository is public."""
    place = Place(path="a.md", line=1, column=1, source="nama: 1603-0101-0190-0001")
    told = Problem(
        place=place, code=Code.CHOICE, message="Tidak ada: `1603010101900001`.", remedy="1603 0101 0190 0001"
    )

    report = FORMATS[name]([told])

    assert "0190" not in report
    assert "••" in report or "\\u2022" in report or "&#8226;" in report


@pytest.mark.parametrize("name", FORMATS)
def test_a_name_that_is_no_text_can_be_written(name: str) -> None:
    """Old archives unpack to such names."""
    told = Problem(place=Place(path="a\udcff.md"), code=Code.FILE_NAME, message="`a\udcff.md`", remedy="r")

    assert FORMATS[name]([told]).encode()


def test_a_cell_is_named_with_its_sheet() -> None:
    """A stranger has named the sheet."""
    place = Place(path="a.xlsx", line=7, column=3, sheet="Data\x1b[2J | 1603010101900001", cell="C7")
    told = Problem(place=place, code=Code.CHOICE, message="m", remedy="r")

    assert FORMATS["text"]([told]).startswith(
        "a.xlsx, lembar Data\ufffd[2J | ••••••••••••••••, sel C7: kesalahan [pilihan]\n"
    )
    assert "\n- Lembar Data&#65533;&#91;2J &#124; &#8226;" in FORMATS["ringkasan"]([told])
    assert "\n- Sel C7: m\n" in FORMATS["ringkasan"]([replace(told, place=replace(place, sheet=""))])


def test_deeds_are_told_at_their_lines() -> None:
    """And counted."""
    deeds = [Deed(path="a.md", line=0, words="satu"), Deed(path="a.md", line=7, words="dua 1603010101900001")]

    assert tell_deeds(deeds) == "a.md: satu\na.md:7: dua ••••••••••••••••\n2 perbaikan dalam 1 berkas.\n\n"
    assert tell_deeds([]) == "Tidak ada yang perlu dirapikan.\n"


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
