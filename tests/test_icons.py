"""The icons as they are committed."""

from math import hypot

import pytest
from PIL import Image
from PIL.IcoImagePlugin import IcoImageFile

from katalog.motif import MARK, THREAD
from tools.icons import FOLDER, PICTURES, TAB_SIZES, draw, draw_svg, mark_rows, star_rows

MOST_BYTES = 1000


def _pixels(picture: Image.Image) -> bytes:
    return picture.convert("RGB").tobytes()


@pytest.mark.parametrize(("name", "size", "thread"), PICTURES)
def test_a_picture_is_the_mark(name: str, size: int, thread: int) -> None:
    """The committed file is what the program draws, in two colours and few bytes."""
    with Image.open(FOLDER / name) as picture:
        assert (picture.format, picture.mode, picture.size) == ("PNG", "P", (size, size))
        assert _pixels(picture) == _pixels(draw(mark_rows(), size, thread))
    assert (FOLDER / name).stat().st_size < MOST_BYTES


def test_tabs_show_a_star() -> None:
    """Both forms of the icon hold the same star, drawn for its size."""
    assert (FOLDER / "favicon.svg").read_text(encoding="utf-8") == draw_svg(star_rows())
    with Image.open(FOLDER / "favicon.ico") as icon:
        assert isinstance(icon, IcoImageFile)
        assert icon.ico.sizes() == {(size, size) for size in TAB_SIZES}
        for size in TAB_SIZES:
            assert _pixels(icon.ico.getimage((size, size))) == _pixels(draw(star_rows(), size, size // 16))
    assert (FOLDER / "favicon.ico").stat().st_size < MOST_BYTES


def test_the_star_fits_its_grid() -> None:
    """A thread of ground all around, and the same seen from every side."""
    rows = star_rows()

    assert [len(row) for row in rows] == [16] * 16
    assert not any(any(rows[y]) or any(row[y] for row in rows) for y in (0, 15))
    assert [list(row) for row in rows] == [list(row) for row in zip(*rows, strict=True)]


def test_a_launcher_of_any_shape_shows_the_whole_mark() -> None:
    """Gold lies within the circle of 80 % that every mask keeps."""
    with Image.open(FOLDER / "ikon" / "ikon-maskable-512.png") as picture:
        pixels = picture.convert("RGB")
    gold = tuple(bytes.fromhex(THREAD[1:]))
    reach = max(
        hypot(x + 0.5 - 256, y + 0.5 - 256) for x in range(512) for y in range(512) if pixels.getpixel((x, y)) == gold
    )

    assert reach < 0.4 * 512
    assert pixels.getpixel((0, 0)) == tuple(bytes.fromhex(MARK.ground[1:]))
