"""A change since a revision: what git tells, what it weighs, how it is shown."""

import io
import tarfile
from pathlib import Path

import pytest

import build
from katalog.arguments import Options
from katalog.history import read_change
from katalog.preview import MOST_ENTRIES, MOST_LINES, show_entries
from katalog.problems import Code, Severity, mistakes
from katalog.write import unpack
from tests.conftest import TODAY, Built, build_project, commit_all, git

ENTRIES = Path("content") / "innovations"
NEW = """\
---
nama: {name}
ringkasan: Warga menulis pesan ke kantor desa dan mendapat jawaban pada hari yang sama.
kelompok: desa
pengelola: Pemerintah Desa Contoh
status: diajukan pengelola
---

{body}
"""


@pytest.fixture
def repository(project: Path) -> Path:
    """The small project as a repository."""
    commit_all(project)
    return project


def _since(root: Path, base: str = "main") -> build.Outcome:
    options = Options(command="check", base=base)
    return build.since(root, build_project(root).outcome, options, TODAY)[0]


def _write(root: Path, name: str, text: str) -> None:
    (root / ENTRIES / name).write_text(text, encoding="utf-8")


def test_any_name_of_a_file_is_read_right(repository: Path) -> None:
    """Blanks, quotes, line ends, letters of other scripts, a leading dash, bytes that are no text."""
    names = ["dua kata.md", 'kutip".md', "baris\nbaru.md", "日本.md", "-rf.md", "$(touch x).md", "\udcff.md"]
    for name in names:
        (repository / ENTRIES / name).write_bytes(b"x")
    kept = (repository / ENTRIES / "sumur-desa.md").read_text(encoding="utf-8")
    _write(repository, "sumur-desa.md", kept + "\n")
    (repository / ENTRIES / "kopi-sehat.md").unlink()

    change, problems = read_change(repository, "main")

    assert problems == ()
    assert change is not None
    assert change.paths == {f"content/innovations/{name}" for name in [*names, "sumur-desa.md", "kopi-sehat.md"]}
    assert not (repository / "x").exists()


def test_committed_changes_count_and_those_of_the_base_do_not(repository: Path) -> None:
    """A change is what its own branch did since it left, however far the base has gone on."""
    git(repository, "switch", "--quiet", "--create", "usulan")
    _write(repository, "usulan.md", NEW.format(name="USULAN", body="Isi."))
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message=Usulan")
    git(repository, "switch", "--quiet", "main")
    _write(repository, "lain.md", NEW.format(name="LAIN", body="Lain."))
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message=Lain")
    git(repository, "switch", "--quiet", "usulan")

    change, _ = read_change(repository, "main")

    assert change is not None
    assert change.paths == {"content/innovations/usulan.md"}


def test_a_project_within_a_repository_sees_only_itself(repository: Path) -> None:
    """Paths count from the project, as those of problems do."""
    inner = repository / "dalam"
    (inner / ENTRIES).mkdir(parents=True)
    (inner / ENTRIES / "a.md").write_text("x", encoding="utf-8")
    _write(repository, "luar.md", "x")
    _write(repository, "sumur-desa.md", "x")

    change, _ = read_change(inner, "HEAD")

    assert change is not None
    assert change.paths == {"content/innovations/a.md"}


@pytest.mark.parametrize("revision", ["tidak-ada", "--output=x", "-h", "main\0", "", "HEAD^9"])
def test_an_unknown_revision_is_told(repository: Path, revision: str) -> None:
    """In words, and without becoming an option of git."""
    change, (problem,) = read_change(repository, revision)

    assert change is None
    assert problem.code is Code.HISTORY
    assert "tidak dikenal" in problem.message
    assert not (repository / "x").exists()


def test_a_folder_without_history_is_told(project: Path, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No repository, no git, no common ancestor."""
    git(repository, "switch", "--quiet", "--orphan", "asing")
    git(repository, "commit", "--quiet", "--allow-empty", "--message=Asing")
    assert "Riwayat bersama" in read_change(repository, "main")[1][0].message

    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    assert "bukan repositori git" in read_change(project.parent, "main")[1][0].message

    monkeypatch.setenv("PATH", "")
    assert "git tidak terpasang" in read_change(repository, "main")[1][0].message


def test_an_unknown_revision_blocks(repository: Path) -> None:
    """A check that did not happen is no success."""
    assert [problem.code for problem in mistakes(_since(repository, "tidak-ada").problems)] == [Code.HISTORY]


def test_a_sound_change_narrows_to_its_own_entries(repository: Path) -> None:
    """What it leaves alone is not shown."""
    _write(repository, "baru.md", NEW.format(name="BARU", body="Isi."))

    outcome = _since(repository)

    assert outcome.problems == ()
    assert [entry.slug for entry in outcome.innovations] == ["baru"]


def test_a_lost_entry_blocks_where_others_link_to_it(repository: Path) -> None:
    """The fault stands in a file that the change left alone, but it was not there before."""
    (repository / ENTRIES / "sumur-desa.md").unlink()

    (problem,) = (problem for problem in _since(repository).problems if problem.code is not Code.ADDRESS)

    assert (problem.code, problem.severity) == (Code.LINK, Severity.MISTAKE)
    assert problem.place.path == "content/innovations/kopi-sehat.md"


def test_both_names_of_a_renamed_file_count(repository: Path) -> None:
    """Git would tell the new one alone."""
    git(repository, "mv", str(ENTRIES / "sumur-desa.md"), str(ENTRIES / "sumur.md"))

    change, _ = read_change(repository, "main")

    assert change is not None
    assert change.paths == {"content/innovations/sumur-desa.md", "content/innovations/sumur.md"}


def test_a_renamed_entry_names_its_verification(repository: Path) -> None:
    """Under a new name it is a new claim."""
    old = repository / ENTRIES / "kopi-sehat.md"
    old.rename(old.with_name("kopi-baru.md"))

    named = [problem.message for problem in _since(repository).problems if problem.code is Code.VERIFICATION]

    assert named == [
        "Status menjadi `terverifikasi` dalam perubahan ini.",
        "Kolom `verifikasi` diisi dalam perubahan ini.",
    ]


def test_an_archive_is_laid_out_within_its_folder(tmp_path: Path) -> None:
    """Links and paths that lead out are left out."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in ("content/a.md", "content/../../keluar.md", f"{tmp_path}/mutlak.md", "lain/b.md"):
            member = tarfile.TarInfo(name)
            member.size = 1
            archive.addfile(member, io.BytesIO(b"x"))
        link = tarfile.TarInfo("content/tautan.md")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)

    unpack(buffer.getvalue(), tmp_path / "hasil", ("content",))

    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if not path.is_dir()] == [
        "hasil/content/a.md"
    ]


def test_the_preview_shows_facts_and_text(small: Built) -> None:
    """As a maintainer reads them at a glance."""
    (entry,) = (entry for entry in small.outcome.innovations if entry.slug == "kopi-sehat")
    shown = show_entries([entry])

    assert "### KOPI SEHAT\n\n<code>/inovasi/kopi&#45;sehat/</code>\n" in shown
    assert "| Urusan | Kesehatan<br>Pertanian |" in shown
    assert "Alamat: <https://media.example/kopi?a=1&b=2>" in shown
    assert "Judul dari alamat: ya" in shown
    assert "> **Cara kerja**\n>\n> Kader datang ke rumah&#46;" in shown


def test_the_preview_is_bounded_and_inert(project: Path) -> None:
    """However many entries, however long, whatever they hold."""
    body = (
        "NIK 1603-0101-0190-0001\n\n## <b>Judul</b>\n\n- ![x](https://jejak.example)\n\n> # Palsu\n"
        + "\nbaris" * MOST_LINES
    )
    for number in range(MOST_ENTRIES + 2):
        text = NEW.format(name=f"'NAMA {number} | **x** <script>'", body=f"{body} {number}")
        _write(project, f"baru-{number}.md", text.replace("Warga", f"Warga ke-{number}"))
    entries = [entry for entry in build_project(project).outcome.innovations if entry.slug.startswith("baru")]

    shown = show_entries(entries)

    assert "... dan 2 entri lagi." in shown
    assert "baris lagi." in shown
    assert "jejak.example" not in shown
    for mark in ("1603", "<script", "<b>", "![", "\n# ", "> #", "**x**"):
        assert mark not in shown
    assert show_entries([]) == ""
