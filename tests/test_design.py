"""What the look promises in figures: contrast, one home for every value, and weight on the wire."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from katalog.colours import BRAND, brand, dye, turn
from katalog.pages import motifs
from tests.conftest import ROOT, Built

STYLES = ROOT / "static" / "css"
TOKENS = (STYLES / "1-token.css").read_text(encoding="utf-8")
DARK_BLOCKS = (':root:not([data-tema="terang"]) {', ':root[data-tema="gelap"] {')

# Text on ground, least contrast: WCAG 2.2 AA asks 4.5 of text and 3 of what makes a control or the focus visible.
PAIRS = [
    *((text, ground, 4.5) for text in ("tinta", "tinta2", "taut", "kunjung") for ground in ("kertas", "kain", "masuk")),
    *((text, "kertas", 4.5) for text in ("emas-tua", "benar", "salah")),
    ("salah", "salah-latar", 4.5),
    ("tinta", "salah-latar", 4.5),
    ("tinta", "tanda", 4.5),
    ("tinta2", "tanda", 4.5),
    *((text, "manggis", 4.5) for text in ("di-manggis", "di-manggis2", "emas")),
    ("di-taut", "taut", 4.5),
    ("di-emas", "emas", 4.5),
    ("di-fokus", "fokus", 4.5),
    *((edge, ground, 3) for edge in ("tepi", "taut", "salah") for ground in ("kertas", "masuk", "kain")),
    ("di-manggis2", "manggis", 3),
]
# Whichever ring of the focus does not stand out from the ground, the other one does.
GROUNDS = ("kertas", "kain", "masuk", "manggis", "taut", "emas")


def _tokens(opening: str, sheet: str = TOKENS) -> dict[str, str]:
    start = sheet.index(opening) + len(opening)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", sheet[start : sheet.index("}", start)]))


LIGHT = _tokens(":root {")
THEMES = {"light": LIGHT, "dark": LIGHT | _tokens(DARK_BLOCKS[0])}


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours #rrggbb."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_of_tokens_has_the_contrast_that_its_use_needs(theme: str) -> None:
    """In both sets."""
    colours = THEMES[theme]
    weak = [
        (text, ground, round(contrast(colours[text], colours[ground]), 2))
        for text, ground, least in PAIRS
        if contrast(colours[text], colours[ground]) < least
    ]

    assert weak == []


def test_no_region_s_hue_costs_contrast() -> None:
    """Every hue that site_config.toml can name, in both sets; gold and the colours of right and wrong stay."""
    for hue in range(361):
        sheet = dye(TOKENS, hue)
        light = _tokens(":root {", sheet)
        for name, colours in {"light": light, "dark": light | _tokens(DARK_BLOCKS[0], sheet)}.items():
            assert {colours[kept] == THEMES[name][kept] for kept in ("emas", "salah", "benar", "tanda")} == {True}
            for text, ground, least in PAIRS:
                assert contrast(colours[text], colours[ground]) >= least, (hue, name, text, ground)


@pytest.mark.parametrize("theme", THEMES)
def test_the_focus_is_seen_on_every_ground(theme: str) -> None:
    """Two rings, light and dark."""
    colours = THEMES[theme]
    for ground in GROUNDS:
        best = max(contrast(colours[ring], colours[ground]) for ring in ("fokus", "di-fokus"))
        assert best >= 3, (ground, best)


def test_words_are_readable_on_the_dye_of_every_field(frozen: Built) -> None:
    """The mastheads' grounds come from hues in the vocabulary."""
    grounds = re.findall(r"background:(#[0-9a-f]{6})", frozen.text("motif/urusan.css"))

    assert grounds
    for ground in grounds:
        assert contrast(LIGHT["di-manggis2"], ground) >= 4.5, ground


def test_the_dark_set_is_the_same_in_both_places() -> None:
    """By the device's wish and by the reader's choice."""
    assert _tokens(DARK_BLOCKS[0]) == _tokens(DARK_BLOCKS[1])


def test_colours_live_in_the_tokens_alone() -> None:
    """Paper has its own."""
    for sheet in sorted(STYLES.glob("*.css")):
        if sheet.name not in {"1-token.css", "5-cetak.css"}:
            assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)", sheet.read_text(encoding="utf-8")), sheet.name


def test_every_token_is_defined_once_and_used() -> None:
    """A value that nobody uses misleads, one that nobody defines does nothing."""
    sheets = "".join(sheet.read_text(encoding="utf-8") for sheet in STYLES.glob("*.css"))
    defined = set(re.findall(r"(--[\w-]+):", TOKENS))

    assert set(re.findall(r"var\((--[\w-]+)", sheets)) == defined


def test_the_frame_of_the_browser_wears_the_header_s_colour() -> None:
    """Places that cannot read a style sheet."""
    assert LIGHT["manggis"] == BRAND == brand(None)
    assert brand(250) == turn(LIGHT["manggis"], 250) != BRAND


# Weight


def zipped(content: bytes) -> int:
    """Bytes on the wire."""
    return len(gzip.compress(content, 9))


def loaded(built: Built, path: str) -> Iterator[tuple[str, int]]:
    """A page and what it loads by itself at first: scripts, sheets, what those draw, font, pictures not lazy."""
    html = built.text(path)
    yield path, zipped(built.files[path])
    links = re.findall(r'<(?:script|img)[^>]* src="/contoh/([^"]+)"(?![^>]*loading="lazy")', html)
    links += re.findall(r'<link rel="(?:stylesheet|preload)" href="/contoh/([^"]+)"', html)
    for link in dict.fromkeys(links):
        content = built.files[link]
        yield link, len(content) if link.endswith("woff2") else zipped(content)
        for name in re.findall(rb"url\(\.\./([^)]+\.svg)\)", content) if link.endswith(".css") else []:
            yield name.decode(), zipped(built.files[name.decode()])


def _weight(built: Built, path: str, kind: str = "") -> int:
    return sum(size for name, size in loaded(built, path) if name.endswith(kind))


def test_style_and_font_keep_their_budgets(frozen: Built) -> None:
    """10 kB and 14 kB."""
    assert _weight(frozen, "index.html", ".css") <= 10_000
    assert 0 < _weight(frozen, "index.html", ".woff2") <= 14_000


def test_scripts_keep_their_budgets(frozen: Built) -> None:
    """3 kB on pages without search, 12 kB where there is one, 35 kB on the form."""
    for path in (path for path in frozen.files if path.endswith(".html")):
        budget = {
            **dict.fromkeys(("index.html", "404.html", "inovasi/index.html"), 12_000),
            "usulkan/index.html": 35_000,
        }
        in_frames = path.endswith("/sematan/index.html")
        weight = _weight(frozen, path, ".js")
        assert weight == 0 if in_frames else 0 < weight <= budget.get(path, 3_000), path


def test_pages_keep_their_budgets(frozen: Built) -> None:
    """An entry with everything it loads 40 kB, any other first view 60 kB."""
    for path in (path for path in frozen.files if path.endswith(".html")):
        is_entry = bool(re.fullmatch(r"inovasi/[^/]+/index\.html", path))
        assert _weight(frozen, path) <= (40_000 if is_entry else 60_000), path


def test_a_page_for_frames_is_light(frozen: Built) -> None:
    """6 kB: other sites pay for it each time, since browsers keep a store for every site that frames it."""
    pages = [path for path in frozen.files if path.endswith("/sematan/index.html")]

    assert len(pages) == len(frozen.outcome.innovations)
    assert max(_weight(frozen, path) for path in pages) <= 6_000


def test_patterns_keep_their_budget(frozen: Built) -> None:
    """1.5 kB each, every one of them another."""
    patterns = {path: data for path, data in frozen.files.items() if re.match(r"motif/inovasi/", path)}

    assert len(patterns) == 2 * len(frozen.outcome.innovations)
    assert len(set(patterns.values())) == len(patterns)
    assert max(map(len, patterns.values())) <= 1_500
    assert motifs.BAND.width // motifs.BAND.threads[0] == motifs.BAND.height // motifs.BAND.threads[1]


def test_the_style_page_is_never_published(frozen: Built) -> None:
    """Writers see it, visitors do not."""
    assert not [path for path in frozen.files if path.startswith("gaya/")]
    assert not Path(ROOT / "content" / "pages" / "gaya.md").exists()
