"""Tables of offices and entries: the done-lines of import and export."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

import build
from katalog.entry_text import Plain, entry_text
from katalog.problems import Code, Severity, mistakes
from katalog.schema import INNOVATION
from katalog.sheets import as_table
from katalog.tabular import as_rows
from katalog.tabular.body import body_cells
from katalog.tabular.columns import COLUMNS, keys_by_caption, normal
from tests.conftest import (
    CASES,
    FROZEN,
    TODAY,
    Imported,
    build_project,
    import_table,
    make_project,
    write_changes,
)
from tests.office import CAPTION_ROW, make_workbook

ENTRIES = Path("content") / "innovations"
SUMMARY = "Warga desa menggali sumur bersama dan merawatnya bergiliran setiap bulan."

# An entry that fills every field, with the marks that mean something on the way to a table and back.
EVERY: dict[str, Plain] = {
    "nama": "=SEMUA | KOLOM; 'dan' \\ tanda",
    "kepanjangan": "- Kepanjangan: dengan # tanda",
    "ringkasan": "Entri ini mengisi semua kolom, dengan tanda baca yang sulit: titik dua, 'kutip', dan lainnya.",
    "ringkasan_en": "This entry fills every column and holds marks that mean something: colons, 'quotes'.",
    "kelompok": "perangkat daerah",
    "pengelola": "Dinas Kesehatan Contoh",
    "mitra": ["PT Satu, Tbk", "- Dua; Tiga", "1. Empat | Lima", "Enam \\ Tujuh \\; akhir \\"],
    "inisiator": "masyarakat",
    "bentuk": "pelayanan publik",
    "jenis": "non digital",
    "urusan": ["Pertanian", "Kesehatan"],
    "tahapan": "penerapan",
    "uji_coba": "2018",
    "penerapan": "2019-02",
    "pengembangan": "2020-03-04",
    "terdokumentasi": "2020",
    "keberlanjutan": "berlanjut",
    "kecamatan": ["Contoh Hilir", "Contoh Hulu"],
    "status": "terverifikasi",
    "verifikasi": {"tanggal": "2021-02-03", "unit": "Bagian | Satu", "tautan": "https://kantor.example/a;b"},
    "disimpulkan": ["jenis", "penerapan"],
    "bagian_dari": "kopi-sehat",
    "kata_kunci": ["kata satu", "kata, dua"],
    "penghargaan": [{"nama": "Juara 1; 2 | 3", "pemberi": "Panitia"}, {"nama": "2. Piagam", "tahun": "2020"}],
    "foto": "semua.jpg",
    "foto_alt": "Petugas berdiri di depan sumur desa.",
    "foto_kredit": "@kantor",
    "video": "https://video.example/a?b=1&c=2",
    "situs": "https://layanan.example/a-b",
    "kontak": {"unit": "Bidang \\ Satu", "telepon": "+62 700 111", "surel": "nama@kantor.example"},
    "alias": ["nama-lama", "nama-lebih-lama"],
    "ditarik": {"tanggal": "2021-05", "alasan": "Sama dengan entri lain; lihat | sana."},
    "sumber": [
        {"judul": "Judul | satu; dua", "penerbit": "- x", "url": "https://media.example/1"},
        {
            "judul": "1) Judul",
            "penerbit": "Media",
            "tanggal": "2020-01",
            "url": "https://media.example/2",
            "arsip": "https://arsip.example/2",
            "judul_dari_alamat": "ya",
        },
    ],
    "ditambahkan": "2021-01-02",
    "diperbarui": "2021-06-07",
    "catatan_perubahan": [{"tanggal": "2021-06-07", "catatan": "Menambah: semua | kolom."}],
}
BODY = """- Butir pertama.[^1]
- =Butir kedua.

## Keikutsertaan

Judul di luar profil resmi.

## cara kerja

```
## bukan judul
```

| a | b |
|---|--:|
| 1 | 2 |

## Tujuan
Tanpa baris kosong.


## Tujuan

Dua kali.

## Hasil"""


def _entry(root: Path, slug: str, values: dict[str, Plain], body: str = "") -> Path:
    path = root / ENTRIES / f"{slug}.md"
    path.write_text(entry_text(values, body), encoding="utf-8", newline="\n")
    return path


def _well() -> dict[str, Plain]:
    return {
        "nama": "Sumur Desa",
        "ringkasan": SUMMARY,
        "kelompok": "desa",
        "pengelola": "Pemerintah Desa Contoh",
        "penerapan": "2018",
        "status": "diajukan pengelola",
        "situs": "https://sumur.example",
    }


def _table(root: Path, rows: list[list[str]], name: str = "tabel.csv") -> Path:
    """A CSV file as an office writes it: without the guards of ours."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    path = root / name
    path.write_bytes(buffer.getvalue().encode())
    return path


def _export(root: Path, name: str) -> Path:
    entries, problems = build.read_entries(root, TODAY)
    assert entries is not None
    assert mistakes(problems) == ()
    content, unfit = as_table(as_rows(entries.innovations), Path(name), name)
    assert unfit == ()
    (root / name).write_bytes(content)
    return root / name


def _told(imported: Imported) -> list[tuple[str, Code]]:
    return [(problem.place.cell, problem.code) for problem in imported.problems]


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """The base region with one entry."""
    root = make_project(tmp_path / "proyek")
    _entry(root, "sumur-desa", _well(), "Sumur digali bersama.\n\n## Hasil\n\nAir bersih.")
    return root


@pytest.fixture
def rich(project: Path) -> Path:
    """The small case with an entry that fills every field."""
    (project / "content" / "images").mkdir()
    Image.new("RGB", (1200, 800), "teal").save(project / "content" / "images" / "semua.jpg")
    _entry(project, "semua-kolom", EVERY, BODY)
    assert build_project(project).outcome.problems == ()
    return project


# --- a messy workbook ---


def test_a_messy_workbook_of_twenty_rows_gives_right_files_or_named_cells(tmp_path: Path) -> None:
    """Merged titles, blank rows, mixed dates, trailing blanks, two spellings of one agency, numbers as text."""
    root = make_project(tmp_path / "proyek")
    make_workbook(root / "usulan.xlsx")

    imported = import_table(root, root / "usulan.xlsx")

    expected = {
        "antar-obat": "2022-03-01",
        "buku-keliling": "2023-05-12",
        "dapur-sehat": "2023",
        "edukasi-gizi": "2022-03-01",
        "forum-anak": "2022-03-01",
        "gerai-desa": "2021",
        "halo-bidan": "2023-05",
        "ibu-siaga": "2022-03-01",
        "jaga-sumur": "2022-03-01",
        "kelas-lansia": None,
        "lapor-warga": "2023-05",
        "mobil-baca": "2020-12-31",
    }
    named = [(place, code) for place, code in _told(imported) if int(place[1:] or 0) > CAPTION_ROW]
    wrong = [(problem.place.cell, problem.code) for problem in mistakes(imported.problems)]
    assert {slug for slug, state in imported.states().items() if state == "baru"} == expected.keys()
    assert wrong == [
        # 12/05/2023: which of the two is the month?
        ("J8", Code.DATE),
        ("E21", Code.CHOICE),
        ("J22", Code.DATE),
        ("J23", Code.FUTURE),
        ("C24", Code.LENGTH),
        ("E25", Code.FORMULA),
        ("B26", Code.CLASH),
        ("B27", Code.MISSING),
        # The signature below the table stands in a column of ours.
        ("B31", Code.MISSING),
    ]
    assert [told for told in named if told not in wrong] == [("E11", Code.OTHER_SPELLING)]
    assert len(expected) + len(wrong) - 1 == 20

    write_changes(root, imported.changes)
    assert build_project(root).outcome.problems == ()
    entries, _ = build.read_entries(root, TODAY)
    assert entries is not None
    by_slug = {innovation.slug: innovation for innovation in entries.innovations}
    launches = {slug: str(entry.launch) if entry.launch else None for slug, entry in by_slug.items()}
    assert launches == expected
    assert {entry.manager.name for entry in entries.innovations} == {"Dinas Kesehatan Contoh", "Pemerintah Desa Contoh"}
    assert {entry.status.name for entry in entries.innovations} == {"diajukan pengelola"}
    assert [term.name for term in by_slug["jaga-sumur"].affairs] == ["Pertanian", "Kesehatan"]
    assert str(by_slug["dapur-sehat"].trial) == "2022"
    assert by_slug["kelas-lansia"].affairs == ()
    assert by_slug["antar-obat"].body == (
        "## Rancang bangun\n\nKurir mengantar obat.\n\n## Tujuan\n\nObat sampai.\n\n"
        "## Manfaat\n\nWarga hemat.\n\n## Hasil\n\nSudah 20 desa."
    )
    assert by_slug["lapor-warga"].body == (
        "## Rancang bangun\n\nPokok perubahan:\n\n- satu\n- dua\n\n## Manfaat\n\nCepat."
    )


def test_importing_the_same_table_again_changes_nothing(tmp_path: Path) -> None:
    """So a clerk mends the cells that were told, and runs it once more."""
    root = make_project(tmp_path / "proyek")
    make_workbook(root / "usulan.xlsx")
    write_changes(root, import_table(root, root / "usulan.xlsx").changes)

    again = import_table(root, root / "usulan.xlsx", update=True)

    assert set(again.states().values()) == {"sama", "keliru"}
    # What was doubtful stands in the entry now; empty cells keep what there is.
    assert {problem.code for problem in again.problems if problem.severity is Severity.NOTE} == {
        Code.COLUMN,
        Code.TABLE,
    }


# --- there and back ---


@pytest.mark.parametrize("name", ["semua.csv", "semua.xlsx"])
@pytest.mark.parametrize("source", [FROZEN, CASES / "good" / "kecil", CASES / "good" / "berkas-dari-word"])
def test_an_import_of_an_export_changes_nothing(source: Path, name: str, tmp_path: Path) -> None:
    """Every entry, whatever its own layout; nothing is told, and nothing would be written."""
    root = make_project(tmp_path / "proyek", source)
    file = _export(root, name)

    imported = import_table(root, file, update=True)

    assert len(imported.changes) == len(list((root / ENTRIES).iterdir()))
    assert set(imported.states().values()) == {"sama"}
    assert imported.problems == ()


@pytest.mark.parametrize("name", ["semua.csv", "semua.xlsx"])
def test_an_export_holds_everything(rich: Path, name: str) -> None:
    """Imported into an empty catalogue it gives the same entries, and from them the same export."""
    file = _export(rich, name)
    before = file.read_bytes()
    entries, _ = build.read_entries(rich, TODAY)
    same = import_table(rich, file, update=True)
    assert (set(same.states().values()), same.problems) == ({"sama"}, ())
    shutil.rmtree(rich / ENTRIES)

    imported = import_table(rich, file)
    write_changes(rich, imported.changes)

    assert set(imported.states().values()) == {"baru"}
    again, problems = build.read_entries(rich, TODAY)
    assert entries is not None
    assert again is not None
    assert problems == ()
    plain = [{field.key: getattr(entry, field.name) for field in INNOVATION} for entry in entries.innovations]
    assert plain == [{field.key: getattr(entry, field.name) for field in INNOVATION} for entry in again.innovations]
    assert [body_cells(entry.body) for entry in again.innovations] == [
        body_cells(entry.body) for entry in entries.innovations
    ]
    assert _export(rich, name).read_bytes() == before


def test_every_field_is_exported() -> None:
    """The test above proves nothing for a field that it leaves empty."""
    assert list(EVERY) == [field.key for field in INNOVATION]
    assert {key for key, value in body_cells(BODY).items() if value} == {"isi", "bagian_cara_kerja", "bagian_tujuan"}


def test_an_export_does_not_depend_on_when_it_is_made(rich: Path) -> None:
    """The same entries, the same bytes."""
    assert _export(rich, "a.xlsx").read_bytes() == _export(rich, "b.xlsx").read_bytes()


def test_the_published_table_can_be_imported(rich: Path) -> None:
    """It holds the same cells under the bare keys, and the body as a whole."""
    site = build_project(rich)
    (rich / "inovasi.csv").write_bytes(site.files["data/inovasi.csv"])

    imported = import_table(rich, rich / "inovasi.csv", update=True)

    assert set(imported.states().values()) == {"sama"}
    assert [(problem.place.cell, problem.code) for problem in imported.problems] == [("B1", Code.COLUMN)]


# --- rows and the entries that there are ---


def test_nothing_is_replaced_unasked(village: Path) -> None:
    """A row whose entry differs is told, with what differs."""
    file = _table(village, [["Nama inovasi", "Waktu penerapan"], ["Sumur Desa", "2019"]])

    imported = import_table(village, file)

    assert imported.states() == {"sumur-desa": "dibiarkan"}
    assert imported.changes[0].content == ""
    assert _told(imported) == [("A2", Code.PRESENT)]
    assert "`penerapan`" in imported.problems[0].message


def test_an_update_changes_what_the_row_says_and_nothing_else(village: Path) -> None:
    """Values that the table does not mention stay, and so does the layout."""
    path = village / ENTRIES / "sumur-desa.md"
    before = path.read_text(encoding="utf-8")
    file = _table(village, [["Nama inovasi", "Waktu penerapan", "Tujuan"], ["sumur  desa", "2019", "Air untuk semua."]])

    imported = import_table(village, file, update=True)

    assert imported.states() == {"sumur-desa": "diubah"}
    assert imported.changes[0].keys == ("nama", "penerapan", "isi")
    expected = before.replace("nama: Sumur Desa", "nama: sumur desa").replace("penerapan: 2018", "penerapan: 2019")
    assert imported.content("sumur-desa") == expected.replace("## Hasil", "## Tujuan\n\nAir untuk semua.\n\n## Hasil")


def test_an_empty_cell_deletes_nothing(village: Path) -> None:
    """An office's gap is no wish to delete; that it stays is told."""
    file = _table(village, [["Nama inovasi", "Alamat situs", "Hasil", "Tujuan"], ["Sumur Desa", "-", "", ""]])

    imported = import_table(village, file, update=True)

    assert imported.states() == {"sumur-desa": "sama"}
    assert _told(imported) == [("A2", Code.EMPTY)]
    assert "`situs`, `bagian_hasil`" in imported.problems[0].message


@pytest.mark.parametrize(
    ("captions", "row"),
    [
        (["Nama berkas", "Nama inovasi"], ["sumur-desa.md", "Sumur Desa"]),
        (["Nama berkas", "Nama inovasi"], ["sumur-lama", "Sumur Desa"]),
        (["Nama inovasi", "Tahapan"], ["SUMUR  desa", ""]),
        (["Nama inovasi", "Tahapan"], ["Sumur Lama", ""]),
    ],
)
def test_a_row_finds_its_entry(village: Path, captions: list[str], row: list[str]) -> None:
    """By file name, former file name, or name; it never makes a second one."""
    _entry(village, "sumur-desa", {**_well(), "alias": ["sumur-lama"]})

    imported = import_table(village, _table(village, [captions, row]), update=True)

    assert set(imported.states()) == {"sumur-desa"}


def test_a_row_finds_an_entry_whose_file_bears_another_name(village: Path) -> None:
    """The name that people see counts; what is wrong with other entries is told elsewhere."""
    for slug in ("air-bersih", "air-kembar"):
        _entry(village, slug, {**_well(), "nama": slug.replace("air", "Mata Air"), "ringkasan": f"{SUMMARY} Air."})

    rows = [["Nama inovasi", "Ringkasan", "Tahapan"], ["mata air-kembar", f"{SUMMARY} Air.", "penerapan"]]
    file = _table(village, rows)
    imported = import_table(village, file, update=True)

    assert imported.states() == {"air-kembar": "diubah"}
    assert imported.problems == ()


def test_a_name_that_two_entries_bear_is_doubtful(village: Path) -> None:
    """The row must say which."""
    for slug in ("sumur-satu", "sumur-dua"):
        _entry(village, slug, {**_well(), "nama": "Sumur Kembar", "ringkasan": f"{SUMMARY} {slug}"})

    imported = import_table(village, _table(village, [["Nama inovasi", "Tahapan"], ["Sumur Kembar", "penerapan"]]))

    assert imported.changes == ()
    assert _told(imported) == [("A2", Code.DOUBTFUL)]


def test_a_row_that_clashes_with_another_entry_is_not_written(village: Path) -> None:
    """The rules for entries side by side hold for rows."""
    rows = [
        ["Nama inovasi", "Ringkasan", "Kelompok", "OPD", "Bagian dari"],
        ["Lain", SUMMARY, "desa", "Dinkes", ""],
        ["Anak", f"{SUMMARY} Lagi.", "desa", "Dinkes", "tidak-ada"],
    ]

    imported = import_table(village, _table(village, rows))

    assert imported.states() == {"lain": "keliru", "anak": "keliru"}
    codes = {problem.code for problem in mistakes(imported.problems)}
    assert codes == {Code.SAME_TEXT, Code.PART_OF}


def test_an_entry_with_a_fault_must_be_mended_first(village: Path) -> None:
    """A row is not laid over what could not be read."""
    (village / ENTRIES / "sumur-desa.md").write_text("tanpa kepala\n", encoding="utf-8")
    rows = [["Nama inovasi", "Ringkasan", "Kelompok", "OPD"], ["Sumur Desa", SUMMARY, "desa", "Dinkes"]]

    imported = import_table(village, _table(village, rows), update=True)

    assert imported.states() == {"sumur-desa": "keliru"}
    assert Code.NO_HEAD in {problem.code for problem in imported.problems}


def test_a_missing_column_is_told_once(village: Path) -> None:
    """Not once a row; entries that there are do without."""
    rows = [["Nama inovasi", "Tahapan"], ["Satu", ""], ["Dua Tiga", ""], ["Sumur Desa", "uji coba"]]

    imported = import_table(village, _table(village, rows), update=True)

    assert imported.states() == {"satu": "keliru", "dua-tiga": "keliru", "sumur-desa": "diubah"}
    assert _told(imported) == [("A1", Code.MISSING)] * 3
    assert "`Ringkasan`" in imported.problems[2].message


def test_a_name_that_makes_no_address_is_told(village: Path) -> None:
    """At its row; and a file name cannot lead out of the folder."""
    rows = [
        ["Nama berkas", "Nama inovasi", "Ringkasan", "Kelompok", "OPD"],
        ["../../jahat", "Jahat", SUMMARY, "desa", "Dinkes"],
        ["", "日本", f"{SUMMARY} Lagi.", "desa", "Dinkes"],
    ]

    imported = import_table(village, _table(village, rows))

    assert {change.content for change in imported.changes} == {""}
    assert [told for told in _told(imported) if told[1] is Code.FILE_NAME] == [
        ("B2", Code.FILE_NAME),
        ("B3", Code.FILE_NAME),
    ]


def test_rows_from_several_sheets_are_one_import(tmp_path: Path) -> None:
    """An innovation that stands on two sheets is told with both places."""
    root = make_project(tmp_path / "proyek")
    make_workbook(root / "usulan.xlsx")

    clash = next(problem for problem in import_table(root, root / "usulan.xlsx").problems if problem.code is Code.CLASH)

    assert clash.place.sheet == "Inovasi 2023"
    assert "baris 6" in clash.message


# --- captions ---


def test_no_caption_stands_for_two_columns() -> None:
    """Else one of them could never be read."""
    words = [(normal(text), column.key) for column in COLUMNS for text in column.known_as]

    assert dict(words) == keys_by_caption()
    assert len(set(words)) == len(keys_by_caption())
    assert all(keys_by_caption()[normal(column.caption)] == column.key for column in COLUMNS)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("NAMA INOVASI DAERAH *)", "nama"),
        ("1. Nama\nInovasi", "nama"),
        ("OPD/Perangkat Daerah Pelaksana", "pengelola"),
        ("Perangkat Daerah", "pengelola"),
        ("Tahapan Inovasi :", "tahapan"),
        ("Inisiator Inovasi Daerah", "inisiator"),
        ("Bentuk Inovasi Daerah", "bentuk"),
        ("Urusan Inovasi Daerah", "urusan"),
        ("Waktu Uji Coba (tanggal/bulan/tahun)", "uji_coba"),
        ("Waktu Inovasi Daerah Diterapkan", "penerapan"),
        ("Rancang Bangun dan Pokok Perubahan yang Dilakukan", "bagian_rancang_bangun"),
        ("Tujuan Inovasi Daerah", "bagian_tujuan"),
        ("Manfaat yang Diperoleh", "bagian_manfaat"),
        ("Hasil Inovasi", "bagian_hasil"),
        ("Keberlanjutan", "keberlanjutan"),
        ("Alamat Situs", "situs"),
        ("uji_coba", "uji_coba"),
        ("Sumber (judul | penerbit)", "sumber"),
    ],
)
def test_captions_of_the_official_form_are_known(written: str, key: str) -> None:
    """With the numbers, asides and marks that offices add."""
    assert keys_by_caption()[normal(written)] == key


def test_captions_may_stand_in_two_rows(village: Path) -> None:
    """Two kinds of time below one merged cell; captions that come again on the next page are no entry."""
    rows = [
        ["DAFTAR INOVASI", "", "", ""],
        ["Nama inovasi", "Waktu", "", "Tahapan"],
        ["", "Uji coba", "Penerapan", ""],
        ["Sumur Desa", "2017", "2019", "penerapan"],
        ["Nama inovasi", "Waktu", "", "Tahapan"],
        ["", "Uji coba", "Penerapan", ""],
    ]

    imported = import_table(village, _table(village, rows), update=True)

    assert imported.changes[0].keys == ("tahapan", "uji_coba", "penerapan")
    assert _told(imported) == []


# --- bodies ---


def _body(root: Path, old: str, captions: list[str], cells: list[str]) -> str:
    _entry(root, "sumur-desa", _well(), old)
    file = _table(root, [["Nama inovasi", *captions], ["Sumur Desa", *cells]])
    imported = import_table(root, file, update=True)
    assert mistakes(imported.problems) == ()
    return imported.content("sumur-desa").split("---\n", 2)[2].strip("\n")


def test_sections_come_in_the_order_of_the_official_profile(village: Path) -> None:
    """Whatever the order of the columns."""
    body = _body(village, "", ["Hasil", "Tujuan", "Uraian", "Latar belakang"], ["h", "t", "u", "l"])

    assert body == "u\n\n## Latar belakang\n\nl\n\n## Tujuan\n\nt\n\n## Hasil\n\nh"


def test_a_section_is_replaced_where_it_stands(village: Path) -> None:
    """Under its own heading, between its neighbours; others keep their words."""
    old = "Awal.\n\n## hasil\n\nLama.\n\n## Lain-lain\n\nTetap.\n\n## Tujuan\n\nTetap."

    assert _body(village, old, ["Hasil"], ["Baru."]) == old.replace("Lama.", "Baru.")


def test_a_new_section_stands_before_headings_of_other_names(village: Path) -> None:
    """The official profile first."""
    old = "Awal.\n\n## Lain-lain\n\nTetap."

    assert _body(village, old, ["Manfaat"], ["Baru."]) == "Awal.\n\n## Manfaat\n\nBaru.\n\n## Lain-lain\n\nTetap."


def test_the_introduction_holds_headings_of_other_names(village: Path) -> None:
    """Each changed in its place, or all of them anew where their number differs."""
    old = "Awal.\n\n## Tujuan\n\nTetap.\n\n## Lain-lain\n\nLama."
    one = _body(village, old, ["Uraian"], ["Awal.\n\n## Lain-lain\n\nBaru."])
    two = _body(village, old, ["Uraian"], ["Mula.\n\n## Satu\n\n1\n\n## Dua\n\n2"])

    assert one == old.replace("Lama.", "Baru.")
    assert two == "Mula.\n\n## Tujuan\n\nTetap.\n\n## Satu\n\n1\n\n## Dua\n\n2"


def test_blanks_before_a_text_do_not_make_it_code(village: Path) -> None:
    """Offices indent a paragraph; Markdown would show it as a program."""
    assert _body(village, "", ["Tujuan"], ["     Supaya air bersih.\n"]) == "## Tujuan\n\nSupaya air bersih."


def test_an_open_fence_is_told_where_it_is_new(village: Path) -> None:
    """In a cell it would swallow the next section; in the entry it stands already."""
    _entry(village, "sumur-desa", _well(), "Awal.\n\n## Tujuan\n\n```\nbebas")
    captions = ["Nama inovasi", "Tujuan"]

    same = import_table(village, _table(village, [captions, ["Sumur Desa", "```\nbebas"]]), update=True)
    new = import_table(village, _table(village, [captions, ["Sumur Desa", "```\nbaru"]]), update=True)

    assert (same.states(), _told(same)) == ({"sumur-desa": "sama"}, [])
    assert (new.states(), _told(new)) == ({"sumur-desa": "keliru"}, [("B2", Code.SHAPE)])


def test_a_long_body_is_cut_in_reasonable_time() -> None:
    """Thousands of headings in the body of a stranger."""
    body = "\n".join(f"## Judul {number}\n\nIsi." for number in range(15_000))

    assert body_cells(body)["isi"].count("## Judul") == 15_000
