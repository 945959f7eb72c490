"""The form for VS Code."""

import json

from katalog.editor import front_matter
from katalog.fields import GroupKind, ListKind
from katalog.load import read_toml
from katalog.schema import INNOVATION
from katalog.vocabulary import read_vocabulary
from tests.conftest import ROOT, TODAY


def _without_choices(node: object) -> object:
    """Settings without the terms to choose from: editors change those every day, and `check` knows them."""
    if isinstance(node, dict):
        return {key: _without_choices(value) for key, value in node.items() if key != "choices"}
    return [_without_choices(item) for item in node] if isinstance(node, list) else node


def test_the_form_is_that_of_the_table() -> None:
    """After a change of the table: `python build.py editor`."""
    text, _ = read_toml(ROOT / "content" / "vocabulary.toml", ROOT)
    made = json.loads(front_matter(read_vocabulary(text, TODAY)[0]))
    kept = json.loads((ROOT / "content" / "frontmatter.json").read_text(encoding="utf-8"))

    assert _without_choices(kept) == _without_choices(made)


def test_every_field_is_in_the_form_but_lists_of_groups() -> None:
    """The extension would write those with a key that no entry may have."""
    settings = json.loads((ROOT / "content" / "frontmatter.json").read_text(encoding="utf-8"))
    (form,) = settings["frontMatter.taxonomy.contentTypes"]
    groups = [
        field.key for field in INNOVATION if isinstance(field.kind, ListKind) and isinstance(field.kind.item, GroupKind)
    ]

    assert [field["name"] for field in form["fields"]] == [field.key for field in INNOVATION if field.key not in groups]
    assert groups == ["penghargaan", "sumber", "catatan_perubahan"]


def test_the_extension_finds_the_form() -> None:
    """It looks for its settings at the root, and reads on where they say."""
    settings = json.loads((ROOT / "frontmatter.json").read_text(encoding="utf-8"))

    assert settings["frontMatter.extends"] == ["./content/frontmatter.json"]
    assert "frontMatter.taxonomy.contentTypes" not in settings
