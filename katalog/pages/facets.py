"""One index and one page per term for every way to divide the catalogue."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from katalog.model import Catalogue, Config, Facet, Group, Innovation, Page, Term
from katalog.pages import feeds, motifs

# With fewer known values a division tells nothing; its pages answer, but nothing leads there.
FEWEST_KNOWN = 2
# Search engines are told so many entries of a term; the page itself holds them all.
MOST_LISTED = 30

Crumbs = tuple[tuple[str, str], ...]


def plan(catalogue: Catalogue, config: Config) -> Iterator[Page]:
    """`/<facet>/`, `/<facet>/<term>/`, and `/<facet>/belum-diketahui/` where something is not known."""
    for facet in catalogue.facets:
        yield _index(facet, catalogue)
        crumbs = (("Beranda", ""), (facet.label, f"{facet.path}/"))
        for group in facet.groups:
            page = _term(facet, group, crumbs, catalogue)
            yield replace(page, json_ld=_list(page, group.innovations, config) if group.innovations else None)
        yield _unknown(facet, crumbs, catalogue)


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
        changed=feeds.last_change(catalogue.innovations),
    )


def _term(facet: Facet, group: Group, crumbs: Crumbs, catalogue: Catalogue) -> Page:
    term = group.term
    return Page(
        path=f"{facet.path}/{term.slug}/",
        kind="urusan" if facet.key == "urusan" else "istilah",
        title=title_of(facet, term),
        description=f"{term.note} {len(group.innovations)} inovasi.".strip(),
        crumbs=crumbs,
        data={
            "facet": facet,
            "term": term,
            "innovations": group.innovations,
            "feed": feeds.path_of(facet, term),
            **(_field(facet, group, catalogue) if facet.key == "urusan" else {}),
        },
        changed=feeds.last_change(group.innovations),
    )


def _list(page: Page, innovations: Sequence[Innovation], config: Config) -> dict[str, object]:
    """The first of a term's innovations for search engines, and how many there are."""
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": page.title,
        "url": f"{config.base_url}/{page.path}",
        "inLanguage": "id",
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": len(innovations),
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": entry.name,
                    "url": f"{config.base_url}/inovasi/{entry.slug}/",
                }
                for position, entry in enumerate(innovations[:MOST_LISTED], start=1)
            ],
        },
    }


def _field(facet: Facet, group: Group, catalogue: Catalogue) -> dict[str, object]:
    """What the page of a field of government has besides: its cloth, a table by kind of manager, its neighbours."""
    kinds = [kind for kind in catalogue.vocabulary.lists["kelompok_urusan"] if kind.name == group.term.group]
    years = [entry.documented for entry in group.innovations if entry.documented]
    return {
        "cloth": motifs.MASTHEAD,
        "groups": _by_manager(group.innovations, catalogue.vocabulary.lists["jenis_pengelola"]),
        "span": f"{min(years)} sampai {max(years)}" if len(set(years)) > 1 else "".join(map(str, set(years))),
        "kind": kinds[0] if kinds else None,
        "siblings": [near for near in facet.groups if near.term.group == group.term.group and near is not group],
    }


def _by_manager(innovations: Sequence[Innovation], kinds: Sequence[Term]) -> list[tuple[str, list[Innovation]]]:
    """Innovations under the kinds of those who manage them, the most numerous kind first."""
    groups = [(kind.name, [entry for entry in innovations if entry.manager.group == kind.name]) for kind in kinds]
    return sorted((group for group in groups if group[1]), key=lambda group: -len(group[1]))


def title_of(facet: Facet, term: Term) -> str:
    """The heading of a term's page: names of fields and offices speak for themselves, others need a word."""
    if facet.key in {"urusan", "pengelola"}:
        return term.name
    between = " " if facet.key in {"kecamatan", "tahun"} else ": "
    return f"{facet.label}{between}{term.name}"


def _unknown(facet: Facet, crumbs: Crumbs, catalogue: Catalogue) -> Page:
    label = facet.label.lower()
    term = Term(
        vocabulary=facet.key,
        name="Belum diketahui",
        slug="belum-diketahui",
        note=f"Inovasi yang {label}-nya belum kami temukan di sumber publik.",
    )
    page = _term(facet, Group(term=term, innovations=facet.unknown), crumbs, catalogue)
    return replace(page, title=f"{facet.label} belum diketahui", listed=bool(facet.unknown))
