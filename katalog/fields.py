"""Kinds of fields: what may stand in one, declared as data. Ground.

`reading.py` reads nodes by these declarations; the JSON Schema, the reference page and the form
are drawn from them too. A field is declared once, in `schema.py`.
"""

from collections.abc import Callable

from msgspec import Struct


class TextKind(Struct, frozen=True, kw_only=True):
    """Characters, at least `low` and at most `high` of them; `plain` refuses Markdown marks."""

    low: int = 1
    high: int = 200
    plain: bool = False


class ChoiceKind(Struct, frozen=True, kw_only=True):
    """A term of the named vocabulary; its short names are accepted with a hint.

    The list of a region is its own to lengthen, those that law gives are not.
    """

    vocabulary: str
    is_regional: bool = False


class OptionKind(Struct, frozen=True, kw_only=True):
    """One of a few words that the code itself knows."""

    options: tuple[str, ...]


class DateKind(Struct, frozen=True, kw_only=True):
    """YYYY, YYYY-MM or YYYY-MM-DD, not in the future."""


class NumberKind(Struct, frozen=True, kw_only=True):
    """A whole number between two bounds, both allowed."""

    low: int
    high: int


class YearKind(Struct, frozen=True, kw_only=True):
    """A year, not in the future."""


class UrlKind(Struct, frozen=True, kw_only=True):
    """A web address; `secure` asks for https."""

    secure: bool = False


class SlugKind(Struct, frozen=True, kw_only=True):
    """The last part of an address: 3-80 of a-z, 0-9 and single hyphens."""

    low: int = 3


class ImageKind(Struct, frozen=True, kw_only=True):
    """The name of an image file in content/images/."""


class EmailKind(Struct, frozen=True, kw_only=True):
    """An e-mail address."""


class FlagKind(Struct, frozen=True, kw_only=True):
    """`ya` or `tidak`."""


class ListKind(Struct, frozen=True, kw_only=True):
    """A list of one kind, at most `most` long, nothing twice."""

    item: "Kind"
    most: int


class GroupKind(Struct, frozen=True, kw_only=True):
    """Fields of their own under one key, read into one record."""

    fields: "tuple[Field, ...]"
    record: Callable[..., object]


class LanguagesKind(Struct, frozen=True, kw_only=True):
    """The same fields once for each language besides Indonesian, under its code (`en`)."""

    item: GroupKind
    most: int = 20


Kind = (
    TextKind
    | ChoiceKind
    | OptionKind
    | DateKind
    | NumberKind
    | YearKind
    | UrlKind
    | SlugKind
    | ImageKind
    | EmailKind
    | FlagKind
    | ListKind
    | GroupKind
    | LanguagesKind
)


class Field(Struct, frozen=True, kw_only=True):
    """One field: Indonesian key in files, English name in code, and what people are told of it.

    `may_be_empty`: the key must be there, its text may be empty ("" = not decided yet).
    `captions`: what offices write above such a column, besides key and label; words that say no more
    ("inovasi", "daerah") may be missing at the end.
    """

    key: str
    name: str
    kind: Kind
    required: bool = False
    may_be_empty: bool = False
    label: str
    hint: str
    example: str
    captions: tuple[str, ...] = ()


class Section(Struct, frozen=True, kw_only=True):
    """A part of an entry's body: its heading there, and the column that holds it in a table."""

    key: str
    heading: str
    label: str
    captions: tuple[str, ...] = ()
