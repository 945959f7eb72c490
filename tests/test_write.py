"""All or nothing on disk."""

import ctypes
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from katalog.model import File, Kept, Stamp
from katalog.problems import Code
from katalog.write import (
    MARKER,
    Early,
    NotWrittenError,
    RefusedFolderError,
    folders,
    look,
    prepare,
    publish,
    replace_file,
    stock_of,
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
@pytest.mark.parametrize("arguments", [[], ["--two-renames"], ["--no-former"], ["--two-renames", "--no-former"]])
def test_killed_at_any_moment_a_build_leaves_a_whole_site(tmp_path: Path, arguments: list[str]) -> None:
    """Before each single request to the file system; and who holds the folder open reads all of the old site."""
    command = [sys.executable, "-m", "tests.crash", str(tmp_path), *arguments]
    told = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=120).stdout)

    assert told["faults"] == []
    assert told["moments"] > 25


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


MANY = [File(path=f"a/{number}/index.html", content=b"satu") for number in range(20)]


def _edited(number: int) -> list[File]:
    """Many pages, one of them edited."""
    return [*MANY[:number], File(path=MANY[number].path, content=b"dua"), *MANY[number + 1 :]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the costly requests are made of the system."""
    counts: Counter[str] = Counter()

    def count(name: str) -> None:
        real = getattr(os, name)

        def counting(*arguments: Any, **named: Any) -> Any:
            counts[name] += 1
            return real(*arguments, **named)

        monkeypatch.setattr(os, name, counting)

    for name in ("scandir", "link", "unlink", "rmdir", "mkdir", "rename", "replace"):
        count(name)
    return counts


def test_an_unchanged_site_is_looked_through_once(tmp_path: Path, calls: Counter[str]) -> None:
    """Each folder once, and nothing else is done."""
    publish(MANY, tmp_path / "situs", _yes)
    calls.clear()

    assert publish([Kept(path=file.path) for file in MANY], tmp_path / "situs", _yes) is False
    assert calls == {"scandir": len(MANY) + 2, "mkdir": 1}  # that one is where the lock lies


def test_one_changed_page_costs_what_changed(tmp_path: Path, calls: Counter[str]) -> None:
    """The former site becomes the new one: linked is only what changed in the build before."""
    site, former = tmp_path / "situs", tmp_path / "situs.lama"
    publish(MANY, site, _yes)
    publish(_edited(0), site, _yes)
    number = former.stat().st_ino
    calls.clear()
    publish(_edited(1), site, _yes)

    assert site.stat().st_ino == number
    assert _site(site) == {file.path: file.content for file in _edited(1)}
    assert _site(former) == {file.path: file.content for file in _edited(0)}
    assert calls["link"] == 1  # our mark; both changed pages are new
    assert sum(calls.values()) - calls["scandir"] < len(MANY)
    assert _beside(site) == ["situs", "situs.kunci", "situs.lama"]


def test_a_folder_whose_name_changes_costs_what_changed_in_it(tmp_path: Path, calls: Counter[str]) -> None:
    """Its files are the old ones, and it is moved as a whole; pages, which tell where they lie, are written."""
    site = tmp_path / "situs"

    def index(name: str, last: bytes) -> list[File]:
        parts = [File(path=f"aset/{name}/{number}.json", content=b"%d" % number) for number in range(20)]
        pages = [File(path=f"aset/{name}/index.html", content=b"halaman")]
        return [*MANY, *parts, *pages, File(path=f"aset/{name}/akhir.json", content=last)]

    for name in ("satu", "dua", "tiga"):
        publish(index(name, name.encode() * 9), site, _yes)
    numbers = {file.path: (site / file.path).stat().st_ino for file in index("tiga", b"")}
    number = (tmp_path / "situs.lama").stat().st_ino
    calls.clear()
    publish(index("baru", b"empat" * 9), site, _yes)

    assert _site(site) == {file.path: file.content for file in index("baru", b"empat" * 9)}
    again = {file.path: (site / file.path.replace("/tiga/", "/baru/")).stat().st_ino for file in index("tiga", b"")}
    assert {path for path in numbers if numbers[path] != again[path]} == {
        "aset/tiga/index.html",
        "aset/tiga/akhir.json",
    }
    assert calls["rename"] + calls["replace"] < 6
    assert site.stat().st_ino == number
    # Of the same size is not the same.
    publish(index("lain", b"lima!" * 9), site, _yes)
    assert _site(site) == {file.path: file.content for file in index("lain", b"lima!" * 9)}


def _replace_same(page: Path) -> None:
    """Another file of the same length and time."""
    about = page.stat()
    page.unlink()
    page.write_bytes(b"lain")
    os.utime(page, ns=(about.st_atime_ns, about.st_mtime_ns))


def _as_folder(page: Path) -> None:
    page.unlink()
    (page / "dalam").mkdir(parents=True)
    (page / "dalam" / "x.html").write_bytes(b"lain")


def _as_link(page: Path) -> None:
    page.rename(page.with_name("lain.html"))
    page.symlink_to("lain.html")


def _as_linked_folder(page: Path) -> None:
    page.parent.rename(page.parent.with_name("lain"))
    page.parent.symlink_to("lain")


def _as_file(page: Path) -> None:
    shutil.rmtree(page.parent)
    page.parent.write_bytes(b"lain")


@pytest.mark.parametrize(
    "touch",
    [
        _replace_same,
        _as_folder,
        _as_link,
        _as_linked_folder,
        _as_file,
        Path.unlink,
        lambda page: (page.parent / "tambahan.html").write_bytes(b"lain"),
        lambda page: (page.parent / "kosong").mkdir(),
        lambda page: shutil.rmtree(page.parents[1]),
    ],
)
@pytest.mark.parametrize("page", [3, 5])
def test_whatever_somebody_did_to_the_former_site_is_not_published(
    tmp_path: Path, touch: Callable[[Path], object], page: int
) -> None:
    """To a page that stays, and to the one that changes: only the old site's very files and new ones are."""
    site, former = tmp_path / "situs", tmp_path / "situs.lama"
    publish(MANY, site, _yes)
    publish(_edited(0), site, _yes)
    touch(former / MANY[page].path)
    publish(_edited(5), site, _yes)

    assert _site(site) == {file.path: file.content for file in _edited(5)}
    assert not any(path.is_symlink() or not any(path.parent.iterdir()) for path in site.rglob("*"))
    assert len([path for path in site.rglob("*") if path.is_dir()]) == len(MANY) + 1
    assert _site(former) == {file.path: file.content for file in _edited(0)}


def test_folders_that_are_no_longer_needed_go(tmp_path: Path) -> None:
    """Of the former site as well."""
    site = tmp_path / "situs"
    for files in (MANY, _edited(0), MANY[2:]):
        publish(files, site, _yes)

    assert sorted(path.name for path in (site / "a").iterdir()) == sorted(str(number) for number in range(2, 20))


@pytest.mark.parametrize("has_former", [True, False])
@pytest.mark.parametrize("touch", [_replace_same, _as_link, Path.unlink, lambda page: page.write_bytes(b"tiga puluh")])
def test_a_page_that_changes_while_a_site_is_made_is_not_linked(
    tmp_path: Path, touch: Callable[[Path], object], *, has_former: bool
) -> None:
    """It is no longer what was compared; the next build looks again."""
    site = tmp_path / "situs"
    publish(_edited(3), site, _yes)
    publish(MANY, site, _yes)
    if not has_former:
        shutil.rmtree(tmp_path / "situs.lama")

    def approve() -> bool:
        page = site / MANY[3].path
        about = page.stat()
        touch(page)
        if touch is _replace_same:
            os.utime(page, ns=(about.st_atime_ns, about.st_mtime_ns + 1))
        return True

    with pytest.raises(NotWrittenError) as raised:
        publish([Kept(path=file.path) if file is MANY[3] else file for file in _edited(5)], site, approve)

    assert "diubah dari luar" in raised.value.problem.message
    assert _site(site)[MANY[5].path] == b"satu"
    assert publish(_edited(5), site, _yes) is True
    assert _site(site) == {file.path: file.content for file in _edited(5)}


def test_a_page_that_changes_while_a_site_is_made_is_taken_from_the_former_site(tmp_path: Path) -> None:
    """Where that has the very file that was there in the beginning."""
    site = tmp_path / "situs"
    publish(MANY, site, _yes)
    publish(_edited(0), site, _yes)

    def approve() -> bool:
        _replace_same(site / MANY[3].path)
        return True

    assert publish(_edited(5), site, approve) is True
    assert _site(site) == {file.path: file.content for file in _edited(5)}


def test_a_page_of_which_nothing_is_there_cannot_be_kept(tmp_path: Path) -> None:
    """Whoever's memory says so."""
    with pytest.raises(NotWrittenError):
        publish([Kept(path="index.html")], tmp_path / "situs", _yes)

    assert _beside(tmp_path / "situs") == ["situs.kunci"]


@pytest.mark.parametrize("step", ["weed", "replace"])
def test_where_the_former_site_cannot_become_the_new_one_all_is_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """At whatever step it fails."""
    site = tmp_path / "situs"
    publish(MANY, site, _yes)
    publish(_edited(0), site, _yes)
    number = (tmp_path / "situs.lama").stat().st_ino
    replace = os.replace

    def refuse(source: Path | str, target: Path | str) -> None:
        if str(target).endswith("2/index.html") and ".lama" in str(target):
            raise OSError(errno.EIO, "rusak")
        replace(source, target)

    def fail(*_: object) -> None:
        raise OSError(errno.EACCES, "tidak boleh")

    if step == "weed":
        monkeypatch.setattr("katalog.write.staging.weed", fail)
    else:
        monkeypatch.setattr(os, "replace", refuse)
    changed = [File(path=file.path, content=b"tiga") for file in MANY[:3]]

    assert publish([*changed, *MANY[3:]], site, _yes) is True
    assert site.stat().st_ino != number
    assert _site(site) == {file.path: file.content for file in [*changed, *MANY[3:]]}
    assert _beside(site) == ["situs", "situs.kunci", "situs.lama"]


def test_what_stays_is_brought_while_what_is_new_is_still_made(tmp_path: Path) -> None:
    """Where no former site can become the next one: whoever makes files need not wait for that in the end."""
    site, staged = tmp_path / "situs", tmp_path / "situs.baru"
    publish([File(path=name, content=b"1") for name in ("a.html", "b.html", "c.html")], site, _yes)
    seen: list[set[str]] = []

    def files() -> Iterator[File | Kept]:
        yield Kept(path="a.html")
        yield File(path="b.html", content=b"2")
        yield Kept(path="c.html")
        seen.append({path.name for path in staged.iterdir()})

    assert publish(files(), site, _yes)
    assert seen == [{MARKER, "b.html", "c.html"}]
    assert _site(site) == {"a.html": b"1", "b.html": b"2", "c.html": b"1"}


def test_what_comes_after_all_is_not_written_into_the_old_site(tmp_path: Path) -> None:
    """A file that stays and then does not: the link must go first, or its old twin would change as well."""
    site, former = tmp_path / "situs", tmp_path / "situs.lama"
    publish([File(path=name, content=b"1") for name in ("a.html", "b.html")], site, _yes)

    publish([File(path="a.html", content=b"2"), Kept(path="b.html"), File(path="b.html", content=b"3")], site, _yes)

    assert _site(site) == {"a.html": b"2", "b.html": b"3"}
    assert _site(former) == {"a.html": b"1", "b.html": b"1"}


def test_our_mark_is_never_written_through_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old site's mark is the same file as the former one's, where a new version says other words."""
    site = tmp_path / "situs"
    publish(MANY, site, _yes)
    publish(_edited(0), site, _yes)
    old = (site / MARKER).read_bytes()
    monkeypatch.setattr("katalog.write._MARKER_TEXT", b"kata lain")
    publish(_edited(1), site, _yes)

    assert (site / MARKER).read_bytes() == b"kata lain"
    assert (tmp_path / "situs.lama" / MARKER).read_bytes() == old


@pytest.mark.skipif(sys.platform == "win32", reason="times are set later there")
def test_what_is_told_of_a_new_site_is_what_lies_there(tmp_path: Path) -> None:
    """Without looking through it once more."""
    site = tmp_path / "situs"
    told: list[Mapping[str, Stamp]] = []
    met: list[Mapping[str, Stamp]] = []
    for files in (MANY, MANY, _edited(0), _edited(1), MANY[2:], MANY):
        before = look(site).present
        publish(files, site, _yes, met.append, told.append)
        assert met[-1] == before
        assert told[-1] == look(site).present


def _early(site: Path) -> Early:
    sight, stock = look(site), stock_of(site)
    return Early(sight=lambda: sight, stock=lambda: stock)


def test_what_was_seen_early_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It need not be looked for again, whatever lies there."""
    site = tmp_path / "situs"
    for files in (MANY, _edited(0), _edited(1)):
        early = _early(site)
        with monkeypatch.context() as patch:
            patch.setattr(folders, "survey", None)
            patch.setattr(folders, "take_stock", None)
            assert publish(files, site, _yes, early=early)
        assert _site(site) == {file.path: bytes(file.content) for file in files}


@pytest.mark.parametrize("builds", [1, 2, 3, 4])
def test_what_was_seen_before_another_build_is_not_believed(tmp_path: Path, builds: int) -> None:
    """Though the same folder may be back in its place by then: two take turns."""
    site = tmp_path / "situs"
    for files in (MANY, _edited(0), _edited(1)):
        publish(files, site, _yes)
    early, met = _early(site), list[Mapping[str, Stamp]]()
    for number in range(builds):
        publish([*_edited(number + 2), File(path=f"{number}.html", content=b"x")], site, _yes)
    now = look(site).present

    publish(MANY, site, _yes, met.append, early=early)

    assert met == [now]
    assert _site(site) == {file.path: bytes(file.content) for file in MANY}
    assert _beside(site) == ["situs", "situs.kunci", "situs.lama"]


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


@pytest.mark.parametrize("step", ["heal", "Staging.put", "seen", "flush", "swap"])
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
        publish(OLD if step == "seen" else NEW, site, _yes)

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
