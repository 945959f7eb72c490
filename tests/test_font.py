"""The typeface as it is committed."""

from fontTools.ttLib import TTFont

from tests.conftest import ROOT
from tools.font import CHARACTERS, FOLDER, MOST_BYTES, WEIGHTS

FONT = FOLDER / "piazzolla.woff2"


def test_the_font_is_light_and_has_its_characters() -> None:
    """Every page waits for it at most a moment, and titles need no other."""
    font = TTFont(FONT)

    assert FONT.stat().st_size <= MOST_BYTES
    assert set(font.getBestCmap()) == set(map(ord, CHARACTERS))
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes] == [("wght", *WEIGHTS)]
    assert {"fpgm", "prep", "cvt "}.isdisjoint(font.keys())


def test_titles_of_the_catalogue_need_no_other_font() -> None:
    """What entries and terms are called is written in letters that the font has."""
    vocabulary = (ROOT / "tests" / "frozen" / "content" / "vocabulary.toml").read_text(encoding="utf-8")
    names = [line for line in vocabulary.splitlines() if line.startswith(("nama =", "uraian ="))]

    assert {letter for name in names for letter in name} <= set(CHARACTERS)


def test_the_licence_travels_with_the_font() -> None:
    """The SIL Open Font License asks for it."""
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")

    assert licence.startswith("Copyright 2018 The Piazzolla Project Authors")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
