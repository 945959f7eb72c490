"""Atom feeds: the newest innovations, and those of each field of government and each manager."""

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest

from katalog.model import Catalogue, Config, Facet, Innovation, Page, PartialDate, Term

# A feed tells what is new; the rest is on the pages it leads to.
NEWEST = 30
# Ways to divide the catalogue that somebody may want to follow, with the word that stands before a term's name.
_FOLLOWED = {"urusan": "Inovasi urusan", "pengelola": "Inovasi"}


def plan(catalogue: Catalogue, config: Config) -> Iterator[Page]:
    """`/umpan.xml`, and `umpan.xml` of every term that can be followed, whether anything carries it or not."""
    changes = {innovation.slug: updated(innovation) for innovation in catalogue.innovations}
    floor = _floor(changes.values(), config)
    yield _feed("", "Inovasi terbaru", catalogue.newest[:NEWEST], changes.values(), floor)
    places = {innovation.slug: place for place, innovation in enumerate(catalogue.newest)}
    for facet in catalogue.facets:
        for group in facet.groups if facet.key in _FOLLOWED else ():
            newest = nsmallest(NEWEST, group.innovations, key=lambda entry: places[entry.slug])
            title = f"{_FOLLOWED[facet.key]} {group.term.name}"
            dates = [changes[entry.slug] for entry in group.innovations]
            yield _feed(f"{facet.path}/{group.term.slug}/", title, newest, dates, floor)


def path_of(facet: Facet, term: Term) -> str:
    """The address of a term's feed, "" where there is none."""
    is_followed = facet.key in _FOLLOWED and any(group.term is term for group in facet.groups)
    return f"{facet.path}/{term.slug}/umpan.xml" if is_followed else ""


def updated(innovation: Innovation) -> PartialDate | None:
    """When an entry last changed, as far as it is known; a bare year counts from its beginning, as all dates do."""
    dates = [source.date for source in innovation.sources if source.date]
    documented = PartialDate(year=innovation.documented) if innovation.documented else None
    return innovation.changed or max(dates, default=documented)


def oldest(catalogue: Catalogue, config: Config) -> PartialDate:
    """A date for what has none: the start of the catalogue, unless that is still to come."""
    return _floor(map(updated, catalogue.innovations), config)


def _floor(changes: Iterable[PartialDate | None], config: Config) -> PartialDate:
    return min(config.start, max(filter(None, changes), default=config.start))


def last_change(innovations: Iterable[Innovation]) -> PartialDate | None:
    """The latest known day on which one of them changed."""
    return max((entry.changed for entry in innovations if entry.changed and entry.changed.day), default=None)


def _feed(
    path: str, title: str, shown: Sequence[Innovation], dates: Iterable[PartialDate | None], floor: PartialDate
) -> Page:
    """A feed of the newest of some entries, whose last changes are these; `floor` is for what has no date."""
    return Page(
        path=f"{path}umpan.xml",
        kind="umpan",
        title=title,
        data={
            "about": path,
            "innovations": [(innovation, updated(innovation) or floor) for innovation in shown],
            "updated": max(filter(None, dates), default=floor),
        },
        listed=False,
    )
