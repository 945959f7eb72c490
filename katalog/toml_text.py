"""TOML, as characters -> nodes with places. Ground.

tomllib tells no places, so they are found by the lines of headers and keys; that is exact for the
plain files of this project (one key a line, tables under their own headers).
"""

import re
import tomllib
from dataclasses import dataclass

from katalog.problems import Code, Place, Problem, Say
from katalog.text import Lines, Mapping, Node, Scalar, Sequence


def parse_toml(lines: Lines, say: Say) -> Mapping | None:
    """The file's tables as nodes; a fault of syntax is said."""
    try:
        data = tomllib.loads("\n".join(lines.lines))
    except tomllib.TOMLDecodeError as error:
        say(_toml_problem(str(error), lines))
        return None
    return _TomlPlaces(lines=lines).mapping(data)


def _toml_problem(message: str, lines: Lines) -> Problem:
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    place = lines.place(int(found[1]) - 1, int(found[2]) - 1) if found else Place(path=lines.path)
    return Problem(
        place=place,
        code=Code.SYNTAX,
        message="Tata tulis TOML keliru di sini.",
        remedy='Bentuknya `kolom = "isi"`; daftar memakai kurung siku dan koma; teks diapit tanda kutip ganda.',
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _TomlPlaces:
    """Nodes from parsed TOML. tomllib tells no places, so they are found by the keys' own lines."""

    lines: Lines

    def mapping(self, data: dict[str, object]) -> Mapping:
        items = tuple(self._item(key, value, 0, len(self.lines.lines)) for key, value in data.items())
        return Mapping(items=items, place=self.lines.place(0))

    def _item(self, key: str, value: object, start: int, end: int) -> tuple[Scalar, Node]:
        headers = self._headers(key, start, end)
        if headers and isinstance(value, list):
            bounds = [*headers[1:], self._next_header(headers[-1] + 1, end)]
            tables = [
                self._table(item, *span) for item, span in zip(value, zip(headers, bounds, strict=True), strict=True)
            ]
            place = self.lines.place(headers[0])
            return Scalar(value=key, place=place), Sequence(items=tuple(tables), place=place)
        if headers:
            place = self.lines.place(headers[0])
            return Scalar(value=key, place=place), self._table(
                value, headers[0], self._next_header(headers[0] + 1, end)
            )
        place = self._key_place(key, start, end)
        return Scalar(value=key, place=place), self._inline(value, place)

    def _headers(self, key: str, start: int, end: int) -> list[int]:
        pattern = re.compile(rf"\s*\[\[?\s*{re.escape(key)}\s*\]\]?\s*(#.*)?")
        return [row for row in range(start, end) if pattern.fullmatch(self.lines.lines[row])]

    def _next_header(self, start: int, end: int) -> int:
        return next((row for row in range(start, end) if self.lines.lines[row].startswith("[")), end)

    def _table(self, value: object, start: int, end: int) -> Node:
        if not isinstance(value, dict):
            return self._inline(value, self.lines.place(start))
        items = tuple(self._item(key, inner, start + 1, end) for key, inner in value.items())
        return Mapping(items=items, place=self.lines.place(start, width=len(self.lines.lines[start])))

    def _key_place(self, key: str, start: int, end: int) -> Place:
        pattern = re.compile(rf"\s*{re.escape(key)}\s*=")
        row = next((row for row in range(start, end) if pattern.match(self.lines.lines[row])), start)
        return self.lines.place(row, width=len(key))

    def _inline(self, value: object, place: Place) -> Node:
        if isinstance(value, list):
            return Sequence(items=tuple(self._inline(item, place) for item in value), place=place)
        if isinstance(value, dict):
            items = tuple((Scalar(value=key, place=place), self._inline(item, place)) for key, item in value.items())
            return Mapping(items=items, place=place)
        if isinstance(value, bool):
            return Scalar(value="ya" if value else "tidak", place=place)
        return Scalar(value=str(value), place=place)
