"""Groups of one meaning -> the words that they add to an entry."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import compress

from msgspec import Struct

from katalog.search.dictionary import Dictionary
from katalog.search.texts import Words


class Phrase(Struct, frozen=True, kw_only=True):
    """The terms of one member of a group, and the words of the others."""

    terms: Words
    group: int
    others: Words


# By every word with which one may begin.
Phrases = Mapping[str, Sequence[Phrase]]


def find_phrases(dictionary: Dictionary, terms: Mapping[str, str]) -> Phrases:
    """Every member of every group that is more than words without weight."""
    phrases: dict[str, list[Phrase]] = defaultdict(list)
    for number, group in enumerate(dictionary.groups):
        weighty = {member: [word for word in member if word not in dictionary.stop_words] for member in group}
        for member in group:
            phrase = tuple(terms[word] for word in weighty[member])
            others = tuple(word for other in group if other != member for word in weighty[other])
            if phrase:
                phrases[phrase[0]].append(Phrase(terms=phrase, group=number, others=others))
    return {word: phrases[term] for word, term in terms.items() if term in phrases}


def synonyms(words: Words, start: int, phrases: Phrases, terms: Mapping[str, str]) -> list[str]:
    """The other members of every group that occurs in an entry from a place on, each group once."""
    found: dict[int, Words] = {}
    for place in compress(range(len(words)), map(phrases.__contains__, words)):
        if place < start:
            continue
        for phrase in phrases[words[place]]:
            length = len(phrase.terms)
            if length == 1 or tuple([terms[word] for word in words[place : place + length]]) == phrase.terms:
                found.setdefault(phrase.group, phrase.others)
    return [word for others in found.values() for word in others]
