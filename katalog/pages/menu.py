"""What the header and the footer lead to: only pages that exist and tell something."""

from collections.abc import Sequence

from katalog.language import INDONESIAN, N_, Language
from katalog.model import Catalogue, Deferred, File, Page
from katalog.pages import listing, press
from katalog.pages.facets import is_telling

_HEADER = ("inovasi/", "urusan/", "pengelola/", "statistik/", "data/", "usulkan/")
_SHORT = {
    "inovasi/": N_("Semua inovasi"),
    "statistik/": N_("Statistik"),
    "data/": N_("Data terbuka"),
    "usulkan/": N_("Usulkan inovasi"),
}
_DATA = (
    (N_("Statistik"), "statistik/"),
    (N_("Data terbuka"), "data/"),
    (N_("Perubahan katalog"), "perubahan/"),
    (N_("Umpan Atom"), "umpan.xml"),
    (N_("Untuk pers"), "pers/"),
)

Menu = dict[str, tuple[tuple[str, str], ...]]


def navigation(
    catalogue: Catalogue, outputs: Sequence[Page | File | Deferred], language: Language = INDONESIAN
) -> Menu:
    """Labels and paths: `header` for the bar, `browse`, `data`, `join` and `about` for the footer's index.

    The header of another language leads to pages in it; the footer to all, which says what is in Indonesian.
    """
    _, there = language.gettext, {output.path for output in outputs}
    telling = [(_(facet.label), f"{facet.path}/") for facet in catalogue.facets if is_telling(facet)]
    labels = {path: label for label, path in telling} | {path: _(label) for path, label in _SHORT.items()}
    header = [path for path in _HEADER if path in there and path in labels and language.has(path)]
    pages = [(prose.title, f"{prose.slug}/") for prose in catalogue.prose if prose.slug != press.SLUG]
    menu = {
        "header": [(labels[path], path) for path in header],
        "browse": [
            (labels["inovasi/"], "inovasi/"),
            (_(listing.INDEX_TITLE), listing.INDEX),
            *((_("Menurut %(facet)s", facet=label.lower()), path) for label, path in telling),
        ],
        "data": [(_(label), path) for label, path in _DATA],
        "join": [(labels["usulkan/"], "usulkan/")],
        "about": pages,
    }
    return {part: tuple((label, language.address(path)) for label, path in links) for part, links in menu.items()}
