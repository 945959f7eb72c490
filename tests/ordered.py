"""Run a project's build.py on a file system that lists every folder in a given order.

    python tests/ordered.py forwards|backwards PROJECT [ARGUMENTS]

Creating files in another order is not enough: many file systems list by a hash of the name.
"""

import os
import runpy
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager

_scandir = os.scandir
BACKWARDS = sys.argv[1:2] == ["backwards"]


class Ordered(AbstractContextManager["Ordered"], Iterator["os.DirEntry[str]"]):
    """`os.scandir` in the order of names."""

    def __init__(self, path: str | os.PathLike[str] = ".") -> None:
        """List a folder."""
        with _scandir(path) as entries:
            self._entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=BACKWARDS))

    def __next__(self) -> "os.DirEntry[str]":
        """The next entry."""
        return next(self._entries)

    def __exit__(self, *_: object) -> None:
        """Nothing is held open."""


if __name__ == "__main__":
    project, sys.argv = sys.argv[2], sys.argv[2:]
    sys.path[0] = project
    os.scandir = Ordered  # type: ignore[assignment]
    os.listdir = lambda path=".": [entry.name for entry in Ordered(path)]  # type: ignore[assignment]
    runpy.run_path(f"{project}/build.py", run_name="__main__")
