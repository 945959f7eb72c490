"""Single files of a project: replaced whole, unpacked from git, never half written."""

import io
import shutil
import tarfile
from collections.abc import Collection
from pathlib import Path, PurePosixPath


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
