"""The icons as they are drawn, and as they lie in static/identity/."""

from io import BytesIO
from math import hypot

import pytest
from PIL import Image
from PIL.IcoImagePlugin import IcoImageFile

from katalog.colours import BRAND, brand
from katalog.icons import PICTURES, TAB_SIZES, draw, draw_icons, draw_svg, mark_rows, star_rows
from katalog.motif import THREAD
from tests.conftest import ROOT

IDENTITY = ROOT / "static" / "identity"
ICONS = draw_icons()
MOST_BYTES = 1000


def _pixels(picture: Image.Image) -> bytes:
    return picture.convert("RGB").tobytes()


def _open(name: str) -> Image.Image:
    return Image.open(BytesIO(ICONS[name]))


@pytest.mark.parametrize(("name", "size", "thread"), PICTURES)
def test_a_picture_is_the_mark(name: str, size: int, thread: int) -> None:
    """In two colours and few bytes."""
    picture = _open(name)

    assert (picture.format, picture.mode, picture.size) == ("PNG", "P", (size, size))
    assert _pixels(picture) == _pixels(draw(mark_rows(), size, thread))
    assert len(ICONS[name]) < MOST_BYTES


def test_tabs_show_a_star() -> None:
    """Both forms of the icon hold the same star, drawn for its size."""
    icon = _open("favicon.ico")

    assert ICONS["favicon.svg"].decode() == draw_svg(star_rows())
    assert isinstance(icon, IcoImageFile)
    assert icon.ico.sizes() == {(size, size) for size in TAB_SIZES}
    for size in TAB_SIZES:
        assert _pixels(icon.ico.getimage((size, size))) == _pixels(draw(star_rows(), size, size // 16))
    assert len(ICONS["favicon.ico"]) < MOST_BYTES


def test_another_region_s_icons_stand_on_its_colour() -> None:
    """The figure stays."""
    icons = draw_icons(150)

    assert icons.keys() == ICONS.keys()
    assert icons["favicon.svg"].decode() == ICONS["favicon.svg"].decode().replace(BRAND, brand(150))
    assert not [name for name in icons if icons[name] == ICONS[name]]


def test_what_lies_in_the_identity_is_what_pages_ask_for() -> None:
    """A region may lay its own pictures there: of these names, kinds and sizes."""
    assert {path.relative_to(IDENTITY).as_posix() for path in IDENTITY.rglob("*.*")} >= ICONS.keys()
    for name, size, _ in PICTURES:
        with Image.open(IDENTITY / name) as picture:
            assert (picture.format, picture.size) == ("PNG", (size, size)), name


def test_the_star_fits_its_grid() -> None:
    """A thread of ground all around, and the same seen from every side."""
    rows = star_rows()

    assert [len(row) for row in rows] == [16] * 16
    assert not any(any(rows[y]) or any(row[y] for row in rows) for y in (0, 15))
    assert [list(row) for row in rows] == [list(row) for row in zip(*rows, strict=True)]


def test_a_launcher_of_any_shape_shows_the_whole_mark() -> None:
    """Gold lies within the circle of 80 % that every mask keeps."""
    pixels = _open("ikon/ikon-maskable-512.png").convert("RGB")
    gold = tuple(bytes.fromhex(THREAD[1:]))
    reach = max(
        hypot(x + 0.5 - 256, y + 0.5 - 256) for x in range(512) for y in range(512) if pixels.getpixel((x, y)) == gold
    )

    assert reach < 0.4 * 512
    assert pixels.getpixel((0, 0)) == tuple(bytes.fromhex(BRAND[1:]))
