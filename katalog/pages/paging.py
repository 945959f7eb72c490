"""Long lists in pages: each has its number, its address and the ways to the others; the first keeps the list's own.

No page grows with the catalogue. A page number is a place in a list that moves with every entry, so numbers that a
shorter list no longer has lead to the list's first page (`former`, and the page for what is not there).
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from katalog.language import INDONESIAN, Language
from katalog.model import Catalogue

# So many rows stand on one page of a term.
ROWS_A_PAGE = 200
# Pages that are named on either side of the one that is open, besides the first and the last.
_NEAR = 2

Item = TypeVar("Item")


class Paging(Struct, frozen=True, kw_only=True):
    """Where a page stands in its list; `steps` are (number, path), with (0, "") where some are passed over."""

    number: int
    last: int
    before: str
    after: str
    steps: tuple[tuple[int, str], ...]


def in_pages(path: str, items: Sequence[Item], most: int) -> Iterator[tuple[Paging, Sequence[Item]]]:
    """Where each page of a list stands, and what stands on it; an empty list has one page."""
    last = max(pages_of(len(items), most), 1)
    for number in range(1, last + 1):
        yield _paging(path, number, last), items[(number - 1) * most : number * most]


def pages_of(count: int, most: int) -> int:
    """How many pages so many rows fill."""
    return -(-count // most)


def path_of(path: str, number: int) -> str:
    """The address of a page of the list at `path`."""
    return path if number == 1 else f"{path}halaman/{number}/"


def titled(title: str, paging: Paging, language: Language = INDONESIAN) -> str:
    """The title of a page of a list."""
    if paging.number == 1:
        return title
    return language.gettext(
        "%(title)s, halaman %(number)s dari %(last)s", title=title, number=paging.number, last=paging.last
    )


def ever(catalogue: Catalogue) -> int:
    """No fewer than were ever shown at once: an entry goes into a tombstone or an alias only."""
    entries = (*catalogue.innovations, *catalogue.withdrawn)
    return len(entries) + sum(len(entry.aliases) for entry in entries)


def _paging(path: str, number: int, last: int) -> Paging:
    near = sorted({1, last, *range(max(number - _NEAR, 1), min(number + _NEAR, last) + 1)})
    steps: list[tuple[int, str]] = []
    for step in near:
        if steps and step == steps[-1][0] + 2:  # a gap of one is that one
            steps.append((step - 1, path_of(path, step - 1)))
        elif steps and step > steps[-1][0] + 1:
            steps.append((0, ""))
        steps.append((step, path_of(path, step)))
    return Paging(
        number=number,
        last=last,
        before=path_of(path, number - 1) if number > 1 else "",
        after=path_of(path, number + 1) if number < last else "",
        steps=tuple(steps),
    )
