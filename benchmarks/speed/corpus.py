"""A made-up catalogue of any size, always the same: the fictional region of the tests, and words that mean nothing.

The vocabulary is as large as a regency's, whatever the number of entries; an entry is as long as a good one, 2.4 kB.
"""

import itertools
import random
import re
import shutil
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

ROOT = Path(__file__).resolve().parent.parent.parent
BASE = ROOT / "tests" / "base"
SEED = 20261124
INVENTED_WORDS = 20_000
YEARS = range(2014, 2024)
UNKNOWN = "belum-diketahui"
# The ways to divide the catalogue: key, address, label. A test compares them with those of the site.
FACETS = (
    ("urusan", "urusan", "Urusan"),
    ("pengelola", "pengelola", "Pengelola"),
    ("kecamatan", "kecamatan", "Kecamatan"),
    ("kelompok", "kelompok", "Kelompok"),
    ("bentuk", "bentuk", "Bentuk"),
    ("jenis", "jenis", "Jenis"),
    ("tahapan", "tahapan", "Tahapan"),
    ("status", "status", "Status"),
    ("jenis_pengelola", "pengelola/jenis", "Jenis pengelola"),
    ("tahun", "tahun", "Tahun"),
)
# So many terms there are in all, with those of the tests' region.
_SIZES = {"urusan": 32, "pengelola": 60, "kecamatan": 22, "kelompok": 6, "bentuk": 3, "tahapan": 3}
_SYLLABLES = (
    "ba",
    "ca",
    "da",
    "ga",
    "ja",
    "ka",
    "la",
    "ma",
    "na",
    "pa",
    "ra",
    "sa",
    "ta",
    "wa",
    "bi",
    "ri",
    "tu",
    "lo",
)


class Term(Struct, frozen=True, kw_only=True):
    """A word of a controlled list."""

    name: str
    slug: str
    note: str
    group: str = ""


class Source(Struct, frozen=True, kw_only=True):
    """Where something of an entry comes from."""

    title: str
    publisher: str
    date: str
    url: str


class Entry(Struct, frozen=True, kw_only=True):
    """An innovation that there is not; `body` is Markdown with marks like `[^1]`."""

    slug: str
    name: str
    expansion: str
    summary: str
    group: Term
    manager: Term
    affairs: tuple[Term, ...]
    districts: tuple[Term, ...]
    form: Term | None
    kind: Term | None
    stage: Term | None
    status: Term
    launch: str
    documented: int
    added: str
    keywords: tuple[str, ...]
    sources: tuple[Source, ...]
    body: str


@cache
def vocabulary() -> dict[str, tuple[Term, ...]]:
    """The lists by their keys, as they stand in the file that `vocabulary_text` gives."""
    return {
        key: tuple(
            Term(name=row["nama"], slug=row["slug"], note=row["uraian"], group=row.get("kelompok", "")) for row in rows
        )
        for key, rows in tomllib.loads(vocabulary_text()).items()
    }


def vocabulary_text() -> str:
    """`vocabulary.toml`: the tests' own, and numbered terms until each list is long enough."""
    known = (BASE / "content" / "vocabulary.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(known)
    kinds = {"urusan": "kelompok_urusan", "pengelola": "jenis_pengelola"}
    parts = [known]
    for key, size in _SIZES.items():
        for number in range(len(lists[key]) + 1, size + 1):
            name = f"{key.capitalize()} Contoh {number}"
            rows = [f'nama = "{name}"', f'slug = "{key}-contoh-{number}"', f'uraian = "{name}, untuk mengukur saja."']
            if key in kinds:
                groups = lists[kinds[key]]
                rows.append(f'kelompok = "{groups[number % len(groups)]["nama"]}"')
            parts.append("\n".join((f"\n[[{key}]]", *rows, "")))
    return "".join(parts)


def make_entries(count: int) -> Iterator[Entry]:
    """The entries one by one; the first of a larger catalogue are those of a smaller one."""
    chance = random.Random(SEED)  # noqa: S311 (made-up text needs no secrecy)
    words = _words(chance)
    lists = vocabulary()
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
    pen = _Pen(chance=chance, words=words, weights=weights)
    for number in range(count):
        yield _entry(number, pen, lists)


def write_project(folder: Path, count: int, config: str = "") -> None:
    """Our own project: content, templates, styles and a copy of the program; `config` is added to the configuration."""
    shutil.copytree(BASE, folder)
    for name in ("katalog", "templates", "static"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", folder)
    with (folder / "site_config.toml").open("a", encoding="utf-8") as file:
        file.write(config)
    (folder / "content" / "vocabulary.toml").write_text(vocabulary_text(), encoding="utf-8")
    (folder / "content" / "innovations").mkdir()
    for entry in make_entries(count):
        path = folder / "content" / "innovations" / f"{entry.slug}.md"
        path.write_text(as_text(entry), encoding="utf-8", newline="\n")


def as_text(entry: Entry) -> str:
    """An entry in our format."""
    rows = [f"nama: {entry.name}"]
    if entry.expansion:
        rows.append(f"kepanjangan: {entry.expansion}")
    rows += [f"ringkasan: {entry.summary}", f"kelompok: {entry.group.name}", f"pengelola: {entry.manager.name}"]
    choices = (("bentuk", entry.form), ("jenis", entry.kind))
    rows += [f"{key}: {term.name}" for key, term in choices if term]
    rows += ["urusan:", *(f"  - {term.name}" for term in entry.affairs)] if entry.affairs else []
    rows += [f"tahapan: {entry.stage.name}"] if entry.stage else []
    rows += [f"penerapan: {entry.launch}", f"terdokumentasi: {entry.documented}"]
    rows += ["kecamatan:", *(f"  - {term.name}" for term in entry.districts)] if entry.districts else []
    rows += [f"status: {entry.status.name}", "kata_kunci:", *(f"  - {word}" for word in entry.keywords), "sumber:"]
    for source in entry.sources:
        rows += [f"  - judul: {source.title}", f"    penerbit: {source.publisher}"]
        rows += [f"    tanggal: {source.date}", f"    url: {source.url}"]
    rows.append(f"ditambahkan: {entry.added}")
    return "\n".join(("---", *rows, "---", "", entry.body, ""))


class _Pen(Struct, frozen=True, kw_only=True):
    """Writes sentences: words by Zipf's law, as in any language."""

    chance: random.Random
    words: Sequence[str]
    weights: Sequence[float]

    def words_of(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)

    def sentence(self, low: int = 8, high: int = 18) -> str:
        return f"{' '.join(self.words_of(self.chance.randint(low, high))).capitalize()}."

    def paragraph(self, sentences: int, sources: int) -> str:
        return " ".join(f"{self.sentence()}[^{self.chance.randint(1, sources)}]" for _ in range(sentences))

    def name(self, low: int, high: int) -> str:
        """Of rarer words, as names are."""
        return " ".join(self.chance.choices(self.words[100:], k=self.chance.randint(low, high))).title()

    def one(self, terms: Sequence[Term], known: float = 1) -> Term | None:
        return self.chance.choice(terms) if self.chance.random() < known else None

    def some(self, terms: Sequence[Term], most: int, known: float) -> tuple[Term, ...]:
        return tuple(self.chance.sample(terms, self.chance.randint(1, most)) if self.chance.random() < known else ())


def _entry(number: int, pen: _Pen, lists: dict[str, tuple[Term, ...]]) -> Entry:
    chance = pen.chance
    name = pen.name(2, 3)
    year = chance.choice(YEARS)
    sources = tuple(_source(pen, year + (index and chance.randint(0, 2)), number, index) for index in range(3))
    summary = " ".join(pen.words_of(14)).capitalize()[:200].rstrip()
    return Entry(
        slug=f"{name.lower().replace(' ', '-')}-{number + 1}",
        name=f"{name} {number + 1}",
        expansion=pen.name(4, 6) if chance.random() < 1 / 3 else "",
        summary=f"{summary}, entri nomor {number + 1}.",
        group=chance.choice(lists["kelompok"]),
        manager=chance.choice(lists["pengelola"]),
        affairs=pen.some(lists["urusan"], 2, 0.9),
        districts=pen.some(lists["kecamatan"], 3, 0.6),
        form=pen.one(lists["bentuk"], 0.5),
        kind=pen.one(lists["jenis"], 0.9),
        stage=pen.one(lists["tahapan"], 0.5),
        status=lists["status"][chance.random() < 0.1],
        launch=f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        documented=year,
        added=f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        keywords=tuple(dict.fromkeys(pen.words_of(5))),
        sources=sources,
        body=_body(pen, number),
    )


def _source(pen: _Pen, year: int, number: int, index: int) -> Source:
    host = f"media-{pen.chance.randint(1, 40)}"
    return Source(
        title=" ".join(pen.words_of(8)).capitalize(),
        publisher=host.replace("-", " ").capitalize(),
        date=f"{year}-{pen.chance.randint(1, 12):02}-{pen.chance.randint(1, 28):02}",
        url=f"https://{host}.example/berita/{number + 1}-{index + 1}/{'-'.join(pen.words_of(4))}",
    )


def _body(pen: _Pen, number: int) -> str:
    """Three sections; every fourth body has a list, every fifth a table."""
    parts = [pen.paragraph(2, 3), "## Cara kerja", pen.paragraph(4, 3), pen.paragraph(2, 3)]
    if number % 4 == 1:
        parts.append("\n".join(f"- {pen.sentence(4, 8)}" for _ in range(4)))
    if number % 5 == 2:
        rows = [f"| {' '.join(pen.words_of(2))} | {pen.chance.randint(1, 900)} |" for _ in range(4)]
        parts.append("\n".join(("| Bagian | Jumlah |", "|---|---:|", *rows)))
    return "\n\n".join((*parts, "## Hasil", pen.paragraph(4, 3)))


def _words(chance: random.Random) -> list[str]:
    """The words of the tests' region first, then invented ones."""
    known: dict[str, None] = {}
    for path in sorted(BASE.rglob("*.*")):
        text = path.read_text(encoding="utf-8").lower()
        known.update(dict.fromkeys(re.findall(r"\b[a-z]{3,}\b", text)))
    invented = ("".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(INVENTED_WORDS))
    return list(dict.fromkeys([*known, *invented]))
