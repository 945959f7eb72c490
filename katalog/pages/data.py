"""The catalogue as data: one JSON file, its JSON Schema, and the page that explains both."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from katalog.cells import as_csv, to_cell
from katalog.entry_text import plain_entry
from katalog.fields import (
    ChoiceKind,
    DateKind,
    EmailKind,
    Field,
    FlagKind,
    GroupKind,
    ImageKind,
    Kind,
    ListKind,
    NumberKind,
    OptionKind,
    SlugKind,
    TextKind,
    UrlKind,
    YearKind,
)
from katalog.model import Catalogue, Config, File, Innovation, Page, Vocabulary
from katalog.pages.entries import path_of
from katalog.pages.feeds import last_change
from katalog.schema import INNOVATION

Json = dict[str, Any]  # JSON is what it is; nothing of it is read back in.

_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def plan(catalogue: Catalogue, config: Config) -> Iterator[Page | File]:
    """`/data/`, `/data/inovasi.json`, `/data/inovasi.csv`, `/data/skema.json`."""
    entries = [as_json(innovation, config) for innovation in catalogue.innovations]
    document = {
        "judul": f"{config.title} {config.region}",
        "alamat": f"{config.base_url}/",
        "lisensi": {"nama": config.licence.name, "url": config.licence.url},
        "jumlah": len(entries),
        "inovasi": entries,
    }
    yield File(path="data/inovasi.json", content=_dump(document))
    yield File(path="data/inovasi.csv", content=as_csv(as_rows(entries)))
    yield File(path="data/skema.json", content=_dump(json_schema(catalogue.vocabulary, config)))
    yield Page(
        path="data/",
        kind="data",
        title="Data terbuka",
        description="Unduh seluruh isi katalog sebagai tabel (CSV) atau JSON, dengan penjelasan setiap kolomnya.",
        crumbs=(("Beranda", ""),),
        data={"rows": dictionary(INNOVATION)},
        changed=last_change(catalogue.innovations),
        json_ld={
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": f"{config.title} {config.region}",
            "description": config.description,
            "url": f"{config.base_url}/data/",
            "inLanguage": "id",
            "license": config.licence.url,
            "isAccessibleForFree": True,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": "application/json",
                    "contentUrl": f"{config.base_url}/data/inovasi.json",
                },
                {
                    "@type": "DataDownload",
                    "encodingFormat": "text/csv",
                    "contentUrl": f"{config.base_url}/data/inovasi.csv",
                },
            ],
        },
    )


def as_json(innovation: Innovation, config: Config) -> Json:
    """An innovation under its Indonesian keys; what is not known is left out."""
    address = f"{config.base_url}/{path_of(innovation)}"
    return {"slug": innovation.slug, "alamat": address, **plain_entry(innovation), "isi": innovation.body}


def as_rows(entries: Sequence[Json]) -> Iterator[list[str]]:
    """Entries as a table under the keys of the JSON; the slug comes first."""
    yield ["slug", "alamat", *(field.key for field in INNOVATION), "isi"]
    for entry in entries:
        cells = (to_cell(entry.get(field.key), field.kind) for field in INNOVATION)
        yield [entry["slug"], entry["alamat"], *cells, entry["isi"]]


def json_schema(vocabulary: Vocabulary, config: Config) -> Json:
    """One entry of `inovasi.json` as JSON Schema (draft 2020-12), drawn from the table of fields."""
    fields = _object(INNOVATION, vocabulary)
    own = {
        "slug": {"title": "Slug", "description": "Bagian akhir alamat halaman.", **_schema(SlugKind(), vocabulary)},
        "alamat": {"title": "Alamat", "description": "Alamat halaman entri.", **_schema(UrlKind(), vocabulary)},
        "isi": {"title": "Isi", "description": "Uraian entri dalam Markdown.", "type": "string"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{config.base_url}/data/skema.json",
        "title": "Entri inovasi",
        **fields,
        "required": [*own, *fields["required"]],
        "properties": {**own, **fields["properties"]},
    }


def _object(fields: Sequence[Field], vocabulary: Vocabulary) -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [field.key for field in fields if field.required],
        "properties": {
            field.key: {"title": field.label, "description": field.hint, **_schema(field.kind, vocabulary)}
            for field in fields
        },
    }


def _schema(kind: Kind, vocabulary: Vocabulary) -> Json:
    match kind:
        case TextKind():
            return {"type": "string", "minLength": kind.low, "maxLength": kind.high}
        case ChoiceKind():
            return {"type": "string", "enum": [term.name for term in vocabulary.lists[kind.vocabulary]]}
        case OptionKind():
            return {"type": "string", "enum": list(kind.options)}
        case DateKind():
            return {"type": "string", "pattern": _DATE}
        case NumberKind():
            return {"type": "integer", "minimum": kind.low, "maximum": kind.high}
        case YearKind():
            return {"type": "integer", "minimum": 1900}
        case UrlKind():
            return {"type": "string", "format": "uri", "pattern": "^https://" if kind.secure else "^https?://"}
        case SlugKind():
            return {"type": "string", "pattern": _SLUG, "minLength": kind.low, "maxLength": 80}
        case ImageKind():
            return {"type": "string", "pattern": r"\.(jpg|jpeg|png|webp)$"}
        case EmailKind():
            return {"type": "string", "format": "email"}
        case FlagKind():
            return {"type": "boolean"}
        case ListKind():
            return {"type": "array", "maxItems": kind.most, "items": _schema(kind.item, vocabulary)}
        case GroupKind():
            return _object(kind.fields, vocabulary)


def dictionary(fields: Sequence[Field]) -> list[tuple[Field, str]]:
    """Each field with its form in words, for the reference table."""
    return [(field, in_words(field.kind)) for field in fields]


def in_words(kind: Kind) -> str:
    """What may stand in a field, in Indonesian."""
    match kind:
        case TextKind():
            return f"teks, {kind.low} sampai {kind.high} karakter"
        case ChoiceKind():
            return f"satu istilah dari daftar {kind.vocabulary}"
        case OptionKind():
            return f"salah satu: {', '.join(kind.options)}"
        case DateKind():
            return "tanggal: 2021, 2021-04, atau 2021-04-30"
        case NumberKind():
            return f"angka {kind.low} sampai {kind.high}"
        case YearKind():
            return "tahun"
        case UrlKind():
            return "alamat https" if kind.secure else "alamat web"
        case SlugKind():
            return "nama berkas entri, tanpa .md"
        case ImageKind():
            return "nama berkas gambar"
        case EmailKind():
            return "alamat surel"
        case FlagKind():
            return "ya atau tidak"
        case ListKind():
            return f"daftar, paling banyak {kind.most}: {in_words(kind.item)}"
        case GroupKind():
            return "terdiri atas " + ", ".join(
                f"{field.key} ({in_words(field.kind)}{'' if field.required else ', boleh tidak ada'})"
                for field in kind.fields
            )


def _dump(document: Json) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
