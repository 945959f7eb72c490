"""The finished site, as its three kinds of readers need it. Built from a small fictional region."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from selectolax.lexbor import LexborHTMLParser

from katalog.language import INDONESIAN
from katalog.model import PartialDate
from katalog.pages import listing
from katalog.render import as_json_ld
from tests.conftest import Built, build_project

PAGE = re.compile(r'href="/contoh/([^"#?]*)')
ATOM = "{http://www.w3.org/2005/Atom}"


def _pages(built: Built) -> dict[str, str]:
    return {path: built.text(path) for path in built.files if path.endswith(".html")}


def test_every_page_has_the_bones_of_an_accessible_page(small: Built) -> None:
    """One h1, landmarks, a skip link, language, title, description, policy."""
    for path, html in _pages(small).items():
        assert html.count("<h1") == 1, path
        assert '<html lang="id">' in html, path
        if path.endswith("/sematan/index.html"):  # a part of other pages, which have the frame of a site themselves
            continue
        for landmark in ("<main id=", "<header", "<footer", '<nav aria-label="Utama">', 'href="#isi">Langsung ke isi'):
            assert landmark in html, (path, landmark)
        assert re.search(r"<title>[^<]{10,}</title>", html), path
        assert re.search(r'<meta name="description" content="[^"]{20,}">', html), path
        assert "default-src 'none'" in html, path
        assert "'unsafe" not in html, path


def test_titles_are_unique(small: Built) -> None:
    """Two tabs, two results of a search engine: the title tells them apart."""
    titles = [match[1] for html in _pages(small).values() if (match := re.search("<title>(.*?)</title>", html))]
    moved = [html for html in _pages(small).values() if 'http-equiv="refresh"' in html]

    assert len(set(titles)) == len(titles) - len(moved)


def test_no_page_holds_script_or_style_of_its_own(small: Built) -> None:
    """The policy forbids them; data blocks are no script."""
    for path, html in _pages(small).items():
        for opening, content in re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL):
            assert "/json" in opening or "+json" in opening or (' src="/contoh/aset/' in opening and not content), path
        assert " style=" not in html, path
        assert not re.search(r"\son[a-z]+=", html), path
        assert "<style" not in html, path


def test_every_entry_is_reached_from_home_by_categories_alone(small: Built) -> None:
    """A citizen who follows links, without list, search or script, misses nothing."""
    seen, waiting = set(), [""]
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith("inovasi/"):
            seen.add(path)
            continue
        seen.add(path)
        file = f"{path}index.html" if not path or path.endswith("/") else path
        if file.endswith(".html"):
            waiting += PAGE.findall(small.text(file))
    entries = {
        path.removesuffix("index.html") for path in small.files if re.fullmatch(r"inovasi/[^/]+/index.html", path)
    }

    assert entries - seen == {"inovasi/entri-ditarik/", "inovasi/kopi-lama/"}


def test_former_addresses_lead_on(small: Built) -> None:
    """Of entries and of terms."""
    for old, new in (("inovasi/kopi-lama", "inovasi/kopi-sehat"), ("urusan/tani", "urusan/pertanian")):
        html = small.text(f"{old}/index.html")
        assert f'<meta http-equiv="refresh" content="0; url=/contoh/{new}/">' in html
        assert f'<link rel="canonical" href="https://katalog.example/contoh/{new}/">' in html
        assert f'<a href="/contoh/{new}/">' in html


def test_a_withdrawn_entry_leaves_a_tombstone_and_no_trace_in_lists(small: Built) -> None:
    """Its address answers with date and reason."""
    html = small.text("inovasi/entri-ditarik/index.html")

    assert "Februari 2022" in html
    assert "Sama dengan entri Sumur Desa." in html
    assert "Warga desa menggali" not in html
    others = [path for path in small.files if "entri-ditarik" not in path and not path.startswith(("aset/", "_", "."))]
    assert [path for path in others if b"entri-ditarik" in small.files[path]] == []


def test_the_entry_page_says_what_is_known_inferred_and_unknown(small: Built) -> None:
    """And where to ask."""
    known, thin = small.text("inovasi/kopi-sehat/index.html"), small.text("inovasi/sumur-desa/index.html")

    assert re.search(r"<dt>Jenis</dt>\s*<dd>.*Digital.*disimpulkan penyunting", known)
    assert "Belum diketahui" not in known
    unknown = "bentuk, jenis, urusan, tahapan, waktu mulai, masih berjalan atau tidak"
    assert f"Belum diketahui: {unknown}." in thin
    assert "Kantor Desa Contoh" in thin  # the manager's contact, since the entry has none
    assert "Bagian Umum Contoh" in known  # the catalogue's, since neither has one
    assert "/edit/main/content/innovations/sumur-desa.md" in thin
    assert "issues/new?title=Kekeliruan" in thin
    assert '<a href="/contoh/inovasi/kopi-sehat/">KOPI SEHAT</a>' in thin


def test_sources_are_numbered_marked_and_dated(small: Built) -> None:
    """As precisely as they are known."""
    html = small.text("inovasi/kopi-sehat/index.html")

    assert '<li id="sumber-2">' in html
    assert "tanpa tanggal" in html
    assert "judul disusun dari alamat" in html
    assert "Kader &lt;Contoh&gt; &amp; &#34;Kopi&#34;" in html


def test_structured_data_parses_and_cannot_break_out(small: Built) -> None:
    """Every data block is JSON, and none holds a bare angle bracket."""
    for path, html in _pages(small).items():
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL):
            data = json.loads(block)
            assert data["@context"] == "https://schema.org", path
            assert "<" not in block, path


@pytest.mark.parametrize("text", ["</script><script>", "<!--", "\u2028", "&lt;"])
def test_data_blocks_escape_what_could_end_them(text: str) -> None:
    """And give the same text back."""
    block = as_json_ld({"name": text})

    assert not set("<>&\u2028") & set(block)
    assert json.loads(block) == {"name": text}


def test_the_feed_is_atom(small: Built) -> None:
    """With full dates, stable ids and absolute links."""
    feed = ET.fromstring(small.files["umpan.xml"])
    entries = feed.findall(f"{ATOM}entry")

    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["KOPI SEHAT", "Sumur Desa"]
    assert entries[0].findtext(f"{ATOM}updated") == "2021-03-05T00:00:00+07:00"
    assert entries[1].findtext(f"{ATOM}updated") == "2018-01-01T00:00:00+07:00"
    assert entries[0].findtext(f"{ATOM}id") == "https://katalog.example/contoh/inovasi/kopi-sehat/"
    assert feed.findtext(f"{ATOM}updated") == "2021-03-05T00:00:00+07:00"


def test_the_sitemap_lists_what_should_be_found_and_nothing_else(small: Built) -> None:
    """No redirects, tombstones, or pages for machines."""
    urls = [
        element.text or ""
        for element in ET.fromstring(small.files["sitemap.xml"]).iter()
        if element.tag.endswith("loc")
    ]

    assert len(set(urls)) == len(urls)
    assert all(url.startswith("https://katalog.example/contoh/") for url in urls)
    for out in ("kopi-lama", "entri-ditarik", "404", "umpan", "tani/"):
        assert not [url for url in urls if out in url], out
    assert "https://katalog.example/contoh/inovasi/kopi-sehat/" in urls


def test_published_entries_fit_the_published_schema(small: Built) -> None:
    """Both are drawn from one table; this proves that they agree."""
    document, shape = json.loads(small.files["data/inovasi.json"]), json.loads(small.files["data/skema.json"])
    jsonschema.Draft202012Validator.check_schema(shape)
    validator = jsonschema.Draft202012Validator(shape)

    assert document["jumlah"] == len(document["inovasi"]) == 2
    for entry in document["inovasi"]:
        validator.validate(entry)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({**document["inovasi"][0], "jenis": "analog"})


def test_a_root_address_works_as_well(project: Path) -> None:
    """`--base-url` overrides the config's address and with it the sub-path."""
    built = build_project(project, base_url="http://127.0.0.1:8000")

    assert built.outcome.problems == ()
    assert 'href="/inovasi/"' in built.text("index.html")
    assert "/contoh/inovasi" not in built.text("index.html")
    assert "http://127.0.0.1:8000/inovasi/" in built.text("sitemap.xml")


def test_what_is_not_decided_is_left_out(project: Path) -> None:
    """No link to an invented place."""
    config = project / "site_config.toml"
    text = config.read_text(encoding="utf-8")
    text = text.replace('repositori = "https://forge.example/contoh/katalog"', 'repositori = ""')
    text = text.replace('kontak = {unit = "Bagian Umum Contoh", surel = "umum@contoh.example"}', "kontak = {}")
    config.write_text(text, encoding="utf-8")

    html = build_project(project).text("inovasi/kopi-sehat/index.html")

    assert "forge.example" not in html
    assert "Ada yang kurang?" not in html
    assert "mailto:" not in html.replace("mailto:?subject=", "")  # to be shared, addressed to nobody
    assert "Belum diketahui: kontak." in html
    assert "bukan situs resmi pemerintah kabupaten" in html


def test_a_publisher_takes_the_place_of_the_disclaimer(project: Path) -> None:
    """Once it is decided."""
    config = project / "site_config.toml"
    text = config.read_text(encoding="utf-8").replace('penerbit = ""', 'penerbit = "Dinas Contoh"')
    config.write_text(text, encoding="utf-8")

    html = build_project(project).text("index.html")

    assert "Diterbitkan oleh Dinas Contoh." in html
    assert "bukan situs resmi" not in html


def test_names_are_listed_under_their_letters(project: Path) -> None:
    """Marks do not matter; what is no letter comes first."""
    for slug, name in (("elan-desa", "Élan Desa"), ("satu-desa", "1 Desa"), ("tilde", "~ Desa")):
        head = f"nama: '{name}'\nringkasan: Entri untuk menguji urutan nama {slug} dalam daftar huruf.\n"
        rest = "kelompok: desa\npengelola: Pemerintah Desa Contoh\nstatus: contoh\n"
        path = project / "content" / "innovations" / f"{slug}.md"
        path.write_text(f"---\n{head}{rest}---\nIsi {slug}.\n", encoding="utf-8")

    html = build_project(project).text("inovasi/index.html")

    assert re.findall(r'<h2 id="huruf-([^"]+)"', html) == ["0-9", "e", "k", "s"]
    assert re.findall(r"<h3><a[^>]*>([^<]+)<", html) == ["1 Desa", "~ Desa", "Élan Desa", "KOPI SEHAT", "Sumur Desa"]


def test_long_lists_are_divided_into_pages(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with links to all others."""
    monkeypatch.setattr(listing, "PER_PAGE", 1)

    built = build_project(project)

    assert built.outcome.problems == ()
    assert "KOPI SEHAT" in built.text("inovasi/index.html")
    assert "KOPI SEHAT" not in built.text("inovasi/halaman/2/index.html")
    assert "Sumur Desa" in built.text("inovasi/halaman/2/index.html")
    assert '<a href="/contoh/inovasi/" aria-current="page"' not in built.text("inovasi/halaman/2/index.html")


def test_a_division_that_tells_nothing_is_not_advertised(small: Built) -> None:
    """Its pages answer, and say how little is known."""
    html = small.text("bentuk/index.html")

    assert "1 dari 2 inovasi belum diketahui bentuk-nya" in html
    assert 'href="/contoh/bentuk/"' not in small.text("index.html")


def test_words_for_dates_and_numbers_are_indonesian() -> None:
    """No locale of the machine plays a part."""
    assert INDONESIAN.date(PartialDate(year=2018, month=1, day=17)) == "17 Januari 2018"
    assert INDONESIAN.date(PartialDate(year=2018, month=8)) == "Agustus 2018"
    assert INDONESIAN.date(PartialDate(year=2018)) == "2018"
    assert INDONESIAN.number(1656) == "1.656"
    assert INDONESIAN.number(12) == "12"


def test_the_way_to_an_entry_leads_through_its_main_field(small: Built) -> None:
    """Or through the list, where no field is known."""
    fields = set()
    for entry in small.outcome.innovations:
        if entry.withdrawn:
            continue
        field = entry.affairs[0].slug if entry.affairs else ""
        way = ["/contoh/urusan/", f"/contoh/urusan/{field}/"] if field else ["/contoh/inovasi/"]
        page = LexborHTMLParser(small.text(f"inovasi/{entry.slug}/index.html"))
        assert [link.attributes["href"] for link in page.css(".remah a")] == ["/contoh/", *way]
        fields.add(field)

    assert len(fields) > 1
