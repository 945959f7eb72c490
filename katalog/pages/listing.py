"""The list of all innovations, A-Z, in pages of their own once there are many; and the index of their names."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from string import ascii_uppercase

from katalog.language import INDONESIAN, N_, Language
from katalog.model import Catalogue, Facet, Group, Innovation, Page, Term
from katalog.pages import paging
from katalog.pages.facets import is_telling
from katalog.pages.feeds import last_change
from katalog.schema import ROWS_A_PAGE

PER_PAGE = ROWS_A_PAGE
HOME = N_("Beranda")
TITLE = N_("Semua inovasi")
INDEX, INDEX_TITLE = "inovasi/a-z/", N_("Indeks nama A-Z")
# So many names stand on one page of the index; with more it has a page for each letter.
NAMES_A_PAGE = 500
_OTHERS = "0-9"
LETTERS = (_OTHERS, *ascii_uppercase)
# How many values of a facet stand open; the others are folded away.
OPEN_VALUES = 6
# Facets in the order in which they narrow best.
_ORDER = ("urusan", "jenis_pengelola", "pengelola", "kecamatan", "kelompok", "bentuk", "jenis", "tahapan", "status")


def plan(catalogue: Catalogue, language: Language = INDONESIAN) -> Iterator[Page]:
    """`/inovasi/` and, above PER_PAGE entries, `/inovasi/halaman/<n>/`."""
    entries, title = catalogue.innovations, language.gettext(TITLE)
    home = (language.gettext(HOME), "")
    for at, chunk in paging.in_pages(path(1), entries, PER_PAGE):
        number = at.number
        yield Page(
            path=path(number),
            kind="daftar" if number == 1 else "lanjutan",
            title=paging.titled(title, at, language),
            description=language.ngettext(
                "Daftar %(num)s inovasi menurut abjad, dengan pengelola dan urusannya.",
                "Daftar %(num)s inovasi menurut abjad, dengan pengelola dan urusannya.",
                len(entries),
            ),
            crumbs=(home,) if number == 1 else (home, (title, path(1))),
            data={
                "letters": by_letter(chunk),
                "total": len(entries),
                "paging": at,
                **(_filters(catalogue, language) if number == 1 else {}),
            },
            changed=last_change(chunk),
        )
    yield from _index(catalogue, language)


def _filters(catalogue: Catalogue, language: Language) -> dict[str, object]:
    return {
        "facets": choices(catalogue, language),
        "years": [group.term.name for group in _years(catalogue).groups if group.innovations],
        "open_values": OPEN_VALUES,
    }


def _index(catalogue: Catalogue, language: Language) -> Iterator[Page]:
    """`/inovasi/a-z/`: every name, or, where they are many, the way to the pages of each letter.

    What there once was decides, so that a page of a letter, once published, stays.
    """
    entries = catalogue.innovations
    names = Counter(entry.name for entry in entries)
    twins = frozenset(name for name, many in names.items() if many > 1)
    letters = dict(by_letter(entries))
    divided = paging.ever(catalogue) > NAMES_A_PAGE
    shown = [(letter, len(letters.get(letter, ())), letter_path(letter) if divided else "") for letter in LETTERS]
    common = {"letters": shown, "twins": twins}
    yield Page(
        path=INDEX,
        kind="abjad",
        title=language.gettext(INDEX_TITLE),
        description=language.ngettext(
            "Nama %(num)s inovasi menurut huruf pertamanya.",
            "Nama %(num)s inovasi menurut huruf pertamanya.",
            len(entries),
        ),
        crumbs=((language.gettext(HOME), ""), (language.gettext(TITLE), path(1))),
        data={**common, "letter": "", "groups": [] if divided else list(letters.items()), "paging": None},
        changed=last_change(entries),
    )
    for letter in LETTERS if divided else ():
        yield from _letter(letter, letters.get(letter, []), common, language)


def _letter(
    letter: str, entries: Sequence[Innovation], common: Mapping[str, object], language: Language
) -> Iterator[Page]:
    """The pages of a letter; where no name begins with it today, its address leads to the index."""
    title = letter_title(letter, language)
    above = ((HOME, ""), (TITLE, path(1)), (INDEX_TITLE, INDEX))
    crumbs = tuple((language.gettext(label), address) for label, address in above)
    if not entries:
        yield Page(path=letter_path(letter), kind="pindah", title=title, data={"target": INDEX}, listed=False)
        return
    for at, chunk in paging.in_pages(letter_path(letter), entries, NAMES_A_PAGE):
        yield Page(
            path=paging.path_of(letter_path(letter), at.number),
            kind="abjad",
            title=paging.titled(title, at, language),
            description=_begins(letter, len(entries), language),
            crumbs=crumbs if at.number == 1 else (*crumbs, (title, letter_path(letter))),
            data={**common, "letter": letter, "groups": [(letter, chunk)], "paging": at},
            changed=last_change(chunk),
        )


def letter_path(letter: str) -> str:
    """The address of a letter's page in the index of names."""
    return f"{INDEX}{letter.lower()}/"


def letter_title(letter: str, language: Language = INDONESIAN) -> str:
    """What a letter's page in the index of names is called."""
    if letter == _OTHERS:
        return language.gettext("Nama berawalan angka atau tanda")
    return language.gettext("Nama berawalan\u00a0%(letter)s", letter=letter)


def _begins(letter: str, count: int, language: Language) -> str:
    if letter == _OTHERS:
        return language.ngettext(
            "%(num)s inovasi yang namanya tidak dimulai dengan huruf.",
            "%(num)s inovasi yang namanya tidak dimulai dengan huruf.",
            count,
        )
    return language.ngettext(
        "%(num)s inovasi yang namanya dimulai dengan huruf %(letter)s.",
        "%(num)s inovasi yang namanya dimulai dengan huruf %(letter)s.",
        count,
        letter=letter,
    )


def choices(catalogue: Catalogue, language: Language = INDONESIAN) -> list[tuple[Facet, list[Group]]]:
    """The facets that tell something, each with its values, most frequent first, "not known" last."""
    facets = {facet.key: facet for facet in catalogue.facets if is_telling(facet)}
    return [(facets[key], _values(facets[key], language)) for key in _ORDER if key in facets]


def _values(facet: Facet, language: Language) -> list[Group]:
    filled = [group for group in facet.groups if group.innovations]
    ordered = sorted(filled, key=lambda group: -len(group.innovations))
    unknown = Term(vocabulary=facet.key, name=language.gettext("belum diketahui"), slug="belum-diketahui")
    return [*ordered, *([Group(term=unknown, innovations=facet.unknown)] if facet.unknown else [])]


def _years(catalogue: Catalogue) -> Facet:
    return next(facet for facet in catalogue.facets if facet.key == "tahun")


def by_letter(entries: Sequence[Innovation]) -> list[tuple[str, list[Innovation]]]:
    """Entries (already in order) under their first letters, without marks; "0-9" for the rest."""
    letters: dict[str, list[Innovation]] = {}
    for entry in entries:
        first = unicodedata.normalize("NFKD", entry.name[0])[0].upper()
        letters.setdefault(first if "A" <= first <= "Z" else _OTHERS, []).append(entry)
    return list(letters.items())


def path(number: int) -> str:
    """The address of a page of the list, below the site's root."""
    return paging.path_of("inovasi/", number)
