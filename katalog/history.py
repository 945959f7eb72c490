"""A git repository -> what has changed in it since a revision, and when each entry did. The only room that runs git.

Git is started directly, without a shell, and told to run no program that settings could name; file
names come ended by NUL, so that any name is read right.
"""

import os
import re
import subprocess
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from katalog.dates import is_future, parse_date
from katalog.model import NO_HISTORY, FileHistory, History, Innovation, PartialDate
from katalog.problems import Code, Place, Problem

_GIT = ("git", "--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false")
_PLACE = Place(path="--base")


class Change(Struct, frozen=True, kw_only=True):
    """What differs from a revision: the paths, new and lost ones included, and the project as it was then.

    `archive` is a tar; empty where the project's folder was not there yet.
    """

    paths: frozenset[str]
    archive: bytes


class _GitError(Exception):
    """Git said no."""


def read_change(root: Path, revision: str) -> tuple[Change | None, tuple[Problem, ...]]:
    """What the files below `root` have changed since they left `revision`; None where git cannot tell."""
    try:
        _run(root, "rev-parse", "--is-inside-work-tree")
    except (_GitError, OSError):
        message = "Folder ini bukan repositori git, atau git tidak terpasang."
        return None, (_problem(message, "Jalankan di dalam klon repositori, atau tanpa --base."),)
    try:
        commit = _commit(root, revision)
    except _GitError:
        message = f"Revisi `{revision}` tidak dikenal."
        return None, (_problem(message, "Ambil dulu dengan `git fetch`, atau sebut cabang lain, misalnya `main`."),)
    try:
        base = _run(root, "merge-base", commit, "HEAD").decode().strip()
        paths = _names(
            _run(root, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative", base, "--"),
            _run(root, "ls-files", "-z", "--others", "--exclude-standard"),
        )
        return Change(paths=paths, archive=_archive(root, base)), ()
    except _GitError:
        message = f"Riwayat bersama dengan revisi `{revision}` tidak ada di klon ini."
        return None, (_problem(message, "Lengkapi riwayatnya dengan `git fetch --unshallow`, lalu ulangi."),)


def _commit(root: Path, revision: str) -> str:
    if revision.startswith("-") or "\0" in revision:
        raise _GitError
    return _run(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()


def _archive(root: Path, base: str) -> bytes:
    """The project as it was; empty where its folder was not there yet."""
    try:
        return _run(root, "archive", "--format=tar", base)
    except _GitError:
        return b""


def find_uncommitted(root: Path) -> tuple[str, ...]:
    """Files that git would lose something of if they were changed now; none where there is no git."""
    try:
        rows = _run(root, "status", "--porcelain", "-z", "--untracked-files=all", "--", ".")
    except (_GitError, OSError):
        return ()
    return tuple(os.fsdecode(row[3:]) for row in rows.split(b"\0") if row)


def _run(root: Path, *arguments: str) -> bytes:
    result = subprocess.run([*_GIT, *arguments], cwd=root, check=False, capture_output=True)  # noqa: S603 (no shell)
    if result.returncode:
        raise _GitError
    return result.stdout


def _names(*outputs: bytes) -> frozenset[str]:
    return frozenset(os.fsdecode(name) for output in outputs for name in output.split(b"\0") if name)


def _problem(message: str, remedy: str) -> Problem:
    return Problem(place=_PLACE, code=Code.HISTORY, message=message, remedy=remedy)


# One pass over everything, whatever the settings of this computer. A merge tells only of files that both sides have
# changed, so that an entry keeps the dates of the commits that wrote it. What is not in the clone is never fetched.
_LOG = (
    *("-c", "protocol.allow=never", "--no-replace-objects"),
    *("log", "-z", "--topo-order", "--no-follow", "--root", "-c", "-M70%", "-l1000", "--name-status", "--relative"),
    *("--no-ext-diff", "--no-color", "--no-show-signature", "--encoding=UTF-8", "--format=commit %H %cI%n%B"),
    *("--", "content/innovations"),
)
_TECHNICAL = re.compile(r"perubahan:\s*teknis", re.IGNORECASE)
_SAME_TEXT = "R100"


class _Touch(Struct, frozen=True, kw_only=True):
    """What one commit did to one file; `date` is None where that commit cannot tell when."""

    date: PartialDate | None
    counts: bool
    former: str = ""


class _Commit(Struct, frozen=True, kw_only=True):
    """A commit, and the files it touched: status, path, former path."""

    name: str
    date: PartialDate | None
    technical: bool
    files: tuple[tuple[str, str, str], ...]


def read_history(root: Path, today: PartialDate) -> History:
    """When each file of an entry was added, changed and renamed; empty where git cannot tell.

    A day is that of the committer, as written in the commit. The oldest commit of a shallow clone seems to add every
    file, and a computer whose clock was wrong dates into the future: neither is believed.
    """
    try:
        oldest = _oldest_of_shallow(root)
        commits = list(_commits(_run(root, *_LOG)))
    except (_GitError, OSError):
        return NO_HISTORY
    tomorrow = _tomorrow(today)
    doubtful = frozenset(one.name for one in commits if one.date is None or is_future(one.date, tomorrow)) | oldest
    chronicles = _chronicles(reversed(commits), doubtful)
    files = {path: _summed_up(touches) for path, touches in chronicles.items()}
    return History(complete=bool(files) and not doubtful, files=files)


def mark_of_history(root: Path) -> bytes:
    """What `read_history` would read from: of equal marks it tells the same."""
    try:
        return b"%b %b" % (_run(root, "rev-parse", "HEAD"), " ".join(sorted(_oldest_of_shallow(root))).encode())
    except (_GitError, OSError):
        return b""


def with_dates(innovations: Sequence[Innovation], history: History) -> tuple[Innovation, ...]:
    """Innovations with the dates that their files do not hold themselves, as far as history knows them."""
    return tuple(_dated(entry, history.files.get(entry.path)) for entry in innovations)


def _dated(entry: Innovation, known: FileHistory | None) -> Innovation:
    if known is None:
        return entry
    added = entry.added or known.added
    changed = entry.changed or max((day for day in (known.changed, added) if day), default=None)
    return replace(entry, added=added, changed=changed)


def _oldest_of_shallow(root: Path) -> frozenset[str]:
    """The commits whose parents a shallow clone lacks."""
    answer = _run(root, "rev-parse", "--is-shallow-repository", "--git-path", "shallow")
    is_shallow, _, path = answer.partition(b"\n")
    if is_shallow != b"true":
        return frozenset()
    return frozenset((root / os.fsdecode(path.removesuffix(b"\n"))).read_text(encoding="ascii").split())


def _tomorrow(today: PartialDate) -> PartialDate:
    """It has begun elsewhere already."""
    day = date(today.year, today.month, today.day) + timedelta(days=1)
    return PartialDate(year=day.year, month=day.month, day=day.day)


def _commits(output: bytes) -> Iterator[_Commit]:
    """The commits of a log, latest first. Read by position, since names of files may look like anything."""
    tokens = iter(output.split(b"\0"))
    head = ""
    files: list[tuple[str, str, str]] = []
    for token in tokens:
        status = token.decode("utf-8", "replace").lstrip("\n")
        if status.startswith("commit "):
            if head:
                yield _commit_of(head, files)
            head, files = status, []
        elif status:
            former = os.fsdecode(next(tokens)) if re.fullmatch(r"R\d+", status) else ""
            files.append((status, os.fsdecode(next(tokens)), former))
    if head:
        yield _commit_of(head, files)


def _commit_of(head: str, files: Iterable[tuple[str, str, str]]) -> _Commit:
    first, _, message = head.partition("\n")
    _, name, moment = first.split(" ")
    trailers = message.strip().rpartition("\n\n")[2].splitlines()
    return _Commit(
        name=name,
        date=parse_date(moment[:10]),
        technical=any(_TECHNICAL.fullmatch(line.strip()) for line in trailers),
        files=tuple(files),
    )


def _chronicles(commits: Iterable[_Commit], doubtful: Collection[str]) -> dict[str, list[_Touch]]:
    """What happened to the file of each path, oldest first, under all its names.

    A branch may go on under the old name after another has renamed the file, so the old name keeps its meaning until
    a new file takes it.
    """
    current: dict[str, list[_Touch]] = {}
    renamed: set[str] = set()
    gone: set[str] = set()
    for commit in commits:
        day = None if commit.name in doubtful else commit.date
        for status, path, former in commit.files:
            if not status.strip("D"):
                gone.add(path)
                continue
            if former:
                current[path] = current.get(former, [])
                renamed.add(former)
                gone.add(former)
            elif path in renamed and not status.strip("A"):
                current[path] = []
            renamed.discard(path)
            gone.discard(path)
            counts = not commit.technical and status != _SAME_TEXT
            current.setdefault(path, []).append(_Touch(date=day, counts=counts, former=former))
    return {path: touches for path, touches in current.items() if path not in gone}


def _summed_up(touches: Sequence[_Touch]) -> FileHistory:
    added = touches[0].date
    days = sorted({touch.date for touch in touches if touch.date and touch.counts}, reverse=True)
    return FileHistory(
        added=added,
        changed=days[0] if days else added,
        days=tuple(day for day in days if added is None or day > added),
        former=tuple((touch.date, touch.former) for touch in reversed(touches) if touch.date and touch.former),
    )
