"""The index that Python writes: normalisation, stems, dictionary, sizes."""

import gzip
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from katalog.search import files as files_module
from katalog.search.stems import make_stemmer
from katalog.search.tokens import tokens
from tests.conftest import FROZEN, ROOT, Built, build_project

VECTORS = json.loads((ROOT / "tests" / "vectors" / "tokens.json").read_text(encoding="utf-8"))


Parts = dict[str, dict[str, Any]]


def _index(built: Built) -> Parts:
    """The parts of a small catalogue's index, from both of its files."""
    files = [path for path in sorted(built.files) if re.match(r"aset/cari2?\.", path)]
    assert len(files) == 2
    return {kind: part for path in files for kind, part in json.loads(built.files[path]).items()}


def _postings(index: Parts) -> dict[str, str]:
    """Each term with its postings: terms come in order, and stand for themselves among the forms."""
    found: dict[str, str] = {}
    for letter, text in index["bentuk"].items():
        terms = [row for row in text.split(",") if ":" not in row]
        shards = sorted((int(name[1:]), rows) for name, rows in index["pos"].items() if name[0] == letter)
        rows = [row for _, part in shards for row in part]
        assert len(terms) == len(rows)
        found.update(zip(terms, rows, strict=True))
    return found


def _zipped(*contents: bytes) -> int:
    return sum(len(gzip.compress(content, 9)) for content in contents)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: ascii(vector["text"]))
def test_words_are_normalised_as_the_vectors_say(vector: dict[str, object]) -> None:
    """The browser runs the same file."""
    assert tokens(str(vector["text"])) == vector["tokens"]


def test_exceptions_hold_before_and_after_the_stemmer() -> None:
    """Families that Snowball breaks stay whole."""
    stem = make_stemmer({"kelola": "kelola", "pengelola": "kelola", "lola": "kelola"})

    assert {stem(word) for word in ("kelola", "pengelola", "dikelola")} == {"kelola"}
    assert stem("membayar") == "bayar"


def test_synonyms_are_found_in_entries_that_do_not_hold_them(small: Built) -> None:
    """They are added while the index is built and cost nothing afterwards."""
    index = _index(small)
    postings = _postings(index)
    forms = dict(
        row.split(":") if ":" in row else (row, row) for text in index["bentuk"].values() for row in text.split(",")
    )

    assert re.fullmatch("([0-9]+[a-z])+", postings[forms["bumil"]])
    assert re.fullmatch("([0-9]+[a-z])+", postings[forms["perigi"]])


def test_the_index_knows_every_form_and_every_term(small: Built) -> None:
    """So that the browser needs no stemmer."""
    index = _index(small)
    rows = [row.split(":") for text in index["bentuk"].values() for row in text.split(",")]

    assert {row[-1] for row in rows} == set(_postings(index))
    assert {"kependudukan", "kopi", "kader"} & {row[0] for row in rows}


def test_the_index_keeps_its_budget(frozen: Built) -> None:
    """50 KB on the wire at the size of the first catalogue."""
    assert _zipped(*(data for path, data in frozen.files.items() if path.startswith("aset/cari"))) <= 50_000


def test_scripts_hold_no_template_within_a_template() -> None:
    """The minifier takes the text of the inner one for code and drops its blanks."""
    for path in (ROOT / "static" / "js").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"`[^`]*\$\{[^}`]*`", text), path.name


def test_scripts_never_write_markup() -> None:
    """What comes from content becomes text."""
    for path in (ROOT / "static" / "js").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
            assert word not in text, (path.name, word)


def test_shards_hold_what_the_single_file_holds(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two scales, one format."""
    single = _index(build_project(project))
    monkeypatch.setattr(files_module, "SINGLE_FILE_ENTRIES", 0)
    monkeypatch.setattr(files_module, "SHARD_BYTES", 3)
    monkeypatch.setattr(files_module, "CHUNK", 1)
    built = build_project(project)
    assert built.outcome.problems == ()
    shards = {
        path.rsplit("/", 1)[-1].removesuffix(".json"): json.loads(content)
        for path, content in built.files.items()
        if path.startswith("aset/cari-")
    }

    sharded: Parts = {}
    for name, part in shards.items():
        kind, _, rest = name.partition("-")
        sharded.setdefault(kind, {})[rest] = part

    assert sharded["bentuk"] == single["bentuk"]
    assert _postings(sharded) == _postings(single)
    assert len(sharded["pos"]) > len(single["pos"])
    assert [*sharded["dok"]["0"], *sharded["dok"]["1"]] == single["dok"]["0"]
    assert (sharded["kolom"], sharded["istilah"]) == (single["kolom"], single["istilah"])


def test_the_page_lists_entries_in_the_order_of_the_index(frozen: Built) -> None:
    """The script takes rows from the page by their number."""
    slugs = [row[0] for row in _index(frozen)["dok"]["0"]] + [row[0] for row in _index(frozen)["dok"].get("1", [])]
    listed = re.findall(r'<h3><a href="/contoh/inovasi/([^/"]+)/">', frozen.text("inovasi/index.html"))

    assert len(listed) == sum(len(part) for part in _index(frozen)["dok"].values())
    assert listed[: len(slugs)] == slugs


def test_the_dictionary_of_the_catalogue_is_rich() -> None:
    """At least as many groups as a visitor of a local government needs."""
    groups = tomllib.loads((FROZEN / "content" / "search.toml").read_text(encoding="utf-8"))["sinonim"]

    assert len(groups) >= 150


def test_a_catalogue_without_a_dictionary_can_be_searched(project: Path) -> None:
    """A fork may begin without one."""
    (project / "content" / "search.toml").unlink()

    assert build_project(project).outcome.problems == ()
