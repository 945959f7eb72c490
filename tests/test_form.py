"""The form's page and what it offers for download, drawn from the table of fields."""

import json
import re

import pytest
from msgspec.structs import replace

from katalog.model import Config, Contact, Licence, PartialDate
from katalog.pages.form import STEPS, new_file, rich_text
from katalog.schema import INNOVATION
from katalog.words import TOLD, WORDS
from tests.conftest import Built


def _rules(small: Built) -> dict[str, object]:
    found = re.search(r'id="aturan"[^>]*>(.*?)</script>', small.text("usulkan/index.html"))
    assert found
    rules: dict[str, object] = json.loads(found[1])
    return rules


def test_the_form_asks_for_every_required_field(small: Built) -> None:
    """Else its files could not pass; the status is written by the form itself."""
    asked = {key for _, keys in STEPS for key in keys}

    assert {field.key for field in INNOVATION if field.required} - asked == {"status"}
    assert asked - {field.key for field in INNOVATION} == {"isi"}
    assert _rules(small)["status"] == "diajukan pengelola"


def test_the_script_has_the_words_of_check(small: Built) -> None:
    """One table, sent as it is."""
    rules = _rules(small)

    assert rules["kata"] == {name: list(pair) for name, pair in WORDS.items()}
    assert rules["pesan"] == {name: list(pair) for name, pair in TOLD.items()}


def test_labels_and_hints_stand_on_the_page(small: Built) -> None:
    """Without the script nobody could check what the form asks."""
    html = small.text("usulkan/index.html")
    for field in INNOVATION:
        if field.key in {key for _, keys in STEPS for key in keys} - {"urusan"}:
            assert field.label in html, field.key


def test_the_sheet_for_word_processors_is_sound(small: Built) -> None:
    """Plain ASCII, braces in pairs, every question in it."""
    text = small.files["usulkan/templat.rtf"].decode("ascii")
    bare = re.sub(r"\\[\\{}]", "", text)

    assert text.startswith(r"{\rtf1")
    assert bare.count("{") == bare.count("}")
    for word in ("Nama inovasi", "Ringkasan", "Rancang bangun", "Alamat halaman sumber"):
        assert word in text


def test_marks_and_strange_letters_survive_in_the_sheet() -> None:
    """Backslashes and braces are the format's own."""
    entry: dict[str, object] = {"label": "Kolom {a}\\b", "hint": "é"}

    assert r"Kolom \{a\}\\b" in rich_text([("Judul", [entry])])
    assert r"\u233?" in rich_text([("Judul", [entry])])


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("github", "https://forge.example/a/b/new/utama?"),
        ("gitlab", "https://forge.example/a/b/-/new/utama?"),
        ("gitea", "https://forge.example/a/b/_new/utama/?"),
        ("forgejo", "https://forge.example/a/b/_new/utama/?"),
    ],
)
def test_each_forge_opens_a_new_file_in_its_own_way(kind: str, address: str) -> None:
    """And none is offered without a repository."""
    config = Config(
        title="", region="", region_short="", province="", motto="", description="", base_url="",
        repository="https://forge.example/a/b", repository_kind=kind, branch="utama", publisher="",
        contact=Contact(unit="Kantor"), start=PartialDate(year=2020), licence=Licence(name="", url=""),
    )  # fmt: skip

    assert new_file(config) == address
    assert new_file(replace(config, repository="")) == ""
