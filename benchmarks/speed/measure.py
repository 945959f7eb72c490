"""What a program costs: wall clock, processor time with that of its children, peak memory of it and them together.

Processor time comes from `wait4`, which counts children that were waited for. Peak memory is sampled: of one process
the kernel's own high-water mark, of several the sum of their proportional shares, so that pages which forked workers
share count once. What `wait4` says of memory is used too, but only above our own: the kernel carries the mark of
whoever forked over into the program that follows. Needs Linux's /proc.
"""

import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Self

from msgspec import Struct

SAMPLES_A_SECOND = 50
# After a look so many times as long as that took nobody looks.
SHARE_OF_REST = 30
_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


class FailedError(Exception):
    """A program that was to be measured ended with a fault."""


class Usage(Struct, frozen=True, kw_only=True):
    """Seconds of wall clock and of processor time, and the peak of memory in bytes."""

    wall: float
    cpu: float
    memory: int


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Usage:
    """Run a program to its end; what it says goes to a file beside its folder.

    Raises FailedError where it does not end well.
    """
    said = folder.with_suffix(".log")
    os.sync()  # what others wrote before must not be flushed on this one's account
    with said.open("wb") as log:
        begun = time.perf_counter()
        started = subprocess.Popen(command, cwd=folder, env={**os.environ, **environment}, stdout=log, stderr=log)  # noqa: S603
        with Watch(started.pid) as watch:
            _, status, used = os.wait4(started.pid, 0)
            wall = time.perf_counter() - begun
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise FailedError(f"{command[0]} in {folder} ended with {started.returncode}: {said.read_text()[-2000:]}")
    marked = used.ru_maxrss * 1024
    own = getrusage(RUSAGE_SELF).ru_maxrss * 1024
    return Usage(wall=wall, cpu=used.ru_utime + used.ru_stime, memory=max(watch.peak, marked if marked > own else 0))


class Watch:
    """Looks at the memory of a process and its children until told to stop; `peak` is the most that was seen."""

    def __init__(self, pid: int) -> None:
        """Of this process, from `with` on."""
        self.peak = 0
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look no more."""
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while True:
            begun = time.thread_time()
            self.peak = max(self.peak, memory_of(self._pid))
            # What several processes share takes the kernel long to tell: looking must not slow down what is measured.
            # Its own time counts, since on a busy machine it waits for its turn as well.
            if self._stop.wait(max(1 / SAMPLES_A_SECOND, SHARE_OF_REST * (time.thread_time() - begun))):
                return


def memory_of(pid: int) -> int:
    """Bytes that a process and its children hold: alone the most it ever held, together what each holds now."""
    family = list(tree(pid))
    if len(family) == 1:
        return _kilobytes(_PROC / str(pid) / "status", "VmHWM")
    return sum(_kilobytes(_PROC / str(each) / "smaps_rollup", "Pss") for each in family)


def cpu_of(pid: int) -> float:
    """Seconds of processor time of a process and its children so far, to a hundredth."""
    total = 0
    for each in tree(pid):
        with suppress(OSError):
            fields = (_PROC / str(each) / "stat").read_text().rpartition(")")[2].split()
            # Own time in programs and in the kernel, and that of children who ended and were waited for.
            total += sum(int(value) for value in fields[11:15])
    return total / _TICKS


def tree(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    with suppress(OSError):
        for path in (_PROC / str(pid) / "task").glob("*/children"):
            for child in path.read_text().split():
                yield from tree(int(child))


def _kilobytes(path: Path, key: str) -> int:
    """A value of a process in bytes; 0 once it is gone."""
    try:
        found = re.search(rf"^{key}:\s+(\d+) kB", path.read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0
