"""Ranked terms -> files. One file up to a few thousand entries, shards above; the script reads both alike.

A part is a piece that the script may need by itself: `bentuk` (words -> terms, by first letter), `pos`
(postings, by ranges of terms), `dok` (what a result shows, by chunks of entries), `kolom` (facets),
`istilah` (categories to suggest). Small catalogues get all parts in one file.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from katalog.model import Catalogue, Facet, File, Innovation, SearchIndex
from katalog.schema import PUBLIC_SOURCE
from katalog.search.dictionary import Dictionary
from katalog.search.rank import Ranked
from katalog.search.tokens import tokens

SINGLE_FILE_ENTRIES = 2000
CHUNK = 25
SHARD_BYTES = 30_000
# Facets whose terms are suggested while one types.
_SUGGESTED = ("urusan", "pengelola")


def pack_index(catalogue: Catalogue, ranked: Ranked, dictionary: Dictionary) -> SearchIndex:
    """The manifest and the files.

    The manifest holds `n` (entries), `henti` (stop words) and either `semua` (the one file) or `dasar` (the
    folder of the shards, named after their content) with `pos` (the first term of each range).
    """
    entries = catalogue.innovations
    documents = [_document(entry) for entry in entries]
    shards = list(_shards({term: _deltas(rows) for term, rows in ranked.postings.items()}))
    parts: dict[str, dict[str, object]] = {
        "bentuk": dict(_forms(ranked.forms)),
        "pos": {str(number): shard for number, shard in enumerate(shards)},
        "dok": {str(start // CHUNK): documents[start : start + CHUNK] for start in range(0, len(documents), CHUNK)},
        "kolom": {"0": _columns(catalogue)},
        "istilah": {"0": _suggestions(catalogue)},
    }
    manifest = {
        "n": len(entries),
        "henti": " ".join(sorted(dictionary.stop_words)),
        "pos": [next(iter(shard)) for shard in shards],
    }
    if len(entries) <= SINGLE_FILE_ENTRIES:
        content = _dump(parts)
        file = File(path=f"aset/cari.{_hash([content])}.json", content=content)
        return SearchIndex(manifest={**manifest, "semua": file.path}, files=(file,))
    contents = {f"{kind}-{name}.json": _dump(part) for kind, named in parts.items() for name, part in named.items()}
    folder = f"aset/cari-{_hash(contents.values())}/"
    files = tuple(File(path=folder + name, content=content) for name, content in contents.items())
    return SearchIndex(manifest={**manifest, "dasar": folder}, files=files)


def _dump(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _hash(contents: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    return digest.hexdigest()[:8]


def _forms(forms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """By first letter: "kopi,kependudukan:penduduk,..." in order; a term stands for itself, too."""
    complete = dict.fromkeys(forms.values(), "") | {form: "" if form == term else term for form, term in forms.items()}
    letters: dict[str, list[str]] = defaultdict(list)
    for form, term in sorted(complete.items()):
        letters[form[0]].append(f"{form}:{term}" if term else form)
    return ((letter, ",".join(rows)) for letter, rows in letters.items())


def _deltas(rows: Sequence[tuple[int, int]]) -> list[int]:
    """[number, impact, step to the next number, impact, ...]."""
    flat, before = [], 0
    for number, impact in rows:
        flat += [number - before, impact]
        before = number
    return flat


def _shards(postings: Mapping[str, list[int]]) -> Iterator[dict[str, list[int]]]:
    """Terms in order, cut into ranges of about SHARD_BYTES."""
    shard: dict[str, list[int]] = {}
    size = 0
    for term, rows in postings.items():
        cost = len(term) + 4 + 4 * len(rows)
        if shard and size + cost > SHARD_BYTES:
            yield shard
            shard, size = {}, 0
        shard[term] = rows
        size += cost
    if shard:
        yield shard


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
    ]


def _columns(catalogue: Catalogue) -> dict[str, object]:
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
    slugs = [group.term.slug for group in facet.groups]
    places: list[list[int]] = [[] for _ in numbers]
    for place, group in enumerate(facet.groups):
        for entry in group.innovations:
            places[numbers[entry.slug]].append(place)
    return {"slug": slugs, "isi": [row[0] if len(row) == 1 else (row or -1) for row in places]}


def _suggestions(catalogue: Catalogue) -> list[list[str]]:
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
