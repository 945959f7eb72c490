"""The songket patterns: what a slug wears, and what its files hold."""

import hashlib
import re
from collections.abc import Iterator
from itertools import product
from xml.etree import ElementTree as ET

import pytest

from katalog import motif
from katalog.families import FAMILIES, Variation
from katalog.load import read_toml
from katalog.motif import BAND, MASTHEAD, TILE_THREAD, Motif, cells, cloth, design, tile
from katalog.vocabulary import read_vocabulary
from tests.conftest import BASE, TODAY, Built

MOST_BYTES_OF_TILE, MOST_BYTES_OF_CLOTH = 897, 1397
SLUGS = [f"inovasi-{number}" for number in range(4000)]

# slug, family, hue -> hash, choices, lepus, ground, accent
KNOWN = [
    ("kapsul-cinta", "bintang", 16, 0x7A028BCB, (3, 2, 0), False, "#480d14", "#f3e7c9"),
    ("belah-dadoku", "naga-besaung", 290, 0x1A2130E9, (1, 2, 2), False, "#302d60", "#f3e7c9"),
    ("siba-songket", "pucuk-rebung", 284, 0x6E4F0EEE, (2, 3, 2), False, "#281b4d", "#f3e7c9"),
    ("simdalbangda", "tampuk-manggis", 256, 0xF04B72E1, (1, 0, 2), False, "#083660", "#95c2f3"),
    ("bunga-desa", "tawur", 338, 0xC7E1B02D, (1, 3, 2), True, "#4e224a", "#f3e7c9"),
]

# The left upper quarter of what `siba-songket` wears.
SIBA_SONGKET = """
#o.#.......#
o.#.......##
.#.......###
#.......####
.......#####
......#####.
.....#####..
....#####..#
...#####..#o
..#####.##.#
.#####.####.
#.#.#.#.#.#.
"""

# How many patterns a family has, and a digest of all of them: an entry keeps its face.
PATTERNS = {
    "bintang": (32, "d7012fb1c7004dff"),
    "naga-besaung": (96, "2872a7e0fd8f31b1"),
    "pucuk-rebung": (64, "a7221a4385958de3"),
    "tampuk-manggis": (96, "c84d4b05fe9e0e0f"),
    "tawur": (96, "3127b4c352d95bf5"),
}


def _every(family: str) -> Iterator[Motif]:
    for a, b, c, lepus in product(range(4), range(4), range(4), (False, True)):
        yield Motif(family=family, variation=Variation(a=a, b=b, c=c), lepus=lepus, ground="#480d14", accent="#f3e7c9")


def _files(pattern: Motif) -> list[str]:
    return [tile(pattern), cloth(pattern, *BAND)]


@pytest.mark.parametrize(("slug", "family", "hue", "number", "choices", "lepus", "ground", "accent"), KNOWN)
def test_known_slugs_wear_what_was_designed(  # noqa: PLR0913 (a row of the table)
    *,
    slug: str,
    family: str,
    hue: int,
    number: int,
    choices: tuple[int, int, int],
    lepus: bool,
    ground: str,
    accent: str,
) -> None:
    """The values that the design names."""
    assert design(slug, family, hue) == Motif(
        family=family, variation=Variation(*choices), lepus=lepus, ground=ground, accent=accent, hash=number
    )


def test_what_the_vocabulary_leaves_open_is_scattered_and_purple() -> None:
    """An entry without a field of government has a face too."""
    assert design("bunga-desa", None, None) == design("bunga-desa", "tawur", 338)


def test_a_pattern_is_woven_cell_by_cell() -> None:
    """One pattern, to be seen."""
    rows = cells(design("siba-songket", "pucuk-rebung", 284))
    drawn = "\n".join("".join(".#o"[cell] for cell in row[:12]) for row in rows[:12])

    assert drawn == SIBA_SONGKET.strip()
    assert rows == rows[::-1]
    assert rows == tuple(row[::-1] for row in rows)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_pattern_of_a_family_stays_as_it_is(family: str) -> None:
    """A change of any rule changes faces that people know."""
    patterns = [cells(pattern) for pattern in _every(family)]
    digest = hashlib.sha256(repr(patterns).encode()).hexdigest()[:16]

    assert (len(set(patterns)), digest) == PATTERNS[family]
    assert all(len(rows) == 24 and {len(row) for row in rows} == {24} for rows in patterns)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_file_is_small_and_plain(family: str) -> None:
    """Within its bytes, well-formed, without style, script or anything from elsewhere."""
    for pattern in _every(family):
        *tiles, band = _files(pattern)

        assert max(map(len, tiles)) <= MOST_BYTES_OF_TILE
        assert max(len(band), len(cloth(pattern, *MASTHEAD))) <= MOST_BYTES_OF_CLOTH
        for text in (tiles[0], band):
            _check_plain(text)


def test_the_catalogues_own_files_are_plain() -> None:
    """The maker's cloth, the strip and the mark follow the same rules."""
    for text in (motif.makers_cloth(), motif.strip(), motif.mark()):
        _check_plain(text)
        assert len(text) <= MOST_BYTES_OF_CLOTH


def _check_plain(text: str) -> None:
    names = set()
    for element in ET.fromstring(text).iter():
        names.add(element.tag.removeprefix("{http://www.w3.org/2000/svg}"))
        assert not {key for key in element.attrib if key == "style" or key.startswith("on")}
        for key, value in element.items():
            assert value.startswith("#") or key != "href"
            assert not re.search(r"url\((?!#)|:", value)
    assert names <= {"svg", "path", "g", "use", "pattern"}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_tile_draws_its_cells(family: str) -> None:
    """Every thread of the file lies where `cells` says, hung from the top of its row."""
    for pattern in _every(family):
        drawn = _draw(tile(pattern), TILE_THREAD)
        rows = cells(pattern)

        assert drawn == {(x, y): rows[y][x] for y in range(24) for x in range(24) if rows[y][x]}


def _draw(text: str, width: float) -> dict[tuple[int, int], int]:
    """The cells under each stroke of a tile."""
    root = ET.fromstring(text)
    by_id = {element.get("id"): element for element in root.iter()}
    drawn: dict[tuple[int, int], int] = {}

    def walk(element: ET.Element, steps: tuple[tuple[float, ...], ...]) -> None:
        steps = (_matrix(element.get("transform", "")), *steps)
        if element.tag.endswith("use"):
            walk(by_id[element.get("href", "")[1:]], steps)
        for child in element:
            walk(child, steps)
        stroke = element.get("stroke")
        for x, y in _points(element.get("d", "")) if stroke else ():
            for a, d, e, f in steps:
                x, y = a * x + e, d * y + f  # noqa: PLW2901 (each step moves the point on)
            drawn[int(x), round(y - width / 2)] = 1 if stroke == motif.THREAD else 2

    walk(root, ())
    return drawn


def _matrix(transform: str) -> tuple[float, ...]:
    numbers = [float(word) for word in re.findall(r"-?[\d.]+", transform)]
    if transform.startswith("translate"):
        return (1, 1, *numbers)
    return (numbers[0], numbers[3], *numbers[4:]) if numbers else (1, 1, 0, 0)


def _points(path: str) -> Iterator[tuple[float, float]]:
    """The middle of every cell along the path."""
    x = y = 0.0
    for pen, to_x, to_y, length in re.findall(r"([Mm])(-?[\d.]+) (-?\d+)h(\d+)", path):
        x, y = (float(to_x), float(to_y)) if pen == "M" else (x + float(to_x), y + float(to_y))
        for step in range(int(length)):
            yield x + step + 0.5, y
        x += int(length)


@pytest.mark.parametrize("family", FAMILIES)
def test_slugs_of_one_field_differ(family: str) -> None:
    """Dye and pattern together tell thousands of slugs apart as far as the bits of the hash reach."""
    faces = {(cells(face), face.ground, face.accent) for face in (design(slug, family, 16) for slug in SLUGS)}
    files = {tile(design(slug, family, 16)) for slug in SLUGS}

    assert len({face.ground for face in (design(slug, family, 16) for slug in SLUGS)}) == 8 * 4
    assert len(files) > 1500
    assert len(faces) >= len(files)


def test_neighbouring_slugs_differ_in_pattern() -> None:
    """One letter more is another cloth: the hash mixes its low bits."""
    choices = [design(f"program-{letter}", "tampuk-manggis", 256).variation for letter in "abcdefghijklmnopqrstuvwxyz"]

    assert len(set(choices)) > 15


def test_a_cloth_begins_with_its_head_and_repeats_its_tile() -> None:
    """It is as large as it was asked to be, and the tile follows the head without a gap."""
    text = cloth(design("siba-songket", "pucuk-rebung", 284), 800, 240)
    root = ET.fromstring(text)
    namespace = "{http://www.w3.org/2000/svg}"
    head, body = root.findall(f"{namespace}pattern")
    fills = [(path.get("fill"), path.get("d")) for path in root.findall(f"{namespace}path")]

    assert root.get("viewBox") == "0 0 800 240"
    assert (head.get("width"), head.get("height")) == ("40", "12")
    assert (body.get("x"), body.get("width"), body.get("height")) == ("36", "24", "24")
    assert fills == [
        ("#281b4d", "M0 0h800v240H0z"),
        ("url(#h)", "M0 0h36v240H0z"),
        ("url(#t)", "M36 0H800v240H36z"),
    ]


def test_the_mark_is_a_star_without_its_rim() -> None:
    """The middle of it stays open, where the tile has its accent."""
    text = motif.mark()

    assert ET.fromstring(text).get("viewBox") == "0 0 22 22"
    assert text.count("stroke=") == 1
    assert (11, 11) not in _draw(text, 1)
    assert len(_draw(text, 1)) == sum(cell == 1 for row in cells(motif.MARK)[1:-1] for cell in row[1:-1])


def test_families_come_from_the_vocabulary() -> None:
    """Which field wears which family is data."""
    text, _ = read_toml(BASE / "content" / "vocabulary.toml", BASE)
    vocabulary, problems = read_vocabulary(text, TODAY)

    assert problems == ()
    assert [term.motif for term in vocabulary.lists["kelompok_urusan"]] == ["bintang", "pucuk-rebung"]


def test_an_entry_wears_the_dye_of_its_main_field(small: Built) -> None:
    """The first of its fields; KOPI SEHAT serves health before farming, and has a slug of its own."""
    expected = design("kopi-sehat", "bintang", 16)

    assert small.text("motif/inovasi/kopi-sehat.svg") == tile(expected)
    assert small.text("motif/inovasi/kopi-sehat-kain.svg") == cloth(expected, *BAND)
