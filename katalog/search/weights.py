"""Terms of entries -> postings with impacts: BM25F over fields, in a dozen levels."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import frexp, ldexp

from katalog.search.pieces import RADIX, Piece, make_piece
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
    exact = [length / entries for length in lengths]
    return exact if entries <= EXACT_ENTRIES else [_rounded(mean) for mean in exact]


def _rounded(mean: float) -> float:
    part, exponent = frexp(mean)
    return ldexp(round(part * 2**MEAN_BITS), exponent - MEAN_BITS)


def weigh(entries: Iterable[Words], means: Sequence[float], terms: Mapping[str, str]) -> Piece:
    """The postings of entries that have their synonyms; `terms` leads from each word to its term."""
    # A posting is a character here: texts that grow are cheaper than lists, and no burden to the collector of garbage.
    rows: dict[str, str] = {}
    row_of = rows.get
    term_of = terms.__getitem__
    for number, words in enumerate(entries):
        fields = cut(tuple(map(term_of, words)))
        first = RADIX * number
        weight, norm = WEIGHTS["body"], _norm(len(fields[-1]), means[-1])
        counts = Counter(fields[-1])
        for term, frequency in _frequencies(fields, means).items():
            whole = frequency + weight * counts.pop(term, 0) / norm
            rows[term] = row_of(term, "") + chr(first + (round(MOST * whole / (K1 + whole)) or 1))
        # What stands in the body alone, which is most, weighs by its count only.
        weights = [(count, weight * count / norm) for count in set(counts.values())]
        postings = {count: chr(first + (round(MOST * whole / (K1 + whole)) or 1)) for count, whole in weights}
        for term, count in counts.items():
            rows[term] = row_of(term, "") + postings[count]
    return make_piece(rows)


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

