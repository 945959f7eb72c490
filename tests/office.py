"""A workbook as an office keeps it: for tests of the import, with every habit that makes tables hard to read."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

CAPTIONS = (
    "No.",
    "Nama Inovasi Daerah *)",
    "Ringkasan ",
    "Kelompok",
    "OPD Pelaksana",
    "Jenis Inovasi",
    "Urusan\nPemerintahan",
    "Tahapan Inovasi",
    "Waktu Uji Coba",
    "Waktu Penerapan",
    "Rancang Bangun dan Pokok Perubahan yang Dilakukan",
    "Tujuan Inovasi",
    "Manfaat Yang Diperoleh",
    "Hasil Inovasi",
    "Anggaran",
)
# Where the captions stand: below a merged title and a blank row.
CAPTION_ROW = 4
SUMMARY = "Warga mendapat layanan {} di kantor terdekat tanpa perlu datang ke ibu kota kabupaten."


def make_workbook(path: Path) -> None:
    """Twenty rows; see `EXPECTED` in test_tabular for what must become of each."""
    book = Workbook(path)
    sheet = book.add_worksheet("Inovasi 2023")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    month = book.add_format({"num_format": "mmm-yy"})
    title = book.add_format({"bold": True, "align": "center"})
    sheet.merge_range(0, 0, 0, len(CAPTIONS) - 1, "REKAPITULASI INOVASI DAERAH", title)
    sheet.merge_range(1, 0, 1, len(CAPTIONS) - 1, "KABUPATEN CONTOH TAHUN 2023", title)
    sheet.write_row(CAPTION_ROW - 1, 0, CAPTIONS)
    sheet.write_row(CAPTION_ROW, 0, [f"({number})" for number in range(1, len(CAPTIONS) + 1)])

    def real(value: date, how: Any = day) -> Callable[[int, int], object]:
        return lambda row, column: sheet.write_datetime(row, column, value, how)

    def formula(words: str, value: str) -> Callable[[int, int], object]:
        return lambda row, column: sheet.write_formula(row, column, words, None, value)

    rows = _rows(real, formula, month)
    place = CAPTION_ROW + 1
    for number, row in enumerate(rows, 1):
        place += 2 if number in {4, 11} else 1  # an office leaves blank rows
        for column, value in enumerate((number, *row)):
            if callable(value):
                value(place - 1, column)
            elif value is not None:
                sheet.write(place - 1, column, value)
    sheet.write(place + 1, 0, "Jumlah: 20 inovasi")
    sheet.write(place + 3, 12, "Kepala Bagian Organisasi")
    book.add_worksheet("Petunjuk").write(0, 0, "Isi lembar pertama.")
    hidden = book.add_worksheet("Pilihan")
    hidden.write_column(0, 0, ["Digital", "Non Digital"])
    hidden.hide()
    book.close()


def _rows(real: Any, formula: Any, month: Any) -> list[tuple[object, ...]]:
    def row(name: object, *others: object, **changes: object) -> tuple[object, ...]:
        keys = ("ringkasan", "kelompok", "opd", "jenis", "urusan", "tahapan", "uji_coba", "penerapan")
        plain = dict(zip(keys, (SUMMARY.format(str(name).strip().lower()), *_COMMON), strict=True))
        return (name, *{**plain, **changes}.values(), *others)

    return [
        row("Antar Obat", "Kurir mengantar obat.", "Obat sampai.", "Warga hemat.", "Sudah 20 desa.", "Rp 20 juta"),
        row("Buku Keliling", penerapan="12 Mei 2023"),
        row("Cepat Tanggap", penerapan="12/05/2023"),
        row("Dapur Sehat", penerapan="2023", uji_coba=2022),
        row("  Edukasi Gizi \xa0", kelompok="Perangkat Daerah ", opd=" dinkes", jenis="NON DIGITAL  "),
        row("Forum Anak", opd="DINAS KESEHATAN  CONTOH"),
        row("Gerai Desa", kelompok="Desa", opd="pemerintah desa contoh", penerapan=2021.0),
        row("Halo Bidan", penerapan=real(date(2023, 5, 1), month)),
        row("Ibu Siaga", urusan="Kesehatan, Pertanian"),
        row("Jaga Sumur", urusan="1. Pertanian\n2. Kesehatan"),
        row("Kelas Lansia", urusan="-", tahapan="-", uji_coba="-", penerapan=None),
        row("Lapor Warga", "Pokok perubahan:\n\n- satu\n- dua\n", None, "   Cepat.", penerapan=" Mei 2023 "),
        row(
            formula('=UPPER("mobil baca")', "MOBIL BACA"),
            ringkasan=SUMMARY.format("mobil baca"),
            penerapan=real(date(2020, 12, 31)),
        ),
        row("Nada Desa", opd="Dinas Kesehatn Contoh"),
        row("Obat Gratis", penerapan="31/02/2023"),
        row("Posyandu Plus", penerapan=real(date(2031, 1, 1))),
        row("Quiz Gizi", ringkasan="Kuis gizi."),
        row("Rumah Sehat", opd=formula("=VLOOKUP(A1,Opd!A:B,2)", "")),
        row("antar obat "),
        row(None),
    ]


_COMMON = ("perangkat daerah", "Dinas Kesehatan Contoh", "digital", "Kesehatan", "Penerapan", None, "2022-03-01")
