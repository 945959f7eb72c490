"""content/search.toml's text -> Dictionary. Editors own the words; a check finds those that cannot work."""

from collections.abc import Mapping as MappingOf

from msgspec import Struct

from katalog.model import NO_WORDS, PartialDate
from katalog.problems import Code, Place, Problem, Say
from katalog.reading import Desk, read_fields, toml_example
from katalog.schema import SEARCH, STEM_FAMILY, SYNONYMS
from katalog.search.stems import make_stemmer
from katalog.search.tokens import tokens
from katalog.text import Mapping, Sequence, Text, key_places, node_at


class Dictionary(Struct, frozen=True, kw_only=True):
    """What the search knows of Indonesian: words without weight, families of stems, groups of one meaning.

    `exceptions` maps a form to its stem; `groups` hold each member as its words.
    """

    stop_words: frozenset[str] = frozenset()
    exceptions: MappingOf[str, str]
    groups: tuple[tuple[tuple[str, ...], ...], ...] = ()


EMPTY = Dictionary(exceptions={})


def read_dictionary(text: Text | None, today: PartialDate) -> tuple[Dictionary, tuple[Problem, ...]]:
    """The dictionary, and what is wrong with it; without a file, an empty one."""
    if text is None:
        return EMPTY, ()
    problems: list[Problem] = []
    desk = Desk(vocabulary=NO_WORDS, today=today, say=problems.append, example=toml_example)
    _tell_unknown_keys(text, desk)
    stop_words = _read_stop_words(text, desk)
    exceptions = _read_families(text, desk)
    groups = _read_groups(text, desk, stop_words)
    return Dictionary(stop_words=stop_words, exceptions=exceptions, groups=groups), tuple(problems)


def _tell_unknown_keys(text: Text, desk: Desk) -> None:
    known = {"henti", "keluarga", "sinonim"}
    for key, place in key_places(text.head).items():
        if key not in known:
            message = f"Bagian `{key}` tidak dikenal."
            remedy = f"Yang dikenal: {', '.join(sorted(known))}."
            desk.say(Problem(place=place, code=Code.UNKNOWN_KEY, message=message, remedy=remedy))


def _read_stop_words(text: Text, desk: Desk) -> frozenset[str]:
    node = node_at(text.head, "henti")
    head = Mapping(items=tuple(item for item in text.head.items if item[0].value == "henti"), place=text.head.place)
    values = read_fields(head, SEARCH, desk, frozenset())
    words = values.get("stop_words", ())
    found: set[str] = set()
    for word in words if isinstance(words, tuple) else ():
        if tokens(word) != [word]:
            place = node.place if node else text.head.place
            _say(desk.say, place, f"Kata henti `{word}` bukan satu kata huruf kecil.", "Tulis satu kata tiap butir.")
        found.add(word)
    return frozenset(found)


def _read_families(text: Text, desk: Desk) -> dict[str, str]:
    """Forms of each family; a form that the stemmer already leads there changes nothing and is told."""
    exceptions: dict[str, str] = {}
    plain = make_stemmer({})
    for node, values in _rows(text, "keluarga", desk):
        base, forms = str(values.get("base", "")), values.get("forms", ())
        for form in (base, *forms) if isinstance(forms, tuple) else ():
            if tokens(form) != [form]:
                _say(
                    desk.say, node.place, f"`{form}` bukan satu kata huruf kecil.", "Tulis satu kata tanpa tanda baca."
                )
            elif form in exceptions and form != base:
                remedy = "Sisakan di satu keluarga."
                _say(desk.say, node.place, f"`{form}` ada di dua keluarga: `{exceptions[form]}` dan `{base}`.", remedy)
            elif form != base and plain(form) == base == plain(base):
                _say(
                    desk.say,
                    node.place,
                    f"`{form}` tidak mengubah apa-apa: akarnya sudah `{base}`.",
                    "Hapus bentuk ini.",
                )
            exceptions[form] = base
    return exceptions


def _read_groups(text: Text, desk: Desk, stop_words: frozenset[str]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    owners: dict[tuple[str, ...], int] = {}
    groups = []
    for node, values in _rows(text, "sinonim", desk):
        written = values.get("words", ())
        members = [tuple(tokens(word)) for word in written] if isinstance(written, tuple) else []
        if len(members) == 1:
            remedy = "Tambahkan kata lain yang sama artinya, atau hapus bagian ini."
            _say(desk.say, node.place, "Kelompok sinonim ini hanya punya satu anggota.", remedy)
        for member in members:
            phrase = " ".join(member)
            if not set(member) - stop_words:
                _say(desk.say, node.place, f"`{phrase}` hanya terdiri atas kata henti.", "Hapus anggota ini.")
            elif member in owners:
                remedy = "Satu kata hanya boleh ada di satu kelompok; gabungkan kelompoknya atau hapus salah satu."
                _say(desk.say, node.place, f"`{phrase}` sudah ada di kelompok baris {owners[member]}.", remedy)
            else:
                owners[member] = node.place.line
        groups.append(tuple(members))
    return tuple(groups)


def _rows(text: Text, key: str, desk: Desk) -> list[tuple[Mapping, dict[str, object]]]:
    table = STEM_FAMILY if key == "keluarga" else SYNONYMS
    node = node_at(text.head, key)
    items = node.items if isinstance(node, Sequence) else ()
    return [(item, read_fields(item, table, desk, frozenset())) for item in items if isinstance(item, Mapping)]


def _say(say: Say, place: Place, message: str, remedy: str) -> None:
    say(Problem(place=place, code=Code.DICTIONARY, message=message, remedy=remedy))
