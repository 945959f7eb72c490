"""Work that processes share: same results, same order, whatever becomes of the processes."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest

import build
from katalog import ahead, crew, recall, render, store
from katalog.arguments import Options
from katalog.model import File
from katalog.problems import Problem, mistakes
from katalog.prose import ProseRecipe, make_converter
from katalog.store import open_store
from tests.conftest import TODAY

ME = os.getpid()


def _nothing() -> None:
    """For those who leave nothing behind."""


PAIR = crew.Crew(workers=2, last=_nothing)


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 7, 40])
def test_results_come_in_order(workers: int, count: int) -> None:
    """Whoever made them."""
    made = list(crew.each(count, lambda number: (number, bytes(100_000)), crew.Crew(workers=workers, last=_nothing)))

    assert [number for number, _ in made] == list(range(count))


def test_processes_share_the_work_and_say_when_they_are_done(tmp_path: Path) -> None:
    """Each makes its part, and none does another's."""

    def done() -> None:
        (tmp_path / str(os.getpid())).touch()

    makers = list(crew.each(10, lambda _: os.getpid(), crew.Crew(workers=2, last=done)))

    assert ME not in makers
    assert makers == makers[:2] * 5
    assert len(set(makers)) == 2
    assert {path.name for path in tmp_path.iterdir()} == set(map(str, makers))


def test_a_process_that_has_made_enough_is_relieved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By another one, which goes on where it was; each says when it is done. Not where there is little to make."""
    monkeypatch.setattr(crew, "_SHIFT", 3)
    monkeypatch.setattr(crew, "_FEW", 13)

    def done() -> None:
        (tmp_path / str(os.getpid())).touch()

    makers = list(crew.each(14, lambda number: (number, os.getpid()), crew.Crew(workers=2, last=done)))
    pids = [pid for _, pid in makers]

    assert [number for number, _ in makers] == list(range(14))
    # Of fourteen results each process makes three, the last two one.
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 3, 3, 1, 1]
    assert pids[:6] == pids[:2] * 3
    assert {path.name for path in tmp_path.iterdir()} == set(map(str, pids))

    assert len({*crew.each(13, lambda _: os.getpid(), PAIR)}) == 2


def test_processes_may_finish_though_nobody_asks_for_more_than_there_is(tmp_path: Path) -> None:
    """Whoever takes the last result has no reason to look whether there is another one."""

    def done() -> None:
        time.sleep(0.2)
        (tmp_path / str(os.getpid())).touch()

    results = crew.each(4, lambda number: number, crew.Crew(workers=2, last=done))

    assert [next(results) for _ in range(4)] == [0, 1, 2, 3]
    results.close()  # type: ignore[attr-defined]
    assert len(list(tmp_path.iterdir())) == 2


def test_what_a_process_cannot_make_is_made_here() -> None:
    """So a fault is raised where it can be told, and what only failed there is made after all."""

    def make(number: int) -> int:
        if os.getpid() != ME and number == 3:
            message = "only there"
            raise ValueError(message)
        return number

    assert list(crew.each(6, make, PAIR)) == list(range(6))

    with pytest.raises(ZeroDivisionError):
        list(crew.each(6, lambda number: 1 // (number - 4), PAIR))


def test_a_process_that_was_killed_is_done_without() -> None:
    """As where memory runs out."""

    def make(number: int) -> int:
        if os.getpid() != ME and number == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert list(crew.each(6, make, PAIR)) == list(range(6))


def test_nobody_is_left_behind_where_nobody_asks_further() -> None:
    """A build that stops halfway ends its processes."""
    results = crew.each(1000, lambda number: (number, os.getpid(), bytes(1_000_000)), PAIR)
    makers = [next(results)[1] for _ in range(2)]
    results.close()  # type: ignore[attr-defined]

    for maker in makers:
        with pytest.raises(ProcessLookupError):
            os.kill(maker, 0)


def test_what_is_begun_early_stands_back_behind_what_is_waited_for() -> None:
    """So that there is something left to do where all else waits; whoever is asked for results does not."""

    def patience(_: int) -> int:
        return os.getpriority(os.PRIO_PROCESS, 0)

    own = patience(0)
    with crew.apart(1, patience, PAIR) as begun:
        assert next(begun.results) > own
    assert list(crew.each(2, patience, PAIR)) == [own, own]


_ASKER = """
import os, sys
from katalog.crew import Crew, apart, each

def make(number):
    os.write(1, b"%d\\n" % os.getpid())  # at once: many write
    return bytes(1_000_000)

crew = Crew(workers=2, last=lambda: None)
with apart(9, make, crew) as begun:
    next(begun.results)
    for _ in each(99, make, crew):
        sys.stdin.read()
"""


def test_nobody_is_left_behind_by_a_build_that_was_killed() -> None:
    """Nobody would ever take what its processes have made."""
    with subprocess.Popen([sys.executable, "-c", _ASKER], stdin=PIPE, stdout=PIPE, text=True) as asker:
        assert asker.stdout
        makers: set[int] = set()
        while len(makers) < 3:
            makers.add(int(asker.stdout.readline()))
        asker.kill()
    deadline = time.monotonic() + 10
    while left := {maker for maker in makers if Path(f"/proc/{maker}").exists()}:
        assert time.monotonic() < deadline, left
        time.sleep(0.05)


def test_what_processes_remember_is_there_later(tmp_path: Path) -> None:
    """Each with a connection of its own."""
    path = tmp_path / "dibuat.sqlite"
    with closing(open_store(path)) as store:
        store.remember("resep", b"induk", lambda: b"dibuat induk")

        def make(number: int) -> bytes:
            return store.remember("resep", b"%d" % number, lambda: b"dibuat %d" % number)

        assert list(crew.each(6, make, crew.Crew(workers=2, last=store.flush))) == [
            b"dibuat %d" % number for number in range(6)
        ]

    def again() -> bytes:
        message = "made again"
        raise AssertionError(message)

    with closing(open_store(path)) as store:
        assert [store.remember("resep", b"%d" % number, again) for number in range(6)] == [
            b"dibuat %d" % number for number in range(6)
        ]
        assert store.remember("resep", b"induk", again) == b"dibuat induk"
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def _site(
    project: Path, crew_of: crew.Crew, kept: store.Store | None = None
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    files: dict[str, bytes] = {}

    def sink(made: build.Files, is_sound: Callable[[], bool]) -> bool:
        files.update((file.path, bytes(file.content)) for file in made if isinstance(file, File))
        return is_sound()

    memory = build.Memory(crew=crew_of)
    if kept:
        memory = build.Memory(crew=crew_of, remember=kept.remember, known=kept.known)
    return files, build.make_site(project, TODAY, sink, Options(command="build"), memory).problems


def test_a_site_made_by_many_is_the_one_made_by_one(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte by byte, with the same faults told; in the same order, but for large files, which come when ready."""
    monkeypatch.setattr(render, "MUCH", 1)
    monkeypatch.setattr(render, "SHARE", 2)
    broken = project / "templates" / "robot.txt"
    broken.write_text(broken.read_text() + "{{ tidak_ada }}\n")

    alone = _site(project, crew.ALONE)
    together = _site(project, PAIR)

    assert together == alone
    one, other = ([path for path in files if not path.startswith("data/inovasi.")] for files, _ in (together, alone))
    assert one == other
    assert [problem.place.path for problem in mistakes(together[1])] == ["templates/robot.txt"]


def test_a_body_becomes_html_where_it_is_read(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nowhere else, whichever process shows it on however many pages; a build after that makes none anew."""
    for name, value in {"_FIRST": 0, "_MUCH": 1, "_SHARE": 1}.items():
        monkeypatch.setattr(recall, name, value)
    monkeypatch.setattr(render, "MUCH", 1)
    # Processes that write at once would rather forget than wait long.
    monkeypatch.setattr(store, "_PATIENCE", 30)
    log = tmp_path / "log"

    def telling(recipe: ProseRecipe) -> build.ToHtml:
        to_html = make_converter(recipe)

        def tell(text: str) -> str:
            with log.open("ab") as file:  # of an empty text nothing is remembered
                file.write(f"{os.getpid()} {text[:20]!r}\n".encode() if text else b"")
            return to_html(text)

        return tell

    monkeypatch.setattr(build, "make_converter", telling)

    def made(where: Path) -> tuple[dict[str, bytes], list[list[str]]]:
        log.write_bytes(b"")
        with closing(open_store(where)) as kept:
            files, problems = _site(project, crew.Crew(workers=2, last=kept.flush), kept)
        assert not mistakes(problems)
        return files, [line.split(" ", 1) for line in log.read_text(encoding="utf-8").splitlines()]

    alone, _ = _site(project, crew.ALONE)
    files, rows = made(tmp_path / "dibuat.sqlite")
    bodies = [repr(entry.body[:20]) for entry in build.read_entries(project, TODAY)[0].innovations if entry.body]  # type: ignore[union-attr]
    elsewhere = [text for maker, text in rows if maker != str(ME)]
    readers = {maker for maker, text in rows if text in bodies}

    assert len(bodies) > 1
    assert files == alone
    assert all(elsewhere.count(body) == 1 for body in bodies)
    # Who makes pages meets other texts.
    assert readers.isdisjoint(maker for maker, text in rows if text not in bodies)
    assert files == made(tmp_path / "dibuat.sqlite")[0]
    assert log.read_bytes() == b""


@pytest.mark.parametrize("are_new", [True, False])
def test_what_is_begun_early_is_the_same(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, are_new: bool
) -> None:
    """Clashes, terms and large files, whoever makes them: it depends on whether most entries are new."""
    entry = project / "content" / "innovations" / "kopi-sehat.md"
    body = entry.read_text(encoding="utf-8")
    twin = entry.with_name("kopi-kembar.md")
    twin.write_text(body.replace("nama: Kopi Sehat", "nama: Kopi Kembar"), encoding="utf-8")
    begun: list[str] = []

    def watched(files: Any, hands: crew.Crew, first: Any) -> Any:
        begun.extend(part.func.__name__ for part in first)
        return ahead.begun(files, hands, first)

    monkeypatch.setattr(build, "begun", watched)
    where = tmp_path / "dibuat.sqlite"
    if not are_new:
        with closing(open_store(where)) as kept:
            _site(project, crew.ALONE, kept)
        begun.clear()

    with closing(open_store(where)) as kept:
        together = _site(project, crew.Crew(workers=2, last=kept.flush), kept)

    assert begun == ["find_clashes" if are_new else "rank"]
    assert together == _site(project, crew.ALONE)
    assert {problem.place.path for problem in mistakes(together[1])} == {"content/innovations/kopi-sehat.md"}
    twin.unlink()
    with closing(open_store(where)) as kept:
        files, problems = _site(project, crew.Crew(workers=2, last=kept.flush), kept)
    assert (files, problems) == _site(project, crew.ALONE)
    assert "data/inovasi.xlsx" in files
