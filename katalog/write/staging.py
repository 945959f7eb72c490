"""The new site while it is being written beside the old one."""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

from katalog.model import File, Kept
from katalog.write.folders import beside, remove
from katalog.write.trouble import FULL


class Staging:
    """A folder that comes to be with the first file that differs from the old site.

    What is the same is taken from there: the old file itself (a hard link), so it keeps its time.
    """

    def __init__(self, output: Path) -> None:
        """`output` is the old site's folder, which may not be there yet."""
        self._output = output
        self.folder = beside(output, "baru")
        self.is_begun = False
        self._waiting: list[str] = []
        self._folders: set[str] = set()

    def put(self, file: File | Kept) -> None:
        """Bring one file into the folder, or note that the old one stays."""
        if isinstance(file, Kept) or _is_same(self._output / file.path, file.content):
            self._waiting.append(file.path)
            if self.is_begun:
                self.finish()
            return
        if not self.is_begun:
            self.folder.mkdir()
            self.is_begun = True
            self.finish()
        self._with_room(lambda: self._place(file.path).write_bytes(file.content))

    def finish(self) -> Path:
        """Bring in what waits; the folder, complete as far as it was told."""
        if not self.is_begun:
            self.folder.mkdir()
            self.is_begun = True
        for path in self._waiting:
            self._with_room(lambda path=path: _keep(f"{self._output}/{path}", self._place(path)))  # type: ignore[misc]
        self._waiting.clear()
        return self.folder

    def _place(self, path: str) -> Path:
        """Where a file goes, its folder made."""
        above = path.rpartition("/")[0]
        if above not in self._folders:
            (self.folder / above).mkdir(parents=True, exist_ok=True)
            self._folders.add(above)
        return self.folder / path

    def _with_room(self, act: Callable[[], object]) -> None:
        try:
            act()
        except OSError as error:
            former = beside(self._output, "lama")
            if error.errno not in FULL or not former.exists():
                raise
            # Two sites fit on this disk and three do not: the former one is a courtesy, the new one is not.
            remove(former)
            act()


def _is_same(path: Path, content: bytes) -> bool:
    try:
        found = path.lstat()
        return stat.S_ISREG(found.st_mode) and found.st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _keep(old: str, target: Path) -> None:
    try:
        os.link(old, target)
    except FileExistsError:
        # Half done before the disk was full.
        target.unlink()
        _keep(old, target)
    except OSError:
        # File systems without hard links: a copy that keeps its time does as well.
        shutil.copy2(old, target)
