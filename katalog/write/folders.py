"""The output folder and its neighbours: whose they are, and how one takes the other's place.

Beside an output folder `situs` stand, for a while or until the next build:

    situs.baru    the new site, while it is being written
    situs.lama    the former site, whole, for readers that still hold it open
    situs.tukar   the site itself, for about a millisecond, where the system cannot exchange folders
    situs.kunci   the lock
"""

import contextlib
import ctypes
import os
import shutil
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path

from msgspec import Struct

from katalog.model import Stamp
from katalog.write.trouble import RefusedFolderError

# Says that a folder is ours to replace. Without it a mistyped --output could cost somebody's files.
MARKER = ".katalog-inovasi"

_Mark = tuple[int, int, int] | None

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def beside(output: Path, word: str) -> Path:
    """A neighbour of the output folder, on the same disk."""
    return output.with_name(f"{output.name}.{word}")


def refuse_foreign(folder: Path) -> None:
    """Raise RefusedFolderError where replacing a folder would destroy what is not ours, or cannot work."""
    if folder.is_symlink():
        raise RefusedFolderError(f"{folder} adalah tautan, bukan folder. Sebut folder tujuannya.")
    if folder.exists() and not folder.is_dir():
        raise RefusedFolderError(f"{folder} bukan folder. Pilih nama lain.")
    if folder.is_dir() and os.path.ismount(folder):
        message = f"Folder {folder} adalah titik kait (mount) dan tidak bisa ditukar. Pilih folder di dalamnya."
        raise RefusedFolderError(message)
    if folder.is_dir() and not (folder / MARKER).is_file() and any(folder.iterdir()):
        raise foreign(folder)


def foreign(folder: Path) -> RefusedFolderError:
    """The refusal of a folder that holds somebody's files."""
    message = f"Folder {folder} tidak dibuat oleh program ini; isinya akan hilang. Pilih folder lain."
    return RefusedFolderError(message)


def survey(folder: Path) -> dict[str, Stamp]:
    """Everything in a folder that is no folder, with the stamp of each."""
    return {
        name: stamp_of(entry.stat(follow_symlinks=False)) for name, entry in _walk(folder) if not name.endswith("/")
    }


def take_stock(folder: Path) -> dict[str, int]:
    """Whatever lies in a folder, the name of a folder with "/" at its end; by which number the disk knows each.

    That is told of all that lie in a folder at once. What lies in one comes after it.
    """
    return {name: entry.inode() for name, entry in _walk(folder)}


class Sight(Struct, frozen=True, kw_only=True):
    """What lay in an output folder, and which folders that and the one of the former site were, see `_mark_of`."""

    present: Mapping[str, Stamp]
    marks: tuple[_Mark, _Mark]


class Early(Struct, frozen=True, kw_only=True):
    """What gives a sight of an output folder, and the stock of the former site, for which somebody had time before."""

    sight: Callable[[], Sight]
    stock: Callable[[], Mapping[str, int]]


def look(output: Path) -> Sight:
    """Look through an output folder."""
    marks = _marks_of(output)
    return Sight(present=survey(output), marks=marks)


def stock_of(output: Path) -> Mapping[str, int]:
    """The stock of the former site, see `take_stock`."""
    return take_stock(beside(output, "lama"))


def seen(output: Path, early: Early | None) -> tuple[Sight, Callable[[], Mapping[str, int]]]:
    """What lies in an output folder, and what gives the stock of the former site.

    What was seen early is believed where no build has put other folders there since.
    """
    if early:
        sight = early.sight()
        if sight.marks == _marks_of(output):
            return sight, early.stock
    return look(output), partial(stock_of, output)


def _marks_of(output: Path) -> tuple[_Mark, _Mark]:
    return _mark_of(output), _mark_of(beside(output, "lama"))


def _mark_of(folder: Path) -> _Mark:
    """Which folder it is, and when it was last moved or changed itself; None where there is none."""
    try:
        about = folder.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino, about.st_ctime_ns


def stamp_of(about: os.stat_result) -> Stamp:
    """The stamp of a plain file; links and the like have one that fits nothing."""
    if not stat.S_ISREG(about.st_mode):
        return Stamp(-1, -1)
    return Stamp(about.st_size, about.st_mtime_ns, _file_of(about.st_dev, about.st_ino))


def _file_of(disk: int, number: int) -> int:
    return disk << 64 | number


def weed(
    folder: Path,
    stock: Mapping[str, int],
    present: Mapping[str, Stamp],
    kept: Collection[str],
    coming: Collection[str],
) -> set[str]:
    """Remove from a folder what is not the very file that is `present` elsewhere and to be kept; tell which are there.

    `stock` is all that lies in the folder. A file whose place a coming one will take stays until then.
    """
    there = set()
    disk = os.lstat(folder).st_dev
    wanted = {"", *_folders_of(chain(kept, coming))}
    for name, number in stock.items():
        if name in kept and number and present[name].file == _file_of(disk, number):
            there.add(name)
        elif name in coming or name.removesuffix("/").rpartition("/")[0] not in wanted:
            continue  # what lay in a folder that is not wanted has gone with it
        elif not name.endswith("/"):
            os.unlink(f"{folder}/{name}")  # noqa: PTH108 (one of many)
        elif name[:-1] not in wanted:
            shutil.rmtree(f"{folder}/{name}")
    return there


def _folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder in which files lie, and those above it."""
    found: set[str] = set()
    for path in paths:
        above = path.rpartition("/")[0]
        while above and above not in found:
            found.add(above)
            above = above.rpartition("/")[0]
    return found


def _walk(top: Path) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """What lies in a folder and those below it; the name of a folder ends in "/"."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            entries = list(os.scandir(f"{top}/{below}"))
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{below}{entry.name}/")
                yield waiting[-1], entry
            else:
                yield below + entry.name, entry


def heal(output: Path) -> None:
    """Put right what a killed build has left: the site back in its place, half a new one gone."""
    moved, former = beside(output, "tukar"), beside(output, "lama")
    refuse_foreign(moved)
    if moved.exists() and not output.exists():
        moved.rename(output)
    elif moved.exists():
        remove(former)
        moved.rename(former)
    remove(beside(output, "baru"))


def remove(folder: Path) -> None:
    """Remove a folder of ours; its marker goes last, so that half a removal is still known as ours."""
    refuse_foreign(folder)
    if not folder.exists():
        return
    for entry in list(os.scandir(folder)):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry)
        elif entry.name != MARKER:
            Path(entry).unlink()
    (folder / MARKER).unlink(missing_ok=True)
    folder.rmdir()


def discard(folder: Path) -> None:
    """Remove a folder of ours as far as the system lets us; the next build removes the rest."""
    with contextlib.suppress(OSError):
        remove(folder)


def flush(folder: Path) -> None:
    """Bring what was written to the disk before it is shown; one call for the whole file system."""
    if sys.platform == "win32":
        return
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
    finally:
        os.close(descriptor)


def swap(staging: Path, output: Path) -> None:
    """Show the new site in place of the old one, in one step where the system can.

    The old site stays beside it until the site after this one is ready: a reader that holds the
    folder open reads on in the old site, and would miss pages if that went at once.
    """
    former = beside(output, "lama")
    remove(former)
    if not output.exists():
        staging.rename(output)
        return
    # Already under its later name, so that the exchange is the last step and nothing can follow it.
    staging.rename(former)
    if not _exchange(former, output):
        former.rename(staging)
        _rename_twice(staging, output, former)


def _exchange(one: Path, other: Path) -> bool:
    """Linux renameat2 with RENAME_EXCHANGE, which Python does not offer; False where it fails."""
    if sys.platform == "win32":
        return False
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 is None:
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _rename_twice(staging: Path, output: Path, former: Path) -> None:
    """Leaves a gap of about a millisecond without a site; `heal` closes it after a build killed there."""
    moved = beside(output, "tukar")
    try:
        output.rename(moved)
        staging.rename(output)
    finally:
        if moved.exists() and not output.exists():
            moved.rename(output)
    moved.rename(former)
