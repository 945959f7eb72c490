"""Hostile content in a real browser: nothing of it runs, and nothing of it asks another host for anything.

Every page is opened. A later output that a browser shows is one more test with a `Canary`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, expect

from katalog.pages import listing
from katalog.search import files as index_files
from katalog.search.tokens import tokens
from tests.browser.conftest import serve, serve_project
from tests.hostile.entries import (
    LISTS,
    TERMS,
    TOGETHER,
    Settled,
    make_hostile_project,
    term_name,
)
from tests.hostile.payloads import MARKUP

# Names that attacks like to call lead to the canary, too.
WATCH = """for (const name of ["alert", "prompt", "confirm", "print", "open"]) window[name] = () => kenari(name)"""
# Pages load side by side.
TABS = 4


class Canary:
    """What fired, was complained about, or was asked of another host while pages were open."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        """Watch everything that opens in a context."""
        self.site, self.heard = site, list[str]()
        context.expose_function("kenari", lambda *words: self.heard.append(f"fired {words}"))
        context.add_init_script(WATCH)
        self.tabs = [context.new_page() for _ in range(TABS)]
        for page in self.tabs:
            page.on("console", self._read)
            page.on("pageerror", lambda error: self.heard.append(f"{error}"))
            page.on("dialog", self._dismiss)
        context.on("request", lambda request: self._see(request.url))
        context.on("page", lambda page: self.heard.append(f"opened {page.url}"))

    def _read(self, message: ConsoleMessage) -> None:
        # Documents of XML name no icon, so browsers may ask the host's root for one.
        if not message.location["url"].endswith("/favicon.ico"):
            self.heard.append(f"{message.type}: {message.text} {message.location['url']}")

    def _dismiss(self, dialog: Dialog) -> None:
        self.heard.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _see(self, url: str) -> None:
        if not url.startswith(self.site):
            self.heard.append(f"asked {url}")

    def visit(self, *paths: str) -> None:
        """Open addresses of the site, each for as long as it takes to load."""
        for number, path in enumerate(paths):
            tab = self.tabs[number % TABS]
            tab.wait_for_load_state()
            tab.goto(f"{self.site}/{path}", wait_until="commit")
        for tab in self.tabs:
            tab.wait_for_load_state()

    def open(self, path: str) -> Page:
        """Open one address to use what stands there."""
        self.tabs[0].goto(f"{self.site}/{path}")
        return self.tabs[0]


# So that processes can share what takes longest of all tests.
PARTS = 4


@pytest.fixture(scope="module")
def hostile_site(settled: Settled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of all accepted inputs, with every entry in its feed."""
    with serve(settled.site.files, tmp_path_factory.mktemp("jahat")) as address:
        yield address


@pytest.fixture
def canary(browser: Browser, hostile_site: str) -> Iterator[Canary]:
    """Watched tabs."""
    context = browser.new_context()
    yield Canary(context, hostile_site)
    context.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_runs_on_any_page(canary: Canary, settled: Settled, part: int) -> None:
    """Every address of the site, the feed and the map for machines as well.

    Pages of entries and terms in another language say the same words in the same templates; each eighth is opened, and
    the HTML of all is read in tests/test_hostile.py.
    """
    files = settled.site.files
    twins = sorted(path for path in files if path.startswith("en/") and path.count("/") > 2)
    skipped = {path for number, path in enumerate(twins) if number % 8}
    paths = [path for path in files if path.endswith((".html", ".xml")) and path not in skipped]
    moved = [path for path in paths if b'http-equiv="refresh"' in files[path]]

    xml = {path for path in paths if path.endswith(".xml")}
    canary.visit(*sorted(set(paths) - set(moved) - xml)[part::PARTS])
    for path in moved[part::PARTS]:
        canary.open(path).wait_for_url(re.compile(f"^(?!.*{path})"))

    assert twins
    assert len(paths) > len(settled.inputs)
    assert canary.heard == []
    canary.visit(*sorted(xml)[part::PARTS])
    # The page in which Chromium shows XML has a style of its own, which the policy of ours stops.
    assert [words for words in canary.heard if "Applying inline style" not in words] == []


def test_nothing_runs_where_the_list_shows_what_is_searched_for(canary: Canary) -> None:
    """Every entry is shown by the word of its group; some attacks are asked for themselves, in the address."""
    page = canary.open("inovasi/")
    for number in range(len(MARKUP)):
        if number % TOGETHER == 0:
            page.get_by_role("searchbox").fill(f"gugus{number // TOGETHER:03d}")
        expect(page.locator(f"#baris a[href$='/uji-teks-{number:03d}/']").first).to_be_visible()
    for number in range(0, len(MARKUP), 2 * TOGETHER):
        canary.open(f"inovasi/?q={quote(f'{MARKUP[number]} uji{number:03d}')}")
        expect(page.locator(f"#baris a[href$='/uji-teks-{number:03d}/']").first).to_be_visible()

    assert canary.heard == []


def test_nothing_runs_where_home_suggests(canary: Canary) -> None:
    """A few entries have a word in common, so that all are suggested together."""
    page = canary.open("")
    for group in range(len(MARKUP) // TOGETHER):
        page.get_by_role("searchbox").fill(f"gugus{group:03d}")
        expect(page.locator(f"#saran a[href$='/uji-teks-{group * TOGETHER:03d}/']")).to_be_visible()
        assert page.locator("#saran a[href*='/inovasi/uji-teks-']").count() == TOGETHER
    for number, payload in enumerate(TERMS):
        if LISTS[number % len(LISTS)] in {"pengelola", "urusan"} and (words := tokens(payload)):
            page.get_by_role("searchbox").fill(f"{words[-1]} {number}")
            expect(page.locator("#saran a").filter(has_text=term_name(number))).to_be_visible()

    assert canary.heard == []


def test_nothing_runs_where_rows_come_from_the_index(browser: Browser, settled: Settled, tmp_path: Path) -> None:
    """As they do in a catalogue that is too large for one page."""
    context = browser.new_context()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "PER_PAGE", 50)
        patch.setattr(index_files, "ROWS_A_PAGE", 50)
        entries = tuple(given for given in settled.inputs if "/uji-teks-" in given.path)
        root = make_hostile_project(tmp_path / "proyek", entries)
        with serve_project(root, tmp_path / "server") as address:
            canary = Canary(context, address)
            page = canary.open("inovasi/?urut=nama")
            rows, more = page.locator("#baris > li"), page.locator("#lagi")
            expect(rows).not_to_have_count(0)
            while (shown := rows.count()) < len(entries):
                more.dispatch_event("click")
                expect(rows).not_to_have_count(shown)
            context.close()

    assert canary.heard == []


def test_the_canary_hears_what_runs(browser: Browser, hostile_site: str) -> None:
    """Else silence would mean nothing."""
    context = browser.new_context()
    canary = Canary(context, hostile_site)
    page = canary.open("")

    page.evaluate("alert(1); kenari(); fetch('https://kenari.example/x').catch(() => {})")
    page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: '//kenari.example/x'}))")

    context.close()
    assert [
        word for word in ("alert", "fired ()", "asked", "Content Security Policy") if word not in " ".join(canary.heard)
    ] == []
