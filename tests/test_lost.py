"""A change takes no address away unseen: entries, terms, pages, photos, years, in a scratch repository."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

import build
from katalog.arguments import Options
from katalog.lost import find_lost
from katalog.problems import Code, Problem, Severity, mistakes
from tests.conftest import TODAY, build_project, commit_all

ENTRIES = Path("content") / "innovations"
WORDS = Path("content") / "vocabulary.toml"
NEW = """\
---
nama: {name}
ringkasan: Warga {name} menulis pesan ke kantor desa dan mendapat jawaban pada hari yang sama.
kelompok: desa
pengelola: Pemerintah Desa Contoh
status: diajukan pengelola
{more}---

{body}
"""
BODY = "Petugas membaca setiap pesan yang masuk, menjawabnya, lalu mencatatnya di buku kantor desa."


@pytest.fixture
def repository(project: Path) -> Path:
    """The small project with an entry to which nothing links."""
    _write(project, "pesan-warga", name="PESAN WARGA")
    commit_all(project)
    return project


def _write(root: Path, slug: str, *, name: str, more: str = "", body: str = BODY) -> None:
    text = NEW.format(name=name, more=more, body=body)
    (root / ENTRIES / f"{slug}.md").write_text(text, encoding="utf-8")


def _lost(root: Path) -> list[Problem]:
    problems = _since(root)
    assert [problem for problem in problems if problem.code is not Code.ADDRESS] == []
    return problems


def _since(root: Path) -> list[Problem]:
    outcome, _ = build.since(root, build_project(root).outcome, Options(command="check", base="main"), TODAY)
    return list(outcome.problems)


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "body"),
    [("PESAN WARGA", "Ditulis baru."), ("NAMA BARU", BODY.replace("buku kantor", "buku besar kantor"))],
)
def test_a_renamed_entry_is_found_by_name_or_text(repository: Path, name: str, body: str) -> None:
    """One problem however many addresses went; what it says to write is what helps."""
    (repository / ENTRIES / "pesan-warga.md").unlink()
    _write(repository, "surat-warga", name=name, body=body)

    (problem,) = _lost(repository)

    assert problem.severity is Severity.MISTAKE
    assert (problem.place.path, problem.place.line) == ("content/innovations/surat-warga.md", 2)
    assert "`/inovasi/pesan-warga/`" in problem.message
    assert problem.remedy == "Tulis `alias: [pesan-warga]` di content/innovations/surat-warga.md."

    _write(repository, "surat-warga", name=name, body=body, more="alias: [pesan-warga]\n")

    assert _lost(repository) == []
    built = build_project(repository)
    assert "url=/contoh/inovasi/surat-warga/" in built.text("inovasi/pesan-warga/index.html")
    assert built.files["motif/inovasi/pesan-warga.svg"] == built.files["motif/inovasi/surat-warga.svg"]
    assert "/contoh/inovasi/pesan-warga/ /contoh/inovasi/surat-warga/ 301" in built.text("_redirects")


def test_a_former_name_that_is_taken_back_is_told(repository: Path) -> None:
    """A link of years ago is as good as one of yesterday."""
    (repository / ENTRIES / "pesan-warga.md").unlink()
    _write(repository, "surat-warga", name="PESAN WARGA", more="alias: [pesan-warga, kabar-warga]\n")
    commit_all(repository)
    _write(repository, "surat-warga", name="PESAN WARGA", more="alias: [kabar-warga]\n")

    (problem,) = _lost(repository)

    assert problem.place.source == "alias: [kabar-warga]"
    assert "tulis `alias: [kabar-warga, pesan-warga]`" in problem.remedy


def test_a_deleted_entry_may_be_withdrawn_or_join_another(repository: Path) -> None:
    """Both ways are named, both work; then it stays withdrawn."""
    entry = repository / ENTRIES / "pesan-warga.md"
    kept = entry.read_text(encoding="utf-8")
    entry.unlink()

    (problem,) = _lost(repository)

    assert problem.place.path == "content/innovations/pesan-warga.md"
    assert "`ditarik`" in problem.remedy
    assert "`alias: [pesan-warga]`" in problem.remedy

    _replace(repository / ENTRIES / "kopi-sehat.md", "  - kopi-lama\n", "  - kopi-lama\n  - pesan-warga\n")
    assert _lost(repository) == []
    _replace(repository / ENTRIES / "kopi-sehat.md", "  - pesan-warga\n", "")

    entry.write_text(kept, encoding="utf-8")
    _replace(entry, "\n---\n\n", "\nditarik:\n  tanggal: 2026\n  alasan: Ternyata tercatat dua kali.\n---\n\n")
    assert _lost(repository) == []
    built = build_project(repository)
    assert "Ternyata tercatat dua kali." in built.text("inovasi/pesan-warga/index.html")
    assert "Hubungi Kantor Desa Contoh" in built.text("inovasi/pesan-warga/index.html")
    assert "https://katalog.example/contoh/inovasi/pesan-warga/" in built.text("inovasi/pesan-warga/index.html")

    commit_all(repository)
    entry.unlink()
    assert [lost.place.path for lost in _lost(repository)] == ["content/innovations/pesan-warga.md"]


def test_a_renamed_term_keeps_its_address(repository: Path) -> None:
    """A new address under the same name."""
    _replace(repository / WORDS, 'slug = "contoh-hulu"', 'slug = "hulu"')

    (problem,) = _lost(repository)

    assert problem.place.path == "content/vocabulary.toml"
    assert problem.place.source == "[[kecamatan]]"
    assert '`alias = ["contoh-hulu"]` pada istilah `Contoh Hulu`' in problem.remedy

    _replace(repository / WORDS, 'slug = "hulu"', 'slug = "hulu"\nalias = ["contoh-hulu"]')
    assert _lost(repository) == []


def test_merged_offices_lead_to_the_one_that_took_over(repository: Path) -> None:
    """Which one it is shows in what the entries say now."""
    words = (repository / WORDS).read_text(encoding="utf-8")
    blocks = words.split("\n\n")
    kept = [block for block in blocks if 'slug = "pemerintah-desa-contoh"' not in block]
    (repository / WORDS).write_text("\n\n".join(kept), encoding="utf-8")
    for entry in (repository / ENTRIES).glob("*.md"):
        text = entry.read_text(encoding="utf-8")
        entry.write_text(text.replace("Pemerintah Desa Contoh", "Dinas Kesehatan Contoh"), encoding="utf-8")

    (problem,) = _lost(repository)

    assert '`alias = ["pemerintah-desa-contoh"]` pada istilah `Dinas Kesehatan Contoh`' in problem.remedy

    slug = 'slug = "dinas-kesehatan-contoh"\n'
    _replace(repository / WORDS, slug, f'{slug}alias = ["pemerintah-desa-contoh"]\n')
    assert _lost(repository) == []
    built = build_project(repository)
    html = built.text("pengelola/pemerintah-desa-contoh/index.html")
    assert "url=/contoh/pengelola/dinas-kesehatan-contoh/" in html


def test_a_deleted_term_is_told_with_both_ways(repository: Path) -> None:
    """Nobody carried it, so nothing says what took its place."""
    blocks = (repository / WORDS).read_text(encoding="utf-8").split("\n\n")
    kept = [block for block in blocks if 'slug = "pariwisata"' not in block]
    (repository / WORDS).write_text("\n\n".join(kept), encoding="utf-8")

    (problem,) = _lost(repository)

    assert problem.remedy == (
        'Kembalikan istilahnya, atau tulis `alias = ["pariwisata"]` pada istilah yang menggantikannya.'
    )


def test_a_photo_keeps_its_name(repository: Path) -> None:
    """What must not be shown is replaced under the same name, so taking one down stays possible."""
    images = repository / "content" / "images"
    images.mkdir(exist_ok=True)
    Image.new("RGB", (300, 200), "red").save(images / "sumur.png")
    commit_all(repository)

    (images / "sumur.png").rename(images / "sumur-desa.png")
    (problem,) = _lost(repository)
    assert "kini bernama `sumur-desa.png`" in problem.message

    (images / "sumur-desa.png").unlink()
    (problem,) = _lost(repository)
    assert "nama yang sama, `sumur.png`" in problem.remedy

    Image.new("RGB", (300, 200), "grey").save(images / "sumur.png")
    assert _lost(repository) == []


def test_a_year_that_was_wrong_may_be_mended(repository: Path) -> None:
    """Inner years stay; one at the edge is a warning, all of them together one."""
    _write(repository, "kuno", name="KUNO", more="terdokumentasi: 2015\ndisimpulkan: [terdokumentasi]\n", body="Kuno.")
    commit_all(repository)
    _write(repository, "kuno", name="KUNO", more="terdokumentasi: 2019\ndisimpulkan: [terdokumentasi]\n", body="Kuno.")

    (problem,) = _lost(repository)

    assert mistakes([problem]) == ()
    assert "`/tahun/2015/`, `/tahun/2016/`, `/tahun/2017/`" in problem.message


def test_files_that_a_setting_takes_away_are_one_warning(repository: Path) -> None:
    """Their entries still answer, so it is nobody's entry that is at fault."""
    before = build_project(repository).outcome.answers
    assert before
    lost = {path for path in before.addresses if path.startswith("motif/inovasi/") and path.endswith("-kain.svg")}
    outcome = build_project(repository).outcome
    assert outcome.answers
    now = replace(outcome.answers, addresses=before.addresses - lost)

    problems = find_lost(before, now, outcome.texts)

    (problem,) = problems
    assert (problem.severity, problem.place.path) == (Severity.WARNING, "site_config.toml")
    # That of the withdrawn entry is no loss: its tombstone answers.
    assert f"{len(lost) - 1} alamat berbentuk `/motif/inovasi/<nama>-kain.svg`" in problem.message


def test_addresses_are_compared_even_where_old_content_has_mistakes(repository: Path) -> None:
    """Else a fault in some other file would let entries vanish."""
    (repository / ENTRIES / "rusak.md").write_text("---\nnama: X\n---\n", encoding="utf-8")
    commit_all(repository)
    (repository / ENTRIES / "rusak.md").unlink()
    (repository / ENTRIES / "pesan-warga.md").unlink()

    assert [problem.place.path for problem in _lost(repository)] == ["content/innovations/pesan-warga.md"]


def test_where_nothing_can_be_compared_it_is_said(repository: Path) -> None:
    """A note, since the change is not at fault."""
    config = (repository / "site_config.toml").read_text(encoding="utf-8")
    (repository / "site_config.toml").write_text("rusak = ", encoding="utf-8")
    commit_all(repository)
    (repository / "site_config.toml").write_text(config, encoding="utf-8")

    (problem,) = (problem for problem in _since(repository) if problem.code is Code.ADDRESS)

    assert (problem.severity, problem.place.path) == (Severity.NOTE, "--base")
