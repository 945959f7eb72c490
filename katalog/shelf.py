"""Bytes that lie on the disk, in a file without a name, until they are given one. Ground.

What one process makes another can publish so, and neither reads nor writes it again. Nothing is left behind by a
build that is killed: a file that nobody has open, and that has no name, is none.
"""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp


class Shelved:
    """Bytes in a file without a name; whoever asks for `bytes` of it reads them."""

    __slots__ = ("_descriptor", "_size")

    def __init__(self, descriptor: int, size: int) -> None:
        """So many bytes of an open file, from its beginning on."""
        self._descriptor, self._size = descriptor, size

    def __len__(self) -> int:
        """How many bytes they are."""
        return self._size

    def __bytes__(self) -> bytes:
        """All of them."""
        return os.pread(self._descriptor, self._size, 0)

    def give_name(self, path: str) -> None:
        """Let the file lie there; a copy where the system has no such way, or that is another disk. Raises OSError."""
        # Only so does Python follow the link that an open file is.
        with suppress(OSError, NotImplementedError):
            os.link(f"/proc/self/fd/{self._descriptor}", path, src_dir_fd=self._descriptor)
            return
        write_whole(path, bytes(self))


def open_shelf(folder: Path | None) -> int:
    """An open file without a name, on the disk of a folder where that can be, with the rights of any other file."""
    with suppress(OSError, AttributeError):  # what some systems do not have
        if folder:
            return os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o666)
    # One that had a name gets no other, so what nobody else may read is copied.
    descriptor, path = mkstemp(prefix="katalog-")
    os.unlink(path)  # noqa: PTH108 (no path of ours)
    return descriptor


def write_whole(file: str | int, content: bytes) -> None:
    """Write a file, or into an open one, which stays open. Raises OSError."""
    # Without a buffer, which is asked for more than it saves where all is written at once.
    with open(file, "wb", buffering=0, closefd=isinstance(file, str)) as opened:
        rest = memoryview(content)
        while rest:
            rest = rest[opened.write(rest) :]
