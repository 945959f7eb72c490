"""A site that is made of the very same, and lies as it was left, is not even planned again."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

import build
from katalog import pages, write
from katalog.arguments import Options
from katalog.model import PartialDate
from katalog.seal import seal_file
from katalog.write.folders import Sight
from tests.conftest import TODAY

ENTRY = "content/innovations/kopi-sehat.md"
GIT = ("git", "-c", "user.name=Petugas", "-c", "user.email=petugas@contoh.example")


@pytest.fixture
def sealed(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small good case, built and sealed."""
    monkeypatch.setattr(build, "ROOT", project)
    monkeypatch.setattr(build, "CACHE", project / ".cache")
    assert _build(project) == "selesai"
    return project


def _build(root: Path, today: PartialDate = TODAY, base_url: str = "") -> str:
    """Build; what became of the seal: "utuh" where nothing was planned, else "selesai" or "salah"."""
    planned: list[object] = []

    def watched(*given: Any, **named: Any) -> Any:
        planned.append(given)
        return pages.plan(*given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "plan", watched)
        code = build.run_build(Options(command="build", output=str(root / "situs"), base_url=base_url), today)
    return "salah" if code else "selesai" if planned else "utuh"


def test_an_unchanged_project_is_told_so_at_once(sealed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With as many entries as it has."""
    entries = len(list((sealed / "content" / "innovations").glob("*.md")))
    capsys.readouterr()
    assert _build(sealed) == "utuh"

    assert capsys.readouterr().out == f"Tidak ada yang berubah: {entries} inovasi di {sealed}/situs/\n"


@pytest.mark.parametrize(
    "what",
    [
        "entry",
        "new entry",
        "template",
        "static",
        "configuration",
        "page",
        "same size",
        "page gone",
        "page added",
        "day",
        "address",
    ],
)
def test_whatever_a_site_is_made_of_breaks_its_seal(sealed: Path, what: str) -> None:
    """And what happens to the site itself; then it is sealed anew."""
    today, base_url = TODAY, ""
    page = sealed / "situs" / "index.html"
    match what:
        case "entry" | "template" | "static" | "configuration":
            names = {"entry": ENTRY, "template": "templates/base.html", "static": "static/css/1-token.css"}
            path = sealed / names.get(what, "site_config.toml")
            path.write_bytes(path.read_bytes() + b"\n")
        case "new entry":
            text = (sealed / ENTRY).read_text(encoding="utf-8").partition("alias:")
            head = text[0].replace("KOPI SEHAT", "TEH SEHAT").replace("Kader mendatangi", "Bidan mendatangi")
            rest = text[2].partition("sumber:")
            new = f"{head}sumber:{rest[2].partition(chr(10) + '---')[0]}\n---\n"
            (sealed / "content/innovations/teh-sehat.md").write_text(new, encoding="utf-8")
        case "page":
            page.write_bytes(page.read_bytes() + b" ")
        case "same size":
            page.write_bytes(page.read_bytes().replace(b"<title>", b"<TITLE>"))
        case "page gone":
            page.unlink()
        case "page added":
            page.with_name("lain.html").write_bytes(b"")
        case "day":
            today = PartialDate(year=TODAY.year, month=TODAY.month, day=(TODAY.day or 1) - 1)
        case _:
            base_url = "https://lain.example"

    assert _build(sealed, today, base_url) == "selesai"
    assert _build(sealed, today, base_url) == "utuh"


def test_what_has_something_to_tell_tells_it_each_time(sealed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake, and a note on a sound entry."""
    path = sealed / ENTRY
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace("status:", "statsu:"), encoding="utf-8")
    assert [_build(sealed), _build(sealed)] == ["salah", "salah"]

    path.write_text(sound.replace("Dinas Kesehatan Contoh", "dinas kesehatan contoh"), encoding="utf-8")
    capsys.readouterr()
    assert [_build(sealed), _build(sealed)] == ["selesai", "selesai"]
    assert capsys.readouterr().out.count("[ejaan-lain]") == 2

    path.write_text(sound, encoding="utf-8")
    assert [_build(sealed), _build(sealed)] == ["selesai", "utuh"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"kunci": 1}', "null"])
def test_a_damaged_seal_is_none(sealed: Path, content: str) -> None:
    """The site is made, and sealed anew."""
    file = seal_file(sealed / ".cache", sealed / "situs")
    assert json.loads(file.read_text(encoding="ascii"))["inovasi"]
    file.write_text(content, encoding="ascii")

    assert _build(sealed) == "selesai"
    assert _build(sealed) == "utuh"


def test_what_is_no_plain_file_has_no_seal(sealed: Path) -> None:
    """A link may lead to something that changes; it is told by the build in any case."""
    (sealed / "content" / "images").mkdir(exist_ok=True)
    (sealed / "content" / "images" / "tautan.png").symlink_to(sealed / ENTRY)

    assert _build(sealed) == "salah"
    assert _build(sealed) == "salah"


def test_history_is_part_of_the_seal(sealed: Path) -> None:
    """Dates of entries come from it."""
    subprocess.run([*GIT, "init", "-q"], cwd=sealed, check=True)
    subprocess.run([*GIT, "add", "content"], cwd=sealed, check=True)
    subprocess.run([*GIT, "commit", "-qm", "Awal"], cwd=sealed, check=True)
    assert [_build(sealed), _build(sealed)] == ["selesai", "utuh"]

    subprocess.run([*GIT, "commit", "-qm", "Lagi", "--allow-empty"], cwd=sealed, check=True)
    assert [_build(sealed), _build(sealed)] == ["selesai", "utuh"]


@pytest.mark.parametrize("fails", [False, True])
def test_the_site_that_lies_there_is_looked_through_by_another_process(
    sealed: Path, monkeypatch: pytest.MonkeyPatch, *, fails: bool
) -> None:
    """Once for each build, changed or not; by this one where the other could not."""
    lookers, own = sealed / "siapa", os.getpid()

    def by_whom(number: int) -> list[str]:
        lookers.write_text("")
        monkeypatch.setattr(build, "hands", lambda: number)
        (sealed / ENTRY).write_bytes((sealed / ENTRY).read_bytes() + b"\nKalimat lain.\n")
        assert [_build(sealed), _build(sealed)] == ["selesai", "utuh"]
        return lookers.read_text().splitlines()

    def look(output: Path) -> Sight:
        if fails and os.getpid() != own:
            raise PermissionError
        with lookers.open("a", encoding="ascii") as file:
            file.write("sini\n" if os.getpid() == own else "sana\n")
        return write.look(output)

    monkeypatch.setattr(build, "look", look)
    assert by_whom(1) == ["sini", "sini"]
    assert by_whom(2) == (["sini", "sini"] if fails else ["sana", "sana"])
