"""Terms of entries -> postings with impacts: BM25F over fields, in a dozen levels."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import frexp, ldexp

from katalog.search.pieces import Piece, make_piece
from katalog.search.texts import FIELDS, WEIGHTS, Words, cut

K1 = 1.2
B = 0.75
# Impacts lie below K1 + 1 = 2.2; five steps to the unit make a dozen levels, a letter each in the files. More
# of them rank no better on the judged queries.
STEPS = 5
MOST = STEPS * (K1 + 1)
# Up to so many entries the mean lengths of fields are exact; above they are rounded to so many bits, since one entry
# that changes would else change postings of all others.
EXACT_ENTRIES, MEAN_BITS = 500, 6

# In this order weights are added up, the body's at the end; where each field stands.
_ADDED = [(FIELDS.index(name), weight) for name, weight in WEIGHTS.items() if name != "body"]


def means(lengths: Sequence[int], entries: int) -> list[float]:
    """How long each field is on average, from how long it is in all entries together."""
    exact = [length / max(entries, 1) for length in lengths]
    return exact if entries <= EXACT_ENTRIES else [_rounded(mean) for mean in exact]


def _rounded(mean: float) -> float:
    part, exponent = frexp(mean)
    return ldexp(round(part * 2**MEAN_BITS), exponent - MEAN_BITS)


def weigh(entries: Iterable[Words], means: Sequence[float], terms: Mapping[str, str]) -> Piece:
    """The postings of entries that have their synonyms; `terms` leads from each word to its term."""
    term_of = terms.__getitem__
    return make_piece(_impacts(cut(tuple(map(term_of, words))), means) for words in entries)


def _impacts(fields: Sequence[Words], means: Sequence[float]) -> Iterator[tuple[str, int]]:
    """The terms of an entry, and their impacts."""
    weight, norm = WEIGHTS["body"], _norm(len(fields[-1]), means[-1])
    counts = Counter(fields[-1])
    elsewhere = [
        (term, _impact(frequency + weight * counts.pop(term, 0) / norm))
        for term, frequency in _frequencies(fields, means).items()
    ]
    # What stands in the body alone, which is most, weighs by its count only.
    impacts = {count: _impact(weight * count / norm) for count in set(counts.values())}
    return chain(elsewhere, zip(counts, map(impacts.__getitem__, counts.values()), strict=True))


def _impact(frequency: float) -> int:
    return round(MOST * frequency / (K1 + frequency)) or 1


def _frequencies(fields: Sequence[Words], means: Sequence[float]) -> dict[str, float]:
    """How much each term weighs in all fields but the body."""
    found: dict[str, float] = {}
    frequency_of = found.get
    for place, weight in _ADDED:
        terms = fields[place]
        norm = _norm(len(terms), means[place])
        if len(set(terms)) < len(terms):
            for term, count in Counter(terms).items():
                found[term] = frequency_of(term, 0.0) + weight * count / norm
        else:
            once = weight / norm
            for term in terms:
                found[term] = frequency_of(term, 0.0) + once
    return found


def _norm(length: int, mean: float) -> float:
    return 1 - B + B * length / mean if mean else 1
