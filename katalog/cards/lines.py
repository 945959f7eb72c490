"""Text into lines of a given room: the largest size that fits, lines of about one length. Knows no library."""

from collections.abc import Callable, Iterable
from itertools import accumulate
from math import inf

from msgspec import Struct

ELLIPSIS = "…"
# For one line less a text may become smaller by so much.
WORTH = 0.82

# How wide a text is at a size, in pixels.
Measure = Callable[[str, int], float]


class Room(Struct, frozen=True, kw_only=True):
    """Where text may stand, and its sizes, largest first. `leading` is the height of a line to its size."""

    width: float
    sizes: tuple[int, ...]
    leading: float
    height: float = 9999
    most_lines: int = 9

    def lines_at(self, size: int) -> int:
        """How many lines there is room for; one always."""
        return max(1, min(self.most_lines, int(self.height / (size * self.leading))))


class Block(Struct, frozen=True, kw_only=True):
    """Lines as they will be drawn. `leading` is the distance of their baselines."""

    lines: tuple[str, ...]
    size: int
    leading: int

    @property
    def height(self) -> int:
        """From the top of the first line to the end of the last."""
        return len(self.lines) * self.leading


def fit(text: str, rooms: Iterable[Room], measure: Measure) -> Block:
    """The text in the first room and size that holds all of it; else cut, with an ellipsis, in the last of them."""
    words = text.split()
    for room in rooms:
        for size in room.sizes:
            lines = _wrap(words, size, room.width, measure)
            if lines is not None and len(lines) <= room.lines_at(size):
                return _with_fewer_lines(words, lines, size, room, measure)
    return _block(_cut(words, size, room, measure), size, room)


def _with_fewer_lines(words: list[str], lines: list[str], size: int, room: Room, measure: Measure) -> Block:
    """Three lines and more read better as one less, where that costs little of the size."""
    smaller = (other for other in room.sizes if WORTH * size <= other < size) if len(lines) > 2 else ()
    for other in smaller:
        fewer = _wrap(words, other, room.width, measure)
        if fewer is not None and len(fewer) < len(lines):
            size, lines = other, fewer
            break
    return _block(_balance(words, len(lines), size, room.width, measure), size, room)


def _block(lines: list[str], size: int, room: Room) -> Block:
    return Block(lines=tuple(lines), size=size, leading=round(size * room.leading))


def _wrap(words: list[str], size: int, width: float, measure: Measure) -> list[str] | None:
    """As many words in each line as it takes; None where one word is too wide."""
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and measure(joined, size) <= width:
            lines[-1] = joined
        elif measure(word, size) <= width:
            lines.append(word)
        else:
            return None
    return lines


def _balance(words: list[str], count: int, size: int, width: float, measure: Measure) -> list[str]:
    """So many lines, none wider than allowed, as much of one length as can be."""
    if count < 2:
        return [" ".join(words)] if words else []
    space = measure(" ", size)
    ends = list(accumulate((measure(word, size) + space for word in words), initial=0.0))
    # For each number of words: how uneven their lines are at best, and where the last of these starts.
    nothing: list[int] = []
    best = [(0.0, nothing), *([(inf, nothing)] * len(words))]
    for _ in range(count):
        best = [
            min(
                (
                    (best[start][0] + length**2, [*best[start][1], start])
                    for start in range(end)
                    if (length := ends[end] - ends[start] - space) <= width + 0.5
                ),
                default=(inf, nothing),
            )
            for end in range(len(words) + 1)
        ]
    starts = best[-1][1]
    return [" ".join(words[start:end]) for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]


def _cut(words: list[str], size: int, room: Room, measure: Measure) -> list[str]:
    """What fits: words that are too wide are broken, and what is left over is an ellipsis."""
    pieces = [piece for word in words for piece in _break(word, size, room.width, measure)]
    lines = _wrap(pieces, size, room.width, measure) or []
    most = room.lines_at(size)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and measure(last.rstrip() + ELLIPSIS, size) > room.width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + ELLIPSIS]


def _break(word: str, size: int, width: float, measure: Measure) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and measure(pieces[-1] + character, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
