"""What only a browser can tell: that pages load without a complaint, fit, and work without script."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

import build
import katalog.model
import katalog.pages
from tests.browser.axe import widen
from tests.browser.conftest import KINDS, Window
from tests.conftest import build_project


def test_every_kind_of_page_is_visited(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever adds a kind of page adds one of it to KINDS."""
    planned: list[object] = []

    def plan(*arguments: object, **options: bool) -> tuple[object, ...]:
        planned.extend(original(*arguments, **options))  # type: ignore[arg-type]
        return tuple(planned)

    original = katalog.pages.plan
    monkeypatch.setattr(build, "plan", plan)
    build_project(project)
    kinds = {page.path: page.kind for page in planned if isinstance(page, katalog.model.Page)}
    html = {kind for path, kind in kinds.items() if path == "" or path.endswith(("/", ".html"))}

    assert html - {"pindah"} == {kinds[path] for path in KINDS}


@pytest.mark.parametrize("widths", [(320, 360), (1280, 768)], ids=["phone", "desk"])
@pytest.mark.parametrize("path", KINDS)
def test_pages_load_without_complaint_and_fit_the_screen(
    window: Window, site: str, path: str, widths: tuple[int, int]
) -> None:
    """No error, no policy report, no request to another host, no sideways scrolling."""
    widen(window.page, widths[0])
    window.page.goto(f"{site}/{path}")
    found = {width: widen(window.page, width) for width in widths}

    assert window.complaints == []
    assert [url for url in window.requests if not url.startswith(site)] == []
    assert f"{site}/{path}" in window.requests
    assert {width: wide for width, wide in found.items() if wide > width} == {}


def test_a_citizen_without_script_finds_an_entry_by_categories(browser: Browser, site: str) -> None:
    """Home, field of government, entry, manager: links are all it takes."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/")

    page.get_by_role("main").get_by_role("link", name="Kesehatan", exact=True).first.click()
    page.get_by_role("link", name="KOPI SEHAT").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "KOPI SEHAT"
    page.get_by_role("link", name="Dinas Kesehatan Contoh").first.click()

    assert page.url == f"{site}/pengelola/dinas-kesehatan-contoh/"
    context.close()


def test_the_search_box_leads_to_the_list_without_script(browser: Browser, site: str) -> None:
    """It is a plain form."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/")
    page.get_by_role("searchbox").fill("kopi")
    page.get_by_role("button", name="Cari").click()

    assert page.url == f"{site}/inovasi/?q=kopi"
    assert page.get_by_role("link", name="KOPI SEHAT").count() == 1
    context.close()


def test_the_keyboard_reaches_the_content_first(browser: Browser, site: str) -> None:
    """The skip link is the first stop, becomes visible, and works."""
    page = browser.new_page()
    page.goto(f"{site}/inovasi/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")

    assert skip.inner_text() == "Langsung ke isi"
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    page.close()


def test_a_former_address_moves_the_browser_on(browser: Browser, site: str) -> None:
    """By itself, without script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/inovasi/kopi-lama/")
    page.wait_for_url(f"{site}/inovasi/kopi-sehat/")
    context.close()
