"""Whole builds under bad luck: killed, on full and read-only disks, several at once; with readers all along.

    python -m benchmarks.soak [--kills 100] [--seed 20261124] [--minutes 20]

Builds are killed by SIGKILL at random moments, half of them aimed at the time in which the new site is written. The
disks are small ones in memory, mounted in a namespace of their own; that part is left out, in words, where nobody may.
Exit code 1 where anything was seen that must not be.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import Manager
from pathlib import Path

from msgspec import Struct

from benchmarks.corpus import ROOT, make_corpus
from benchmarks.readers import Seen, keep_reading, pages_of, version_of

ENTRIES = 100
ROUNDS, AT_ONCE = 10, 5
DISKS = 20
LONGEST = 300
NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")


class Project(Struct, frozen=True, kw_only=True):
    """A made-up catalogue with a program of its own, and where its site goes."""

    folder: Path
    site: Path

    @property
    def staging(self) -> Path:
        """Where a new site is written."""
        return self.site.with_name(f"{self.site.name}.baru")

    def command(self) -> list[str]:
        """Build the site."""
        return [sys.executable, str(self.folder / "build.py"), "--output", str(self.site)]

    def build(self) -> "subprocess.CompletedProcess[str]":
        """Build it to the end."""
        return subprocess.run(self.command(), capture_output=True, text=True, check=False, timeout=LONGEST)  # noqa: S603

    def stamp(self, version: int) -> None:
        """Let every page of the next build carry a version."""
        config = (ROOT / "site_config.toml").read_text(encoding="utf-8")
        title = next(line for line in config.splitlines() if line.startswith("judul"))
        stamped = config.replace(title, f'judul = "Versi-{version}"')
        (self.folder / "site_config.toml").write_text(stamped, encoding="utf-8")

    def version(self) -> int:
        """The one version that the whole site has; ValueError where it is not whole."""
        versions = {version_of((self.site / path).read_bytes()) for path in pages_of(self.site)}
        if len(versions) != 1:
            raise ValueError(f"a site of versions {sorted(versions)}")
        return versions.pop()


class Times(Struct, frozen=True, kw_only=True):
    """Seconds that a build took until its first written file, and from there to its end."""

    reading: float
    writing: float


def make_project(folder: Path) -> Project:
    """The catalogue, and its first site."""
    project = Project(folder=make_corpus(folder / "proyek", ENTRIES), site=folder / "situs")
    shutil.copy(ROOT / "build.py", project.folder)
    shutil.copytree(ROOT / "katalog", project.folder / "katalog")
    project.stamp(1)
    first = project.build()
    if first.returncode:
        raise SystemExit(first.stdout + first.stderr)
    return project


def watch_build(project: Project, *, after_start: float = LONGEST, after_write: float = LONGEST) -> Times | None:
    """Build, and kill that after so many seconds from its start or from its first written file; None where it died."""
    begun, clock = time.monotonic(), time.time()
    started = subprocess.Popen(project.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    while not _ended(started, 0.002) and not _is_writing(project, clock) and time.monotonic() < begun + after_start:
        pass
    written = time.monotonic()
    if not _ended(started, min(after_write, max(0, begun + after_start - written))):
        started.kill()
    if started.wait() == -signal.SIGKILL:
        return None
    return Times(reading=written - begun, writing=time.monotonic() - written)


def _ended(process: "subprocess.Popen[bytes]", seconds: float) -> bool:
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    return process.returncode is not None


def _is_writing(project: Project, begun: float) -> bool:
    """Tell whether a build begun then writes its new site; another may have left half of one, and our mark is old."""
    try:
        return (project.staging / "index.html").stat().st_mtime > begun - 0.01
    except OSError:
        return False


def soak_kills(project: Project, kills: int, chance: random.Random, deadline: float) -> dict[str, object]:
    """Builds that die, and every tenth that may live."""
    counts = {"killed": 0, "killed while writing": 0, "lived": 0, "new site seen": 0}
    faults: list[str] = []
    times = Times(reading=1, writing=1)
    version = last = project.version()
    while counts["killed"] < kills and time.monotonic() < deadline:
        version += 1
        project.stamp(version)
        ended = _one(project, times, chance, version)
        times = ended or times  # the machine may be quick now and slow then: aim by the last build that lived
        counts["lived" if ended else "killed"] += 1
        counts["killed while writing"] += not ended and project.staging.exists()
        try:
            found = project.version()
        except (OSError, ValueError) as error:
            faults.append(f"after build {version}: {error!r}")
            continue
        if found not in (last, version):
            faults.append(f"after build {version}: the site is of version {found}, was {last}")
        counts["new site seen"] += found != last
        last = found
    if counts["killed"] < kills:
        faults.append(f"time was up after {counts['killed']} kills")
    return {**counts, "seconds of the last build": round(times.reading + times.writing, 2), "faults": faults}


def _one(project: Project, times: Times, chance: random.Random, version: int) -> Times | None:
    if version % 10 == 0:
        return watch_build(project)
    if version % 2:
        return watch_build(project, after_write=chance.uniform(0, times.writing))
    return watch_build(project, after_start=chance.uniform(0, times.reading + times.writing))


def soak_with_readers(project: Project, kills: int, seed: int, deadline: float) -> dict[str, object]:
    """Kill builds while two visitors hold the folder open and two ask for addresses."""
    usual = watch_build(project) or Times(reading=1, writing=1)
    patience = (usual.reading + usual.writing) / 2
    with Manager() as manager, ProcessPoolExecutor(4) as pool:
        stop = manager.Event()
        readers: list[Future[Seen]] = [
            pool.submit(keep_reading, project.site, number < 2, patience, seed + number, stop)  # type: ignore[arg-type]
            for number in range(4)
        ]
        try:
            told = soak_kills(project, kills, random.Random(seed), deadline)  # noqa: S311 (no secret)
        finally:
            stop.set()
        seen = [reader.result() for reader in readers]
    faults = [fault for row in seen for fault in row.faults]
    for name, rows in (("holding the folder", seen[:2]), ("by address", seen[2:])):
        told[f"readers {name}"] = {
            "passes": sum(row.passes for row in rows),
            "pages": sum(row.pages for row in rows),
            "versions": len(set().union(*(row.versions for row in rows))),
        }
    return {**told, "faults of readers": faults}


def soak_at_once(project: Project) -> dict[str, object]:
    """Several builds of one site at once: one writes, the others say why not, and the site is whole."""
    ended = {0: 0, 3: 0}
    faults: list[str] = []
    version = project.version()
    for _ in range(ROUNDS):
        version += 1
        project.stamp(version)
        started = [
            subprocess.Popen(project.command(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603
            for _ in range(AT_ONCE)
        ]
        outputs = [(process.communicate(timeout=LONGEST), process.returncode) for process in started]
        for (out, err), code in outputs:
            ended[code] = ended.get(code, 0) + 1
            if code not in (0, 3) or "Traceback" in err or (code == 3 and "sedang dibuat" not in out):
                faults.append(f"exit code {code}: {out}{err}")
        if project.version() != version:
            faults.append(f"the site is of version {project.version()}, not {version}")
    return {
        "builds": ROUNDS * AT_ONCE,
        "published or nothing to do": ended[0],
        "told to wait": ended[3],
        "faults": faults,
    }


def soak_disks(folder: Path, seed: int) -> dict[str, object]:
    """Disks with little room, then one that is read-only; runs in a namespace that may mount."""
    project = make_project(folder)
    needed = sum(path.stat().st_blocks * 512 for path in project.site.rglob("*"))
    disk, chance = folder / "disk", random.Random(seed)  # noqa: S311 (no secret)
    disk.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={needed * 4}", "tmpfs", str(disk))
    project = Project(folder=project.folder, site=disk / "situs")
    project.build()
    counts = {"published": 0, "refused": 0}
    faults: list[str] = []
    for version in range(2, 2 + DISKS):
        (disk / "pengisi").unlink(missing_ok=True)
        if version % 2:  # otherwise there is always room for one site, where the former one was
            shutil.rmtree(disk / "situs.lama", ignore_errors=True)
        state = os.statvfs(disk)
        room = int(needed * chance.uniform(0, 1.2))
        (disk / "pengisi").write_bytes(bytes(max(0, state.f_bavail * state.f_frsize - room)))
        faults += _try(project, version, "penuh", counts)
    _mount("-o", "remount,ro", str(disk))
    faults += _try(project, version + 1, "hanya bisa dibaca", counts)
    return {"builds": DISKS + 1, **counts, "faults": faults}


def _try(project: Project, version: int, words: str, counts: dict[str, int]) -> list[str]:
    """Build a version on a disk that may refuse it, with these words; what is wrong with the outcome."""
    before = project.version()
    project.stamp(version)
    built = project.build()
    counts["refused" if built.returncode else "published"] += 1
    told = built.returncode == 0 or (
        built.returncode == 3 and words in built.stdout and "Traceback" not in built.stderr
    )
    left = project.staging.exists()
    if told and not left and project.version() == (before if built.returncode else version):
        return []
    return [f"exit code {built.returncode}, version {project.version()}, left: {left}: {built.stdout}{built.stderr}"]


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)  # noqa: S603, S607 (the system's own command)


def _in_namespace(folder: Path, seed: int) -> dict[str, object]:
    command = [*NAMESPACE, sys.executable, "-m", "benchmarks.soak", "--disks", str(folder), "--seed", str(seed)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=20 * LONGEST)  # noqa: S603
    if ended.returncode and not ended.stdout:
        return {"left out": ended.stderr.strip().splitlines()[-1:]}
    return dict(json.loads(ended.stdout))


def main() -> int:
    """Run every part and tell it as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20261124)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--disks", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.disks:
        print(json.dumps(soak_disks(options.disks, options.seed)))
        return 0
    deadline = time.monotonic() + options.minutes * 60
    with tempfile.TemporaryDirectory(prefix="katalog-") as name:
        folder = Path(name)
        (folder / "disks").mkdir()
        project = make_project(folder)
        told = {"killed": soak_with_readers(project, options.kills, options.seed, deadline)}
        told["at once"] = soak_at_once(project)
        told["disks"] = _in_namespace(folder / "disks", options.seed)
    print(json.dumps(told, indent=1))
    return int(any(value for part in told.values() for name, value in part.items() if name.startswith("faults")))


if __name__ == "__main__":
    sys.exit(main())
