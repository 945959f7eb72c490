"""The index that Python writes: normalisation, stems, dictionary, sizes."""

import gzip
import json
import random
import re
import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import build
from katalog import search
from katalog.assemble import assemble
from katalog.crew import Crew
from katalog.keys import make_keys
from katalog.load import read_toml
from katalog.model import Catalogue, Innovation
from katalog.search import blocks, build_index, rank, weights
from katalog.search import files as files_module
from katalog.search.dictionary import EMPTY, Dictionary, read_dictionary
from katalog.search.files import index_files
from katalog.search.pieces import join_pieces, make_piece, pack_piece, postings_of, unpack_piece
from katalog.search.rank import rank as rank_all
from katalog.search.stems import make_stemmer
from katalog.search.texts import WEIGHTS
from katalog.search.tokens import divided, tokens
from katalog.store import plain
from tests.conftest import FROZEN, ROOT, TODAY, Built, build_project

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


def test_a_single_file_keeps_each_letter_whole(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much there is under it: no manifest tells the script where else to look."""
    monkeypatch.setattr(files_module, "SHARD_BYTES", 3)
    index = _index(build_project(project))

    assert set(index["pos"]) == {f"{letter}0" for letter in index["bentuk"]}
    for letter, forms in index["bentuk"].items():
        terms = [form for form in forms.split(",") if ":" not in form]
        assert len(index["pos"][f"{letter}0"]) == len(terms)


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


def _tokens_as_defined(text: str) -> list[str]:
    """Step by step, as the script does it."""
    plain_text = re.sub("['\u2018\u2019\u02bc`]", "", text.lower())
    decomposed = unicodedata.normalize("NFKD", plain_text)
    kept = "".join(mark for mark in decomposed if unicodedata.category(mark)[0] != "M")
    return re.findall("[a-z0-9]+", kept)


def test_texts_are_taken_apart_as_one_by_one() -> None:
    """Fast ways give what the definition gives, also where signs turn into letters or marks late, and NUL divides."""
    chance = random.Random(7)
    signs = "abzABZ019 '\u2019`\n\0\u0301\u0302e\u0301\u00e9\u2122\uff07\uff21"
    signs += "\u212b\u03a3\u0130\ufb01\u2013\u4e00\u0301\U0001f600"
    texts = ["".join(chance.choices(signs, k=chance.randint(0, 12))) for _ in range(3000)]
    for text in texts:
        assert tokens(text) == _tokens_as_defined(text), ascii(text)
    for one, other in pairwise(texts):
        assert divided([one, other]).split() == [*_tokens_as_defined(one), "\0", *_tokens_as_defined(other)]


def test_pieces_are_joined_to_what_they_are_in_one() -> None:
    """However they are divided; and they are kept as bytes."""
    chance = random.Random(3)
    entries = [
        [(word, chance.randint(1, 11)) for word in chance.sample("abcdef", chance.randint(0, 4))] for _ in range(40)
    ]
    pieces = [(start, make_piece(entries[start:end])) for start, end in ((0, 1), (1, 2), (2, 17), (17, 30), (30, 40))]
    packed = [(start, unpack_piece(pack_piece(piece))) for start, piece in pieces]
    halves = [(0, join_pieces(packed[:3])), (17, join_pieces((start - 17, piece) for start, piece in packed[3:]))]
    meant = postings_of(make_piece(entries))

    assert postings_of(join_pieces(packed)) == postings_of(join_pieces(halves)) == meant
    assert postings_of(make_piece([])) == {}
    assert {term: len(re.findall("[a-z]", text)) for term, text in meant.items()} == Counter(
        term for entry in entries for term, _ in entry
    )


def test_means_are_exact_in_a_small_catalogue_and_rounded_in_a_large_one() -> None:
    """So that one more word leaves the weights of all other entries as they are."""
    assert weights.means([0, 7], 3) == [0.0, 7 / 3]
    assert weights.means([0, 2_000_000], 10_000) == weights.means([0, 2_000_100], 10_000) == [0.0, 200.0]
    for length in (1, 999, 12_345, 5_000_000):
        assert weights.means([length], 10_000)[0] == pytest.approx(length / 10_000, rel=1 / 64)


Keep = dict[tuple[str, bytes], bytes]


def _remember(kept: Keep) -> Callable[[str, bytes, Callable[[], bytes]], bytes]:
    def remember(recipe: str, things: bytes, make: Callable[[], bytes]) -> bytes:
        if (recipe, things) not in kept:
            kept[recipe, things] = make()
        return kept[recipe, things]

    return remember


def _all_of(catalogue: Catalogue, dictionary: Dictionary, kept: Keep | None = None) -> tuple[object, dict[str, bytes]]:
    """The manifest and every file."""
    remember = plain if kept is None else _remember(kept)
    key_of = make_keys(b"resep")
    ranked = partial(rank, catalogue.innovations, dictionary, remember, key_of)
    index = build_index(catalogue, dictionary, remember, key_of, ranked)
    return index.manifest, {file.path: bytes(file.make()) for file in index.files}


@pytest.fixture
def divided_finely(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of a few entries goes the way of a large one."""
    monkeypatch.setattr(blocks, "BLOCK", 3)
    monkeypatch.setattr(blocks, "GROUP", 2)
    monkeypatch.setattr(weights, "EXACT_ENTRIES", 0)
    monkeypatch.setattr(files_module, "SINGLE_FILE_ENTRIES", 0)


def _frozen_entries() -> tuple[build.Entries, Dictionary]:
    entries, _ = build.read_entries(FROZEN, TODAY)
    text, _ = read_toml(FROZEN / "content" / "search.toml", FROZEN)
    assert entries
    return entries, read_dictionary(text, TODAY)[0]


# Words that change the terms of others, are of one meaning with others, and none of both.
_WORDS = ("masalah", "masalahnya", "masa", "bumil", "ibu hamil", "perigi", "baru", "kopi", "layananmu", "layanan")


def _changed(entries: list[Innovation], chance: random.Random, number: int) -> list[Innovation]:
    """One entry added, gone, renamed or edited."""
    place = chance.randrange(len(entries))
    entry = entries[place]
    text = " ".join(chance.choices(_WORDS, k=chance.randint(1, 4)))
    others = [*entries[:place], *entries[place + 1 :]]
    match chance.randrange(5):
        case 0:
            return others
        case 1:
            return [
                *entries,
                replace(entry, slug=f"{entry.slug}-{number}", name=f"{chance.choice('akz')} {entry.name}"),
            ]
        case 2:
            return [*others, replace(entry, slug=f"baru-{number}", name=f"{chance.choice('akz')}{entry.name}")]
        case 3:
            return [*others, replace(entry, keywords=(*entry.keywords, text), expansion=text)]
        case _:
            return [*others, replace(entry, body=f"{text} {entry.body[chance.randrange(200) :]}")]


@pytest.mark.usefixtures("divided_finely")
def test_what_is_remembered_makes_the_same_index() -> None:
    """After any change, to the byte, also where a word of one entry changes the term of a word in another."""
    source, dictionary = _frozen_entries()
    chance = random.Random(11)
    entries = list(source.innovations)
    kept: Keep = {}
    for number in range(40):
        catalogue = assemble(entries, source.vocabulary, (), (), source.photos)
        assert _all_of(catalogue, dictionary, kept) == _all_of(catalogue, dictionary), number
        entries = _changed(entries, chance, number)


@pytest.mark.usefixtures("divided_finely")
def test_an_edit_costs_the_work_of_its_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few entries are read again, and few weighed."""
    source, dictionary = _frozen_entries()
    kept: Keep = {}
    catalogue = assemble(source.innovations, source.vocabulary, (), (), source.photos)
    _all_of(catalogue, dictionary, kept)
    ranking = sys.modules["katalog.search.rank"]
    weighed: list[int] = []

    def watched(*given: Any) -> Any:
        weighed.append(len(given[0]))
        return weights.weigh(*given)

    monkeypatch.setattr(ranking, "weigh", watched)
    entries = [*source.innovations]
    entries[60] = replace(entries[60], body=f"kopi {entries[60].body[5:]}")
    edited = assemble(entries, source.vocabulary, (), (), source.photos)

    assert _all_of(edited, dictionary, kept) == _all_of(edited, dictionary)
    assert sum(weighed[:1]) < 40
    assert len(weighed) == 1 + len(
        [block for group in blocks.divide(edited.innovations, make_keys(b"")) for block in group.blocks]
    )


@pytest.mark.usefixtures("divided_finely")
def test_another_dictionary_makes_another_index() -> None:
    """It belongs to all that is remembered."""
    source, dictionary = _frozen_entries()
    catalogue = assemble(source.innovations, source.vocabulary, (), (), source.photos)
    kept: Keep = {}
    for words in (dictionary, EMPTY, replace(dictionary, stop_words=frozenset()), replace(dictionary, exceptions={})):
        assert _all_of(catalogue, words, kept) == _all_of(catalogue, words)


@pytest.mark.usefixtures("divided_finely")
def test_terms_that_many_weigh_weigh_the_same() -> None:
    """In the same order."""
    source, dictionary = _frozen_entries()
    given = (source.innovations, dictionary, plain, make_keys(b"resep"))
    alone, together = rank(*given), rank(*given, Crew(workers=2, last=lambda: None))

    assert together == alone
    assert [*together.postings] == [*alone.postings]


def test_of_an_index_that_was_made_only_the_names_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files are made again only where somebody asks for them."""
    source, dictionary = _frozen_entries()
    catalogue = assemble(source.innovations, source.vocabulary, (), (), source.photos)
    kept: Keep = {}
    meant = _all_of(catalogue, dictionary, kept)
    asked: list[int] = []

    def watched(*given: Any) -> Any:
        asked.append(1)
        return index_files(*given)

    monkeypatch.setattr(search, "index_files", watched)
    key_of = make_keys(b"resep")
    ranked = partial(rank, catalogue.innovations, dictionary, _remember(kept), key_of)
    index = build_index(catalogue, dictionary, _remember(kept), key_of, ranked)

    assert not asked
    assert (index.manifest, {file.path: bytes(file.make()) for file in index.files}) == meant
    assert asked == [1]


def test_entries_without_a_word_are_in_the_index() -> None:
    """Of an alphabet that no word here is written in."""
    source, _ = _frozen_entries()
    entry = replace(source.innovations[0], name="\u6771", expansion=None, summary="", keywords=(), body="", sources=())
    catalogue = assemble([entry], source.vocabulary, (), (), source.photos)

    assert rank_all(catalogue.innovations, EMPTY, plain, make_keys(b"")).postings
    assert _all_of(assemble([], source.vocabulary, (), (), {}), EMPTY)[0] != _all_of(catalogue, EMPTY)[0]


def test_weights_are_those_of_bm25f(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worked out plainly for a catalogue without synonyms or families."""
    source, _ = _frozen_entries()
    catalogue = assemble(source.innovations, source.vocabulary, (), (), source.photos)
    texts = sys.modules["katalog.search.texts"]
    monkeypatch.setattr(texts, "_SOURCE_MARK", re.compile(r"\[\^[0-9]+\]"))
    ranked = rank_all(catalogue.innovations, EMPTY, plain, make_keys(b""))
    fields = [
        dict(zip(texts.FIELDS[1:], map(tokens, texts._fields(entry)), strict=True)) for entry in catalogue.innovations
    ]
    means = {name: sum(len(given[name]) for given in fields) / len(fields) for name in fields[0]}
    meant: dict[str, dict[int, int]] = {}
    for number, given in enumerate(fields):
        whole: Counter[str] = Counter()
        for name, words in given.items():
            for word in words:
                share = WEIGHTS[name] / (0.25 + 0.75 * len(words) / means[name])
                whole[ranked.forms[word]] += share  # type: ignore[assignment]
        for term, frequency in whole.items():
            meant.setdefault(term, {})[number] = round(11 * frequency / (1.2 + frequency)) or 1

    assert {term: _pairs(text) for term, text in ranked.postings.items()} == meant


def _pairs(text: str) -> dict[int, int]:
    number, found = 0, {}
    for step, impact in re.findall("([0-9]+)([a-z])", text):
        number += int(step)
        found[number] = ord(impact) - ord("a")
    return found
