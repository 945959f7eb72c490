"""What an entry gives to others: citations, frames, QR codes, addresses to share, data for machines."""

import html
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import bibtexparser.entrypoint
import pytest
import rispy
import segno
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from katalog.model import Config, Innovation, Licence, PartialDate, Term
from katalog.pages import citation, sharing
from tests.conftest import BASE, CASES, Built, build_project, make_project

CONFIG = Config(
    title="Katalog Inovasi",
    region="Kabupaten Contoh",
    region_short="Contoh",
    province="Provinsi Contoh",
    motto="",
    description="",
    base_url="https://katalog.example/contoh",
    repository="",
    repository_kind="github",
    branch="main",
    publisher="",
    start=PartialDate(year=2020),
    licence=Licence(name="CC", url="https://lisensi.example/"),
)
ENTRY = Innovation(
    slug="kopi-sehat",
    path="content/innovations/kopi-sehat.md",
    name="KOPI SEHAT",
    summary="Ringkasan.",
    group=Term(vocabulary="kelompok", name="desa", slug="desa"),
    manager=Term(vocabulary="pengelola", name="Kantor", slug="kantor"),
    status=Term(vocabulary="status", name="contoh", slug="contoh"),
    documented=2018,
)
# Names as they come, and names that mean to be more than a name.
NAMES = [
    "Élok & Ñandu 100% {kurung}",
    "a}, url = {https://jahat.example/",
    "}}}\n@article{x, title={y}}",
    "{{{ tak seimbang",
    "satu\r\nER  - \r\nTY  - BOOK\r\nTI  - dua",
    "tiga\u2028UR  - https://jahat.example/\x85AU  - Lain",
    r"\input{/etc/passwd} $x^2$ ~ #_ \\",
    '"><script>kenari()</script>',
    "= @ ' \" %",
]


def _plain(tex: str) -> str:
    for spelt, character in (
        (r"\textbackslash{}", "\\"),
        (r"\textbraceleft{}", "{"),
        (r"\textbraceright{}", "}"),
        (r"\textasciitilde{}", "~"),
        (r"\textasciicircum{}", "^"),
    ):
        tex = tex.replace(spelt, f"\0{ord(character)};")
    tex = re.sub(r"\\([$&%#_])", r"\1", tex)
    return re.sub(r"\0(\d+);", lambda match: chr(int(match[1])), tex)


@pytest.mark.parametrize("name", NAMES)
def test_bibtex_says_the_name_and_nothing_else(name: str) -> None:
    """An independent reader finds one record with our fields, whatever a name holds."""
    text = citation.bibtex(replace(ENTRY, name=name), replace(CONFIG, publisher=name)).decode()
    library = bibtexparser.entrypoint.parse_string(text)
    (entry,) = library.entries
    fields = {field.key: field.value for field in entry.fields}

    assert not library.failed_blocks
    assert len(library.blocks) == 1
    assert text.count("{") == text.count("}")
    assert set(fields) == {"author", "title", "year", "howpublished", "publisher", "url", "language"}
    assert fields["title"].startswith("{")
    assert _plain(fields["title"][1:-1]) == " ".join(name.split())
    assert _plain(fields["author"][1:-1]) == " ".join(name.split())
    assert fields["url"] == "https://katalog.example/contoh/inovasi/kopi-sehat/"
    assert not re.search(r"(?<!\\)[$&%#_~^]", fields["title"])


@pytest.mark.parametrize("name", NAMES)
def test_ris_says_the_name_and_nothing_else(name: str) -> None:
    """A value is one line, so no name can start a field or a record."""
    text = citation.ris(replace(ENTRY, name=name), replace(CONFIG, publisher=name)).decode()
    (record,) = rispy.loads(text)

    assert record["title"] == " ".join(name.split())
    assert record["authors"] == [" ".join(name.split())]
    assert record["type_of_reference"] == "ELEC"
    assert record["urls"] == ["https://katalog.example/contoh/inovasi/kopi-sehat/"]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in text.splitlines())


def test_the_sentence_names_author_year_name_catalogue_and_address() -> None:
    """Without a publisher the catalogue is its own author; the year is that of the last change where it is known."""
    address = "https://katalog.example/contoh/inovasi/kopi-sehat/"
    changed = replace(ENTRY, changed=PartialDate(year=2026, month=6, day=30))
    published = replace(CONFIG, publisher="Badan Contoh")

    assert citation.sentence(ENTRY, CONFIG) == f"Katalog Inovasi Kabupaten Contoh. 2018. “KOPI SEHAT”. {address}"
    assert (
        citation.sentence(changed, published)
        == f"Badan Contoh. 2026. “KOPI SEHAT”. Katalog Inovasi Kabupaten Contoh. {address}"
    )
    assert ". t.t. " in citation.sentence(replace(ENTRY, documented=None), CONFIG)
    assert b"DA  - 2026/06/30/" in citation.ris(changed, CONFIG)
    assert b"PY  - " not in citation.ris(replace(ENTRY, documented=None), CONFIG)


@pytest.mark.parametrize("name", NAMES)
def test_the_code_for_other_sites_is_one_frame(name: str) -> None:
    """It goes into strangers' pages, so a name stays an attribute's value."""
    entry = replace(ENTRY, name=name)
    answer = json.loads(sharing.oembed(entry, CONFIG))
    body = LexborHTMLParser(f"<!DOCTYPE html><body>{answer['html']}").body
    assert body
    nodes = [node for node in body.traverse() if node.tag != "body"]

    assert [node.tag for node in nodes] == ["iframe"]
    assert set(nodes[0].attributes) == {"src", "title", "width", "height", "loading", "frameborder"}
    assert nodes[0].attributes["src"] == "https://katalog.example/contoh/inovasi/kopi-sehat/sematan/"
    assert (answer["type"], answer["version"], answer["title"]) == ("rich", "1.0", name)
    assert answer["provider_url"] == "https://katalog.example/contoh/"
    assert all(isinstance(answer[key], int) for key in ("width", "height", "cache_age"))


def test_the_code_picture_holds_the_address() -> None:
    """Drawn as segno's modules are, twice the same, with nothing but two paths."""
    address = "https://katalog.example/contoh/inovasi/kopi-sehat/"
    picture = sharing.qr_code(address)
    root = ET.fromstring(picture)
    drawn = root[1].attrib["d"]
    rows: dict[float, set[int]] = {}
    x, y = 0.0, 0.0
    for command, numbers in re.findall(r"([MmhH])([-\d. ]+)", drawn):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "h":
            rows.setdefault(y, set()).update(range(int(x), int(x + values[0])))
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    matrix = segno.make_qr(address, error="m").matrix
    dark = {(column + 4, row + 4.5) for row, line in enumerate(matrix) for column, bit in enumerate(line) if bit}

    assert {(column, row) for row, columns in rows.items() for column in columns} == dark
    assert picture == sharing.qr_code(address)
    assert not {"style", "class"} & {name for node in root.iter() for name in node.attrib}
    assert len(picture) < 4_000


def test_shares_are_addresses_with_name_and_page() -> None:
    """WhatsApp first; what stands in a name stays in its value."""
    name, address = "A & B 100% #1\n?x=y", "https://katalog.example/inovasi/a/"
    found = dict(sharing.shares(name, address))
    values = {label: parse_qs(urlsplit(url).query) for label, url in found.items()}

    assert next(iter(found)) == "WhatsApp"
    assert found["WhatsApp"].startswith("https://wa.me/?text=")
    assert values["WhatsApp"] == {"text": [f"{name} {address}"]}
    assert values["Telegram"] == {"url": [address], "text": [name]}
    assert values["Facebook"] == {"u": [address]}
    assert values["X"] == {"text": [name], "url": [address]}
    assert values["Surel"] == {"subject": [name], "body": [f"{name} {address}"]}


def _without(folder: Path, **choices: str) -> Built:
    root = make_project(folder, CASES / "good" / "kecil")
    settings = {"kartu": "tidak", "sematan": "ya", "kutipan": "ya", **choices}
    lines = "".join(f'{key} = "{value}"\n' for key, value in settings.items())
    (root / "site_config.toml").write_text(
        (BASE / "site_config.toml").read_text(encoding="utf-8") + f"\n[keluaran]\n{lines}", encoding="utf-8"
    )
    return build_project(root)


def test_what_is_not_wanted_is_neither_made_nor_named(tmp_path: Path) -> None:
    """The sentence stays: it needs no file."""
    embeds = ("sematan/index.html", "oembed.json")
    files = ("kutipan.bib", "kutipan.ris", "qr.svg")
    folder = "inovasi/kopi-sehat/"

    for number, (choice, gone, kept) in enumerate((("sematan", embeds, files), ("kutipan", files, embeds))):
        built = _without(tmp_path / str(number), **{choice: "tidak"})
        page = built.text(f"{folder}index.html")
        assert not built.outcome.problems
        assert all(f"{folder}{name}" in built.files for name in kept)
        assert not any(f"{folder}{name}" in built.files for name in gone)
        assert not any(name.removesuffix("index.html") in page for name in gone)
        assert 'id="kutipan"' in page


def test_entries_without_a_pattern_of_their_own_wear_that_of_their_field(tmp_path: Path) -> None:
    """On their page and in every list; one whose field is not known has that one's."""
    built = _without(tmp_path, motif="tidak")

    page, row = built.text("inovasi/kopi-sehat/index.html"), built.text("inovasi/index.html")
    assert built.outcome.problems == ()  # every picture that a page shows is there
    assert not [path for path in built.files if path.startswith("motif/inovasi/")]
    assert 'src="/contoh/motif/urusan/kesehatan-entri.svg"' in page
    assert 'src="/contoh/motif/urusan/kesehatan.svg"' in row
    assert 'src="/contoh/motif/urusan/belum-diketahui.svg"' in row
    assert "motif/inovasi/" not in page + row


def test_the_page_for_frames_belongs_to_its_entry(small: Built) -> None:
    """No script, no font, not for search engines; its links leave the frame."""
    page = small.text("inovasi/kopi-sehat/sematan/index.html")
    entry = "https://katalog.example/contoh/inovasi/kopi-sehat/"

    assert "<script" not in page
    assert "woff2" not in page
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="{entry}">' in page
    assert all('target="_top" rel="noopener"' in link for link in re.findall(r"<a [^>]*>", page))
    assert "sematan" not in small.text("sitemap.xml")
    assert f'href="{entry}oembed.json"' in small.text("inovasi/kopi-sehat/index.html")


# Data for machines


def _data(page: str) -> list[dict[str, object]]:
    return [json.loads(block) for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]


def _addresses(value: object) -> list[str]:
    if isinstance(value, dict):
        here = [one for key, one in value.items() if key in {"@id", "url", "item", "identifier", "license"}]
        return [one for one in here if isinstance(one, str)] + [a for v in value.values() for a in _addresses(v)]
    return [a for v in value for a in _addresses(v)] if isinstance(value, list) else []


def test_data_of_every_page_hold_whole_addresses(small: Built) -> None:
    """Also the last crumb's."""
    for path in (path for path in small.files if path.endswith(".html")):
        data = _data(small.text(path))
        assert all(re.match(r"https?://[^/]+/", address) for address in _addresses(data)), path
        for crumbs in (one for one in data if one["@type"] == "BreadcrumbList"):
            items = crumbs["itemListElement"]
            assert isinstance(items, list)
            assert all(item["item"].startswith("https://katalog.example/contoh/") for item in items)


def test_data_of_an_entry_say_what_is_known(small: Built) -> None:
    """Whole and parts name each other; a publisher, a date and a picture only where there is one."""
    whole_page, part_page = (small.text(f"inovasi/{slug}/index.html") for slug in ("kopi-sehat", "sumur-desa"))
    whole, piece = _data(whole_page)[0], _data(part_page)[0]
    address = "https://katalog.example/contoh/inovasi/kopi-sehat/"

    assert whole["@type"] == "CreativeWork"
    assert whole["@id"] == whole["url"] == whole["identifier"] == address
    assert whole["provider"]["@type"] == "Organization"  # type: ignore[index]
    assert [one["url"] for one in whole["hasPart"]] == [address.replace("kopi-sehat", "sumur-desa")]  # type: ignore[attr-defined]
    assert [one["@type"] for one in piece["isPartOf"]] == ["WebSite", "CreativeWork"]  # type: ignore[attr-defined]
    assert piece["isPartOf"][1]["url"] == address  # type: ignore[index]
    assert not {"publisher", "image", "datePublished", "dateCreated"} & {*piece}
    assert "Terdiri atas" in whole_page
    assert "Terdiri atas" not in part_page
    assert html.unescape(whole_page).count("inovasi/sumur-desa/") >= 2
