"""The pages that editors own."""

from collections.abc import Iterator

from katalog.model import Catalogue, Page
from katalog.pages import press


def plan(catalogue: Catalogue) -> Iterator[Page]:
    """`/<slug>/` for every file of content/pages/."""
    for prose in catalogue.prose:
        if prose.slug == press.SLUG:  # its page has more than its prose
            continue
        yield Page(
            path=f"{prose.slug}/",
            kind="prosa",
            title=prose.title,
            description=prose.summary,
            crumbs=(("Beranda", ""),),
            data={"prose": prose},
            origin=prose.path,
        )
