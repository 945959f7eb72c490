"""Files -> disk, all or nothing. The only writer of the project.

A site is written beside the old one and exchanged in one step, so a build killed at any moment
leaves the whole old site or the whole new one. A file that did not change is the old file itself
(a hard link), so it keeps its time; where nothing changed, nothing is written nor exchanged. The
old site is looked through once, in the beginning, and the former one becomes the new one where it can, so
that publishing costs what changed.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path

from katalog.model import File, Kept, Stamp
from katalog.write.files import replace_file, unpack
from katalog.write.folders import (
    MARKER,
    Early,
    discard,
    flush,
    foreign,
    heal,
    look,
    refuse_foreign,
    seen,
    stock_of,
    swap,
)
from katalog.write.lock import alone
from katalog.write.staging import Staging
from katalog.write.trouble import NotWrittenError, RefusedFolderError, telling

__all__ = [
    "MARKER",
    "Early",
    "NotWrittenError",
    "RefusedFolderError",
    "look",
    "prepare",
    "publish",
    "replace_file",
    "stock_of",
    "unpack",
    "write_new",
]

_MARKER_TEXT = b"Folder ini dibuat oleh katalog-inovasi dan diganti seluruhnya pada setiap pembuatan situs.\n"


def _forget(stamps: Mapping[str, Stamp]) -> None:
    """For those who keep no memory of a folder."""


def prepare(output: Path, project: Path) -> None:
    """Before the long work: refuse a folder that cannot be the output, heal what a killed build has left there."""
    if project.is_relative_to(output):
        raise foreign(output)
    with telling(output):
        refuse_foreign(output)
    with alone(output), telling(output):
        heal(output)


def publish(  # noqa: PLR0913 (whoever is told of it, or tells)
    files: Iterable[File | Kept],
    output: Path,
    approve: Callable[[], bool],
    meet: Callable[[Mapping[str, Stamp]], object] = _forget,
    remember: Callable[[Mapping[str, Stamp]], object] = _forget,
    *,
    early: Early | None = None,
) -> bool:
    """Write a site; tell whether the output folder changed.

    `early` gives what was seen there by somebody who had time before; it is not believed where another build has
    published since. `meet` is told what lies in the folder before the first file is asked for, `remember` what lies
    there in the end; no other build can be at work then. `approve` is asked once all files have passed: where it says
    no, the old site stays as it is.
    Files of the old site that are not among the new ones are gone afterwards. Raises
    RefusedFolderError or NotWrittenError, and then the old site stays as well.
    """
    output = output.absolute()
    with telling(output):
        refuse_foreign(output)
    with alone(output):
        with telling(output):
            heal(output)
            sight, take_stock = seen(output, early)
        meet(sight.present)
        staging = Staging(output, sight.present, take_stock)
        try:
            for file in chain([File(path=MARKER, content=_MARKER_TEXT)], files):
                with telling(output):
                    if isinstance(file, Kept):
                        staging.keep(file.path)
                    else:
                        staging.put(file)
            if not approve():
                return False
            if staging.is_old_site:
                remember(sight.present)
                return False
            with telling(output):
                ready = staging.finish()
                if sight.present:  # else nothing is replaced, and what a loss of power spoils is made again
                    flush(ready)
                swap(ready, output)
            remember(staging.stamps)
        finally:
            discard(staging.folder)
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
