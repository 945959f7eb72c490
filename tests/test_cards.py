"""Cards for sharing: what they say, whether it fits, and that the same card is the same bytes."""

import io
import itertools
from pathlib import Path

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from katalog import motif
from katalog.cards import make_draw
from katalog.cards.letters import Letters, drawable, read_letters
from katalog.cards.lines import ELLIPSIS, Room, fit
from katalog.cards.picture import BAND, BOTTOM, DETAIL_ROOMS, HEIGHT, LEFT, NAME_ROOMS, RIGHT, SQUARE, TOP, WIDTH
from katalog.families import BINTANG
from katalog.model import Card
from katalog.pages.cards import SHARED
from katalog.store import open_store, plain
from tests.conftest import Built, build_project, memory

MOST_BYTES = 40_000
BASE_URL = "https://katalog.example/contoh/"
LONG = (
    "Layanan Penyuluhan Keliling Pekarangan Lestari dan Dapur Hidup "
    "Keluarga Prasejahtera di Desa Tepi Sungai Contoh Raya"
)
MANAGER = (
    "Dinas Contoh Pemberdayaan Perempuan, Perlindungan Anak, "
    "Pengendalian Penduduk, dan Keluarga Berencana Kabupaten Ini"
)
TITLES = ("OKE", "KOPI SEHAT", "Café Désa Ñusa, Šumur Ālam", "Kopi 漢 🌱 x̄", "W" * 120, "i " * 60, LONG)


def _card(title: str = "KOPI SEHAT", detail: str = "Dinas Contoh", status: str = "sumber-publik") -> Card:
    return Card(
        motif=motif.design(title, BINTANG, 16),
        title=title,
        detail=detail,
        status="Sumber publik" if status else "",
        status_slug=status,
        catalogue="Katalog Contoh",
        region="Kabupaten Contoh Sejahtera",
    )


def _open(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.fixture(scope="module")
def bold() -> Letters:
    """The weight of names."""
    return read_letters(700)


@pytest.mark.parametrize("title", TITLES, ids=range(len(TITLES)))
@pytest.mark.parametrize("detail", ["", "Dinas Contoh", MANAGER], ids=["none", "short", "long"])
def test_every_name_stays_inside_its_card(title: str, detail: str) -> None:
    """Nothing but ground at the edges and between name, badge and margin; few bytes, whatever is written."""
    content = make_draw(plain)(_card(title, detail))
    picture = _open(content)

    assert picture.size == (WIDTH, HEIGHT)
    assert len(content) <= MOST_BYTES
    free = {
        "left": (0, BAND, 50, HEIGHT),
        "right": (RIGHT + 12, BAND, WIDTH, HEIGHT),
        "above": (0, BAND, WIDTH, BAND + 12),
        "below": (0, BOTTOM + 1, WIDTH, HEIGHT),
        "between": (LEFT - 26, BAND, LEFT - 12, HEIGHT),
        "over the badge": (LEFT, BOTTOM - 52 - 10, RIGHT, BOTTOM - 52),
    }
    assert [name for name, box in free.items() if picture.crop(box).getextrema() != (0, 0)] == []


@pytest.mark.parametrize("title", [title for title in TITLES if " " in title or len(title) < 20])
def test_names_are_written_in_full(title: str, bold: Letters) -> None:
    """The longest that an entry may have, too."""
    rooms = [Room(width=room.width, sizes=room.sizes, leading=room.leading, height=160) for room in NAME_ROOMS]

    block = fit(drawable(title, bold.known), rooms, bold.width)

    assert " ".join(block.lines) == drawable(title, bold.known)
    assert all(bold.width(line, block.size) <= RIGHT - LEFT for line in block.lines)
    assert block.height <= 160


def test_a_manager_of_any_length_has_two_lines() -> None:
    """Offices have long names."""
    block = fit(MANAGER, DETAIL_ROOMS, read_letters(500).width)

    assert " ".join(block.lines) == MANAGER
    assert len(block.lines) == 2


def test_what_cannot_fit_ends_in_an_ellipsis_at_the_smallest_size(bold: Letters) -> None:
    """Only a word without end comes to that."""
    room = Room(width=400, sizes=(60, 40), leading=1.0, height=130)

    block = fit("W" * 120, [room], bold.width)

    assert block.size == 40
    assert len(block.lines) == 3
    assert block.lines[-1].endswith(ELLIPSIS)
    assert all(bold.width(line, 40) <= 400 for line in block.lines)


def _plain_width(text: str, size: int) -> float:
    return len(text) * size / 2


def test_lines_are_of_about_one_length() -> None:
    """As few lines as there must be, and none left with one short word."""
    room = Room(width=200, sizes=(20,), leading=1.1)

    block = fit("aaaa bbbb cccc dddd eeee", [room], _plain_width)

    assert sorted(map(len, block.lines)) == [len("aaaa bbbb"), len("aaaa bbbb cccc")]
    assert " ".join(block.lines) == "aaaa bbbb cccc dddd eeee"
    assert (block.size, block.leading, block.height) == (20, 22, 44)


@pytest.mark.parametrize(("sizes", "size", "count"), [((20, 18), 18, 2), ((20, 14), 20, 3)])
def test_a_line_less_is_worth_a_little_size(sizes: tuple[int, ...], size: int, count: int) -> None:
    """Two lines read better than three, but not if they are much smaller."""
    block = fit("aaaaa bbbbb ccccc", [Room(width=100, sizes=sizes, leading=1.0)], _plain_width)

    assert (block.size, len(block.lines)) == (size, count)


def test_short_names_stay_in_the_middle_square() -> None:
    """Some messengers show that alone."""
    picture = _open(make_draw(plain)(_card("KOPI SEHAT"))).crop((SQUARE, TOP, WIDTH, HEIGHT))

    assert (WIDTH + HEIGHT) // 2 >= SQUARE
    assert picture.getextrema() == (0, 0)


def test_letters_with_marks_are_themselves(bold: Letters) -> None:
    """Names are not shorn of their accents; what no font has is left out, or a box where it was a letter."""
    assert drawable("Café Šumur Ñusa", bold.known) == "Café Šumur Ñusa"
    assert drawable("Cafe\N{COMBINING ACUTE ACCENT}", bold.known) == "Café"
    assert drawable("Ｋｏｐｉ\tx\N{COMBINING MACRON} 🌱 kita", bold.known) == "Kopi x kita"
    assert drawable("漢", bold.known) == "漢"
    assert drawable("\N{HEAVY BLACK HEART}", bold.known) == ""


def test_letters_that_belong_together_move_together(bold: Letters) -> None:
    """Pairs are told apart from the sum of their letters."""
    assert bold.width("AV", 100) < bold.width("A", 100) + bold.width("V", 100)


def test_a_name_of_nothing_that_can_be_drawn_is_still_a_card() -> None:
    """Cloth, catalogue and status remain."""
    assert _open(make_draw(plain)(_card("🌱🌱🌱", "🌱"))).size == (WIDTH, HEIGHT)


def test_the_band_is_the_cloth_of_the_entry() -> None:
    """Thread by thread the cells of its pattern, in its own dye."""
    card = _card()
    picture = _open(make_draw(plain)(card)).convert("RGB")
    colours = {0: card.motif.ground, 1: motif.THREAD, 2: card.motif.accent}

    for y, row in itertools.islice(enumerate(motif.cells(card.motif)), 24):
        for x, cell in enumerate(row):
            red, green, blue = picture.getpixel((216 + 6 * x + 3, 6 * y + 2))  # type: ignore[misc]
            assert f"#{red:02x}{green:02x}{blue:02x}" == colours[cell]


@pytest.mark.parametrize("status", ["terverifikasi", "sumber-publik", "diajukan-pengelola", "contoh"])
def test_each_status_has_a_diamond_of_its_own(status: str) -> None:
    """By shape, for those who do not see colour."""
    others = {"terverifikasi", "sumber-publik", "diajukan-pengelola", "contoh"} - {status}
    box = (LEFT + 16, BOTTOM - 45, LEFT + 54, BOTTOM - 7)

    def shape(slug: str) -> bytes:
        return _open(make_draw(plain)(_card(status=slug))).crop(box).tobytes()

    assert shape(status) not in {shape(other) for other in others}


def test_the_same_card_is_the_same_bytes(tmp_path: Path) -> None:
    """Drawn twice, remembered, and remembered by the next build."""
    drawn = make_draw(plain)(_card())
    path = tmp_path / "toko.sqlite3"
    for _ in range(2):
        store = open_store(path)
        assert make_draw(store.remember)(_card()) == drawn
        store.close()
    assert make_draw(plain)(_card()) == drawn


def test_cards_that_differ_in_anything_are_kept_apart(tmp_path: Path) -> None:
    """One that shows another status or manager is another card."""
    store = open_store(tmp_path / "toko.sqlite3")
    cards = [_card(), _card(detail="Dinas Lain"), _card(status="terverifikasi"), _card(status="")]

    assert len({make_draw(store.remember)(card) for card in cards}) == len(cards)
    store.close()


def test_a_second_build_draws_none(project: Path) -> None:
    """All cards come from what the first one remembered, which knows a card by all that it shows."""
    build_project(project)
    before = len(memory())

    build_project(project)
    assert len(memory()) == before

    entry = project / "content" / "innovations" / "sumur-desa.md"
    entry.write_text(entry.read_text(encoding="utf-8").replace("nama: ", "nama: Baru ", 1), encoding="utf-8")
    build_project(project)
    assert len(memory()) == before + 1


def _shared(site: Built) -> dict[str, dict[str, str]]:
    """What each page says of its card, by path."""
    found = {}
    for path in site.files:
        if path.endswith(".html"):
            metas = LexborHTMLParser(site.text(path)).css("meta")
            found[path] = {
                (meta.attributes.get("property") or meta.attributes.get("name") or ""): meta.attributes["content"] or ""
                for meta in metas
                if "content" in meta.attributes
            }
    return found


def test_pages_name_a_card_that_is_there(small: Built) -> None:
    """By its whole address, with its size and what it says; entries and terms by one of their own."""
    named = {path: metas for path, metas in _shared(small).items() if "og:image" in metas}

    for path, metas in named.items():
        target = metas["og:image"].removeprefix(BASE_URL)
        assert _open(small.files[target]).size == (int(metas["og:image:width"]), int(metas["og:image:height"]))
        assert metas["og:image:alt"]
        assert metas["twitter:card"] == "summary_large_image"
        parts = path.split("/")
        is_own = len(parts) < 3 or (
            parts[0] in {*SHARED, "inovasi"} and parts[1] not in {"jenis", "halaman", "a-z", "belum-diketahui"}
        )
        assert target == (path.replace("index.html", "kartu.png") if is_own else "kartu.png")
    assert {"index.html", "inovasi/kopi-sehat/index.html", "urusan/kesehatan/index.html"} <= set(named)
    said = named["inovasi/kopi-sehat/index.html"]["og:image:alt"]
    assert said.startswith("KOPI SEHAT. Dinas Kesehatan Contoh. ")


def test_every_card_is_named_by_a_page(small: Built) -> None:
    """None is published for nobody; under former names there are copies, for pages that show them still."""
    named = {metas["og:image"].removeprefix(BASE_URL) for metas in _shared(small).values() if "og:image" in metas}

    cards = {path: content for path, content in small.files.items() if path.endswith("kartu.png")}
    assert named <= cards.keys()
    assert {content for path, content in cards.items() if path not in named} <= {cards[path] for path in named}


def test_what_is_not_for_sharing_has_none(small: Built) -> None:
    """Withdrawn entries, former addresses, the page for what is not there."""
    pages = _shared(small)

    assert "og:image" not in pages["404.html"]
    assert "og:image" not in pages["inovasi/entri-ditarik/index.html"]


def test_a_catalogue_may_do_without(project: Path) -> None:
    """Nothing is promised then, and nothing drawn."""
    config = project / "site_config.toml"
    config.write_text(
        f'{config.read_text(encoding="utf-8")}\n[keluaran]\nkartu = "tidak"\nsematan = "tidak"\nkutipan = "tidak"\n',
        encoding="utf-8",
    )

    site = build_project(project)

    assert site.outcome.problems == ()
    assert not [path for path in site.files if path.endswith("kartu.png")]
    assert not [path for path, metas in _shared(site).items() if "og:image" in metas or "twitter:card" in metas]


def test_cards_of_a_site_are_light(small: Built) -> None:
    """So that a catalogue of a hundred entries has a few megabytes of them."""
    sizes = [len(content) for path, content in small.files.items() if path.endswith("kartu.png")]

    assert max(sizes) <= MOST_BYTES
    assert sum(sizes) / len(sizes) <= MOST_BYTES / 2
