"""Innovations -> Catalogue: order, groups, clashes, neighbours, former addresses."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

from msgspec import msgpack

from katalog.dates import MONTHS
from katalog.language import N_
from katalog.model import (
    Catalogue,
    Facet,
    Fact,
    Group,
    Innovation,
    Neighbour,
    PartialDate,
    Photo,
    Prose,
    Term,
    Vocabulary,
)
from katalog.problems import Code, Place, Problem
from katalog.text import Text, key_places

NEIGHBOURS = 4
# Of them at most so many for words they share, which must be rare: in few entries, and in a small part of all.
BY_WORDS = 2
RARE, RARE_PART = 8, 20
_WORD = re.compile(r"[^\W\d_]{4,}")

TermsOf = Callable[[Innovation], Iterable[Term | None]]
# What joins entries, the message that says so, and the term that the message names.
Tie = tuple[tuple[str, str], str, Term | None]
# All that are joined by a tie, an entry's place among them, and the words for it.
Seat = tuple[Sequence[Innovation], int, str, Term | None]
# What an entry shares words by: name, summary, keywords, and the names that are ties of their own.
Row = tuple[str, str, Sequence[str], Sequence[str]]
# What was made before of these bytes, else what is made now.
Recall = Callable[[bytes, Callable[[], bytes]], bytes]
Day = tuple[int, int, int]

_NEVER: Day = (0, 0, 0)
_ALIKE = msgpack.Decoder(list[tuple[int, list[tuple[int, str]]]])

# key, address, label, question on the index page, the terms an innovation carries
_FACETS: tuple[tuple[str, str, str, str, TermsOf], ...] = (
    ("urusan", "urusan", N_("Urusan"), N_("Bidang kerja pemerintah apa yang dilayani?"), lambda entry: entry.affairs),
    ("pengelola", "pengelola", N_("Pengelola"), N_("Siapa yang menjalankan?"), lambda entry: (entry.manager,)),
    ("kecamatan", "kecamatan", N_("Kecamatan"), N_("Di kecamatan mana inovasi ini berjalan?"), lambda it: it.districts),
    ("kelompok", "kelompok", N_("Kelompok"), N_("Kelompok mana pelakunya?"), lambda entry: (entry.group,)),
    ("bentuk", "bentuk", N_("Bentuk"), N_("Apa bentuknya menurut Indeks Inovasi Daerah?"), lambda entry: (entry.form,)),
    ("jenis", "jenis", N_("Jenis"), N_("Digital atau bukan?"), lambda entry: (entry.kind,)),
    ("tahapan", "tahapan", N_("Tahapan"), N_("Sudah sampai mana?"), lambda entry: (entry.stage,)),
    ("status", "status", N_("Status"), N_("Dari mana isi entrinya?"), lambda entry: (entry.status,)),
)


def _afresh(things: bytes, make: Callable[[], bytes]) -> bytes:  # noqa: ARG001 (the form of `Recall`)
    return make()


def assemble(  # noqa: PLR0913 (all that a catalogue is made of)
    innovations: Sequence[Innovation],
    vocabulary: Vocabulary,
    prose: tuple[Prose, ...],
    facts: tuple[Fact, ...],
    photos: Mapping[str, Photo],
    *,
    recall: Recall = _afresh,
) -> Catalogue:
    """The whole catalogue, from sound innovations (ask `find_clashes` first).

    `recall` may know what was made before of the same bytes.
    """
    shown = those_shown(innovations)
    withdrawn = tuple(sorted((entry for entry in innovations if entry.withdrawn), key=by_name))
    facets = (
        *(_facet(row, shown, vocabulary) for row in _FACETS),
        _manager_types(shown, vocabulary),
        _years(shown, withdrawn),
    )
    return Catalogue(
        innovations=shown,
        withdrawn=withdrawn,
        newest=tuple(sorted(shown, key=_newness, reverse=True)),
        facets=facets,
        neighbours=_neighbours(shown, recall),
        prose=prose,
        facts=facts,
        photos=photos,
        vocabulary=vocabulary,
    )


def those_shown(innovations: Iterable[Innovation]) -> tuple[Innovation, ...]:
    """A-Z, without those that were withdrawn."""
    return tuple(sorted((entry for entry in innovations if not entry.withdrawn), key=by_name))


def by_name(innovation: Innovation) -> tuple[bool, str, str]:
    """Sort key A-Z that no locale changes; names that begin with no letter come first."""
    folded = _folded(innovation.name)
    return "a" <= folded[:1] <= "z", folded, innovation.slug


def find_clashes(innovations: Sequence[Innovation], texts: Sequence[Text]) -> tuple[Problem, ...]:
    """What is wrong with sound innovations side by side; every text counts as an entry, sound or not.

    Of two that are too much alike the later one is told.
    """
    by_path = {text.path: text for text in texts}

    def place(innovation: Innovation, key: str) -> Place:
        return key_places(by_path[innovation.path].head).get(key, Place(path=innovation.path))

    slugs = {text.slug for text in texts}
    return (
        *_alias_clashes(innovations, slugs, place),
        *_part_faults(innovations, slugs, place),
        *_same_texts(innovations, place),
    )


PlaceOf = Callable[[Innovation, str], Place]


def _alias_clashes(innovations: Sequence[Innovation], slugs: set[str], place: PlaceOf) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for innovation in innovations:
        for alias in innovation.aliases:
            owner = alias if alias in slugs else owners.setdefault(alias, innovation.slug)
            if owner != innovation.slug:
                yield Problem(
                    place=place(innovation, "alias"),
                    code=Code.CLASH,
                    message=f"Alamat lama `{alias}` sudah dipakai entri `{owner}`.",
                    remedy="Satu alamat hanya boleh menuju satu entri; hapus dari salah satu `alias`.",
                )


def _part_faults(innovations: Sequence[Innovation], slugs: set[str], place: PlaceOf) -> Iterator[Problem]:
    wholes = {innovation.slug: innovation.part_of for innovation in innovations}
    for innovation in innovations:
        if innovation.part_of is None:
            continue
        if innovation.part_of not in slugs:
            message = f"Entri induk `{innovation.part_of}` tidak ada."
        elif _is_circular(innovation.slug, wholes):
            message = f"`{innovation.slug}` menjadi bagian dari dirinya sendiri."
        else:
            continue
        remedy = "Tulis nama berkas entri induk tanpa `.md`, atau hapus `bagian_dari`."
        yield Problem(place=place(innovation, "bagian_dari"), code=Code.PART_OF, message=message, remedy=remedy)


def _is_circular(slug: str, wholes: dict[str, str | None]) -> bool:
    seen = {slug}
    whole = wholes[slug]
    while whole is not None and whole not in seen:
        seen.add(whole)
        whole = wholes.get(whole)
    return whole == slug


def _same_texts(innovations: Sequence[Innovation], place: PlaceOf) -> Iterator[Problem]:
    parts: tuple[tuple[str, str, Callable[[Innovation], str]], ...] = (
        ("ringkasan", "Ringkasan", lambda entry: entry.summary),
        ("isi", "Isi", lambda entry: entry.body),
    )
    for key, label, text_of in parts:
        first: dict[str, Innovation] = {}
        for innovation in innovations:
            words = " ".join(_folded(text_of(innovation)).split())
            other = first.setdefault(words, innovation) if words else innovation
            if other is not innovation:
                yield Problem(
                    place=place(innovation, key),
                    code=Code.SAME_TEXT,
                    message=f"{label} sama persis dengan entri `{other.slug}`.",
                    remedy="Tulis apa yang khas dari inovasi ini; bila entrinya ganda, hapus salah satu.",
                )


def _facet(row: tuple[str, str, str, str, TermsOf], shown: Sequence[Innovation], vocabulary: Vocabulary) -> Facet:
    key, path, label, question, terms_of = row
    carried, unknown = _carried(shown, terms_of)
    groups = tuple(Group(term=term, innovations=tuple(carried[term.slug])) for term in vocabulary.lists[key])
    return Facet(key=key, path=path, label=label, question=question, groups=groups, unknown=tuple(unknown))


def _carried(shown: Sequence[Innovation], terms_of: TermsOf) -> tuple[dict[str, list[Innovation]], list[Innovation]]:
    carried: dict[str, list[Innovation]] = defaultdict(list)
    unknown: list[Innovation] = []
    for innovation in shown:
        terms = [term for term in terms_of(innovation) if term]
        for term in terms:
            carried[term.slug].append(innovation)
        if not terms:
            unknown.append(innovation)
    return carried, unknown


def _manager_types(shown: Sequence[Innovation], vocabulary: Vocabulary) -> Facet:
    types = vocabulary.lists["jenis_pengelola"]
    groups = tuple(
        Group(term=kind, innovations=tuple(entry for entry in shown if entry.manager.group == kind.name))
        for kind in types
    )
    return Facet(
        key="jenis_pengelola",
        path="pengelola/jenis",
        label=N_("Jenis pengelola"),
        question=N_("Jenis kantor atau kelompok mana yang menjalankan?"),
        groups=groups,
        unknown=(),
    )


def _years(shown: Sequence[Innovation], withdrawn: Sequence[Innovation]) -> Facet:
    """Every year from the oldest to the newest that an entry or a source names, also one without entries.

    So a year's page stays where its last entry turns out to be older, or is withdrawn.
    """
    years: dict[int, list[Innovation]] = defaultdict(list)
    for innovation in shown:
        if innovation.documented:
            years[innovation.documented].append(innovation)
    groups = tuple(
        Group(
            term=Term(
                vocabulary="tahun",
                name=str(year),
                slug=str(year),
            ),
            innovations=tuple(years[year]),
        )
        for year in _span([*shown, *withdrawn])
    )
    unknown = tuple(entry for entry in shown if entry.documented is None)
    question = N_("Tahun berapa sumber tertuanya?")
    return Facet(key="tahun", path="tahun", label=N_("Tahun"), question=question, groups=groups, unknown=unknown)


def _span(entries: Sequence[Innovation]) -> Iterable[int]:
    """The newest year first."""
    dated = [source.date.year for entry in entries for source in entry.sources if source.date]
    named = [*dated, *(entry.documented for entry in entries if entry.documented)]
    return range(max(named), min(named) - 1, -1) if named else ()


def _newness(innovation: Innovation) -> tuple[Day, Day, str]:
    """By the day it came into the catalogue; of those that came together, by the news of them."""
    latest = max((_day(source.date) for source in innovation.sources if source.date), default=_NEVER)
    documented = (innovation.documented, 0, 0) if innovation.documented else None
    return _day(innovation.added) if innovation.added else documented or latest, latest, innovation.slug


def _day(date: PartialDate) -> Day:
    """A date as what is compared soonest; it is compared many times."""
    return date.year, date.month, date.day


def _neighbours(shown: Sequence[Innovation], recall: Recall) -> dict[str, tuple[Neighbour, ...]]:
    """A few related innovations each: wholes and parts first, then rare words, then those that share the rarest thing.

    Of the many that share a thing, the next ones are taken, going round in a circle: every entry is
    reached from others, and the cost grows with the number of entries, not with its square.
    """
    by_slug = {entry.slug: entry for entry in shown}
    parts: dict[str, list[Innovation]] = defaultdict(list)
    rings: dict[tuple[str, str], list[Innovation]] = defaultdict(list)
    # For each entry the rings that it stands in, and where.
    seats: list[list[Seat]] = []
    for entry in shown:
        if entry.part_of:
            parts[entry.part_of].append(entry)
        seats.append([])
        for key, reason, term in _ties(entry):
            ring = rings[key]
            seats[-1].append((ring, len(ring), reason, term))
            ring.append(entry)
    alike = _by_words(shown, recall)

    def candidates(number: int, entry: Innovation) -> Iterator[Neighbour]:
        if entry.part_of in by_slug:
            yield Neighbour(innovation=by_slug[entry.part_of], reason=N_("Program induknya"))
        for part in parts.get(entry.slug, ()):
            yield Neighbour(innovation=part, reason=N_("Bagian dari program ini"))
        if entry.part_of:
            yield from _around(seats[number][0])
        yield from alike.get(number, ())
        for seat in sorted(seats[number], key=lambda seat: len(seat[0])):
            yield from _around(seat)

    return {entry.slug: _first_distinct(entry, candidates(number, entry)) for number, entry in enumerate(shown)}


def _around(seat: Seat) -> Iterator[Neighbour]:
    """Those that come next in a ring."""
    ring, start, reason, term = seat
    for step in range(1, min(len(ring), NEIGHBOURS + 1)):
        yield Neighbour(innovation=ring[(start + step) % len(ring)], reason=reason, term=term)


def _ties(entry: Innovation) -> Iterator[Tie]:
    """What can join an entry to others, with the words for it; that it is part of something comes first."""
    if entry.part_of:
        yield ("whole", entry.part_of), N_("Bagian dari program yang sama"), None
    yield ("manager", entry.manager.slug), N_("Pengelola yang sama: %(name)s"), entry.manager
    for term in entry.affairs[:1]:
        yield ("affairs", term.slug), N_("Urusan yang sama: %(name)s"), term
    for term in entry.districts:
        yield ("district", term.slug), N_("Kecamatan yang sama: %(name)s"), term


def _by_words(shown: Sequence[Innovation], recall: Recall) -> dict[int, list[Neighbour]]:
    """Those that share two rare words or more with an entry, one of them a name or keyword of both, by its number."""
    rows: list[Row] = [
        (entry.name, entry.summary, entry.keywords, tuple(term.name for term in (entry.manager, *entry.districts)))
        for entry in shown
    ]
    kept = recall(msgpack.encode(rows), lambda: msgpack.encode(_alike(rows)))
    return {
        number: [
            Neighbour(innovation=shown[other], reason=N_("Kata yang sama: %(name)s"), words=words)
            for other, words in best
        ]
        for number, best in _ALIKE.decode(kept)
    }


def _alike(rows: Sequence[Row]) -> list[tuple[int, list[tuple[int, str]]]]:
    """The number of each that is like others by its words, and these, the most alike first, with what they share.

    A rare word leads to few entries, so the cost grows with their number only.
    """
    holders = _rare_words(rows)
    words_of: dict[int, list[str]] = defaultdict(list)
    for word, numbers in holders.items():
        for number in numbers:
            words_of[number].append(word)

    @cache
    def telling(number: int) -> set[str]:
        name, _, keywords, _ = rows[number]
        return _letters(name, *keywords)

    def shared(one: int) -> Iterator[tuple[int, list[str]]]:
        met = Counter(chain.from_iterable([holders[word] for word in words_of[one]]))
        for other in [other for other, count in met.items() if count > 1 and other != one]:
            words = [word for word in words_of[one] if other in holders[word]]
            if not telling(one).isdisjoint(telling(other).intersection(words)):
                yield other, words

    alike: list[tuple[int, list[tuple[int, str]]]] = []
    for number in [number for number, words in words_of.items() if len(words) > 1]:
        best = sorted(shared(number), key=lambda pair: (-sum(1 / len(holders[word]) for word in pair[1]), pair[0]))
        alike.append((number, [(other, _in_common(words, holders)) for other, words in best[:BY_WORDS]]))
    return alike


def _rare_words(rows: Sequence[Row]) -> dict[str, list[int]]:
    """The words of several entries, but of few, a to z, and the numbers of these entries.

    Of name, summary and keywords; the names of manager and places are ties of their own.
    """
    of_name = cache(_letters)
    months = _letters(*MONTHS)
    holders: dict[str, list[int]] = defaultdict(list)
    for number, (name, summary, keywords, ties) in enumerate(rows):
        for word in _letters(name, summary, *keywords).difference(months, *map(of_name, ties)):
            holders[word].append(number)
    most = min(RARE, len(rows) // RARE_PART)
    return {word: numbers for word, numbers in sorted(holders.items()) if 2 <= len(numbers) <= most}


def _in_common(words: Iterable[str], holders: Mapping[str, Sequence[int]]) -> str:
    """The three rarest."""
    rarest = sorted(words, key=lambda word: (len(holders[word]), word))[:3]
    return ", ".join(rarest)


def _letters(*texts: str) -> set[str]:
    return set(_WORD.findall("\n".join(texts).casefold()))


def _first_distinct(entry: Innovation, candidates: Iterator[Neighbour]) -> tuple[Neighbour, ...]:
    chosen: dict[str, Neighbour] = {}
    for candidate in candidates:
        if candidate.innovation.slug != entry.slug:
            chosen.setdefault(candidate.innovation.slug, candidate)
        if len(chosen) == NEIGHBOURS:
            break
    return tuple(chosen.values())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text).casefold()
