"""A date as people write it -> the dates that it may mean, as precisely as it is known. Ground."""

import re
from calendar import monthrange
from functools import lru_cache

from katalog import language
from katalog.model import PartialDate

MONTHS = tuple(month.lower() for month in language.MONTHS)
# Other names: in English, in older spelling, in the usual short forms that are no beginnings, and one usual slip.
_OTHER_NAMES = {
    "january": 1,
    "pebruari": 2,
    "february": 2,
    "febuari": 2,
    "march": 3,
    "may": 5,
    "june": 6,
    "july": 7,
    "agst": 8,
    "agt": 8,
    "august": 8,
    "october": 10,
    "nopember": 11,
    "december": 12,
}
# What names a month, first come first served; the form's script reads it, and the patterns below, too.
MONTH_NAMES = {**{name: number for number, name in enumerate(MONTHS, 1)}, **_OTHER_NAMES}
_SHORTEST_NAME = 3
# So many dates are kept: sources have few that no other has.
_DATES = 4096

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DAY_NAMES = "senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu"
SPELLED = rf"(?:(?:(?:{_DAY_NAMES}),?\s+)?([0-9]{{1,2}})[\s.-]+)?([a-z]+)[\s.-]+([0-9]{{4}})"
NUMBERED = r"([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{4})"
TURNED = r"([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})"
NAMED_YEAR = r"tahun\s+([0-9]{4})"
# Programs write a time of day behind a date.
CLOCK = r"[ t][0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?$"


@lru_cache(_DATES)
def parse_date(value: str) -> PartialDate | None:
    """YYYY, YYYY-MM or YYYY-MM-DD as a date of the calendar, else None."""
    match = _ISO.fullmatch(value)
    if not match:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    if not 1900 <= year <= 2999 or (match[2] and not 1 <= month <= 12):
        return None
    if match[3] and not 1 <= day <= monthrange(year, month)[1]:
        return None
    return PartialDate(year=year, month=month, day=day)


def possible_dates(value: str) -> tuple[PartialDate, ...]:
    """What a date may mean that a person or a program has written: `17 Januari 2018`, `17/1/2018`, `Tahun 2018`.

    Two where day and month could be either, the Indonesian order first; none where nothing fits.
    """
    written = re.sub(CLOCK, "", value.strip().casefold())
    dates = (parse_date(text) for text in (written, *_as_iso(written)))
    return tuple(dict.fromkeys(date for date in dates if date))


def is_future(date: PartialDate, today: PartialDate) -> bool:
    """Whether a date lies wholly after today, as far as it is known."""
    known = (date.year, date.month or today.month, date.day if date.month and date.day else today.day)
    return known > (today.year, today.month, today.day)


def _as_iso(written: str) -> tuple[str, ...]:
    """The readings of a date in the order of ISO; whether the calendar has them is not asked."""
    if words := re.fullmatch(SPELLED, written):
        month = _month(words[2])
        if month:
            return (f"{words[3]}-{month:02d}" + (f"-{int(words[1]):02d}" if words[1] else ""),)
    if numbers := re.fullmatch(NUMBERED, written):
        first, second = int(numbers[1]), int(numbers[2])
        return (f"{numbers[3]}-{second:02d}-{first:02d}", f"{numbers[3]}-{first:02d}-{second:02d}")
    if turned := re.fullmatch(TURNED, written):
        return (f"{turned[1]}-{int(turned[2]):02d}-{int(turned[3]):02d}",)
    year = re.fullmatch(NAMED_YEAR, written)
    return (year[1],) if year else ()


def _month(word: str) -> int:
    """The number of the month that a word names, in full or cut short; 0 where it names none."""
    if len(word) < _SHORTEST_NAME:
        return 0
    return next((number for name, number in MONTH_NAMES.items() if name.startswith(word)), 0)
