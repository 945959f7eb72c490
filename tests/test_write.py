"""All or nothing on disk."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from katalog import write
from katalog.model import File
from katalog.write import MARKER, ForeignFolderError, publish, recover, replace_file, write_new

OLD = [File(path="index.html", content=b"old"), File(path="a/b/index.html", content=b"same")]
NEW = [File(path="index.html", content=b"new"), File(path="a/b/index.html", content=b"same")]


def _yes() -> bool:
    return True


def _site(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found.pop(MARKER, None)
    return found


def _beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir())


def test_a_site_is_written_whole(tmp_path: Path) -> None:
    """And nothing is left beside it."""
    assert publish(OLD, tmp_path / "situs", _yes) is True

    assert _site(tmp_path / "situs") == {"index.html": b"old", "a/b/index.html": b"same"}
    assert _beside(tmp_path / "situs") == ["situs"]


def test_what_is_no_longer_planned_goes(tmp_path: Path) -> None:
    """A removed entry leaves no page behind."""
    publish([*OLD, File(path="gone/index.html", content=b"x")], tmp_path / "situs", _yes)
    publish(OLD, tmp_path / "situs", _yes)

    assert "gone/index.html" not in _site(tmp_path / "situs")


def test_unchanged_files_keep_their_time_and_an_unchanged_site_is_not_touched(tmp_path: Path) -> None:
    """Servers and rsync see only what really changed."""
    site = tmp_path / "situs"
    publish(OLD, site, _yes)
    for path in site.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    number = site.stat().st_ino

    assert publish(OLD, site, _yes) is False
    assert site.stat().st_ino == number
    assert publish(NEW, site, _yes) is True
    assert (site / "a/b/index.html").stat().st_mtime == 1_000_000_000
    assert (site / "index.html").stat().st_mtime > 1_000_000_000


def test_without_approval_the_old_site_stays(tmp_path: Path) -> None:
    """The gate is asked after the last file has passed."""
    publish(OLD, tmp_path / "situs", _yes)

    assert publish(NEW, tmp_path / "situs", lambda: False) is False
    assert _site(tmp_path / "situs")["index.html"] == b"old"
    assert _beside(tmp_path / "situs") == ["situs"]


def test_a_build_that_breaks_leaves_the_old_site(tmp_path: Path) -> None:
    """However it breaks."""

    def breaking() -> Iterator[File]:
        yield NEW[0]
        raise KeyboardInterrupt

    publish(OLD, tmp_path / "situs", _yes)
    with pytest.raises(KeyboardInterrupt):
        publish(breaking(), tmp_path / "situs", _yes)

    assert _site(tmp_path / "situs")["index.html"] == b"old"
    assert _beside(tmp_path / "situs") == ["situs"]


def test_systems_without_exchange_rename_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The result is the same."""
    monkeypatch.setattr(write, "_exchange_in_one_step", lambda *_: False)
    publish(OLD, tmp_path / "situs", _yes)
    publish(NEW, tmp_path / "situs", _yes)

    assert _site(tmp_path / "situs")["index.html"] == b"new"
    assert _beside(tmp_path / "situs") == ["situs"]


def test_a_build_killed_between_two_renames_is_healed(tmp_path: Path) -> None:
    """The next build finds the old site aside and puts it back first."""
    publish(OLD, tmp_path / "situs", _yes)
    (tmp_path / "situs").rename(tmp_path / "situs.lama")

    recover(tmp_path / "situs")

    assert _site(tmp_path / "situs")["index.html"] == b"old"
    assert _beside(tmp_path / "situs") == ["situs"]


def test_file_systems_without_hard_links_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And copies keep their time as well."""

    def refuse(*_: object) -> None:
        raise OSError

    publish(OLD, tmp_path / "situs", _yes)
    os.utime(tmp_path / "situs/a/b/index.html", (1_000_000_000, 1_000_000_000))
    monkeypatch.setattr(os, "link", refuse)
    publish(NEW, tmp_path / "situs", _yes)

    assert (tmp_path / "situs/a/b/index.html").stat().st_mtime == 1_000_000_000


def test_folders_that_are_not_ours_are_refused(tmp_path: Path) -> None:
    """A mistyped --output costs nobody's files."""
    foreign = tmp_path / "dokumen"
    foreign.mkdir()
    (foreign / "surat.txt").write_text("penting")
    (tmp_path / "berkas").write_text("x")
    (tmp_path / "tautan").symlink_to(foreign)

    for name in ("dokumen", "berkas", "tautan"):
        with pytest.raises(ForeignFolderError):
            publish(OLD, tmp_path / name, _yes)
    assert (foreign / "surat.txt").read_text() == "penting"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    """Nothing can be lost there."""
    (tmp_path / "situs").mkdir()

    assert publish(OLD, tmp_path / "situs", _yes) is True


def test_a_new_file_never_overwrites(tmp_path: Path) -> None:
    """Somebody's work may stand there."""
    write_new(tmp_path / "isi" / "a.md", "satu")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "isi" / "a.md", "dua")

    assert (tmp_path / "isi" / "a.md").read_text() == "satu"


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left beside it either way; its permissions stay."""
    path = tmp_path / "a.md"
    path.write_bytes(b"lama")
    path.chmod(0o640)

    def fail(*_: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        with pytest.raises(PermissionError):
            replace_file(path, b"baru")
    assert path.read_bytes() == b"lama"

    replace_file(path, b"baru")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"baru", 0o640)
    assert _beside(path) == ["a.md"]


def test_a_file_gets_a_new_name_with_its_new_bytes(tmp_path: Path) -> None:
    """Also where only the case of a letter changes."""
    (tmp_path / "a.MD").write_bytes(b"lama")

    replace_file(tmp_path / "a.MD", b"baru", "a.md")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.md": b"baru"}


def test_a_file_that_was_not_there_is_written(tmp_path: Path) -> None:
    """In its folder; over a folder nothing is written, and nothing is left beside it."""
    replace_file(tmp_path / "isi" / "a.md", b"satu")
    (tmp_path / "isi" / "b.md").mkdir()
    with pytest.raises(OSError, match=r"b\.md"):
        replace_file(tmp_path / "isi" / "b.md", b"dua")

    assert (tmp_path / "isi" / "a.md").read_bytes() == b"satu"
    assert _beside(tmp_path / "isi" / "a.md") == ["a.md", "b.md"]
