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


def list_files(folder: Path, root: Path, say: Say, folders: Collection[str] = ()) -> tuple[Path, ...]:
    """The plain files of a folder by name, hidden ones left out; what else lies there is told, but for `folders`.

    No folder, no files.
    """
    try:
        if leads_outside(folder, root, say) or not folder.is_dir():
            return ()
        visible = (path for path in folder.iterdir() if not is_hidden(path.name))
        wanted = (path for path in visible if not (path.name in folders and stat.S_ISDIR(path.lstat().st_mode)))
        # As paths are compared, but for the folder, which is the same.
        paths = sorted(wanted, key=lambda path: os.path.normcase(path.name))
        found = [path for path in paths[:MAX_FILES] if _plain_size(path, root, say) is not None]
    except OSError as error:
        _tell_unreadable(place_of(folder, root), error, say)
        return ()
    if len(paths) > MAX_FILES:
        message = f"Lebih dari {MAX_FILES} berkas dalam satu folder."
        remedy = "Hapus berkas yang bukan bagian dari katalog."
        say(Problem(place=place_of(folder, root), code=Code.TOO_MANY, message=message, remedy=remedy))
    return tuple(found)


def read_file(file: Path, root: Path, most: int, say: Say) -> bytes | None:
    """A plain file of at most so many bytes; whether its folder lies inside is for the caller to ask."""
    try:
        size = _plain_size(file, root, say)
        if size is None:
            return None
        if size > most:
            message = f"Berkas terlalu besar: lebih dari {most // 1000} kB."
            place, remedy = place_of(file, root), "Perkecil atau ringkas isinya."
            say(Problem(place=place, code=Code.FILE_SIZE, message=message, remedy=remedy))
            return None
        return file.read_bytes()
    except OSError as error:
        _tell_unreadable(place_of(file, root), error, say)
        return None


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


def _plain_size(path: Path, root: Path, say: Say) -> int | None:
    """The bytes of a plain file; what is none is told."""
    if not path.name.isprintable():
        message = "Nama berkas memuat karakter yang tidak tampak atau tidak sah."
        say(Problem(place=place_of(path, root), code=Code.FILE_NAME, message=message, remedy="Ganti nama berkas ini."))
        return None
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        message = f"`{path.name}` bukan berkas biasa."
        say(
            Problem(
                place=place_of(path, root), code=Code.FILE_KIND, message=message, remedy="Hapus folder atau tautan ini."
            )
        )
        return None
    return found.st_size


def _tell_unreadable(place: Place, error: OSError, say: Say) -> None:
    message = f"Berkas tidak bisa dibaca ({error.strerror})."
    say(Problem(place=place, code=Code.UNREADABLE, message=message, remedy="Periksa berkas dan izinnya."))
