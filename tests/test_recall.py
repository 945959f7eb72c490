"""What was read before and was sound is not read again, and nothing else is taken for it."""

import pickle
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import msgpack
from msgspec.structs import replace

import build
from katalog import crew, recall
from katalog.model import Innovation, PartialDate
from katalog.packing import pack, terms_by_name, unpack
from katalog.store import open_store
from katalog.text import Mapping, key_places
from tests.conftest import TODAY, Built

ENTRY = "content/innovations/kopi-sehat.md"


def _read(root: Path, today: PartialDate = TODAY) -> tuple[build.Entries, tuple[object, ...], int]:
    """Read a project's entries with its memory; and how many files had to be read."""
    made = 0
    with closing(open_store(root / "ingatan.sqlite")) as store:

        def remember(recipe: str, things: bytes, make: Callable[[], bytes]) -> bytes:
            def counted() -> bytes:
                nonlocal made
                made += 1
                return make()

            return store.remember(recipe, things, counted)

        entries, problems = build.read_entries(root, today, build.Memory(remember=remember, known=store.known))
    assert entries
    return entries, problems, made


def test_remembered_entries_are_those_that_were_read(project: Path) -> None:
    """The same innovations and texts, whose heads are read when somebody looks at them."""
    first, _, made = _read(project)
    again, problems, made_again = _read(project)

    assert (made, made_again, problems) == (len(first.texts), 0, ())
    assert again.innovations == first.innovations
    assert not any(isinstance(text.top, Mapping) for text in again.texts)
    assert [key_places(text.head) for text in again.texts] == [key_places(text.head) for text in first.texts]
    assert [(text.path, text.slug, text.body, text.body_line, text.unread) for text in again.texts] == [
        (text.path, text.slug, text.body, text.body_line, text.unread) for text in first.texts
    ]


@pytest.mark.parametrize("what", ["gone", "no text"])
def test_a_head_that_is_no_more_is_empty(project: Path, what: str) -> None:
    """Whoever looks at it has the file's place to tell, at least."""
    _read(project)
    text = next(text for text in _read(project)[0].texts if text.path == ENTRY)
    if what == "gone":
        (project / ENTRY).unlink()
    else:
        (project / ENTRY).write_bytes(b"\0\1\2")

    assert (text.head.items, text.head.place.path) == ((), ENTRY)


@pytest.mark.parametrize(
    ("old", "new"),
    [("status:", "statsu:"), ("pengelola: Dinas Kesehatan Contoh", "pengelola: dinas kesehatan contoh")],
    ids=["mistake", "note"],
)
def test_an_entry_with_a_problem_is_read_each_time(project: Path, old: str, new: str) -> None:
    """Its problem is told again and again, in full, also where the entry is sound but for a note."""
    path = project / ENTRY
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    _, problems, _ = _read(project)
    _, again, made = _read(project)

    assert problems
    assert (again, made) == (problems, 1)


@pytest.mark.parametrize("change", ["entry", "name", "vocabulary"])
def test_what_an_entry_depends_on_is_part_of_the_recipe(project: Path, change: str) -> None:
    """Its bytes, its name, and every word that it may use."""
    _read(project)
    path = project / ENTRY
    if change == "entry":
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    elif change == "name":
        path.rename(path.with_name("kopi-lain.md"))
    else:
        words = project / "content" / "vocabulary.toml"
        words.write_text(words.read_text(encoding="utf-8").replace("Berobat", "Kini berobat"), encoding="utf-8")
    entries, _, made = _read(project)

    assert made == (len(entries.texts) if change == "vocabulary" else 1)


def test_entries_read_by_many_are_those_read_by_one(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every problem, and the sound ones remembered."""
    path = project / ENTRY
    path.write_text(path.read_text(encoding="utf-8").replace("status:", "statsu:"), encoding="utf-8")
    monkeypatch.setattr(recall, "_FIRST", 1)
    monkeypatch.setattr(recall, "_MUCH", 1)
    monkeypatch.setattr(recall, "_SHARE", 2)
    alone = build.read_entries(project, TODAY)
    with closing(open_store(project / "ingatan.sqlite")) as store:
        pair = crew.Crew(workers=2, last=store.flush)
        together = build.read_entries(
            project, TODAY, build.Memory(remember=store.remember, known=store.known, crew=pair)
        )
    entries, problems, made = _read(project)

    assert together[1] == alone[1] == problems != ()
    assert alone[0]
    assert together[0]
    assert together[0].innovations == alone[0].innovations == entries.innovations
    assert made == 1


def test_only_innovations_are_read_back(small: Built) -> None:
    """Bytes that name anything else, or a term that is gone, are nothing."""
    innovation = small.outcome.innovations[0]
    terms = {("x", "y"): innovation.group}
    packed = pack(innovation, 9)

    assert unpack(packed, terms) is None
    for forged in (b"", b"x", packed[:-9], packed + b"x", msgpack.encode(("a", 1)), pickle.dumps(print)):
        assert unpack(forged, terms) is None


@pytest.mark.parametrize(
    ("place", "value"),
    [
        pytest.param("name", 1, id="a number for a text"),
        pytest.param("name", None, id="nothing where something must be"),
        pytest.param("summary", ["a"], id="a list for a text"),
        pytest.param("group", ["kelompok", "tidak-ada"], id="a term that is gone"),
        pytest.param("group", "desa", id="a term without its list"),
        pytest.param("affairs", [["urusan"]], id="half a term"),
        pytest.param("launch", [2021, "april", 0], id="a date of words"),
        pytest.param("launch", [], id="a date without a year"),
        pytest.param("sources", [[1, 2]], id="half a source"),
    ],
)
def test_only_whole_records_are_read_back(small: Built, place: str, value: object) -> None:
    """With values of the right kinds, whoever wrote them."""
    innovation = small.outcome.innovations[0]
    entries = small.outcome.entries
    assert entries
    terms = terms_by_name(entries.vocabulary)
    written, line = msgpack.decode(pack(innovation, 9))
    assert unpack(msgpack.encode((written, line)), terms) == (innovation, 9)

    written[Innovation.__struct_fields__.index(place)] = value

    assert unpack(msgpack.encode((written, line)), terms) is None
    assert unpack(msgpack.encode((written[:5], line)), terms) is None
    assert unpack(msgpack.encode((written, "9")), terms) is None


def test_terms_are_the_vocabulary_s_own(project: Path) -> None:
    """A hundred entries of one office hold one record of it."""
    entries, _, _ = _read(project)
    terms = terms_by_name(entries.vocabulary)
    innovation = replace(entries.innovations[0], body="x")
    found = unpack(pack(innovation, 3), terms)

    assert found == (innovation, 3)
    assert found[0].manager is terms["pengelola", innovation.manager.slug]
