"""Large files and templates are begun before their turn, by processes of their own."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from types import CodeType

import pytest
from jinja2 import Environment

import build
from katalog.ahead import begun
from katalog.arguments import Options
from katalog.crew import ALONE, Crew
from katalog.model import Deferred, File
from tests.conftest import TODAY

ME = str(os.getpid()).encode()
PAIR = Crew(workers=2, last=lambda: None)


def _maker(path: str) -> Deferred:
    return Deferred(path=path, make=lambda: b"%b %d" % (path.encode(), os.getpid()), of=path, large=True)


def _made(file: Deferred) -> list[bytes]:
    return file.make().split()


def test_what_was_begun_is_made_elsewhere() -> None:
    """In its place, in whatever order it is asked for."""
    with begun((_maker("a"), _maker("b"), _maker("c")), PAIR) as started:
        assert [file.path for file in started] == ["a", "b", "c"]
        made = {place: _made(started[place]) for place in (2, 0)}

    assert [made[place][0] for place in (0, 2)] == [b"a", b"c"]
    assert made[0][1] == made[2][1] != ME


def test_what_is_ready_need_not_be_waited_for() -> None:
    """It says so, once the other process has made it."""
    with begun((_maker("a"),), PAIR) as started:
        deadline = time.monotonic() + 30
        while not started[0].is_ready():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert _made(started[0])[0] == b"a"


def test_without_other_hands_all_is_made_here() -> None:
    """When it is asked for, and not before."""
    with begun((_maker("a"), _maker("b")), ALONE) as started:
        assert not started[1].is_ready()
        assert _made(started[1]) == [b"b", ME]


def test_what_the_other_process_cannot_make_is_made_here() -> None:
    """So a fault is raised where it can be told."""

    def make() -> bytes:
        if str(os.getpid()).encode() != ME:
            message = "only there"
            raise ValueError(message)
        return b"di sini"

    with begun((Deferred(path="a", make=make, of="a", large=True),), PAIR) as started:
        assert _made(started[0]) == [b"di", b"sini"]


def test_a_build_that_stops_leaves_no_process_behind() -> None:
    """Nobody may ask for what was begun."""
    with begun((_maker("a"), _maker("b")), PAIR) as started:
        worker = int(_made(started[0])[1])

    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def _build(root: Path, crew: Crew, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, bytes], list[str]]:
    """The files of a site, and the templates that this process compiled for it."""
    files: dict[str, bytes] = {}
    compiled: list[str] = []
    compile_ = Environment.compile

    def sink(made: build.Files, is_sound: Callable[[], bool]) -> bool:
        files.update((file.path, file.content) for file in made if isinstance(file, File))
        return is_sound()

    def tell(environment: Environment, source: str, name: str, filename: str) -> CodeType:
        compiled.append(name)
        return compile_(environment, source, name, filename)

    with monkeypatch.context() as patch:
        patch.setattr(Environment, "compile", tell)
        outcome = build.make_site(root, TODAY, sink, Options(command="build"), build.Memory(crew=crew))
    return files | {"laporan": str(outcome.problems).encode()}, compiled


def test_templates_that_every_edit_needs_are_compiled_elsewhere(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that see a body or the index, with all that they are built upon; others where they are used."""
    alone, all_names = _build(project, ALONE, monkeypatch)
    together, names = _build(project, PAIR, monkeypatch)

    assert together == alone
    needed = {"base.html", "komponen.html", "beranda.html", "daftar.html", "inovasi.html", "umpan.xml"}
    assert needed <= set(all_names)
    assert needed.isdisjoint(names)
    assert {"statistik.html", "faset.html"} <= set(names)


def test_a_broken_template_is_told_whoever_compiles_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, in the same words."""
    with (project / "templates" / "beranda.html").open("a", encoding="utf-8") as template:
        template.write("{% if %}")

    alone, _ = _build(project, ALONE, monkeypatch)

    assert b"beranda.html" in alone["laporan"]
    assert _build(project, PAIR, monkeypatch)[0] == alone
