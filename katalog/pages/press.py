"""What those who report on the catalogue need: facts, how to cite it, corrections, contact, logo, data."""

from collections.abc import Iterator

from katalog.language import INDONESIAN, N_, Language
from katalog.model import Catalogue, Config, Page, corrected_page
from katalog.pages import entries, statistics
from katalog.pages.extras import with_cards
from katalog.pages.wellknown import ICONS

SLUG = "pers"
_REPORT = (N_("Halaman:"), N_("Yang keliru:"), N_("Yang benar, dan sumbernya:"))
_SUMMARY = N_("Fakta kunci dengan sumbernya, cara mengutip, daftar koreksi, kontak, dan bahan untuk media.")


def plan(catalogue: Catalogue, config: Config, language: Language = INDONESIAN) -> Iterator[Page]:
    """`/pers/`; its prose is content/pages/pers.md, where there is one."""
    prose = next((prose for prose in catalogue.prose if prose.slug == SLUG), None)
    names = {f"inovasi/{entry.slug}/": entry.name for entry in (*catalogue.innovations, *catalogue.withdrawn)}
    today = {
        f"inovasi/{alias}/": f"inovasi/{entry.slug}/"
        for entry in (*catalogue.innovations, *catalogue.withdrawn)
        for alias in entry.aliases
    }
    named = [corrected_page(correction.entry, correction.page) for correction in catalogue.corrections]
    targets = [today.get(target, target) for target in named]
    yield Page(
        path=f"{SLUG}/",
        kind="pers",
        title=prose.title if prose else language.gettext("Untuk pers"),
        description=prose.summary if prose else language.gettext(_SUMMARY),
        crumbs=((language.gettext("Beranda"), ""),),
        data={
            "words": prose.body if prose else "",
            "facts": catalogue.facts,
            "figures": statistics.key_figures(catalogue, language),
            "corrections": [
                (correction, target, names.get(target, language.gettext("Halaman %(page)s", page=correction.page)))
                for correction, target in zip(catalogue.corrections, targets, strict=True)
            ],
            "icons": ICONS,
            "with_cards": with_cards(catalogue, config),
            "report_url": entries.letter(
                language.gettext("Kekeliruan di katalog"), "\n\n".join(map(language.gettext, _REPORT)) + "\n", config
            ),
        },
        origin=prose.path if prose else "",
    )
