"""What the system refuses -> words for people. A full disk is no bug of ours, and no content's fault."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from katalog.problems import Code, Place, Problem

FULL = (errno.ENOSPC, errno.EDQUOT)

_OTHER_FOLDER = "Pilih folder lain dengan --output."
_NO_ROOM = ("Tempat penyimpanan penuh.", "Kosongkan ruang, lalu jalankan lagi.")
_NO_LEAVE = ("Tidak ada izin menulis di sini.", "Jalankan sebagai pemilik folder ini. " + _OTHER_FOLDER)
_NO_SWAP = ("Sistem tidak bisa menukar folder ini: mungkin titik kait (mount) atau di cakram lain.", _OTHER_FOLDER)
_REASONS = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EROFS: ("Tempat penyimpanan ini hanya bisa dibaca.", _OTHER_FOLDER),
    errno.EACCES: _NO_LEAVE,
    errno.EPERM: _NO_LEAVE,
    errno.EBUSY: _NO_SWAP,
    errno.EXDEV: _NO_SWAP,
    errno.ENOTDIR: ("Jalur ini melewati sesuatu yang bukan folder.", _OTHER_FOLDER),
}


class RefusedFolderError(Exception):
    """A folder that no build may replace; the text says why, to whoever named it."""


class NotWrittenError(Exception):
    """What was to be written is not; `problem` says why."""

    def __init__(self, path: Path, code: Code, message: str, remedy: str) -> None:
        """Word the problem; `path` is what was to be written."""
        super().__init__(message)
        self.problem = Problem(place=Place(path=str(path)), code=code, message=message, remedy=remedy)


def disturbed(path: Path) -> NotWrittenError:
    """What a build says that found a file of the old site to be another one than when it began."""
    message = "Isi folder ini diubah dari luar selagi situs dibuat."
    return NotWrittenError(path, Code.NOT_WRITTEN, message, "Jalankan lagi.")


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn a refusal of the system into a NotWrittenError about `path`.

    Stands closely around each step of writing: content is still being rendered meanwhile, and what
    goes wrong there is another matter.
    """
    try:
        yield
    except OSError as error:
        other = (f"Sistem menolak menulis di sini ({error.strerror}).", "Periksa tempat penyimpanannya.")
        message, remedy = _REASONS.get(error.errno or 0, other)
        raise NotWrittenError(path, Code.NOT_WRITTEN, message, remedy) from error
