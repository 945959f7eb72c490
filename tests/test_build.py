"""The command line, as a person uses it: words, exit codes, and what is on disk afterwards."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import build
from katalog.skeleton import make_skeleton
from katalog.write import MARKER
from katalog.write.lock import alone
from tests.conftest import ROOT, TODAY, build_project, commit_all

BAD_ENTRY = "---\nnama: Tanpa kolom lain\n---\n"


@pytest.fixture
def checkout(project: Path) -> Path:
    """The small project with a program of its own, as a clone has it."""
    (project / "katalog").symlink_to(ROOT / "katalog")
    (project / "build.py").write_bytes((ROOT / "build.py").read_bytes())
    return project


def _run(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "build.py", *arguments],
        cwd=checkout,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_build_is_what_happens_without_a_command(checkout: Path) -> None:
    """And it says where the site is."""
    result = _run(checkout)

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "Situs selesai: 3 inovasi di _site/\n"
    assert (checkout / "_site" / "index.html").is_file()


def test_a_second_build_changes_nothing(checkout: Path) -> None:
    """No byte and no time."""
    _run(checkout)
    before = _snapshot(checkout / "_site")
    time.sleep(0.02)

    result = _run(checkout)

    assert result.stdout == "Tidak ada yang berubah: 3 inovasi di _site/\n"
    assert _snapshot(checkout / "_site") == before


def test_problems_keep_the_old_site_and_exit_with_one(checkout: Path) -> None:
    """Nothing that was published is lost."""
    _run(checkout)
    before = _snapshot(checkout / "_site")
    (checkout / "content" / "innovations" / "rusak.md").write_text(BAD_ENTRY, encoding="utf-8")

    result = _run(checkout)

    assert result.returncode == 1
    assert "content/innovations/rusak.md:1:1: kesalahan [wajib-diisi]" in result.stdout
    assert _snapshot(checkout / "_site") == before


def test_check_writes_nothing(checkout: Path) -> None:
    """Sound or not."""
    sound = _run(checkout, "check")
    (checkout / "content" / "innovations" / "rusak.md").write_text(BAD_ENTRY, encoding="utf-8")
    broken = _run(checkout, "check", "--format", "json")

    assert (sound.returncode, sound.stdout) == (0, "Tidak ada masalah.\n")
    assert broken.returncode == 1
    assert {row["kode"] for row in json.loads(broken.stdout)} == {"wajib-diisi"}
    assert not (checkout / "_site").exists()


def test_fix_says_what_it_did_and_then_checks(checkout: Path) -> None:
    """In that order; a second time there is nothing to do, and what only a person can mend stays."""
    path = checkout / "content" / "innovations" / "layanan.md"
    text = (checkout / "content" / "innovations" / "sumur-desa.md").read_text(encoding="utf-8")
    text = text.replace("bagian_dari: kopi-sehat\n", "").replace("menggali", "menimba").replace("digali", "ditimba")
    path.write_text(
        text.replace("tanggal: 2018", "tanggal: 12 Mei 2018").replace("status:", "Status:"), encoding="utf-8"
    )

    first = _run(checkout, "check", "--fix")
    second = _run(checkout, "check", "--fix", "--format", "json")

    assert "content/innovations/layanan.md:13: `12 Mei 2018` ditulis `2018-05-12`\n" in first.stdout
    assert first.stdout.endswith("Tidak ada masalah.\n")
    assert first.returncode == 0
    assert "tanggal: 2018-05-12\n" in path.read_text(encoding="utf-8")
    assert (json.loads(second.stdout), second.stderr) == ([], "Tidak ada yang perlu dirapikan.\n")


def test_fix_tells_what_it_cannot_write(checkout: Path) -> None:
    """And mends the rest."""
    entries = checkout / "content" / "innovations"
    for name in ("satu.md", "dua.md"):
        (entries / name).write_bytes(b"\xef\xbb\xbf" + (entries / "sumur-desa.md").read_bytes())
    (entries / ".satu.md.baru").mkdir()

    deeds, (problem,) = build.mend_entries(checkout, TODAY)

    assert {deed.path for deed in deeds} >= {"content/innovations/dua.md"}
    assert problem.place.path == "content/innovations/satu.md"
    assert "tidak bisa ditulis" in problem.message


def test_fix_with_a_base_leaves_the_files_of_others_alone(checkout: Path) -> None:
    """A change holds what its author did."""
    entries = checkout / "content" / "innovations"
    marked = b"\xef\xbb\xbf" + (entries / "sumur-desa.md").read_bytes()
    (entries / "sumur-desa.md").write_bytes(marked)
    commit_all(checkout)
    (entries / "entri-ditarik.md").write_bytes(b"\xef\xbb\xbf---\nnama: X\n---\n")

    deeds, _ = build.mend_entries(checkout, TODAY, "HEAD")

    assert {deed.path for deed in deeds} == {"content/innovations/entri-ditarik.md"}
    assert (entries / "sumur-desa.md").read_bytes() == marked


def test_base_lets_old_faults_pass_and_shows_how_an_entry_will_look(checkout: Path) -> None:
    """The summary for a maintainer, at a glance."""
    old = checkout / "content" / "innovations" / "lama.md"
    old.write_text(BAD_ENTRY, encoding="utf-8")
    commit_all(checkout)
    entry = checkout / "content" / "innovations" / "kopi-sehat.md"
    entry.write_text(entry.read_text(encoding="utf-8").replace("2021-03-04", "2021-03-06"), encoding="utf-8")

    result = _run(checkout, "check", "--base", "HEAD", "--format", "ringkasan")

    assert (result.returncode, result.stderr) == (0, "")
    assert "1 perhatian dan 4 catatan dalam 2 berkas." in result.stdout
    assert "Sudah ada sebelum perubahan ini" in result.stdout
    assert "### KOPI SEHAT" in result.stdout
    assert _run(checkout, "check").returncode == 1
    assert _run(checkout, "check", "--base", "tidak-ada").returncode == 1


def test_links_ask_only_for_what_is_new(checkout: Path) -> None:
    """An address that was there before is not this change's affair."""
    commit_all(checkout)
    entry = checkout / "content" / "innovations" / "kopi-sehat.md"
    entry.write_text(entry.read_text(encoding="utf-8") + "\nLihat <https://baru.invalid/>.\n", encoding="utf-8")

    result = _run(checkout, "check", "--base", "HEAD", "--links")

    assert result.returncode == 0
    assert "Alamat https://baru.invalid/ tidak ditemukan" in result.stdout
    assert result.stdout.endswith("1 catatan dalam 1 berkas.\n")


def test_editor_writes_the_form(checkout: Path) -> None:
    """And tells where; with a broken vocabulary it does not."""
    assert _run(checkout, "editor").stdout == "Tersimpan di content/frontmatter.json.\n"
    assert json.loads((checkout / "content" / "frontmatter.json").read_text(encoding="utf-8"))

    (checkout / "content" / "vocabulary.toml").unlink()
    assert _run(checkout, "editor").returncode == 1


def test_release_check_lists_what_is_not_decided(checkout: Path) -> None:
    """Only when asked."""
    result = _run(checkout, "check", "--rilis")

    assert result.returncode == 1
    assert "`base_url` belum ditetapkan" in result.stdout
    assert "`penerbit` belum ditetapkan" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chek"], "Maksud Anda `check`?"),
        (["--outptu", "x"], "Maksud Anda `--output`?"),
        (["check", "--format", "xml"], "`xml` bukan nilai untuk --format."),
        (["serve", "--port", "banyak"], "--port harus angka"),
        (["new"], "Belum disebut: NAMA."),
        (["import"], "Belum disebut: BERKAS."),
        (["import", "tabel.xls"], "BERKAS harus berakhiran .xlsx atau .csv, bukan `tabel.xls`."),
        (["export", "tabel.pdf"], "BERKAS harus berakhiran .xlsx atau .csv"),
        (["import", "tabel.csv", "--wirte"], "Maksud Anda `--write`?"),
        (["new", "!!"], "terlalu pendek"),
        (["build", "--output"], "--output perlu satu nilai."),
        (["--output", "content"], "tidak dibuat oleh program ini"),
        (["--output", "."], "tidak dibuat oleh program ini"),
        (["--output", ".."], "tidak dibuat oleh program ini"),
    ],
)
def test_wrong_use_exits_with_two_and_says_so_in_indonesian(checkout: Path, arguments: list[str], words: str) -> None:
    """And touches nothing."""
    before = _snapshot(checkout / "content")

    result = _run(checkout, *arguments)

    assert result.returncode == 2
    assert words in result.stderr
    assert result.stdout == ""
    assert _snapshot(checkout / "content") == before


def test_what_cannot_be_written_is_a_problem_with_a_code_of_its_own(checkout: Path) -> None:
    """Never a traceback, also for programs that read the report."""
    (checkout / "berkas").write_text("x", encoding="utf-8")

    text = _run(checkout, "--output", "berkas/situs")
    data = _run(checkout, "--output", "berkas/situs", "--format", "json")

    assert (text.returncode, data.returncode) == (3, 3)
    assert "berkas/situs: kesalahan [tak-tertulis]" in text.stdout
    assert text.stderr == "Situs yang sudah terbit tidak berubah.\n"
    assert [row["kode"] for row in json.loads(data.stdout)] == ["tak-tertulis"]


def test_a_new_entry_that_cannot_be_written_is_a_problem(checkout: Path) -> None:
    """As a site is."""
    entries = checkout / "content" / "innovations"
    entries.rename(checkout / "asli")
    entries.write_text("x", encoding="utf-8")

    result = _run(checkout, "new", "Layanan Contoh")

    assert (result.returncode, result.stderr) == (3, "")
    assert "layanan-contoh.md: kesalahan [tak-tertulis]" in result.stdout


def test_a_second_build_at_the_same_time_is_told(checkout: Path) -> None:
    """Before it begins to read."""
    with alone(checkout / "_site"):
        result = _run(checkout)

    assert result.returncode == 3
    assert "Situs ini sedang dibuat oleh proses lain." in result.stdout
    assert not (checkout / "_site").exists()


def test_a_site_lost_by_a_killed_build_comes_back_though_content_is_wrong_now(checkout: Path) -> None:
    """On systems that rename twice; the visitors need not wait for whoever mends the content."""
    _run(checkout)
    (checkout / "_site").rename(checkout / "_site.tukar")
    (checkout / "content" / "innovations" / "rusak.md").write_text(BAD_ENTRY, encoding="utf-8")

    assert _run(checkout).returncode == 1
    assert (checkout / "_site" / "index.html").is_file()


def test_a_bad_address_is_a_problem(checkout: Path) -> None:
    """Wherever it was written."""
    result = _run(checkout, "--base-url", "katalog")

    assert result.returncode == 1
    assert "--base-url: kesalahan [alamat-web]" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [["--help"], *([name, "-h"] for name in ("build", "check", "serve", "new", "import", "export", "editor"))],
)
def test_help_is_indonesian_and_complete(checkout: Path, arguments: list[str]) -> None:
    """No English heading shines through."""
    result = _run(checkout, *arguments)

    assert result.returncode == 0
    assert result.stdout.startswith("Pemakaian: python build.py")
    for english in ("usage", "options:", "positional", "show this help"):
        assert english not in result.stdout


def test_a_terminal_sees_progress_and_a_pipe_does_not(checkout: Path) -> None:
    """Nothing extra in a pipe; the other half is tested in test_progress."""
    assert _run(checkout).stderr == ""


def test_new_writes_an_entry_that_only_wants_filling_in(checkout: Path) -> None:
    """Under the right slug, never over another."""
    result = _run(checkout, "new", "Layanan: 'Cepat' & Mudah")
    again = _run(checkout, "new", "Layanan Cepat Mudah")

    assert result.returncode == 0
    assert "content/innovations/layanan-cepat-mudah.md" in result.stdout
    assert again.returncode == 1
    report = _run(checkout, "check", "--format", "json")
    told = {(row["kode"], row["masalah"]) for row in json.loads(report.stdout)}
    assert told == {("kosong", f"Kolom `{key}` kosong.") for key in ("ringkasan", "kelompok", "pengelola")}


def test_an_export_comes_back_without_a_change(checkout: Path) -> None:
    """A table of every entry; an import of it finds nothing to do, and an older table is not replaced unasked."""
    before = _snapshot(checkout / "content")
    told = _run(checkout, "export", "semua.xlsx")
    again = _run(checkout, "export", "semua.xlsx")
    replaced = _run(checkout, "export", "semua.xlsx", "--update")
    result = _run(checkout, "import", "semua.xlsx", "--write", "--update")

    assert (told.returncode, told.stdout) == (0, "3 inovasi tersimpan di semua.xlsx\n")
    assert (again.returncode, again.stdout) == (1, "")
    assert "sudah ada; tidak ada yang ditulis" in again.stderr
    assert replaced.returncode == 0
    assert (result.returncode, result.stdout) == (0, "3 sama.\n")
    assert _snapshot(checkout / "content") == before


def test_an_import_writes_only_when_told_to(checkout: Path) -> None:
    """A dry run says what it would do; rows with a fault are left out, the others are written and pass the check."""
    table = (
        "Nama inovasi;Ringkasan;Kelompok;OPD Pelaksana;Waktu Penerapan;Tujuan\r\n"
        "Antar Obat;Kurir desa mengantar obat rutin ke rumah pasien lansia.;Desa;Dinkes;12 Mei 2023;Obat sampai.\r\n"
        "Buku Keliling;Sepeda motor membawa buku bacaan ke sekolah di dusun jauh.;Desa;Dinkes;12 Mai 2023;\r\n"
    )
    (checkout / "usulan.csv").write_bytes(table.encode("utf-16"))
    before = _snapshot(checkout / "content")

    dry = _run(checkout, "import", "usulan.csv")
    unchanged = _snapshot(checkout / "content")
    written = _run(checkout, "import", "usulan.csv", "--write")

    assert unchanged == before
    assert dry.returncode == 1
    assert "usulan.csv, sel E3: kesalahan [tanggal]" in dry.stdout
    assert dry.stdout.endswith(
        "baru    content/innovations/antar-obat.md\n1 baru. Baris yang punya kesalahan tidak ditulis. "
        "Belum ada yang ditulis; jalankan lagi dengan --write untuk menulisnya.\n"
    )
    assert written.returncode == 1
    assert "Belum ada" not in written.stdout
    assert set(_snapshot(checkout / "content")) - set(before) == {"innovations/antar-obat.md"}
    assert _run(checkout, "check").stdout == "Tidak ada masalah.\n"


def test_problems_of_a_table_for_programs(checkout: Path) -> None:
    """With sheet and cell beside row and column, and nothing else on the way."""
    (checkout / "usulan.csv").write_text("Nama inovasi,Tahapan\nAntar Obat,jalan\n", encoding="utf-8")

    rows = json.loads(_run(checkout, "import", "usulan.csv", "--format", "json").stdout)

    assert {(row["berkas"], row["lembar"], row["sel"], row["baris"], row["kolom"], row["kode"]) for row in rows} == {
        ("usulan.csv", "", "A1", 1, 1, "wajib-diisi"),
        ("usulan.csv", "", "B2", 2, 2, "pilihan"),
    }


def test_an_export_needs_sound_entries(checkout: Path) -> None:
    """Else the table would lack some, without a word."""
    (checkout / "content" / "innovations" / "rusak.md").write_text(BAD_ENTRY, encoding="utf-8")

    result = _run(checkout, "export", "semua.csv")

    assert result.returncode == 1
    assert "rusak.md" in result.stdout
    assert not (checkout / "semua.csv").exists()


def test_an_export_into_a_place_that_cannot_be_written_is_told(checkout: Path) -> None:
    """No traceback."""
    (checkout / "penuh.csv").mkdir()

    result = _run(checkout, "export", "penuh.csv", "--update")

    assert result.returncode == 1
    assert result.stdout.startswith("penuh.csv: kesalahan [tak-terbaca]\n  Berkas tidak bisa ditulis (")
    assert result.stderr == ""


def test_other_commands_do_not_wait_for_the_libraries_of_tables(checkout: Path) -> None:
    """They take longer to load than a small site to build; what writes workbooks is part of a site."""
    program = (
        "import sys, build; build.main(['check']); "
        "print([name for name in ('openpyxl', 'tornado') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=checkout, capture_output=True, text=True, check=True)

    assert result.stdout == "Tidak ada masalah.\n[]\n"


def test_a_filled_skeleton_passes(project: Path) -> None:
    """Also with every optional example made active that does not need something else."""
    text = make_skeleton("Layanan Contoh")
    for key, value in {
        "ringkasan": "Warga mengurus surat dari rumah lewat pesan, lalu mengambilnya di kantor.",
        "kelompok": "desa",
        "pengelola": "Pemerintah Desa Contoh",
    }.items():
        text = text.replace(f"\n{key}:\n", f"\n{key}: {value}\n")
    text = text.replace("# kepanjangan: ", "kepanjangan: ").replace("# kontak: ", "kontak: ")
    (project / "content" / "innovations" / "layanan-contoh.md").write_text(text, encoding="utf-8")

    assert build_project(project).outcome.problems == ()


def _copy(project: Path, folder: Path, *, time_of_files: int) -> Path:
    """The same project elsewhere, its files of another time."""
    shutil.copytree(project, folder, symlinks=True)
    for path in folder.rglob("*"):
        os.utime(path, (time_of_files, time_of_files), follow_symlinks=False)
    return folder


def test_the_site_does_not_depend_on_where_and_when_it_is_built(checkout: Path, tmp_path: Path) -> None:
    """Hash seed, time zone, locale, working directory, times and order of files: the bytes are the same."""
    worlds: list[dict[str, str]] = [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "LANG": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Jakarta", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "3", "TZ": "America/New_York", "LC_ALL": "id_ID.UTF-8", "LANG": "id_ID.UTF-8"},
    ]
    sites = []
    for number, world in enumerate(worlds):
        copy = _copy(checkout, tmp_path / f"salinan{number}", time_of_files=10**9 * number)
        program = [ROOT / "tests" / "ordered.py", "backwards" if number % 2 else "forwards", copy]
        folder = tmp_path / f"kerja{number}"
        folder.mkdir()
        result = subprocess.run(
            [sys.executable, *program, "--output", "situs"],
            cwd=folder,
            env={**os.environ, **world},
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        sites.append({path: content for path, (content, _) in _snapshot(folder / "situs").items()})

    assert sites[0] == sites[1] == sites[2]
    assert MARKER in sites[0]


def test_adding_renaming_and_removing_an_entry_just_works(checkout: Path) -> None:
    """No list of entries stands anywhere but in the folder."""
    _run(checkout)
    entry = checkout / "content" / "innovations" / "kopi-sehat.md"
    text = entry.read_text(encoding="utf-8")
    entry.rename(entry.with_name("kopi-baru.md"))
    whole = checkout / "content" / "innovations" / "sumur-desa.md"
    whole.write_text(whole.read_text(encoding="utf-8").replace("bagian_dari: kopi-sehat\n", ""), encoding="utf-8")

    assert _run(checkout).returncode == 0
    assert (checkout / "_site" / "inovasi" / "kopi-baru" / "index.html").is_file()
    assert not (checkout / "_site" / "inovasi" / "kopi-sehat").exists()

    entry.with_name("kopi-baru.md").unlink()
    assert _run(checkout).stdout == "Situs selesai: 2 inovasi di _site/\n"

    entry.write_text(text, encoding="utf-8")
    assert _run(checkout).stdout == "Situs selesai: 3 inovasi di _site/\n"


def test_a_link_to_a_removed_entry_is_told(checkout: Path) -> None:
    """At the line that holds it."""
    (checkout / "content" / "innovations" / "sumur-desa.md").unlink()

    result = _run(checkout, "check")

    assert result.returncode == 1
    assert "kopi-sehat.md" in result.stdout
    assert "[tautan-putus]" in result.stdout
