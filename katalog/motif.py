"""slug, family, hue -> a songket pattern: its design, its cells, its SVG. Ground.

A tile has 24 x 24 threads. The family and the hue come from the vocabulary, everything else from the
slug, so the same slug always wears the same cloth. Only runs of thread are drawn, row by row, as
strokes: the weft shows, and a file stays below a kilobyte.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from katalog.colours import BRAND, oklch, turn
from katalog.families import ACCENT, BINTANG, GOLD, GROUND, HALF, SIZE, TAWUR, Variation, half

THREAD, CREAM = "#dca63c", "#f3e7c9"
# Thickness of a tile's thread. With sharp edges it covers its row at 24 and 48 pixels of the device, two parts of three
# at 72, three of four at 96 and five of six at 144: one file for every place a tile stands in.
TILE_THREAD = 0.76
# Threads in a cloth that is shown as a band, and in one that fills a masthead.
BAND, MASTHEAD = (999, 48), (800, 240)
# Threads in the head of a cloth.
HEAD = 36

# A diamond in the head of a cloth: where each row starts, and its length.
_DIAMOND = ((5.5, 1), (4.5, 3), (3.5, 5), (3.5, 5), (4.5, 3), (5.5, 1))

# A run of thread: where it starts, its row, and its length.
Run = tuple[float, int, int]


class Motif(Struct, frozen=True, kw_only=True):
    """What a slug wears. `lepus`: the ground is woven in gold and the figure left open."""

    family: str
    variation: Variation
    lepus: bool
    ground: str
    accent: str
    hash: int = 0


def hash_slug(slug: str) -> int:
    """FNV-1a of 32 bits, mixed once more, since the variation is read from its low bits."""
    h = 0x811C9DC5
    for byte in slug.encode():
        h = (h ^ byte) * 0x01000193 & 0xFFFFFFFF
    h = (h ^ h >> 15) * 0x2C1B3C6D & 0xFFFFFFFF
    h = (h ^ h >> 12) * 0x297A2D39 & 0xFFFFFFFF
    return h ^ h >> 15


def design(slug: str, family: str | None, hue: int | None) -> Motif:
    """Read pattern and dye from the bits of the slug's hash; what the vocabulary leaves open is `tawur`, purple."""
    h = hash_slug(slug)
    turned = (338 if hue is None else hue) + 2 * ((h >> 9 & 7) - 3.5)
    lightness = 0.30 + 0.02 * ((h >> 12 & 3) - 1.5)
    return Motif(
        family=family or TAWUR,
        variation=Variation(a=h & 3, b=h >> 2 & 3, c=h >> 4 & 3),
        lepus=(h >> 6 & 7) < 2,
        ground=oklch(lightness, 0.088, turned),
        accent=oklch(0.80, 0.085, turned) if h >> 14 & 1 else CREAM,
        hash=h,
    )


def cells(motif: Motif) -> tuple[tuple[int, ...], ...]:
    """The whole tile, 24 rows of 24 cells: 0 ground, 1 gold, 2 accent."""
    return tuple((*reversed(row), *row) for row in _half(motif.family, motif.variation, motif.lepus))


def tile(motif: Motif) -> str:
    """One tile, sharp at multiples of 24 pixels."""
    content = _ground(motif.ground, SIZE, SIZE) + _threads(motif, TILE_THREAD)
    return _svg((SIZE, SIZE), TILE_THREAD, content, crisp=True)


def cloth(motif: Motif, width: int, height: int) -> str:
    """A length of cloth in threads: a head of bars, diamonds and shoots, then the tile repeated."""
    return _cloth(motif, _Head(width=HEAD, runs=head()), width, height)


def head() -> list[Run]:
    """The head of a cloth in gold: the upper half of what repeats there, six rows."""
    runs: list[Run] = []
    for y, (start, length) in enumerate(_DIAMOND):
        hollow = max(0, 4 * (y - 2))
        runs += (0, y, 2), (start, y, length), (10, y, 2), (13 + hollow, y, 2 + 4 * y - hollow)
    return runs


def makers(hue: int | None = None) -> Motif:
    """What the catalogue itself wears, in its region's hue."""
    return MAKERS if hue is None else replace(MAKERS, ground=turn(MAKERS.ground, hue))


def makers_cloth(hue: int | None = None) -> str:
    """The catalogue's own cloth, for its first page: a wider head with double shoots, then stars."""
    runs: list[Run] = []
    for y, (start, length) in enumerate(_DIAMOND * 2):
        tip = 21 + round(3.4 * y)
        edge = 17 if y < 4 else 10 + 3 * y
        runs += (0, y, 2), (start, y, length), (10, y, 2), (13, y, 2)
        runs += [(17, y, 2)] if y > 3 else []
        runs += [(21, y, 3 * y - 22)] if y > 7 else []
        runs += [(edge, y, tip - edge)]
    return _cloth(makers(hue), _Head(width=66, runs=runs), *MASTHEAD)


def strip() -> str:
    """The woven strip that closes header and footer, 12 x 7 threads to be repeated; its ground is the page's."""
    runs = [(0, 0, 12), (5, 2, 2), (0, 3, 1), (4, 3, 1), (5.5, 3, 1), (7, 3, 1), (11, 3, 1), (5, 4, 2), (0, 6, 12)]
    return _svg((12, 7), 0.75, f'<g transform="translate(0 0.375)">{_stroke(THREAD, _path(runs))}</g>')


def mark() -> str:
    """The catalogue's mark, 22 x 22 threads without gaps; its ground is the page's."""
    rows = [row[1:-1] for row in cells(MARK)[1:-1]]
    threads = _stroke(THREAD, _path(_runs(rows, GOLD)))
    return _svg((22, 22), 1, f'<g transform="translate(0 0.5)">{threads}</g>', crisp=True)


class _Head(Struct, frozen=True, kw_only=True):
    """The beginning of a cloth: the upper half of what repeats there, in gold."""

    width: int
    runs: Sequence[Run]


def _cloth(motif: Motif, head: _Head, width: int, height: int) -> str:
    thread = 0.8
    rows = 2 * (1 + max(y for _, y, _ in head.runs))
    upper = f'<g id="c" transform="translate(0 {thread / 2:g})">{_stroke(THREAD, _path(head.runs))}</g>'
    # A pattern exactly as wide as the head would let its first bar bleed over the seam.
    return _svg(
        (width, height),
        thread,
        _pattern("h", f'width="{head.width + 4}" height="{rows}"', upper + _mirrored_down("c", rows, thread))
        + _pattern("t", f'x="{head.width}" width="{SIZE}" height="{SIZE}"', _threads(motif, thread))
        + _ground(motif.ground, width, height)
        + f'<path fill="url(#h)" d="M0 0h{head.width}v{height}H0z"/>'
        + f'<path fill="url(#t)" d="M{head.width} 0H{width}v{height}H{head.width}z"/>',
    )


def _threads(motif: Motif, width: float) -> str:
    """The strokes of a tile: one part as lines, the rest as its mirror images. Threads hang from their row's top."""
    gold, accent, is_fourfold = _drawing(motif.family, motif.variation, motif.lepus)
    lines = _stroke(THREAD, gold) + (_stroke(motif.accent, accent) if accent else "")
    top = HALF if is_fourfold else 0
    right = f'<g id="a" transform="translate({HALF} {top + width / 2:g})">{lines}</g>'
    both = f'{right}<use href="#a" transform="matrix(-1 0 0 1 {SIZE} 0)"/>'
    return f'<g id="b">{both}</g>{_mirrored_down("b", SIZE, width)}' if is_fourfold else both


@cache
def _drawing(family: str, variation: Variation, lepus: bool) -> tuple[str, str, bool]:
    """Paths of gold and accent, and whether they are the lower half only. A few hundred serve any number of slugs."""
    rows = _half(family, variation, lepus)
    is_fourfold = rows == rows[::-1]
    part = rows[HALF:] if is_fourfold else rows
    return _path(_runs(part, GOLD)), _path(_runs(part, ACCENT)), is_fourfold


def _half(family: str, variation: Variation, lepus: bool) -> tuple[tuple[int, ...], ...]:
    inverted = {GROUND: GOLD, GOLD: GROUND, ACCENT: ACCENT}
    rows = half(family, variation)
    return tuple(tuple(inverted[cell] for cell in row) for row in rows) if lepus else rows


def _runs(rows: Iterable[Sequence[int]], value: int) -> list[Run]:
    runs: list[Run] = []
    for y, row in enumerate(rows):
        x = 0
        for cell, group in groupby(row):
            length = len(list(group))
            runs += [(x, y, length)] if cell == value else []
            x += length
    return runs


def _path(runs: Iterable[Run]) -> str:
    """Runs as the data of one path; a pen that moves on from where it stands often needs fewer characters."""
    data, pen_x, pen_y = "", 0.0, 0
    for x, y, length in runs:
        data += min(f"M{x:g} {y}h{length}", f"m{x - pen_x:g} {y - pen_y}h{length}", key=len)
        pen_x, pen_y = x + length, y
    return data


def _stroke(colour: str, path: str) -> str:
    return f'<path stroke="{colour}" d="{path}"/>'


def _mirrored_down(name: str, rows: int, width: float) -> str:
    """The image of a drawn part on the other side of the middle of so many rows."""
    return f'<use href="#{name}" transform="matrix(1 0 0 -1 0 {rows - 1 + width:g})"/>'


def _pattern(name: str, measures: str, content: str) -> str:
    return f'<pattern id="{name}" {measures} patternUnits="userSpaceOnUse">{content}</pattern>'


def _ground(colour: str, width: int, height: int) -> str:
    return f'<path fill="{colour}" d="M0 0h{width}v{height}H0z"/>'


def _svg(size: tuple[int, int], thread: float, content: str, *, crisp: bool = False) -> str:
    box = f'viewBox="0 0 {size[0]} {size[1]}" stroke-width="{thread:g}"'
    rendering = ' shape-rendering="crispEdges"' if crisp else ""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}{rendering}>{content}</svg>'


# The mark is this tile without its rim and its accent.
MARK = Motif(family=BINTANG, variation=Variation(a=0, b=0, c=0), lepus=False, ground=BRAND, accent=CREAM)
# The catalogue's own cloth.
MAKERS = Motif(family=BINTANG, variation=Variation(a=1, b=0, c=0), lepus=False, ground="#5a1540", accent=CREAM)
