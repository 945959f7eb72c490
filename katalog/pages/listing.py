"""The list of all innovations, A-Z; in pages of their own once there are many."""

import unicodedata
from collections.abc import Iterator, Sequence

from katalog.model import Catalogue, Facet, Group, Innovation, Page, Term
from katalog.pages.facets import is_telling
from katalog.pages.feeds import last_change
from katalog.schema import ROWS_A_PAGE

PER_PAGE = ROWS_A_PAGE
CRUMBS = (("Beranda", ""),)
# How many values of a facet stand open; the others are folded away.
OPEN_VALUES = 6
# Facets in the order in which they narrow best.
_ORDER = ("urusan", "jenis_pengelola", "pengelola", "kecamatan", "kelompok", "bentuk", "jenis", "tahapan", "status")


def plan(catalogue: Catalogue) -> Iterator[Page]:
    """`/inovasi/` and, above PER_PAGE entries, `/inovasi/halaman/<n>/`."""
    entries = catalogue.innovations
    chunks = [entries[start : start + PER_PAGE] for start in range(0, len(entries), PER_PAGE)] or [()]
    for number, chunk in enumerate(chunks, start=1):
        yield Page(
            path=path(number),
            kind="daftar",
            title="Semua inovasi" if number == 1 else f"Semua inovasi, halaman {number}",
            description=f"Daftar {len(entries)} inovasi menurut abjad, dengan pengelola dan urusannya.",
            crumbs=CRUMBS if number == 1 else (*CRUMBS, ("Semua inovasi", path(1))),
            data={
                "letters": by_letter(chunk),
                "number": number,
                "facets": choices(catalogue) if number == 1 else [],
                "years": [group.term.name for group in _years(catalogue).groups if group.innovations],
                "open_values": OPEN_VALUES,
                "pages": [path(other) for other in range(1, len(chunks) + 1)],
            },
            changed=last_change(chunk),
        )


def choices(catalogue: Catalogue) -> list[tuple[Facet, list[Group]]]:
    """The facets that tell something, each with its values, most frequent first, "not known" last."""
    facets = {facet.key: facet for facet in catalogue.facets if is_telling(facet)}
    return [(facets[key], _values(facets[key])) for key in _ORDER if key in facets]


def _values(facet: Facet) -> list[Group]:
    filled = [group for group in facet.groups if group.innovations]
    ordered = sorted(filled, key=lambda group: -len(group.innovations))
    unknown = Term(vocabulary=facet.key, name="belum diketahui", slug="belum-diketahui")
    return [*ordered, *([Group(term=unknown, innovations=facet.unknown)] if facet.unknown else [])]


def _years(catalogue: Catalogue) -> Facet:
    return next(facet for facet in catalogue.facets if facet.key == "tahun")


def by_letter(entries: Sequence[Innovation]) -> list[tuple[str, list[Innovation]]]:
    """Entries (already in order) under their first letters, without marks; "0-9" for the rest."""
    letters: dict[str, list[Innovation]] = {}
    for entry in entries:
        first = unicodedata.normalize("NFKD", entry.name)[0].upper()
        letters.setdefault(first if "A" <= first <= "Z" else "0-9", []).append(entry)
    return list(letters.items())


def path(number: int) -> str:
    """The address of a page of the list, below the site's root."""
    return "inovasi/" if number == 1 else f"inovasi/halaman/{number}/"
