"""What the header and the footer lead to: only pages that exist and tell something."""

from collections.abc import Sequence

from katalog.model import Catalogue, Deferred, File, Page
from katalog.pages import listing, press
from katalog.pages.facets import is_telling

_HEADER = ("inovasi/", "urusan/", "pengelola/", "statistik/", "data/", "usulkan/")
_SHORT = {
    "inovasi/": "Semua inovasi",
    "statistik/": "Statistik",
    "data/": "Data terbuka",
    "usulkan/": "Usulkan inovasi",
}

Menu = dict[str, tuple[tuple[str, str], ...]]


def navigation(catalogue: Catalogue, outputs: Sequence[Page | File | Deferred]) -> Menu:
    """Labels and paths: `header` for the bar, `browse`, `data`, `join` and `about` for the footer's index."""
    paths = {output.path for output in outputs}
    telling = [facet for facet in catalogue.facets if is_telling(facet)]
    names = (listing.INDEX_TITLE, listing.INDEX)
    browse = (("Semua inovasi", "inovasi/"), names, *((f"Menurut {f.label.lower()}", f"{f.path}/") for f in telling))
    labels = {f"{facet.path}/": facet.label for facet in telling} | _SHORT
    return {
        "header": tuple((labels[path], path) for path in _HEADER if path in paths and path in labels),
        "browse": browse,
        "data": (
            ("Statistik", "statistik/"),
            ("Data terbuka", "data/"),
            ("Perubahan katalog", "perubahan/"),
            ("Umpan Atom", "umpan.xml"),
            ("Untuk pers", "pers/"),
        ),
        "join": (("Usulkan inovasi", "usulkan/"),),
        "about": tuple((prose.title, f"{prose.slug}/") for prose in catalogue.prose if prose.slug != press.SLUG),
    }
