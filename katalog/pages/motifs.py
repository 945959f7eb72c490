"""The songket that pages wear: tiles, lengths of cloth, and the dyes of the fields of government."""

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from katalog import motif
from katalog.model import Catalogue, Config, Deferred, Facet, File, Innovation, Term, Vocabulary
from katalog.pages.extras import with_own_cloths


class Cloth(Struct, frozen=True, kw_only=True):
    """A length of cloth in threads, and as pages show it at first, in pixels; style sheets crop and shrink it."""

    threads: tuple[int, int]
    width: int
    height: int


# Across the page of an entry; the right half of a masthead.
BAND = Cloth(threads=motif.BAND, width=3 * motif.BAND[0], height=3 * motif.BAND[1])
MASTHEAD = Cloth(threads=motif.MASTHEAD, width=4 * motif.MASTHEAD[0], height=4 * motif.MASTHEAD[1])


def plan(catalogue: Catalogue, config: Config) -> Iterator[File | Deferred]:
    """`/motif/`: the catalogue's own, two files per field and two per entry, and the sheet with the fields' dyes.

    Where entries have none of their own, there is a band for each field that they wear instead.
    """
    has_own = with_own_cloths(catalogue, config)
    yield Deferred(path="motif/pembuka.svg", make=partial(_opening, config.hue))
    yield File(path="motif/pita.svg", content=motif.strip().encode())
    yield File(path="motif/tanda.svg", content=motif.mark().encode())
    for innovation in (*catalogue.innovations, *catalogue.withdrawn) if has_own else ():
        yield from _of_entry(innovation, catalogue.vocabulary)
    affairs = fields(catalogue)
    for term in affairs:
        name, worn = f"motif/urusan/{term.slug}", (term.slug, *_style(term, catalogue.vocabulary))
        yield Deferred(path=f"{name}.svg", make=partial(_tile, *worn))
        yield Deferred(path=f"{name}-kain.svg", make=partial(_cloth, *worn, MASTHEAD.threads))
        if not has_own:
            yield Deferred(path=f"{name}-entri.svg", make=partial(_cloth, *worn, BAND.threads))
    rules = (f".urusan-{term.slug}{{background:{of_field(term, catalogue.vocabulary).ground}}}" for term in affairs)
    yield File(path="motif/urusan.css", content="\n".join((*rules, "")).encode())


def _of_entry(innovation: Innovation, vocabulary: Vocabulary) -> Iterator[Deferred]:
    family, hue = _style(innovation.affairs[0], vocabulary) if innovation.affairs else (None, None)
    name, worn = f"motif/inovasi/{innovation.slug}", (innovation.slug, family, hue)
    yield Deferred(path=f"{name}.svg", make=partial(_tile, *worn))
    yield Deferred(path=f"{name}-kain.svg", make=partial(_cloth, *worn, BAND.threads))


def _opening(hue: int | None) -> bytes:
    return motif.makers_cloth(hue).encode()


def _tile(slug: str, family: str | None, hue: int | None) -> bytes:
    return motif.tile(motif.design(slug, family, hue)).encode()


def _cloth(slug: str, family: str | None, hue: int | None, threads: tuple[int, int]) -> bytes:
    return motif.cloth(motif.design(slug, family, hue), *threads).encode()


def of_innovation(innovation: Innovation, vocabulary: Vocabulary) -> motif.Motif:
    """An entry wears the family and dye of its main field, varied by its own slug."""
    family, hue = _style(innovation.affairs[0], vocabulary) if innovation.affairs else (None, None)
    return motif.design(innovation.slug, family, hue)


def of_field(term: Term, vocabulary: Vocabulary) -> motif.Motif:
    """A field of government wears its own slug."""
    return motif.design(term.slug, *_style(term, vocabulary))


def fields(catalogue: Catalogue) -> list[Term]:
    """Every field of government, and the term for "not known"."""
    affairs: Facet = next(facet for facet in catalogue.facets if facet.key == "urusan")
    unknown = Term(vocabulary="urusan", name="belum diketahui", slug="belum-diketahui")
    return [*(group.term for group in affairs.groups), unknown]


def _style(term: Term, vocabulary: Vocabulary) -> tuple[str | None, int | None]:
    kinds = {kind.name: kind.motif for kind in vocabulary.lists["kelompok_urusan"]}
    return kinds.get(term.group), term.hue
