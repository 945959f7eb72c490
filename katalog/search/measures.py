"""Entries -> how long their fields are, with the words that synonyms add."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from katalog.search.language import Language
from katalog.search.synonyms import synonyms
from katalog.search.texts import FIELDS, Words, cut
from katalog.search.tokens import NUL


class Measure(Struct, frozen=True, kw_only=True):
    """How long each field is in all of some entries, and which words synonyms have added to them."""

    lengths: Sequence[int]
    added: Iterable[str]


def with_synonyms(words: Words, language: Language) -> Words:
    """An entry's words with what is added as its first field."""
    return (*synonyms(words, words.index(NUL), language.phrases, language.terms), NUL, *words)


def measure(entries: Iterable[Words]) -> Measure:
    """The measure of entries that have their synonyms."""
    lengths = [0 for _ in FIELDS]
    added: dict[str, None] = {}
    for words in entries:
        fields = cut(words)
        added |= dict.fromkeys(fields[0])
        lengths = [length + len(field) for length, field in zip(lengths, fields, strict=True)]
    return Measure(lengths=lengths, added=added)


def join_measures(measures: Iterable[tuple[int, Measure]]) -> Measure:
    """The measure of all."""
    lengths = [0 for _ in FIELDS]
    added: dict[str, None] = {}
    for _, one in measures:
        added |= dict.fromkeys(one.added)
        lengths = [length + more for length, more in zip(lengths, one.lengths, strict=True)]
    return Measure(lengths=lengths, added=added)


def pack_measure(measure: Measure) -> bytes:
    """A measure as bytes, for the memory between builds."""
    return f"{' '.join(map(str, measure.lengths))}\n{' '.join(measure.added)}".encode()


def unpack_measure(data: bytes) -> Measure:
    """What was packed."""
    lengths, added = map(str.split, data.decode().split("\n"))
    return Measure(lengths=[*map(int, lengths)], added=added)
