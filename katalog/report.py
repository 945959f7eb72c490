"""Problems -> text, JSON or GitHub annotations. Pure: whoever called prints."""

import json
from collections.abc import Callable, Sequence

from katalog.problems import Problem, Severity, mistakes

_NO_PLACE = 0
_TAB = 4


def as_text(problems: Sequence[Problem]) -> str:
    """For people: place, what is wrong, the line with a caret, how to mend it; then the count."""
    if not problems:
        return "Tidak ada masalah.\n"
    return "\n".join([*(_paragraph(problem) for problem in problems), _count(problems)]) + "\n"


def as_json(problems: Sequence[Problem]) -> str:
    """For programs: a list of objects with stable keys."""
    rows = [
        {
            "berkas": problem.place.path,
            "baris": problem.place.line or None,
            "kolom": problem.place.column or None,
            "kode": problem.code.value,
            "tingkat": problem.severity.value,
            "masalah": problem.message,
            "perbaikan": problem.remedy,
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
    where = ":".join([place.path, *(str(number) for number in (place.line, place.column) if number)])
    rows = [f"{where}: {problem.severity.value} [{problem.code}]", f"  {problem.message}"]
    if place.source.strip():
        gutter = f"  {place.line} | "
        rows.append(gutter + place.source.replace("\t", " " * _TAB))
        if place.column:
            before = place.source[: place.column - 1]
            indent = len(gutter) + len(before) + (_TAB - 1) * before.count("\t")
            width = max(1, min(place.width, len(place.source) - place.column + 1))
            rows.append(" " * indent + "^" * width)
    rows.append(f"  Perbaikan: {problem.remedy}")
    return "\n".join(rows) + "\n"


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
