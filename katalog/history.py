"""A git repository -> what has changed in it since a revision. The only room that runs git.

Git is started directly, without a shell, and told to run no program that settings could name; file
names come ended by NUL, so that any name is read right.
"""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from katalog.problems import Code, Place, Problem

_GIT = ("git", "--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false")
_PLACE = Place(path="--base")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
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


def _run(root: Path, *arguments: str) -> bytes:
    result = subprocess.run([*_GIT, *arguments], cwd=root, check=False, capture_output=True)  # noqa: S603 (no shell)
    if result.returncode:
        raise _GitError
    return result.stdout


def _names(*outputs: bytes) -> frozenset[str]:
    return frozenset(os.fsdecode(name) for output in outputs for name in output.split(b"\0") if name)


def _problem(message: str, remedy: str) -> Problem:
    return Problem(place=_PLACE, code=Code.HISTORY, message=message, remedy=remedy)
