"""The picture that stands beside a page's address where it is shared: one for each page that says something itself."""

from collections.abc import Iterable, Iterator
from functools import partial

from msgspec.structs import replace

from katalog import motif
from katalog.families import BINTANG
from katalog.model import Card, Catalogue, Config, Deferred, Draw, Facet, File, Innovation, Page, Term
from katalog.pages import motifs
from katalog.pages.extras import with_cards

Output = Page | File | Deferred

NAME = "kartu.png"
# Divisions whose terms are things people share: a field, an office, a place, a group. The others are filters.
SHARED = ("urusan", "pengelola", "kecamatan", "kelompok")
# The dye of the site, for what is no field of government.
_HUE = 338


def plan(outputs: Iterable[Output], catalogue: Catalogue, config: Config, draw: Draw) -> Iterator[Output]:
    """The same outputs, pages with the address of their card, and the cards; nothing more where none are wanted."""
    wanted = with_cards(catalogue, config)
    drawn = set()
    for output in outputs:
        if not wanted or not isinstance(output, Page) or not _is_for_sharing(output):
            yield output
            continue
        card = describe(output, catalogue, config)
        path = f"{output.path}{NAME}" if card else NAME
        yield replace(output, card=path, card_alt=in_words(card or _home(config)))
        # Two pages with one address are told of elsewhere; their cards need not be.
        if card and path not in drawn:
            drawn.add(path)
            yield Deferred(path=path, make=partial(draw, card), of=card)


def _is_for_sharing(page: Page) -> bool:
    """Whether it is a page for people; also one that is not listed today, since it may have been, with its card."""
    return page.kind not in {"ditarik", "sematan"} and (page.path == "" or page.path.endswith("/"))


def describe(page: Page, catalogue: Catalogue, config: Config) -> Card | None:
    """What a page's own card shows; None where it shares the catalogue's."""
    facet, subject = page.data.get("facet"), page.data.get("innovation") or page.data.get("term")
    owner = {"catalogue": config.title, "region": config.region}
    if page.path == "":
        return _home(config)
    if isinstance(subject, Innovation):
        return Card(
            motif=motifs.of_innovation(subject, catalogue.vocabulary),
            title=subject.name,
            detail=subject.manager.name,
            status=_capital(subject.status.name),
            status_slug=subject.status.slug,
            **owner,
        )
    if isinstance(facet, Facet) and isinstance(subject, Term):
        total, is_further = page.data["total"], "/halaman/" in page.path
        if facet.key not in SHARED or subject.slug == "belum-diketahui" or is_further:
            return None
        is_field = facet.key == "urusan"
        worn = motifs.of_field(subject, catalogue.vocabulary) if is_field else _own(page.path)
        detail = f"{total} inovasi" if total else "Belum ada inovasi yang tercatat"
        return Card(motif=worn, title=page.title, detail=detail, **owner)
    if page.path.count("/") == 1 and page.path.endswith("/"):
        return Card(motif=_own(page.path), title=page.title, **owner)
    return None


def in_words(card: Card) -> str:
    """What a card says, for those who do not see it."""
    said = (card.title, card.detail, card.status, f"{card.catalogue} {card.region}".strip())
    return ". ".join(part for part in said if part)


def _home(config: Config) -> Card:
    """The catalogue itself, in its own cloth; its name is the title, so none stands in the margin."""
    return Card(motif=motif.makers(config.hue), title=config.title, detail=config.region, catalogue="", region="")


def _own(path: str) -> motif.Motif:
    """The catalogue's family and dye, varied by the page."""
    worn = motif.design(path.strip("/"), BINTANG, _HUE)
    return replace(worn, ground=motif.MAKERS.ground)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
