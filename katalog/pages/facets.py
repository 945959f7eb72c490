"""One index and one page per term for every way to divide the catalogue."""

from collections.abc import Iterator, Sequence

from katalog.model import Catalogue, Facet, Group, Page, Term

# With fewer known values a division tells nothing; its pages answer, but nothing leads there.
FEWEST_KNOWN = 2


def plan(catalogue: Catalogue) -> Iterator[Page]:
    """`/<facet>/`, `/<facet>/<term>/`, and `/<facet>/belum-diketahui/` where something is not known."""
    for facet in catalogue.facets:
        yield _index(facet, catalogue)
        crumbs = (("Beranda", ""), (facet.label, f"{facet.path}/"))
        for group in facet.groups:
            yield _term(facet, group, crumbs)
            for alias in group.term.aliases:
                yield Page(
                    path=f"{facet.path}/{alias}/",
                    kind="pindah",
                    title=group.term.name,
                    description=f"Halaman {group.term.name} sudah pindah.",
                    data={"target": f"{facet.path}/{group.term.slug}/"},
                    listed=False,
                )
        yield _unknown(facet, crumbs)


def is_telling(facet: Facet) -> bool:
    """Whether at least two of its terms are carried by some innovation."""
    return sum(1 for group in facet.groups if group.innovations) >= FEWEST_KNOWN


def groups_by_kind(facet: Facet, kinds: Sequence[Term]) -> list[tuple[Term, list[Group]]]:
    """The facet's groups under the terms that they belong to, in the vocabulary's order."""
    return [(kind, [group for group in facet.groups if group.term.group == kind.name]) for kind in kinds]


def _index(facet: Facet, catalogue: Catalogue) -> Page:
    kinds = {"urusan": "kelompok_urusan", "pengelola": "jenis_pengelola"}.get(facet.key)
    sections = groups_by_kind(facet, catalogue.vocabulary.lists[kinds]) if kinds else [(None, list(facet.groups))]
    return Page(
        path=f"{facet.path}/",
        kind="faset",
        title=f"Inovasi menurut {facet.label.lower()}",
        description=f"{facet.question} Jelajahi inovasi menurut {facet.label.lower()}.",
        crumbs=(("Beranda", ""),),
        data={"facet": facet, "sections": sections, "telling": is_telling(facet)},
    )


def _term(facet: Facet, group: Group, crumbs: tuple[tuple[str, str], ...]) -> Page:
    term = group.term
    return Page(
        path=f"{facet.path}/{term.slug}/",
        kind="istilah",
        title=title_of(facet, term),
        description=f"{term.note} {len(group.innovations)} inovasi.".strip(),
        crumbs=crumbs,
        data={"facet": facet, "term": term, "innovations": group.innovations},
    )


def title_of(facet: Facet, term: Term) -> str:
    """The heading of a term's page: names of fields and offices speak for themselves, others need a word."""
    if facet.key in {"urusan", "pengelola"}:
        return term.name
    between = " " if facet.key in {"kecamatan", "tahun"} else ": "
    return f"{facet.label}{between}{term.name}"


def _unknown(facet: Facet, crumbs: tuple[tuple[str, str], ...]) -> Page:
    label = facet.label.lower()
    term = Term(
        vocabulary=facet.key,
        name="Belum diketahui",
        slug="belum-diketahui",
        note=f"Inovasi yang {label}-nya belum kami temukan di sumber publik.",
    )
    return Page(
        path=f"{facet.path}/{term.slug}/",
        kind="istilah",
        title=f"{facet.label} belum diketahui",
        description=f"{term.note} {len(facet.unknown)} inovasi.",
        crumbs=crumbs,
        data={"facet": facet, "term": term, "innovations": facet.unknown},
        listed=bool(facet.unknown),
    )
