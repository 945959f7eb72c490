"""What tests share: a fictional region to build, and a fixed day."""

import os
import pickle
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import pytest
from filelock import FileLock
from msgspec import Struct
from msgspec.structs import replace

import build
from katalog.arguments import Options
from katalog.model import File, Kept, PartialDate
from katalog.problems import Problem, in_order
from katalog.tabular import Change

if TYPE_CHECKING:
    from tests.hostile.entries import Settled

ROOT = Path(__file__).resolve().parent.parent
BASE = ROOT / "tests" / "base"
CASES = ROOT / "tests" / "cases"
# A copy of the first catalogue, so that gates do not depend on content that may change.
FROZEN = ROOT / "tests" / "frozen"
TODAY = PartialDate(year=2026, month=6, day=30)


class Built(Struct, frozen=True, kw_only=True):
    """What a build of a project gave: its outcome, and its files where it was sound."""

    outcome: build.Outcome
    files: dict[str, bytes]

    def text(self, path: str) -> str:
        """A file's characters."""
        return self.files[path].decode()


class Imported(Struct, frozen=True, kw_only=True):
    """What an import gave: its changes, and its problems in their order."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]

    def states(self) -> dict[str, str]:
        """What becomes of each entry, by its slug."""
        return {Path(change.path).stem: change.state.value for change in self.changes}

    def content(self, slug: str) -> str:
        """What an entry's file would hold."""
        return next(change.content for change in self.changes if Path(change.path).stem == slug)


def make_project(folder: Path, *overlays: Path) -> Path:
    """A project in `folder`: the base region, this repository's templates and translations, and overlays of content."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "templates", folder / "templates", dirs_exist_ok=True)
    shutil.copytree(ROOT / "static", folder / "static", dirs_exist_ok=True)
    shutil.copytree(ROOT / "locale", folder / "locale", dirs_exist_ok=True)
    (folder / "content" / "innovations").mkdir(exist_ok=True)
    for overlay in overlays:
        for part in ("content", "templates", "static", "locale", "site_config.toml"):
            source = overlay / part
            if source.is_dir():
                shutil.copytree(source, folder / part, dirs_exist_ok=True)
            elif source.is_file():
                shutil.copy(source, folder / part)
    return folder


@cache
def memory() -> dict[tuple[str, bytes], bytes]:
    """The cards that one run of the tests drew already; the same ones stand on every site of the fictional region."""
    return {}


def remember(recipe: str, things: bytes, make: Callable[[], bytes]) -> bytes:
    """Draw nothing twice; all else is made each time."""
    found = memory().get((recipe, things)) or make()
    if found.startswith(b"\x89PNG"):
        memory()[recipe, things] = found
    return found


def build_project(root: Path, *, live: bool = False, **options: str | bool) -> Built:
    """Build a project in memory; `live` as `serve` does."""
    files: dict[str, bytes] = {}

    def sink(stream: Iterator[File | Kept], is_sound: Callable[[], bool]) -> bool:
        files.update((file.path, bytes(file.content)) for file in stream if isinstance(file, File))
        return is_sound()

    chosen = Options(command="serve" if live else "build", **options)  # type: ignore[arg-type]
    outcome = build.make_site(root, TODAY, sink, chosen, build.Memory(remember=remember))
    # What renders cannot be handed from worker to worker.
    return Built(outcome=replace(outcome, shell=None), files=files)


def import_table(root: Path, file: str | Path, *, update: bool = False) -> Imported:
    """What the rows of a table would change in a project."""
    entries, known = build.read_entries(root, TODAY)
    assert entries is not None
    options = Options(command="import", file=str(file), update=update)
    changes, problems = build.read_table(entries, known, options, TODAY)
    return Imported(changes=changes, problems=in_order(problems))


def write_changes(root: Path, changes: Iterable[Change]) -> None:
    """Write what an import would write."""
    for change in changes:
        if change.content:
            path = root / change.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(change.content, encoding="utf-8", newline="\n")


def commit_all(root: Path) -> None:
    """Make a project a repository with everything in one commit."""
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message=Semula")


def git(root: Path, *arguments: str, day: str = "") -> str:
    """Run git as nobody in particular, whatever this computer's own settings say; `day` is that of a commit."""
    settings = {"user.name": "Penguji", "user.email": "penguji@contoh.example", "core.autocrlf": "false"}
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    if day:
        environment |= {"GIT_COMMITTER_DATE": day, "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z"}
    command = ["git", *options, *arguments]
    return subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True, text=True).stdout


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-cases` writes expected results anew instead of comparing them."""
    parser.addoption("--update-cases", action="store_true", help="write the expected results of tests/cases anew")


Value = TypeVar("Value")


class Once(Protocol):
    """Make a thing, or read it where another worker of this run has made it."""

    def __call__(self, name: str, make: Callable[[], Value]) -> Value: ...  # noqa: D102


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """What takes long to make is made by one worker, in the folder that all workers of a run have in common."""
    own = tmp_path_factory.getbasetemp()
    folder = own if worker_id == "master" else own.parent

    def make_or_read(name: str, make: Callable[[], Value]) -> Value:
        file = folder / f"{name}.pickle"
        with FileLock(folder / f"{name}.lock"):
            if file.is_file():
                known: Value = pickle.loads(file.read_bytes())
                return known
            made = make()
            file.write_bytes(pickle.dumps(made))
            return made

    return make_or_read


def _sound(folder: Path, overlay: Path) -> Built:
    built = build_project(make_project(folder, overlay))
    assert not built.outcome.problems
    return built


@pytest.fixture(scope="session")
def small(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small good case, built once."""
    return once("kecil", lambda: _sound(tmp_path_factory.mktemp("kecil"), CASES / "good" / "kecil"))


@pytest.fixture(scope="session")
def frozen(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The frozen copy of the first catalogue, built once."""
    return once("beku", lambda: _sound(tmp_path_factory.mktemp("beku"), FROZEN))


@pytest.fixture(scope="session")
def english(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small good case in English, too."""
    from tests.test_language import speak  # which imports this

    def make() -> Built:
        built = build_project(speak(make_project(tmp_path_factory.mktemp("english"), CASES / "good" / "kecil")))
        assert not built.outcome.problems
        return built

    return once("english", make)


@pytest.fixture(scope="session")
def settled(once: Once) -> "Settled":
    """The hostile inputs, and the site of those that are accepted."""
    from tests.hostile.entries import settle  # which imports this

    return once("jahat", settle)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small good case as a project that a test may change."""
    return make_project(tmp_path / "proyek", CASES / "good" / "kecil")
