"""Hostile content: refused at its line, or harmless in everything the site consists of.

A later output joins in one line: give `OUTPUTS` a function that finds what is wrong with its files. HTML joins by
itself. `tests/browser/test_hostile.py` does the same in a real browser.
"""

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import bibtexparser.entrypoint
import pytest
import rispy
from openpyxl import load_workbook
from PIL import Image
from rdflib import Graph, URIRef
from selectolax.lexbor import LexborHTMLParser

from katalog.characters import printable_name
from katalog.problems import Problem, mistakes
from katalog.schema import CONFIG, CORRECTION, FACT, INNOVATION, PROSE, SEARCH, STEM_FAMILY, SYNONYMS, TERM
from tests.conftest import Built, build_project
from tests.hostile import entries
from tests.hostile.entries import Input, Settled, all_inputs, entry, make_hostile_project, sound_inputs
from tests.hostile.guard import Pairs, page_faults, pairs_of

BASE_URL = "https://katalog.example/contoh"


@pytest.fixture(scope="module")
def told(settled: Settled) -> dict[str, list[Problem]]:
    """The mistakes of all inputs, by file."""
    return settled.told


@pytest.fixture(scope="module")
def hostile(settled: Settled) -> Built:
    """The site of every input that is accepted."""
    return settled.site


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory, small: Built, english: Built) -> Pairs:
    """What pages consist of where nobody is hostile: every branch of the templates, and all that Markdown makes."""
    inputs = (*sound_inputs(("Kata biasa",)), entry("uji-markdown", {}, _EVERYTHING))
    sites = (small, english, build_project(make_hostile_project(tmp_path_factory.mktemp("biasa"), inputs)))
    return frozenset(
        pair for site in sites for path in site.files if path.endswith(".html") for pair in pairs_of(site.text(path))
    )


def test_there_are_enough_inputs_and_none_twice() -> None:
    """The floor that the project set itself; each is a file of its own."""
    inputs = all_inputs()

    assert len({given.content for given in inputs}) >= 200
    assert len({unicodedata.normalize("NFC", given.path).casefold() for given in inputs}) == len(inputs)


def test_every_field_of_every_kind_of_content_is_tried() -> None:
    """A new field is attacked from the day it exists."""
    written = "\n".join(given.content.decode("utf-8", "replace") for given in all_inputs())
    tables = f"{entries.VOCABULARY}\n{entries.FACTS}\n{entries.SEARCH}\n{entries.CONFIG}\n{entries.CORRECTIONS}"
    small = ((TERM, tables), (FACT, tables), (CONFIG, tables), (CORRECTION, tables))

    for fields, text in ((INNOVATION, written), (PROSE, written), *small):
        assert [field.key for field in fields if not re.search(rf"(?m)^{field.key}\b", text)] == []
    for field in (*SEARCH, *STEM_FAMILY, *SYNONYMS):
        assert f"\n{field.key} = " in tables


def _id(given: Input) -> str:
    return ascii(Path(given.path).name[:40])


@pytest.mark.parametrize("given", [given for given in all_inputs() if given.code], ids=_id)
def test_what_must_not_come_in_is_refused_at_its_line(given: Input, told: dict[str, list[Problem]]) -> None:
    """With the code of its kind; only a file that was not read has no line."""
    problems = [problem for problem in told.get(printable_name(given.path), []) if problem.code is given.code]

    assert problems
    assert given.is_whole or all(problem.place.line for problem in problems)
    assert all(problem.message and problem.remedy for problem in problems)
    assert not any(re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", f"{problem}") for problem in problems)


def test_free_text_is_accepted_whatever_it_says(told: dict[str, list[Problem]]) -> None:
    """A filter that guesses at words would refuse honest ones; making text harmless is the site's work."""
    assert [given.path for given in all_inputs() if given.code == "" and told.get(given.path)] == []


def test_nothing_but_the_files_themselves_is_at_fault(told: dict[str, list[Problem]]) -> None:
    """Hostile words in vocabulary, facts, dictionary and configuration are words."""
    assert set(told) <= {printable_name(given.path) for given in all_inputs()}


def test_a_good_part_of_the_inputs_makes_a_site(hostile: Built) -> None:
    """Else the other tests would look at nothing."""
    assert not mistakes(hostile.outcome.problems)
    assert sum(path.startswith("inovasi/uji-") for path in hostile.files) >= 200


def test_pages_hold_only_what_templates_and_markdown_make(hostile: Built, known: Pairs) -> None:
    """No element, attribute, scheme, script or address of a stranger's own."""
    faults = {
        path: found
        for path in hostile.files
        if path.endswith(".html") and (found := page_faults(hostile.text(path), known, BASE_URL))
    }

    assert faults == {}


def test_file_names_suit_every_system(hostile: Built) -> None:
    """Small letters and digits; no name that Windows keeps; none differs from another by case alone."""
    parts = {part for path in hostile.files for part in path.split("/")}

    # What hosts ask for by this name, and the licence of the typeface.
    own = {
        "_headers",
        ".htaccess",
        *(part for part in parts if part.startswith("_redirects")),
        *(part for part in parts if part.startswith("OFL.")),
    }
    assert [part for part in parts - own if not re.fullmatch(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?", part)] == []
    assert [part for part in parts if re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", part)] == []


def _feed(site: Built) -> Iterator[str]:
    """Well-formed, and as many entries as there should be; ElementTree raises over anything else."""
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(site.files["umpan.xml"])
    found = feed.findall(f"{atom}entry")
    names = {row["nama"] for row in json.loads(site.files["data/inovasi.json"])["inovasi"]}
    yield from (
        f"no name: {title.text}" for title in feed.findall(f"{atom}entry/{atom}title") if title.text not in names
    )
    yield from (f"strange {element.tag}" for one in found for element in one.iter() if not element.tag.startswith(atom))
    if not found:
        yield "empty"


def _map(site: Built) -> Iterator[str]:
    places = ET.fromstring(site.files["sitemap.xml"]).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    yield from (f"{place.text}" for place in places if not re.fullmatch(rf"{BASE_URL}/[a-z0-9/.-]*", place.text or ""))


def _table(site: Built) -> Iterator[str]:
    rows = list(csv.reader(io.StringIO(site.files["data/inovasi.csv"].decode("utf-8-sig"), newline=""), strict=True))
    yield from (cell for row in rows for cell in row if re.match(r"[\t\r]|\s*[=+\-@]", cell))
    yield from (f"{len(row)} cells" for row in rows if len(row) != len(rows[0]))
    if not any(cell.startswith("'=") for row in rows for cell in row):
        yield "nothing neutralised"


def _figures(site: Built) -> Iterator[str]:
    """Names of managers are words of strangers, too; and of a whole table none is lost."""
    tables = [path for path in site.files if path.startswith("statistik/") and path.endswith(".csv")]
    names = {row["pengelola"] for row in json.loads(site.files["statistik/statistik.json"])["kelengkapan"]}
    for path in tables:
        rows = list(csv.reader(io.StringIO(site.files[path].decode("utf-8-sig"), newline=""), strict=True))
        yield from (f"{path}: {cell}" for row in rows for cell in row if re.match(r"[\t\r]|\s*[=+\-@]", cell))
        yield from (f"{path}: {len(row)} cells" for row in rows if len(row) != len(rows[0]))
    if not tables or not any("<" in name for name in names):
        yield "nothing hostile"


def _json(site: Built) -> Iterator[str]:
    """Data keep what was written: only tables for spreadsheets change it."""
    names = [row["nama"] for row in json.loads(site.files["data/inovasi.json"])["inovasi"]]
    yield from (
        f"lost {word}" for word in ("<script>kenari()</script>", "=1+1") if not any(word in name for name in names)
    )
    for path in site.files:
        if path.endswith(".json"):
            json.loads(site.files[path])


def _photos(site: Built) -> Iterator[str]:
    """Encoded anew: what was written into the file is gone."""
    content = site.files[f"gambar/{entries.PHOTO}"]
    if b"kenari" in content or Image.open(io.BytesIO(content)).info.get("comment"):
        yield "comment"


def _patterns(site: Built) -> Iterator[str]:
    """Pictures are drawn, never written by strangers: no word of theirs, no script, nothing from elsewhere."""
    for path in site.files:
        if path.startswith("motif/"):
            drawn = site.text(path).replace('xmlns="http://www.w3.org/2000/svg"', "")
            yield from (f"{path}: {word}" for word in ("kenari", "<script", "http", " on") if word in drawn)


def _manifest(site: Built) -> Iterator[str]:
    """The name is the configuration's own, as JSON."""
    if not json.loads(site.files["situs.webmanifest"])["icons"]:
        yield "no icons"


def _sheets(site: Built) -> Iterator[str]:
    """Sheets to fill in hold words of the program alone."""
    yield from (path for path in ("usulkan/templat.rtf", "usulkan/templat.md") if b"kenari" in site.files[path])


def _redirects(site: Built) -> Iterator[str]:
    """Every line is one of ours: addresses of small letters, digits and hyphens, and nothing a server could obey."""
    address = r"/contoh/[a-z0-9./_-]*"
    forms = {
        "_redirects": rf"{address} {address} 30[12]",
        "_redirects.conf": rf"location = {address} \{{ return 30[12] {address}; \}}",
        "_redirects.caddy": rf"redir {address} {address} 30[12]",
        ".htaccess": r'RedirectMatch 30[12] "\^/contoh/[a-z0-9/_\\.-]*\$" ' + address,
    }
    for path, form in forms.items():
        lines = site.text(path).splitlines()[1:]
        if path == ".htaccess":
            lines = lines[lines.index("<IfModule mod_alias.c>") + 1 : -1]
        yield from (f"{path}: {line}" for line in lines if not re.fullmatch(form, line))
        if not lines:
            yield "no moves"


def _cards(site: Built) -> Iterator[str]:
    """Pixels and a palette: no word of anyone's, and small enough for messengers whatever an entry is called."""
    for path, content in site.files.items():
        if path.endswith("kartu.png"):
            picture = Image.open(io.BytesIO(content))
            picture.load()
            if picture.size != (1200, 630) or picture.mode != "P" or picture.info or len(content) > 40_000:
                yield f"{path}: {picture.size} {picture.mode} {picture.info} {len(content)} bytes"


def _workbook(site: Built) -> Iterator[str]:
    """Every cell is a text, a number or a date; XML of strangers stays text, and nothing leads out."""
    with zipfile.ZipFile(io.BytesIO(site.files["data/inovasi.xlsx"])) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            ET.fromstring(part)  # ours, so well-formed; else this raises
            yield from (f"{name}: {mark!r}" for mark in (b"<f>", b"<hyperlink", b"TargetMode") if mark in part)
    cells = [
        cell for sheet in load_workbook(io.BytesIO(site.files["data/inovasi.xlsx"])) for row in sheet for cell in row
    ]
    yield from (
        f"{cell.coordinate}: {cell.data_type}" for cell in cells if cell.data_type not in {"s", "n", "d", "inlineStr"}
    )
    if not any(str(cell.value).startswith("=") for cell in cells):
        yield "no formula was tried"


def _lines(site: Built) -> Iterator[str]:
    """A stranger's line ends make no line; the same entries as in the one document."""
    lines = site.files["data/inovasi.jsonl"].decode().split("\n")
    if [json.loads(line) for line in lines[:-1]] != json.loads(site.files["data/inovasi.json"])["inovasi"] or lines[-1]:
        yield "other entries"


def _dictionary(site: Built) -> Iterator[str]:
    yield from (path for path in ("data/kamus.csv",) if b"kenari" in site.files[path])


def _linked_data(site: Built) -> Iterator[str]:
    """Words of strangers are literals: no subject, kind or property, and no address but the licence."""
    graph = Graph().parse(data=site.text("data/dcat.jsonld"), format="json-ld")
    for subject, predicate, thing in graph:
        named = [term for term in (subject, predicate, thing) if isinstance(term, URIRef)]
        yield from (str(term) for term in named if "kenari" in term or not re.match("https?://|mailto:", term))


def _citations(site: Built) -> Iterator[str]:
    """One record each, as independent readers see it; no name starts a field or a record."""
    for path in site.files:
        if b"sudah ditarik" in site.files[path]:
            continue  # a line of words of ours
        if path.endswith(".bib"):
            library = bibtexparser.entrypoint.parse_string(site.text(path))
            if library.failed_blocks or len(library.blocks) != 1 or len(library.entries[0].fields) > 7:
                yield f"{path}: {site.text(path)}"
        elif path.endswith(".ris"):
            lines = site.text(path).splitlines()
            tags = [line[:6] for line in lines]
            if len(rispy.loads(site.text(path))) != 1 or len(set(tags)) != len(tags) or tags[-1] != "ER  - ":
                yield f"{path}: {site.text(path)}"


def _frames(site: Built) -> Iterator[str]:
    """What others are to write into their pages is one frame of ours and nothing else."""
    for path in site.files:
        if path.endswith("/oembed.json") and b'"ditarik"' not in site.files[path]:
            body = LexborHTMLParser(f"<!DOCTYPE html><body>{json.loads(site.files[path])['html']}").body
            nodes = [node for node in body.traverse() if node.tag != "body"] if body else []
            sources = [node.attributes.get("src") or "" for node in nodes if node.tag == "iframe"]
            if len(nodes) != 1 or not all(source.startswith(f"{BASE_URL}/inovasi/") for source in sources):
                yield f"{path}: {nodes}"


def _codes(site: Built) -> Iterator[str]:
    """Addresses drawn as paths: no word, no style."""
    for path in site.files:
        if path.endswith("/qr.svg"):
            names = {f"{one.tag}" for one in ET.fromstring(site.files[path]).iter()}
            if names != {f"{{http://www.w3.org/2000/svg}}{name}" for name in ("svg", "path")}:
                yield f"{path}: {names}"


OUTPUTS: dict[str, Callable[[Built], Iterator[str]]] = {
    "feed": _feed,
    "sitemap": _map,
    "csv": _table,
    "figures": _figures,
    "json": _json,
    "photos": _photos,
    "patterns": _patterns,
    "manifest": _manifest,
    "sheets": _sheets,
    "redirects": _redirects,
    "cards": _cards,
    "workbook": _workbook,
    "json lines": _lines,
    "dictionary": _dictionary,
    "linked data": _linked_data,
    "citations": _citations,
    "frames": _frames,
    "codes": _codes,
}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib warns of itself
@pytest.mark.parametrize("find_faults", OUTPUTS.values(), ids=OUTPUTS)
def test_every_other_output_is_harmless(find_faults: Callable[[Built], Iterator[str]], hostile: Built) -> None:
    """See the module's docstring for how to add one."""
    assert list(find_faults(hostile)) == []


def test_no_file_is_of_a_kind_that_nobody_looks_at(hostile: Built) -> None:
    """A new kind of output must join `OUTPUTS`."""
    kinds = {Path(path).suffix for path in hostile.files}

    assert kinds <= {
        *(".html", ".xml", ".csv", ".json", ".txt", ".jpg", ".css", ".js", ".svg", ".ico", ".png", ".woff2"),
        *(".webmanifest", ".rtf", ".md", ".conf", ".caddy", ".xlsx", ".jsonl", ".jsonld", ".bib", ".ris", ""),
    }


_EVERYTHING = """## Judul dua
### Judul tiga
#### Judul empat
##### Judul lima
###### Judul enam

Teks **tebal** *miring* `kode` <del>a</del> <ins>b</ins> <sub>g</sub>
<sup>h</sup> <sup class="rujukan">h</sup> <abbr title="x">i</abbr> <ins lang="en">j</ins>
[luar](https://a.example "judul") [dalam](/data/)

> kutipan

1. satu

- dua

3. tiga
{: start }

***

    kode

|a|b|c|
|:-|:-:|-:|
|1|2|3|
"""
