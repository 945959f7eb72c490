"""Entries -> weighted terms, in three steps that are remembered (see `steps`).

First their words; when the terms of all words are known, how long their fields are; when the mean lengths of all are
known, their postings. So an entry that changes costs the work of its block, and joining that to all the others.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from katalog.crew import ALONE, Crew, each
from katalog.keys import KeyOf
from katalog.model import Innovation, Remember
from katalog.search.blocks import Block, divide
from katalog.search.dictionary import Dictionary
from katalog.search.language import (
    Glossary,
    Language,
    join_glossaries,
    make_glossary,
    make_language,
    pack_glossary,
    unpack_glossary,
)
from katalog.search.measures import Measure, join_measures, measure, pack_measure, unpack_measure, with_synonyms
from katalog.search.pieces import join_pieces, pack_piece, postings_of, unpack_piece
from katalog.search.stems import make_stemmer
from katalog.search.steps import Step, take, take_packed
from katalog.search.texts import Words, make_reader
from katalog.search.weights import means, weigh


class Ranked(Struct, frozen=True, kw_only=True):
    """`postings`: term -> entries and impacts as the index has them, see `pieces`; `forms`: word -> term."""

    postings: Mapping[str, str]
    forms: Mapping[str, str]


def rank(
    innovations: Sequence[Innovation], dictionary: Dictionary, remember: Remember, key_of: KeyOf, crew: Crew = ALONE
) -> Ranked:
    """The terms of all entries; entries are numbered in their order. The last step, half of the work, a crew shares."""
    recipe = key_of((sorted(dictionary.stop_words), dictionary.exceptions, dictionary.groups)).hex()
    stem = make_stemmer(dictionary.exceptions)
    read = make_reader(dictionary.stop_words)
    groups = divide(innovations, key_of)
    # What one step leaves to the next, where both are made.
    written: dict[int, list[Words]] = {}
    whole: dict[int, list[Words]] = {}

    def make_words(block: Block) -> Glossary:
        written[block.start] = [read(entry) for entry in block.entries]
        return make_glossary(written[block.start], stem)

    of_words = Step(
        name=f"indeks kata {recipe}",
        make=make_words,
        join=join_glossaries,
        pack=pack_glossary,
        unpack=unpack_glossary,
    )
    glossaries = [take(of_words, group, b"", remember) for group in groups]
    glossary = join_glossaries((group.start, found) for group, found in zip(groups, glossaries, strict=True))
    language = make_language(glossary, dictionary, stem)
    # What else the entries of a group are made of is what others have made of their words.
    changed = [_changed(found, language) for found in glossaries]

    def read_whole(block: Block) -> list[Words]:
        words = written.pop(block.start, []) or [read(entry) for entry in block.entries]
        return [with_synonyms(entry, language) for entry in words]

    def make_measure(block: Block) -> Measure:
        whole[block.start] = read_whole(block)
        return measure(whole[block.start])

    of_measures = Step(
        name=f"indeks panjang {recipe}",
        make=make_measure,
        join=join_measures,
        pack=pack_measure,
        unpack=unpack_measure,
    )
    measured = join_measures(
        (group.start, take(of_measures, group, things, remember)) for group, things in zip(groups, changed, strict=True)
    )
    middle = means(measured.lengths, len(innovations))

    of_postings = Step(
        name=f"indeks bobot {recipe} {middle}",
        make=lambda block: weigh(whole.pop(block.start, []) or read_whole(block), middle, language.terms),
        join=join_pieces,
        pack=pack_piece,
        unpack=unpack_piece,
    )

    def postings(number: int) -> bytes:
        return take_packed(of_postings, groups[number], changed[number], remember)

    pieces = map(unpack_piece, each(len(groups), postings, crew))
    piece = join_pieces((group.start, found) for group, found in zip(groups, pieces, strict=True))
    words = {*glossary.plain, *glossary.stems, *measured.added}
    return Ranked(postings=postings_of(piece), forms=_forms(words, language, dictionary))


def _changed(glossary: Glossary, language: Language) -> bytes:
    """The words of a group, and of synonyms, whose terms are not what their stems would be."""
    if not language.changed:
        return b""
    words = {*glossary.plain, *glossary.stems, *language.of_synonyms}
    return " ".join(sorted(language.changed & words)).encode()


def _forms(words: Iterable[str], language: Language, dictionary: Dictionary) -> dict[str, str]:
    """The terms of all words, of the forms of families, and of terms themselves."""
    forms = {word: language.terms[word] for word in words}
    known = set(forms.values())
    forms.update((form, base) for form, base in dictionary.exceptions.items() if base in known and form not in known)
    forms.update((term, term) for term in known)
    return forms
