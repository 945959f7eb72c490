"""Ranked terms -> files. One file up to a few thousand entries, shards above; the script reads both alike.

A part is a piece that the script may need by itself: `bentuk` (words -> terms, by first letter), `pos`
(postings, by ranges of terms), `dok` (what a result shows, by chunks of entries), `kolom` (facets),
`istilah` (categories to suggest). Small catalogues get all parts in one file.
"""

import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from katalog.json_text import compact
from katalog.model import Catalogue, Facet, Innovation
from katalog.schema import PUBLIC_SOURCE, ROWS_A_PAGE
from katalog.search.dictionary import Dictionary
from katalog.search.rank import Ranked
from katalog.search.tokens import tokens

SINGLE_FILE_ENTRIES = 2000
CHUNK = 25
SHARD_BYTES = 30_000
# The parts that rank.
_RANKING = ("bentuk", "pos")
# Facets whose terms are suggested while one types.
_SUGGESTED = ("urusan", "pengelola")


# The manifest, and the files by their paths.
Index = tuple[Mapping[str, object], Mapping[str, bytes]]


def index_files(catalogue: Catalogue, ranked: Ranked, dictionary: Dictionary) -> Index:
    """The manifest and the files.

    The manifest holds `n` (entries), `henti` (stop words) and either `semua` and `sisanya` (the files
    of a small catalogue) or `dasar` (the folder of the shards, named after their content) with `pos` (by letter, the
    place of each shard's first term among the letter's terms).
    """
    entries = catalogue.innovations
    document = _document if len(entries) > ROWS_A_PAGE else _short_document
    documents = [document(entry) for entry in entries]
    is_single = len(entries) <= SINGLE_FILE_ENTRIES
    shards = _shards(ranked.postings, sys.maxsize if is_single else SHARD_BYTES)
    parts: dict[str, dict[str, object]] = {
        "bentuk": dict(_forms(ranked.forms)),
        "pos": {f"{letter}{start}": rows for letter, starts in shards.items() for start, rows in starts.items()},
        "dok": {str(start // CHUNK): documents[start : start + CHUNK] for start in range(0, len(documents), CHUNK)},
        "kolom": {"0": columns(catalogue)},
        "istilah": {"0": suggestions(catalogue)},
    }
    manifest: dict[str, object] = {"n": len(entries), "henti": " ".join(sorted(dictionary.stop_words))}
    if is_single:
        # What ranks comes first and alone; the rest may arrive while the first results are being read.
        files = {key: _file(key, parts) for key in ("semua", "sisanya")}
        return manifest | {key: path for key, (path, _) in files.items()}, dict(files.values())
    contents = {f"{kind}-{name}.json": compact(part) for kind, named in parts.items() for name, part in named.items()}
    folder = f"aset/cari-{_hash(contents.values())}/"
    manifest |= {"dasar": folder, "pos": {letter: list(starts) for letter, starts in shards.items()}}
    return manifest, {folder + name: content for name, content in contents.items()}


def _file(key: str, parts: dict[str, dict[str, object]]) -> tuple[str, bytes]:
    """One of the two files of a small catalogue: its path and what it holds."""
    wanted = {kind: part for kind, part in parts.items() if (kind in _RANKING) == (key == "semua")}
    content = compact(wanted)
    name = "cari" if key == "semua" else "cari2"
    return f"aset/{name}.{_hash([content])}.json", content


def _hash(contents: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    return digest.hexdigest()[:8]


def _forms(forms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """By first letter: "kopi,kependudukan:penduduk,..." in order; a term stands for itself, too."""
    complete = dict.fromkeys(forms.values(), "") | {form: "" if form == term else term for form, term in forms.items()}
    letters: dict[str, list[str]] = defaultdict(list)
    for form in sorted(complete):
        term = complete[form]
        letters[form[0]].append(f"{form}:{term}" if term else form)
    return ((letter, ",".join(rows)) for letter, rows in letters.items())


def _shards(postings: Mapping[str, str], most: int) -> dict[str, dict[int, list[str]]]:
    """By first letter, then by the place of the first term: postings in the order of terms, which `bentuk` tells.

    A shard has about so many bytes at most. A single file keeps each letter whole: its manifest tells no places.
    """
    letters: dict[str, dict[int, list[str]]] = {}
    size = place = start = 0
    for term in sorted(postings):
        text = postings[term]
        length = len(text)
        starts = letters.get(term[0])
        if starts is None:
            size, place, start = 0, 0, 0
            starts = letters[term[0]] = {0: []}
        elif size + length > most:
            size, start = 0, place
            starts[start] = []
        starts[start].append(text)
        size += length + 3
        place += 1
    return letters


def _short_document(entry: Innovation) -> list[object]:
    """Enough where the list itself holds every row."""
    return [entry.slug, entry.name]


def _document(entry: Innovation) -> list[object]:
    """What a row of results shows, in the order that the script expects."""
    return [
        entry.slug,
        entry.name,
        entry.expansion or "",
        entry.summary,
        entry.affairs[0].name if entry.affairs else "",
        entry.manager.name,
        entry.documented or 0,
        "" if entry.status.slug == PUBLIC_SOURCE else entry.status.name,
        entry.affairs[0].slug if entry.affairs else "",
    ]


def columns(catalogue: Catalogue) -> dict[str, object]:
    """For each facet its slugs and, by entry, the places of its terms among them; years; rank by newness."""
    numbers = {entry.slug: number for number, entry in enumerate(catalogue.innovations)}
    newest = [numbers[entry.slug] for entry in catalogue.newest]
    ranks = [0] * len(newest)
    for rank, number in enumerate(newest):
        ranks[number] = rank
    return {
        "faset": {facet.key: _column(facet, numbers) for facet in catalogue.facets},
        "tahun": [entry.documented or 0 for entry in catalogue.innovations],
        "baru": ranks,
    }


def _column(facet: Facet, numbers: Mapping[str, int]) -> dict[str, object]:
    """A whole number per entry; a list where it has several terms; -1 where none is known."""
    column: list[int | list[int]] = [-1] * len(numbers)
    for place, group in enumerate(facet.groups):
        for entry in group.innovations:
            number = numbers[entry.slug]
            others = column[number]
            if others == -1:
                column[number] = place
            else:
                column[number] = [*(others if isinstance(others, list) else [others]), place]
    return {"slug": [group.term.slug for group in facet.groups], "isi": column}


def suggestions(catalogue: Catalogue) -> list[list[str]]:
    """Categories with entries: name, address, kind, and the words that find them."""
    return [
        [
            group.term.name,
            f"{facet.path}/{group.term.slug}/",
            facet.label,
            " ".join(tokens(" ".join((group.term.name, *group.term.short_names, *group.term.synonyms)))),
        ]
        for facet in catalogue.facets
        if facet.key in _SUGGESTED
        for group in facet.groups
        if group.innovations
    ]
