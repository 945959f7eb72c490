"""Only plain files inside content/ are opened."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from katalog import intake
from katalog.intake import list_files, read_file
from katalog.problems import Code, Problem
from tests.conftest import build_project

ENTRY = "---\nnama: Layanan\n---\n\nIsi.\n"


def _list(folder: Path, root: Path) -> tuple[list[str], list[Problem]]:
    problems: list[Problem] = []
    return [path.name for path in list_files(folder, root, problems.append)], problems


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


@pytest.mark.parametrize(
    "make",
    [Path.mkdir, os.mkfifo, _socket, lambda path: path.symlink_to("/etc/passwd"), lambda path: path.symlink_to("no")],
    ids=["folder", "pipe", "socket", "link", "broken link"],
)
def test_what_is_no_plain_file_is_told(tmp_path: Path, make: Callable[[Path], object]) -> None:
    """And never opened: a pipe would be waited for, a link could lead anywhere."""
    (tmp_path / "isi").mkdir()
    make(tmp_path / "isi" / "a.md")

    names, problems = _list(tmp_path / "isi", tmp_path)

    assert names == []
    assert [problem.code for problem in problems] == [Code.FILE_KIND]
    assert read_file(tmp_path / "isi" / "a.md", tmp_path, 10, problems.append) is None


@pytest.mark.parametrize("name", ["innovations", "pages", "images"])
def test_a_folder_that_is_a_link_is_not_entered(project: Path, tmp_path: Path, name: str) -> None:
    """It could lead out of the repository; one problem says so."""
    outside = tmp_path / "luar"
    outside.mkdir()
    (outside / "rahasia.md").write_text(ENTRY)
    folder = project / "content" / name
    if folder.exists():
        folder.rename(project / "content" / f"{name}-lama")
    folder.symlink_to(outside)

    problems = build_project(project).outcome.problems

    assert [problem.place.path for problem in problems if problem.code is Code.FILE_KIND] == [f"content/{name}"]
    assert not any("rahasia" in str(problem) for problem in problems)


@pytest.mark.parametrize("name", ["content/vocabulary.toml", "content/facts.toml", "site_config.toml"])
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/etc/passwd")], ids=["pipe", "link"])
def test_tables_are_plain_files_too(project: Path, name: str, make: Callable[[Path], object]) -> None:
    """Every build reads them."""
    (project / name).unlink()
    make(project / name)

    problems = build_project(project).outcome.problems

    assert [(problem.place.path, problem.code) for problem in problems] == [(name, Code.FILE_KIND)]


def test_content_itself_is_no_link(project: Path) -> None:
    """Nothing below it is read then."""
    (project / "content").rename(project / "isi")
    (project / "content").symlink_to(project / "isi")

    built = build_project(project)

    assert {problem.place.path for problem in built.outcome.problems} == {"content"}
    assert built.files == {}


@pytest.mark.parametrize(
    "name",
    [b"a\nb.md", b"a\x1b[31mb.md", b"a\xff.md", b"a\xed\xa0\x80.md", "a\u202eb.md".encode(), "a\u2028b.md".encode()],
)
def test_names_that_could_deceive_are_refused(tmp_path: Path, name: bytes) -> None:
    """A report shows them without what is dangerous about them."""
    (tmp_path / "isi").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "isi") + b"/" + name)).touch()

    names, problems = _list(tmp_path / "isi", tmp_path)

    assert names == []
    assert [problem.code for problem in problems] == [Code.FILE_NAME]
    assert "\ufffd" in problems[0].place.path
    assert (problems[0].place.path + problems[0].message).isprintable()


def test_too_many_files_are_told_and_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody writes so many, and a build must end."""
    monkeypatch.setattr(intake, "MAX_FILES", 2)
    for name in ("a.md", "b.md", "c.md"):
        (tmp_path / name).write_text(ENTRY)

    names, problems = _list(tmp_path, tmp_path)

    assert names == ["a.md", "b.md"]
    assert [problem.code for problem in problems] == [Code.TOO_MANY]


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal is a problem."""
    (tmp_path / "isi").mkdir()

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)

    names, problems = _list(tmp_path / "isi", tmp_path)

    assert (names, [problem.code for problem in problems]) == ([], [Code.UNREADABLE])


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    """A catalogue may do without photos."""
    assert _list(tmp_path / "tidak-ada", tmp_path) == ([], [])
