"""Everybody gets in: axe, keyboard, large type, forced colours, and a page that stands still."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from katalog.pages import form, listing, paging
from tests.browser.axe import SCHEMES, WIDTHS, judge, widen
from tests.browser.conftest import KINDS, RESULTS, Window, serve_project
from tests.conftest import CASES, ROOT, make_project


def _context(browser: Browser, scheme: Literal["light", "dark"], width: int, **options: Any) -> BrowserContext:
    return browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)


def _open(page: Page, address: str) -> None:
    page.goto(address)
    if "?" in address:
        expect(page.locator("#jumlah")).to_contain_text("hasil")


@pytest.mark.parametrize("path", [*KINDS, *RESULTS])
def test_axe_finds_nothing(window: Window, site: str, path: str) -> None:
    """In every set of colours, from a small phone to a desk."""
    _open(window.page, f"{site}/{path}")
    faults = judge(window.page)

    assert not faults, faults


def test_axe_finds_nothing_in_open_parts(window: Window, site: str) -> None:
    """Suggestions under the box of home, and filters on a phone."""
    page = window.page
    widen(page, 360)
    page.goto(f"{site}/")
    page.get_by_role("searchbox").fill("kopi")
    expect(page.get_by_role("navigation", name="Saran")).to_be_visible()
    faults = judge(page, widths=[360])
    page.goto(f"{site}/inovasi/")
    page.locator("#buka-saring").click()
    expect(page.locator("#saring")).to_be_visible()
    faults += judge(page, widths=[360])

    assert not faults, faults


# Faults that show everywhere, in one set of colours, at one width.
SPOIL = """() => {
  const [words, one, two] = ["p", "button", "button"].map((tag) => document.createElement(tag));
  words.textContent = one.textContent = two.textContent = "kata";
  document.querySelector("main").append(new Image(), words, one, two);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    main > button { padding: 2rem }
    @media (prefers-color-scheme: dark) { main > p { color: #333; background: #222 } }
    @media (max-width: 400px) { main { min-width: 30rem } }
    @media (min-width: 1000px) { main > button { all: unset; display: inline-block; width: 9px; height: 9px } }`);
  document.adoptedStyleSheets.push(sheet);
}"""


def test_a_judge_sees_what_is_wrong_and_says_where(window: Window, site: str) -> None:
    """Else silence would mean nothing."""
    window.page.goto(f"{site}/tentang/")
    window.page.evaluate(SPOIL)
    faults = judge(window.page)

    said = {
        fault: re.findall(rf"(?m)^{re.escape(site)}/tentang/ (\w+ \d+): (?:(?!^http)[\s\S])*?{fault}", faults)
        for fault in ("image-alt", "color-contrast", "target-size", "pixels wide")
    }
    places = [f"{scheme} {width}" for scheme in SCHEMES for width in WIDTHS]
    assert said == {
        "image-alt": places,
        "color-contrast": [place for place in places if place.startswith("dark")],
        "target-size": [place for place in places if place.endswith("1280")],
        "pixels wide": [place for place in places if place.endswith(" 320")],
    }


def test_no_script_asks_for_width_or_colours() -> None:
    """So a page that was loaded once shows what any width and set of colours would."""
    asks = re.compile(
        r"matchMedia|(inner|outer|client|offset|scroll)Width|[^.]screen\.|ResizeObserver|['\"]resize|userAgent"
    )
    scripts = list((ROOT / "static" / "js").rglob("*.js"))

    assert scripts
    assert [path.name for path in scripts if asks.search(path.read_text(encoding="utf-8"))] == []


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small case as `serve` builds it, with the style page."""
    root = make_project(tmp_path_factory.mktemp("gaya"), CASES / "good" / "kecil")
    with serve_project(root, tmp_path_factory.mktemp("situs"), style=True) as address:
        yield address


def test_the_living_style_page_shows_sound_components(window: Window, desk: str) -> None:
    """Those too that no page uses yet."""
    window.page.goto(f"{desk}/gaya/")
    faults = judge(window.page, widths=[320, 1280])

    assert not faults, faults


# Through the DOM, since the policy stops a sheet of any other kind.
TWICE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { font-size: 200% }");
  document.adoptedStyleSheets.push(sheet);
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}"""


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small case with one row on a page."""
    root = make_project(tmp_path_factory.mktemp("panjang"), CASES / "good" / "kecil")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "PER_PAGE", 1)
        patch.setattr(listing, "NAMES_A_PAGE", 1)
        patch.setattr(paging, "ROWS_A_PAGE", 1)
        patch.setattr(form, "MOST_NAMES", 1)
        with serve_project(root, tmp_path_factory.mktemp("situs")) as address:
            yield address


def test_further_pages_of_the_list_have_the_whole_width(window: Window, long: str) -> None:
    """No filters stand beside them."""
    window.page.set_viewport_size({"width": 1280, "height": 800})
    window.page.goto(f"{long}/inovasi/")
    beside = window.page.locator("#semua").bounding_box()
    window.page.goto(f"{long}/inovasi/halaman/2/")
    whole = window.page.locator("#semua").bounding_box()

    assert beside
    assert whole
    assert whole["width"] > beside["width"] + 200


@pytest.mark.parametrize(
    "path",
    ["inovasi/halaman/2/", "kelompok/perangkat-daerah/", "inovasi/a-z/", "inovasi/a-z/k/", "status/sumber-publik/"],
)
def test_axe_finds_nothing_on_pages_of_long_lists(window: Window, long: str, path: str) -> None:
    """Numbers, letters and what leads from page to page."""
    response = window.page.goto(f"{long}/{path}")
    assert response
    assert response.ok
    faults = judge(window.page, widths=[320])

    assert not faults, faults


def test_a_page_number_that_is_gone_leads_to_the_first(browser: Browser, long: str) -> None:
    """Where a host serves the page for what is not there under any address; other addresses stay."""
    page = browser.new_page()
    gone = page.request.get(f"{long}/404.html").text()
    page.route("**/halaman/99/", lambda route: route.fulfill(status=404, body=gone, content_type="text/html"))
    page.route("**/hilang/", lambda route: route.fulfill(status=404, body=gone, content_type="text/html"))
    page.goto(f"{long}/inovasi/a-z/k/halaman/99/")
    expect(page).to_have_url(f"{long}/inovasi/a-z/k/")
    page.goto(f"{long}/hilang/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Halaman tidak ditemukan")
    page.close()


def test_the_form_fetches_the_names_of_a_large_catalogue(browser: Browser, long: str) -> None:
    """As it tells of names that are alike, and never takes a file name that is taken."""
    page = browser.new_page()
    page.goto(f"{long}/usulkan/")
    page.locator("#nama").fill("Kopi Sehat")
    page.locator("#ringkasan").fill("Kurir desa mengantar obat dari puskesmas ke rumah warga yang sakit menahun.")
    page.evaluate("usulan.rules.kolom.forEach((rule) => (rule.required = false))")
    page.evaluate("location.hash = 'langkah-5'")
    expect(page.locator("#mirip")).to_contain_text("KOPI SEHAT")
    expect(page.locator("#nama-berkas")).to_have_text("kopi-sehat-2.md")
    page.close()


@pytest.mark.parametrize("path", [*KINDS, *RESULTS])
def test_type_of_twice_the_size_fits(window: Window, site: str, path: str) -> None:
    """The reader's own setting, not a zoom; nothing scrolls sideways."""
    _open(window.page, f"{site}/{path}")
    assert window.page.evaluate(TWICE) == 32
    found = {width: widen(window.page, width) for width in (320, 1280)}

    assert {width: wide for width, wide in found.items() if wide > width} == {}


# Every control that can be seen, in the order of the document.
CONTROLS = """() => [...document.querySelectorAll(
  'a[href]:not([tabindex="-1"]), button, input, select, textarea, summary, [tabindex="0"]')].filter(
  (one) => one.checkVisibility(
  {visibilityProperty: true}) && (one.type !== "radio" || one === [...document.getElementsByName(one.name)].reduce(
  (stop, other) => (other.checked ? other : stop)))).length"""
# Where the focus comes is written down as it comes there.
WATCH = """() => {
  window.stops = [];
  const parts = [];
  addEventListener("focusin", ({target: one}) => {
    const style = getComputedStyle(one), box = one.getClientRects()[0];
    const part = one.closest("li, aside, nav, section, article, header, footer, form, table, main") || document.body;
    if (!parts.includes(part)) parts.push(part);
    stops.push({what: one.outerHTML.slice(0, 80), ring: parseFloat(style.outlineWidth), kind: style.outlineStyle,
      shadow: style.boxShadow, part: parts.indexOf(part), x: box.x, y: box.y + scrollY, height: box.height});
  });
}"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", [*KINDS, *RESULTS])
def test_the_keyboard_reaches_everything_in_order_and_shows_where(
    window: Window, site: str, path: str, width: int
) -> None:
    """Tab goes through all that can be pressed; within a part from top to bottom and left to right."""
    page = window.page
    widen(page, width)
    _open(page, f"{site}/{path}")
    many = page.evaluate(CONTROLS)
    page.evaluate(WATCH)
    for _ in range(many):
        page.keyboard.press("Tab")
    stops: list[dict[str, Any]] = page.evaluate("stops")
    assert len(stops) == many, ("the focus is stuck or lost", stops[-1:])
    before: dict[str, Any] = {}
    for now in stops:
        assert now["ring"] >= 3, now
        assert now["kind"] == "solid", now
        assert "0px 0px 0px 6px" in now["shadow"] or 'class="saran' in now["what"], now
        if now["part"] == before.get("part"):
            assert now["y"] + now["height"] / 2 >= before["y"], (before, now)
            assert abs(now["y"] - before["y"]) > 4 or now["x"] > before["x"], (before, now)
        before = now
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body || document.activeElement.className === 'lompat'")


SHIFT = """() => new Promise((done) => {
  const box = ({ x, y, width, height }) => [x, y, width, height];
  const name = ({ node }) => node && (node.outerHTML || node.textContent).slice(0, 120);
  const seen = [];
  new PerformanceObserver((list) => {
    for (const { value, startTime, sources } of list.getEntries())
      seen.push([value, startTime, sources.map((it) => [name(it), box(it.previousRect), box(it.currentRect)])]);
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(seen), 300);
})"""


def _shifts(browser: Browser, address: str, width: int) -> list[Any]:
    """What moved while a page loaded over a slow network, and again from the cache; by Chromium's own measure."""
    context = _context(browser, "light", width)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 100, "downloadThroughput": 60_000, "uploadThroughput": 60_000}
    network.send("Network.emulateNetworkConditions", slow)
    seen = []
    for _ in range(2):
        page.goto(address, wait_until="networkidle")
        seen += page.evaluate(SHIFT)
    context.close()
    return seen


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["", "inovasi/", "inovasi/kopi-sehat/", "inovasi/?q=kopi"])
def test_nothing_moves_while_a_page_loads(browser: Browser, site: str, path: str, width: int) -> None:
    """What moves of itself moves each time; a starved machine may paint a page half parsed, so it has three tries."""
    for _ in range(3):
        seen = _shifts(browser, f"{site}/{path}", width)
        if not seen:
            break

    assert seen == []


WORDS = """() => [...document.querySelectorAll("#saring [data-nilai]")].map((item) => {
  const words = document.createRange();
  words.selectNodeContents(item.querySelector("label, a").lastChild);
  const { left, width, height } = words.getBoundingClientRect();
  return [left, width, height, item.offsetHeight];
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_boxes_of_filters_come_beside_the_words_that_were_links(browser: Browser, site: str, width: int) -> None:
    """Words that a box pushed aside would wrap anew where a line is just full, and all below would move."""
    context = _context(browser, "light", width)
    page = context.new_page()
    page.route("**/daftar*.js", lambda route: route.abort())
    page.goto(f"{site}/inovasi/#saring")
    before = page.evaluate(WORDS)
    page.unroute("**/daftar*.js")
    page.reload()
    expect(page.locator("#saring label").first).to_be_attached()

    assert any(sum(words) for words in before)
    assert page.evaluate(WORDS) == before
    context.close()


def test_the_theme_is_chosen_kept_and_there_from_the_first_paint(browser: Browser, site: str) -> None:
    """The choice wins over the device, on every page, before anything is drawn; "as the device" takes it back."""
    ground = "getComputedStyle(document.body).backgroundColor"
    context = _context(browser, "light", 1280)
    page = context.new_page()
    page.goto(f"{site}/")
    light = page.evaluate(ground)
    page.get_by_label("Gelap").check()
    dark = page.evaluate(ground)
    assert dark != light

    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { window.early = document.documentElement.dataset.tema })"
    )
    page.goto(f"{site}/tentang/")
    assert page.evaluate("early") == "gelap"
    assert page.evaluate(ground) == dark
    assert page.get_by_label("Gelap").is_checked()
    page.get_by_label("Seperti perangkat").check()
    page.reload()
    assert page.evaluate(ground) == light
    context.close()


def test_the_theme_can_be_chosen_where_storage_is_shut(browser: Browser, site: str) -> None:
    """For as long as the page stands."""
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    shut = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('shut', 'SecurityError'); } })"
    )
    page.add_init_script(shut)
    page.goto(f"{site}/")
    page.get_by_label("Gelap").check()

    assert page.evaluate("document.documentElement.dataset.tema") == "gelap"
    assert complaints == []
    page.close()


def test_without_script_there_is_no_switch_and_the_device_decides(browser: Browser, site: str) -> None:
    """A switch that does nothing would be a lie."""
    context = _context(browser, "dark", 1280, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/")

    expect(page.locator("#tema")).to_be_hidden()
    context.close()


def test_an_entry_prints_on_its_own(browser: Browser, site: str, tmp_path: Path) -> None:
    """Without header, cloth and menus, in black, with the addresses of its sources."""
    page = browser.new_page()
    page.goto(f"{site}/inovasi/kopi-sehat/")
    page.emulate_media(media="print", color_scheme="dark")

    for part in (".kepala", ".kain", ".indeks", ".remah"):
        expect(page.locator(part).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    address = page.locator(".sumber a").first
    printed = address.evaluate("one => getComputedStyle(one, '::after').content")
    assert str(address.get_attribute("href")) in printed
    page.pdf(path=tmp_path / "entri.pdf", format="A4")
    assert (tmp_path / "entri.pdf").read_bytes().count(b"/Type /Page\n") == 1
    page.close()
