"""One index and one page per term for every way to divide the catalogue."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from katalog.model import Catalogue, Config, Facet, Group, Innovation, Page, Tally, Term
from katalog.pages import feeds, motifs, paging

# With fewer known values a division tells nothing; its pages answer, but nothing leads there.
FEWEST_KNOWN = 2
# Search engines are told so many entries of a term; its pages hold them all.
MOST_LISTED = 30

Crumbs = tuple[tuple[str, str], ...]


def plan(catalogue: Catalogue, config: Config) -> Iterator[Page]:
    """`/<facet>/`, `/<facet>/<term>/` with further pages, `/<facet>/belum-diketahui/` where something is not known."""
    for facet in catalogue.facets:
        yield _index(facet, catalogue)
        crumbs = (("Beranda", ""), (facet.label, f"{facet.path}/"))
        for group in facet.groups:
            page, *further = _term(facet, group, title_of(facet, group.term), crumbs, catalogue)
            yield replace(page, json_ld=_list(page, group.innovations, config) if group.innovations else None)
            yield from further
        yield from _unknown(facet, crumbs, catalogue)


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


def _term(facet: Facet, group: Group, title: str, crumbs: Crumbs, catalogue: Catalogue) -> Iterator[Page]:
    """The pages of a term: one, where its innovations fit on it."""
    term, path = group.term, f"{facet.path}/{group.term.slug}/"
    is_field = facet.key == "urusan"
    # On a field's page they stand by kind of manager.
    sections = _by_manager(group.innovations, catalogue.vocabulary.lists["jenis_pengelola"]) if is_field else []
    rows = [entry for _, entries in sections for entry in entries] if is_field else group.innovations
    common = {
        # Without its groups: a page shows those of its own term.
        "facet": replace(facet, groups=(), unknown=()),
        "term": term,
        "total": len(group.innovations),
        "feed": feeds.path_of(facet, term),
        **(_field(facet, group, catalogue) if is_field else {}),
    }
    for at, shown in paging.in_pages(path, rows, paging.ROWS_A_PAGE):
        first = at.number == 1
        yield Page(
            path=paging.path_of(path, at.number),
            kind="urusan" if is_field else "istilah",
            title=paging.titled(title, at),
            description=f"{term.note} {len(group.innovations)} inovasi.".strip(),
            crumbs=crumbs if first else (*crumbs, (title, path)),
            data={
                **common,
                "innovations": shown,
                "paging": at,
                **({"groups": _on_page(sections, at.number)} if is_field else {}),
            },
            changed=feeds.last_change(shown),
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
    """What the page of a field of government has besides: its cloth, its years, its neighbours."""
    kinds = [kind for kind in catalogue.vocabulary.lists["kelompok_urusan"] if kind.name == group.term.group]
    years = [entry.documented for entry in group.innovations if entry.documented]
    return {
        "cloth": motifs.MASTHEAD,
        "span": f"{min(years)} sampai {max(years)}" if len(set(years)) > 1 else "".join(map(str, set(years))),
        "kind": kinds[0] if kinds else None,
        "siblings": [
            Tally(term=near.term, count=near.count)
            for near in facet.groups
            if near.term.group == group.term.group and near is not group
        ],
    }


def _by_manager(innovations: Sequence[Innovation], kinds: Sequence[Term]) -> list[tuple[str, list[Innovation]]]:
    """Innovations under the kinds of those who manage them, the most numerous kind first."""
    groups = [(kind.name, [entry for entry in innovations if entry.manager.group == kind.name]) for kind in kinds]
    return sorted((group for group in groups if group[1]), key=lambda group: -len(group[1]))


def _on_page(
    sections: Sequence[tuple[str, list[Innovation]]], number: int
) -> list[tuple[str, int, Sequence[Innovation]]]:
    """What of the sections stands on a page: title, how many it has in all, and those that are there."""
    found: list[tuple[str, int, Sequence[Innovation]]] = []
    low = (number - 1) * paging.ROWS_A_PAGE
    for title, entries in sections:
        here = entries[max(low, 0) : max(low + paging.ROWS_A_PAGE, 0)]
        if here:
            found.append((f"{title} (lanjutan)" if low > 0 else title, len(entries), here))
        low -= len(entries)
    return found


def title_of(facet: Facet, term: Term) -> str:
    """The heading of a term's page: names of fields and offices speak for themselves, others need a word."""
    if facet.key in {"urusan", "pengelola"}:
        return term.name
    between = " " if facet.key in {"kecamatan", "tahun"} else ": "
    return f"{facet.label}{between}{term.name}"


def _unknown(facet: Facet, crumbs: Crumbs, catalogue: Catalogue) -> Iterator[Page]:
    label = facet.label.lower()
    term = Term(
        vocabulary=facet.key,
        name="Belum diketahui",
        slug="belum-diketahui",
        note=f"Inovasi yang {label}-nya belum kami temukan di sumber publik.",
    )
    group = Group(term=term, innovations=facet.unknown)
    for page in _term(facet, group, f"{facet.label} belum diketahui", crumbs, catalogue):
        yield replace(page, listed=bool(facet.unknown))
