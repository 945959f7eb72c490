"""Postings of entries that follow one another: written as the index has them, and joined without being taken apart.

Postings look like 12c3a: the number of an entry and its impact as a letter, then the step to the next number and
its impact. A piece counts from its own first entry and leaves the first number out, so that joining two pieces is
putting a number between two texts.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from string import ascii_lowercase

# A posting as a whole number: the entry's number times this, plus the impact.
RADIX = 16
_OPENINGS = [f" {impact}" for impact in ascii_lowercase[:RADIX]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Terms, their postings, each with blanks between, and the numbers of their first and last entries."""

    terms: str
    texts: str
    firsts: Sequence[int]
    lasts: Sequence[int]


class _Steps(dict[int, str]):
    """3 * RADIX + 0 -> 3a."""

    def __missing__(self, step: int) -> str:
        """Write a step that is asked for the first time."""
        number, impact = divmod(step, RADIX)
        text = self[step] = f"{number}{ascii_lowercase[impact]}"
        return text


def make_piece(rows: Mapping[str, str]) -> Piece:
    """Terms with their postings in order, each posting a character -> a piece."""
    # All postings one after another, and where those of each term begin and end.
    postings = [*map(ord, "".join(rows.values()))]
    ends = [*accumulate(map(len, rows.values()))]
    starts = [end - len(row) for end, row in zip(ends, rows.values(), strict=True)]
    steps = _Steps()
    texts = [steps[after - before + before % RADIX] for before, after in pairwise((0, *postings))]
    for start in starts:
        texts[start] = _OPENINGS[postings[start] % RADIX]
    return Piece(
        terms=" ".join(rows),
        texts="".join(texts),
        firsts=[postings[start] // RADIX for start in starts],
        lasts=[postings[end - 1] // RADIX for end in ends],
    )


def join_pieces(pieces: Iterable[tuple[int, Piece]]) -> Piece:
    """One piece of several in order, each with the number of its first entry."""
    texts: dict[str, str] = {}
    firsts: list[int] = []
    lasts: dict[str, int] = {}
    last_of = lasts.get
    for start, piece in pieces:
        rows = zip(piece.terms.split(), piece.texts.split(), piece.firsts, piece.lasts, strict=True)
        for term, text, first, last in rows:
            before = last_of(term)
            if before is None:
                texts[term] = text
                firsts.append(start + first)
            else:
                texts[term] = f"{texts[term]}{start + first - before}{text}"
            lasts[term] = start + last
    return Piece(terms=" ".join(texts), texts=" ".join(texts.values()), firsts=firsts, lasts=[*lasts.values()])


def postings_of(piece: Piece) -> dict[str, str]:
    """Each term and its postings, if the piece begins with the first entry."""
    texts = (f"{first}{text}" for first, text in zip(piece.firsts, piece.texts.split(), strict=True))
    return dict(zip(piece.terms.split(), texts, strict=True))


def pack_piece(piece: Piece) -> bytes:
    """A piece as bytes, for the memory between builds."""
    count = len(piece.firsts)
    numbers = struct.pack(f"<{1 + 2 * count}I", count, *piece.firsts, *piece.lasts)
    return numbers + f"{piece.terms}\n{piece.texts}".encode()


def unpack_piece(data: bytes) -> Piece:
    """What was packed."""
    (count,) = struct.unpack_from("<I", data)
    numbers = struct.unpack_from(f"<{2 * count}I", data, 4)
    terms, _, texts = data[4 + 8 * count :].decode().partition("\n")
    return Piece(terms=terms, texts=texts, firsts=numbers[:count], lasts=numbers[count:])
