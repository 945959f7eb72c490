"""The press page: facts with sources, corrections with date and reason, and who can be asked."""

import re
import tomllib
from pathlib import Path

import pytest

from katalog.problems import mistakes
from tests.conftest import ROOT, Built, build_project, make_project

PAGE = "pers/index.html"
_CORRECTIONS = """
[[koreksi]]
tanggal = "2021-05-06"
entri = "kopi-sehat"
perbaikan = "Tahun uji coba semula tertulis 2018, sekarang 2019."
alasan = "Sumber pertama salah dibaca."

[[koreksi]]
tanggal = "2022"
halaman = "beranda"
perbaikan = "Jumlah kecamatan semula tertulis 3, sekarang 2."
alasan = "Salah hitung."

[[koreksi]]
tanggal = "2021-05-06"
entri = "kopi-lama"
perbaikan = "Nama mitra kedua diperbaiki."
alasan = "Ejaan resminya lain."
"""
_PROSE = """---
judul: Bagi wartawan
ringkasan: Satu kalimat yang cukup panjang tentang halaman ini.
urutan: 5
---

## Kebijakan koreksi

Isi kebijakan.
"""


def _built(project: Path, corrections: str = "") -> Built:
    (project / "content" / "corrections.toml").write_text(corrections, encoding="utf-8")
    built = build_project(project)
    assert not built.outcome.problems
    return built


def test_facts_stand_with_their_sources_and_dates(small: Built) -> None:
    """And the catalogue's own counts are counted."""
    page = small.text(PAGE)

    assert "Kabupaten Contoh tidak ada; angka ini hanya untuk pengujian." in page
    assert re.search(r'href="https://media.example/fakta">Media Contoh</a>, Mei 2021', page)
    assert f"<b>{len(small.outcome.innovations) - 1}</b> inovasi" in page  # one is withdrawn


def test_without_corrections_the_page_says_so(small: Built, project: Path) -> None:
    """No file, or a file of comments: the same."""
    assert "Belum ada koreksi." in small.text(PAGE)
    assert "Belum ada koreksi." in _built(project, "# belum ada\n").text(PAGE)


def test_the_file_of_this_repository_is_read_and_its_example_is_sound(project: Path) -> None:
    """Nothing is invented: only what was really put right is listed."""
    text = (ROOT / "content" / "corrections.toml").read_text(encoding="utf-8")
    example = "\n".join(line[2:] for line in text.splitlines() if re.match(r"# (\[\[|\w+ = )", line))

    assert len(tomllib.loads(example)["koreksi"]) == 1
    page = _built(project, example.replace("layanan-contoh", "kopi-sehat")).text(PAGE)
    assert "Belum ada koreksi." not in page


def test_corrections_are_shown_newest_first_with_date_reason_and_page(project: Path) -> None:
    """A former name of an entry leads on to it; the order of one day is that of the file."""
    page = _built(project, _CORRECTIONS).text(PAGE)
    listed = page[page.index('id="koreksi"') : page.index('id="kontak"')]
    shown = re.findall(
        r"<li>\n<p>(.*?)</p>\n<p>Alasan: (.*?)</p>\n<p[^>]*><span>(.*?)</span> <span>(.*?)</span>", listed
    )

    assert [(when, why) for _, why, when, _ in shown] == [
        ("2022", "Salah hitung."),
        ("6 Mei 2021", "Sumber pertama salah dibaca."),
        ("6 Mei 2021", "Ejaan resminya lain."),
    ]
    assert [re.sub(r'<a href="(.*?)">(.*?)</a>', r"\1 \2", link) for *_, link in shown] == [
        "/contoh/ Halaman beranda",
        "/contoh/inovasi/kopi-sehat/ KOPI SEHAT",
        "/contoh/inovasi/kopi-sehat/ KOPI SEHAT",
    ]


@pytest.mark.parametrize("line", ['entri = "tidak-ada"', 'halaman = "tidak-ada"', 'halaman = "../tentang"'])
def test_a_correction_of_nothing_is_a_mistake(line: str, project: Path) -> None:
    """At its line."""
    text = f'[[koreksi]]\ntanggal = "2021"\n{line}\nperbaikan = "Yang diperbaiki."\nalasan = "Alasan singkat."\n'
    (project / "content" / "corrections.toml").write_text(text, encoding="utf-8")
    problems = mistakes(build_project(project).outcome.problems)

    assert ("content/corrections.toml", 3) in {(problem.place.path, problem.place.line) for problem in problems}


def test_editors_own_the_words_of_the_page(project: Path) -> None:
    """Title, summary and body; the footer names the page once."""
    (project / "content" / "pages" / "pers.md").write_text(_PROSE, encoding="utf-8")
    page = _built(project).text(PAGE)

    assert "<h1>Bagi wartawan</h1>" in page
    assert "Isi kebijakan." in page
    assert 'id="koreksi"' in page
    assert page.count('href="/contoh/pers/"') == 1


def test_who_can_be_asked_is_said_as_it_is(small: Built, tmp_path: Path) -> None:
    """A contact where there is one; else that there is none, and the way that exists."""
    assert "Bagian Umum Contoh, surel" in small.text(PAGE)
    root = make_project(tmp_path)
    config = root / "site_config.toml"
    lines = config.read_text(encoding="utf-8").splitlines()
    bare = ["kontak = {}" if line.startswith("kontak") else line for line in lines]
    config.write_text("\n".join(bare), encoding="utf-8")
    page = build_project(root).text(PAGE)
    assert "Kontak untuk pers belum ditetapkan." in page
    assert "forge.example</a>" in page
    alone = ['repositori = ""' if line.startswith("repositori") else line for line in bare]
    config.write_text("\n".join(alone), encoding="utf-8")
    page = build_project(root).text(PAGE)
    assert "disiapkan di halaman" in page
    assert "Laporkan kekeliruan" not in page


def test_what_is_offered_exists(small: Built) -> None:
    """Logo, figures, data, feed."""
    page = small.text(PAGE)
    offered = re.findall(r'href="/contoh/([^"#]+)(?:#\w+)?"(?: download)?>', page[page.index('id="bahan"') :])

    assert {"motif/tanda.svg", "ikon/ikon-512.png", "umpan.xml"} <= set(offered)
    assert all(path in small.files or f"{path}index.html" in small.files for path in offered if path)
