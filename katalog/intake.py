"""Files of content -> their bytes, or a problem. Ground.

Content comes from strangers: a link could lead out of its folder, a pipe would keep the build waiting
for ever, a name could deceive whoever reads a report. Only plain files inside are opened.
"""

import os
import stat
from collections.abc import Collection
from pathlib import Path

from katalog.characters import printable_name
from katalog.problems import Code, Place, Problem, Say

# In one folder.
MAX_FILES = 50_000
# Files that systems leave behind; nobody means to publish them.
IGNORED = frozenset({"thumbs.db", "desktop.ini"})

# Bytes as they are, which one system must be told.
_AS_IT_IS = getattr(os, "O_BINARY", 0)
# Without following a link, or waiting for whoever has the other end of a pipe.
_PLAINLY = os.O_RDONLY | _AS_IT_IS | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def list_files(folder: Path, root: Path, say: Say, folders: Collection[str] = ()) -> tuple[Path, ...]:
    """The plain files of a folder by name, hidden ones left out; what else lies there is told, but for `folders`.

    No folder, no files.
    """
    try:
        if leads_outside(folder, root, say) or not folder.is_dir():
            return ()
        # As the system lists them: of thousands of files nothing is asked one by one.
        visible = [entry for entry in os.scandir(folder) if not is_hidden(entry.name)]
        wanted = [entry for entry in visible if entry.name not in folders or not entry.is_dir(follow_symlinks=False)]
        # As paths are compared, but for the folder, which is the same.
        wanted.sort(key=lambda entry: os.path.normcase(entry.name))
        found = [folder / entry.name for entry in wanted[:MAX_FILES] if _is_plain(entry, folder, root, say)]
    except OSError as error:
        _tell_unreadable(place_of(folder, root), error, say)
        return ()
    if len(wanted) > MAX_FILES:
        message = f"Lebih dari {MAX_FILES} berkas dalam satu folder."
        remedy = "Hapus berkas yang bukan bagian dari katalog."
        say(Problem(place=place_of(folder, root), code=Code.TOO_MANY, message=message, remedy=remedy))
    return tuple(found)


def read_file(file: Path, root: Path, most: int, say: Say) -> bytes | None:
    """A plain file of at most so many bytes; whether its folder lies inside is for the caller to ask."""
    try:
        descriptor = os.open(file, _PLAINLY)
    except OSError as error:
        if _is_something_else(file):
            _tell_kind(file, root, say)
        else:
            _tell_unreadable(place_of(file, root), error, say)
        return None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            _tell_kind(file, root, say)
            return None
        if found.st_size > most:
            message = f"Berkas terlalu besar: lebih dari {most // 1000} kB."
            place, remedy = place_of(file, root), "Perkecil atau ringkas isinya."
            say(Problem(place=place, code=Code.FILE_SIZE, message=message, remedy=remedy))
            return None
        return _read_all(descriptor, found.st_size)
    except OSError as error:
        _tell_unreadable(place_of(file, root), error, say)
        return None
    finally:
        os.close(descriptor)


def read_bytes(file: Path | str) -> bytes:
    """A file's bytes, in as few calls to the system as that takes: there are thousands."""
    descriptor = os.open(file, os.O_RDONLY | _AS_IT_IS)
    try:
        return _read_all(descriptor, os.fstat(descriptor).st_size)
    finally:
        os.close(descriptor)


def leads_outside(path: Path, root: Path, say: Say) -> bool:
    """Whether a folder, or one above it, is a link to somewhere else; that is told."""
    way = (path, *path.parents)
    links = [part for part in way[: way.index(root)] if part.is_symlink()]
    for link in links:
        message = f"`{place_of(link, root).path}` adalah tautan ke tempat lain, bukan folder biasa."
        remedy = "Hapus tautan ini dan taruh foldernya sendiri di sini."
        say(Problem(place=place_of(link, root), code=Code.FILE_KIND, message=message, remedy=remedy))
    return bool(links)


def place_of(file: Path, root: Path) -> Place:
    """A file as a whole, by a name that is fit for a report."""
    return Place(path=printable_name(file.relative_to(root).as_posix()))


def is_hidden(name: str) -> bool:
    """Whether a file is one that systems and programs leave behind; nobody means to publish it."""
    return name.startswith((".", "~$")) or name.lower() in IGNORED


def _read_all(descriptor: int, size: int) -> bytes:
    """All bytes; `size` is how many there were a moment ago."""
    data = os.read(descriptor, size + 1)
    while len(data) != size and (more := os.read(descriptor, 2**20)):
        data += more
    return data


def _is_something_else(file: Path) -> bool:
    """Whether something lies there that is no plain file."""
    try:
        return not stat.S_ISREG(os.lstat(file).st_mode)
    except OSError:
        return False


def _is_plain(entry: "os.DirEntry[str]", folder: Path, root: Path, say: Say) -> bool:
    """Whether it is a plain file with a name that can be shown; what is none is told."""
    if not entry.name.isprintable():
        place = place_of(folder / entry.name, root)
        message = "Nama berkas memuat karakter yang tidak tampak atau tidak sah."
        say(Problem(place=place, code=Code.FILE_NAME, message=message, remedy="Ganti nama berkas ini."))
        return False
    if not entry.is_file(follow_symlinks=False):
        _tell_kind(folder / entry.name, root, say)
        return False
    return True


def _tell_kind(path: Path, root: Path, say: Say) -> None:
    message, remedy = f"`{path.name}` bukan berkas biasa.", "Hapus folder atau tautan ini."
    say(Problem(place=place_of(path, root), code=Code.FILE_KIND, message=message, remedy=remedy))


def _tell_unreadable(place: Place, error: OSError, say: Say) -> None:
    message = f"Berkas tidak bisa dibaca ({error.strerror})."
    say(Problem(place=place, code=Code.UNREADABLE, message=message, remedy="Periksa berkas dan izinnya."))
