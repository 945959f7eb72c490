"""What machines read about the open data: Data Package, DCAT, and schema.org's Dataset.

Nothing here is a claim of its own: a publisher, a contact or a period that nobody knows is left out.
"""

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from katalog.cells import guarded
from katalog.fields import (
    ChoiceKind,
    DateKind,
    Field,
    FlagKind,
    Kind,
    NumberKind,
    UrlKind,
    YearKind,
)
from katalog.model import Catalogue, Config, Innovation, Vocabulary
from katalog.pages.columns import COLUMNS, DICTIONARY
from katalog.pages.shapes import DATE_PATTERN
from katalog.reading import slugify

Json = dict[str, Any]  # JSON is what it is; nothing of it is read back in.


class Download(Struct, frozen=True, kw_only=True):
    """One file with all entries: its name below /data/, what it is and what it is good for."""

    name: str
    format: str
    media_type: str
    use: str


DOWNLOADS = (
    Download(
        name="inovasi.xlsx",
        format="Excel",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        use="Dibuka langsung di Excel atau LibreOffice: sudah bisa disaring, tanggalnya tanggal, dan ada lembar kamus.",
    ),
    Download(
        name="inovasi.csv",
        format="CSV",
        media_type="text/csv",
        use="Tabel polos untuk semua program pengolah data.",
    ),
    Download(
        name="inovasi.json",
        format="JSON",
        media_type="application/json",
        use="Untuk pengembang: satu berkas, dengan daftar sumber dan penghargaan yang tersusun.",
    ),
    Download(
        name="inovasi.jsonl",
        format="JSON Lines",
        media_type="application/x-ndjson",
        use="Isinya sama dengan JSON, satu inovasi satu baris; untuk dibaca sedikit demi sedikit.",
    ),
)
_KEYWORDS = ("inovasi daerah", "pelayanan publik", "pemerintah daerah")
_NESTED = "Beberapa nilai dalam satu sel ditulis satu baris satu nilai; bagian sebuah nilai dipisah tanda |."


def title(config: Config) -> str:
    """The name of the data."""
    return f"{config.title} {config.region}"


def description(innovations: Sequence[Innovation], config: Config) -> str:
    """What the data are, in one or two sentences."""
    return f"{config.description} Data terbuka tentang {len(innovations)} inovasi."


def data_package(catalogue: Catalogue, config: Config) -> Json:
    """`datapackage.json`, as Data Package 2.0 (datapackage.org) wants it."""
    csv, xlsx, json, lines = (_resource(name) for name in ("csv", "xlsx", "json", "jsonl"))
    form = f"{config.base_url}/data/skema.json"
    dialect = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"inovasi-{slugify(config.region)}",
        "id": f"{config.base_url}/data/",
        "title": title(config),
        "description": description(catalogue.innovations, config),
        "homepage": f"{config.base_url}/data/",
        "keywords": list(_KEYWORDS),
        "licenses": [{"title": config.licence.name, "path": config.licence.url}],
        **({"contributors": [{"title": config.publisher, "roles": ["publisher"]}]} if config.publisher else {}),
        "sources": [{"title": "Sumber publik yang disebut setiap entri di kolom sumber"}],
        "resources": [
            {
                **csv,
                "type": "table",
                "description": f"{_NESTED} Sel yang bisa terbaca sebagai rumus didahului satu tanda '.",
                "encoding": "utf-8",
                "dialect": dialect,
                "schema": table_schema(catalogue.vocabulary),
            },
            # Rows leave out what is not known, which a table of this standard may not; skema.json tells their form.
            *({**each, "encoding": "utf-8", "description": f"Bentuk satu inovasi: {form}"} for each in (json, lines)),
            {**xlsx, "description": f"{_NESTED} Isi yang tidak muat di satu sel berlanjut di kolom `lanjutan`."},
            {
                "name": "kamus-csv",
                "title": "Kamus data",
                "path": "kamus.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "type": "table",
                "encoding": "utf-8",
                "dialect": dialect,
                "schema": {
                    "fields": [{"name": name, "type": "string"} for name in DICTIONARY],
                    "primaryKey": ["kolom"],
                },
            },
        ],
    }


def _resource(ending: str) -> Json:
    download = next(each for each in DOWNLOADS if each.name.endswith(f".{ending}"))
    return {
        "name": f"inovasi-{ending}",
        "title": f"Semua inovasi ({download.format})",
        "path": download.name,
        "format": ending,
        "mediatype": download.media_type,
    }


def table_schema(vocabulary: Vocabulary) -> Json:
    """The columns of the CSV as a Table Schema."""
    return {
        "fields": [_column(column, vocabulary) for column in COLUMNS],
        "primaryKey": ["slug"],
        "missingValues": [""],
    }


def _column(column: Field, vocabulary: Vocabulary) -> Json:
    # An empty cell is a missing value, so an empty text may not be asked for.
    required = column.required and not column.may_be_empty
    kind, constraints = _kind(column.kind, vocabulary)
    constraints = (
        ({"required": True} if required else {}) | ({"unique": True} if column.key == "slug" else {}) | constraints
    )
    return {
        "name": column.key,
        "title": column.label,
        "description": column.hint,
        **kind,
        **({"constraints": constraints} if constraints else {}),
    }


def _kind(kind: Kind, vocabulary: Vocabulary) -> tuple[Json, Json]:
    """Type and constraints of a column. Lengths are left out: the guard of a cell makes it longer."""
    match kind:
        case YearKind():
            return {"type": "integer"}, {"minimum": 1900}
        case NumberKind():
            return {"type": "integer"}, {"minimum": kind.low, "maximum": kind.high}
        case FlagKind():
            return {"type": "boolean", "trueValues": ["ya"], "falseValues": ["tidak"]}, {}
        case DateKind():
            return {"type": "string"}, {"pattern": DATE_PATTERN.strip("^$")}
        case UrlKind():
            return {"type": "string", "format": "uri"}, {}
        case ChoiceKind():
            words = [guarded(term.name) for term in vocabulary.lists[kind.vocabulary]]
            return {"type": "string"}, {"enum": words} if words else {}
        case _:
            return {"type": "string"}, {}


# Names of DCAT and its friends, written out here so that no program has to fetch them.
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LANGUAGE = {"@id": "http://publications.europa.eu/resource/authority/language/IND"}


def dcat(catalogue: Catalogue, config: Config) -> Json:
    """`dcat.jsonld`: the catalogue and its one set of data for portals, after DCAT-AP."""
    data = f"{config.base_url}/data/"
    licence = {"@id": config.licence.url}
    publisher = {"dct:publisher": _agent(config)} if config.publisher else {}
    about = {"dct:title": _said(title(config)), "dct:language": _LANGUAGE, "dct:license": licence, **publisher}
    period = _years(catalogue)
    return {
        "@context": _CONTEXT,
        "@id": f"{data}#katalog",
        "@type": "dcat:Catalog",
        **about,
        "dct:description": _said(config.description),
        "foaf:homepage": {"@id": f"{config.base_url}/"},
        "dcat:dataset": {
            "@id": f"{data}#inovasi",
            "@type": "dcat:Dataset",
            **about,
            "dct:identifier": data,
            "dct:description": _said(description(catalogue.innovations, config)),
            "dcat:landingPage": {"@id": data},
            "dcat:keyword": [_said(word) for word in _KEYWORDS],
            "dct:spatial": {"@type": "dct:Location", "skos:prefLabel": _said(f"{config.region}, {config.province}")},
            **({"dct:temporal": _period(period)} if period else {}),
            **({"dcat:contactPoint": _contact(config)} if config.contact else {}),
            "dcat:distribution": [_distribution(each, config) for each in DOWNLOADS],
        },
        "dcat:service": {
            "@id": f"{config.base_url}/api/v1/",
            "@type": "dcat:DataService",
            "dct:title": _said(f"API {title(config)}"),
            "dct:license": licence,
            "dcat:endpointURL": {"@id": f"{config.base_url}/api/v1/"},
            "dcat:endpointDescription": {"@id": f"{config.base_url}/api/v1/"},
            "dcat:servesDataset": {"@id": f"{data}#inovasi"},
        },
    }


def _said(text: str) -> Json:
    return {"@value": text, "@language": "id"}


def _agent(config: Config) -> Json:
    return {"@type": "foaf:Agent", "foaf:name": _said(config.publisher)}


def _period(years: Sequence[int]) -> Json:
    first, last = ({"@value": f"{year}", "@type": "xsd:gYear"} for year in years)
    return {"@type": "dct:PeriodOfTime", "dcat:startDate": first, "dcat:endDate": last}


def _contact(config: Config) -> Json:
    assert config.contact
    email = {"vcard:hasEmail": {"@id": f"mailto:{config.contact.email}"}} if config.contact.email else {}
    return {"@type": "vcard:Organization", "vcard:fn": config.contact.unit, **email}


def _distribution(download: Download, config: Config) -> Json:
    address = f"{config.base_url}/data/{download.name}"
    # Portals want media types from the official register.
    kinds = "https://www.iana.org/assignments/media-types/"
    known = not re.match(r"application/x-", download.media_type)
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": _said(f"Semua inovasi ({download.format})"),
        "dct:description": _said(download.use),
        "dct:license": {"@id": config.licence.url},
        "dct:format": {"@type": "dct:MediaTypeOrExtent", "rdfs:label": download.format},
        **({"dcat:mediaType": {"@id": f"{kinds}{download.media_type}"}} if known else {}),
        "dcat:accessURL": {"@id": f"{config.base_url}/data/"},
        "dcat:downloadURL": {"@id": address},
    }


def dataset(catalogue: Catalogue, config: Config) -> Json:
    """The block of schema.org on `/data/`."""
    period = _years(catalogue)
    changed = max((entry.changed for entry in catalogue.innovations if entry.changed), default=None)
    creator = {"@type": "GovernmentOrganization", "name": config.publisher}
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{config.base_url}/data/#inovasi",
        "name": title(config),
        "description": description(catalogue.innovations, config),
        "url": f"{config.base_url}/data/",
        "inLanguage": "id",
        "license": config.licence.url,
        "isAccessibleForFree": True,
        "keywords": list(_KEYWORDS),
        "spatialCoverage": {"@type": "Place", "name": f"{config.region}, {config.province}"},
        **({"temporalCoverage": "/".join(map(str, period))} if period else {}),
        **({"dateModified": str(changed)} if changed else {}),
        **({"creator": creator} if config.publisher else {}),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": download.format,
                "encodingFormat": download.media_type,
                "contentUrl": f"{config.base_url}/data/{download.name}",
            }
            for download in DOWNLOADS
        ],
    }


def _years(catalogue: Catalogue) -> tuple[int, ...]:
    """The first and the last year that a source of some entry is from; () where none is known."""
    years = [entry.documented for entry in catalogue.innovations if entry.documented]
    return (min(years), max(years)) if years else ()
