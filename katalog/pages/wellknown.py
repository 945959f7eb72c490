"""What machines ask for by name: sitemap, robots, web manifest, and the page for what is not there."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from katalog.colours import brand
from katalog.json_text import indented
from katalog.model import Config, File, Page

ICONS = (("ikon-192.png", 192, "any"), ("ikon-512.png", 512, "any"), ("ikon-maskable-512.png", 512, "maskable"))
MOST_PLACES = 45_000


def plan(pages: Sequence[Page], config: Config) -> Iterator[Page | File]:
    """`/sitemap.xml`, `/opensearch.xml`, `/robots.txt`, `/situs.webmanifest`, `/404.html`."""
    yield from _sitemap([page for page in pages if page.listed])
    yield Page(
        path="opensearch.xml",
        kind="opensearch",
        title="Pencarian",
        data={
            "short": config.title[:16].strip(),
            "long": f"{config.title} {config.region}"[:48].strip(),
            "about": f"Cari inovasi di {config.title} {config.region}."[:1024].strip(),
        },
        listed=False,
    )
    yield Page(path="robots.txt", kind="robot", title="Robot", listed=False)
    yield File(path="situs.webmanifest", content=indented(_manifest(config)))
    yield Page(
        path="404.html",
        kind="tidak-ada",
        title="Halaman tidak ditemukan",
        description=f"Halaman ini tidak ada di {config.title} {config.region}.",
        listed=False,
    )


def _sitemap(pages: Sequence[Page]) -> Iterator[Page]:
    """One map, or an index of maps: sitemaps.org allows 50,000 addresses each."""
    parts = [pages[start : start + MOST_PLACES] for start in range(0, len(pages), MOST_PLACES)]
    if len(parts) <= 1:
        yield _map_of("sitemap.xml", pages)
        return
    maps = [_map_of(f"sitemap-{number}.xml", part) for number, part in enumerate(parts, start=1)]
    yield from maps
    yield Page(path="sitemap.xml", kind="peta-indeks", title="Peta situs", data={"maps": maps}, listed=False)


def _map_of(path: str, pages: Sequence[Page]) -> Page:
    """A date that is less than a day is none for a map."""
    places = [(page.path, page.changed if page.changed and page.changed.day else None) for page in pages]
    latest = max((changed for _, changed in places if changed), default=None)
    return Page(path=path, kind="peta", title="Peta situs", data={"places": places}, changed=latest, listed=False)


def _manifest(config: Config) -> dict[str, object]:
    """So that a phone's home screen can hold the catalogue; it stays a page in the browser."""
    home = f"{urlsplit(config.base_url).path}/"
    icons = [
        {"src": f"{home}ikon/{name}", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, size, purpose in ICONS
    ]
    return {
        "name": f"{config.title} {config.region}",
        "short_name": config.title,
        "lang": "id",
        "start_url": home,
        "scope": home,
        "display": "browser",
        "theme_color": brand(config.hue),
        "background_color": brand(config.hue),
        "icons": icons,
    }
