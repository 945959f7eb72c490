"""The English pages in a real browser: within everybody's reach, and searched in English."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from katalog.pages import listing
from katalog.search import files as index_files
from tests.browser.axe import judge, widen
from tests.browser.conftest import Window, serve_project
from tests.conftest import CASES, make_project
from tests.test_language import speak

# A few kinds: what else there is of them is made of the same parts.
ENGLISH = [
    "en/",
    "en/inovasi/?q=kopi",
    "en/inovasi/kopi-sehat/",
    "en/urusan/kesehatan/",
    "en/statistik/",
    "en/tentang/",
]


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small case in English, too; its address."""
    root = speak(make_project(tmp_path_factory.mktemp("english"), CASES / "good" / "kecil"))
    with serve_project(root, tmp_path_factory.mktemp("situs")) as address:
        yield address


@pytest.fixture
def page(window: Window) -> Iterator[Page]:
    """A page that must not complain: no error, no policy report."""
    yield window.page
    assert window.complaints == []


@pytest.mark.parametrize("path", ENGLISH)
def test_axe_finds_nothing_on_english_pages(page: Page, english: str, path: str) -> None:
    """In every set of colours, from a small phone to a desk, as the Indonesian ones."""
    page.goto(f"{english}/{path}")
    if "?" in path:
        expect(page.locator("#jumlah")).to_have_text("1 result for “kopi”")
    faults = judge(page)

    assert not faults, faults


@pytest.mark.parametrize("width", [320, 360, 412, 768])
@pytest.mark.parametrize("path", ["inovasi/", "en/inovasi/"])
def test_the_header_is_one_row(page: Page, english: str, path: str, width: int) -> None:
    """With a link to the other language, too."""
    widen(page, width)
    page.goto(f"{english}/{path}")
    parts = [part.bounding_box() for part in page.locator(".nama-situs, .kepala .ke").all()]
    tops = {part["y"] for part in parts if part}

    assert tops == {0}
    assert all(part and part["height"] <= 60 and part["width"] >= 24 for part in parts)


@pytest.mark.parametrize("are_many", [False, True], ids=["rows of the page", "rows of the index"])
def test_english_search_leads_to_english_pages(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, are_many: bool
) -> None:
    """Where the list holds every row, and where rows are made from the index; what it says is English."""
    if are_many:
        monkeypatch.setattr(listing, "PER_PAGE", 1)
        monkeypatch.setattr(index_files, "ROWS_A_PAGE", 1)
    root = speak(make_project(tmp_path / "proyek", CASES / "good" / "kecil"))
    with serve_project(root, tmp_path / "situs") as address:
        page.goto(f"{address}/en/inovasi/?q=kopi")
        row = page.locator("#baris .baris")
        expect(page.locator("#jumlah")).to_have_text("1 result for “kopi”")

        expect(row.locator("h3")).to_have_attribute("lang", "id")
        expect(row.locator("h3 a")).to_have_attribute("href", "/contoh/en/inovasi/kopi-sehat/")
        expect(row.locator("[data-isi=urusan]")).to_have_text("Kesehatan en")
        expect(page.locator("#urut option").first).to_have_text("best match")
        page.get_by_role("searchbox").fill("zxqvk")
        expect(page.locator("#jumlah")).to_have_text("No results for “zxqvk”")
        page.goto(f"{address}/en/")
        page.get_by_role("searchbox").fill("kopi")
        expect(page.locator("#saran a").first).to_have_attribute("href", "/contoh/en/inovasi/kopi-sehat/")
        expect(page.locator("#saran a").first).to_contain_text("Innovation")
        page.get_by_role("searchbox").fill("kesehatan en")
        term = page.locator("#saran a", has_text="Field of government")
        expect(term).to_have_attribute("href", "/contoh/en/urusan/kesehatan/")
        expect(term).to_contain_text("Kesehatan en")


def test_chips_and_filters_speak_english(page: Page, english: str) -> None:
    """A filter is taken back by its name."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{english}/en/inovasi/?urusan=kesehatan")

    expect(page.get_by_role("button", name="Remove filter Kesehatan en")).to_be_visible()
    expect(page.locator("#buka-saring")).to_have_text("Filter results, 1 selected")


def test_the_way_to_the_other_language_is_a_target_that_a_thumb_meets(page: Page, english: str) -> None:
    """And leads to the same page, and back."""
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{english}/urusan/kesehatan/")
        link = page.locator(".ke-bahasa")
        box = link.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
        assert page.evaluate("document.documentElement.scrollWidth") == width
    link.click()
    expect(page).to_have_url(f"{english}/en/urusan/kesehatan/")
    page.locator(".ke-bahasa").click()
    expect(page).to_have_url(f"{english}/urusan/kesehatan/")


def test_a_copied_citation_is_told_in_english(page: Page, english: str) -> None:
    """The script's words come from the page."""
    page.context.grant_permissions(["clipboard-write"])
    page.goto(f"{english}/en/inovasi/kopi-sehat/")
    page.locator(".kutip summary").click()
    page.get_by_role("button", name="Copy citation").click()

    expect(page.locator("#tersalin")).to_have_text("Copied")


def test_scripts_hold_no_words_for_people() -> None:
    """Else no page could say them in its language; the form's own script is for Indonesian alone."""
    scripts = [path for path in (CASES.parent.parent / "static" / "js").glob("*.js") if path.name != "usul.js"]
    words = ("hasil untuk", "Hapus", "Tampilkan", "Mencari", "saran di", "Tersalin", "belum diketahui", "Tidak ada")

    assert len(scripts) >= 5
    for path in scripts:
        text = path.read_text(encoding="utf-8")
        assert [word for word in words if f'"{word}' in text or f"`{word}" in text or f" {word} " in text] == []
        assert len(gzip.compress(text.encode())) < 12_000
