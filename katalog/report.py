"""Problems -> text, JSON, annotations of GitHub and GitLab, a summary in Markdown. Pure: whoever called prints."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from katalog.inert import for_markdown, for_markdown_with_code, one_line
from katalog.personal import hide_identity_numbers
from katalog.problems import Deed, Place, Problem, Severity

_NO_PLACE = 0
_TAB = " " * 4
_WIDEST = 100
_BEFORE = 30
# GitHub cuts a summary off at one megabyte.
_MOST_IN_SUMMARY = 200
_GITHUB_LEVELS = {Severity.MISTAKE: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_GITLAB_LEVELS = {Severity.MISTAKE: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}
_HEADINGS = {
    Severity.MISTAKE: "Yang harus diperbaiki",
    Severity.WARNING: "Yang perlu dilihat pemelihara",
    Severity.NOTE: "Catatan, tidak menghalangi",
}


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


def tell_deeds(deeds: Sequence[Deed]) -> str:
    """What was mended without asking, a line each; then the count."""
    if not deeds:
        return "Tidak ada yang perlu dirapikan.\n"
    files = len({deed.path for deed in deeds})
    rows = [
        one_line(f"{deed.path}:{deed.line}: {deed.words}" if deed.line else f"{deed.path}: {deed.words}")
        for deed in deeds
    ]
    return hide_identity_numbers("\n".join([*rows, f"{len(deeds)} perbaikan dalam {files} berkas.\n\n"]))


def as_gitlab(problems: Sequence[Problem]) -> str:
    """For GitLab: a Code Quality report, shown at the lines of a merge request."""
    rows = [
        {
            "description": one_line(f"{problem.message} {problem.remedy}"),
            "check_name": problem.code.value,
            "fingerprint": hashlib.sha256(repr((problem.place, problem.code, problem.message)).encode()).hexdigest(),
            "severity": _GITLAB_LEVELS[problem.severity],
            "location": {"path": problem.place.path, "lines": {"begin": max(problem.place.line, 1)}},
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_summary(problems: Sequence[Problem]) -> str:
    """For the page of a job: Markdown in which nothing that an entry holds can mean anything."""
    if not problems:
        return "## Hasil pemeriksaan\n\nTidak ada masalah.\n"
    rows = ["## Hasil pemeriksaan", "", f"{_count(problems)}"]
    for severity, heading in _HEADINGS.items():
        weighed = [problem for problem in problems if problem.severity is severity]
        if weighed:
            rows += ["", f"### {heading}", *_files(weighed[:_MOST_IN_SUMMARY])]
        if weighed[_MOST_IN_SUMMARY:]:
            rows += ["", f"... dan {len(weighed) - _MOST_IN_SUMMARY} lagi."]
    return "\n".join(rows) + "\n"


def _files(problems: Sequence[Problem]) -> Iterator[str]:
    for path, group in groupby(problems, key=lambda problem: problem.place.path):
        yield from ("", f"**{for_markdown(path)}**", "")
        for problem in group:
            yield f"- {_within(problem.place)}{for_markdown_with_code(problem.message)}"
            if source := problem.place.source.strip():
                yield f"  <br><code>{for_markdown(source[:_WIDEST])}</code>"
            yield f"  <br>Perbaikan: {for_markdown_with_code(problem.remedy)}"


def _within(place: Place) -> str:
    if place.cell or place.sheet:
        words = _cell(place)
        return f"{words[0].upper()}{for_markdown(words[1:])}: "
    return f"Baris {place.line}: " if place.line else ""


def _hiding(report: Callable[[Sequence[Problem]], str]) -> Callable[[Sequence[Problem]], str]:
    """The report without numbers of identity cards, which the log of a public repository would show to all."""
    return lambda problems: report([_showable(problem) for problem in problems])


def _showable(problem: Problem) -> Problem:
    def show(text: str) -> str:
        # Half characters stand for bytes of a file's name that are no text; no stream can write them.
        return hide_identity_numbers(text).encode(errors="replace").decode()

    old = problem.place
    place = replace(old, path=show(old.path), source=show(old.source), sheet=show(old.sheet))
    return replace(problem, place=place, message=show(problem.message), remedy=show(problem.remedy))


FORMATS = {
    "text": _hiding(as_text),
    "json": _hiding(as_json),
    "github": _hiding(as_github),
    "gitlab": _hiding(as_gitlab),
    "ringkasan": _hiding(as_summary),
}


def _paragraph(problem: Problem) -> str:
    place = problem.place
    rows = [f"{_where(place)}: {problem.severity.value} [{problem.code}]", f"  {one_line(problem.message)}"]
    if place.source.strip():
        rows += _excerpt(place)
    return "\n".join([*rows, f"  Perbaikan: {one_line(problem.remedy)}"]) + "\n"


def _where(place: Place) -> str:
    path = one_line(place.path)
    if place.cell or place.sheet:
        return f"{path}, {_cell(place)}"
    return ":".join([path, *(str(number) for number in (place.line, place.column) if number)])


def _cell(place: Place) -> str:
    words = (place.sheet and f"lembar {one_line(place.sheet)}", place.cell and f"sel {place.cell}")
    return ", ".join(word for word in words if word)


def _excerpt(place: Place) -> list[str]:
    """The source line, or the part of a long one around the fault, and a caret under the fault."""
    gutter = f"  {place.line} | "
    start = max(0, place.column - _BEFORE) if len(place.source) > _WIDEST else 0
    part = place.source[start : start + _WIDEST]
    shown = ("… " if start else "") + part + (" …" if start + _WIDEST < len(place.source) else "")
    rows = [gutter + one_line(shown.replace("\t", _TAB))]
    if place.column:
        before = ("… " if start else "") + place.source[start : place.column - 1]
        width = max(1, min(place.width, len(part) - (place.column - 1 - start)))
        rows.append(" " * (len(gutter) + len(before.replace("\t", _TAB))) + "^" * width)
    return rows


def _count(problems: Sequence[Problem]) -> str:
    files = len({problem.place.path for problem in problems})
    counts = [(sum(problem.severity is severity for problem in problems), severity.value) for severity in Severity]
    parts = [f"{number} {word}" for number, word in counts if number]
    joined = " dan ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])}, dan {parts[-1]}"
    return f"{joined} dalam {files} berkas."


def _annotation(problem: Problem) -> str:
    place = problem.place
    level = _GITHUB_LEVELS[problem.severity]
    properties = {"file": place.path, "line": place.line, "col": place.column, "title": problem.code.value}
    shown = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in properties.items() if value != _NO_PLACE)
    return f"::{level} {shown}::{_escaped(f'{problem.message} {problem.remedy}')}"


def _escaped(text: str, more: str = "") -> str:
    """Text for a workflow command, where these characters end a property or a line."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
