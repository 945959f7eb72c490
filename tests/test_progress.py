"""A waiting person sees how far a long build is; a pipe sees nothing."""

import io

import pytest

from katalog import progress
from katalog.progress import with_progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_the_items_and_no_word() -> None:
    """Programs read what comes out."""
    stream = io.StringIO()

    assert list(with_progress(range(5), 5, stream)) == [0, 1, 2, 3, 4]
    assert stream.getvalue() == ""


def test_a_terminal_sees_how_far_a_long_build_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a clean line afterwards."""
    monkeypatch.setattr(progress, "monotonic", iter(range(100)).__next__)
    stream = _Terminal()

    assert list(with_progress(range(3), 3, stream)) == [0, 1, 2]
    assert "\rMembuat halaman 2 dari 3 ..." in stream.getvalue()
    assert stream.getvalue().endswith("\r" + " " * 50 + "\r")


def test_a_short_build_stays_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flash of text is noise."""
    monkeypatch.setattr(progress, "monotonic", lambda: 0.0)
    stream = _Terminal()

    assert list(with_progress(range(3), 3, stream)) == [0, 1, 2]
    assert stream.getvalue() == ""
