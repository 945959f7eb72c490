"""One build at a time for an output folder."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from katalog.problems import Code
from katalog.write.folders import beside
from katalog.write.trouble import NotWrittenError, telling

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# What systems answer where another process holds the lock.
_HELD = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES)


@contextmanager
def alone(output: Path) -> Iterator[None]:
    """Hold the lock of an output folder; NotWrittenError where another build holds it.

    The system frees the lock when its process ends, however it ends. The empty file stays: were it
    removed, one build could hold the lock of the old file while another holds that of a new one.
    """
    with telling(output):
        output.parent.mkdir(parents=True, exist_ok=True)
        file = beside(output, "kunci").open("ab")
    with file:
        if not _grab(file.fileno()):
            message = "Situs ini sedang dibuat oleh proses lain."
            raise NotWrittenError(output, Code.BUSY, message, "Tunggu sampai selesai, lalu jalankan lagi.")
        yield


def _grab(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some shared folders know no locks; a single clerk's build must not fail for that.
        return error.errno not in _HELD
    return True
