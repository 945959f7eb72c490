"""Innovations -> their words, field after field, and how much a word weighs by where it stands."""

import re
from collections.abc import Callable, Iterable

from katalog.model import Innovation
from katalog.search.tokens import NUL, divided

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
# The fields as they follow one another. Before them all come the synonyms that others are found by, which no entry has
# of itself; from the name on synonyms are looked for.
FIELDS = ("alias", "place", "name", "expansion", "keywords", "affairs", "manager", "summary", "body")

# Words or terms with NUL between fields. A tuple of texts costs the collector of garbage nothing.
Words = tuple[str, ...]
Reader = Callable[[Innovation], Words]

_SOURCE_MARK = re.compile(r"\[\^[0-9]+\]")


class _Known(dict[str, str]):
    """Each word as one object, which is found again faster than an equal one; "" for a word without weight."""

    def __missing__(self, word: str) -> str:
        """Take a word that is seen for the first time."""
        self[word] = word
        return word


def make_reader(stop_words: Iterable[str]) -> Reader:
    """A function from an entry to its words by field, all but the first."""
    known = _Known.fromkeys(stop_words, "").__getitem__
    return lambda entry: tuple(filter(None, map(known, divided(_fields(entry)).split())))


def cut(words: Words) -> list[Words]:
    """The words of each field."""
    fields = []
    start = 0
    for _ in FIELDS[1:]:
        end = words.index(NUL, start)
        fields.append(words[start:end])
        start = end + 1
    return [*fields, words[start:]]


def _fields(entry: Innovation) -> list[str]:
    """An entry's text by field, as in FIELDS but for the first."""
    manager = entry.manager
    dates = [str(date.year) for date in (entry.trial, entry.launch, entry.development) if date]
    body = [
        _SOURCE_MARK.sub(" ", entry.body),
        *[source.title for source in entry.sources],
        *[award.name for award in entry.awards],
        *entry.partners,
        *dates,
        str(entry.documented or ""),
        *[term.name for term in (entry.form, entry.kind) if term],
    ]
    return [
        "\n".join([term.name for term in entry.districts]),
        entry.name,
        entry.expansion or "",
        "\n".join(entry.keywords),
        "\n".join([word for term in entry.affairs for word in (term.name, *term.short_names, *term.synonyms)]),
        "\n".join((manager.name, *manager.short_names, *manager.synonyms, manager.group)),
        entry.summary,
        "\n".join(body),
    ]
