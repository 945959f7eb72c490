"""All or nothing on disk."""

import ctypes
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from katalog.model import File
from katalog.problems import Code
from katalog.write import (
    MARKER,
    NotWrittenError,
    RefusedFolderError,
    folders,
    prepare,
    publish,
    replace_file,
    write_new,
)
from katalog.write.lock import alone
from tests.conftest import ROOT
from tests.ordered import Ordered

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
    assert _beside(tmp_path / "situs") == ["situs", "situs.kunci"]


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
    assert _beside(tmp_path / "situs") == ["situs", "situs.kunci"]


def test_a_build_that_breaks_leaves_the_old_site(tmp_path: Path) -> None:
    """However it breaks."""

    def breaking() -> Iterator[File]:
        yield NEW[0]
        raise KeyboardInterrupt

    publish(OLD, tmp_path / "situs", _yes)
    with pytest.raises(KeyboardInterrupt):
        publish(breaking(), tmp_path / "situs", _yes)

    assert _site(tmp_path / "situs")["index.html"] == b"old"
    assert _beside(tmp_path / "situs") == ["situs", "situs.kunci"]


def test_systems_without_exchange_rename_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The result is the same."""
    monkeypatch.setattr(folders, "_exchange", lambda *_: False)
    publish(OLD, tmp_path / "situs", _yes)
    publish(NEW, tmp_path / "situs", _yes)

    assert _site(tmp_path / "situs")["index.html"] == b"new"
    assert _site(tmp_path / "situs.lama")["index.html"] == b"old"
    assert _beside(tmp_path / "situs") == ["situs", "situs.kunci", "situs.lama"]


def test_where_the_second_of_two_renames_fails_the_old_site_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once, without waiting for the next build."""
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if (self.name, target.name) == ("situs.baru", "situs"):
            raise OSError(errno.EIO, "rusak")
        return rename(self, target)

    publish(OLD, tmp_path / "situs", _yes)
    monkeypatch.setattr(folders, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(NotWrittenError):
        publish(NEW, tmp_path / "situs", _yes)

    assert _site(tmp_path / "situs")["index.html"] == b"old"
    assert _beside(tmp_path / "situs") == ["situs", "situs.kunci"]


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed and forked in other ways there")
@pytest.mark.parametrize("arguments", [[], ["--two-renames"]])
def test_killed_at_any_moment_a_build_leaves_a_whole_site(tmp_path: Path, arguments: list[str]) -> None:
    """Before each single request to the file system; and who holds the folder open reads all of the old site."""
    command = [sys.executable, "-m", "tests.crash", str(tmp_path), *arguments]
    told = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=120).stdout)

    assert told["faults"] == []
    assert told["moments"] > 30


def test_the_former_site_stays_for_its_readers_until_the_next_one_is_ready(tmp_path: Path) -> None:
    """And no longer."""
    site = tmp_path / "situs"
    publish(OLD, site, _yes)
    held = os.open(site, os.O_RDONLY)

    def read_held() -> bytes:
        assert _site(site)["index.html"] == b"new"
        with os.fdopen(os.open("index.html", os.O_RDONLY, dir_fd=held), "rb") as file:
            return file.read()

    publish(NEW, site, _yes)
    publish(NEW, site, _yes)  # nothing changed
    assert publish(OLD, site, lambda: read_held() == b"") is False  # refused while it is being written
    assert read_held() == b"old"

    publish([File(path="index.html", content=b"newest")], site, _yes)
    assert _site(tmp_path / "situs.lama")["index.html"] == b"new"
    os.close(held)


def _mounts(folder: Path) -> dict[str, object]:
    """What tests/mounts.py tells; skips where this user may not mount a small disk."""
    namespace = ["unshare", "--user", "--map-root-user", "--mount"]
    if not shutil.which("unshare") or subprocess.run([*namespace, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody mount a small disk of their own; simulated below")
    command = [*namespace, sys.executable, "-m", "tests.mounts", str(folder)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=60).stdout
    return dict(json.loads(told))


def test_real_disks_that_refuse_leave_the_old_site(tmp_path: Path) -> None:
    """Full, full but for the former site, read-only, mounted in the way."""
    assert _mounts(tmp_path) == {
        "first": "terbit",
        "full": "Tempat penyimpanan penuh.",
        "full, whole": True,
        "full, beside": ["pengisi", "situs", "situs.kunci"],
        "second": "terbit",
        "two fit, three do not": "terbit",
        "read-only": "Tempat penyimpanan ini hanya bisa dibaca.",
        "read-only, whole": True,
        "mount point": "Folder DISK/pasang adalah titik kait (mount) dan tidak bisa ditukar. Pilih folder di dalamnya.",
        "bind mount": "Sistem tidak bisa menukar folder ini: mungkin titik kait (mount) atau di cakram lain.",
        "bind mount, whole": True,
    }


@pytest.mark.parametrize("step", ["heal", "Staging.put", "survey", "flush", "swap"])
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "Tempat penyimpanan penuh."),
        (errno.EDQUOT, "Tempat penyimpanan penuh."),
        (errno.EROFS, "hanya bisa dibaca"),
        (errno.EACCES, "Tidak ada izin"),
        (errno.EXDEV, "tidak bisa menukar"),
        (errno.EIO, "Sistem menolak"),
    ],
)
def test_whatever_step_the_system_refuses_the_old_site_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, words: str
) -> None:
    """A problem with words for it, and nothing half done beside."""

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    site = tmp_path / "situs"
    publish(OLD, site, _yes)
    monkeypatch.setattr(f"katalog.write.{step}", refuse)
    with pytest.raises(NotWrittenError) as raised:
        publish(OLD if step == "survey" else NEW, site, _yes)

    assert words in raised.value.problem.message
    assert (raised.value.problem.code, raised.value.problem.place.path) == (Code.NOT_WRITTEN, str(site))
    assert raised.value.problem.remedy
    assert _site(site)["index.html"] == b"old"
    assert _beside(site) == ["situs", "situs.kunci"]


@pytest.mark.parametrize("answer", [-1, None])
def test_a_disk_that_loses_what_was_written_is_noticed_before_it_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: int | None
) -> None:
    """Some disks refuse only when asked to keep it; systems without the call flush everything."""

    class Library:
        def __init__(self, *_: object, **__: object) -> None:
            if answer is not None:
                self.syncfs = lambda _: ctypes.set_errno(errno.EIO) or answer

    def refuse() -> None:
        raise OSError(errno.EIO, "rusak")

    site = tmp_path / "situs"
    publish(OLD, site, _yes)
    monkeypatch.setattr(ctypes, "CDLL", Library)
    monkeypatch.setattr(os, "sync", refuse)
    with pytest.raises(NotWrittenError):
        publish(NEW, site, _yes)

    assert _site(site)["index.html"] == b"old"


def test_a_fault_of_the_content_is_not_taken_for_one_of_the_disk(tmp_path: Path) -> None:
    """Files are rendered while others are written."""

    def breaking() -> Iterator[File]:
        yield NEW[0]
        raise OSError(errno.ENOSPC, "from elsewhere")

    with pytest.raises(OSError, match="from elsewhere"):
        publish(breaking(), tmp_path / "situs", _yes)


def test_a_folder_below_a_file_is_refused_with_words(tmp_path: Path) -> None:
    """However the system calls it."""
    (tmp_path / "berkas").write_text("x")
    for path in (tmp_path / "berkas" / "situs", tmp_path / "berkas" / "a" / "situs", tmp_path / ("x" * 300)):
        with pytest.raises(NotWrittenError):
            prepare(path, ROOT)


def test_two_builds_at_once_take_turns(tmp_path: Path) -> None:
    """The second is told; the lock does not outlive its holder."""
    site = tmp_path / "situs"
    with alone(site):
        for attempt in (lambda: publish(NEW, site, _yes), lambda: prepare(site, ROOT)):
            with pytest.raises(NotWrittenError) as raised:
                attempt()
            assert raised.value.problem.code == Code.BUSY
    assert not site.exists()

    assert publish(NEW, site, _yes) is True


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    """Also where that is killed."""
    site = tmp_path / "situs"
    imports = "import os, pathlib, signal, sys; from katalog.write.lock import alone"
    code = f"{imports}\nwith alone(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    assert subprocess.run([sys.executable, "-c", code, site], cwd=ROOT, check=False).returncode == -signal.SIGKILL

    assert publish(NEW, site, _yes) is True


def test_file_systems_without_locks_are_written_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some shared folders know none."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOTSUP, "no locks")

    monkeypatch.setattr("katalog.write.lock.fcntl.flock", refuse)

    assert publish(NEW, tmp_path / "situs", _yes) is True


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
        with pytest.raises(RefusedFolderError):
            publish(OLD, tmp_path / name, _yes)
    assert (foreign / "surat.txt").read_text() == "penting"
    assert _beside(foreign) == ["berkas", "dokumen", "tautan"]


@pytest.mark.parametrize("word", ["baru", "lama", "tukar"])
def test_neighbours_that_are_not_ours_are_refused(tmp_path: Path, word: str) -> None:
    """Somebody may keep a copy under the name that we use."""
    site, letter = tmp_path / "situs", tmp_path / f"situs.{word}" / "surat.txt"
    publish(OLD, site, _yes)
    letter.parent.mkdir()
    letter.write_text("penting")

    with pytest.raises(RefusedFolderError):
        publish(NEW, site, _yes)

    assert letter.read_text() == "penting"
    assert _site(site)["index.html"] == b"old"


def test_half_a_removal_is_still_known_as_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a build killed while it tidies up would stop every later one."""
    site = tmp_path / "situs"
    publish(OLD, site, _yes)
    site.rename(tmp_path / "situs.baru")
    monkeypatch.setattr(os, "scandir", Ordered)  # our mark comes first
    monkeypatch.setattr(shutil, "rmtree", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        publish(OLD, site, _yes)
    monkeypatch.undo()

    assert publish(OLD, site, _yes) is True


def test_what_somebody_put_into_the_site_goes(tmp_path: Path) -> None:
    """Files and links that nobody planned, also where nothing else changed."""
    site = tmp_path / "situs"
    for name in ("berkas.html", "tautan", "tautan-folder"):
        publish(OLD, site, _yes)
        if name == "berkas.html":
            (site / name).write_text("x")
        else:
            (site / name).symlink_to(tmp_path if name == "tautan-folder" else "index.html")

        assert publish(OLD, site, _yes) is True
        assert sorted(path.name for path in site.iterdir()) == [MARKER, "a", "index.html"]


def test_a_page_that_somebody_replaced_by_a_link_is_a_page_again(tmp_path: Path) -> None:
    """Though the link leads to the very same words, and is as long as they are; they could change tomorrow."""
    files = [File(path="index.html", content=b"satu")]
    page = tmp_path / "situs" / "index.html"
    publish(files, tmp_path / "situs", _yes)
    page.rename(tmp_path / "x")
    page.symlink_to("../x")

    assert publish(files, tmp_path / "situs", _yes) is True
    assert not page.is_symlink()


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    """Nothing can be lost there."""
    (tmp_path / "situs").mkdir()

    assert publish(OLD, tmp_path / "situs", _yes) is True


def test_a_new_file_never_overwrites(tmp_path: Path) -> None:
    """Somebody's work may stand there."""
    assert write_new(tmp_path / "isi" / "a.md", "satu") is True
    assert write_new(tmp_path / "isi" / "a.md", "dua") is False
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
