"""vocabulary.toml's text -> Vocabulary. Editors own the words; the code only checks that they fit together."""

from collections.abc import Mapping as MappingOf

from katalog.model import NO_WORDS, PartialDate, Term, Vocabulary
from katalog.problems import Code, Place, Problem, Say
from katalog.reading import Desk, construct, read_fields, suggest, toml_example
from katalog.schema import GROUPED, REGIONAL, RESERVED_SLUGS, STATUSES, TERM, VOCABULARIES
from katalog.text import Mapping, Sequence, Text, key_places, node_at


def read_vocabulary(text: Text | None, today: PartialDate) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """All lists of the file; a faulty term is told and left out."""
    if text is None:
        return NO_WORDS, ()
    problems: list[Problem] = []
    desk = Desk(vocabulary=NO_WORDS, today=today, say=problems.append, example=toml_example)
    _tell_unknown_lists(text, problems.append)
    lists: dict[str, tuple[Term, ...]] = {}
    index: dict[tuple[str, str], Term] = {}
    for name in VOCABULARIES:
        terms = _read_list(name, text, desk)
        lists[name] = tuple(term for term, _ in terms)
        for term, node in terms:
            _add_to_index(term, node.place, index, problems.append)
            _check_group(term, node.place, lists, problems.append)
        _check_aliases(terms, problems.append)
    _check_statuses(lists["status"], text, problems.append)
    return Vocabulary(lists=lists, index=index), tuple(problems)


def _tell_unknown_lists(text: Text, say: Say) -> None:
    for key, place in key_places(text.head).items():
        if key not in VOCABULARIES:
            message = f"Daftar `{key}` tidak dikenal.{suggest(key, VOCABULARIES)}"
            remedy = f"Yang dikenal: {', '.join(VOCABULARIES)}."
            say(Problem(place=place, code=Code.UNKNOWN_KEY, message=message, remedy=remedy))


def _read_list(name: str, text: Text, desk: Desk) -> list[tuple[Term, Mapping]]:
    node = node_at(text.head, name)
    if node is None and name in REGIONAL:
        return []
    if not isinstance(node, Sequence):
        message = f"Daftar `{name}` belum ada."
        remedy = f"Tambahkan paling sedikit satu bagian `[[{name}]]` dengan `nama`, `slug`, dan `uraian`."
        desk.say(Problem(place=Place(path=text.path), code=Code.VOCABULARY, message=message, remedy=remedy))
        return []
    terms = []
    for item in node.items:
        if isinstance(item, Mapping):
            values = read_fields(item, TERM, desk, frozenset())
            # A term with some other fault still counts, or every entry that uses it would echo the fault.
            if {"name", "slug"} <= values.keys():
                terms.append((construct(Term, {**values, "vocabulary": name}), item))
    return terms


def _add_to_index(term: Term, place: Place, index: dict[tuple[str, str], Term], say: Say) -> None:
    if term.slug in RESERVED_SLUGS:
        message = f"Alamat `{term.slug}` dipakai situs sendiri."
        say(Problem(place=place, code=Code.VOCABULARY, message=message, remedy="Pilih `slug` lain."))
    for word in (term.name, term.slug, *term.short_names):
        other = index.setdefault((term.vocabulary, word.casefold()), term)
        if other is not term:
            message = f"`{word}` sudah dipakai oleh `{other.name}`."
            remedy = "Nama, slug, dan nama pendek harus berbeda dalam satu daftar."
            say(Problem(place=place, code=Code.VOCABULARY, message=message, remedy=remedy))


def _check_aliases(terms: list[tuple[Term, Mapping]], say: Say) -> None:
    """A former address leads to one term of its list, and to a former one only."""
    owners = {term.slug: term for term, _ in terms}
    for term, node in terms:
        for alias in term.aliases:
            owner = owners.setdefault(alias, term)
            if owner is term and alias != term.slug and alias not in RESERVED_SLUGS:
                continue
            message = f"Alamat lama `{alias}` sudah dipakai oleh `{owner.name}`."
            if alias in RESERVED_SLUGS:
                message = f"Alamat `{alias}` dipakai situs sendiri."
            remedy = "Hapus dari `alias`: satu alamat lama hanya menuju satu istilah, dan bukan `slug` yang masih ada."
            place = key_places(node).get("alias", node.place)
            say(Problem(place=place, code=Code.VOCABULARY, message=message, remedy=remedy))


def _check_group(term: Term, place: Place, lists: MappingOf[str, tuple[Term, ...]], say: Say) -> None:
    if term.vocabulary not in GROUPED:
        return
    names = [group.name for group in lists[GROUPED[term.vocabulary]]]
    if term.group not in names:
        fault = f"tidak ada dalam daftar: `{term.group}`" if term.group else "belum ada"
        message = f"`kelompok` dari `{term.name}` {fault}."
        remedy = f"Pilih salah satu: {'; '.join(names)}."
        say(Problem(place=place, code=Code.VOCABULARY, message=message, remedy=remedy))


def _check_statuses(terms: tuple[Term, ...], text: Text, say: Say) -> None:
    lost = [slug for slug in STATUSES if slug not in {term.slug for term in terms}]
    if terms and lost:
        message = f"Status yang dipakai situs tidak ada: {', '.join(lost)}."
        remedy = "Kembalikan bagian [[status]] dengan `slug` itu; namanya boleh berubah."
        say(Problem(place=Place(path=text.path), code=Code.VOCABULARY, message=message, remedy=remedy))
