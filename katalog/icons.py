"""The mark -> a site's icons: favicon.* and ikon/*.png, as they lie in static/identity/.

The mark has 22 x 22 threads and stays sharp where each is a whole number of pixels. Tabs show 16
pixels, so their icon is a smaller star of the same make, on a grid of 16.
"""

from collections.abc import Sequence
from io import BytesIO
from itertools import groupby

from PIL import Image

from katalog.colours import BRAND, brand
from katalog.families import GOLD, TAWUR, Variation
from katalog.motif import CREAM, MARK, THREAD, Motif, cells

# Name, size of the picture, pixels of a thread. Of the last one, launchers show any shape that holds the
# circle of 80 % around the middle: its star ends before that.
PICTURES = (
    ("ikon/apple-touch-icon.png", 180, 6),
    ("ikon/ikon-192.png", 192, 7),
    ("ikon/ikon-512.png", 512, 19),
    ("ikon/ikon-maskable-512.png", 512, 13),
)
TAB_SIZES = (16, 32)

Rows = Sequence[Sequence[int]]


def draw_icons(hue: int | None = None) -> dict[str, bytes]:
    """Every icon by its name, on the ground of a region's hue."""
    ground = brand(hue)
    files = {}
    for name, size, thread in PICTURES:
        files[name] = _saved(draw(mark_rows(), size, thread, ground), "PNG", optimize=True, bits=1)
    files["favicon.svg"] = draw_svg(star_rows(), ground).encode()
    small, large = (draw(star_rows(), size, size // TAB_SIZES[0], ground) for size in TAB_SIZES)
    sizes = [(size, size) for size in TAB_SIZES]
    return files | {"favicon.ico": _saved(large, "ICO", sizes=sizes, append_images=[small])}


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    file = BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def mark_rows() -> Rows:
    """The mark: its tile without the rim."""
    return [row[1:-1] for row in cells(MARK)[1:-1]]


def star_rows() -> Rows:
    """A star of 14 threads with a thread of ground around it."""
    small = Motif(family=TAWUR, variation=Variation(a=1, b=0, c=2), lepus=False, ground=MARK.ground, accent=CREAM)
    return [row[4:-4] for row in cells(small)[4:-4]]


def draw(rows: Rows, size: int, thread: int, ground: str = BRAND) -> Image.Image:
    """The golden cells in the middle of a square of ground, in two colours."""
    picture = Image.new("P", (size, size))
    picture.putpalette(bytes.fromhex(ground[1:] + THREAD[1:]))
    margin = (size - thread * len(rows)) // 2
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if cell == GOLD:
                left, top = margin + x * thread, margin + y * thread
                picture.paste(1, (left, top, left + thread, top + thread))
    return picture


def draw_svg(rows: Rows, ground: str = BRAND) -> str:
    """The same as filled runs, which no renderer parts from each other."""
    size, path = len(rows), ""
    for y, row in enumerate(rows):
        x = 0
        for cell, group in groupby(row):
            length = len(list(group))
            path += f"M{x} {y}h{length}v1h-{length}z" if cell == GOLD else ""
            x += length
    under = f'<path fill="{ground}" d="M0 0h{size}v{size}H0z"/>'
    star = f'<path fill="{THREAD}" d="{path}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">{under}{star}</svg>\n'
