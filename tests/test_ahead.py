"""Large files are begun before their turn, by a process of their own."""

import os
from pathlib import Path

import pytest

from katalog.ahead import begun
from katalog.crew import ALONE, Crew
from katalog.ledger import Ledger
from katalog.model import Deferred, File, Stamp

ME = str(os.getpid()).encode()
PAIR = Crew(workers=2, last=lambda: None)


def _maker(path: str) -> Deferred:
    return Deferred(path=path, make=lambda: b"%b %d" % (path.encode(), os.getpid()), of=path, large=True)


def _made(file: Deferred) -> list[bytes]:
    return file.make().split()


def test_what_was_begun_is_made_elsewhere() -> None:
    """In its place, in whatever order it is asked for."""
    with begun((_maker("a"), _maker("b"), _maker("c")), lambda _: True, PAIR) as started:
        assert [file.path for file in started] == ["a", "b", "c"]
        made = {place: _made(started[place]) for place in (2, 0)}

    assert [made[place][0] for place in (0, 2)] == [b"a", b"c"]
    assert made[0][1] == made[2][1] != ME


def test_what_is_not_wanted_is_not_begun() -> None:
    """It is made here, should it be asked for after all; so is everything where there are no other hands."""
    outputs = (_maker("a"), _maker("b"))
    with begun(outputs, lambda file: file.path == "b", PAIR) as started:
        assert _made(started[0])[1] == ME != _made(started[1])[1]
    with begun(outputs, lambda _: True, ALONE) as started:
        assert started == outputs


def test_what_the_other_process_cannot_make_is_made_here() -> None:
    """So a fault is raised where it can be told."""

    def make() -> bytes:
        if str(os.getpid()).encode() != ME:
            message = "only there"
            raise ValueError(message)
        return b"di sini"

    with begun((Deferred(path="a", make=make, of="a", large=True),), lambda _: True, PAIR) as started:
        assert _made(started[0]) == [b"di", b"sini"]


def test_a_build_that_stops_leaves_no_process_behind() -> None:
    """Nobody may ask for what was begun."""
    with begun((_maker("a"), _maker("b")), lambda _: True, PAIR) as started:
        worker = int(_made(started[0])[1])

    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_a_ledger_tells_what_a_file_was_made_of_before_it_has_met_the_folder(tmp_path: Path) -> None:
    """So that what is surely to be made can be begun."""
    file = tmp_path / "terbit.sqlite"
    assert not Ledger(file).is_of("a", b"kunci")
    assert not file.exists()

    ledger = Ledger(file)
    ledger.note(File(path="a", content=b"1", key=b"kunci"))
    ledger.save({"a": Stamp(1, 1)})

    assert Ledger(file).is_of("a", b"kunci")
    assert not Ledger(file).is_of("a", b"lain")
    assert not Ledger(file).is_of("b", b"kunci")
    assert not Ledger(None).is_of("a", b"kunci")
    assert Ledger(file).recall("a", lambda: b"kunci") is None
