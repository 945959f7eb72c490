"""Whose is an address? What entries, terms and pages of editors are called and were called. Ground.

Outputs need not say whose they are: an entry's files lie at its name below `inovasi/`, wherever that folder stands
(`inovasi/<slug>/...`, `motif/inovasi/<slug>.svg`), those of a term below the path of its facet.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from katalog.model import Catalogue
from katalog.schema import RESERVED_SLUGS

ENTRIES = "inovasi"
# Pages of editors stand at the root.
PROSE = ""
# A path of a facet has two parts at most.
_DEPTHS = (2, 1)

# Below which the pages of another language stand.
_LANGUAGE = re.compile(r"[a-z]{2,3}")

# Folder -> every name that something below it has or had -> its name of today.
Names = Mapping[str, Mapping[str, str]]


class Share(Struct, frozen=True, kw_only=True):
    """A path cut at the name of its owner: `before` + `name` + `after`."""

    folder: str
    before: str
    name: str
    after: str

    def under(self, name: str) -> str:
        """The path as it is, or was, under another name."""
        return f"{self.before}{name}{self.after}"


class Answers(Struct, frozen=True, kw_only=True):
    """A catalogue, and every address at which its site answers; not the `whole` where content has mistakes."""

    catalogue: Catalogue
    addresses: frozenset[str]
    whole: bool = True


def names_of(catalogue: Catalogue) -> Names:
    """All names of a catalogue, former ones included."""
    entries = (*catalogue.innovations, *catalogue.withdrawn)
    return {
        ENTRIES: _names((entry.slug, entry.aliases) for entry in entries),
        PROSE: _names((prose.slug, prose.aliases) for prose in catalogue.prose),
        **{
            facet.path: _names((group.term.slug, group.term.aliases) for group in facet.groups)
            for facet in catalogue.facets
        },
    }


def share_of(path: str, names: Names) -> Share | None:
    """The path with its owner, or None where it is nobody's in particular."""
    parts = path.split("/")
    for start in range(len(parts) - 1):
        for depth in _DEPTHS:
            folder, at = "/".join(parts[start : start + depth]), start + depth
            if at < len(parts) and folder and folder in names:
                name = _name_in(parts[at], names[folder], is_file=at == len(parts) - 1)
                if name:
                    before = "".join(f"{part}/" for part in parts[:at])
                    return Share(folder=folder, before=before, name=name, after=path[len(before) + len(name) :])
    at = 1 if _LANGUAGE.fullmatch(parts[0]) else 0
    if len(parts) > at + 1 and parts[at] in names[PROSE]:
        before = "".join(f"{part}/" for part in parts[:at])
        return Share(folder=PROSE, before=before, name=parts[at], after=path[len(before) + len(parts[at]) :])
    return None


def may_be_of(path: str, names: frozenset[str]) -> bool:
    """False where `share_of` would give a path to none of these: they are few, and paths are many."""
    parts = path.split("/")
    return not (names.isdisjoint(parts) and names.isdisjoint(_beginnings(parts[-1])))


def _names(owners: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    return {name: slug for slug, aliases in owners for name in (slug, *aliases)}


def _name_in(part: str, known: Mapping[str, str], *, is_file: bool) -> str:
    """The longest known name that a part of a path is or, in a file's name, begins with."""
    for beginning in _beginnings(part) if is_file else (part,):
        if beginning in RESERVED_SLUGS:
            break
        if beginning in known:
            return beginning
    return ""


def _beginnings(name: str) -> Iterator[str]:
    """All of a file's name, and each part of it that ends before a dot or a hyphen."""
    while name:
        yield name
        name = name[: max(name.rfind("."), name.rfind("-"), 0)]
