"""The home page."""

from collections.abc import Iterable, Iterator, Sequence

from katalog.language import INDONESIAN, Language
from katalog.model import Catalogue, Config, Facet, Group, Page, Term
from katalog.pages import charts, motifs
from katalog.pages.facets import groups_by_kind
from katalog.pages.feeds import last_change

NEWEST = 5

Section = tuple[str, list[Group]]


def plan(catalogue: Catalogue, config: Config, language: Language = INDONESIAN) -> Iterator[Page]:
    """Search box, key facts, fields of government, newest entries."""
    facets = {facet.key: facet for facet in catalogue.facets}
    yield Page(
        path="",
        kind="beranda",
        title=f"{config.title} {config.region}",
        description=config.description,
        data={
            "affairs": facets["urusan"],
            "map": balance(_map(facets["urusan"], catalogue.vocabulary.lists["kelompok_urusan"], language)),
            "newest": catalogue.newest[:NEWEST],
            "years": charts.years(facets["tahun"]),
            "year_facet": facets["tahun"],
            "managers": charts.bars(facets["jenis_pengelola"], language),
            "districts": facets["kecamatan"],
            "cloth": motifs.MASTHEAD,
        },
        json_ld={
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": f"{config.title} {config.region}",
            "url": f"{config.base_url}/{language.prefix}",
            "description": config.description,
            "inLanguage": language.code,
            "license": config.licence.url,
            **({"publisher": {"@type": "Organization", "name": config.publisher}} if config.publisher else {}),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": f"{config.base_url}/{language.prefix}inovasi/?q={{search_term_string}}",
                },
                "query-input": "required name=search_term_string",
            },
        },
        changed=last_change(catalogue.innovations),
    )


def balance(sections: Iterable[Section]) -> tuple[list[Section], list[Section]]:
    """Two columns of about one height, each in the given order: a section goes where less stands so far."""
    columns: tuple[list[Section], list[Section]] = ([], [])
    heights = [0, 0]
    for title, groups in sections:
        shorter = heights.index(min(heights))
        columns[shorter].append((title, groups))
        heights[shorter] += len(groups) + 1
    return columns


def _map(affairs: Facet, kinds: Sequence[Term], language: Language) -> Iterator[Section]:
    """Fields of government that have innovations, by their kind; what is not mapped comes last."""
    for kind, groups in groups_by_kind(affairs, kinds):
        if filled := [group for group in groups if group.innovations]:
            yield language.name_of(kind), filled
    if affairs.unknown:
        unknown = Term(vocabulary="urusan", name=language.gettext("urusan belum diketahui"), slug="belum-diketahui")
        yield language.gettext("belum dipetakan"), [Group(term=unknown, innovations=affairs.unknown)]
