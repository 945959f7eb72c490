"""What is remembered between builds: the same bytes or nothing, whatever becomes of the file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from katalog.store import Store, open_store, plain


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store lies, in a folder that is not there yet."""
    return tmp_path / "simpan" / "dibuat.sqlite3"


def _made(store: Store, things: bytes, value: bytes = b"baru", recipe: str = "resep") -> bool:
    """Whether a value had to be made; what is remembered must be what was made first."""
    calls: list[int] = []

    def make() -> bytes:
        calls.append(1)
        return value

    assert store.remember(recipe, things, make) == value
    return bool(calls)


def _fill(path: Path, count: int = 3, size: int = 10) -> None:
    with closing(open_store(path)) as store:
        for number in range(count):
            _made(store, b"%d" % number, b"%d" % number * size)


def test_nothing_is_made_twice(path: Path) -> None:
    """Within a build, and by the next one."""
    with closing(open_store(path)) as store:
        assert _made(store, b"a")
        assert not _made(store, b"a")
    with closing(open_store(path)) as store:
        assert not _made(store, b"a")


def test_what_a_new_store_has_written_it_finds_again(path: Path) -> None:
    """It asks no file that it has found empty, until it has written into it."""
    with closing(open_store(path)) as store:
        assert _made(store, b"a")
        store.flush()
        assert not _made(store, b"a")
        assert _made(store, b"b")


def test_another_recipe_or_other_things_are_made(path: Path) -> None:
    """And the border between the two is not guessed at."""
    with closing(open_store(path)) as store:
        _made(store, b"bc", b"1", recipe="a")
        assert _made(store, b"c", b"2", recipe="ab")
        assert _made(store, b"bd", b"3", recipe="a")
        assert not _made(store, b"bc", b"1", recipe="a")


def test_nothing_is_not_remembered(path: Path) -> None:
    """An empty value says that there is nothing to keep, and is asked for again."""
    with closing(open_store(path)) as store:
        _made(store, b"a", b"")
    with closing(open_store(path)) as store:
        assert _made(store, b"a", b"")


@pytest.mark.parametrize(
    "content", [b"", b"bukan basis data", b"SQLite format 3\0" + b"\xff" * 5000], ids=["empty", "other", "torn"]
)
def test_a_damaged_file_is_begun_anew(path: Path, content: bytes) -> None:
    """Without a word, and the next build remembers again."""
    path.parent.mkdir()
    path.write_bytes(content)

    with closing(open_store(path)) as store:
        assert _made(store, b"a")
    with closing(open_store(path)) as store:
        assert not _made(store, b"a")


def test_no_torn_byte_reaches_a_site(path: Path) -> None:
    """Wherever the file is damaged, a value is what was made or is made again."""
    _fill(path, count=12, size=900)
    whole = path.read_bytes()

    for at in range(0, len(whole), 211):
        path.write_bytes(whole[:at] + bytes(byte ^ 0x55 for byte in whole[at : at + 60]) + whole[at + 60 :])
        for _ in range(2):
            with closing(open_store(path)) as store:
                for number in range(12):
                    _made(store, b"%d" % number, b"%d" % number * 900)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def test_a_shortened_file_is_begun_anew(path: Path) -> None:
    """As after a full disk or a copy that broke off."""
    _fill(path, count=50, size=900)
    path.write_bytes(path.read_bytes()[:9000])

    _fill(path, count=50, size=900)
    with closing(open_store(path)) as store:
        assert not any(_made(store, b"%d" % number, b"%d" % number * 900) for number in range(50))


def test_a_file_of_another_layout_is_begun_anew(path: Path) -> None:
    """Of an older or newer program."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE lain (x)")
        file.execute("PRAGMA user_version = 99")
        file.commit()

    _fill(path)
    with closing(open_store(path)) as store:
        assert not _made(store, b"1", b"1" * 10)


@pytest.fixture
def locked(path: Path) -> Iterator[Path]:
    """A store that another program is writing to."""
    _fill(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield path


def test_a_locked_file_is_done_without(locked: Path) -> None:
    """Nothing is waited for but a moment, and nothing of the other's is lost."""
    with closing(open_store(locked)) as store:
        assert _made(store, b"1", b"1" * 10)
        assert _made(store, b"1", b"1" * 10)
    assert locked.exists()


def test_builds_at_once_keep_each_others_work(path: Path) -> None:
    """Both read while both write; whoever comes last adds."""
    with closing(open_store(path)) as one, closing(open_store(path)) as other:
        _made(one, b"a", b"1")
        _made(other, b"b", b"2")
        _made(other, b"a", b"1")
    with closing(open_store(path)) as store:
        assert not _made(store, b"a", b"1")
        assert not _made(store, b"b", b"2")


@pytest.mark.parametrize("spoil", ["folder", "file above", "nothing allowed"])
def test_where_nothing_can_be_written_it_works_without(tmp_path: Path, spoil: str) -> None:
    """A name that is taken, a folder that is a file, a place that does not exist."""
    path = tmp_path / "simpan" / "dibuat.sqlite3"
    if spoil == "folder":
        path.mkdir(parents=True)
    elif spoil == "file above":
        path.parent.write_bytes(b"")
    else:
        path = Path("/proc/tidak-ada/dibuat.sqlite3")

    with closing(open_store(path)) as store:
        assert _made(store, b"a")
        assert _made(store, b"a")


def test_a_closed_store_makes_everything(path: Path) -> None:
    """Rather than fail."""
    store = open_store(path)
    store.close()

    assert _made(store, b"a")
    store.close()


def test_what_was_not_used_for_longest_goes_first(path: Path) -> None:
    """The file stays within its bound, and what every build asks for stays in it."""
    for number in range(40):
        with closing(open_store(path, 200_000)) as store:
            assert _made(store, b"selalu", b"s" * 5_000) == (number == 0)
            _made(store, b"%d" % number, b"x" * 10_000)

    with closing(open_store(path, 200_000)) as store:
        assert not _made(store, b"selalu", b"s" * 5_000)
        assert not _made(store, b"39", b"x" * 10_000)
        assert _made(store, b"0", b"x" * 10_000)
    assert path.stat().st_size < 600_000


def test_large_works_are_written_in_parts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory does not grow with the site, and a build that is killed has kept what was written."""
    monkeypatch.setattr("katalog.store._BATCH", 1000)
    store = open_store(path)
    for number in range(10):
        _made(store, b"%d" % number, b"x" * 500)

    with closing(open_store(path)) as other:
        assert not _made(other, b"1", b"x" * 500)
    store.close()


def test_a_value_too_large_is_not_kept(path: Path) -> None:
    """It would push everything else out."""
    for _ in range(2):
        with closing(open_store(path, 1000)) as store:
            assert _made(store, b"a", b"x" * 900)


def test_plain_remembers_nothing() -> None:
    """For those who need no memory."""
    assert plain("resep", b"a", lambda: b"1") == b"1"
    assert plain("resep", b"a", lambda: b"2") == b"2"


def test_many_are_asked_for_at_once(tmp_path: Path) -> None:
    """What is known of each, in their order; what is torn, new or of another recipe is not."""
    path = tmp_path / "dibuat.sqlite"
    things = [b"%d" % number for number in range(300)]
    with closing(open_store(path)) as store:
        assert store.known("resep", things) == [b""] * 300
        for thing in things[:200]:
            store.remember("resep", thing, lambda thing=thing: b"dari " + thing)  # type: ignore[misc]
    with closing(sqlite3.connect(path)) as file, file:
        (key, value), *_ = [row for row in file.execute("SELECT key, value FROM made") if row[1].endswith(b"dari 7")]
        file.execute("UPDATE made SET value = ? WHERE key = ?", (value + b"x", key))

    with closing(open_store(path)) as store:
        assert store.known("lain", things) == [b""] * 300
        assert store.known("resep", []) == []
        assert store.known("resep", things[::-1]) == [
            b"dari " + thing if int(thing) < 200 and thing != b"7" else b"" for thing in things[::-1]
        ]


def test_what_was_just_looked_for_in_vain_is_not_looked_for_again(path: Path) -> None:
    """Whoever asks for many makes those that are not known, even if others did so meanwhile."""
    _fill(path)
    with closing(open_store(path)) as store:
        assert store.known("resep", [b"1", b"baru"]) == [b"1" * 10, b""]
        with closing(open_store(path)) as other:
            assert _made(other, b"baru")
            assert _made(other, b"lain")
        assert _made(store, b"baru")
        assert not _made(store, b"baru")
        assert not _made(store, b"lain")


def test_now_and_then_what_was_used_is_written_down(path: Path) -> None:
    """In every eighth of the runs that write: in the others that would be most of what they write."""
    with closing(open_store(path)) as store:
        _made(store, b"a", b"lama")
    marks = []
    for number in range(2, 18):
        with closing(open_store(path)) as store:
            assert not _made(store, b"a", b"lama")
            assert _made(store, b"baru %d" % number)
        with closing(sqlite3.connect(path)) as file:
            runs = dict(file.execute("SELECT value, run FROM made JOIN used USING (key)").fetchall())
            marks.append(next(run for value, run in runs.items() if value.endswith(b"lama")))

    assert marks == [1] * 6 + [8] * 8 + [16] * 2


def test_what_is_asked_for_with_others_counts_as_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not what goes when there is no more room."""
    monkeypatch.setattr("katalog.store._SELDOM", 1)
    path = tmp_path / "dibuat.sqlite"
    for _ in range(2):
        with closing(open_store(path)) as store:
            store.remember("resep", b"a", lambda: b"x")
            store.known("resep", [b"a", b"b"])
    with closing(open_store(path)) as store:
        store.known("resep", [b"a"])
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT run FROM used").fetchall() == [(3,)]
