"""Texts as loaders hand them over: plain nodes, each with its place. Ground.

Values are still text here. YAML and TOML guess types (`no`, `1.10`, `12:30`); the table of fields
does not, so loaders keep every scalar as the characters that stand in the file.
"""

from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingOf

from msgspec import Struct

from katalog.problems import Place


class Scalar(Struct, frozen=True, kw_only=True):
    """A single value."""

    value: str
    place: Place


class Sequence(Struct, frozen=True, kw_only=True):
    """A list of nodes."""

    items: "tuple[Node, ...]"
    place: Place


class Mapping(Struct, frozen=True, kw_only=True):
    """Keys and their nodes, in the order of the file, each key once."""

    items: "tuple[tuple[Scalar, Node], ...]"
    place: Place


# Ids that headings of content get, so that they cannot clobber the page's own.
ID_PREFIX = "isi-"

Node = Scalar | Sequence | Mapping


class Text(Struct, frozen=True, kw_only=True):
    """One file of content: its head as nodes, its body as Markdown.

    `top` is the head, or who reads it when somebody looks at it. `unread` names keys whose block could not be parsed;
    that was told already, so nobody should complain again that they are missing. `body_places` tells where each line of
    the body stands if that is not below the head: in cells of a table.
    """

    path: str
    slug: str
    top: "Mapping | Callable[[], Mapping]"
    body: str = ""
    body_line: int = 1
    unread: frozenset[str] = frozenset()
    body_places: tuple[Place, ...] = ()

    @property
    def head(self) -> Mapping:
        """The keys and their nodes."""
        return self.top if isinstance(self.top, Mapping) else self.top()


class Table(Struct, frozen=True, kw_only=True):
    """A sheet: for each row its filled cells by column, both counted from 0.

    None is a cell that could not be read; that was told already.
    """

    path: str
    sheet: str = ""
    rows: tuple[MappingOf[int, Scalar | None], ...]

    def place(self, row: int, column: int) -> Place:
        """The place of a cell, filled or not."""
        name = cell_name(row, column)
        return Place(path=self.path, line=row + 1, column=column + 1, sheet=self.sheet, cell=name)


class Lines(Struct, frozen=True, kw_only=True):
    """Lines of a file, to make places that carry their source line; `before` others stand above them."""

    path: str
    lines: tuple[str, ...]
    before: int = 0

    def place(self, line: int, column: int = 0, width: int = 1) -> Place:
        """The place of a line and column that count from 0."""
        source = self.lines[line] if line < len(self.lines) else ""
        number = self.before + line + 1
        return Place(path=self.path, line=number, column=column + 1, width=max(width, 1), source=source)


def node_at(head: Mapping, key: str) -> Node | None:
    """The node under a key, or None."""
    return next((node for name, node in head.items if name.value == key), None)


def scalars(node: Node) -> Iterator[Scalar]:
    """Every single value below a node, in the order of the file."""
    match node:
        case Scalar():
            yield node
        case Sequence():
            for item in node.items:
                yield from scalars(item)
        case Mapping():
            for _, item in node.items:
                yield from scalars(item)


def key_places(head: Mapping) -> MappingOf[str, Place]:
    """Where each key of a mapping stands."""
    return {name.value: name.place for name, _ in head.items}


def cell_name(row: int, column: int) -> str:
    """What spreadsheets call a cell: C7."""
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters = chr(ord("A") + letter) + letters
        column -= 1
    return f"{letters}{row + 1}"


def whole_place(text: Text) -> Place:
    """The place of an entry as a whole: its file, or its row of a table."""
    return text.head.place if text.head.place.cell else Place(path=text.path)


def body_place(text: Text, line: int, column: int = 1, width: int = 1) -> Place:
    """The place of a line of the body, counted from 0 within the body."""
    if text.body_places:
        return text.body_places[line]
    lines = text.body.split("\n")
    source = lines[line] if line < len(lines) else ""
    return Place(path=text.path, line=text.body_line + line, column=column, width=width, source=source)


def body_lines(text: Text) -> Lines:
    """The body's lines, whose places count from the top of the file."""
    return Lines(path=text.path, lines=tuple(text.body.split("\n")), before=text.body_line - 1)
