"""One index and one page per term for every way to divide the catalogue."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from katalog.language import INDONESIAN, Language
from katalog.model import Catalogue, Config, Facet, Group, Innovation, Page, Tally, Term
from katalog.pages import feeds, motifs, paging

# With fewer known values a division tells nothing; its pages answer, but nothing leads there.
FEWEST_KNOWN = 2
# Search engines are told so many entries of a term; its pages hold them all.
MOST_LISTED = 30

UNKNOWN = "belum-diketahui"


def plan(catalogue: Catalogue, config: Config, language: Language = INDONESIAN) -> Iterator[Page]:
    """`/<facet>/`, `/<facet>/<term>/` with further pages, `/<facet>/belum-diketahui/` where something is not known."""
    for facet in catalogue.facets:
        yield _index(facet, catalogue, language)
        for group in facet.groups:
            page, *further = _term(facet, group, title_of(facet, group.term, language), catalogue, language)
            listed = _list(page, group.innovations, config, language) if group.innovations else None
            yield replace(page, json_ld=listed)
            yield from further
        yield from _unknown(facet, catalogue, language)


def is_telling(facet: Facet) -> bool:
    """Whether at least two of its terms are carried by some innovation."""
    return sum(1 for group in facet.groups if group.innovations) >= FEWEST_KNOWN


def groups_by_kind(facet: Facet, kinds: Sequence[Term]) -> list[tuple[Term, list[Group]]]:
    """The facet's groups under the terms that they belong to, in the vocabulary's order."""
    return [(kind, [group for group in facet.groups if group.term.group == kind.name]) for kind in kinds]


def _index(facet: Facet, catalogue: Catalogue, language: Language) -> Page:
    kinds = {"urusan": "kelompok_urusan", "pengelola": "jenis_pengelola"}.get(facet.key)
    sections = groups_by_kind(facet, catalogue.vocabulary.lists[kinds]) if kinds else [(None, list(facet.groups))]
    label, question = language.gettext(facet.label).lower(), language.gettext(facet.question)
    return Page(
        path=f"{facet.path}/",
        kind="faset",
        title=language.gettext("Inovasi menurut %(facet)s", facet=label),
        description=language.gettext(
            "%(question)s Jelajahi inovasi menurut %(facet)s.", question=question, facet=label
        ),
        crumbs=((language.gettext("Beranda"), ""),),
        data={"facet": facet, "sections": sections, "telling": is_telling(facet)},
        changed=feeds.last_change(catalogue.innovations),
    )


def _term(facet: Facet, group: Group, title: str, catalogue: Catalogue, language: Language) -> Iterator[Page]:
    """The pages of a term: one, where its innovations fit on it."""
    term, path = group.term, f"{facet.path}/{group.term.slug}/"
    is_field = facet.key == "urusan"
    # On a field's page they stand by kind of manager.
    kinds = catalogue.vocabulary.lists["jenis_pengelola"]
    sections = _by_manager(group.innovations, kinds, language) if is_field else []
    rows = [entry for _, entries in sections for entry in entries] if is_field else group.innovations
    crumbs = ((language.gettext("Beranda"), ""), (language.gettext(facet.label), f"{facet.path}/"))
    note = note_of(facet, term, language)
    many = language.ngettext("%(num)s inovasi.", "%(num)s inovasi.", len(group.innovations))
    common = {
        # Without its groups: a page shows those of its own term.
        "facet": replace(facet, groups=(), unknown=()),
        "term": term,
        "note": note,
        "total": len(group.innovations),
        "feed": feeds.path_of(facet, term),
        **(_field(facet, group, catalogue, language) if is_field else {}),
    }

    for at, shown in paging.in_pages(path, rows, paging.ROWS_A_PAGE):
        first = at.number == 1
        yield Page(
            path=paging.path_of(path, at.number),
            kind="urusan" if is_field else "istilah",
            title=paging.titled(title, at, language),
            description=f"{note or f'{title}.'} {many}",
            crumbs=crumbs if first else (*crumbs, (title, path)),
            data={
                **common,
                "innovations": shown,
                "paging": at,
                **({"groups": _on_page(sections, at.number, language)} if is_field else {}),
            },
            changed=feeds.last_change(shown),
        )


def _list(page: Page, innovations: Sequence[Innovation], config: Config, language: Language) -> dict[str, object]:
    """The first of a term's innovations for search engines, and how many there are."""
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": page.title,
        "url": f"{config.base_url}/{language.address(page.path)}",
        "inLanguage": language.code,
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": len(innovations),
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": entry.name,
                    "url": f"{config.base_url}/{language.address(f'inovasi/{entry.slug}/')}",
                }
                for position, entry in enumerate(innovations[:MOST_LISTED], start=1)
            ],
        },
    }


def _field(facet: Facet, group: Group, catalogue: Catalogue, language: Language) -> dict[str, object]:
    """What the page of a field of government has besides: its cloth, its years, its neighbours."""
    kinds = [kind for kind in catalogue.vocabulary.lists["kelompok_urusan"] if kind.name == group.term.group]
    years = [entry.documented for entry in group.innovations if entry.documented]
    return {
        "cloth": motifs.MASTHEAD,
        "span": _span(years, language),
        "kind": kinds[0] if kinds else None,
        "siblings": [
            Tally(term=near.term, count=near.count)
            for near in facet.groups
            if near.term.group == group.term.group and near is not group
        ],
    }


def _span(years: Sequence[int], language: Language) -> str:
    if len(set(years)) < 2:
        return "".join(map(str, set(years)))
    return language.gettext("%(first)s sampai %(last)s", first=min(years), last=max(years))


def _by_manager(
    innovations: Sequence[Innovation], kinds: Sequence[Term], language: Language
) -> list[tuple[str, list[Innovation]]]:
    """Innovations under the kinds of those who manage them, the most numerous kind first."""
    groups = [
        (language.name_of(kind), [entry for entry in innovations if entry.manager.group == kind.name]) for kind in kinds
    ]
    return sorted((group for group in groups if group[1]), key=lambda group: -len(group[1]))


def _on_page(
    sections: Sequence[tuple[str, list[Innovation]]], number: int, language: Language = INDONESIAN
) -> list[tuple[str, int, Sequence[Innovation]]]:
    """What of the sections stands on a page: title, how many it has in all, and those that are there."""
    found: list[tuple[str, int, Sequence[Innovation]]] = []
    low = (number - 1) * paging.ROWS_A_PAGE
    for title, entries in sections:
        here = entries[max(low, 0) : max(low + paging.ROWS_A_PAGE, 0)]
        if here:
            shown = language.gettext("%(title)s (lanjutan)", title=title) if low > 0 else title
            found.append((shown, len(entries), here))
        low -= len(entries)
    return found


def title_of(facet: Facet, term: Term, language: Language = INDONESIAN) -> str:
    """The heading of a term's page: names of fields and offices speak for themselves, others need a word."""
    name, label = language.name_of(term), language.gettext(facet.label)
    if facet.key in {"urusan", "pengelola"}:
        return name
    if facet.key == "kecamatan":
        return language.gettext("Kecamatan %(name)s", name=name)
    if facet.key == "tahun":
        return language.gettext("Tahun %(name)s", name=name)
    return language.gettext("%(facet)s: %(name)s", facet=label, name=name)


def unknown_title(facet: Facet, language: Language = INDONESIAN) -> str:
    """The heading of the page of what is not known."""
    return language.gettext("%(facet)s belum diketahui", facet=language.gettext(facet.label))


def note_of(facet: Facet, term: Term, language: Language = INDONESIAN) -> str:
    """A term's sentence; what stands for no term of the vocabulary has one of its own."""
    if term.slug == UNKNOWN:
        label = language.gettext(facet.label).lower()
        return language.gettext("Inovasi yang %(facet)s-nya belum kami temukan di sumber publik.", facet=label)
    if facet.key == "tahun":
        return language.gettext(
            "Inovasi yang sumber tertuanya bertahun %(year)s; belum tentu dimulai pada tahun itu.", year=term.name
        )
    return language.note_of(term)


def _unknown(facet: Facet, catalogue: Catalogue, language: Language) -> Iterator[Page]:
    term = Term(vocabulary=facet.key, name=language.gettext("Belum diketahui"), slug=UNKNOWN)
    group = Group(term=term, innovations=facet.unknown)
    for page in _term(facet, group, unknown_title(facet, language), catalogue, language):
        yield replace(page, listed=bool(facet.unknown))
