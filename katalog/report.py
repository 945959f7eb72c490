"""Problems -> text, JSON or GitHub annotations. Pure: whoever called prints."""

import json
from collections.abc import Callable, Sequence

from katalog.problems import Place, Problem, Severity, mistakes

_NO_PLACE = 0
_TAB = " " * 4
_WIDEST = 100
_BEFORE = 30


def as_text(problems: Sequence[Problem]) -> str:
    """For people: place, what is wrong, the line with a caret, how to mend it; then the count."""
    if not problems:
        return "Tidak ada masalah.\n"
    return "\n".join([*(_paragraph(problem) for problem in problems), _count(problems)]) + "\n"


def as_json(problems: Sequence[Problem]) -> str:
    """For programs: a list of objects with stable keys; in tables sheet and cell as well."""
    rows = [
        {
            "berkas": problem.place.path,
            "baris": problem.place.line or None,
            "kolom": problem.place.column or None,
            "kode": problem.code.value,
            "tingkat": problem.severity.value,
            "masalah": problem.message,
            "perbaikan": problem.remedy,
            **({"lembar": problem.place.sheet, "sel": problem.place.cell} if problem.place.cell else {}),
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_github(problems: Sequence[Problem]) -> str:
    """For GitHub Actions: one workflow command a problem, shown at its line."""
    return "".join(f"{_annotation(problem)}\n" for problem in problems)


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {"text": as_text, "json": as_json, "github": as_github}


def _paragraph(problem: Problem) -> str:
    place = problem.place
    rows = [f"{_where(place)}: {problem.severity.value} [{problem.code}]", f"  {problem.message}"]
    if place.source.strip():
        rows += _excerpt(place)
    return "\n".join([*rows, f"  Perbaikan: {problem.remedy}"]) + "\n"


def _where(place: Place) -> str:
    if place.cell or place.sheet:
        words = (place.path, place.sheet and f"lembar {place.sheet}", place.cell and f"sel {place.cell}")
        return ", ".join(word for word in words if word)
    return ":".join([place.path, *(str(number) for number in (place.line, place.column) if number)])


def _excerpt(place: Place) -> list[str]:
    """The source line, or the part of a long one around the fault, and a caret under the fault."""
    gutter = f"  {place.line} | "
    start = max(0, place.column - _BEFORE) if len(place.source) > _WIDEST else 0
    part = place.source[start : start + _WIDEST]
    shown = ("… " if start else "") + part + (" …" if start + _WIDEST < len(place.source) else "")
    rows = [gutter + shown.replace("\t", _TAB)]
    if place.column:
        before = ("… " if start else "") + place.source[start : place.column - 1]
        width = max(1, min(place.width, len(part) - (place.column - 1 - start)))
        rows.append(" " * (len(gutter) + len(before.replace("\t", _TAB))) + "^" * width)
    return rows


def _count(problems: Sequence[Problem]) -> str:
    wrong = len(mistakes(problems))
    notes = len(problems) - wrong
    files = len({problem.place.path for problem in problems})
    parts = [f"{number} {word}" for number, word in ((wrong, "kesalahan"), (notes, "catatan")) if number]
    return f"{' dan '.join(parts)} dalam {files} berkas."


def _annotation(problem: Problem) -> str:
    place = problem.place
    level = "error" if problem.severity is Severity.MISTAKE else "notice"
    properties = {"file": place.path, "line": place.line, "col": place.column, "title": problem.code.value}
    shown = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in properties.items() if value != _NO_PLACE)
    return f"::{level} {shown}::{_escaped(f'{problem.message} {problem.remedy}')}"


def _escaped(text: str, more: str = "") -> str:
    """Text for a workflow command, where these characters end a property or a line."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
