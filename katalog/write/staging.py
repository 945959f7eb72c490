"""The new site while it comes to be beside the old one."""

import os
import shutil
from collections.abc import Callable, Container, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from katalog.model import Content, File, Stamp
from katalog.shelf import Shelved, write_whole
from katalog.write.folders import MARKER, beside, refuse_foreign, remove, stamp_of, weed
from katalog.write.trouble import FULL, disturbed

# The former site while it becomes the new one, inside the folder of what is new: `heal` removes both at once.
_RENEWED = f"{MARKER}.lama"

Value = TypeVar("Value")


class Staging:
    """A folder that holds what differs from the old site, and in the end the whole new one.

    What is the same is the old file itself (a hard link), so it keeps its time. Where the former site is still there
    it becomes the new one: nearly all of its files are those very links, so that only what changed costs anything.
    """

    def __init__(self, output: Path, present: Mapping[str, Stamp], take_stock: Callable[[], Mapping[str, int]]) -> None:
        """`output` is the old site's folder, which may not be there yet, and `present` what lies in it.

        `take_stock` tells what lies in the former site, see `folders.take_stock`.
        """
        self._output = output
        self._present, self._take_stock = present, take_stock
        self.folder = beside(output, "baru")
        # Where the former site will not do, what stays is brought while others are at work on what is new.
        self._brings_at_once = not beside(output, "lama").is_dir()
        self._kept: set[str] = set()
        self._brought: set[str] = set()
        self._new: dict[str, Stamp] = {}
        # What lies in the former site.
        self._stock: Mapping[str, int] = {}
        self._folders: set[str] = set()

    @property
    def is_old_site(self) -> bool:
        """Whether all that was brought in lies in the old site, and nothing else does."""
        return not self._new and self._kept == self._present.keys()

    @property
    def stamps(self) -> Mapping[str, Stamp]:
        """What was brought in: new files as they were written, those of the old site as that was found."""
        return {**{path: self._present[path] for path in self._kept}, **self._new}

    def keep(self, path: str) -> None:
        """Note that the old file stays."""
        if path not in self._present:
            raise disturbed(self._output)
        self._kept.add(path)
        if self._new and self._brings_at_once:
            self._bring(path)

    def put(self, file: File) -> None:
        """Write one file, or note that the old one stays where that is the same."""
        if self._is_same(file):
            self._kept.add(file.path)
            return
        if not self._new:
            self._begin()
        if file.path in self._brought:  # what is written into it would be written into the old site
            (self.folder / file.path).unlink()
            self._brought.discard(file.path)
        self._new[file.path] = self._with_room(lambda: self._put(file))
        self._kept.discard(file.path)

    def finish(self) -> Path:
        """The whole new site, of which nobody may ask before it is known that it will be shown."""
        if not self._new:
            self._begin()
        return self._renew_former() or self._link_all()

    def _put(self, file: File) -> Stamp:
        """Write a file, or give a twin of it in the old site a second place, which takes a tenth of the time."""
        path = self._place(self.folder, file.path)
        twin = None if file.path in self._present else self._twins.get(_place_and_size(file.path, len(file.content)))
        stamp = _twin(f"{self._output}/{twin}", path, file.content) if twin else None
        return stamp or _write(path, file.content)

    @cached_property
    def _twins(self) -> Mapping[tuple[str, str, int], str]:
        """Files of the old site that may lie in another folder now, as those of an index do, whose folder has its hash.

        Pages are no twins: each tells where it lies.
        """
        others = ((path, stamp.size) for path, stamp in self._present.items() if not path.endswith(".html"))
        return {_place_and_size(path, size): path for path, size in others}

    def _is_same(self, file: File) -> bool:
        stamp = self._present.get(file.path)
        if stamp is None or stamp.size != len(file.content):
            return False
        try:
            with open(f"{self._output}/{file.path}", "rb") as old:  # noqa: PTH123 (one of many)
                return old.read() == bytes(file.content)
        except OSError:
            return False

    def _begin(self) -> None:
        """Make the folder, with our mark in it before anything else."""
        # Now, while others are at work on what is new: in the end nobody is.
        self._stock = self._take_stock()
        self.folder.mkdir()
        if MARKER in self._kept:
            self._bring(MARKER)

    def _renew_former(self) -> Path | None:
        """Bring the former site up to date and move in what is new; None, and without it, where that cannot be done."""
        former, renewed = beside(self._output, "lama"), self.folder / _RENEWED
        refuse_foreign(former)
        if not former.is_dir():
            return None
        moved: list[str] = []
        try:
            former.rename(renewed)
            for path in self._kept - weed(renewed, self._stock, self._present, self._kept, self._new):
                self._link(path, renewed)
            folders = self._new_folders(renewed)
            for path in (*folders, *(path for path in self._new if not _lies_in(path, folders))):
                if path == MARKER:  # the folder of what is new must be known as ours to its end
                    (renewed / MARKER).unlink(missing_ok=True)
                    shutil.copy2(self.folder / MARKER, renewed)
                else:
                    os.replace(f"{self.folder}/{path}", self._place(renewed, path))  # noqa: PTH105 (one of many)
                    moved.append(path)
        except OSError:
            for path in moved:
                (renewed / path).replace(self.folder / path)
            if renewed.exists():
                shutil.rmtree(renewed)
            return None
        return renewed

    def _new_folders(self, renewed: Path) -> set[str]:
        """Folders that the former site has not: each is moved with all that lies in it."""
        folders: set[str] = set()
        for folder in sorted({path.rpartition("/")[0] for path in self._new} - {""}):
            if not _lies_in(folder, folders) and not os.path.lexists(f"{renewed}/{folder}"):
                folders.add(folder)
        return folders

    def _link_all(self) -> Path:
        """Bring everything else from the old site."""
        for path in self._kept - self._brought:
            self._bring(path)
        return self.folder

    def _bring(self, path: str) -> None:
        """Bring one file from the old site, whatever has to go for it."""
        self._with_room(lambda: self._link(path, self.folder))
        self._brought.add(path)

    def _link(self, path: str, folder: Path) -> None:
        """Bring one file from the old site, the very one that lay there in the beginning."""
        stamp, target = self._present[path], self._place(folder, path)
        try:
            is_linked = _link(f"{self._output}/{path}", target)
        except FileNotFoundError as error:
            raise disturbed(self._output) from error
        found = stamp_of(os.lstat(target))
        if found.size != stamp.size or (is_linked and found.time != stamp.time):
            raise disturbed(self._output)

    def _place(self, folder: Path, path: str) -> str:
        """Where a file goes, its folder made."""
        target = f"{folder}/{path}"
        above = target.rpartition("/")[0]
        if above not in self._folders:
            try:
                os.mkdir(above)  # noqa: PTH102 (one of many)
            except FileExistsError:
                pass
            except FileNotFoundError:
                os.makedirs(above, exist_ok=True)  # noqa: PTH103
            self._folders.add(above)
        return target

    def _with_room(self, act: Callable[[], Value]) -> Value:
        try:
            return act()
        except OSError as error:
            former = beside(self._output, "lama")
            if error.errno not in FULL or not former.exists():
                raise
            # Two sites fit on this disk and three do not: the former one is a courtesy, the new one is not.
            remove(former)
            return act()


def _place_and_size(path: str, size: int) -> tuple[str, str, int]:
    """Where a file lies, whatever its own folder is called, what it is called, and how large it is."""
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[0], name, size


def _lies_in(path: str, folders: Container[str]) -> bool:
    """Whether a file or folder lies in one of these, however deep."""
    while path := path.rpartition("/")[0]:
        if path in folders:
            return True
    return False


def _twin(old: str, path: str, content: Content) -> Stamp | None:
    """Give a file of the old site a second place; None, and nothing there, where it does not hold the very same."""
    with suppress(OSError):
        os.link(old, path)
        with open(path, "rb") as file:  # noqa: PTH123 (one of many)
            is_same = file.read() == bytes(content)
        if is_same:
            return stamp_of(os.lstat(path))
    # Whatever lies there now must go: what is written into it would be written into the old site.
    Path(path).unlink(missing_ok=True)
    return None


def _write(path: str, content: Content) -> Stamp:
    """Write a file; its stamp once it is closed, since some systems set the time only then."""
    if isinstance(content, Shelved):
        content.give_name(path)
    else:
        write_whole(path, content)
    return stamp_of(os.lstat(path))


def _link(old: str, target: str) -> bool:
    """Give a file a second place; False where that took a copy."""
    try:
        os.link(old, target)
    except FileExistsError:
        # Half done before the disk was full.
        Path(target).unlink()
        return _link(old, target)
    except OSError:
        # File systems without hard links: a copy that keeps its time does as well.
        shutil.copy2(old, target)
        return False
    return True
