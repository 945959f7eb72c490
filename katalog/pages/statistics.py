"""The catalogue in figures: charts, what offices may still add, and both as tables and JSON."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from operator import attrgetter, not_

from msgspec import Struct

from katalog.cells import as_csv
from katalog.json_text import indented
from katalog.language import INDONESIAN, N_, Language
from katalog.model import Catalogue, Config, Facet, File, Innovation, Page, Term
from katalog.pages import charts
from katalog.pages.entries import WANTED

_wanted = attrgetter(*(name for name, _ in WANTED))

PATH = "statistik/"
TITLE = N_("Statistik katalog")
UNKNOWN = N_("belum diketahui")
# So many managers stand in the page's table, those with the most entries; the files hold all.
MOST_MANAGERS = 200

# The divisions that are drawn, in the order of the page, each with how its figures came about.
_NOTES = {
    "tahun": N_("Tahun sumber bertanggal yang paling tua, bukan tahun inovasi dimulai."),
    "urusan": N_("Bidang kerja pemerintah yang dilayani. Satu inovasi bisa masuk beberapa urusan."),
    "jenis_pengelola": N_("Jenis kantor atau kelompok yang menjalankan, menurut sumber."),
    "kelompok": N_("Siapa pelakunya, mengikuti formulir Indeks Inovasi Daerah."),
    "tahapan": N_("Sudah sampai mana, menurut sumber terakhir yang kami temukan."),
    "status": N_("Dari mana isi entrinya, dan apakah sudah diperiksa."),
    "kecamatan": N_("Tempat yang disebut sumber. Satu inovasi bisa berjalan di beberapa kecamatan."),
}


class Row(Struct, frozen=True, kw_only=True):
    """One value of a division: how many innovations have it, and where they are listed ("" where nowhere)."""

    name: str
    path: str
    count: int


class Division(Struct, frozen=True, kw_only=True):
    """A chart with everything that is told of it; `rows` hold every value, the unknown last."""

    key: str
    label: str
    note: str
    path: str
    rows: tuple[Row, ...]
    columns: charts.Chart | None
    bars: charts.Chart
    known: int
    unknown: Row
    sum: int
    empty: int


class Gaps(Struct, frozen=True, kw_only=True):
    """What the entries of a manager still lack: for each wanted fact, how many."""

    manager: Term
    count: int
    lacking: tuple[int, ...]


def plan(catalogue: Catalogue, config: Config) -> Iterator[Page | File]:
    """`/statistik/`, a table for each of its parts, and all of them as JSON."""
    total, gaps = len(catalogue.innovations), find_gaps(catalogue.innovations)
    every, divisions = _divisions(catalogue, INDONESIAN)
    for division in every:  # also where there is little to tell now: its address stays
        yield File(path=division.path, content=as_csv(as_rows(division, total)))
    yield File(path=f"{PATH}kelengkapan.csv", content=as_csv(gap_rows(gaps)))
    yield File(path=f"{PATH}statistik.json", content=indented(as_json(divisions, gaps, catalogue, config)))
    yield page_of(catalogue, config, INDONESIAN)


def page_of(catalogue: Catalogue, config: Config, language: Language) -> Page:
    """`/statistik/`; its files are the same in every language."""
    total, gaps = len(catalogue.innovations), find_gaps(catalogue.innovations)
    _, divisions = _divisions(catalogue, language)
    return Page(
        path=PATH,
        kind="statistik",
        title=language.gettext(TITLE),
        description=language.ngettext(
            "Katalog ini dalam angka: %(num)s inovasi menurut tahun, urusan, pengelola, dan lainnya.",
            "Katalog ini dalam angka: %(num)s inovasi menurut tahun, urusan, pengelola, dan lainnya.",
            total,
        ),
        crumbs=((language.gettext("Beranda"), ""),),
        data={
            "divisions": divisions,
            "gaps": _largest(gaps),
            "managers": len(gaps),
            "wanted": WANTED,
            "figures": key_figures(catalogue, language),
            "parts": _count_parts(catalogue.innovations),
            "all_lacking": [sum(gap.lacking[i] for gap in gaps) for i in range(len(WANTED))],
        },
        json_ld=_json_ld(divisions, config, language),
    )


def _divisions(catalogue: Catalogue, language: Language) -> tuple[list[Division], list[Division]]:
    """Every division, and those that are drawn: one value is a finding too, that nothing has been verified yet, say."""
    facets = {facet.key: facet for facet in catalogue.facets}
    total = len(catalogue.innovations)
    every = [_divide(facets[key], total, note, language) for key, note in _NOTES.items()]
    return every, [division for division in every if division.known]


def key_figures(catalogue: Catalogue, language: Language = INDONESIAN) -> list[tuple[int, str]]:
    """The catalogue's own counts, each with its words."""
    facets = {facet.key: [group for group in facet.groups if group.innovations] for facet in catalogue.facets}
    affairs = next(len(facet.groups) for facet in catalogue.facets if facet.key == "urusan")
    innovations, managers, filled = len(catalogue.innovations), len(facets["pengelola"]), len(facets["urusan"])
    references = sum(len(entry.sources) for entry in catalogue.innovations)
    return [
        (innovations, language.ngettext("inovasi", "inovasi", innovations)),
        (managers, language.ngettext("pengelola", "pengelola", managers)),
        (filled, language.ngettext("urusan terisi, dari %(all)s", "urusan terisi, dari %(all)s", filled, all=affairs)),
        (references, language.ngettext("rujukan ke sumber", "rujukan ke sumber", references)),
    ]


def find_gaps(innovations: Sequence[Innovation]) -> tuple[Gaps, ...]:
    """Every manager with entries, by name."""
    managers = {entry.manager.slug: entry.manager for entry in innovations}
    owned: dict[str, list[Innovation]] = defaultdict(list)
    for entry in innovations:
        owned[entry.manager.slug].append(entry)
    return tuple(
        Gaps(
            manager=managers[slug],
            count=len(entries),
            lacking=tuple(sum(map(not_, column)) for column in zip(*map(_wanted, entries), strict=True)),
        )
        for slug, entries in sorted(owned.items(), key=lambda pair: (managers[pair[0]].name.casefold(), pair[0]))
    )


def as_rows(division: Division, total: int) -> Iterator[list[str]]:
    """A division as a table: every value, also those that no innovation has."""
    yield [division.label, "Jumlah inovasi", "Persen dari semua inovasi"]
    yield from ([row.name, str(row.count), str(_share(row.count, total))] for row in division.rows)


def _largest(gaps: Sequence[Gaps]) -> list[Gaps]:
    """As many as the table takes, still by name."""
    kept = {id(gap) for gap in nlargest(MOST_MANAGERS, gaps, key=lambda gap: gap.count)}
    return [gap for gap in gaps if id(gap) in kept]


def gap_rows(gaps: Sequence[Gaps]) -> Iterator[list[str]]:
    """What entries lack as a table, one row a manager."""
    yield ["Pengelola", "Jumlah inovasi", *(f"Belum diketahui: {word}" for _, word in WANTED)]
    yield from ([gap.manager.name, str(gap.count), *map(str, gap.lacking)] for gap in gaps)


def as_json(
    divisions: Sequence[Division], gaps: Sequence[Gaps], catalogue: Catalogue, config: Config
) -> Mapping[str, object]:
    """All figures of the page under Indonesian keys; the page says what they mean."""
    total = len(catalogue.innovations)
    return {
        "judul": f"{config.title} {config.region}: statistik",
        "alamat": f"{config.base_url}/{PATH}",
        "lisensi": {"nama": config.licence.name, "url": config.licence.url},
        "jumlah_inovasi": total,
        "bagian_dari_inovasi_lain": _count_parts(catalogue.innovations),
        "pembagian": [
            {
                "kunci": division.key,
                "nama": division.label,
                "catatan": division.note,
                "diketahui": division.known,
                "nilai": [
                    {
                        "nama": row.name,
                        "jumlah": row.count,
                        "persen": _share(row.count, total),
                        **({"alamat": f"{config.base_url}/{row.path}"} if row.path else {}),
                    }
                    for row in division.rows
                ],
            }
            for division in divisions
        ],
        "kelengkapan": [
            {
                "pengelola": gap.manager.name,
                "alamat": f"{config.base_url}/pengelola/{gap.manager.slug}/",
                "jumlah": gap.count,
                "belum_ada": {word: lacking for (_, word), lacking in zip(WANTED, gap.lacking, strict=True)},
            }
            for gap in gaps
        ],
    }


def _divide(facet: Facet, total: int, note: str, language: Language) -> Division:
    unknown = Row(name=language.gettext(UNKNOWN), path=f"{facet.path}/belum-diketahui/", count=len(facet.unknown))
    columns = charts.years(facet) if facet.key == "tahun" else None
    bars = charts.backwards(columns) if columns and columns.bars else charts.bars(facet, language)
    rows = [
        Row(name=language.name_of(group.term), path=f"{facet.path}/{group.term.slug}/", count=len(group.innovations))
        for group in facet.groups
    ]
    if columns and columns.bars:
        rows = [Row(name=bar.label, path=bar.path, count=bar.count) for bar in columns.bars]
    return Division(
        key=facet.key,
        label=language.gettext(facet.label),
        note=language.gettext(note),
        path=f"{PATH}{facet.key}.csv",
        rows=(*rows, unknown),
        columns=columns,
        bars=bars,
        known=total - len(facet.unknown),
        unknown=unknown,
        sum=sum(row.count for row in rows),
        empty=0 if columns else sum(not row.count for row in rows),
    )


def _count_parts(innovations: Sequence[Innovation]) -> int:
    return sum(bool(entry.part_of) for entry in innovations)


def _share(count: int, total: int) -> float:
    return round(100 * count / total, 1) if total else 0.0


def _json_ld(divisions: Sequence[Division], config: Config, language: Language) -> dict[str, object]:
    files = [
        ("application/json", f"{PATH}statistik.json"),
        *(("text/csv", division.path) for division in divisions),
        ("text/csv", f"{PATH}kelengkapan.csv"),
    ]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": language.gettext("Statistik %(catalogue)s", catalogue=f"{config.title} {config.region}"),
        "description": language.gettext(
            "Jumlah entri dalam %(catalogue)s menurut tahun, urusan, dan pengelola.",
            catalogue=f"{config.title} {config.region}",
        ),
        "url": f"{config.base_url}/{language.address(PATH)}",
        "inLanguage": language.code,
        "license": config.licence.url,
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{config.base_url}/{path}"}
            for kind, path in files
        ],
    }
