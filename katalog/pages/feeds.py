"""The Atom feed of the newest innovations."""

from collections.abc import Iterator

from katalog.model import Catalogue, Innovation, Page, PartialDate

NEWEST = 30


def plan(catalogue: Catalogue) -> Iterator[Page]:
    """`/umpan.xml`."""
    newest = catalogue.newest[:NEWEST]
    dates = [date for innovation in catalogue.innovations if (date := updated(innovation))]
    yield Page(
        path="umpan.xml",
        kind="umpan",
        title="Inovasi terbaru",
        data={
            "innovations": [(innovation, updated(innovation)) for innovation in newest],
            "updated": max(dates, default=None),
        },
        listed=False,
    )


def updated(innovation: Innovation) -> PartialDate | None:
    """When an entry last changed, as far as it is known; Atom wants a full date, so ends are filled in."""
    dates = [source.date for source in innovation.sources if source.date]
    documented = PartialDate(year=innovation.documented, month=12, day=31) if innovation.documented else None
    return innovation.changed or max(dates, default=documented)
