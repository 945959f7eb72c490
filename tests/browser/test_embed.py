"""An entry inside a page of another site, copying, and what is printed, in a real browser."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from katalog.pages.sharing import FRAME_HEIGHT
from tests.browser.conftest import listen, wait_until

ENTRY = "inovasi/kopi-sehat/"


class _Foreign(http.server.SimpleHTTPRequestHandler):
    """A site that allows frames of one other host alone."""

    host = ""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", f"default-src 'none'; img-src data:; frame-src {self.host}")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing; pytest shows what failed."""


@pytest.fixture
def foreign(site: str, tmp_path: Path) -> Iterator[str]:
    """The address of a page on another port that frames an entry and, below it, the form."""
    frames = f'<iframe src="{site}/{ENTRY}sematan/" title="Entri" width="100%" height="{FRAME_HEIGHT}"></iframe>'
    head = '<!DOCTYPE html><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
    (tmp_path / "index.html").write_text(f"{head}<title>Lain</title>{frames}", encoding="utf-8")
    form = f'<iframe src="{site}/usulkan/" title="Formulir"></iframe>'
    (tmp_path / "formulir.html").write_text(f"{head}<title>Lain</title>{form}", encoding="utf-8")
    host = site.removesuffix("/contoh")
    handler = functools.partial(type("Handler", (_Foreign,), {"host": host}), directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 640])
def test_an_entry_shows_in_a_page_of_another_site(
    browser: Browser, foreign: str, site: str, width: int, scheme: str
) -> None:
    """Whole, without a complaint, in the reader's colours; its link leads out of the frame."""
    page = browser.new_page(viewport={"width": width, "height": 700}, color_scheme=scheme)  # type: ignore[arg-type]
    complaints = listen(page)
    page.goto(foreign)
    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", name="KOPI SEHAT").wait_for()
    inside = page.frames[1]

    assert inside.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert inside.evaluate("document.documentElement.scrollHeight <= innerHeight")
    ground = inside.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(22, 11, 18)")
    for words in ("Dinas Kesehatan Contoh", "sumber", "Katalog Inovasi Kabupaten Contoh"):
        assert frame.get_by_text(words).last.is_visible()
    assert complaints == []
    frame.get_by_role("link", name="KOPI SEHAT").click()
    page.wait_for_url(f"{site}/{ENTRY}")
    page.close()


def test_the_form_does_not_show_in_a_page_of_another_site(browser: Browser, foreign: str) -> None:
    """What visitors type must not be framed."""
    page = browser.new_page()
    complaints = listen(page)
    page.goto(f"{foreign}/formulir.html")
    page.wait_for_load_state("networkidle")

    assert any("frame-ancestors" in words for words in complaints)
    page.close()


def test_the_citation_is_copied_and_that_is_said(browser: Browser, site: str) -> None:
    """Closed at first; the buttons appear with the script."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}/{ENTRY}")
    button = page.get_by_role("button", name="Salin kutipan")

    assert not button.is_visible()
    page.get_by_text("Kutip, sematkan, cetak").click()
    button.click()
    page.get_by_role("status").get_by_text("Tersalin", exact=True).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#kutipan").text_content()
    page.get_by_role("button", name="Salin kode").click()
    wait_until(page, "navigator.clipboard.readText().then((text) => text.startsWith('<iframe '))")
    context.close()


def test_without_a_script_there_is_no_button_that_does_nothing(browser: Browser, site: str) -> None:
    """The text can be marked by hand, the files are links."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/{ENTRY}")
    page.get_by_text("Kutip, sematkan, cetak").click()

    assert page.locator("#kutipan").is_visible()
    assert page.get_by_role("link", name="BibTeX").is_visible()
    assert not page.locator("[data-salin]:visible").count()
    context.close()


def test_only_sentence_and_picture_are_printed_of_it(browser: Browser, site: str) -> None:
    """At the end of the sheet, and the picture is there although it waits on screens."""
    page = browser.new_page()
    page.goto(f"{site}/{ENTRY}")
    assert not page.locator(".cetak").is_visible()
    page.emulate_media(media="print")

    assert page.locator(".cetak").is_visible()
    assert not page.locator(".tiga").is_visible()
    wait_until(page, "document.querySelector('.cetak img').naturalWidth > 0")
    page.close()
