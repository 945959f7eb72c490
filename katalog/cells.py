"""Values <-> cells of a table. Ground.

A cell holds a list one item a line, and a record with " | " between its parts. A backslash takes
the meaning from the mark after it, so that whatever was written is read back to the letter.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from katalog.dates import possible_dates
from katalog.entry_text import Plain, word
from katalog.fields import ChoiceKind, DateKind, Field, GroupKind, Kind, ListKind, TextKind
from katalog.problems import Code, Place, Problem, Severity
from katalog.reading import Desk
from katalog.text import Mapping as MappingNode
from katalog.text import Node, Scalar
from katalog.text import Sequence as SequenceNode

# Beginnings that make a spreadsheet take a text for a formula.
_FORMULA = re.compile(r"'*(?:[\t\r]|\s*[=+\-@])")
_GUARDED = re.compile(r"'+(?:[\t\r]|\s*[=+\-@])")

# How people begin the lines of a list: "- ", "1. ", "(2) ", "a) ".
_BULLET = re.compile(r"\A(?:[-*•·–]|\(?[0-9]{1,2}[.)]|[a-z][.)])\s+")
_ESCAPED = re.compile(r"\\([\\|; ])")
# Values that are written as they are.
_SINGLE = (str, int)
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: such a beginning gets an apostrophe before it."""
    return f"'{text}" if _FORMULA.match(text) else text


def escaped(text: str) -> str:
    """Text for a cell that cannot be a formula, so that `unguarded` gives it back."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` or `escaped` was given."""
    return text[1:] if _GUARDED.match(text) else text


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark and CRLF, as spreadsheets expect, and nothing that they would compute."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(
        # Most cells begin like nothing that has to be guarded.
        [guarded(cell) if cell and not cell[0].isalnum() else cell for cell in row]
        for row in rows
    )
    return buffer.getvalue().encode("utf-8-sig")


def to_cell(value: Plain | None, kind: Kind) -> str:
    """One cell for the value of a field; "" for what is not known."""
    if value is None:
        return ""
    if isinstance(value, _SINGLE):
        return word(value)
    # The kind tells sooner than the value what that is.
    if isinstance(kind, ListKind):
        return "\n".join([_line(item, kind.item) for item in cast("Sequence[Plain]", value)])
    assert isinstance(kind, GroupKind)
    return _record(cast("Mapping[str, Plain]", value), kind)


def to_node(cell: Scalar, kind: Kind, desk: Desk) -> Node | None:
    """A cell as the reader of the field wants it; None where it cannot be one, which is told."""
    match kind:
        case ListKind():
            texts = list(_items(cell.value, kind.item, desk))
            _tell_commas(texts, kind.item, cell.place, desk)
            items = [_node(text, kind.item, cell.place, desk) for text in texts]
            return SequenceNode(items=tuple(item for item in items if item), place=cell.place)
        case GroupKind() if "\n" in cell.value.strip():
            message = "Sel ini memuat beberapa baris, padahal hanya satu yang bisa dibaca."
            remedy = f"Tulis dalam satu baris: {' | '.join(part.key for part in kind.fields)}."
            desk.say(Problem(place=cell.place, code=Code.SHAPE, message=message, remedy=remedy))
            return None
    return _node(cell.value, kind, cell.place, desk)


def cell_example(field: Field) -> str:
    """A cell of the field, filled in."""
    kind = field.kind.item if isinstance(field.kind, ListKind) else field.kind
    if isinstance(kind, GroupKind):
        return " | ".join(cell_example(part) for part in kind.fields)
    return field.example.strip("'")


def caption(field: Field) -> str:
    """What stands above the field's column: its label, and the parts of a record in their order."""
    kind = field.kind.item if isinstance(field.kind, ListKind) else field.kind
    parts = f" ({' | '.join(part.key for part in kind.fields)})" if isinstance(kind, GroupKind) else ""
    return field.label + parts


def _record(value: Mapping[str, Plain], kind: GroupKind) -> str:
    found = ((value.get(field.key, ""), field.kind) for field in kind.fields)
    parts = [_mark(part if type(part) is str else to_cell(part, kind), "|") for part, kind in found]
    while parts and not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def _line(item: Plain, kind: Kind) -> str:
    text = item if type(item) is str else to_cell(item, kind)
    line = text if isinstance(kind, GroupKind) else _mark(text, ";")
    bullet = _BULLET.match(line)
    return f"{line[: bullet.end() - 1]}\\{line[bullet.end() - 1 :]}" if bullet else line


def _mark(text: str, mark: str) -> str:
    # Nearly all hold neither.
    return text.replace("\\", "\\\\").replace(mark, f"\\{mark}") if mark in text or "\\" in text else text


def _items(text: str, kind: Kind, desk: Desk) -> Iterator[str]:
    """The items of a list; offices divide by lines or semicolons. Records keep their backslashes."""
    for row in text.split("\n"):
        line = _BULLET.sub("", row.strip(), count=1)
        if isinstance(kind, GroupKind):
            yield from [line] if line else []
            continue
        for part in _split(line, ";"):
            if part.strip():
                yield from map(_unmarked, _terms(part.strip(), kind, desk))


def _tell_commas(texts: Sequence[str], kind: Kind, place: Place, desk: Desk) -> None:
    if len(texts) == 1 and isinstance(kind, TextKind) and "," in texts[0]:
        message = f"Sel ini dibaca sebagai satu butir: `{texts[0]}`."
        remedy = (
            "Bila isinya beberapa butir, tulis tiap butir di baris sendiri (Alt+Enter) atau pisahkan dengan titik koma."
        )
        desk.say(Problem(place=place, code=Code.DOUBTFUL, message=message, remedy=remedy, severity=Severity.NOTE))


def _terms(text: str, kind: Kind, desk: Desk) -> Sequence[str]:
    """Terms divided by commas; a term with commas in its name stays whole."""
    parts = [part.strip() for part in text.split(",")]
    if not isinstance(kind, ChoiceKind):
        return [text]
    known = [bool(desk.vocabulary.index.get((kind.vocabulary, part.casefold()))) for part in (text, *parts)]
    return parts if all(known[1:]) and not known[0] else [text]


def _node(text: str, kind: Kind, place: Place, desk: Desk) -> Node | None:
    if not isinstance(kind, GroupKind):
        return Scalar(value=_scalar(text, kind, desk), place=place)
    parts = [_unmarked(part).strip() for part in _split(text, "|")]
    if len(parts) > len(kind.fields):
        message = f"Ada {len(parts)} bagian di antara tanda |, paling banyak {len(kind.fields)}."
        remedy = f"Urutannya: {' | '.join(part.key for part in kind.fields)}. Tanda | di dalam teks ditulis \\|."
        desk.say(Problem(place=place, code=Code.SHAPE, message=message, remedy=remedy))
        return None
    items = [
        (Scalar(value=field.key, place=place), Scalar(value=_scalar(part, field.kind, desk), place=place))
        for field, part in zip(kind.fields, parts, strict=False)
        if part
    ]
    return MappingNode(items=tuple(items), place=place)


def _split(text: str, mark: str) -> list[str]:
    parts = [""]
    for piece in re.findall(r"\\.|.", text, re.DOTALL):
        if piece == mark:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _unmarked(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _scalar(text: str, kind: Kind, desk: Desk) -> str:
    """A value in the spelling that readers know, where there is no doubt; else as it stands, for them to tell."""
    if isinstance(kind, TextKind):
        return text
    value = " ".join(_INVISIBLE.sub("", text).split())
    if isinstance(kind, ChoiceKind):
        term = desk.vocabulary.index.get((kind.vocabulary, value.casefold()))
        return term.name if term and term.name.casefold() == value.casefold() else value
    dates = possible_dates(value) if isinstance(kind, DateKind) else ()
    return str(dates[0]) if len(dates) == 1 else value
