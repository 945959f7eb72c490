"""When entries were added and changed, as git tells it: in scratch repositories, and where it cannot tell."""

import json
import shutil
from pathlib import Path

import feedparser
import pytest

import build
from katalog.arguments import Options
from katalog.history import read_history
from katalog.model import NO_HISTORY, PartialDate
from tests.conftest import TODAY, Built, build_project, git

ENTRIES = Path("content") / "innovations"
ENTRY = """\
---
nama: Lumbung {name}
ringkasan: Warga {name} menyimpan gabah bersama-sama dan meminjamkannya saat paceklik.
kelompok: desa
pengelola: Pemerintah Desa Contoh
urusan:
  - Pertanian
status: diajukan pengelola
{more}---

Isi {name}, lihat [sumur](/inovasi/sumur-desa/).
"""
UNKNOWN = "riwayat lengkap tidak tersedia saat situs dibangun"


def _write(root: Path, slug: str, more: str = "") -> None:
    (root / ENTRIES / f"{slug}.md").write_text(ENTRY.format(name=slug.title(), more=more), encoding="utf-8")


def _commit(root: Path, day: str, message: str = "Perubahan") -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", f"--message={message}", day=f"{day}T12:00:00+07:00")


def _date(text: str) -> PartialDate:
    year, month, day = map(int, text.split("-"))
    return PartialDate(year=year, month=month, day=day)


def _dates(built: Built) -> dict[str, tuple[str | None, str | None]]:
    rows = json.loads(built.files["data/inovasi.json"])["inovasi"]
    return {row["slug"]: (row.get("ditambahkan"), row.get("diperbarui")) for row in rows}


def _feed(built: Built, path: str) -> feedparser.FeedParserDict:
    feed = feedparser.parse(built.files[path])
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


@pytest.fixture
def repository(project: Path) -> Path:
    """The small project, whose entries came on the first of January."""
    git(project, "init", "--quiet", "--initial-branch=main")
    _commit(project, "2026-01-01", "Semula")
    return project


def test_an_entry_goes_through_its_life(repository: Path) -> None:
    """Added, changed, renamed, withdrawn: on its page, on the page of changes, in data, map and feeds."""
    _write(repository, "padi")
    _commit(repository, "2026-02-01")
    _write(repository, "padi", "catatan_perubahan:\n  - tanggal: 2026-03-01\n    catatan: Menambah sumber <b>.\n")
    _commit(repository, "2026-03-01")
    git(repository, "mv", str(ENTRIES / "padi.md"), str(ENTRIES / "lumbung-padi.md"))
    _commit(repository, "2026-04-01")
    _write(repository, "jagung")
    _commit(repository, "2026-05-01")
    _write(repository, "jagung", "ditarik:\n  tanggal: 2026-05-02\n  alasan: Ternyata tidak pernah berjalan.\n")
    _commit(repository, "2026-05-02")

    built = build_project(repository)

    assert built.outcome.problems == ()
    assert _dates(built)["lumbung-padi"] == ("2026-02-01", "2026-03-01")
    page = built.text("inovasi/lumbung-padi/index.html")
    for words in (
        "<li>Ditambahkan 1 Februari 2026</li>",
        "<li>Terakhir diperbarui 1 Maret 2026</li>",
        "<li>1 Maret 2026: Menambah sumber &lt;b&gt;.</li>",
        "<li>1 April 2026: alamat berganti, sebelumnya <code>/inovasi/padi/</code></li>",
        "https://forge.example/contoh/katalog/commits/main/content/innovations/lumbung-padi.md",
    ):
        assert words in page
    assert UNKNOWN not in page
    changes = built.text("perubahan/index.html")
    days = [changes.index(f'<h3 id="h-{day}"') for day in ("2026-05-02", "2026-04-01", "2026-03-01", "2026-02-01")]
    assert days == sorted(days)
    assert "Ditarik: Lumbung Jagung. Alasannya: Ternyata tidak pernah berjalan." in changes
    assert "sebelumnya <code>/inovasi/padi/</code>" in changes
    assert "Menambah sumber &lt;b&gt;." in changes
    assert UNKNOWN not in changes.lower()
    feed = _feed(built, "perubahan/umpan.xml")
    assert feed.entries[0].title == "2 Mei 2026: 1 ditarik"
    assert feed.feed.updated == "2026-05-02T00:00:00+07:00"
    assert "katalog.example/contoh/inovasi/lumbung-padi/</loc><lastmod>2026-03-01<" in built.text("sitemap.xml")
    for path in ("", "inovasi/", "urusan/", "urusan/pertanian/", "data/"):
        assert f"katalog.example/contoh/{path}</loc><lastmod>2026-03-01<" in built.text("sitemap.xml")
    newest = _feed(built, "umpan.xml").entries[0]
    assert (newest.title, newest.published, newest.updated) == (
        "Lumbung Padi",
        "2026-02-01T00:00:00+07:00",
        "2026-03-01T00:00:00+07:00",
    )


def test_a_date_in_the_file_wins(repository: Path) -> None:
    """And days of the repository after it are not told as changes."""
    _write(repository, "padi", "ditambahkan: 2020-02\ndiperbarui: 2020-03-04\n")
    _commit(repository, "2026-02-01")
    _write(repository, "padi", "ditambahkan: 2020-02\ndiperbarui: 2020-03-04\nsitus: https://padi.example/\n")
    _commit(repository, "2026-03-01")

    built = build_project(repository)

    assert _dates(built)["padi"] == ("2020-02", "2020-03-04")
    assert "2026-03-01" not in built.text("perubahan/index.html")
    assert 'id="h-2020-03-04"' in built.text("perubahan/index.html")


def test_dates_are_filled_in_for_the_site_alone(repository: Path) -> None:
    """Entries as they are written, exported and imported do not get them."""
    _write(repository, "padi")
    _commit(repository, "2026-02-01")

    entries, _ = build.read_entries(repository, TODAY)

    assert entries is not None
    for found in (entries.innovations, build_project(repository).outcome.innovations):
        assert [entry.added for entry in found if entry.slug == "padi"] == [None]


@pytest.mark.parametrize(
    ("message", "changed"),
    [
        ("Rapikan\n\nPerubahan: teknis", "2026-02-01"),
        ("Rapikan\n\nIsi.\n\nCo-authored-by: x\nperubahan:teknis\n", "2026-02-01"),
        ("Perubahan: teknis di judul", "2026-03-01"),
        ("Rapikan\n\nPerubahan: teknis\n\nParagraf lain.", "2026-03-01"),
        ("Rapikan", "2026-03-01"),
    ],
)
def test_a_technical_change_is_none(repository: Path, message: str, changed: str) -> None:
    """Where the last paragraph of the message says so."""
    _write(repository, "padi")
    _commit(repository, "2026-02-01")
    _write(repository, "padi", "situs: https://padi.example/\n")
    _commit(repository, "2026-03-01", message)

    assert _dates(build_project(repository))["padi"] == ("2026-02-01", changed)


def test_the_day_is_that_where_the_commit_was_made(repository: Path) -> None:
    """Not that of Greenwich, nor of who builds."""
    _write(repository, "padi")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message=x", day="2026-02-01T00:30:00+07:00")

    assert read_history(repository, TODAY).files[f"{ENTRIES}/padi.md"].added == _date("2026-02-01")


def test_a_shallow_clone_claims_nothing_about_its_oldest_commit(repository: Path, tmp_path: Path) -> None:
    """What came later is known."""
    _write(repository, "padi")
    _commit(repository, "2026-02-01")
    _write(repository, "jagung")
    _commit(repository, "2026-03-01")
    clone = tmp_path / "klon"
    git(tmp_path, "clone", "--quiet", "--depth=2", f"file://{repository}", str(clone))

    built = build_project(clone)

    assert _dates(built)["padi"] == (None, None)
    assert _dates(built)["jagung"] == ("2026-03-01", "2026-03-01")
    assert UNKNOWN in built.text("inovasi/padi/index.html")
    assert UNKNOWN not in built.text("inovasi/jagung/index.html")
    assert UNKNOWN in built.text("perubahan/index.html").lower()


def test_without_git_the_site_is_built_and_says_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No program; no repository around the project."""
    _write(repository, "padi")
    _commit(repository, "2026-02-01")
    with monkeypatch.context() as patch:
        patch.setenv("PATH", "")
        without_git = build_project(repository)
    shutil.rmtree(repository / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repository.parent))
    without_repository = build_project(repository)

    assert without_git.files == without_repository.files
    assert _dates(without_git)["padi"] == (None, None)
    assert UNKNOWN in without_git.text("inovasi/padi/index.html")
    assert UNKNOWN in without_git.text("perubahan/index.html").lower()
    assert "5 Maret 2021" in without_git.text("perubahan/index.html")  # what an entry says itself
    assert read_history(repository, TODAY) == NO_HISTORY


def test_a_project_in_a_folder_of_a_repository(repository: Path) -> None:
    """Paths count from the project; what is beside it is nobody's."""
    inner = repository / "dalam"
    shutil.copytree(repository / "content", inner / "content")
    _write(inner, "padi")
    _commit(repository, "2026-02-01")

    history = read_history(inner, TODAY)

    assert history.complete
    assert history.files[f"{ENTRIES}/padi.md"].added == _date("2026-02-01")
    assert {known.added for known in history.files.values()} == {_date("2026-02-01")}


def test_what_is_not_committed_has_no_date(repository: Path) -> None:
    """New files, also under a name that another file had; a changed one keeps the date of its last commit."""
    _write(repository, "padi")
    _commit(repository, "2026-02-01")
    git(repository, "mv", str(ENTRIES / "padi.md"), str(ENTRIES / "lumbung-padi.md"))
    _commit(repository, "2026-03-01")
    _write(repository, "padi", "situs: https://padi.example/\n")
    _write(repository, "jagung")
    (repository / ENTRIES / "sumur-desa.md").write_bytes((repository / ENTRIES / "sumur-desa.md").read_bytes() + b"\n")

    files = read_history(repository, TODAY).files

    assert f"{ENTRIES}/padi.md" not in files
    assert f"{ENTRIES}/jagung.md" not in files
    assert files[f"{ENTRIES}/lumbung-padi.md"].added == _date("2026-02-01")
    assert files[f"{ENTRIES}/sumur-desa.md"].changed == _date("2026-01-01")


def test_a_new_file_under_an_old_name_is_new(repository: Path) -> None:
    """One that comes back after it was lost is not."""
    _write(repository, "padi")
    _write(repository, "jagung")
    _commit(repository, "2026-02-01")
    git(repository, "mv", str(ENTRIES / "padi.md"), str(ENTRIES / "lumbung-padi.md"))
    (repository / ENTRIES / "jagung.md").unlink()
    _commit(repository, "2026-03-01")
    _write(repository, "padi", "situs: https://padi.example/\n")
    _write(repository, "jagung")
    _commit(repository, "2026-04-01")

    files = read_history(repository, TODAY).files

    assert files[f"{ENTRIES}/padi.md"].added == _date("2026-04-01")
    assert files[f"{ENTRIES}/jagung.md"].added == _date("2026-02-01")


def test_branches_keep_the_dates_of_their_commits(repository: Path) -> None:
    """One goes on under the name that the other gave up; only what two have changed is new on the day they meet."""
    _write(repository, "padi")
    _commit(repository, "2026-02-01")
    git(repository, "switch", "--quiet", "--create", "cabang")
    git(repository, "mv", str(ENTRIES / "padi.md"), str(ENTRIES / "lumbung-padi.md"))
    _write(repository, "jagung")
    _commit(repository, "2026-03-01")
    git(repository, "switch", "--quiet", "main")
    _write(repository, "padi", "situs: https://padi.example/\n")
    _commit(repository, "2026-03-15")
    git(repository, "merge", "--quiet", "--no-ff", "--message=Gabung", "cabang", day="2026-04-01T00:00:00+07:00")

    files = read_history(repository, TODAY).files
    known = files[f"{ENTRIES}/lumbung-padi.md"]

    assert (known.added, known.changed) == (_date("2026-02-01"), _date("2026-04-01"))
    assert known.days == (_date("2026-04-01"), _date("2026-03-15"))
    assert known.former == ((_date("2026-03-01"), f"{ENTRIES}/padi.md"),)
    assert files[f"{ENTRIES}/jagung.md"].changed == _date("2026-03-01")


def test_names_of_files_may_look_like_anything(repository: Path) -> None:
    """Like a commit, a status, markup; the page shows none that could not be an address."""
    names = ["R100", "commit 0 0", "dua\nbaris.md", "\udcff.md", '<b>".md', "A", "-rf.md"]
    for name in names:
        (repository / ENTRIES / name).write_text(f"Isi yang panjang {name!r}\n" * 40, encoding="utf-8")
    _commit(repository, "2026-02-01", "commit 1 2\nA\n\nR100")
    text = ENTRY.format(name="Padi", more="")
    (repository / ENTRIES / "<i>lama.md").write_text(text, encoding="utf-8")
    _commit(repository, "2026-03-01")
    git(repository, "mv", str(ENTRIES / "<i>lama.md"), str(ENTRIES / "padi.md"))
    for name in names:
        (repository / ENTRIES / name).unlink()
    _commit(repository, "2026-04-01")

    built = build_project(repository)
    files = read_history(repository, TODAY).files

    assert built.outcome.problems == ()
    assert files[f"{ENTRIES}/padi.md"].former == ((_date("2026-04-01"), f"{ENTRIES}/<i>lama.md"),)
    assert set(files) == {f"{ENTRIES}/{path.name}" for path in (repository / ENTRIES).iterdir()}
    assert _dates(built)["padi"] == ("2026-03-01", "2026-03-01")
    for path in ("perubahan/index.html", "inovasi/padi/index.html"):
        assert "&lt;i&gt;" not in built.text(path)


def test_a_clock_that_was_wrong_is_not_believed(repository: Path) -> None:
    """A date that is still to come is none; the day that has begun further east is one."""
    _write(repository, "padi")
    _commit(repository, "2031-02-01")
    _write(repository, "jagung")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message=x", day="2026-07-01T00:30:00+09:00")

    built = build_project(repository)

    assert _dates(built)["padi"] == (None, None)
    assert _dates(built)["jagung"] == ("2026-07-01", "2026-07-01")
    assert "2031" not in built.text("perubahan/index.html")
    assert UNKNOWN in built.text("perubahan/index.html").lower()


def test_settings_of_a_computer_change_nothing(repository: Path) -> None:
    """Same commit, same bytes."""
    _write(repository, "padi")
    _commit(repository, "2026-02-01")
    git(repository, "mv", str(ENTRIES / "padi.md"), str(ENTRIES / "lumbung-padi.md"))
    _commit(repository, "2026-03-01")
    before = read_history(repository, TODAY)
    for setting in ("diff.renames=false", "log.follow=true", "log.showRoot=false", "color.ui=always", "log.date=raw"):
        git(repository, "config", *setting.split("="))
    git(repository, "config", "diff.external", "false")
    git(repository, "config", "log.showSignature", "true")

    assert read_history(repository, TODAY) == before
    assert before.files[f"{ENTRIES}/lumbung-padi.md"].added == _date("2026-02-01")


def test_a_day_of_many_additions_stays_short(repository: Path) -> None:
    """Twelve are named, the others counted, here and in the feed."""
    for number in range(40):
        _write(repository, f"lumbung-{number:02d}")
    _commit(repository, "2026-02-01")

    built = build_project(repository)

    assert built.outcome.problems == ()
    assert built.text("perubahan/index.html").count(">Lumbung Lumbung-") == 12
    assert ">28 lainnya</a>" in built.text("perubahan/index.html")
    assert _feed(built, "perubahan/umpan.xml").entries[0].title == "1 Februari 2026: 40 ditambahkan"
    assert len(_feed(built, "umpan.xml").entries) == 30
    assert len(_feed(built, "pengelola/pemerintah-desa-contoh/umpan.xml").entries) == 30


def test_many_days_are_cut_and_counted(repository: Path) -> None:
    """The rest is in the repository."""
    for slug, first in (("padi", 1900), ("jagung", 1950)):
        notes = (f"  - tanggal: {year}\n    catatan: Catatan {year}.\n" for year in range(first, first + 50))
        _write(repository, slug, "catatan_perubahan:\n" + "".join(notes))
    _commit(repository, "2026-02-01")

    built = build_project(repository)

    assert built.outcome.problems == ()
    changes = built.text("perubahan/index.html")
    assert changes.count("<h3 id=") == 60
    assert "hari yang lebih lama tidak ditampilkan" in changes
    assert "/commits/main/content/innovations" in changes


def test_the_check_of_a_change_reads_history_too(repository: Path) -> None:
    """And is none the worse for the former state, which has none."""
    _write(repository, "padi")
    options = Options(command="check", base="main")

    outcome, _ = build.since(repository, build_project(repository).outcome, options, TODAY)

    assert outcome.problems == ()
