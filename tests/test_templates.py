"""Templates are compiled once, and kept where the interpreter keeps what it compiles of modules."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import CodeType

import pytest
from jinja2 import Environment

import build
from katalog.load import read_program
from tests.conftest import ROOT, build_project

Compiled = Callable[[], set[str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where compiled templates are kept, with none in it."""
    found = tmp_path / "__pycache__"
    found.mkdir()
    monkeypatch.setattr(build, "COMPILED", found)
    return found


@pytest.fixture
def compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Compiled:  # noqa: ARG001 (it comes before)
    """The templates that were compiled since this was asked last."""
    names: set[str] = set()
    compile_ = Environment.compile

    def tell(environment: Environment, source: str, name: str, filename: str) -> CodeType:
        names.add(name)
        return compile_(environment, source, name, filename)

    def ask() -> set[str]:
        told = set(names)
        names.clear()
        return told

    monkeypatch.setattr(Environment, "compile", tell)
    return ask


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_template_is_compiled_once(project: Path, folder: Path, compiled: Compiled) -> None:
    """And gives the same bytes; whatever is kept is a module's to a program that tidies up."""
    first = build_project(project).files
    names = compiled()

    assert build_project(project).files == first
    assert compiled() == set()
    assert {"base.html", "inovasi.html", "umpan.xml"} <= names
    assert {path.suffix for path in folder.iterdir()} == {".pyc"}
    assert len(list(folder.iterdir())) == len(names)


def test_a_changed_template_is_compiled_anew_in_its_place(project: Path, folder: Path, compiled: Compiled) -> None:
    """And no other one."""
    build_project(project)
    kept = {path.name for path in folder.iterdir()}
    compiled()
    _change(project / "templates" / "inovasi.html", '<article class="entri">', '<article class="entri baru">')

    built = build_project(project)

    assert compiled() == {"inovasi.html"}
    assert 'class="entri baru"' in built.text("inovasi/kopi-sehat/index.html")
    assert {path.name for path in folder.iterdir()} == kept


def test_constants_are_part_of_what_a_template_is_compiled_of(project: Path, compiled: Compiled) -> None:
    """An address of the site that is the same on every page stands in the compiled template."""
    build_project(project)
    compiled()

    built = build_project(project, base_url="https://lain.example")

    assert "base.html" in compiled()
    assert "katalog.example" not in built.text("tentang/index.html")


def test_pages_that_reload_have_templates_of_their_own(project: Path, compiled: Compiled) -> None:
    """So that a build does not undo what `serve` has compiled."""
    build_project(project)
    build_project(project, live=True, base_url="http://127.0.0.1:5500")
    compiled()
    build_project(project)

    assert compiled() == set()


@pytest.mark.parametrize("how", [lambda data: data[:-20], lambda data: data[:40], lambda _: b"rusak" * 9])
def test_a_damaged_file_is_none(project: Path, folder: Path, compiled: Compiled, how: Callable[[bytes], bytes]) -> None:
    """The template is compiled again."""
    first = build_project(project).files
    names = compiled()
    for path in folder.iterdir():
        path.write_bytes(how(path.read_bytes()))

    assert build_project(project).files == first
    assert compiled() == names


def test_where_the_interpreter_keeps_nothing_nothing_is_kept(project: Path, folder: Path, compiled: Compiled) -> None:
    """Then there is no such folder; the site is the same."""
    first = build_project(project).files
    names = compiled()
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()

    assert build_project(project).files == first
    assert compiled() == names
    assert not folder.exists()


def test_what_is_kept_is_no_part_of_the_program(tmp_path: Path) -> None:
    """Else the first build would make a different program of it."""
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "a.py").write_text("", encoding="utf-8")
    before = read_program(tmp_path)
    (tmp_path / "__pycache__" / "templat-id-a.html.cpython-311.pyc.tmp").write_bytes(b"x")

    assert read_program(tmp_path) == before


def test_what_is_made_once_has_a_name_of_its_own() -> None:
    """`sekali` tells macros apart by their names, whichever template they stand in."""
    sources = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "templates").iterdir())]
    defined = Counter(name for source in sources for name in re.findall(r"\{% macro (\w+)\(", source))
    shared = {name for source in sources for name in re.findall(r"(\w+)\|sekali", source)}

    assert len(shared) > 5
    assert {name: defined[name] for name in shared} == dict.fromkeys(shared, 1)
