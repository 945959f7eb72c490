"""Work that several processes share, and whose results come in order. Ground.

The processes are forked: they see everything that was there before, and nothing but results is sent back, through
memory that both sides see: a pipe holds so little that each would wait for the other, piece by piece. Where forking
is not safe or one processor is all there is, the work is done here.
"""

import ctypes
import gc
import mmap
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Empty
from typing import Any, Generic, TypeVar

from msgspec import Struct

Result = TypeVar("Result")


# So many results of each process may wait for whoever asks; what is beyond would only fill the memory.
_AHEAD = 4
# So many results a process makes before another takes its place, since whatever it looks at it copies, bit by bit; none
# does where no more than so many are asked for: who begins has nothing at hand yet.
_SHIFT, _FEW = 125, 500
# A form of pickle that copies bytes as they are.
_PICKLED = 5
# The memory for one result; a larger one goes through the pipe.
_ROOM = 2**20
_PATIENCE = 0.5
# PR_SET_PDEATHSIG of Linux's prctl, which Python does not offer.
_ENDS_WITH_PARENT = 1
# So many records come before the collector of garbage looks for cycles among them.
_CYCLES = 50_000
# Seconds for what a process does last.
_LAST_WORDS = 10
# How far a process that nobody waits for yet stands back behind those that are waited for (see nice(2)).
_STANDS_BACK = 5


def hands() -> int:
    """How many processes may share work here: 1 where they cannot be forked."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), 8)


class Crew(Struct, frozen=True, kw_only=True):
    """How many processes share work, what each does last, and in which folder they leave what is large."""

    workers: int
    last: Callable[[], object]
    room: Path | None = None


class Begun(Struct, Generic[Result], frozen=True, kw_only=True):
    """Results in their order, and whether the next one need not be waited for."""

    results: Iterator[Result]
    is_ready: Callable[[], bool]


class _Line:
    """From a process that makes results to the one that asks for them.

    Where so many results may wait, a result lies in memory that both see, in one of several places used in turn: one
    for each that waits, one for the next and one for what is being taken.
    """

    def __init__(self, ahead: int = 0) -> None:
        """Before the process is forked; without a number any result may wait, in the pipe."""
        self._queue: Any = _forking().Queue(ahead)
        self._places = ahead + 2 if ahead else 0
        self._memory = mmap.mmap(-1, max(1, self._places) * _ROOM)
        self._turn = 0

    def send(self, packed: bytes) -> None:
        """Hand a result over, and wait while too many are waiting."""
        if not self._places or len(packed) > _ROOM:
            self._queue.put(packed)
            return
        start = self._turn % self._places * _ROOM
        self._turn += 1
        self._memory[start : start + len(packed)] = packed
        self._queue.put((start, len(packed)))

    def receive(self, worker: BaseProcess) -> Any:
        """The next result of a process; none, as an empty tuple, where it could not make it or is no more."""
        while True:
            was_alive = worker.is_alive()
            try:
                sent = self._queue.get(timeout=_PATIENCE)
            except Empty:
                if not was_alive:
                    return ()
                continue
            if isinstance(sent, bytes):
                return pickle.loads(sent)  # noqa: S301 (of our own process)
            start, length = sent
            with memoryview(self._memory) as whole, whole[start : start + length] as packed:
                return pickle.loads(packed)  # noqa: S301 (of our own process)

    def is_empty(self) -> bool:
        """Whether one would have to wait."""
        return bool(self._queue.empty())


ALONE = Crew(workers=1, last=lambda: None)


def each(count: int, make: Callable[[int], Result], crew: Crew) -> Iterator[Result]:
    """`make(0)`, `make(1)` ... up to `count`, in this order, made by a crew that is a little ahead of who asks.

    What a process could not make is made here, so that a fault is seen where it can be told.
    """
    workers = crew.workers
    if workers < 2 or count < 2:
        yield from map(make, range(count))
        return
    all_hands: list[BaseProcess] = []
    shift = _SHIFT if count > _FEW else count

    def begin(first: int) -> tuple[_Line, BaseProcess]:
        gc.freeze()  # else the collector's marks would make every process copy what they share
        line = _Line(_AHEAD)
        numbers = range(first, min(count, first + shift * workers), workers)
        worker = _forking().Process(target=_toil, args=(os.getpid(), line, numbers, make, crew.last), daemon=True)
        worker.start()
        all_hands.append(worker)
        return line, worker

    try:
        at_work = [begin(first) for first in range(min(workers, count))]
        for number in range(count):
            place, turn = number % workers, number // workers
            if turn and turn % shift == 0:
                at_work[place] = begin(number)
            line, worker = at_work[place]
            made: Sequence[Result] = line.receive(worker)
            if number == count - 1:  # who has the last one need not come back
                for each_worker in all_hands:
                    each_worker.join(_LAST_WORDS)
            yield made[0] if made else make(number)
    finally:
        for worker in all_hands:
            worker.terminate()
            worker.join()
        gc.unfreeze()


@contextmanager
def apart(count: int, make: Callable[[int], Result], crew: Crew) -> Iterator["Begun[Result]"]:
    """`make(0)`, `make(1)` ... in this order, begun at once by one process while this one goes on with something else.

    It stands back where there is too much to do, and so has something left for when there is too little. What it could
    not make is made here; all of it where the crew has no other hands.
    """
    if crew.workers < 2 or count < 1:
        yield Begun(results=map(make, range(count)), is_ready=lambda: False)
        return
    gc.freeze()
    line = _Line()
    task = (os.getpid(), line, range(count), make, crew.last)
    worker = _forking().Process(target=_toil_behind, args=task, daemon=True)
    waiting = [*range(count)]

    def results() -> Iterator[Result]:
        while waiting:
            number = waiting.pop(0)
            made: Sequence[Result] = line.receive(worker)
            yield made[0] if made else make(number)

    try:
        worker.start()
        yield Begun(results=results(), is_ready=lambda: not line.is_empty())
        if not waiting:
            worker.join(_LAST_WORDS)
    finally:
        worker.terminate()
        worker.join()
        gc.unfreeze()


def _toil(asker: int, line: _Line, numbers: range, make: Callable[[int], Result], last: Callable[[], object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked is told, and ends this process
    gc.set_threshold(_CYCLES)  # what was there before is frozen: what pages leave behind is soon looked through
    _end_with(asker)
    for number in numbers:
        packed = pickle.dumps((), _PICKLED)
        with suppress(Exception):
            packed = pickle.dumps((make(number),), _PICKLED)
        line.send(packed)
    last()


def _toil_behind(*task: Any) -> None:
    os.nice(_STANDS_BACK)
    _toil(*task)


def _forking() -> Any:
    return multiprocessing.get_context("fork")


def _end_with(asker: int) -> None:
    """Let the system end this process with the one that asked, even if that is killed: nobody would take the rest."""
    ctypes.CDLL(None).prctl(_ENDS_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != asker:
        os._exit(1)
