"""The catalogue as data: every format of all entries, what describes them, and the page that explains it all."""

import io
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from katalog.cells import as_csv
from katalog.fields import DateKind, GroupKind, Kind, ListKind, TextKind, YearKind
from katalog.json_text import compact, indented
from katalog.model import AsWorkbook, Catalogue, CellValue, Config, Deferred, Innovation, Page, Sheet
from katalog.pages import descriptors
from katalog.pages.api import ROOT
from katalog.pages.columns import COLUMNS, DICTIONARY, as_cells, as_json, as_values, dictionary
from katalog.pages.feeds import last_change
from katalog.pages.shapes import entry_schema

_HEAD = [column.key for column in COLUMNS]


def downloads(innovations: Sequence[Innovation], config: Config, as_workbook: AsWorkbook) -> tuple[Deferred, ...]:
    """The whole catalogue in each format, the quickest first; they share what they have in common."""

    @cache
    def texts() -> tuple[bytes, list[list[str]]]:
        """Each entry as a line of JSON and as a row of cells; the entry itself need not be kept for that."""
        lines, rows = io.BytesIO(), []
        for innovation in innovations:
            entry = as_json(innovation, config)
            lines.write(compact(entry) + b"\n")
            rows.append(as_cells(entry))
        return lines.getvalue(), rows

    files: dict[str, Callable[[], bytes]] = {
        "inovasi.jsonl": lambda: texts()[0],
        "inovasi.json": lambda: _document(texts()[0], len(innovations), config),
        "inovasi.csv": lambda: as_csv([_HEAD, *texts()[1]]),
        "inovasi.xlsx": lambda: as_workbook(descriptors.title(config), _sheets(innovations, texts()[1], config)),
    }
    return tuple(
        Deferred(path=f"data/{name}", make=make, of=(innovations, config), large=True) for name, make in files.items()
    )


def plan(catalogue: Catalogue, config: Config) -> Iterator[Page | Deferred]:
    """`/data/`, and what describes the files that can be downloaded there."""
    files: dict[str, Callable[[], bytes]] = {
        "kamus.csv": lambda: as_csv([DICTIONARY, *dictionary()]),
        "skema.json": lambda: indented(entry_schema(catalogue.vocabulary, config)),
        "datapackage.json": lambda: indented(descriptors.data_package(catalogue, config)),
        "dcat.jsonld": lambda: indented(descriptors.dcat(catalogue, config)),
    }
    for name, make in files.items():
        yield Deferred(path=f"data/{name}", make=make, of=(catalogue, config))
    yield Page(
        path="data/",
        kind="data",
        title="Data terbuka",
        description="Unduh seluruh isi katalog untuk Excel, sebagai CSV atau JSON, dengan penjelasan setiap kolomnya.",
        crumbs=(("Beranda", ""),),
        data={
            "rows": [dict(zip(DICTIONARY, row, strict=True)) for row in dictionary()],
            "downloads": descriptors.DOWNLOADS,
            "api": f"{config.base_url}/{ROOT}",
            "home": f"{config.base_url}/data/",
        },
        changed=last_change(catalogue.innovations),
        json_ld=descriptors.dataset(catalogue, config),
    )


def _document(lines: bytes, count: int, config: Config) -> bytes:
    """One document of all entries, each of which is JSON already and stands on a line of its own."""
    head = {
        "judul": descriptors.title(config),
        "alamat": f"{config.base_url}/",
        "lisensi": {"nama": config.licence.name, "url": config.licence.url},
        "jumlah": count,
    }
    opening = indented(head).removesuffix(b"\n}\n")
    # Within a line of JSON every line break is written as two characters.
    entries = lines.removesuffix(b"\n").replace(b"\n", b",\n")
    return b"".join((opening, b',\n "inovasi": [\n', entries, b"\n ]\n}\n"))


def _sheets(innovations: Sequence[Innovation], cells: Sequence[Sequence[str]], config: Config) -> tuple[Sheet, ...]:
    def rows() -> Iterator[Sequence[CellValue]]:
        yield _HEAD
        yield from map(as_values, innovations, cells)

    return (
        Sheet(name="Inovasi", rows=rows, widths=tuple(_width(column.kind) for column in COLUMNS), filtered=True),
        Sheet(name="Kamus", rows=lambda: [DICTIONARY, *dictionary()], widths=(20, 24, 60, 60, 8, 40), filtered=True),
        Sheet(name="Tentang", rows=lambda: _about(innovations, config), widths=(24, 100)),
    )


def _width(kind: Kind) -> int:
    match kind:
        case DateKind() | YearKind():
            return 14
        case TextKind() if kind.high > 120:
            return 60
        case ListKind() | GroupKind():
            return 40
        case _:
            return 24


def _about(innovations: Sequence[Innovation], config: Config) -> list[tuple[str, str]]:
    """What somebody who was sent the workbook alone must know."""
    return [
        ("Tentang berkas ini", descriptors.title(config)),
        ("Isi", descriptors.description(innovations, config)),
        ("Alamat", f"{config.base_url}/data/"),
        ("Lisensi", f"{config.licence.name}: {config.licence.url}"),
        *([("Penerbit", config.publisher)] if config.publisher else []),
        ("Sel kosong", "Belum diketahui. Bukan nol, dan bukan berarti tidak ada."),
        (
            "Tanggal",
            (
                "Tanggal lengkap tersimpan sebagai tanggal; bila hanya tahun atau bulannya diketahui, sebagai teks."
                " Bila Anda mengetik tanggal yang tidak lengkap, awali dengan tanda petik, misalnya '2021-05: tanpa itu"
                " Excel menjadikannya tanggal lengkap."
            ),
        ),
        (
            "Beberapa nilai",
            "Satu nilai satu baris di dalam sel. Bagian sebuah nilai dipisah tanda |, urutannya di Kamus.",
        ),
        ("Isi yang panjang", "Bila tidak muat di satu sel, isinya berlanjut di kolom `lanjutan` di sebelah kanannya."),
    ]
