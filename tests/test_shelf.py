"""Bytes on the disk without a name, until they get one."""

import os
import stat
from pathlib import Path

import pytest

from katalog.shelf import Shelved, open_shelf, write_whole

CONTENTS = [b"", b"a\r\n\0", os.urandom(3_000_000)]


def _shelve(folder: Path, content: bytes) -> Shelved:
    shelf = open_shelf(folder)
    write_whole(shelf, content)
    return Shelved(shelf, len(content))


@pytest.mark.parametrize("content", CONTENTS)
def test_bytes_are_the_very_ones(tmp_path: Path, content: bytes) -> None:
    """To whoever reads them, and where they are published."""
    shelved = _shelve(tmp_path, content)
    shelved.give_name(str(tmp_path / "situs"))

    assert bytes(shelved) == (tmp_path / "situs").read_bytes() == content
    assert len(shelved) == len(content)


def test_nothing_lies_there_before_it_has_a_name(tmp_path: Path) -> None:
    """So nothing is left behind, and whoever may read other files may read it."""
    shelved = _shelve(tmp_path, b"satu")
    assert list(tmp_path.iterdir()) == []
    write_whole(str(tmp_path / "lain"), b"lain")
    shelved.give_name(str(tmp_path / "situs"))

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes["situs"] == modes["lain"]


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="this system has no files without a name")
def test_it_is_not_written_again(tmp_path: Path) -> None:
    """The file that gets the name is the one that was written."""
    shelf = open_shelf(tmp_path)
    write_whole(shelf, b"satu")
    Shelved(shelf, 4).give_name(str(tmp_path / "situs"))

    assert (tmp_path / "situs").stat().st_ino == os.fstat(shelf).st_ino


def test_where_that_cannot_be_it_is_copied(tmp_path: Path) -> None:
    """With the rights of any other file, and in another one's place."""
    shelved = _shelve(tmp_path / "tidak-ada", b"satu")
    write_whole(str(tmp_path / "lain"), b"lain")
    for _ in range(2):
        shelved.give_name(str(tmp_path / "situs"))

    assert (tmp_path / "situs").read_bytes() == b"satu"
    assert (tmp_path / "situs").stat().st_mode == (tmp_path / "lain").stat().st_mode
