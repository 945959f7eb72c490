"""What machines ask for by name: sitemap, robots, web manifest, and the page for what is not there."""

import json
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from katalog.model import Config, File, Page

# The header's colour, which browsers give their own frame; a test compares it with the tokens.
THEME = "#43102f"
ICONS = (("ikon-192.png", 192, "any"), ("ikon-512.png", 512, "any"), ("ikon-maskable-512.png", 512, "maskable"))


def plan(pages: Sequence[Page], config: Config) -> Iterator[Page | File]:
    """`/sitemap.xml`, `/robots.txt`, `/situs.webmanifest`, `/404.html`."""
    listed = [page for page in pages if page.listed]
    yield Page(path="sitemap.xml", kind="peta", title="Peta situs", data={"pages": listed}, listed=False)
    yield Page(path="robots.txt", kind="robot", title="Robot", listed=False)
    yield File(path="situs.webmanifest", content=json.dumps(_manifest(config), ensure_ascii=False, indent=1).encode())
    yield Page(
        path="404.html",
        kind="tidak-ada",
        title="Halaman tidak ditemukan",
        description=f"Halaman ini tidak ada di {config.title} {config.region}.",
        listed=False,
    )


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
        "theme_color": THEME,
        "background_color": THEME,
        "icons": icons,
    }
