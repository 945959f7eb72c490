"""Text into lines of a given room: the largest size that fits, lines of about one length. Knows no library."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

ELLIPSIS = "…"

# How wide a text is at a size, in pixels.
Measure = Callable[[str, int], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where text may stand, and its sizes, largest first. `leading` is the height of a line to its size."""

    width: float
    height: float
    sizes: tuple[int, ...]
    leading: float
    most_lines: int = 9

    def lines_at(self, size: int) -> int:
        """How many lines there is room for; one always."""
        return max(1, min(self.most_lines, int(self.height / (size * self.leading))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
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
                return _block(_balance(words, lines, size, measure), size, room)
    return _block(_cut(words, size, room, measure), size, room)


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


def _balance(words: list[str], lines: list[str], size: int, measure: Measure) -> list[str]:
    """The same number of lines, the widest of them as narrow as can be."""
    while len(lines) > 1:
        narrower = _wrap(words, size, max(measure(line, size) for line in lines) - 0.5, measure)
        if narrower is None or len(narrower) > len(lines):
            break
        lines = narrower
    return lines


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
