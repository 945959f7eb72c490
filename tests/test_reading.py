"""Slugs and suggestions: the small readers that everything rests on."""

import pytest

from katalog.reading import slugify, suggest


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
