"""The list of all innovations, A-Z; in pages of their own once there are many."""

from collections.abc import Iterator, Sequence

from katalog.model import Catalogue, Innovation, Page

PER_PAGE = 500
CRUMBS = (("Beranda", ""),)


def plan(catalogue: Catalogue) -> Iterator[Page]:
    """`/inovasi/` and, above PER_PAGE entries, `/inovasi/halaman/<n>/`."""
    entries = catalogue.innovations
    chunks = [entries[start : start + PER_PAGE] for start in range(0, len(entries), PER_PAGE)] or [()]
    for number, chunk in enumerate(chunks, start=1):
        yield Page(
            path=_path(number),
            kind="daftar",
            title="Semua inovasi" if number == 1 else f"Semua inovasi, halaman {number}",
            description=f"Daftar {len(entries)} inovasi menurut abjad, dengan pengelola dan urusannya.",
            crumbs=CRUMBS if number == 1 else (*CRUMBS, ("Semua inovasi", _path(1))),
            data={
                "letters": by_letter(chunk),
                "number": number,
                "pages": [_path(other) for other in range(1, len(chunks) + 1)],
            },
        )


def by_letter(entries: Sequence[Innovation]) -> list[tuple[str, list[Innovation]]]:
    """Entries (already in order) under their first letters; "0-9" for the rest."""
    letters: dict[str, list[Innovation]] = {}
    for entry in entries:
        first = entry.name[0].upper()
        letters.setdefault(first if "A" <= first <= "Z" else "0-9", []).append(entry)
    return list(letters.items())


def _path(number: int) -> str:
    return "inovasi/" if number == 1 else f"inovasi/halaman/{number}/"
