"""Slugs and suggestions: the small readers that everything rests on."""

import pytest

from katalog.fields import ChoiceKind, ListKind
from katalog.model import Term, Vocabulary
from katalog.reading import LONGEST_CHOICE, listed, slugify, suggest
from katalog.schema import INNOVATION, REGIONAL


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("KAPSUL CINTA", "kapsul-cinta"),
        ("Museum Heritage D'Hulu", "museum-heritage-dhulu"),
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


@pytest.mark.parametrize(
    ("written", "guess"),
    [
        ("Bappeda Contoh Raya", ""),
        ("Dinkes Contohraya", "Dinas Kesehatan Contoh Raya"),
        ("Dinas Kesehatn Contoh Raya", "Dinas Kesehatan Contoh Raya"),
        ("Kesehatan Contoh Raya", "Dinas Kesehatan Contoh Raya"),
        ("Kec. Contoh Hulu", "Kecamatan Contoh Hulu"),
        ("Puskemas Contoh Hulu", "Puskesmas Contoh Hulu"),
        ("   ", ""),
    ],
)
def test_the_name_of_the_region_makes_no_office_close(written: str, guess: str) -> None:
    """Offices end alike; who wrote one wants none that begins otherwise."""
    offices = ["MAN 1 Contoh Raya", "Dinas Kesehatan Contoh Raya", "Kecamatan Contoh Hulu", "Puskesmas Contoh Hulu"]
    assert suggest(written, offices) == (f" Maksud Anda `{guess}`?" if guess else "")


def test_only_the_lists_of_a_region_are_its_own_to_lengthen() -> None:
    """The fields of government are given by law: a clerk picks one of them."""
    names = [f"Istilah {number}" for number in range(LONGEST_CHOICE + 1)]
    kinds = [field.kind.item if isinstance(field.kind, ListKind) else field.kind for field in INNOVATION]
    said = {}
    for kind in kinds:
        if isinstance(kind, ChoiceKind):
            terms = tuple(Term(vocabulary=kind.vocabulary, name=name, slug=name) for name in names)
            said[kind.vocabulary] = listed(kind, Vocabulary(lists={kind.vocabulary: terms}, index={}))

    assert "pilih yang paling dekat di sana" in said["urusan"]
    assert {name for name, text in said.items() if "tambahkan di sana" in text} == set(REGIONAL)
