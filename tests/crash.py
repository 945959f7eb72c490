"""Kill a publication before every single thing it asks of the file system, and say what is wrong afterwards.

    python -m tests.crash FOLDER [--two-renames] [--no-former]

A program of its own, since each publication dies by SIGKILL in a forked process. Prints one line of JSON:
how many moments there were, and the faults found.
"""

import itertools
import json
import os
import shutil
import signal
import sys
from pathlib import Path

from katalog.model import File
from katalog.write import MARKER, folders, prepare, publish

EVENTS = ("open", "os.", "shutil.", "ctypes.dlsym")
PATHS = ("index.html", "a/index.html", "a/b/index.html", "c/index.html")
LEFT_BESIDE = {"situs", "situs.kunci", "situs.lama"}


def version(number: int) -> dict[str, bytes]:
    """A small site: one page stays as it is, one comes and one goes with each version."""
    pages = {path: f"versi {number}".encode() for path in PATHS}
    return pages | {"tetap.html": b"tetap", f"hanya-{number}.html": b"x"}


def put(number: int, site: Path) -> None:
    """Publish a version."""
    publish([File(path=path, content=content) for path, content in version(number).items()], site, lambda: True)


def read(site: Path) -> dict[str, bytes]:
    """What stands in a folder; nothing where there is none."""
    found = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    found.pop(MARKER, None)
    return found


def read_held(descriptor: int, number: int) -> dict[str, bytes]:
    """A version's pages through a folder that a reader has held open all along; what is gone is left out."""
    found = {}
    for path in version(number):
        try:
            page = os.open(path, os.O_RDONLY, dir_fd=descriptor)
        except FileNotFoundError:
            continue
        with os.fdopen(page, "rb") as file:
            found[path] = file.read()
    return found


def killed(site: Path, moment: int) -> bool:
    """Publish version 3 in a process that dies before its `moment`-th request; False where it was done before."""
    child = os.fork()
    if child == 0:
        moments = itertools.count(1)

        def die(event: str, _: tuple[object, ...]) -> None:
            if event.startswith(EVENTS) and next(moments) == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(die)
        put(3, site)
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def faults_after(site: Path, moment: int, *, gap: bool) -> list[str]:
    """What is wrong with a site after version 3 over version 2 died, and after the next build; mostly nothing."""
    faults = []
    seen = read(site)
    if seen not in (version(2), version(3)) and not (gap and not site.exists()):
        faults.append(f"{moment}: a mixed site: {sorted(seen)}")
    prepare(site, Path(__file__))
    if read(site) not in (version(2), version(3)):
        faults.append(f"{moment}: not healed")
    put(3, site)
    if read(site) != version(3):
        faults.append(f"{moment}: the next build failed")
    beside = {path.name for path in site.parent.iterdir()}
    if beside != LEFT_BESIDE:
        faults.append(f"{moment}: left beside: {sorted(beside)}")
    return faults


def main(folder: Path, *, gap: bool, former: bool) -> None:
    """Try every moment; without an exchange of folders there is a gap, without a former site all is linked anew."""
    if gap:
        folders._exchange = lambda *_: False  # noqa: SLF001 (a system without exchange)
    faults = []
    for moment in itertools.count(1):
        site = folder / str(moment) / "situs"
        put(1, site)
        put(2, site)
        if not former:
            shutil.rmtree(site.with_name("situs.lama"))
        held = os.open(site, os.O_RDONLY)
        alive = not killed(site, moment)
        faults += faults_after(site, moment, gap=gap)
        if read_held(held, 2) != version(2):
            faults.append(f"{moment}: a reader misses pages")
        os.close(held)
        if alive:
            print(json.dumps({"moments": moment - 1, "faults": faults}))
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), gap="--two-renames" in sys.argv, former="--no-former" not in sys.argv)
