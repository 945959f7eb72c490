"""Postings of entries that follow one another: written as the index has them, and joined without being taken apart.

Postings look like 12c3a: the number of an entry and its impact as a letter, then the step to the next number and
its impact. A piece counts from its own first entry and leaves the first number out, so that joining two pieces is
putting a number between two texts.
"""

import struct
from collections.abc import Iterable, Sequence
from string import ascii_lowercase

from msgspec import Struct


class Piece(Struct, frozen=True, kw_only=True):
    """Terms, their postings, each with blanks between, and the numbers of their first and last entries."""

    terms: str
    texts: str
    firsts: Sequence[int]
    lasts: Sequence[int]


class _Steps(dict[int, list[str]]):
    """3 -> [3a, 3b, ...], by impact."""

    def __missing__(self, step: int) -> list[str]:
        """Write a step that is asked for the first time."""
        texts = self[step] = [f"{step}{impact}" for impact in ascii_lowercase]
        return texts


def make_piece(entries: Iterable[Iterable[tuple[str, int]]]) -> Piece:
    """A piece of entries, each with its terms and their impacts."""
    steps = _Steps()
    # Texts that grow are cheaper than lists, and no burden to the collector of garbage.
    texts: dict[str, str] = {}
    firsts: list[int] = []
    lasts: dict[str, int] = {}
    last_of = lasts.get
    for number, impacts in enumerate(entries):
        for term, impact in impacts:
            before = last_of(term)
            if before is None:
                texts[term] = ascii_lowercase[impact]
                firsts.append(number)
            else:
                texts[term] += steps[number - before][impact]
            lasts[term] = number
    return Piece(terms=" ".join(texts), texts=" ".join(texts.values()), firsts=firsts, lasts=[*lasts.values()])


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
