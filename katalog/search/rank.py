"""Entries -> weighted terms, by BM25F over fields. The weights are quantised to small whole numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from katalog.model import Innovation
from katalog.search.dictionary import Dictionary
from katalog.search.stems import Stemmer, make_stemmer
from katalog.search.tokens import tokens

# How much a word weighs by where it stands.
WEIGHTS = {
    "name": 6.0,
    "expansion": 4.0,
    "keywords": 4.0,
    "alias": 3.0,
    "place": 2.5,
    "affairs": 2.0,
    "manager": 1.5,
    "summary": 1.5,
    "body": 1.0,
}
K1 = 1.2
B = 0.75
# Impacts lie below K1 + 1 = 2.2; five steps to the unit make a dozen levels, a letter each in the files. More
# of them rank no better on the judged queries.
STEPS = 5

_SOURCE_MARK = re.compile(r"\[\^[0-9]+\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """`postings`: term -> (entry's number, impact) in order of entries; `forms`: word -> term."""

    postings: Mapping[str, Sequence[tuple[int, int]]]
    forms: Mapping[str, str]


def rank(innovations: Sequence[Innovation], dictionary: Dictionary) -> Ranked:
    """The terms of all entries; entries are numbered in their order."""
    written = [
        {name: list(_words(texts, dictionary)) for name, texts in _fields(innovation).items()}
        for innovation in innovations
    ]
    synonyms = [word for group in dictionary.groups for member in group for word in member]
    words = {word for fields in written for words in fields.values() for word in words}
    terms = _settled(make_stemmer(dictionary.exceptions), words | set(synonyms))
    phrases = _phrases(dictionary, terms)
    documents = []
    for fields in written:
        added = _aliases(fields, phrases, terms)
        words.update(added)
        fields["alias"] += added
        documents.append({name: Counter([terms[word] for word in given]) for name, given in fields.items()})
    forms = {word: terms[word] for word in words}
    known = set(forms.values())
    forms.update((form, base) for form, base in dictionary.exceptions.items() if base in known and form not in known)
    forms.update((term, term) for term in known)
    return Ranked(postings=_postings(documents), forms=forms)


def _settled(stem: Stemmer, words: Collection[str]) -> dict[str, str]:
    """Each word's stem, but a word that is the stem of another one stands for itself.

    Snowball would stem a stem once more (masalahnya -> masalah -> masa) and so divide a family.
    """
    stems = {word: stem(word) for word in words}
    bases = set(stems.values())
    return {word: word if word in bases else found for word, found in stems.items()}


def _fields(entry: Innovation) -> dict[str, list[str]]:
    """An entry's text by field."""
    places = [term.name for term in entry.districts]
    manager = entry.manager
    dates = [str(date.year) for date in (entry.trial, entry.launch, entry.development) if date]
    body = [
        _SOURCE_MARK.sub(" ", entry.body),
        *(source.title for source in entry.sources),
        *(award.name for award in entry.awards),
        *entry.partners,
        *dates,
        str(entry.documented or ""),
        *(term.name for term in (entry.form, entry.kind) if term),
    ]
    return {
        "name": [entry.name],
        "expansion": [entry.expansion or ""],
        "keywords": list(entry.keywords),
        "alias": [],
        "place": places,
        "affairs": [word for term in entry.affairs for word in (term.name, *term.short_names, *term.synonyms)],
        "manager": [manager.name, *manager.short_names, *manager.synonyms, manager.group],
        "summary": [entry.summary],
        "body": body,
    }


def _words(texts: Sequence[str], dictionary: Dictionary) -> Iterator[str]:
    return (word for text in texts for word in tokens(text) if word not in dictionary.stop_words)


def _phrases(
    dictionary: Dictionary, terms: Mapping[str, str]
) -> dict[str, list[tuple[tuple[str, ...], int, tuple[str, ...]]]]:
    """By the first stem: the stems of each synonym, its group, and the words to add where it occurs."""
    phrases: dict[str, list[tuple[tuple[str, ...], int, tuple[str, ...]]]] = defaultdict(list)
    for number, group in enumerate(dictionary.groups):
        for member in group:
            stems = tuple(terms[word] for word in member if word not in dictionary.stop_words)
            others = tuple(
                word for other in group if other != member for word in other if word not in dictionary.stop_words
            )
            if stems:
                phrases[stems[0]].append((stems, number, others))
    return phrases


def _aliases(
    fields: Mapping[str, Sequence[str]],
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], int, tuple[str, ...]]]],
    terms: Mapping[str, str],
) -> list[str]:
    """The other members of every synonym group that occurs in an entry, each group once."""
    found: dict[int, tuple[str, ...]] = {}
    for name in ("name", "expansion", "keywords", "affairs", "manager", "summary", "body"):
        stems = [terms[word] for word in fields[name]]
        for position, first in enumerate(stems):
            if first not in phrases:
                continue
            for phrase, group, others in phrases[first]:
                if tuple(stems[position : position + len(phrase)]) == phrase:
                    found.setdefault(group, others)
    return [word for others in found.values() for word in others]


def _postings(documents: Sequence[Mapping[str, Counter[str]]]) -> dict[str, list[tuple[int, int]]]:
    lengths = {name: [fields[name].total() for fields in documents] for name in WEIGHTS}
    means = {name: sum(values) / len(values) if values else 0 for name, values in lengths.items()}
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    most = STEPS * (K1 + 1)
    for number, fields in enumerate(documents):
        frequencies: dict[str, float] = defaultdict(float)
        for name, counts in fields.items():
            norm = 1 - B + B * lengths[name][number] / means[name] if means[name] else 1
            weight = WEIGHTS[name]
            for term, count in counts.items():
                frequencies[term] += weight * count / norm
        for term, frequency in frequencies.items():
            postings[term].append((number, round(most * frequency / (K1 + frequency)) or 1))
    return dict(sorted(postings.items()))
