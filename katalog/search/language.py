"""Words -> terms, over all entries: what one entry says can change the term of a word in another."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from katalog.search.dictionary import Dictionary
from katalog.search.stems import Stemmer
from katalog.search.synonyms import Phrases, find_phrases
from katalog.search.texts import Words
from katalog.search.tokens import NUL


class Glossary(Struct, frozen=True, kw_only=True):
    """The words of some entries: those that are their own stems, and others with their stems."""

    plain: Iterable[str]
    stems: Mapping[str, str]


class Language(Struct, frozen=True, kw_only=True):
    """`terms`: each word's term; `changed`: words whose term is not their stem; `of_synonyms`: those of all groups."""

    terms: Mapping[str, str]
    changed: frozenset[str]
    of_synonyms: frozenset[str]
    phrases: Phrases


def make_glossary(entries: Iterable[Words], stem: Stemmer) -> Glossary:
    """The words of some entries, each once."""
    words = set().union(*entries) - {NUL}
    stems = {word: found for word in words if (found := stem(word)) != word}
    return Glossary(plain=words - stems.keys(), stems=stems)


def join_glossaries(glossaries: Iterable[tuple[int, Glossary]]) -> Glossary:
    """The words of all."""
    plain: set[str] = set()
    stems: dict[str, str] = {}
    for _, glossary in glossaries:
        plain.update(glossary.plain)
        stems.update(glossary.stems)
    return Glossary(plain=plain, stems=stems)


def pack_glossary(glossary: Glossary) -> bytes:
    """A glossary as bytes, for the memory between builds."""
    return "\n".join(map(" ".join, (glossary.plain, glossary.stems, glossary.stems.values()))).encode()


def unpack_glossary(data: bytes) -> Glossary:
    """What was packed."""
    plain, words, stems = map(str.split, data.decode().split("\n"))
    return Glossary(plain=plain, stems=dict(zip(words, stems, strict=True)))


def make_language(glossary: Glossary, dictionary: Dictionary, stem: Stemmer) -> Language:
    """A word that is the stem of another one stands for itself.

    Snowball would stem a stem once more (masalahnya -> masalah -> masa) and so divide a family.
    """
    of_synonyms = frozenset(word for group in dictionary.groups for member in group for word in member)
    stems = {word: word for word in glossary.plain}
    stems.update(glossary.stems)
    stems.update((word, stem(word)) for word in of_synonyms)
    bases = set(stems.values())
    changed = frozenset(word for word, found in stems.items() if found != word and word in bases)
    terms = stems | {word: word for word in (NUL, *changed)}
    phrases = find_phrases(dictionary, terms)
    return Language(terms=terms, changed=changed, of_synonyms=of_synonyms, phrases=phrases)
