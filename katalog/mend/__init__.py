"""An entry as a clerk left it -> the same entry, mended where that is mechanical, and what was done.

Pure, and careful: text edits at the places that the reader records, so that everything else stays
as it was written, comments included. Meaning and body are never touched; where two readings are
possible nothing is done, and `check` asks the clerk. Mending what is mended does nothing.
"""

from collections.abc import Collection
from pathlib import PurePosixPath

from msgspec import Struct

from katalog.characters import is_utf16, recover
from katalog.mend.draft import Draft, Row
from katalog.mend.fences import close_head
from katalog.mend.order import order_keys
from katalog.mend.quotes import quote_values
from katalog.mend.spaces import smooth_spaces
from katalog.mend.values import mend_values
from katalog.model import Vocabulary
from katalog.problems import Deed


class Mended(Struct, frozen=True, kw_only=True):
    """A file as it should be: its path, its bytes, and what was done; no deeds, no difference."""

    path: str
    data: bytes
    deeds: tuple[Deed, ...]


def mend(path: str, data: bytes, vocabulary: Vocabulary, taken: Collection[str]) -> Mended:
    """Mend one file; `taken` holds the names, case-folded, of the other files in its folder."""
    characters, deeds = _plain_characters(path, data)
    if characters is None:
        return Mended(path=path, data=data, deeds=())
    rows = tuple(Row(number=number, text=text) for number, text in enumerate(characters.split("\n"), 1))
    draft = Draft(path=path, rows=rows, deeds=deeds)
    for step in (close_head, smooth_spaces, quote_values):
        draft = step(draft)
    draft = order_keys(mend_values(draft, vocabulary))
    name = _plain_name(path, taken)
    if name != path:
        draft = draft.noting(0, f"berkas diganti namanya menjadi {PurePosixPath(name).name}")
    if not draft.deeds:
        return Mended(path=path, data=data, deeds=())
    text = "\n".join(row.text for row in draft.rows)
    return Mended(path=name, data=text.encode(), deeds=tuple(sorted(draft.deeds, key=lambda deed: deed.line)))


def _plain_characters(path: str, data: bytes) -> tuple[str | None, tuple[Deed, ...]]:
    """UTF-8 without a mark, with plain line ends."""
    deeds = []
    try:
        characters: str | None = data.decode()
    except UnicodeDecodeError as error:
        characters = recover(data)
        old = "UTF-16" if is_utf16(data) else "Windows-1252"
        line = 0 if is_utf16(data) else data.count(b"\n", 0, error.start) + 1
        deeds.append(Deed(path=path, line=line, words=f"pengodean {old} diganti UTF-8"))
    if characters is None:
        return None, ()
    if characters.startswith("\ufeff"):
        characters = characters[1:]
        deeds.append(Deed(path=path, line=1, words="tanda BOM yang tidak tampak di awal berkas dihapus"))
    if "\r" in characters:
        characters = characters.replace("\r\n", "\n").replace("\r", "\n")
        deeds.append(Deed(path=path, line=0, words="akhir baris Windows (CRLF) diganti akhir baris biasa"))
    return characters, tuple(deeds)


def _plain_name(path: str, taken: Collection[str]) -> str:
    """The path with the ending `.md`, where that name is free."""
    file = PurePosixPath(path)
    plain = file.with_suffix(".md")
    return path if plain.name.casefold() in taken else plain.as_posix()
