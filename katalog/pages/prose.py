"""The pages that editors own."""

from collections.abc import Iterator

from katalog.language import INDONESIAN, Language
from katalog.model import Catalogue, Page
from katalog.pages import press


def plan(catalogue: Catalogue, language: Language = INDONESIAN) -> Iterator[Page]:
    """`/<slug>/` for every file of content/pages/."""
    for prose in catalogue.prose:
        if prose.slug == press.SLUG:  # its page has more than its prose
            continue
        yield Page(
            path=f"{prose.slug}/",
            kind="prosa",
            title=prose.title,
            description=prose.summary,
            crumbs=((language.gettext("Beranda"), ""),),
            data={"prose": prose},
            origin=prose.path,
        )
