"""What the published site was made of: the memory of a folder, so that what has not changed is not made again.

One file under `.cache/` for each output folder; safe to delete; damaged or locked, it is empty. It is
believed only where the file on disk still has the size and the time that were written down.
"""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from katalog.model import File, Kept, Stamp

_TABLE = (
    "CREATE TABLE IF NOT EXISTS terbit (path TEXT PRIMARY KEY, key BLOB, size INT, time INT, note BLOB) WITHOUT ROWID"
)
# A file that is new has pages that hold several rows: of smaller ones each row would take two or three.
_PAGES = "PRAGMA page_size = 16384"
_PUT = "INSERT OR REPLACE INTO terbit VALUES (?, ?, ?, ?, ?)"


class Ledger:
    """`meet` the output folder, `recall` before a file is made, `note` when it is, `save` once it is published."""

    def __init__(self, file: Path | None) -> None:
        """Without a file nothing is remembered."""
        self._file = file
        self._former: dict[str, Kept] = {}
        self._stale: list[str] = []
        self._made: dict[str, tuple[bytes, bytes]] = {}

    def meet(self, stamps: Mapping[str, Stamp]) -> None:
        """Read what is known of the files that lie in the output folder, when no other build can be at work."""
        if self._file is None:
            return
        for path, key, size, time, note in _read(self._file):
            stamp = stamps.get(path)
            if stamp and stamp.size == size and stamp.time == time:
                self._former[path] = Kept(path=path, note=note, key=key, size=size)
            else:
                self._stale.append(path)

    def recall(self, path: str, key_of: Callable[[], bytes]) -> Kept | None:
        """The published file where it was made of the very same; `key_of` is asked where there was one."""
        found = self._former.get(path)
        return found if found and found.key and found.key == key_of() else None

    def note(self, file: File | Kept) -> File | Kept:
        """Take down what a new file was made of, and hand it on."""
        if self._file and isinstance(file, File) and file.key:
            self._made[file.path] = (file.key, file.note)
        return file

    def save(self, stamps: Mapping[str, Stamp]) -> None:
        """Keep what was noted for the files that lie in the output folder now; forget those that are gone."""
        if self._file is None:
            return
        gone = [(path,) for path in chain(self._stale, self._former) if path not in stamps]
        # In the order in which the file holds them: many new ones are then written at one end.
        rows = [
            (path, key, stamps[path].size, stamps[path].time, note)
            for path, (key, note) in sorted(self._made.items())
            if path in stamps
        ]
        if not (gone or rows):
            return
        with suppress(sqlite3.Error, OSError), closing(_connect(self._file)) as connection, connection:
            connection.executemany("DELETE FROM terbit WHERE path = ?", gone)
            connection.executemany(_PUT, rows)


NO_LEDGER = Ledger(None)


def ledger_file(cache: Path, output: Path) -> Path:
    """Where the memory of an output folder lies."""
    return cache / f"terbit-{blake2b(str(output).encode(), digest_size=8).hexdigest()}.sqlite"


def _read(file: Path) -> list[tuple[str, bytes, int, int, bytes]]:
    """The rows; a damaged file goes, so that the next one is begun anew, and an unusable one has none."""
    try:
        with closing(_connect(file)) as connection:
            return connection.execute("SELECT path, key, size, time, note FROM terbit").fetchall()
    except (sqlite3.OperationalError, OSError):
        return []
    except sqlite3.DatabaseError:
        with suppress(OSError):
            file.unlink()
        return []


def _connect(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, timeout=0.2)
    try:
        # Losing it costs one slow build, so nothing waits for the disk.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(_PAGES)
        connection.execute(_TABLE)
    except sqlite3.Error:
        connection.close()
        raise
    return connection
