"""A text's characters -> the numbers in it that belong to a person. Ground.

Two kinds: the 16 digits of an identity card (NIK) or family card (KK), which no public page may
show, and mobile numbers, which an office may own but a person more often does.
"""

import re
from collections.abc import Iterator

from katalog.problems import Code, Place, Problem, Say
from katalog.text import Lines
from katalog.words import told

_SPACE = "[ \u00a0\u2007\u202f]"
# The form's script searches by the same parts.
GAP = rf"(?:{_SPACE}?[./\u2010-\u2015-]{_SPACE}?|{_SPACE})"
_PLAIN = re.compile(r"(?<!\d)\d{16}(?!\d)")
_GROUPS = re.compile(rf"(?<!\d)\d{{1,15}}(?:{GAP}\d{{1,15}})+(?!\d)")
# Whether a closer look is worth its time: most texts have no such crowd of digits.
_CROWD = re.compile(r"\d(?:\D{0,3}+\d){15}")
# Addresses are left alone: posts and news carry ids of 15 to 17 digits there, whoever wrote them.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# 0800 and its like are offices' free numbers.
MOBILE = r"(?:\+?62|0)[ .()-]{0,2}8[ .()-]{0,2}[1-9](?:[ .()-]{0,2}\d){6,10}(?!\d)"
_MOBILE = re.compile(rf"(?<!\d){MOBILE}")

PROVINCES = frozenset(
    {*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98)}
)
_HIDDEN = "•"


def tell_identity_numbers(path: str, source: str, say: Say) -> None:
    """Say each line of a file, and its name, that holds the number of an identity or family card."""
    tell_identity_number(path, Place(path=path), say)
    if not _CROWD.search(source):
        return
    lines = Lines(path=path, lines=tuple(source.split("\n")))
    for number, line in enumerate(lines.lines):
        if first := next(_identity_numbers(line), None):
            _tell(lines.place(number, first[0], first[1] - first[0]), say)


def tell_identity_number(text: str, place: Place, say: Say) -> None:
    """Say it where a text at one place, such as a cell, holds such a number."""
    if _CROWD.search(text) and any(any(_identity_numbers(line)) for line in text.split("\n")):
        _tell(place, say)


def hide_identity_numbers(text: str) -> str:
    """The text with such numbers blotted out, so that a report does not spread them further."""
    return "\n".join(_hidden(line) for line in text.split("\n")) if _CROWD.search(text) else text


def has_mobile_number(text: str) -> bool:
    """Whether an Indonesian mobile number stands in a text."""
    return _MOBILE.search(text) is not None


def _tell(place: Place, say: Say) -> None:
    message, remedy = told("identity")
    say(Problem(place=place, code=Code.IDENTITY, message=message, remedy=remedy))


def _hidden(line: str) -> str:
    characters = list(line)
    for start, end in _identity_numbers(line):
        characters[start:end] = re.sub(r"\d", _HIDDEN, line[start:end])
    return "".join(characters)


def _identity_numbers(line: str) -> Iterator[tuple[int, int]]:
    """Where such numbers stand: 16 digits in a row, or in groups that are built like one."""
    bare = _ADDRESS.sub(lambda match: " " * len(match[0]), line)
    for match in _PLAIN.finditer(bare):
        yield match.span()
    for run in _GROUPS.finditer(bare):
        groups = [(run.start() + group.start(), group[0]) for group in re.finditer(r"\d+", run[0])]
        yield from _grouped(groups)


def _grouped(groups: list[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Neighbouring groups that make 16 digits; only where they fit, since sums and years come in groups, too."""
    for first in range(len(groups)):
        digits = ""
        for last in range(first, len(groups)):
            start, group = groups[last]
            digits += group
            if len(digits) >= 16:
                if len(digits) == 16 and first != last and _is_built_like_one(digits):
                    yield groups[first][0], start + len(group)
                break


def _is_built_like_one(digits: str) -> bool:
    """Province, regency, district; then a day (40 more for women), month and year; then a serial number."""
    province, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    return province in PROVINCES and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12
