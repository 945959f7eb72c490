"""The strict policy in a real browser: no page breaks it, and it is in force."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import listen
from tests.conftest import Built

# Reports that a page script could not hide, kept across the page's own life.
WATCH = """
window.laporan = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.laporan.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""


@pytest.fixture
def watched(browser: Browser) -> Iterator[Page]:
    """A page that collects the policy's reports in `laporan`."""
    page = browser.new_page()
    page.add_init_script(WATCH)
    yield page
    page.close()


def test_no_page_breaks_the_policy(watched: Page, site: str, small: Built) -> None:
    """Every page there is, with what its scripts do by themselves and when somebody types a query."""
    paths = sorted(path for path in small.files if path.endswith(".html"))
    complaints = listen(watched)
    found = {}
    for path in paths:
        before = len(complaints)
        watched.goto(f"{site}/{path.removesuffix('index.html')}")
        if 'http-equiv="refresh"' in small.text(path):
            watched.wait_for_selector("h1:not(:text-is('Halaman ini sudah pindah'))")
        elif watched.get_by_role("searchbox").count():
            watched.get_by_role("searchbox").first.fill("kopi")
            watched.wait_for_load_state("networkidle")
        found[path] = [*complaints[before:], *watched.evaluate("window.laporan")]

    assert len(paths) > 20
    assert {path: reports for path, reports in found.items() if reports} == {}


def test_the_policy_is_in_force(watched: Page, site: str) -> None:
    """What the test above must notice if a page did it: inline script, strings as script, other hosts."""
    watched.goto(f"{site}/")
    watched.evaluate(
        """() => {
          const script = document.createElement("script");
          try { script.textContent = "window.jalan = 1"; } catch { /* Trusted Types */ }
          document.head.append(script);
          const link = document.createElement("link");
          link.rel = "stylesheet";
          link.href = "https://lain.example/x.css";
          document.head.append(link);
          new Image().src = "https://lain.example/x.png";
          return fetch("https://lain.example/").catch(() => 0);
        }"""
    )
    reports = " ".join(watched.evaluate("window.laporan"))

    assert watched.evaluate("window.jalan") is None
    for directive in ("style-src-elem", "img-src", "connect-src", "require-trusted-types-for"):
        assert directive in reports


def test_strings_never_become_markup_or_script(watched: Page, site: str) -> None:
    """Trusted Types: not even a mistake of ours in a script can do it, nor can a policy be made to allow it."""
    watched.goto(f"{site}/inovasi/")
    attempts = (
        'document.body.innerHTML = "<b>x</b>"',
        'document.body.insertAdjacentHTML("beforeend", "<b>x</b>")',
        'document.createElement("script").src = "x.js"',
        'document.createElement("iframe").srcdoc = "<b>x</b>"',
        'setTimeout("1")',
        'trustedTypes.createPolicy("katalog", {createHTML: (text) => text})',
    )
    refused = [
        watched.evaluate(f"() => {{ try {{ {attempt}; return ''; }} catch (error) {{ return error.name; }} }}")
        for attempt in attempts
    ]

    assert refused == ["TypeError", "TypeError", "TypeError", "TypeError", "TypeError", "TypeError"]


def test_only_pages_that_send_something_cannot_be_framed(browser: Browser, site: str) -> None:
    """By their headers, since a page cannot say it of itself."""
    page = browser.new_page()
    outside = site.removesuffix("contoh") + "luar.html"
    frames = f'<iframe src="{site}/inovasi/"></iframe><iframe src="{site}/usulkan/"></iframe>'
    page.route(outside, lambda route: route.fulfill(content_type="text/html", body=frames))
    complaints = listen(page)
    page.goto(outside)

    assert page.frame_locator("iframe").first.get_by_role("heading", level=1).inner_text()
    assert [text for text in complaints if "frame-ancestors 'none'" in text]
    page.close()
