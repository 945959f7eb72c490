"""The one table of fields and the records it fills."""

import types
import typing

import pytest
from msgspec import Struct

from katalog import model, schema
from katalog.fields import (
    ChoiceKind,
    DateKind,
    Field,
    FlagKind,
    GroupKind,
    Kind,
    LanguagesKind,
    ListKind,
    NumberKind,
    YearKind,
)
from tests.conftest import ROOT

# Attributes that do not come from the file's head.
OWN = {"slug", "path", "body", "vocabulary"}

TABLES: list[tuple[tuple[Field, ...], type]] = [
    (schema.INNOVATION, model.Innovation),
    (schema.PROSE, model.Prose),
    (schema.FACT, model.Fact),
    (schema.CORRECTION, model.Correction),
    (schema.TERM, model.Term),
    (schema.CONFIG, model.Config),
    (schema.LICENCE, model.Licence),
    (schema.EXTRAS, model.Extras),
    (schema.SITE_WORDS, model.SiteWords),
    (schema.TERM_WORDS, model.TermWords),
    (schema.CONTACT, model.Contact),
    (schema.SOURCE, model.Source),
    (schema.AWARD, model.Award),
    (schema.VERIFICATION, model.Verification),
    (schema.WITHDRAWAL, model.Withdrawal),
    (schema.CHANGE_NOTE, model.ChangeNote),
]


def _python_type(kind: Kind) -> object:
    match kind:
        case ListKind():
            return tuple[_python_type(kind.item), ...]  # type: ignore[misc]
        case GroupKind():
            return kind.record
        case LanguagesKind():
            return tuple[tuple[str, _python_type(kind.item)], ...]  # type: ignore[misc]
        case ChoiceKind():
            return model.Term
        case DateKind():
            return model.PartialDate
        case YearKind() | NumberKind():
            return int
        case FlagKind():
            return bool
        case _:
            return str


@pytest.mark.parametrize(("table", "record"), TABLES, ids=lambda value: getattr(value, "__name__", ""))
def test_table_and_record_have_the_same_names(table: tuple[Field, ...], record: type[Struct]) -> None:
    """A field without an attribute would be lost, an attribute without a field never filled."""
    own = OWN - {field.name for field in table}

    assert [field.name for field in table] == [name for name in record.__struct_fields__ if name not in own]


@pytest.mark.parametrize(("table", "record"), TABLES, ids=lambda value: getattr(value, "__name__", ""))
def test_attributes_have_the_types_that_readers_give(table: tuple[Field, ...], record: type) -> None:
    """This is the proof that `construct` relies on."""
    hints = typing.get_type_hints(record)
    for field in table:
        expected = _python_type(field.kind)
        hint = hints[field.name]
        options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)

        assert expected in options, field.key
        assert (
            field.required
            or isinstance(field.kind, ListKind | FlagKind | LanguagesKind)
            or type(None) in options
            or (record is model.Term and field.name == "group")
        ), field.key


def test_keys_and_names_are_unique() -> None:
    """Two rows with one key would shadow each other."""
    for table, _ in TABLES:
        assert len({field.key for field in table}) == len(table)
        assert len({field.name for field in table}) == len(table)


def test_inferable_keys_are_fields() -> None:
    """Editors can only mark what exists."""
    assert set(schema.INFERABLE) <= {field.key for field in schema.INNOVATION}


def test_the_readme_carries_the_glossary() -> None:
    """Developers meet each key with its English name there."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [field.key for field in schema.INNOVATION if f"| `{field.key}` | {field.name} |" not in readme]

    assert missing == []
