"""The same catalogue as projects of Hugo and Eleventy: their own formats, templates like ours, the same pages.

Templates lie in `peers/`; what is written here is content: entries, terms, and the links that every page carries.
"""

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.speed.corpus import BASE, FACETS, ROOT, UNKNOWN, Entry, Term, make_entries, vocabulary
from katalog.schema import ROWS_A_PAGE

PEERS = Path(__file__).resolve().parent / "peers"
DESCRIPTION = "Katalog contoh untuk pengujian; kabupaten, kantor, dan inovasinya tidak ada."
# What every site makes besides pages.
FEED, SITEMAP = "umpan.xml", "sitemap.xml"
_PROSE = "tentang"
# Hugo takes a taxonomy for another one whose name begins alike (`jenis`, `jenis_pengelola`).
_KEYS = {"jenis_pengelola": "kantor"}
_SOURCE_MARK = re.compile(r"\[\^(\d+)\]")


def write_hugo(folder: Path, count: int) -> None:
    """A project of Hugo's: every facet a taxonomy, every term a page of content."""
    shutil.copytree(PEERS / "hugo", folder)
    shutil.copytree(ROOT / "static", folder / "static")
    content = folder / "content"
    years = _write_entries(content / "inovasi", count)
    _write(content / "_index.md", _head({"title": "Beranda", "ringkasan": DESCRIPTION}))
    listing = {"title": "Semua inovasi", "ringkasan": f"Daftar {count} inovasi menurut abjad."}
    _write(content / "inovasi" / "_index.md", _head(listing))
    _write(content / f"{_PROSE}.md", _prose())
    for key, path, label in FACETS:
        index = {"title": f"Inovasi menurut {label.lower()}", "label": label, "ringkasan": f"Menurut {label.lower()}."}
        # Hugo appends a taxonomy's name to a pattern for its index, so that address is given.
        index |= {"url": f"/{path}/"} if path != key else {}
        _write(content / _KEYS.get(key, key) / "_index.md", _head(index))
        for term in terms_of(key, years):
            row = {"title": f'"{term.name}"', "ringkasan": term.note, "golongan": term.group}
            _write(content / _KEYS.get(key, key) / term.slug / "_index.md", _head(row))
    chosen = [{"key": _KEYS.get(key, key), "label": label} for key, _, label in FACETS if key != "tahun"]
    site = {"judul": "Katalog Inovasi", "wilayah": "Kabupaten Contoh", "saringan": chosen, **links()}
    _write(folder / "config" / "_default" / "params.json", _json(site))


def write_eleventy(folder: Path, count: int) -> None:
    """A project of Eleventy's: the terms are data, from which templates make pages."""
    shutil.copytree(PEERS / "eleventy", folder)
    shutil.copytree(ROOT / "static", folder / "static")
    source = folder / "src"
    years = _write_entries(source / "inovasi", count)
    _write(source / f"{_PROSE}.md", _prose("prosa.11ty.js"))
    facets = [
        {
            "key": _KEYS.get(key, key),
            "path": path,
            "label": label,
            "title": f"Inovasi menurut {label.lower()}",
            "note": f"Menurut {label.lower()}.",
            "terms": [
                {"name": term.name, "slug": term.slug, "note": term.note, "group": term.group}
                for term in terms_of(key, years)
            ],
        }
        for key, path, label in FACETS
    ]
    _write(source / "_data" / "kosakata.json", _json(facets))
    _write(source / "_data" / "situs.json", _json({"ringkasan": DESCRIPTION, **links()}))


def terms_of(key: str, years: Iterable[int]) -> tuple[Term, ...]:
    """The terms of a facet that have a page, with the one for "not known"."""
    unknown = Term(name="Belum diketahui", slug=UNKNOWN, note="Belum kami temukan di sumber publik.")
    if key == "tahun":
        notes = {str(year): f"Sumber tertuanya bertahun {year}." for year in sorted(set(years), reverse=True)}
        return (*(Term(name=year, slug=year, note=note) for year, note in notes.items()), unknown)
    return (*vocabulary()[key], unknown)


_DATA = [
    ("Statistik", "statistik/"),
    ("Data terbuka", "data/"),
    ("Perubahan katalog", "perubahan/"),
    ("Umpan Atom", FEED),
    ("Untuk pers", "pers/"),
]


def links() -> dict[str, list[dict[str, object]]]:
    """The links that our pages carry, head and foot."""
    browse = [
        ("Semua inovasi", "inovasi/"),
        ("Indeks nama A-Z", "inovasi/a-z/"),
        *((f"Menurut {label.lower()}", f"{path}/") for _, path, label in FACETS),
    ]
    parts = (
        ("jelajah", "Jelajahi", browse),
        ("data", "Data", _DATA),
        ("ikut", "Ikut menyusun", [("Usulkan inovasi", "usulkan/")]),
        ("tentang", "Tentang", [("Tentang contoh", f"{_PROSE}/")]),
    )
    head = (
        ("Semua inovasi", "inovasi/"),
        ("Urusan", "urusan/"),
        ("Pengelola", "pengelola/"),
        ("Statistik", "statistik/"),
        ("Data terbuka", "data/"),
        ("Usulkan inovasi", "usulkan/"),
    )
    return {
        "utama": [{"label": label, "path": path} for label, path in head],
        "kaki": [
            {"id": name, "label": title, "tautan": [{"label": label, "path": path} for label, path in rows]}
            for name, title, rows in parts
        ],
    }


def pages_of_corpus(count: int) -> frozenset[str]:
    """The addresses that every one of the sites must have, "" for the home page."""
    slugs: list[str] = []
    years: set[int] = set()
    for entry in make_entries(count):
        slugs.append(entry.slug)
        years.add(entry.documented)
    terms = {path: [term.slug for term in terms_of(key, years)] for key, path, _ in FACETS}
    return _addresses(slugs, terms)


def pages_of_hugo(folder: Path) -> frozenset[str]:
    """The addresses that a project of Hugo's describes."""
    content = folder / "content"
    slugs = [path.stem for path in (content / "inovasi").iterdir() if path.name != "_index.md"]
    terms = {
        path: [entry.name for entry in (content / _KEYS.get(key, key)).iterdir() if (entry / "_index.md").is_file()]
        for key, path, _ in FACETS
        if (content / _KEYS.get(key, key) / "_index.md").is_file()
    }
    return _addresses(slugs, terms)


def pages_of_eleventy(folder: Path) -> frozenset[str]:
    """The addresses that a project of Eleventy's describes."""
    facets = json.loads((folder / "src" / "_data" / "kosakata.json").read_text(encoding="utf-8"))
    slugs = [path.stem for path in (folder / "src" / "inovasi").glob("*.md")]
    return _addresses(slugs, {facet["path"]: [term["slug"] for term in facet["terms"]] for facet in facets})


def pages_in(site: Path) -> frozenset[str]:
    """The addresses that a finished site has."""
    found = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.suffix in {".html", ".xml"})
    return frozenset(path.removesuffix("index.html") for path in found)


def _addresses(slugs: Sequence[str], terms: Mapping[str, Iterable[str]]) -> frozenset[str]:
    last = max(1, -(-len(slugs) // ROWS_A_PAGE))
    return frozenset(
        (
            "",
            "inovasi/",
            f"{_PROSE}/",
            FEED,
            SITEMAP,
            *(f"inovasi/halaman/{number}/" for number in range(2, last + 1)),
            *(f"inovasi/{slug}/" for slug in slugs),
            *(f"{path}/" for path in terms),
            *(f"{path}/{slug}/" for path, members in terms.items() for slug in members),
        )
    )


def _write_entries(folder: Path, count: int) -> set[int]:
    """Every entry as a peer's file; the years that there are."""
    folder.mkdir(parents=True, exist_ok=True)
    years = set()
    for entry in make_entries(count):
        years.add(entry.documented)
        _write(folder / f"{entry.slug}.md", as_peer_text(entry))
    return years


def as_peer_text(entry: Entry) -> str:
    """An entry as Hugo and Eleventy read it: terms by their slugs, marks of sources as links."""
    kinds = {term.name: term for term in vocabulary()["jenis_pengelola"]}
    terms: dict[str, tuple[Term | None, ...]] = {
        "urusan": entry.affairs,
        "pengelola": (entry.manager,),
        "kecamatan": entry.districts,
        "kelompok": (entry.group,),
        "bentuk": (entry.form,),
        "jenis": (entry.kind,),
        "tahapan": (entry.stage,),
        "status": (entry.status,),
        "jenis_pengelola": (kinds.get(entry.manager.group),),
    }
    rows: list[str] = []
    for key, carried in terms.items():
        slugs = [term.slug for term in carried if term] or [UNKNOWN]
        rows += [f"{_KEYS.get(key, key)}:", *(f"  - {slug}" for slug in slugs)]
    rows += ["tahun:", f'  - "{entry.documented}"', f"golongan: {entry.manager.group}", f"penerapan: {entry.launch}"]
    rows += [f"ditambahkan: {entry.added}", "kata_kunci:", *(f"  - {word}" for word in entry.keywords), "sumber:"]
    for source in entry.sources:
        rows += [f"  - judul: {source.title}", f"    penerbit: {source.publisher}"]
        rows += [f"    tanggal: {source.date}", f"    url: {source.url}"]
    top = {"title": entry.name, "kepanjangan": entry.expansion, "ringkasan": entry.summary}
    body = _SOURCE_MARK.sub(r"[\1](#sumber-\1)", entry.body)
    return "\n".join(("---", *_rows(top), *rows, "---", "", body, ""))


def _prose(layout: str = "") -> str:
    """The one page of prose of the tests' region."""
    text = (BASE / "content" / "pages" / f"{_PROSE}.md").read_text(encoding="utf-8")
    head = _head({"title": "Tentang contoh", "ringkasan": "Halaman contoh untuk pengujian.", "layout": layout})
    return head + text.split("---", 2)[2]


def _head(values: Mapping[str, str]) -> str:
    return "\n".join(("---", *_rows(values), "---", ""))


def _rows(values: Mapping[str, str]) -> Iterator[str]:
    return (f"{key}: {value}" for key, value in values.items() if value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
