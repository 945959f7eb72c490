"""The table of fields -> JSON Schema: of an entry, and of the answers of the API."""

from collections.abc import Mapping, Sequence
from typing import Any

from katalog.fields import (
    ChoiceKind,
    DateKind,
    EmailKind,
    Field,
    FlagKind,
    GroupKind,
    ImageKind,
    Kind,
    LanguagesKind,
    ListKind,
    NumberKind,
    OptionKind,
    SlugKind,
    TextKind,
    UrlKind,
    YearKind,
)
from katalog.model import Config, Vocabulary
from katalog.pages.columns import ADDRESS, COLUMNS, SLUG
from katalog.schema import INNOVATION, TERM, WITHDRAWAL

Json = dict[str, Any]  # JSON is what it is; nothing of it is read back in.

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DATE_PATTERN = r"^\d{4}(-\d{2}(-\d{2})?)?$"
SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

# What a program may build on; limits and words of vocabularies may change within a version.
_LASTING = ("type", "properties", "required", "items", "pattern")


def entry_schema(vocabulary: Vocabulary, config: Config) -> Json:
    """One entry of `inovasi.json`, as strict as the checks are."""
    head = {"$schema": DIALECT, "$id": f"{config.base_url}/data/skema.json", "title": "Entri inovasi"}
    return head | _object(COLUMNS, vocabulary)


def answer_schemas(config: Config) -> dict[str, Json]:
    """The answers of the API by name: what they will hold for as long as the version lasts, open to additions."""
    text, count, address = {"type": "string"}, {"type": "integer"}, {"type": "string", "pattern": "^https?://"}
    fields = {field.key: _lasting(_schema(field.kind, None)) for field in (SLUG, ADDRESS, *INNOVATION)}
    terms = {field.key: _lasting(_schema(field.kind, None)) for field in TERM}
    source = {
        "versi": count,
        "alamat": address,
        "lisensi": _record({"nama": text, "url": address}, ()),
    }
    brief = _record(
        {
            **{key: fields[key] for key in ("slug", "nama", "ringkasan", "alamat")},
            "api": address,
            "urusan_utama": text,
            **{key: fields[key] for key in ("pengelola", "status", "terdokumentasi")},
        },
        ("urusan_utama", "terdokumentasi"),
    )
    term = _record(
        {
            **{key: terms[key] for key in ("nama", "slug", "uraian", "kelompok", "nama_pendek", "kontak")},
            "jumlah": count,
            "alamat": address,
        },
        ("kelompok", "nama_pendek", "kontak", "alamat"),
    )
    lists = _record({"daftar": text, "banyak_istilah": count, "api": address}, ())
    shapes = {
        "inovasi": _record({**source, "jumlah": count, "inovasi": _many(brief)}, ()),
        "entri": _lasting(_object(COLUMNS, None)),
        "ditarik": _record(
            {"slug": fields["slug"], "alamat": fields["alamat"], "ditarik": _lasting(_object(WITHDRAWAL, None))}, ()
        ),
        "istilah": _record({**source, "daftar": _many(lists)}, ()),
        "daftar": _record({**source, "daftar": text, "istilah": _many(term), "belum_diketahui": count}, ()),
    }
    return {
        name: {"$schema": DIALECT, "$id": f"{config.base_url}/api/v1/skema/{name}.json", **shape}
        for name, shape in shapes.items()
    }


def _record(properties: Mapping[str, Json], optional: Sequence[str]) -> Json:
    required = [key for key in properties if key not in optional]
    return {"type": "object", "required": required, "properties": dict(properties)}


def _many(items: Json) -> Json:
    return {"type": "array", "items": items}


def _lasting(schema: Json) -> Json:
    """A schema without what may change: limits, words, explanations."""
    kept = {key: value for key, value in schema.items() if key in _LASTING}
    if "properties" in kept:
        kept["properties"] = {key: _lasting(part) for key, part in kept["properties"].items()}
    if "items" in kept:
        kept["items"] = _lasting(kept["items"])
    return kept


def _object(fields: Sequence[Field], vocabulary: Vocabulary | None) -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [field.key for field in fields if field.required],
        "properties": {
            field.key: {"title": field.label, "description": field.hint, **_schema(field.kind, vocabulary)}
            for field in fields
        },
    }


def _schema(kind: Kind, vocabulary: Vocabulary | None) -> Json:
    """A kind of field; without a vocabulary its words are left open."""
    match kind:
        case TextKind():
            return {"type": "string", "minLength": kind.low, "maxLength": kind.high}
        case ChoiceKind():
            words = [term.name for term in vocabulary.lists[kind.vocabulary]] if vocabulary else []
            return {"type": "string", **({"enum": words} if words else {})}
        case OptionKind():
            return {"type": "string", "enum": list(kind.options)}
        case DateKind():
            return {"type": "string", "pattern": DATE_PATTERN}
        case NumberKind():
            return {"type": "integer", "minimum": kind.low, "maximum": kind.high}
        case YearKind():
            return {"type": "integer", "minimum": 1900}
        case UrlKind():
            return {"type": "string", "format": "uri", "pattern": "^https://" if kind.secure else "^https?://"}
        case SlugKind():
            return {"type": "string", "pattern": SLUG_PATTERN, "minLength": kind.low, "maxLength": 80}
        case ImageKind():
            return {"type": "string", "pattern": r"\.(jpg|jpeg|png|webp)$"}
        case EmailKind():
            return {"type": "string", "format": "email"}
        case FlagKind():
            return {"type": "boolean"}
        case ListKind():
            return {"type": "array", "maxItems": kind.most, "items": _schema(kind.item, vocabulary)}
        case LanguagesKind():
            return {"type": "object", "additionalProperties": _schema(kind.item, vocabulary)}
        case GroupKind():
            return _object(kind.fields, vocabulary)
