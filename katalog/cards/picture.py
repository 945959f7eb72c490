"""A card as pixels: cloth, letters, badge, in one byte a pixel and as few colours as that needs."""

from collections.abc import Sequence
from functools import partial
from io import BytesIO

from msgspec.structs import replace
from PIL import Image, ImageDraw

from katalog.cards.letters import Letters, drawable, read_letters
from katalog.cards.lines import Block, Room, fit
from katalog.families import GOLD, GROUND
from katalog.model import Card, Draw
from katalog.motif import HEAD, MARK, THREAD, Motif, cells, head

WIDTH, HEIGHT = 1200, 630
# Pixels of a thread in the band and in the mark; the last of them is ground, so that the weft shows.
BAND_THREAD, MARK_THREAD = 6, 4
BAND = 33 * BAND_THREAD
# Left edges of the margin and of the name, and the right edge of both; the middle square ends at SQUARE.
MARGIN, LEFT, RIGHT, SQUARE = 56, 316, 1144, 900
TOP, BOTTOM = BAND + 42, HEIGHT - 46
MARGIN_WIDTH = 228
DETAIL_GAP, BADGE_GAP = 16, 28

# Values of pixels: three of the cloth, then shades from the ground to each colour of letters.
SHADES = 14
NAME, QUIET, BADGE = range(3, 3 + 3 * SHADES, SHADES)
LIGHT, SOFT = "#fdf3f8", "#e3c6d6"
BADGES = {"terverifikasi": "#86d6a6", "contoh": "#c3b0bc"}
OTHER_BADGE = "#ecc06a"

# Titles that fit the middle square come first, then the whole width; so do details.
NAME_ROOMS = (
    Room(width=SQUARE - LEFT, sizes=(148, 136, 126, 116, 108, 100, 92, 86, 80, 76, 72, 68, 64, 60), leading=1.04),
    Room(width=RIGHT - LEFT, sizes=(76, 72, 68, 64, 60, 56, 52, 48, 44, 40, 38, 36, 34), leading=1.07),
)
DETAIL_ROOMS = (
    Room(width=SQUARE - LEFT, sizes=(40, 38, 36, 34), leading=1.2, most_lines=1),
    Room(width=SQUARE - LEFT, sizes=(36, 34), leading=1.2, most_lines=2),
    Room(width=RIGHT - LEFT, sizes=(34, 32, 30, 28, 26), leading=1.2, most_lines=2),
)
STATUS_ROOM = Room(width=RIGHT - LEFT - 90, sizes=(28, 26, 24), leading=1.2, most_lines=1)
CATALOGUE_ROOM = Room(width=MARGIN_WIDTH, sizes=(32, 30, 28, 26, 24, 22, 20), leading=1.12, most_lines=2)
REGION_ROOM = Room(width=MARGIN_WIDTH, sizes=(26, 24, 22, 20), leading=1.18, most_lines=3)


def make_painter() -> Draw:
    """Open the letters once for all cards."""
    return partial(_paint, bold=read_letters(700), plain=read_letters(500))


def _paint(card: Card, *, bold: Letters, plain: Letters) -> bytes:
    canvas = Image.new("L", (WIDTH, HEIGHT), GROUND)
    _weave(canvas, card.motif)
    _sign(canvas, card, bold, plain)
    badge_top = _stamp(canvas, card, bold) if card.status else BOTTOM
    detail = fit(drawable(card.detail, plain.known), DETAIL_ROOMS, plain.width)
    below = detail.height + DETAIL_GAP if detail.lines else 0
    height = badge_top - TOP - below - (BADGE_GAP if card.status else 0)
    rooms = [replace(room, height=height) for room in NAME_ROOMS]
    name = fit(drawable(card.title, bold.known), rooms, bold.width)
    _write(canvas, (LEFT, TOP), name, bold, NAME)
    _write(canvas, (LEFT, TOP + name.height + DETAIL_GAP), detail, plain, QUIET)
    return _save(canvas, card)


def _weave(canvas: Image.Image, worn: Motif) -> None:
    """The band: the head of the cloth, then its tile again and again, and a hem of two threads."""
    thread = BAND_THREAD
    start = Image.new("L", (HEAD * thread, 12 * thread), GROUND)
    for x, y, length in head():
        for row in (y, 11 - y):
            _run(start, GOLD, round(x * thread), row * thread, round(length * thread))
    tile = _tile(cells(worn), thread)
    for y in range(0, BAND, start.height):
        canvas.paste(start, (0, y))
    for y in range(0, BAND, tile.height):
        for x in range(start.width, WIDTH, tile.width):
            canvas.paste(tile, (x, y))
    canvas.paste(GROUND, (0, BAND - thread, WIDTH, HEIGHT))
    canvas.paste(GOLD, (0, BAND - thread + 1, WIDTH, BAND))


def _tile(rows: Sequence[Sequence[int]], thread: int) -> Image.Image:
    tile = Image.new("L", (len(rows[0]) * thread, len(rows) * thread), GROUND)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if cell:
                _run(tile, cell, x * thread, y * thread, thread)
    return tile


def _run(image: Image.Image, value: int, x: int, y: int, length: int) -> None:
    image.paste(value, (x, y, x + length, y + BAND_THREAD - 1))


def _sign(canvas: Image.Image, card: Card, bold: Letters, plain: Letters) -> None:
    """The margin: the mark, the catalogue's name, its region, from the bottom upward."""
    region = fit(drawable(card.region, plain.known), [REGION_ROOM], plain.width)
    catalogue = fit(drawable(card.catalogue, bold.known), [CATALOGUE_ROOM], bold.width)
    top = BOTTOM - region.height
    _write(canvas, (MARGIN, top), region, plain, QUIET)
    top -= catalogue.height + 6
    _write(canvas, (MARGIN, top), catalogue, bold, NAME)
    mark = [row[1:-1] for row in cells(MARK)[1:-1]]
    for y, row in enumerate(mark):
        for x, cell in enumerate(row):
            if cell == GOLD:
                left, upper = MARGIN + x * MARK_THREAD, TOP + y * MARK_THREAD
                canvas.paste(GOLD, (left, upper, left + MARK_THREAD, upper + MARK_THREAD))


def _stamp(canvas: Image.Image, card: Card, bold: Letters) -> int:
    """The badge: a border, the diamond of its status, the word; the height at which it starts."""
    words = fit(drawable(card.status, bold.known), [STATUS_ROOM], bold.width)
    width = 66 + round(bold.width(words.lines[0], words.size)) + 22
    height = 52
    top = BOTTOM - height
    # Twice as large, then halved: slanted edges become smooth.
    badge = Image.new("L", (2 * width, 2 * height), 0)
    pen = ImageDraw.Draw(badge)
    pen.rectangle((0, 0, 2 * width - 1, 2 * height - 1), outline=255, width=5)
    _diamond(pen, card.status_slug)
    badge = badge.reduce(2)
    bold.draw(ImageDraw.Draw(badge), (60, 26 + round(words.size * 0.33)), words.lines[0], words.size)
    canvas.paste(badge.point(_shades(BADGE)), (LEFT, top))
    return top


def _diamond(pen: ImageDraw.ImageDraw, status: str) -> None:
    """As on the site: solid verified, pierced from public sources, half from its manager, else an outline."""
    x, y, reach = 68, 52, 26
    whole = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]
    match status:
        case "terverifikasi":
            pen.polygon(whole, fill=255)
        case "sumber-publik":
            pen.polygon(whole, fill=255)
            pen.polygon([(x, y - 10), (x + 10, y), (x, y + 10), (x - 10, y)], fill=0)
        case "diajukan-pengelola":
            pen.polygon(whole, outline=255, width=5)
            pen.polygon([whole[0], whole[2], whole[3]], fill=255)
        case _:
            pen.polygon(whole, outline=255, width=5)


def _write(canvas: Image.Image, at: tuple[int, int], block: Block, letters: Letters, colour: int) -> None:
    """Lines of text, the first one's capitals from `at` downward."""
    left, top = at
    if not block.lines:
        return
    # Room for marks above and tails below.
    above = block.size // 2
    width = min(WIDTH - left, 4 + round(max(letters.width(line, block.size) for line in block.lines)) + 4)
    layer = Image.new("L", (width, block.height + 2 * above), 0)
    pen = ImageDraw.Draw(layer)
    for number, line in enumerate(block.lines):
        letters.draw(pen, (0, above + round(block.size * 0.7) + number * block.leading), line, block.size)
    canvas.paste(layer.point(_shades(colour)), (left, top - above), layer.point(_MASK))


_MASK = [0, *([255] * 255)]


def _shades(colour: int) -> list[int]:
    """What coverage of 0 to 255 becomes: the ground, or one of the shades that end in the colour."""
    steps = [round(cover * SHADES / 255) for cover in range(256)]
    return [colour + step - 1 if step else GROUND for step in steps]


def _save(canvas: Image.Image, card: Card) -> bytes:
    ground = _rgb(card.motif.ground)
    palette = [*ground, *_rgb(THREAD), *_rgb(card.motif.accent)]
    for colour in (LIGHT, SOFT, BADGES.get(card.status_slug, OTHER_BADGE)):
        for step in range(1, SHADES + 1):
            palette += [
                round(low + (high - low) * step / SHADES) for low, high in zip(ground, _rgb(colour), strict=True)
            ]
    canvas.putpalette(palette)
    result = BytesIO()
    canvas.save(result, "PNG", compress_level=6)
    return result.getvalue()


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))
