"""What was published and is made of the very same is not made again - and nothing else is kept."""

import shutil
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

import build
from katalog import ledger as ledger_module
from katalog import render
from katalog.arguments import Options
from katalog.keys import make_keys
from katalog.ledger import Ledger, ledger_file
from katalog.model import File, Innovation, Kept, Neighbour, Page, PartialDate, Stamp
from katalog.problems import Code, mistakes
from katalog.text import ID_PREFIX
from katalog.write import publish
from tests.conftest import TODAY, Built


def _make(root: Path, site: Path) -> list[str]:
    """Build once; the files that had to be made."""
    made: list[str] = []

    def watch(files: Iterator[File | Kept]) -> Iterator[File | Kept]:
        for file in files:
            made.extend([file.path] if isinstance(file, File) else [])
            yield file

    ledger = Ledger(ledger_file(root / ".cache", site))
    outcome = build.make_site(
        root,
        TODAY,
        lambda files, sound: publish(watch(files), site, sound, ledger.meet, ledger.save),
        Options(command="build"),
        build.Memory(ledger=ledger),
    )
    assert not mistakes(outcome.problems)
    return made


def _content(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def _as_new(root: Path) -> dict[str, bytes]:
    """The site as it is made without any memory."""
    site = root / "tanpa-ingatan"
    shutil.rmtree(root / ".cache", ignore_errors=True)
    shutil.rmtree(site, ignore_errors=True)
    _make(root, site)
    return _content(site)


@pytest.fixture
def published(project: Path) -> Path:
    """The small good case, built once."""
    _make(project, project / "situs")
    return project


def test_an_unchanged_site_is_not_made_again(published: Path) -> None:
    """Nothing is rendered, drawn or compared."""
    assert _make(published, published / "situs") == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/innovations/kopi-sehat.md", "ringkasan: ", "ringkasan: Kini "),
        ("content/innovations/kopi-sehat.md", "nama: ", "nama: BARU "),
        ("content/vocabulary.toml", 'uraian = "', 'uraian = "Kini '),
        ("content/pages/tentang.md", "judul: ", "judul: Kini "),
        ("site_config.toml", "semboyan = ", 'semboyan = "Kini lain"\n#'),
        ("templates/kaki.html", "Jelajahi", "Telusuri"),
        ("templates/komponen.html", "inovasi{% endtrans %}{% endmacro %}", "karya{% endtrans %}{% endmacro %}"),
        ("static/css/1-token.css", ":root", ":root,:host"),
    ],
)
def test_whatever_changes_the_site_is_the_one_made_without_memory(
    published: Path, file: str, old: str, new: str
) -> None:
    """Byte for byte, for every kind of thing that pages are made of."""
    path = published / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    made = _make(published, published / "situs")

    assert made
    assert _content(published / "situs") == _as_new(published)


def test_one_changed_entry_makes_few_pages_anew(published: Path) -> None:
    """Its own and what holds its body; not the pages of others, nor lists, which show nothing of what changed."""
    path = published / "content" / "innovations" / "kopi-sehat.md"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n\nSatu kalimat lagi.\n", encoding="utf-8")
    made = _make(published, published / "situs")

    assert "inovasi/kopi-sehat/index.html" in made
    assert "data/inovasi.json" in made
    others = ("motif/", "tentang/index", "urusan/index", "urusan/kesehatan/index", "pengelola/index", "statistik/index")
    assert not [name for name in made if name.startswith(others)]


@pytest.mark.parametrize("what", ["content", "gone", "extra", "link"])
def test_a_site_that_somebody_touched_is_put_right(published: Path, what: str) -> None:
    """The memory is believed only where the file is as it was left."""
    site = published / "situs"
    page = site / "tentang" / "index.html"
    if what == "content":
        page.write_bytes(b"lain")
    elif what == "gone":
        page.unlink()
    elif what == "extra":
        (site / "lain.html").write_bytes(b"")
    else:
        page.unlink()
        page.symlink_to(site / "index.html")
    _make(published, site)

    assert not page.is_symlink()
    assert _content(site) == _as_new(published)


@pytest.mark.parametrize("shared", [True, False])
def test_a_former_site_that_somebody_touched_is_put_right(published: Path, *, shared: bool) -> None:
    """Whether the file is the old site's as well, and so changes there, or its own."""
    site, entry = published / "situs", published / "content" / "innovations" / "kopi-sehat.md"
    text = entry.read_text(encoding="utf-8").rstrip()
    entry.write_text(f"{text}\n\nSatu kalimat lagi.\n", encoding="utf-8")
    _make(published, site)
    page = published / "situs.lama" / ("tentang" if shared else "inovasi/kopi-sehat") / "index.html"
    with page.open("r+b") as file:
        file.write(b"lain")
    entry.write_text(f"{text}\n\nSatu kalimat lain.\n", encoding="utf-8")
    _make(published, site)

    assert _content(site) == _as_new(published)


def test_only_what_changed_is_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing at all where nothing did."""
    file, told = tmp_path / "a.sqlite", list[str]()
    connect = ledger_module._connect  # noqa: SLF001

    def listen(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.set_trace_callback(told.append)
        return connection

    def build(keys: dict[str, bytes]) -> list[str]:
        stamps = {path: Stamp(size=int(key), time=1) for path, key in keys.items()}
        ledger = Ledger(file)
        ledger.meet(known)
        told.clear()
        for path, key in keys.items():
            ledger.note(ledger.recall(path, partial(bytes, key)) or File(path=path, content=b"", key=key))
        ledger.save(stamps)
        known.clear()
        known.update(stamps)
        return [words for words in told if words.startswith(("INSERT", "DELETE"))]

    known: dict[str, Stamp] = {}
    monkeypatch.setattr(ledger_module, "_connect", listen)

    assert len(build({"a": b"1", "b": b"1", "c": b"1"})) == 3
    assert build({"a": b"1", "b": b"1", "c": b"1"}) == []
    assert told == []
    assert len(build({"a": b"2", "b": b"1"})) == 2  # one changed, one gone
    assert build({"a": b"2", "b": b"1"}) == []


@pytest.mark.parametrize("what", ["damaged", "locked", "folder"])
def test_a_memory_that_cannot_be_used_is_an_empty_one(published: Path, what: str) -> None:
    """The build goes on without."""
    file = ledger_file(published / ".cache", published / "situs")
    lock = None
    if what == "damaged":
        file.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    elif what == "locked":
        lock = sqlite3.connect(file)
        lock.execute("BEGIN EXCLUSIVE")
    else:
        file.unlink()
        file.mkdir()
    made = _make(published, published / "situs")
    if lock:
        lock.close()

    assert "index.html" in made
    if what == "damaged":
        assert _make(published, published / "situs") == []


def test_broken_links_are_found_on_kept_pages(published: Path) -> None:
    """A page that stays may lead to a place that goes."""
    site = published / "situs"
    about = published / "content" / "pages" / "tentang.md"
    entry = published / "content" / "innovations" / "sumur-desa.md"
    before = entry.read_text(encoding="utf-8")
    entry.write_text(before.rstrip() + "\n\n## Uji\n\nKalimat.\n", encoding="utf-8")
    about.write_text(
        about.read_text(encoding="utf-8") + f"\n[Uji](/inovasi/sumur-desa/#{ID_PREFIX}uji)\n", encoding="utf-8"
    )
    assert "tentang/index.html" in _make(published, site)
    entry.write_text(before, encoding="utf-8")
    ledger = Ledger(ledger_file(published / ".cache", site))
    outcome = build.make_site(
        published,
        TODAY,
        lambda files, sound: publish(files, site, sound, ledger.meet, ledger.save),
        Options(command="build"),
        build.Memory(ledger=ledger),
    )

    assert [problem.place.path for problem in mistakes(outcome.problems) if problem.code is Code.LINK] == [
        "content/pages/tentang.md"
    ], outcome.problems


def test_a_refused_build_is_not_remembered(tmp_path: Path) -> None:
    """What never came to be published is not known."""
    ledger = Ledger(tmp_path / "a.sqlite")
    ledger.meet({})
    ledger.note(File(path="a", content=b"", key=b"1"))
    again = Ledger(tmp_path / "a.sqlite")
    again.meet({"a": Stamp(size=0, time=0)})

    assert again.recall("a", lambda: b"1") is None


def test_keys_go_by_content(small: Built) -> None:
    """Equal things have equal keys, whichever objects they are made of; others have others."""
    entry, another = small.outcome.innovations[:2]
    key_of = make_keys(b"resep")

    def page(innovation: Innovation, title: str) -> Page:
        return Page(path="a/", kind="inovasi", title=title, data={"innovation": innovation})

    word = " Kopi ".strip()
    assert key_of(page(entry, "Kopi")) == make_keys(b"resep")(page(entry, word)) != b""
    assert key_of(page(entry, "Kopi")) != key_of(page(another, "Kopi"))
    assert key_of(page(entry, "Kopi")) != make_keys(b"lain")(page(entry, "Kopi"))
    assert key_of(lambda: None) == b""

    near = Neighbour(innovation=entry, reason="sebab", term=entry.manager, words="kata")
    others = ({"innovation": another}, {"reason": "lain"}, {"term": None}, {"words": "lain"})
    assert len({key_of(each) for each in (near, *(replace(near, **other) for other in others))}) == 1 + len(others)
    assert key_of(near) == make_keys(b"resep")(replace(near, words=" kata ".strip())) != b""

    edited = replace(entry, body="lain")
    unseen = frozenset({"body"})
    assert key_of(page(entry, "Kopi")) != key_of(page(edited, "Kopi"))
    assert key_of(page(entry, "Kopi"), unseen) == key_of(page(edited, "Kopi"), unseen)
    assert key_of(page(entry, "Kopi"), unseen) != key_of(page(replace(entry, name="Lain"), "Kopi"), unseen)


def test_keys_tell_kinds_apart() -> None:
    """What looks alike and is not has another key; the order in which a set happens to lie does not count."""
    key_of = make_keys(b"resep")
    date = PartialDate(year=2021)
    things: list[object] = [
        (1, 2),
        [1, 2],
        (True, 2),
        ("1", "2"),
        frozenset({1, 2}),
        {1: 2},
        date,
        ("PartialDate", (2021, 0, 0)),
        partial(str, date),
        partial(str, PartialDate(year=2022)),
        str,
        make_keys,
    ]

    assert len({key_of(thing) for thing in things} - {b""}) == len(things)
    words = [f"kata {number}" for number in range(50)]
    assert key_of(frozenset(words)) == key_of(frozenset(reversed(words)))


def test_templates_are_read_for_what_they_look_at() -> None:
    """A template counts with all it names, save what it names as an address."""
    sources = {
        "a.html": ' extends "b.html" ',
        "b.html": ' import "c.html" as c ',
        "c.html": """ catalogue.facts ~ "d"|alamat """,
        "d": "",
    }

    assert render._built_upon("a.html", sources) == {"a.html", "b.html", "c.html"}  # noqa: SLF001
