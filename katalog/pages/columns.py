"""The columns of the open data, and an entry under them: what every format is written from.

A column is a field of entries, or one of the three that an entry has besides its head.
"""

from collections.abc import Iterator, Sequence

from katalog.cells import cell_example, to_cell
from katalog.entry_text import Plain, plain_entry
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
from katalog.model import CellValue, Config, Innovation, PartialDate
from katalog.pages.entries import path_of
from katalog.schema import INNOVATION

Entry = dict[str, Plain]

SLUG = Field(
    key="slug",
    name="slug",
    kind=SlugKind(),
    required=True,
    label="Slug",
    hint="Bagian akhir alamat halaman; tidak pernah berubah, jadi cocok sebagai kunci.",
    example="layanan-contoh",
)
ADDRESS = Field(
    key="alamat",
    name="address",
    kind=UrlKind(),
    required=True,
    label="Alamat",
    hint="Alamat halaman entri.",
    example="https://katalog.example/inovasi/layanan-contoh/",
)
BODY = Field(
    key="isi",
    name="body",
    kind=TextKind(low=0, high=50_000),
    required=True,
    may_be_empty=True,
    label="Isi",
    hint="Uraian entri dalam Markdown; boleh kosong.",
    example="Warga menulis pesan, lalu petugas menyiapkan suratnya.",
)
COLUMNS = (SLUG, ADDRESS, *INNOVATION, BODY)

_KINDS = [(column.key, column.kind) for column in COLUMNS]
# Columns that hold numbers and dates, by place and by the attribute of an innovation.
_MEASURED = [
    (place, column.name)
    for place, column in enumerate(COLUMNS)
    if isinstance(column.kind, DateKind | FlagKind | NumberKind | YearKind)
]

_MEASURES = (int, PartialDate)

DICTIONARY = ("kolom", "label", "arti", "bentuk", "wajib", "contoh")


def as_json(innovation: Innovation, config: Config) -> Entry:
    """An innovation under its Indonesian keys; what is not known is left out."""
    address = f"{config.base_url}/{path_of(innovation)}"
    return {"slug": innovation.slug, "alamat": address, **plain_entry(innovation), "isi": innovation.body}


def as_cells(entry: Entry) -> list[str]:
    """An entry as one row of text, "" for what is not known."""
    return [value if type(value := entry.get(key, "")) is str else to_cell(value, kind) for key, kind in _KINDS]


def as_values(innovation: Innovation, row: Sequence[str]) -> list[CellValue]:
    """Its row where numbers and dates may be what they are."""
    cells: list[CellValue] = [*row]
    for place, name in _MEASURED:
        value = getattr(innovation, name)
        if isinstance(value, _MEASURES):
            cells[place] = value
    return cells


def dictionary() -> Iterator[tuple[str, ...]]:
    """What each column means, as a table without its head."""
    for column in COLUMNS:
        required = "ya" if column.required else "tidak"
        yield column.key, column.label, column.hint, in_words(column.kind), required, cell_example(column)


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
            return "huruf kecil, angka, dan tanda hubung"
        case ImageKind():
            return "nama berkas gambar"
        case EmailKind():
            return "alamat surel"
        case FlagKind():
            return "ya atau tidak"
        case ListKind():
            return f"daftar, paling banyak {kind.most}: {in_words(kind.item)}"
        case LanguagesKind():
            return f"untuk tiap bahasa: {in_words(kind.item)}"
        case GroupKind():
            return "terdiri atas " + ", ".join(
                f"{field.key} ({in_words(field.kind)}{'' if field.required else ', boleh tidak ada'})"
                for field in kind.fields
            )
