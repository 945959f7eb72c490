"""The catalogue for programs: `/api/v1/`, whose answers keep their form. docs/API.md is the promise."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import attrgetter

from katalog.entry_text import Plain, plain
from katalog.fields import ChoiceKind, Kind, ListKind
from katalog.json_text import indented
from katalog.model import Catalogue, Config, Deferred, Innovation, Page, Term
from katalog.pages.columns import as_json
from katalog.pages.entries import path_of
from katalog.pages.shapes import answer_schemas
from katalog.schema import GROUPED, INNOVATION, TERM, VOCABULARIES

VERSION = 1
ROOT = f"api/v{VERSION}/"

Answer = Mapping[str, object]


def plan_entries(catalogue: Catalogue, config: Config) -> Iterator[Deferred]:
    """`/api/v1/inovasi/<slug>.json` for every entry."""
    for innovation in catalogue.innovations:
        yield _answer(f"inovasi/{innovation.slug}", partial(as_json, innovation, config), of=(innovation, config))


def plan(catalogue: Catalogue, config: Config) -> Iterator[Page | Deferred]:
    """`/api/v1/`: a page for people, an index, every list of words, and the form of each answer."""
    yield _answer("inovasi", partial(_index, catalogue, config))
    yield _answer("istilah", partial(_lists, catalogue, config))
    for name in VOCABULARIES:
        yield _answer(name, partial(_list, name, catalogue, config))
    for name, schema in answer_schemas(config).items():
        yield _answer(f"skema/{name}", partial(dict, schema))
    yield Page(
        path=ROOT,
        kind="api",
        title="API untuk program",
        description="Alamat JSON yang tetap untuk program: semua inovasi, satu inovasi, dan daftar istilahnya.",
        crumbs=(("Beranda", ""), ("Data terbuka", "data/")),
        data={
            "root": f"{config.base_url}/{ROOT}",
            "first": next(iter(catalogue.innovations), None),
            "sample": indented(_brief(catalogue.innovations[0], config)).decode().rstrip()
            if catalogue.innovations
            else "",
            "lists": VOCABULARIES,
            "schemas": tuple(answer_schemas(config)),
        },
    )


def address(path: str, config: Config) -> str:
    """Where an answer of the API is."""
    return f"{config.base_url}/{ROOT}{path}.json"


def _answer(path: str, make: Callable[[], Answer], of: object = None) -> Deferred:
    # No function of its own for each of thousands: that would be a kilobyte.
    return Deferred(path=f"{ROOT}{path}.json", make=partial(_content, make), of=of or make)


def _content(make: Callable[[], Answer]) -> bytes:
    return indented(make())


def _source(path: str, config: Config) -> dict[str, Plain]:
    licence = {"nama": config.licence.name, "url": config.licence.url}
    return {"versi": VERSION, "alamat": address(path, config), "lisensi": licence}


def _index(catalogue: Catalogue, config: Config) -> Answer:
    entries = [_brief(innovation, config) for innovation in catalogue.innovations]
    return {**_source("inovasi", config), "jumlah": len(entries), "inovasi": entries}


def _brief(innovation: Innovation, config: Config) -> Answer:
    values: dict[str, Plain | None] = {
        "slug": innovation.slug,
        "nama": innovation.name,
        "ringkasan": innovation.summary,
        "urusan_utama": innovation.affairs[0].name if innovation.affairs else None,
        "pengelola": innovation.manager.name,
        "status": innovation.status.name,
        "terdokumentasi": innovation.documented,
        "alamat": f"{config.base_url}/{path_of(innovation)}",
        "api": address(f"inovasi/{innovation.slug}", config),
    }
    return {key: value for key, value in values.items() if value is not None}


def _lists(catalogue: Catalogue, config: Config) -> Answer:
    lists = [
        {"daftar": name, "banyak_istilah": len(catalogue.vocabulary.lists[name]), "api": address(name, config)}
        for name in VOCABULARIES
    ]
    return {**_source("istilah", config), "daftar": lists}


def _list(name: str, catalogue: Catalogue, config: Config) -> Answer:
    carried = _carried(name, catalogue.innovations)
    counts = Counter(chain.from_iterable(carried))
    paths = {facet.key: facet.path for facet in catalogue.facets}
    terms = [
        {
            **_term(term),
            "jumlah": counts[term.name],
            **({"alamat": f"{config.base_url}/{paths[name]}/{term.slug}/"} if name in paths else {}),
        }
        for term in catalogue.vocabulary.lists[name]
    ]
    unknown = sum(1 for words in carried if not words)
    return {**_source(name, config), "daftar": name, "istilah": terms, "belum_diketahui": unknown}


def _term(term: Term) -> dict[str, Plain]:
    shown = ("nama", "slug", "uraian", "kelompok", "nama_pendek", "kontak")
    values = {field.key: plain(getattr(term, field.name), field.kind) for field in TERM if field.key in shown}
    return {key: value for key, value in values.items() if value not in (None, [], "")}


def _carried(name: str, innovations: Sequence[Innovation]) -> list[Collection[str]]:
    """The words of a list that each entry carries, each once; of a list of groups, those that its words belong to."""
    words = "name"
    for grouped, groups in GROUPED.items():
        if groups == name:
            name, words = grouped, "group"
    word_of = attrgetter(words)
    columns: list[list[Collection[str]]] = []
    for field in (field for field in INNOVATION if _holds(field.kind, name)):
        values = map(attrgetter(field.name), innovations)
        if isinstance(field.kind, ListKind):
            columns.append([{word_of(term) for term in value} if value else () for value in values])
        else:
            columns.append([(word_of(value),) if value else () for value in values])
    return columns[0] if len(columns) == 1 else [set().union(*row) for row in zip(*columns, strict=True)]


def _holds(kind: Kind, name: str) -> bool:
    kind = kind.item if isinstance(kind, ListKind) else kind
    return isinstance(kind, ChoiceKind) and kind.vocabulary == name
