"""What `serve` shows of a saved entry before the site is made is what the site shows then."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

import build
from katalog.arguments import Options
from katalog.model import File
from katalog.serve import Desk
from tests.conftest import TODAY

ENTRY = "content/innovations/kopi-sehat.md"
PAGE = "inovasi/kopi-sehat/index.html"


def _make(root: Path) -> tuple[build.Outcome, dict[str, bytes]]:
    files: dict[str, bytes] = {}

    def sink(made: build.Files, is_sound: Callable[[], bool]) -> bool:
        files.update((file.path, bytes(file.content)) for file in made if isinstance(file, File))
        return is_sound()

    return build.make_site(root, TODAY, sink, Options(command="serve")), files


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [("pemberi: Panitia Contoh", "pemberi: Panitia Lain"), ("nama: ", "nama: Baru ")],
    ids=["fact", "name"],
)
def test_a_glance_shows_the_page_that_will_be_there(project: Path, old: str, new: str) -> None:
    """Byte by byte."""
    outcome, before = _make(project)
    _change(project / ENTRY, old, new)

    seen = build.glance(project / ENTRY, project, TODAY, outcome)

    assert [(file.path, file.content) for file in seen] == [(PAGE, _make(project)[1][PAGE])]
    assert seen[0].content != before[PAGE]


@pytest.mark.parametrize("what", ["mistake", "withdrawn", "new", "gone", "other", "nothing built"])
def test_what_cannot_be_shown_at_a_glance_waits_for_the_site(project: Path, what: str) -> None:
    """A mistake needs the whole report, an entry that comes or goes changes other pages too."""
    outcome, _ = _make(project)
    file = project / ENTRY
    match what:
        case "mistake":
            _change(file, "status:", "statsu:")
        case "withdrawn":
            _change(file, "status:", "ditarik: {tanggal: 2026-01-02, alasan: Ternyata entri ganda.}\nstatus:")
        case "new":
            file = file.with_name("kopi-baru.md")
            file.write_bytes((project / ENTRY).read_bytes())
        case "gone":
            file.unlink()
        case "other":
            file = project / "content" / "vocabulary.toml"
        case _:
            outcome = replace(outcome, shell=None)

    assert build.glance(file, project, TODAY, outcome) == ()


def test_the_desk_looks_at_one_file_and_forgets_when_the_site_is_made(tmp_path: Path) -> None:
    """Of two saved files only the whole site tells the truth; so it does while there is a mistake."""
    reports = iter(["", "ada kesalahan", ""])
    desk = Desk(folder=tmp_path, port=0, rebuild=lambda: next(reports), look=lambda _: {"x.html": b"baru"})
    assert not desk.settle()

    assert desk.glance([tmp_path / "a.md"])
    assert desk.early == {"x.html": b"baru"}
    desk.refresh()
    assert desk.early
    assert not desk.settle()
    assert not desk.early

    (tmp_path / "x.html").write_bytes(b"baru")
    assert desk.glance([tmp_path / "a.md"])
    assert desk.settle()
    assert not desk.glance([tmp_path / "a.md", tmp_path / "b.md"])

    desk.glance([tmp_path / "a.md"])
    desk.refresh()
    assert not desk.settle()
    assert not desk.glance([tmp_path / "a.md"])
    desk.refresh()
    assert desk.glance([tmp_path / "a.md"])
