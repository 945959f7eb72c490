"""axe in a page as it stands, in every set of colours and at every width that we promise."""

from collections.abc import Iterable
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

SCHEMES = ("light", "dark", "forced")
WIDTHS = (320, 768, 1280)
# What axe says besides violations takes it, and the way here, more time than the rules themselves.
OPTIONS: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "reporter": "no-passes",
}
# In forced colours the reader's own palette counts, which axe cannot see.
OFF = {"forced": {"color-contrast": {"enabled": False}}}


def dress(page: Page, scheme: str) -> None:
    """Show a page in a set of colours."""
    colours: Literal["dark", "light"] = "dark" if scheme == "dark" else "light"
    page.emulate_media(color_scheme=colours, forced_colors="active" if scheme == "forced" else "none")
    seen = page.evaluate(
        "[matchMedia('(forced-colors: active)').matches, matchMedia('(prefers-color-scheme: dark)').matches]"
    )
    assert seen[0] == (scheme == "forced")
    assert scheme == "forced" or seen[1] == (scheme == "dark")


def widen(page: Page, width: int) -> int:
    """Show a page at a width; how wide it then is."""
    page.set_viewport_size({"width": width, "height": 900})
    inner, wide = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    assert inner == width
    return int(wide)


def judge(page: Page, schemes: Iterable[str] = SCHEMES, widths: Iterable[int] = WIDTHS) -> str:
    """What is wrong with a page, each fault with its colours and width; "" where nothing is.

    The page is loaded once: colours and widths are matters of style sheets alone, which test_access.py proves.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    faults = []
    for scheme in schemes:
        dress(page, scheme)
        for width in widths:
            wide = widen(page, width)
            found = AxeResults(page.evaluate("options => axe.run(options)", OPTIONS | {"rules": OFF.get(scheme, {})}))
            place = f"{page.url} {scheme} {width}"
            faults += [f"{place}: {found.generate_report()}"] if found.violations_count else []
            faults += [f"{place}: {wide} pixels wide"] if wide > width else []
    return "\n".join(faults)
