"""Files -> disk, all or nothing. The only writer of the project.

A site is written beside the old one and exchanged in one step, so a build killed at any moment
leaves the whole old site or the whole new one. A file that did not change is the old file itself
(a hard link), so it keeps its time; where nothing changed, nothing is exchanged.
"""

import os
import shutil
import stat
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path

from katalog.model import File
from katalog.write.files import replace_file, unpack
from katalog.write.folders import MARKER, beside, discard, flush, foreign, heal, refuse_foreign, remove, swap
from katalog.write.lock import alone
from katalog.write.trouble import FULL, NotWrittenError, RefusedFolderError, telling

__all__ = [
    "MARKER",
    "NotWrittenError",
    "RefusedFolderError",
    "prepare",
    "publish",
    "replace_file",
    "unpack",
    "write_new",
]

_MARKER_TEXT = b"Folder ini dibuat oleh katalog-inovasi dan diganti seluruhnya pada setiap pembuatan situs.\n"


def prepare(output: Path, project: Path) -> None:
    """Before the long work: refuse a folder that cannot be the output, heal what a killed build has left there."""
    if project.is_relative_to(output):
        raise foreign(output)
    with telling(output):
        refuse_foreign(output)
    with alone(output), telling(output):
        heal(output)


def publish(files: Iterable[File], output: Path, approve: Callable[[], bool]) -> bool:
    """Write a site; tell whether the output folder changed.

    `approve` is asked once all files have passed: where it says no, the old site stays as it is.
    Files of the old site that are not among the new ones are gone afterwards. Raises
    RefusedFolderError or NotWrittenError, and then the old site stays as well.
    """
    output = output.absolute()
    staging = beside(output, "baru")
    with telling(output):
        refuse_foreign(output)
    with alone(output):
        with telling(output):
            heal(output)
            staging.mkdir()
        try:
            changed, paths = _stage(files, output, staging)
            if not approve():
                return False
            with telling(output):
                if not changed and paths == _present(output):
                    return False
                flush(staging)
                swap(staging, output)
        finally:
            discard(staging)
    return True


def write_new(path: Path, text: str) -> bool:
    """Write a text file; False, and nothing written, where there is one already."""
    with telling(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            file = path.open("x", encoding="utf-8", newline="\n")
        except FileExistsError:
            return False
        with file:
            file.write(text)
    return True


def _stage(files: Iterable[File], output: Path, staging: Path) -> tuple[bool, set[str]]:
    changed = False
    paths: set[str] = set()
    for file in chain([File(path=MARKER, content=_MARKER_TEXT)], files):
        with telling(output):
            changed |= _put_with_room(file, output, staging)
        paths.add(file.path)
    return changed, paths


def _put_with_room(file: File, output: Path, staging: Path) -> bool:
    try:
        return _put(file, output, staging)
    except OSError as error:
        former = beside(output, "lama")
        if error.errno not in FULL or not former.exists():
            raise
        # Two sites fit on this disk and three do not: the former one is a courtesy, the new one is not.
        remove(former)
        return _put(file, output, staging)


def _put(file: File, output: Path, staging: Path) -> bool:
    """Bring one file into the staging folder; tell whether the old site has another there."""
    old, target = output / file.path, staging / file.path
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True)
    same = _is_same(old, file.content)
    if same:
        _keep(old, target)
    else:
        target.write_bytes(file.content)
    return not same


def _is_same(path: Path, content: bytes) -> bool:
    try:
        found = path.lstat()
        return stat.S_ISREG(found.st_mode) and found.st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _keep(old: Path, target: Path) -> None:
    try:
        os.link(old, target)
    except OSError:
        # File systems without hard links: a copy that keeps its time does as well.
        shutil.copy2(old, target)


def _present(folder: Path) -> set[str]:
    """Everything in a folder that is no folder, links to folders included."""
    return {
        path.relative_to(folder).as_posix()
        for top, folders, names in os.walk(folder)
        for path in (Path(top, name) for name in (*names, *folders))
        if path.is_symlink() or not path.is_dir()
    }
