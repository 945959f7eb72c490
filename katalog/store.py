"""What was made before, by what it was made of: one file, safe to delete, and never in the way.

A damaged file is begun anew, a locked or read-only one is done without: the worst that can happen is that everything
is made again. What is read is checked, so a torn value is made again too.
"""

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

MOST_BYTES = 512 * 2**20
# So much is kept in memory before it is written down in one transaction.
_BATCH = 8 * 2**20
# Beyond this time another build that is writing is not waited for.
_PATIENCE = 0.5
_KEY, _CHECK = 20, 8
# One run of so many writes down what was used, which is all that most of them would have to write.
_SELDOM = 8
_LAYOUT = 1
# A file that is new has pages that hold several values: of smaller ones most values would take two.
_PAGES = "PRAGMA page_size = 16384"
_SCHEMA = (
    "CREATE TABLE used (key BLOB PRIMARY KEY, run INTEGER NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE made (key BLOB PRIMARY KEY, value BLOB NOT NULL)",
    f"PRAGMA user_version = {_LAYOUT}",
)
# What says nothing against the file: it is in use, cannot be written, has no room. All else is damage.
_UNREACHABLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
}


class Store:
    """Remembers between runs; open it with `open_store`, and close it, which writes down what is new."""

    def __init__(self, path: Path, most_bytes: int) -> None:
        """Open the file, or begin it anew, or do without."""
        self._path, self._most = path, most_bytes
        self._new: dict[bytes, bytes] = {}
        self._touched: set[bytes] = set()
        self._waiting = 0
        self._run = 0
        # What lies in a file that was empty when it was opened: what this process has written into it.
        self._written: set[bytes] | None = None
        # What was looked for a moment ago and not found.
        self._missed: set[bytes] = set()
        self._owner = os.getpid()
        self._file: sqlite3.Connection | None = None
        self._guard(self._open)

    def remember(self, recipe: str, things: bytes, make: Callable[[], bytes]) -> bytes:
        """What the recipe made of the same things before, else what `make` makes now; nothing (b"") is not kept."""
        if os.getpid() != self._owner:
            self._move_in()
        if self._file is None:
            return make()
        key = _key(recipe, things)
        if key in self._new:
            return self._new[key]
        is_new = key in self._missed or (self._written is not None and key not in self._written)
        value = None if is_new else self._guard(lambda: self._read(key))
        if value is None:
            value = make()
            self._keep(key, value)
        return value

    def known(self, recipe: str, things: Sequence[bytes]) -> list[bytes]:
        """What the recipe made of each of these before, b"" where it did not: many cost a third of one by one."""
        if os.getpid() != self._owner:
            self._move_in()
        keys = [_key(recipe, each) for each in things]
        if self._file is None or self._written is not None:
            return [b""] * len(keys)
        found: dict[bytes, bytes] = {}
        self._guard(lambda: self._read_all(keys, found))
        self._missed = {key for key in keys if key not in found}
        return [found.get(key, b"") for key in keys]

    def flush(self) -> None:
        """Write down what is new; in a process that has asked for nothing there is nothing."""
        if os.getpid() == self._owner:
            self._guard(self._write)

    def close(self) -> None:
        """Write down what is new; a store that was closed makes everything itself."""
        self.flush()
        self._let_go()

    def _move_in(self) -> None:
        """In a process that was forked: a connection must not be shared, and what waits is written by its owner."""
        self._owner = os.getpid()
        self._new, self._touched, self._waiting = {}, set(), 0
        if self._file is not None:
            self._file = None
            self._guard(self._open)

    def _read(self, key: bytes) -> bytes | None:
        found: dict[bytes, bytes] = {}
        self._read_all([key], found)
        return found.get(key)

    def _read_all(self, keys: Sequence[bytes], found: dict[bytes, bytes]) -> None:
        assert self._file
        asked = f"SELECT key, value FROM made WHERE key IN ({', '.join('?' * len(keys))})"  # noqa: S608 (question marks only)
        for key, kept in self._file.execute(asked, keys):
            check, value = kept[:_CHECK], kept[_CHECK:]
            if check == _check(key, value):
                found[key] = value
        if self._run % _SELDOM == 0:
            self._touched.update(found)

    def _keep(self, key: bytes, value: bytes) -> None:
        if self._file is None or not value or len(value) > self._most // 8:
            return
        self._new[key] = value
        self._waiting += len(value)
        if self._waiting >= _BATCH:
            self._guard(self._write)

    def _write(self) -> None:
        """In one transaction: what is new, what was used, and what goes because there is no room for it."""
        if self._file is None or not (self._new or self._touched):
            return
        new, touched = self._new, self._touched
        self._new, self._touched, self._waiting = {}, set(), 0
        if self._written is not None:
            self._written.update(new)
        try:
            self._file.execute("BEGIN IMMEDIATE")
            rows = ((key, _check(key, value) + value) for key, value in new.items())
            self._file.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", rows)
            sizes = ((key, self._run, len(value) + _CHECK + 2 * _KEY) for key, value in new.items())
            self._file.executemany("INSERT OR REPLACE INTO used VALUES (?, ?, ?)", sizes)
            marks = ((self._run, key) for key in touched)
            self._file.executemany("UPDATE used SET run = ? WHERE key = ?", marks)
            self._make_room()
            self._file.execute("COMMIT")
        except sqlite3.Error:
            with suppress(sqlite3.Error):
                self._file.execute("ROLLBACK")
            raise

    def _make_room(self) -> None:
        """Drop what was not used for longest, down to three quarters of the bound."""
        assert self._file
        (held,) = self._file.execute("SELECT coalesce(sum(size), 0) FROM used").fetchone()
        if held <= self._most:
            return
        gone = []
        for key, size in self._file.execute("SELECT key, size FROM used ORDER BY run, key"):
            if held <= self._most * 3 // 4:
                break
            gone.append((key,))
            held -= size
        self._file.executemany("DELETE FROM used WHERE key = ?", gone)
        self._file.executemany("DELETE FROM made WHERE key = ?", gone)

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)
        # A loss of power may tear the file, which costs one build's time; waiting for the disk would cost each build's.
        self._file.execute("PRAGMA synchronous = OFF")
        self._file.execute(_PAGES)
        (layout,) = self._file.execute("PRAGMA user_version").fetchone()
        if layout == 0:
            self._begin()
        elif layout != _LAYOUT:
            raise sqlite3.DatabaseError("another layout")
        (last,) = self._file.execute("SELECT coalesce(max(run), 0) FROM used").fetchone()
        self._run = last + 1
        # Nobody need ask thousands of times for what is not there; what others write meanwhile is made twice at worst.
        self._written = set() if last == 0 else None

    def _begin(self) -> None:
        """Lay out a new file, unless another build has just done so."""
        assert self._file
        self._file.execute("BEGIN IMMEDIATE")
        (layout,) = self._file.execute("PRAGMA user_version").fetchone()
        for statement in _SCHEMA if layout == 0 else ():
            self._file.execute(statement)
        self._file.execute("COMMIT")

    def _guard(self, work: Callable[[], bytes | None]) -> bytes | None:
        """Do something with the file; where that fails, do without from now on, and leave no damaged file behind."""
        try:
            return work()
        except (OSError, sqlite3.Error) as error:
            self._let_go()
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
            if isinstance(error, sqlite3.Error) and code & 0xFF not in _UNREACHABLE:
                self._start_anew()
            return None

    def _start_anew(self) -> None:
        try:
            for ending in ("", "-journal"):
                Path(f"{self._path}{ending}").unlink(missing_ok=True)
            self._open()
        except (OSError, sqlite3.Error):
            self._let_go()

    def _let_go(self) -> None:
        if self._file is not None:
            with suppress(sqlite3.Error):
                self._file.close()
        self._file = None
        self._new, self._touched, self._waiting = {}, set(), 0


def open_store(path: Path, most_bytes: int = MOST_BYTES) -> Store:
    """The store in this file; nothing that is wrong with the file is an error."""
    return Store(path, most_bytes)


def plain(recipe: str, things: bytes, make: Callable[[], bytes]) -> bytes:  # noqa: ARG001 (the seam's form)
    """Remember nothing."""
    return make()


def forget(recipe: str, things: Sequence[bytes]) -> Sequence[bytes]:  # noqa: ARG001 (the seam's form)
    """Know nothing."""
    return [b""] * len(things)


def _key(recipe: str, things: bytes) -> bytes:
    return blake2b(b"%d %b%b" % (len(recipe.encode()), recipe.encode(), things), digest_size=_KEY).digest()


def _check(key: bytes, value: bytes) -> bytes:
    return blake2b(value, digest_size=_CHECK, key=key).digest()
