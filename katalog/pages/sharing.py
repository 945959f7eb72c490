"""What an entry gives to others: files that cite it, a small page for frames, oEmbed, a QR code, addresses to share."""

import html
import io
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from msgspec import Struct

from katalog.json_text import indented
from katalog.language import Language
from katalog.model import Catalogue, Config, Deferred, Innovation, Page
from katalog.pages import citation, extras

# Measured: the longest entry of a real catalogue fits at 360 pixels.
FRAME_WIDTH, FRAME_HEIGHT = 640, 420
_DAY = 86_400


class Beside(Struct, frozen=True, kw_only=True):
    """Which files entries have beside their pages."""

    embeds: bool
    citations: bool


def beside(catalogue: Catalogue, config: Config) -> Beside:
    """Those that the configuration and the size of the catalogue allow."""
    return Beside(
        embeds=extras.with_embeds(catalogue, config),
        citations=extras.with_citations(catalogue, config),
    )


def plan(catalogue: Catalogue, config: Config) -> Iterator[Page | Deferred]:
    """`sematan/`, `oembed.json`, `kutipan.bib`, `kutipan.ris` and `qr.svg` below each entry, where they are wanted."""
    embeds, citations = extras.with_embeds(catalogue, config), extras.with_citations(catalogue, config)
    for innovation in catalogue.innovations:
        folder = f"inovasi/{innovation.slug}/"
        if embeds:
            yield _embed(innovation, folder)
            yield Deferred(path=f"{folder}oembed.json", make=partial(oembed, innovation, config))
        if citations:
            address = citation.address_of(innovation, config)
            yield Deferred(path=f"{folder}kutipan.bib", make=partial(citation.bibtex, innovation, config))
            yield Deferred(path=f"{folder}kutipan.ris", make=partial(citation.ris, innovation, config))
            yield Deferred(path=f"{folder}qr.svg", make=partial(qr_code, address))


def of_entry(innovation: Innovation, beside: Beside, config: Config, language: Language) -> dict[str, object]:
    """What the page of an entry says about citing and sharing it."""
    address = f"{config.base_url}/{language.address(f'inovasi/{innovation.slug}/')}"
    return {
        "citation": citation.sentence(innovation, config, language),
        "with_files": beside.citations,
        "frame": frame(innovation, config) if beside.embeds else "",
        "shares": shares(innovation.name, address, language.gettext("Surel")),
    }


def frame(innovation: Innovation, config: Config) -> str:
    """What another site writes into its page to show the entry."""
    address = html.escape(f"{citation.address_of(innovation, config)}sematan/")
    title = html.escape(f"{innovation.name}, {citation.catalogue_of(config)}")
    return (
        f'<iframe src="{address}" title="{title}" width="100%" height="{FRAME_HEIGHT}" '
        'loading="lazy" frameborder="0"></iframe>'
    )


def oembed(innovation: Innovation, config: Config) -> bytes:
    """The answer of oEmbed 1.0, for programs that make a frame of an address."""
    answer = {
        "type": "rich",
        "version": "1.0",
        "title": innovation.name,
        "provider_name": citation.catalogue_of(config),
        "provider_url": f"{config.base_url}/",
        "cache_age": _DAY,
        "html": frame(innovation, config),
        "width": FRAME_WIDTH,
        "height": FRAME_HEIGHT,
    }
    return indented(answer)


def qr_code(address: str) -> bytes:
    """An address as a picture that telephones read, dark on light whatever the page's colours."""
    import segno  # which most builds, having their pictures, can do without

    file = io.BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(
        file,
        kind="svg",
        border=4,
        dark="#000",
        light="#fff",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        omitsize=True,
    )
    # Else rows of squares show seams where they fall between pixels.
    return file.getvalue().replace(b"<svg ", b'<svg shape-rendering="crispEdges" ', 1)


def shares(name: str, address: str, mail: str = "Surel") -> tuple[tuple[str, str], ...]:
    """Plain addresses of services that take a text, the one most used here first; none is asked until pressed."""
    name, address = quote(name, safe=""), quote(address, safe="")
    text = f"{name}%20{address}"
    return (
        ("WhatsApp", f"https://wa.me/?text={text}"),
        ("Telegram", f"https://t.me/share/url?url={address}&text={name}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={address}"),
        ("X", f"https://x.com/intent/post?text={name}&url={address}"),
        (mail, f"mailto:?subject={name}&body={text}"),
    )


def _embed(innovation: Innovation, folder: str) -> Page:
    return Page(
        path=f"{folder}sematan/",
        kind="sematan",
        title=innovation.name,
        description=innovation.summary,
        data={"innovation": innovation, "entry": folder},
        listed=False,
        origin=innovation.path,
    )
