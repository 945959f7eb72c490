"""Files -> disk, all or nothing. The only writer of the project.

A site is written beside the old one and exchanged in one step, so a build killed at any moment
leaves the whole old site or the whole new one. A file that did not change is the old file itself
(a hard link), so it keeps its time; where nothing changed, nothing is exchanged.
"""

import ctypes
import io
import os
import shutil
import sys
import tarfile
from collections.abc import Callable, Collection, Iterable
from itertools import chain
from pathlib import Path, PurePosixPath

from katalog.model import File

# Says that a folder is ours to replace. Without it a mistyped --output could cost somebody's files.
MARKER = ".katalog-inovasi"
_MARKER_TEXT = b"Folder ini dibuat oleh katalog-inovasi dan diganti seluruhnya pada setiap pembuatan situs.\n"

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class ForeignFolderError(Exception):
    """The output folder holds something that no build of ours has written."""


def publish(files: Iterable[File], output: Path, approve: Callable[[], bool]) -> bool:
    """Write a site; tell whether the output folder changed.

    `approve` is asked once all files have passed: where it says no, the old site stays as it is.
    Files of the old site that are not among the new ones are gone afterwards.
    """
    output = output.absolute()
    recover(output)
    refuse_foreign(output)
    staging = _beside(output, "baru")
    _remove(staging)
    staging.mkdir(parents=True)
    try:
        changed, paths = _stage(files, output, staging)
        if not approve() or (not changed and paths == _present(output)):
            return False
        _flush(staging)
        _exchange(staging, output)
    finally:
        _remove(staging)
    return True


def refuse_foreign(output: Path) -> None:
    """Raise ForeignFolderError where publishing would destroy what is not ours."""
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise ForeignFolderError(str(output))
    if output.is_dir() and any(output.iterdir()) and not (output / MARKER).is_file():
        raise ForeignFolderError(str(output))


def recover(output: Path) -> None:
    """Put back an old site that a build killed between two renames has left aside."""
    aside = _beside(output, "lama")
    if aside.is_dir() and not output.exists():
        aside.rename(output)
    _remove(aside)


def write_new(path: Path, text: str) -> None:
    """Write a text file that must not exist yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def replace_file(path: Path, content: bytes, name: str = "") -> None:
    """Write a file, over an older one if there is one, and where asked give that a new name; in one step each.

    Written beside it first, hidden from readers: killed at any moment, the file is whole, old or new.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if name and name != path.name:
        path = path.rename(path.with_name(name))
    beside = path.with_name(f".{path.name}.baru")
    try:
        beside.write_bytes(content)
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def unpack(archive: bytes, folder: Path, wanted: Collection[str]) -> None:
    """Lay out the plain files of a tar archive whose first part is wanted; links and strange paths are left out."""
    if not archive:
        return
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:") as files:
        for member in files:
            path = PurePosixPath(member.name)
            content = files.extractfile(member) if member.isreg() else None
            if content and path.parts and path.parts[0] in wanted and ".." not in path.parts:
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())


def _beside(output: Path, word: str) -> Path:
    return output.with_name(f"{output.name}.{word}")


def _stage(files: Iterable[File], old: Path, staging: Path) -> tuple[bool, set[str]]:
    changed = False
    paths: set[str] = set()
    folders = {staging}
    for file in chain([File(path=MARKER, content=_MARKER_TEXT)], files):
        target = staging / file.path
        if target.parent not in folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            folders.add(target.parent)
        if _is_same(old / file.path, file.content):
            _keep(old / file.path, target)
        else:
            target.write_bytes(file.content)
            changed = True
        paths.add(file.path)
    return changed, paths


def _is_same(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _keep(old: Path, target: Path) -> None:
    try:
        os.link(old, target)
    except OSError:
        # File systems without hard links: a copy that keeps its time does as well.
        shutil.copy2(old, target)


def _present(folder: Path) -> set[str]:
    return {Path(top, name).relative_to(folder).as_posix() for top, _, names in os.walk(folder) for name in names}


def _flush(folder: Path) -> None:
    """Bring what was written to the disk before it is shown; one call for the whole file system."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        syncfs = getattr(ctypes.CDLL(None), "syncfs", None)
        if syncfs is None or syncfs(descriptor) != 0:
            os.sync()
    finally:
        os.close(descriptor)


def _exchange(staging: Path, output: Path) -> None:
    if not output.exists():
        staging.rename(output)
    elif not _exchange_in_one_step(staging, output):
        # A gap of about a millisecond without a site; `recover` heals a build killed within it.
        aside = _beside(output, "lama")
        output.rename(aside)
        staging.rename(output)
        _remove(aside)


def _exchange_in_one_step(one: Path, other: Path) -> bool:
    """Linux renameat2 with RENAME_EXCHANGE, which Python does not offer; False where it fails."""
    if sys.platform == "win32":
        return False
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 is None:
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
