"""Feeds, maps and the description of the search, as the programs that read them want them."""

import re
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from katalog.model import PartialDate
from katalog.pages import wellknown
from katalog.render import date_for_atom, with_whole_addresses
from tests.conftest import TODAY, Built, build_project
from tests.hostile.entries import Settled

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "https://katalog.example/contoh/"
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT00:00:00\+07:00")
END_OF_TODAY = datetime.fromisoformat(f"{TODAY}T23:59:59+07:00")


def _feeds(built: Built) -> dict[str, ET.Element]:
    """Every feed by its path; those under former names are copies of them."""
    feeds = {path: data for path, data in built.files.items() if path.endswith("umpan.xml")}
    copies = {path for path, data in feeds.items() if f'href="{BASE}{path}"'.encode() not in data}
    assert all(any(feeds[path] == feeds[other] for other in feeds.keys() - copies) for path in copies)
    return {path: ET.fromstring(data) for path, data in feeds.items() if path not in copies}


def _feed_faults(path: str, feed: ET.Element, base: str) -> list[str]:
    """What RFC 4287 would not have."""
    own = f"{base}{path}"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    entries = feed.findall(f"{ATOM}entry")
    ids = [feed.findtext(f"{ATOM}id"), *(entry.findtext(f"{ATOM}id") for entry in entries)]
    dates = [one.text or "" for one in feed.iter() if one.tag in {f"{ATOM}updated", f"{ATOM}published"}]
    faults = {
        "self": links != {"self": own, "alternate": own.removesuffix("umpan.xml")} or ids[0] != own,
        "ids": len(set(ids)) != len(ids) or None in ids,
        "title": not all(entry.findtext(f"{ATOM}title") for entry in (feed, *entries)),
        "author": not feed.findtext(f"{ATOM}author/{ATOM}name"),
        "alternate": any(entry.find(f"{ATOM}link[@rel='alternate']") is None for entry in entries),
        "form": not all(INSTANT.fullmatch(date) for date in dates),
        "future": any(datetime.fromisoformat(date) > END_OF_TODAY for date in dates if INSTANT.fullmatch(date)),
        "nested": any(len(content) for content in feed.iter(f"{ATOM}content")),
        "many": len(entries) > 30,
        "strange": any(not one.tag.startswith(ATOM) for one in feed.iter()),
    }
    return [name for name, wrong in faults.items() if wrong]


def test_every_feed_is_atom_and_every_term_has_one(small: Built) -> None:
    """Those of terms without entries too, so that their addresses last."""
    feeds = _feeds(small)

    assert {path: faults for path, feed in feeds.items() if (faults := _feed_faults(path, feed, BASE))} == {}
    terms = {
        path.replace("index.html", "umpan.xml")
        for path in small.files
        if re.fullmatch(r"(urusan|pengelola)/[a-z0-9-]+/index.html", path)
        and b'http-equiv="refresh' not in small.files[path]
        and not path.startswith(("urusan/belum-diketahui/", "pengelola/belum-diketahui/", "pengelola/jenis/"))
    }
    assert set(feeds) == terms | {"umpan.xml", "perubahan/umpan.xml"}
    for path in feeds:
        assert not feedparser.parse(small.files[path]).bozo, path


def test_a_feed_holds_no_more_than_the_newest(frozen: Built) -> None:
    """Thirty, of however many there are."""
    feeds = _feeds(frozen)
    sizes = {path: len(feed.findall(f"{ATOM}entry")) for path, feed in feeds.items()}

    assert sizes["umpan.xml"] == 30 < len(frozen.outcome.innovations)
    assert [path for path, feed in feeds.items() if "many" in _feed_faults(path, feed, BASE)] == []


def test_a_feed_without_entries_has_a_date_that_has_been(project: Path) -> None:
    """Also where the catalogue is yet to start."""
    config = project / "site_config.toml"
    text = re.sub("(?m)^mulai = .*$", 'mulai = "2026-06-30"', config.read_text(encoding="utf-8"))
    config.write_text(text, encoding="utf-8")

    feed = _feeds(build_project(project))["urusan/pariwisata/umpan.xml"]

    assert feed.findall(f"{ATOM}entry") == []
    assert feed.findtext(f"{ATOM}updated") == "2021-03-05T00:00:00+07:00"


def test_entries_are_whole_and_lead_back(small: Built) -> None:
    """Their text, with addresses that hold elsewhere."""
    entry = feedparser.parse(small.files["urusan/kesehatan/umpan.xml"]).entries[0]
    html = entry.content[0].value

    assert entry.summary
    assert "Kader datang ke rumah." in html
    links = [link.attributes.get("href") or "" for link in LexborHTMLParser(html).css("a")]
    assert f"{BASE}inovasi/kopi-sehat/#sumber-1" in links
    assert f"{BASE}inovasi/sumur-desa/" in links
    assert [link for link in links if not link.startswith("https://")] == []


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ('<a href="/x/?a=1&amp;b">', '<a href="https://a.example/x/?a=1&amp;b"'),
        ('<a class="luar" rel="nofollow" href="https://b.example/" title="c">', 'href="https://b.example/" title="c">'),
        ('<a title=" href=&quot;/x&quot;" href="#y">', '<a title=" href=&quot;/x&quot;" href="https://a.example/e/#y"'),
        ('<p>&lt;a href="/x"&gt; href="/x"</p>', '<p>&lt;a href="/x"&gt; href="/x"</p>'),
        ('<a title="x">', '<a title="x">'),
    ],
)
def test_only_addresses_are_made_whole(html: str, whole: str) -> None:
    """Not what looks like one."""
    assert whole in with_whole_addresses(html, "https://a.example/e/")


def test_a_date_for_atom_has_begun_where_it_is_written() -> None:
    """In western Indonesia, from the start of what is known."""
    assert date_for_atom(PartialDate(year=2026, month=6)) == "2026-06-01T00:00:00+07:00"


def test_pages_name_their_feeds(small: Built) -> None:
    """In the head and where people see it; pages without one name none."""
    for path in ("urusan/kesehatan/", "pengelola/dinas-kesehatan-contoh/", "perubahan/"):
        html = small.text(f"{path}index.html")
        assert 'type="application/atom+xml" title="' in html
        assert html.count(f'href="/contoh/{path}umpan.xml"') == 2, path
    assert "belum-diketahui/umpan.xml" not in small.text("urusan/belum-diketahui/index.html")
    assert '<a href="/contoh/perubahan/">Perubahan katalog</a>' in small.text("index.html")


def test_hostile_text_is_inert_in_every_feed(settled: Settled) -> None:
    """Well-formed, of one kind of element, and what it holds as HTML was cleaned."""
    site = settled.site

    assert len(ET.fromstring(site.files["opensearch.xml"])) == 9
    for path, feed in _feeds(site).items():
        # Here every entry stands in the feed of all, so that every one is tried.
        assert set(_feed_faults(path, feed, "https://katalog.example/contoh/")) <= {"many"}, path
        for content in feed.iter(f"{ATOM}content"):
            tree = LexborHTMLParser(content.text or "")
            assert tree.css("script, style, iframe, img, svg, form, object, embed, base, meta:not(head *)") == [], path
            for node in tree.css("*"):
                assert not [name for name in node.attributes if name.startswith("on") or name == "style"], path
            links = [link.attributes.get("href") for link in tree.css("a[href]")]
            assert [link for link in links if not re.match("(https?|mailto|tel):", link or "")] == [], path


def test_the_search_is_described_within_its_limits(small: Built, project: Path) -> None:
    """However long the catalogue's name."""
    config = project / "site_config.toml"
    text = config.read_text(encoding="utf-8").replace('judul = "Katalog Inovasi"', 'judul = "Katalog & Inovasi Daerah"')
    config.write_text(text, encoding="utf-8")
    name = "{http://a9.com/-/spec/opensearch/1.1/}"

    for built in (small, build_project(project)):
        tree = ET.fromstring(built.files["opensearch.xml"])
        assert 0 < len(tree.findtext(f"{name}ShortName") or "") <= 16
        assert 0 < len(tree.findtext(f"{name}LongName") or "") <= 48
        assert 0 < len(tree.findtext(f"{name}Description") or "") <= 1024
        url = tree.find(f"{name}Url[@type='text/html']")
        assert url is not None
        assert url.get("template") == f"{BASE}inovasi/?q={{searchTerms}}"
        assert '<link rel="search" type="application/opensearchdescription+xml"' in built.text("index.html")


def test_the_map_has_whole_days_and_becomes_several(
    small: Built, monkeypatch: pytest.MonkeyPatch, project: Path
) -> None:
    """An index of maps above the limit, each address once."""
    monkeypatch.setattr(wellknown, "MOST_PLACES", 20)
    entry = project / "content" / "innovations" / "sumur-desa.md"
    entry.write_text(
        entry.read_text(encoding="utf-8").replace("status:", "diperbarui: 2019-02\nstatus:", 1), encoding="utf-8"
    )

    built = build_project(project)

    index = ET.fromstring(built.files["sitemap.xml"])
    assert index.tag == f"{MAP}sitemapindex"
    paths = [(place.text or "").removeprefix(BASE) for place in index.iter(f"{MAP}loc")]
    trees = [ET.fromstring(built.files[path]) for path in paths]
    places = [place.text for tree in trees for place in tree.iter(f"{MAP}loc")]
    whole = ET.fromstring(small.files["sitemap.xml"])
    assert places == [place.text for place in whole.iter(f"{MAP}loc")]
    assert max(len(tree) for tree in trees) <= 20
    dates = [one.text or "" for tree in (whole, index, *trees) for one in tree.iter(f"{MAP}lastmod")]
    assert dates
    assert [date for date in dates if not re.fullmatch(r"\d{4}-\d\d-\d\d", date)] == []
