"""A name -> the skeleton of an entry, drawn from the table of fields."""

from collections.abc import Sequence

from katalog.entry_text import head_text, join_entry
from katalog.fields import Field, ListKind
from katalog.schema import INNOVATION, SECTIONS

# Fields that the office which writes an entry does not fill in.
_EDITORS_ONLY = frozenset({"verifikasi", "disimpulkan", "alias", "ditarik", "terdokumentasi", "ditambahkan"})
# What an office writes itself has this status until it is checked.
STATUS = "diajukan pengelola"


def make_skeleton(name: str) -> str:
    """An entry to fill in: required fields open, the others behind `#`, each with its explanation."""
    rows = [
        "# Isi setiap kolom sesudah titik dua. Baris yang diawali # tidak dibaca;",
        "# hapus tanda # di depan kolom yang ingin Anda isi. Yang belum diketahui biarkan saja.",
    ]
    for field in INNOVATION:
        if field.key not in _EDITORS_ONLY:
            rows += ["", f"# {field.label}: {field.hint}", *_rows(field, name)]
    body = ["<!-- Ceritakan dengan kalimat sederhana. Hapus bagian yang tidak diisi. -->"]
    body += [f"## {section.heading}" for section in SECTIONS]
    return join_entry("\n".join([*rows, ""]), "\n\n".join(body))


def _rows(field: Field, name: str) -> Sequence[str]:
    if field.key == "nama":
        return [head_text({"nama": name}).rstrip("\n")]
    if field.key == "status":
        return [f"status: {STATUS}"]
    if field.required:
        return [f"# Contoh: {field.example}", f"{field.key}:"]
    if isinstance(field.kind, ListKind):
        return [f"# {field.key}:", f"#   - {field.example}"]
    return [f"# {field.key}: {field.example}"]
