"""Large files are begun before their turn, by a process of their own."""

import errno
import os
import time
from functools import partial
from pathlib import Path

import pytest

from katalog import ahead
from katalog.ahead import begun
from katalog.crew import ALONE, Crew
from katalog.model import Deferred
from katalog.shelf import open_shelf

ME = str(os.getpid()).encode()
PAIR = Crew(workers=2, last=lambda: None)


def _maker(path: str) -> Deferred:
    return Deferred(path=path, make=lambda: b"%b %d" % (path.encode(), os.getpid()), of=path, large=True)


def _first() -> list[bytes]:
    return [b"pertama", str(os.getpid()).encode()]


def _second() -> list[bytes]:
    return [b"kedua", str(os.getpid()).encode()]


def _made(file: Deferred) -> list[bytes]:
    return bytes(file.make()).split()


def test_what_was_begun_is_made_elsewhere() -> None:
    """In its place, in whatever order it is asked for."""
    with begun((_maker("a"), _maker("b"), _maker("c")), PAIR, [_first]) as (started, _):
        assert [file.path for file in started] == ["a", "b", "c"]
        made = {place: _made(started[place]) for place in (2, 0)}

    assert [made[place][0] for place in (0, 2)] == [b"a", b"c"]
    assert made[0][1] == made[2][1] != ME


def test_what_comes_first_is_made_elsewhere_once() -> None:
    """Whether it is asked for before the files, after them, or not at all."""
    for order in ("before", "after", "never"):
        with begun((_maker("a"),), PAIR, [_first, _second]) as (started, (first, second)):
            early = [*second(), *first(), *second()] if order == "before" else []
            made = _made(started[0])
            late = [*second(), *first(), *second()] if order == "after" else []

        assert made[0] == b"a"
        assert early + late == ([] if order == "never" else [b"kedua", made[1], b"pertama", made[1], b"kedua", made[1]])
    with begun((), ALONE, [_first]) as (_, (first,)):
        assert first() == [b"pertama", ME]


def test_bytes_are_the_very_ones() -> None:
    """Whatever they are, and whoever lies beside them."""
    contents = {"kosong": b"", "baris": b"\r\n\0", "besar": os.urandom(3_000_000), "akhir": b"z"}
    files = [Deferred(path=path, make=partial(bytes, made), of=path, large=True) for path, made in contents.items()]
    with begun(files, PAIR, [_first]) as (started, _):
        assert {file.path: bytes(file.make()) for file in reversed(started)} == contents


def test_what_is_ready_need_not_be_waited_for() -> None:
    """It says so, once the other process has made it; what comes first is no file."""
    with begun((_maker("a"),), PAIR, [_first]) as (started, _):
        deadline = time.monotonic() + 30
        while not started[0].is_ready():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert _made(started[0])[0] == b"a"


def test_what_comes_first_is_no_file(tmp_path: Path) -> None:
    """That it is ready says nothing of the files."""
    sign = tmp_path / "boleh"

    def wait() -> bytes:
        deadline = time.monotonic() + 30
        while not sign.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        return b"sudah" if sign.exists() else b""

    with begun((Deferred(path="a", make=wait, of="a", large=True),), PAIR, [_first]) as (started, (first,)):
        assert first()[0] == b"pertama"
        assert not started[0].is_ready()
    with begun((Deferred(path="a", make=wait, of="a", large=True),), PAIR, [_first]) as (started, _):
        time.sleep(0.5)  # long enough for what comes first
        assert not started[0].is_ready()
        sign.touch()
        assert bytes(started[0].make()) == b"sudah"


def test_without_other_hands_all_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is asked for, and not before; a check needs no room for it on the disk."""
    monkeypatch.setattr(ahead, "open_shelf", None)
    with begun((_maker("a"), _maker("b")), ALONE, [_first]) as (started, _):
        assert not started[1].is_ready()
        assert _made(started[1]) == [b"b", ME]


def test_what_the_other_process_cannot_make_is_made_here() -> None:
    """So a fault is raised where it can be told."""

    def make() -> bytes:
        if str(os.getpid()).encode() != ME:
            message = "only there"
            raise ValueError(message)
        return b"di sini"

    with begun((Deferred(path="a", make=make, of="a", large=True),), PAIR, [_first]) as (started, _):
        assert _made(started[0]) == [b"di", b"sini"]


def test_a_file_that_finds_no_room_takes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made here, and nothing of it lies on the disk."""
    shelves: list[int] = []

    def opened(folder: Path | None) -> int:
        shelves.append(open_shelf(folder))
        return shelves[-1]

    def write(shelf: int, content: bytes) -> None:
        os.write(shelf, content)
        raise OSError(errno.ENOSPC, "penuh")

    monkeypatch.setattr(ahead, "open_shelf", opened)
    monkeypatch.setattr(ahead, "write_whole", write)
    with begun((_maker("a"),), PAIR, [_first]) as (started, _):
        assert _made(started[0]) == [b"a", ME]
        assert [os.fstat(shelf).st_size for shelf in shelves] == [0]


def test_a_build_that_stops_leaves_no_process_behind() -> None:
    """Nobody may ask for what was begun."""
    with begun((_maker("a"), _maker("b")), PAIR, [_first]) as (started, _):
        worker = int(_made(started[0])[1])

    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
