"""The home page."""

from collections.abc import Iterator

from katalog.model import Catalogue, Config, Page
from katalog.pages.facets import groups_by_kind

NEWEST = 5


def plan(catalogue: Catalogue, config: Config) -> Iterator[Page]:
    """Search box, key facts, fields of government, newest entries."""
    affairs = next(facet for facet in catalogue.facets if facet.key == "urusan")
    yield Page(
        path="",
        kind="beranda",
        title=f"{config.title} {config.region}",
        description=config.description,
        data={
            "affairs": affairs,
            "kinds": groups_by_kind(affairs, catalogue.vocabulary.lists["kelompok_urusan"]),
            "newest": catalogue.newest[:NEWEST],
            "doors": [facet for facet in catalogue.facets if facet.path in {"pengelola/jenis", "kecamatan", "tahun"}],
        },
        json_ld={
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": f"{config.title} {config.region}",
            "url": f"{config.base_url}/",
            "description": config.description,
            "inLanguage": "id",
            "license": config.licence.url,
        },
    )
