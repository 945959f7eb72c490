"""TOML, as characters -> nodes with places. Ground.

tomllib tells no places, so they are found by the lines of headers and keys; that is exact for the
plain files of this project (one key a line, tables under their own headers). It has no limits
either, so what it would be slow with, or run out of stack, is refused before.
"""

import re
import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence as SequenceOf

from msgspec import Struct

from katalog.characters import drop_invisible, find_forbidden
from katalog.problems import Code, Place, Problem, Say
from katalog.text import Lines, Mapping, Node, Scalar, Sequence

MAX_LINE = 4000
# Dots make dotted keys, which tomllib is slow with; sentences and addresses have fewer.
MAX_DOTS = 200
MAX_DEPTH = 20
MAX_KEYS = 200
MAX_ITEMS = 5000

_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')
_BRACKET = re.compile(r"[\[\]{}]")
_HEADER = re.compile(r"\s*\[\[?\s*([^\[\]\s#]+)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([^\s\[\]{}=#]+)\s*=")


def parse_toml(lines: Lines, say: Say) -> Mapping | None:
    """The file's tables as nodes; a fault of syntax, or what goes beyond the limits, is said."""
    problem = _find_excess(lines)
    if problem:
        say(problem)
        return None
    try:
        data = tomllib.loads("\n".join(lines.lines))
        return _find_places(lines).mapping(data)
    except ValueError as error:  # tomllib's own, and Python's for a number of thousands of digits
        say(_syntax_problem(str(error), lines))
    except RecursionError:  # brackets between two strings of several lines look like text to the search above
        say(_too_deep(lines.place(0)))
    except _RefusedError as refused:
        say(refused.problem)
    return None


def _find_excess(lines: Lines) -> Problem | None:
    depth = 0
    for row, line in enumerate(lines.lines):
        if len(line) > MAX_LINE or line.count(".") > MAX_DOTS:
            message, remedy = "Baris ini terlalu panjang.", "Tulis daftar dengan satu butir tiap baris."
            return Problem(place=lines.place(row), code=Code.LENGTH, message=message, remedy=remedy)
        for bracket in _BRACKET.findall(_STRING.sub("", line)):
            depth = max(0, depth + (1 if bracket in "[{" else -1))
            if depth > MAX_DEPTH:
                return _too_deep(lines.place(row))
    return None


def _too_deep(place: Place) -> Problem:
    message = f"Isian bersusun lebih dari {MAX_DEPTH} tingkat."
    return Problem(place=place, code=Code.DEPTH, message=message, remedy="Sederhanakan isian ini.")


def _syntax_problem(message: str, lines: Lines) -> Problem:
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    if found:
        place = lines.place(int(found[1]) - 1, int(found[2]) - 1)
    else:
        place = lines.place(len(lines.lines) - 1 if "end of document" in message else 0)
    return Problem(
        place=place,
        code=Code.SYNTAX,
        message="Tata tulis TOML keliru di sini.",
        remedy='Bentuknya `kolom = "isi"`; daftar memakai kurung siku dan koma; teks diapit tanda kutip ganda.',
    )


class _RefusedError(Exception):
    """The file holds what none of ours may hold; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _find_places(lines: Lines) -> "_TomlPlaces":
    """The rows of every header and key by name, found once: looking for each would take the square of the file."""
    headers, keys = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for row, line in enumerate(lines.lines):
        if header := _HEADER.fullmatch(line):
            headers[header[1]].append(row)
        elif key := _KEY.match(line):
            keys[key[1]].append(row)
    return _TomlPlaces(lines=lines, headers=headers, keys=keys)


class _TomlPlaces(Struct, frozen=True, kw_only=True):
    """Nodes from parsed TOML. tomllib tells no places, so they are found by the keys' own lines."""

    lines: Lines
    headers: MappingOf[str, SequenceOf[int]]
    keys: MappingOf[str, SequenceOf[int]]

    def mapping(self, data: dict[str, object]) -> Mapping:
        self._limit(len(data), MAX_KEYS, self.lines.place(0))
        items = tuple(self._item(key, value, 0, len(self.lines.lines)) for key, value in data.items())
        return Mapping(items=items, place=self.lines.place(0))

    def _item(self, key: str, value: object, start: int, end: int) -> tuple[Scalar, Node]:
        headers = _between(self.headers.get(key, ()), start, end)
        if not headers:
            if isinstance(value, dict) and (parts := self._below(key, value)):
                return self._scalar(key, self.lines.place(min(parts.values()))), self._divided(key, value, parts)
            place = self._key_place(key, start, end)
            return self._scalar(key, place), self._inline(value, place, 0)
        place = self.lines.place(headers[0])
        name = self._scalar(key, place)
        if not isinstance(value, list):
            return name, self._table(value, headers[0], self._next_header(headers[0] + 1, end))
        self._limit(len(value), MAX_ITEMS, place)
        if len(value) != len(headers):  # a text of several lines holds what looks like a header
            return name, self._inline(value, place, 0)
        bounds = [*headers[1:], self._next_header(headers[-1] + 1, end)]
        spans = zip(headers, bounds, strict=True)
        tables = tuple(self._table(item, *span) for item, span in zip(value, spans, strict=True))
        return name, Sequence(items=tables, place=place)

    def _below(self, name: str, value: dict[str, object]) -> dict[str, int]:
        """The rows of the headers [name.part], by part."""
        rows = ((part, self.headers.get(f"{name}.{part}", ())) for part in value)
        return {part: found[0] for part, found in rows if found}

    def _divided(self, name: str, value: dict[str, object], parts: MappingOf[str, int]) -> Mapping:
        """A table whose parts have headers of their own, and may have parts of that kind again."""
        items = []
        for part, inner in value.items():
            row = parts.get(part, min(parts.values()))
            node = self._table(inner, row, self._next_header(row + 1, len(self.lines.lines)))
            if (
                isinstance(inner, dict)
                and isinstance(node, Mapping)
                and (deeper := self._below(f"{name}.{part}", inner))
            ):
                divided = {key.value: (key, item) for key, item in self._divided(f"{name}.{part}", inner, deeper).items}
                node = Mapping(
                    items=tuple(divided[key.value] if key.value in deeper else (key, item) for key, item in node.items),
                    place=node.place,
                )
            items.append((self._scalar(part, self.lines.place(row)), node))
        return Mapping(items=tuple(items), place=self.lines.place(min(parts.values())))

    def _next_header(self, start: int, end: int) -> int:
        return next((row for row in range(start, end) if self.lines.lines[row].startswith("[")), end)

    def _table(self, value: object, start: int, end: int) -> Node:
        place = self.lines.place(start, width=len(self.lines.lines[start]))
        if not isinstance(value, dict):
            return self._inline(value, self.lines.place(start), 0)
        self._limit(len(value), MAX_KEYS, place)
        items = tuple(self._item(key, inner, start + 1, end) for key, inner in value.items())
        return Mapping(items=items, place=place)

    def _key_place(self, key: str, start: int, end: int) -> Place:
        rows = _between(self.keys.get(key, ()), start, end)
        return self.lines.place(rows[0] if rows else start, width=len(key))

    def _inline(self, value: object, place: Place, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise _RefusedError(_too_deep(place))
        if isinstance(value, list):
            self._limit(len(value), MAX_ITEMS, place)
            return Sequence(items=tuple(self._inline(item, place, depth + 1) for item in value), place=place)
        if isinstance(value, dict):
            self._limit(len(value), MAX_KEYS, place)
            items = tuple(
                (self._scalar(key, place), self._inline(item, place, depth + 1)) for key, item in value.items()
            )
            return Mapping(items=items, place=place)
        if isinstance(value, bool):
            return Scalar(value="ya" if value else "tidak", place=place)
        return self._scalar(str(value), place)

    def _scalar(self, value: str, place: Place) -> Scalar:
        if forbidden := find_forbidden(value):
            # Quoted text can name by \u what the file itself could not hold.
            message = f"Isian memuat karakter kendali yang tidak tampak (U+{ord(forbidden[0]):04X})."
            remedy = "Hapus karakter itu."
            raise _RefusedError(Problem(place=place, code=Code.CONTROL_CHARACTER, message=message, remedy=remedy))
        return Scalar(value=drop_invisible(value), place=place)

    def _limit(self, count: int, most: int, place: Place) -> None:
        if count > most:
            message = f"Terlalu banyak isian: {count}, paling banyak {most}."
            raise _RefusedError(
                Problem(place=place, code=Code.TOO_MANY, message=message, remedy="Sisakan yang terpenting.")
            )


def _between(rows: SequenceOf[int], start: int, end: int) -> SequenceOf[int]:
    return rows[bisect_left(rows, start) : bisect_left(rows, end)]
