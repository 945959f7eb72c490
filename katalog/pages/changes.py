"""What happened in the catalogue, day by day: a page for citizens and a feed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from katalog.model import Catalogue, Config, Innovation, Page, PartialDate
from katalog.pages import feeds
from katalog.pages.entries import former_names, log_url

PATH = "perubahan/"
# More days, and more names or lines of one kind on one day, are counted and left to the repository.
MOST_DAYS = 60
MOST_LINES = 12
# Days are shown until so many events are told.
MOST_EVENTS = 600

ADDED, CHANGED, RENAMED, WITHDRAWN = "ditambahkan", "diperbarui", "berganti alamat", "ditarik"
_KINDS = (ADDED, WITHDRAWN, RENAMED, CHANGED)


class Event(Struct, frozen=True, kw_only=True):
    """What happened to one entry on one day, with the words for it."""

    date: PartialDate
    kind: str
    innovation: Innovation
    words: str = ""


class Line(Struct, frozen=True, kw_only=True):
    """Something that happened to one or several entries; `more` are not named."""

    kind: str
    events: tuple[Event, ...]
    more: int = 0


class Day(Struct, frozen=True, kw_only=True):
    """All that happened on a day, or in a month or year where more is not known; `summary` counts it."""

    date: PartialDate
    summary: str
    lines: tuple[Line, ...]


def plan(catalogue: Catalogue, config: Config) -> Iterator[Page]:
    """`/perubahan/` and `/perubahan/umpan.xml`."""
    days = _days(catalogue)
    shown = list(_shown(days))
    months = [
        (PartialDate(year=year, month=month), list(group))
        for (year, month), group in groupby(shown, key=lambda day: (day.date.year, day.date.month))
    ]
    data = {
        "months": months,
        "hidden": len(days) - len(shown),
        "complete": catalogue.history.complete,
        "log_url": log_url("content/innovations", config),
    }
    latest = shown[0].date if shown else None
    yield Page(
        path=PATH,
        kind="perubahan",
        title="Perubahan katalog",
        description="Inovasi yang ditambahkan, diperbarui, berganti alamat, atau ditarik, menurut hari.",
        crumbs=(("Beranda", ""),),
        data=data,
        changed=latest if latest and latest.day else None,
    )
    yield Page(
        path=f"{PATH}umpan.xml",
        kind="umpan-perubahan",
        title="Perubahan katalog",
        data={"days": shown[: feeds.NEWEST], "updated": latest or feeds.oldest(catalogue, config)},
        listed=False,
    )


def _shown(days: Sequence[tuple[PartialDate, list[Event]]]) -> Iterator[Day]:
    told = 0
    for date, events in days[:MOST_DAYS]:
        if told >= MOST_EVENTS:
            return
        day = _day(date, events)
        told += sum(len(line.events) for line in day.lines)
        yield day


def _days(catalogue: Catalogue) -> list[tuple[PartialDate, list[Event]]]:
    """Events by their day, latest first."""
    days: dict[PartialDate, list[Event]] = defaultdict(list)
    for innovation in catalogue.innovations:
        for event in _events(innovation, catalogue):
            days[event.date].append(event)
    for innovation in catalogue.withdrawn:
        if innovation.withdrawn:
            date, reason = innovation.withdrawn.date, innovation.withdrawn.reason
            days[date].append(Event(date=date, kind=WITHDRAWN, innovation=innovation, words=reason))
    return sorted(days.items(), key=lambda day: day[0], reverse=True)


def _events(innovation: Innovation, catalogue: Catalogue) -> Iterator[Event]:
    """A note tells more than the bare day of a change; a later day than the entry's own is nothing it owns up to."""
    if innovation.added:
        yield Event(date=innovation.added, kind=ADDED, innovation=innovation)
    for date, name in former_names(innovation, catalogue.history):
        yield Event(date=date, kind=RENAMED, innovation=innovation, words=name)
    for note in innovation.change_notes:
        yield Event(date=note.date, kind=CHANGED, innovation=innovation, words=note.note)
    known = catalogue.history.files.get(innovation.path)
    last = innovation.changed
    days = {last, *(day for day in (known.days if known else ()) if last and day < last)}
    told = {innovation.added, *(note.date for note in innovation.change_notes)}
    for day in days - told:
        if day:
            yield Event(date=day, kind=CHANGED, innovation=innovation)


def _day(date: PartialDate, events: Sequence[Event]) -> Day:
    by_kind = {kind: [event for event in events if event.kind == kind] for kind in _KINDS}
    summary = ", ".join(f"{len(found)} {kind}" for kind, found in by_kind.items() if found)
    lines = tuple(line for kind, found in by_kind.items() for line in _lines(kind, found))
    return Day(date=date, summary=summary, lines=lines)


def _lines(kind: str, events: Sequence[Event]) -> Iterator[Line]:
    """One line for each event that has words, one for all the others."""
    worded = [event for event in events if event.words]
    for event in worded[:MOST_LINES]:
        yield Line(kind=kind, events=(event,))
    bare = [event for event in events if not event.words]
    more = max(len(worded) - MOST_LINES, 0) + max(len(bare) - MOST_LINES, 0)
    if bare or more:
        yield Line(kind=kind, events=tuple(bare[:MOST_LINES]), more=more)
