"""Visitors who read a site all along while it is built, killed and built again; what they saw that they must not.

Every page of a version carries its number, so that a page, or a site, made of two versions shows.
"""

import os
import random
import re
import time
from multiprocessing.synchronize import Event
from pathlib import Path

from msgspec import Struct, field

STAMP = re.compile(rb"Versi-(\d+)")
END = b"</html>"


class Seen(Struct, kw_only=True):
    """What one reader saw; grows while it reads."""

    passes: int = 0
    pages: int = 0
    versions: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def pages_of(site: Path) -> list[str]:
    """The pages that every version has."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def version_of(page: bytes) -> int:
    """The one version that a whole page carries; ValueError where it is cut off or mixed."""
    stamps = {int(stamp) for stamp in STAMP.findall(page)}
    if len(stamps) != 1 or not page.rstrip().endswith(END):
        raise ValueError(f"{len(page)} bytes, versions {sorted(stamps)}")
    return stamps.pop()


def read_site(site: Path, pages: list[str], patience: float, chance: random.Random, seen: Seen) -> None:
    """One pass through a folder held open for up to `patience` seconds: one version, no page missing."""
    folder = os.open(site, os.O_RDONLY)
    pauses = set(chance.sample(pages, k=min(5, len(pages))))
    versions = set()
    try:
        for path in pages:
            if path in pauses:
                time.sleep(chance.uniform(0, patience / len(pauses)))
            with os.fdopen(os.open(path, os.O_RDONLY, dir_fd=folder), "rb") as file:
                versions.add(version_of(file.read()))
            seen.pages += 1
    finally:
        os.close(folder)
    if len(versions) != 1:
        seen.faults.append(f"a site of several versions: {sorted(versions)}")
    seen.versions |= versions


def read_addresses(site: Path, pages: list[str], chance: random.Random, seen: Seen) -> None:
    """One pass through the addresses, as a server opens them: whole pages, never an older one after a newer one."""
    for path in chance.sample(pages, k=len(pages)):
        version = version_of((site / path).read_bytes())
        if version < max(seen.versions, default=version):
            seen.faults.append(f"{path}: version {version} after {max(seen.versions)}")
        seen.versions.add(version)
        seen.pages += 1


def keep_reading(site: Path, held: bool, patience: float, seed: int, stop: Event) -> Seen:
    """Read until told to stop."""
    seen, chance, pages = Seen(), random.Random(seed), pages_of(site)  # noqa: S311 (no secret)
    while not stop.is_set():
        try:
            if held:
                read_site(site, pages, patience, chance, seen)
            else:
                read_addresses(site, pages, chance, seen)
        except (OSError, ValueError) as error:
            seen.faults.append(repr(error))
        seen.passes += 1
        time.sleep(0.1)  # leaves the builds some of the machine
    return seen
