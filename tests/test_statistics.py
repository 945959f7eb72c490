"""Figures: every number is as long as the list that it leads to, on the page, in the tables and in JSON."""

import csv
import html
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from katalog.pages.entries import WANTED
from katalog.schema import INNOVATION
from tests.conftest import Built, build_project, make_project

PAGE = "statistik/index.html"
_ROW = re.compile(r'<tr><th scope="row">(.*?)</th><td class="rata-kanan">([\d.]+)</td><td>(.*?)</td></tr>', re.DOTALL)
_COLUMN = re.compile(r"<li>\n(.*?)<b>([\d.]+)</b>", re.DOTALL)
_LINK = re.compile(r'href="/contoh/([^"]+)"')
# A turn of values for made-up entries; None where a field is not known.
_AFFAIRS = (("Kesehatan",), ("Kesehatan", "Pertanian"), None, ("Pertanian",), ("Kesehatan",))
_DISTRICTS = (None, ("Contoh Hulu", "Contoh Hilir"), ("Contoh Hulu",))
_STATUSES = ("terverifikasi", "contoh", "diajukan pengelola", "diajukan pengelola", "contoh")
_STAGES = ("penerapan", None, "uji coba", "penerapan")


def _write(root: Path, number: int, *, year: int | None) -> None:
    lists = {"urusan": _AFFAIRS[number % len(_AFFAIRS)], "kecamatan": _DISTRICTS[number % len(_DISTRICTS)]}
    stage = _STAGES[number % len(_STAGES)]
    lines = [
        f"nama: Layanan {number}",
        f"ringkasan: Kalimat yang cukup panjang untuk menjadi ringkasan layanan nomor {number}.",
        f"kelompok: {('perangkat daerah', 'desa')[number % 4 == 0]}",
        f"pengelola: {('Dinas Kesehatan Contoh', 'Pemerintah Desa Contoh')[number % 3 == 0]}",
        *(f"{key}: [{', '.join(values)}]" for key, values in lists.items() if values),
        *([f"tahapan: {stage}"] if stage else []),
        *([f"terdokumentasi: {year}"] if year else []),
        *(["bagian_dari: layanan-0001"] if number in {2, 3} else []),
        f"status: {_STATUSES[number % len(_STATUSES)]}",
        *(["verifikasi: {tanggal: 2020-01-01, unit: Unit Contoh}"] if number % len(_STATUSES) == 0 else []),
    ]
    file = root / "content" / "innovations" / f"layanan-{number:04d}.md"
    file.write_text("\n".join(["---", *lines, "---", "", f"Isi {number}.", ""]), encoding="utf-8")


def _make(folder: Path, years: list[int | None]) -> Built:
    root = make_project(folder)
    for number, year in enumerate(years, start=1):
        _write(root, number, year=year)
    built = build_project(root)
    assert not built.outcome.problems
    return built


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Some hundred made-up entries: bars too long for segments, a year without any, unknown values everywhere."""
    years = [(2016, 2018, 2018, None, 2019, 2021)[number % 6] for number in range(190)]
    return _make(tmp_path_factory.mktemp("besar"), years)


@pytest.fixture(params=["small", "big"])
def site(request: pytest.FixtureRequest) -> Built:
    """The base region's small case, and a bigger one."""
    built: Built = request.getfixturevalue(request.param)
    return built


def _sections(site: Built) -> dict[str, str]:
    """The sections of the page by their names."""
    parts = re.split(r'<section class="bagian" aria-labelledby="([^"]+)">', site.text(PAGE))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _number(text: str) -> int:
    return int(text.replace(".", ""))


def _listed(site: Built, path: str) -> int:
    """How many entries a page lists."""
    page = site.text(f"{path}index.html")
    return page.count('<article class="baris">') + len(re.findall(r'<span class="nama-petak">', page))


def _table(site: Built, key: str) -> list[list[str]]:
    data = site.files[f"statistik/{key}.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def _json(site: Built) -> Any:
    return json.loads(site.files["statistik/statistik.json"])


def _divisions(site: Built) -> list[Any]:
    return list(_json(site)["pembagian"])


def test_every_bar_counts_the_list_that_it_leads_to(site: Built) -> None:
    """In rows and in columns, the unknown included; where nothing is counted nothing is linked."""
    seen = 0
    for key, section in _sections(site).items():
        if key in {"kelengkapan", "unduh"}:
            continue
        rows = [(name, count) for name, count, _ in _ROW.findall(section)]
        for name, count in rows + _COLUMN.findall(section):
            link = _LINK.search(name)
            assert bool(link) == bool(_number(count)) or "Jumlah" in name, (key, name)
            if link:
                assert _listed(site, link[1]) == _number(count), (key, name)
                seen += 1
    assert seen >= 10


ALL_KEYS = ("tahun", "urusan", "jenis_pengelola", "kelompok", "tahapan", "status", "kecamatan")


def test_a_division_is_drawn_where_something_is_known(small: Built, big: Built) -> None:
    """One value is a finding too: that nothing has been verified yet, say. The file stays in any case."""
    assert tuple(row["kunci"] for row in _divisions(big)) == ALL_KEYS
    drawn = {row["kunci"]: [one["nama"] for one in row["nilai"] if one["jumlah"]] for row in _divisions(small)}
    assert any(len(values) - ("belum diketahui" in values) == 1 for values in drawn.values()), drawn
    for site in (small, big):
        keys = [row["kunci"] for row in _divisions(site)]
        assert [key for key in _sections(site) if key not in {"kelengkapan", "unduh"}] == keys
        files = {path for path in site.files if path.startswith("statistik/") and path.endswith(".csv")}
        assert files == {f"statistik/{key}.csv" for key in (*ALL_KEYS, "kelengkapan")}


def test_tables_agree_with_json_and_page(site: Built) -> None:
    """Every value stands in the files, also without entries; the page shows those that have some."""
    sections, total = _sections(site), _json(site)["jumlah_inovasi"]
    assert total == json.loads(site.files["data/inovasi.json"])["jumlah"]
    for division in _divisions(site):
        head, *rows = _table(site, division["kunci"])
        values = division["nilai"]

        assert head == [division["nama"], "Jumlah inovasi", "Persen dari semua inovasi"]
        assert rows == [[row["nama"], str(row["jumlah"]), str(row["persen"])] for row in values]
        assert rows[-1][0] == "belum diketahui"
        assert division["diketahui"] + values[-1]["jumlah"] == total
        assert all(row["persen"] == round(100 * row["jumlah"] / total, 1) for row in values)
        shown = {
            html.unescape(re.sub("<[^>]+>", "", name)).casefold(): _number(count)
            for name, count, _ in _ROW.findall(sections[division["kunci"]])
        }
        counted = {row["nama"].casefold(): row["jumlah"] for row in values if row["jumlah"]}
        assert {name: count for name, count in shown.items() if count and name != "jumlah"} == counted
        assert division["catatan"] in sections[division["kunci"]]


def test_values_without_entries_are_in_the_files_and_counted_on_the_page(big: Built) -> None:
    """A zero is a finding."""
    names = {row[0]: row[1] for row in _table(big, "urusan")}

    assert names["Pariwisata"] == "0"
    assert "1 urusan lain belum punya entri" in _sections(big)["urusan"]
    assert {row[0]: row[1] for row in _table(big, "tahun")}["2017"] == "0"


def test_what_is_not_known_and_counted_twice_is_said(big: Built) -> None:
    """In the words of each division."""
    section = _sections(big)["kecamatan"]
    division = next(row for row in _divisions(big) if row["kunci"] == "kecamatan")
    unknown = division["nilai"][-1]["jumlah"]
    sum_of_rows = sum(row["jumlah"] for row in division["nilai"][:-1])

    assert unknown
    assert f"{unknown} dari 190 inovasi belum diketahui kecamatannya" in section
    assert sum_of_rows > division["diketahui"]
    assert f"Jumlah semua baris ({sum_of_rows}) lebih besar daripada {division['diketahui']} inovasi" in section
    assert "lebih besar daripada" not in _sections(big)["kelompok"]
    assert "Diketahui untuk semua inovasi." in _sections(big)["kelompok"]
    assert "bukan tahun inovasi dimulai" in _sections(big)["tahun"]
    assert _json(big)["bagian_dari_inovasi_lain"] == 2
    assert "2&nbsp;entri adalah bagian dari program lain" in big.text(PAGE)


def test_segments_are_promised_only_where_they_can_be_told_apart(small: Built, big: Built) -> None:
    """Above some eighty a bar is one piece."""
    assert "Satu ruas sama dengan satu inovasi." in _sections(small)["tahun"]
    assert "Panjang batang sebanding" in _sections(big)["kelompok"]


def test_what_entries_lack_is_counted_for_every_manager(site: Built) -> None:
    """Counted anew from the data; in order of the alphabet, with a link to each manager."""
    keys = dict(zip((name for name, _ in WANTED), range(len(WANTED)), strict=True))
    indonesian = {field.name: field.key for field in INNOVATION}
    wanted: dict[str, list[int]] = {}
    for entry in json.loads(site.files["data/inovasi.json"])["inovasi"]:
        counts = wanted.setdefault(entry["pengelola"], [0] * (len(WANTED) + 1))
        counts[0] += 1
        for name, place in keys.items():
            counts[place + 1] += indonesian[name] not in entry
    head, *rows = _table(site, "kelengkapan")
    section = _sections(site)["kelengkapan"]
    body = section[section.index("<tbody>") : section.index("</tbody>")]

    assert head[:2] == ["Pengelola", "Jumlah inovasi"]
    assert head[2:] == [f"Belum diketahui: {word}" for _, word in WANTED]
    assert {row[0]: list(map(int, row[1:])) for row in rows} == wanted
    assert [row[0] for row in rows] == sorted(wanted, key=str.casefold)
    told = _json(site)["kelengkapan"]
    assert [[row["pengelola"], *map(str, (row["jumlah"], *row["belum_ada"].values()))] for row in told] == rows
    shown = re.findall(r'<tr><th scope="row"><a href="/contoh/pengelola/[^"]+/">(.*?)</a></th>(.*?)</tr>', body)
    assert [[html.unescape(name), *re.findall(r">([\d.]+)</td>", cells)] for name, cells in shown] == rows
    assert "bukan peringkat" in section
    assert "menurut abjad" in section
    assert "usulkan/" in section


def test_charts_are_read_through_their_tables(big: Built) -> None:
    """Pictures are silent; columns that say the same as the table beside them are passed by."""
    page = big.text(PAGE)
    pictures = [tag for tag in re.findall(r"<svg[^>]*>", page) if "ruas" in tag]
    columns = page[page.index('<ol class="tahunan"') : page.index("</ol>", page.index('<ol class="tahunan"'))]

    assert len(pictures) > 10
    assert all('aria-hidden="true"' in tag for tag in pictures)
    assert columns.startswith('<ol class="tahunan" aria-hidden="true">')
    assert columns.count("<a ") == columns.count('tabindex="-1"') > 0
    assert page.count("<table") == page.count("<caption")
    assert not re.search(r"<th\b(?! scope=)", page)


def test_too_many_years_for_columns_are_told_in_the_table(tmp_path: Path) -> None:
    """Most first, as in other tables; nothing is lost."""
    built = _make(tmp_path, [1950, 2021, 2021, None])

    assert "tahunan" not in _sections(built)["tahun"]
    rows = [(re.sub("<[^>]+>", "", name), count) for name, count, _ in _ROW.findall(_sections(built)["tahun"])]
    assert rows == [("2021", "2"), ("1950", "1"), ("Belum diketahui", "1"), ("Jumlah", "4")]
    table = {row[0]: row[1] for row in _table(built, "tahun")[1:]}
    assert {name: count for name, count in table.items() if count != "0"} == {
        "2021": "2",
        "1950": "1",
        "belum diketahui": "1",
    }


@pytest.mark.parametrize("years", [[], [2020]], ids=["empty", "one"])
def test_a_catalogue_with_little_in_it_has_its_page(years: list[int | None], tmp_path: Path) -> None:
    """It says so; files parse."""
    built = _make(tmp_path, years)

    assert ("Baru sedikit yang diketahui" in built.text(PAGE)) == (_divisions(built) == [])
    assert all(row["jumlah"] <= len(years) for division in _divisions(built) for row in division["nilai"])
    assert len(_table(built, "kelengkapan")) == 1 + len(years)
    assert ("kelengkapan" in _sections(built)) == bool(years)
    assert ("#kelengkapan" in built.text("index.html")) == bool(years)


def test_the_data_set_names_files_that_exist(site: Built) -> None:
    """For search engines; and the home page says how the catalogue is searched."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.text(PAGE))
    data = next(block for block in map(json.loads, blocks) if block["@type"] == "Dataset")
    files = [part["contentUrl"].removeprefix("https://katalog.example/contoh/") for part in data["distribution"]]

    assert len(files) == len(set(files)) == len(_divisions(site)) + 2
    assert set(files) <= set(site.files)


def test_search_engines_are_told_of_site_and_terms(small: Built, big: Built) -> None:
    """The publisher only where there is one; of a term's entries the first thirty, and how many there are."""
    home = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', small.text("index.html"))[0])
    page = big.text("kelompok/perangkat-daerah/index.html")
    term = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    entries = term["mainEntity"]["itemListElement"]

    assert home["potentialAction"]["target"]["urlTemplate"].endswith("/inovasi/?q={search_term_string}")
    assert "publisher" not in home
    assert term["mainEntity"]["numberOfItems"] == _listed(big, "kelompok/perangkat-daerah/") > 30
    assert len(entries) == 30
    assert {f"{entry['url'].removeprefix('https://katalog.example/contoh/')}index.html" for entry in entries} <= set(
        big.files
    )


def test_the_publisher_is_named_where_there_is_one(project: Path) -> None:
    """As an organisation."""
    config = project / "site_config.toml"
    config.write_text(config.read_text().replace('penerbit = ""', 'penerbit = "Bagian Organisasi Contoh"'))
    home = build_project(project).text("index.html")

    assert '"publisher":{"@type":"Organization","name":"Bagian Organisasi Contoh"}' in home
