"""Every inner link of the finished site is checked."""

import pytest

from katalog.links import LinkCheck
from katalog.model import File


def _check(href: str, base_url: str = "https://katalog.example/contoh") -> list[str]:
    check = LinkCheck(base_url=base_url)
    check.see(File(path="index.html", content=b'<h2 id="ada">x</h2>'))
    check.see(File(path="data/a b.json", content=b"{}"))
    check.see(File(path="inovasi/x/index.html", content=f'<p id="sini"><a href="{href}">x</a>'.encode()))
    return [problem.message for problem in check.problems([])]


@pytest.mark.parametrize(
    "href",
    [
        "/contoh/",
        "/contoh/#ada",
        "#sini",
        "../../",
        "../../inovasi/x/",
        "/contoh/inovasi/x/?q=1",
        "/contoh/data/a%20b.json",
        "https://katalog.example/contoh/",
        "https://lain.example/tidak-ada",
        "//lain.example/x",
        "mailto:a@b.example",
        "tel:1",
    ],
)
def test_good_links_pass(href: str) -> None:
    """Relative, absolute, with fragment or query; other hosts are not ours to check."""
    assert _check(href) == []


@pytest.mark.parametrize(
    "href",
    [
        "/contoh/tidak-ada/",
        "/contoh/#tidak-ada",
        "#tidak-ada",
        "/inovasi/x/",
        "../y/",
        "/contoh/inovasi/x",
        "index.htm",
    ],
)
def test_broken_links_are_told(href: str) -> None:
    """Also a link that forgets the base path, or a page's last stroke."""
    assert len(_check(href)) == 1


def test_a_site_at_the_root_of_its_host_is_checked_alike() -> None:
    """The base path may be empty."""
    assert _check("/inovasi/x/", "https://katalog.example") == []
    assert len(_check("/contoh/", "https://katalog.example")) == 1


def test_text_that_looks_like_an_attribute_is_no_link() -> None:
    """Cleaned text keeps its quotation marks; what it says need not lead anywhere, and need not be an address."""
    check = LinkCheck(base_url="https://katalog.example")
    check.see(
        File(
            path="index.html", content=b'<p>tulis href="/tidak-ada/" atau src="//[a" atau id="b"</p><a href="#b">x</a>'
        )
    )

    assert [problem.message for problem in check.problems([])] == ["Tautan menuju `#b`, yang tidak ada di situs ini."]


def test_a_note_holds_no_link_that_leads_away() -> None:
    """A later build need not look at it; own addresses stay, however they are written."""
    page = b"""<a href="https://luar.example/">a</a> <a href="//luar.example/b">b</a> <a href="https://katalog.example/c/">c</a>
    <a href="/d/">d</a> <a href="mailto:a@b.example">e</a> <a href="f/">f</a>"""
    check = LinkCheck(base_url="https://katalog.example")

    seen = check.see(File(path="index.html", content=page))

    assert [word for word in (b"https://katalog.example/c/", b"/d/", b"f/") if word in seen.note] == [
        b"https://katalog.example/c/",
        b"/d/",
        b"f/",
    ]
    assert b"luar" not in seen.note
    assert b"mailto" not in seen.note
