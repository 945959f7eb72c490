"""`init`: from a copy of this project to another region's catalogue, by the command line and to the last byte."""

import html
import io
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest

from katalog.found import NO_ADDRESS, Question, find_traces, found, interview, questions, read_answer
from tests.conftest import ROOT, TODAY, commit_all, git
from tests.test_region import names_of

QUESTIONS = {question.field.key: question for question in questions()}
ANSWERS = {
    "wilayah": "Kota Karang Contoh",
    "wilayah_pendek": "Karang Contoh",
    "provinsi": "Provinsi Contoh",
    "base_url": "https://katalog.example/contoh",
    "repositori": "",
    "jenis_repositori": "github",
    "warna": "250",
    "penerbit": "",
    "unit": 'Bagian "Umum"',
    "surel": "umum@contoh.example",
    "semboyan": "",
}
CONFIG = """\
# Untuk siapa.
judul = "Katalog Inovasi"
wilayah = "Kabupaten Lama"
wilayah_pendek = "Lama"
provinsi = "Provinsi Lama"
semboyan = "Tanah Lama"
deskripsi = "Lama"
base_url = "https://lama.example"

# Rona; tanpa baris `warna` ungu.

repositori = ""
jenis_repositori = "gitlab"
cabang = "main"
penerbit = "Dinas Lama"
kontak = {unit = "Bagian Lama"}
mulai = "2020-01-01"
contoh_pencarian = [
  "kopi lama",
]

# Di sini tabel.
[lisensi]
nama = "CC BY 4.0"
url = "https://lisensi.example/"
"""
VOCABULARY = """\
[[urusan]]
nama = "Kesehatan"

# --- Jenis pengelola ---

[[jenis_pengelola]]
nama = "pemerintah kabupaten"

# --- Pengelola ---

[[pengelola]]
nama = "Dinas Lama"

[[pengelola]]
nama = "Badan Lama"

# --- Kecamatan ---

[[kecamatan]]
nama = "Lama Hulu"

# --- Kelompok ---

[[kelompok]]
nama = "desa"
"""
DICTIONARY = """\
# --- Desa ---

[[sinonim]]
kata = ["a", "b"]

# --- Nama tempat ---

[[sinonim]]
kata = ["lama", "lamo"]
"""
PROJECT = {
    "site_config.toml": CONFIG.encode(),
    "content/vocabulary.toml": VOCABULARY.encode(),
    "content/search.toml": DICTIONARY.encode(),
    "content/innovations/layanan.md": b"Lama",
    "content/images/foto.jpg": b"foto",
    "content/pages/tentang.md": b"Kabupaten Lama",
    "content/pages/privasi.md": b"Tanpa kuki.",
    "content/pages/wisata.md": b"Tanah Lama",
    "static/identity/lambang.svg": b"<svg/>",
}
STARTER = {"content/pages/tentang.md": b"Tentang {wilayah}", "static/identity/favicon.ico": b"{wilayah}"}

MANAGER = """
[[pengelola]]
nama = "Dinas Kesehatan Contoh"
slug = "dinas-kesehatan-contoh"
kelompok = "dinas"
uraian = "Kantor contoh yang mengurus kesehatan."

[[kecamatan]]
nama = "Contoh Hulu"
slug = "contoh-hulu"
uraian = "Kecamatan contoh di hulu."
"""
ENTRY = """---
nama: {name}
ringkasan: {name} tidak ada, dan dipakai untuk memeriksa katalog daerah lain.
kelompok: perangkat daerah
pengelola: Dinas Kesehatan Contoh
urusan:
  - Kesehatan
kecamatan:
  - Contoh Hulu
status: contoh
---

## Cara kerja

Petugas contoh mengetik {name}.
"""


# Answers


@pytest.mark.parametrize(
    ("key", "answer", "kept", "told"),
    [
        ("wilayah", "Kabupaten Contoh", "Kabupaten Contoh", ""),
        ("wilayah", "Contoh", "", "Awali dengan Kabupaten, Kota, atau Provinsi"),
        ("wilayah", "", "", "Belum dijawab"),
        ("wilayah_pendek", "", "Karang Contoh", ""),
        ("provinsi", "", "", "Belum dijawab"),
        ("base_url", "", NO_ADDRESS, ""),
        ("base_url", "katalog.example", "katalog.example", "https"),
        ("repositori", "http://forge.example/a", "http://forge.example/a", "https"),
        ("warna", "Laut", "250", ""),
        ("warna", "", "345", ""),
        ("warna", "361", "361", "360"),
        ("warna", "pelangi", "pelangi", "angka"),
        ("surel", "bukan surel", "bukan surel", "surel"),
    ],
)
def test_an_answer_is_read_by_the_rules_of_the_configuration(key: str, answer: str, kept: str, told: str) -> None:
    """With the reason where it is refused, and what an empty one means."""
    value, wrong = read_answer(QUESTIONS[key], answer, ANSWERS, TODAY)

    assert value == kept
    assert told in wrong
    assert bool(wrong) == bool(told)


def test_what_is_wrong_is_asked_again_and_what_is_clear_is_not_asked() -> None:
    """The kind of a known forge is in its name, and without an office there is no e-mail."""
    said = iter(["Contoh", "Kabupaten Contoh", "", "Provinsi Contoh", "", "https://github.com/a/b", "", "", "", ""])
    asked: list[str] = []
    told: list[str] = []

    def ask(question: Question, default: str | None) -> str:
        asked.append(f"{question.field.key}={default}")
        return next(said)

    answers = interview({}, ask, told.append, TODAY)

    assert answers == {
        **ANSWERS,
        "wilayah": "Kabupaten Contoh",
        "wilayah_pendek": "Contoh",
        "base_url": NO_ADDRESS,
        "repositori": "https://github.com/a/b",
        "warna": "345",
        "unit": "",
        "surel": "",
    }
    assert asked[:3] == ["wilayah=None", "wilayah=None", "wilayah_pendek=Contoh"]
    assert not {"jenis_repositori", "surel"} & {each.partition("=")[0] for each in asked}
    assert len(told) == 1


def test_where_nobody_can_be_asked_what_is_missing_is_told() -> None:
    """All of it at once."""
    told: list[str] = []

    assert interview({"warna": "merah sekali"}, None, told.append, TODAY) is None
    assert [words.partition(":")[0] for words in told] == ["Wilayah", "Provinsi", "Warna"]


# The plan


def test_the_configuration_keeps_its_comments_and_gets_the_answers() -> None:
    """Last of all that is written."""
    founding = found(ANSWERS, PROJECT, STARTER, TODAY)
    text = founding.write["site_config.toml"].decode()
    config = tomllib.loads(text)

    assert list(founding.write)[-1] == "site_config.toml"
    assert "# Untuk siapa.\n" in text
    assert "`warna` ungu.\nwarna = 250\n\n" in text
    assert "# Di sini tabel.\n[lisensi]" in text
    assert config["kontak"] == {"unit": 'Bagian "Umum"', "surel": "umum@contoh.example"}
    assert (config["judul"], config["wilayah"], config["mulai"]) == (
        "Katalog Inovasi",
        "Kota Karang Contoh",
        "2026-06-30",
    )
    assert config["lisensi"]["nama"] == "CC BY 4.0"
    assert "lama" not in text.replace("Lama = ", "").lower()


def test_the_program_s_own_colour_needs_no_line() -> None:
    """And one that is there goes."""
    project = PROJECT | {"site_config.toml": f"warna = 12\n{CONFIG}".encode()}

    assert "warna" not in tomllib.loads(
        found(ANSWERS | {"warna": "345"}, project, {}, TODAY).write["site_config.toml"].decode()
    )


def test_national_lists_stay_and_the_region_s_are_empty() -> None:
    """With an example of what to write, under the heading that was there."""
    write = found(ANSWERS, PROJECT, STARTER, TODAY).write
    text = write["content/vocabulary.toml"].decode()

    assert tomllib.loads(text) == {
        "urusan": [{"nama": "Kesehatan"}],
        "jenis_pengelola": [{"nama": "pemerintah kota"}],
        "kelompok": [{"nama": "desa"}],
    }
    assert [line for line in text.splitlines() if line.startswith("# ---")] == [
        "# --- Jenis pengelola ---",
        "# --- Pengelola ---",
        "# --- Kecamatan ---",
        "# --- Kelompok ---",
    ]
    assert text.index("# --- Kecamatan") < text.index("# [[kecamatan]]") < text.index("# --- Kelompok")
    assert tomllib.loads(write["content/search.toml"].decode()) == {"sinonim": [{"kata": ["a", "b"]}]}


def test_what_was_the_region_s_goes_and_what_is_the_program_s_stays() -> None:
    """Pages about privacy and access name no region; pictures are not searched for words."""
    founding = found(ANSWERS, PROJECT, STARTER, TODAY)

    assert founding.remove == (
        "content/images/foto.jpg",
        "content/innovations/layanan.md",
        "content/pages/wisata.md",
        "static/identity/lambang.svg",
    )
    assert founding.write["content/pages/tentang.md"] == b"Tentang Kota Karang Contoh"
    assert founding.write["static/identity/favicon.ico"] == b"{wilayah}"
    assert find_traces(("Lama",), founding, PROJECT) == ()
    kept = PROJECT | {"content/pages/privasi.md": b"Kantor LAMA"}
    assert find_traces(("Lama",), found(ANSWERS, kept, STARTER, TODAY), kept) == ("content/pages/privasi.md",)


# The second region, from end to end


def _run(project: Path, *arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "build.py", *arguments],
        cwd=project,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(project.parent)},
        input=said,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This very project, as whoever forks it has it."""
    folder = tmp_path_factory.mktemp("salinan") / "katalog"
    for part in ("content", "katalog", "locale", "static", "templates"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("build.py", "site_config.toml", ".gitignore"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="module")
def region(copy: Path) -> Path:
    """The same, made another region's, with three entries; its site in `_site`."""
    answers = [
        "--nama",
        "Kabupaten Contoh",
        "--provinsi",
        "Provinsi Contoh",
        "--alamat",
        "https://katalog.example/contoh",
    ]
    begun = _run(copy, "init", *answers, "--warna", "daun", "--ya")
    assert (begun.returncode, begun.stderr) == (0, "")
    assert "masih menyebut" not in begun.stdout
    assert _run(copy, "check").stdout == "Tidak ada masalah.\n"
    with (copy / "content" / "vocabulary.toml").open("a", encoding="utf-8") as file:
        file.write(MANAGER)
    for name in ("satu", "dua", "tiga"):
        path = copy / "content" / "innovations" / f"layanan-{name}.md"
        path.write_text(ENTRY.format(name=f"Layanan {name}"), encoding="utf-8")
    return copy


def _texts(site: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, and what is in those that are archives or encoded."""
    for path in sorted(site.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            name = path.relative_to(site).as_posix()
            yield name, name.encode() + b"\n" + content
            if content.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    yield from ((f"{name}!{part}", archive.read(part)) for part in archive.namelist())
            elif b"\0" not in content:
                yield f"{name} (decoded)", html.unescape(unquote_to_bytes(content).decode("utf-8", "replace")).encode()


def test_another_region_s_catalogue_is_built_and_names_nobody_else(region: Path) -> None:
    """Sound, with its three entries, its colour and no trace of the region it was copied from."""
    built = _run(region, "build")
    former = names_of(tomllib.loads((ROOT / "site_config.toml").read_text(encoding="utf-8")))
    texts = dict(_texts(region / "_site"))

    assert (built.returncode, built.stderr, built.stdout) == (0, "", "Situs selesai: 3 inovasi di _site/\n")
    assert _run(region, "check").stdout == "Tidak ada masalah.\n"
    assert [name for name, text in texts.items() if any(each.search(text) for each in former)] == []
    assert b"Kabupaten Contoh" in texts["index.html"]
    assert b"#43102f" not in texts["favicon.svg"] + texts["situs.webmanifest"] + texts["index.html"]
    assert {"inovasi/layanan-dua/index.html", "kecamatan/contoh-hulu/index.html"} <= texts.keys()


def test_an_entry_can_be_begun_and_an_unknown_manager_is_told_with_what_to_do(region: Path) -> None:
    """As everywhere else."""
    begun = _run(region, "new", "Layanan Baru")
    path = region / "content" / "innovations" / "layanan-baru.md"
    path.write_text(ENTRY.format(name="Layanan Baru").replace("Dinas Kesehatan Contoh", "Dinas Lain"), encoding="utf-8")
    checked = _run(region, "check")
    path.unlink()

    assert begun.returncode == 0
    assert checked.returncode == 1
    assert "tidak ada dalam daftar: `Dinas Lain`" in checked.stdout
    assert "Pilih salah satu: Dinas Kesehatan Contoh." in checked.stdout


def _copy_of(copy: Path, folder: Path) -> Path:
    shutil.copytree(copy, folder, ignore=shutil.ignore_patterns("_site*", ".cache", ".git"))
    (folder / "content" / "innovations").mkdir(exist_ok=True)
    (folder / "content" / "innovations" / "layanan.md").write_text(ENTRY.format(name="Layanan"), encoding="utf-8")
    return folder


def _content(project: Path) -> Mapping[str, bytes]:
    files = [*(project / "content").rglob("*"), project / "site_config.toml", *(project / "static").rglob("*")]
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in files if path.is_file()}


def test_nothing_that_git_does_not_have_is_lost(region: Path, tmp_path: Path) -> None:
    """What is not committed refuses it; a no changes nothing, and so does an end of the answers."""
    project = _copy_of(region, tmp_path / "katalog")
    commit_all(project)
    (project / "content" / "innovations" / "layanan.md").write_text("Baru ditulis.", encoding="utf-8")
    before = _content(project)
    refused = _run(project, "init", "--nama", "Kota Lain", "--provinsi", "Provinsi Lain", "--ya")

    assert refused.returncode == 2
    assert "content/innovations/layanan.md; tidak ada yang diubah." in refused.stderr
    assert _content(project) == before

    git(project, "commit", "--quiet", "--all", "--message=Simpan")
    answers = ["Kota Lain", "", "Provinsi Lain", "", "", "", "", "", ""]
    declined = _run(project, "init", said="\n".join([*answers, "tidak", ""]))
    ended = _run(project, "init", said="Kota Lain\n")

    assert (declined.returncode, ended.returncode) == (0, 2)
    assert "Tidak ada yang diubah." in declined.stdout
    assert "Belum semua dijawab; tidak ada yang diubah." in ended.stderr
    assert _content(project) == before


def test_answers_can_be_typed(region: Path, tmp_path: Path) -> None:
    """A wrong one is asked again with the reason."""
    project = _copy_of(region, tmp_path / "katalog")
    answers = ["Lain", "Kota Lain", "", "Provinsi Lain", "", "", "laut", "", "", "", "ya", ""]
    begun = _run(project, "init", said="\n".join(answers))
    config = tomllib.loads((project / "site_config.toml").read_text(encoding="utf-8"))

    assert begun.returncode == 0
    assert "Wilayah: Awali dengan" in begun.stderr
    assert (config["wilayah"], config["wilayah_pendek"], config["warna"]) == ("Kota Lain", "Lain", 250)
    assert not list((project / "content" / "innovations").iterdir())
    assert _run(project, "check").stdout == "Tidak ada masalah.\n"
