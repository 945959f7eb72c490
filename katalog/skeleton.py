"""A name -> the skeleton of an entry, drawn from the table of fields."""

from collections.abc import Sequence

from katalog.fields import Field, GroupKind, Kind, ListKind
from katalog.schema import INNOVATION

# Fields that the office which writes an entry does not fill in.
_EDITORS_ONLY = frozenset({"verifikasi", "disimpulkan", "alias", "ditarik", "terdokumentasi", "ditambahkan"})
_STATUS = "diajukan pengelola"
_SECTIONS = ("Latar belakang", "Rancang bangun", "Cara kerja", "Tujuan", "Manfaat", "Hasil", "Keberlanjutan")


def make_skeleton(name: str) -> str:
    """An entry to fill in: required fields open, the others behind `#`, each with its explanation."""
    rows = [
        "---",
        "# Isi setiap kolom sesudah titik dua. Baris yang diawali # tidak dibaca;",
        "# hapus tanda # di depan kolom yang ingin Anda isi. Yang belum diketahui biarkan saja.",
    ]
    for field in INNOVATION:
        if field.key not in _EDITORS_ONLY:
            rows += ["", f"# {field.label}: {field.hint}", *_rows(field, name)]
    rows += ["---", "", "<!-- Ceritakan dengan kalimat sederhana. Hapus bagian yang tidak diisi. -->", ""]
    for section in _SECTIONS:
        rows += [f"## {section}", ""]
    return "\n".join(rows)


def _rows(field: Field, name: str) -> Sequence[str]:
    if field.key == "nama":
        return [f"nama: {_quoted(name)}"]
    if field.key == "status":
        return [f"status: {_STATUS}"]
    if field.required:
        return [f"# Contoh: {field.example}", f"{field.key}:"]
    return [f"# {row}" for row in _example(field.key, field.kind, field.example)]


def _example(key: str, kind: Kind, example: str) -> Sequence[str]:
    if isinstance(kind, ListKind):
        return [f"{key}:", f"  - {example}"]
    if isinstance(kind, GroupKind):
        return [f"{key}: {example}"]
    return [f"{key}: {example}"]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
