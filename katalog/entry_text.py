"""An entry's values -> the text of its file, in the one layout that the catalogue keeps. Ground.

Whoever writes an entry writes it here: keys in the order of the table of fields, one line a value,
quotes only where YAML needs them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

import yaml

from katalog.fields import ChoiceKind, DateKind, GroupKind, Kind, ListKind
from katalog.model import Innovation, PartialDate, Term
from katalog.schema import INNOVATION

# A value without the records of `model`: what JSON, a cell and a file's head are written from.
Plain = str | int | bool | Sequence["Plain"] | Mapping[str, "Plain"]

_DATE = re.compile(r"[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?")
_TEXT_TAG = "tag:yaml.org,2002:str"
_ENDLESS = 1_000_000
# What says something even where it is nothing.
_COUNTED = (int, bool)


def plain(value: object, kind: Kind) -> Plain | None:
    """One value of a record; parts that are not known, and flags that are off, are left out."""
    made: Plain | None = _make_plain(kind)(value)
    return made


def _make_plain(kind: Kind) -> Callable[[Any], Any]:
    """What makes a value of this kind plain: of thousands of entries, none is asked what a table of fields tells."""
    match kind:
        case ListKind():
            of_item = _make_plain(kind.item)

            def of_list(items: Any) -> list[Plain] | None:
                return None if items is None else [part for item in items if (part := of_item(item)) is not None]

            return of_list
        case GroupKind():
            return _make_plain_group(kind)
        case ChoiceKind():
            return lambda term: term.name if type(term) is Term else term
        case DateKind():
            return lambda date: str(date) if type(date) is PartialDate else date
    return lambda value: value


def _make_plain_group(kind: GroupKind) -> Callable[[Any], Any]:
    parts = [(field.key, attrgetter(field.name), _make_plain(field.kind)) for field in kind.fields]

    def of_group(record: object) -> Mapping[str, Plain] | None:
        if record is None:
            return None
        found = {key: of_part(part_of(record)) for key, part_of, of_part in parts}
        return {key: part for key, part in found.items() if part is not None and part is not False}

    return of_group


_values_of = attrgetter(*(field.name for field in INNOVATION))
_PLAIN = [(field.key, _make_plain(field.kind)) for field in INNOVATION]


def plain_entry(innovation: Innovation) -> dict[str, Plain]:
    """An innovation under its Indonesian keys, in their order; what is not known is left out."""
    values: dict[str, Plain] = {}
    for (key, of_value), value in zip(_PLAIN, _values_of(innovation), strict=True):
        if value or type(value) in _COUNTED:
            values[key] = value if type(value) is str else of_value(value)
    return values


def entry_text(values: Mapping[str, Plain], body: str) -> str:
    """The whole file of an entry."""
    return join_entry(head_text(values), body)


def join_entry(head: str, body: str) -> str:
    """A head between its fences, and a body below it."""
    return f"---\n{head}---\n" + (f"\n{body}\n" if body else "")


def head_text(values: Mapping[str, Plain]) -> str:
    """Keys and values as YAML, each value on a line of its own however long it is."""
    tree = {key: _spelled(value) for key, value in values.items()}
    return str(yaml.dump(tree, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_ENDLESS))


def scalar_text(value: str, *, in_brackets: bool = False) -> str:
    """One value as YAML, alone or among others between brackets."""
    text = yaml.dump([value], Dumper=_Dumper, default_flow_style=in_brackets, allow_unicode=True, width=_ENDLESS)
    return str(text).rstrip("\n")[1:-1].strip() if in_brackets else str(text).removeprefix("- ").rstrip("\n")


def word(value: str | int | bool) -> str:
    """A single value as people write it."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return str(value)


def _spelled(value: Plain) -> object:
    if isinstance(value, str | int):
        return word(value)
    if isinstance(value, Mapping):
        return {key: _spelled(part) for key, part in value.items()}
    return [_spelled(part) for part in value]


class _Dumper(yaml.SafeDumper):
    """YAML as the entries are written: items stand two blanks in, dates and years without quotes."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        # Other programs may read a date as a date; a phone number or "no" they must read as text.
        if kind is yaml.ScalarNode and _DATE.fullmatch(value):
            return _TEXT_TAG
        return str(super().resolve(kind, value, implicit))  # type: ignore[no-untyped-call]

    def ignore_aliases(self, data: object) -> bool:
        return True
