"""The index that Python writes: normalisation, stems, dictionary, sizes."""

import gzip
import json
import tomllib
from pathlib import Path

import pytest

from katalog.search import pack as pack_module
from katalog.search.stems import make_stemmer
from katalog.search.tokens import tokens
from tests.conftest import FROZEN, ROOT, Built, build_project, make_project

VECTORS = json.loads((ROOT / "tests" / "vectors" / "tokens.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The frozen copy of the real catalogue, built."""
    built = build_project(make_project(tmp_path_factory.mktemp("beku"), FROZEN))
    assert not built.outcome.problems
    return built


def _index(built: Built) -> dict[str, dict[str, object]]:
    (path,) = [path for path in built.files if path.startswith("aset/cari.")]
    loaded: dict[str, dict[str, object]] = json.loads(built.files[path])
    return loaded


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
    forms = [row.split(":") for text in index["bentuk"].values() for row in str(text).split(",")]
    terms = {row[0]: row[-1] for row in forms}
    postings = {term: rows for part in index["pos"].values() for term, rows in part.items()}  # type: ignore[attr-defined]

    assert postings[terms["bumil"]]
    assert postings[terms["perigi"]]


def test_the_index_knows_every_form_and_every_term(small: Built) -> None:
    """So that the browser needs no stemmer."""
    index = _index(small)
    rows = [row for text in index["bentuk"].values() for row in str(text).split(",")]
    forms = {row.split(":")[0]: row.split(":")[-1] for row in rows}
    terms = {term for part in index["pos"].values() for term in part}  # type: ignore[attr-defined]

    assert set(forms.values()) == terms
    assert terms <= set(forms)


def test_the_index_keeps_its_budget(frozen: Built) -> None:
    """50 KB on the wire at the size of the first catalogue."""
    (path,) = [path for path in frozen.files if path.startswith("aset/cari.")]

    assert _zipped(frozen.files[path]) <= 50_000


def test_scripts_keep_their_budget() -> None:
    """8 KB on the wire for the list with the engine, and no more for home."""
    scripts = {name: (ROOT / "static" / "js" / name).read_bytes() for name in ("inti.js", "daftar.js", "saran.js")}

    assert _zipped(scripts["inti.js"], scripts["daftar.js"]) <= 8_192
    assert _zipped(scripts["inti.js"], scripts["saran.js"]) <= 8_192


def test_scripts_never_write_markup() -> None:
    """What comes from content becomes text."""
    for path in (ROOT / "static" / "js").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
            assert word not in text, (path.name, word)


def test_shards_hold_what_the_single_file_holds(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two scales, one format."""
    single = _index(build_project(project))
    monkeypatch.setattr(pack_module, "SINGLE_FILE_ENTRIES", 0)
    monkeypatch.setattr(pack_module, "SHARD_BYTES", 300)
    monkeypatch.setattr(pack_module, "CHUNK", 1)
    built = build_project(project)
    assert built.outcome.problems == ()
    shards = {
        path.rsplit("/", 1)[-1].removesuffix(".json"): json.loads(content)
        for path, content in built.files.items()
        if path.startswith("aset/cari-")
    }

    assert {name.split("-")[1]: part for name, part in shards.items() if name.startswith("bentuk")} == single["bentuk"]
    merged: dict[str, object] = {}
    for name, part in shards.items():
        if name.startswith("pos"):
            merged.update(part)
    assert merged == {term: rows for part in single["pos"].values() for term, rows in part.items()}  # type: ignore[attr-defined]
    assert len([name for name in shards if name.startswith("pos")]) > 1
    assert [shards["dok-0"][0], shards["dok-1"][0]] == single["dok"]["0"]
    assert shards["kolom-0"] == single["kolom"]["0"]


def test_the_dictionary_of_the_catalogue_is_rich() -> None:
    """At least as many groups as a visitor of a local government needs."""
    groups = tomllib.loads((FROZEN / "content" / "search.toml").read_text(encoding="utf-8"))["sinonim"]

    assert len(groups) >= 150


def test_a_catalogue_without_a_dictionary_can_be_searched(project: Path) -> None:
    """A fork may begin without one."""
    (project / "content" / "search.toml").unlink()

    assert build_project(project).outcome.problems == ()
