"""Publish onto real disks that are full, read-only or mounted in the way, and say what came of it.

    unshare --user --map-root-user --mount python -m tests.mounts FOLDER

A program of its own, since it mounts file systems: they vanish with its namespace. Prints one JSON object.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from katalog.model import File
from katalog.write import NotWrittenError, RefusedFolderError, publish
from tests.crash import read

KILOBYTE = 1024
PAGES = 10
PAGE = 20 * KILOBYTE
DISK = 4 * PAGES * PAGE


def version(number: int) -> dict[str, bytes]:
    """Pages that all differ between versions, 200 kB together."""
    return {f"{page}.html": f"versi {number} ".encode() * (PAGE // 8) for page in range(PAGES)}


def outcome(number: int, site: Path) -> str:
    """What publishing a version says: `terbit`, or the words of the refusal."""
    files = [File(path=path, content=content) for path, content in version(number).items()]
    try:
        return "terbit" if publish(files, site, lambda: True) else "sama"
    except NotWrittenError as error:
        return error.problem.message
    except RefusedFolderError as error:
        return str(error)


def mount(*arguments: str | Path) -> None:
    """The system's own command."""
    subprocess.run(["mount", *arguments], check=True)


def fill(disk: Path, room: int) -> Path:
    """Leave so many bytes on a disk."""
    filler = disk / "pengisi"
    state = os.statvfs(disk)
    filler.write_bytes(bytes(state.f_bavail * state.f_frsize - room))
    return filler


def main(folder: Path) -> dict[str, object]:
    """Each step goes on from the one before."""
    disk, site = folder / "disk", folder / "disk" / "situs"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", disk)
    told: dict[str, object] = {"first": outcome(1, site)}

    filler = fill(disk, room=PAGES * PAGE // 2)
    told["full"] = outcome(2, site)
    told["full, whole"] = read(site) == version(1)
    told["full, beside"] = sorted(path.name for path in disk.iterdir())
    filler.unlink()
    told["second"] = outcome(2, site)
    fill(disk, room=PAGES * PAGE // 2).rename(disk / "pengisi tetap")
    told["two fit, three do not"] = outcome(3, site)

    mount("-o", "remount,ro", disk)
    told["read-only"] = outcome(1, site)
    told["read-only, whole"] = read(site) == version(3)
    mount("-o", f"remount,rw,size={4 * DISK}", disk)

    (disk / "pasang").mkdir()
    mount("-t", "tmpfs", "tmpfs", disk / "pasang")
    told["mount point"] = outcome(1, disk / "pasang").replace(str(disk), "DISK")
    outcome(1, disk / "asal")
    (disk / "ikat").mkdir()
    mount("--bind", disk / "asal", disk / "ikat")
    told["bind mount"] = outcome(2, disk / "ikat")
    told["bind mount, whole"] = read(disk / "asal") == version(1)
    return told


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1])), indent=1))
