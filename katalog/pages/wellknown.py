"""Pages that machines ask for by name: sitemap, robots, and the page for what is not there."""

from collections.abc import Iterator, Sequence

from katalog.model import Config, Page


def plan(pages: Sequence[Page], config: Config) -> Iterator[Page]:
    """`/sitemap.xml`, `/robots.txt`, `/404.html`."""
    listed = [page for page in pages if page.listed]
    yield Page(path="sitemap.xml", kind="peta", title="Peta situs", data={"pages": listed}, listed=False)
    yield Page(path="robots.txt", kind="robot", title="Robot", listed=False)
    yield Page(
        path="404.html",
        kind="tidak-ada",
        title="Halaman tidak ditemukan",
        description=f"Halaman ini tidak ada di {config.title} {config.region}.",
        listed=False,
    )
