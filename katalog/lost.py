"""Addresses before and now -> those that nothing answers any more: one problem for each cause, with its remedy."""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from katalog.addresses import ENTRIES, PROSE, Answers, Names, names_of, share_of
from katalog.model import Catalogue, Facet, Innovation, Prose, Term
from katalog.problems import Code, Place, Problem, Severity
from katalog.text import Mapping as Node
from katalog.text import Scalar, Text, key_places, node_at
from katalog.text import Sequence as NodeList

VOCABULARY = "content/vocabulary.toml"
CONFIG = "site_config.toml"
PHOTOS = "gambar/"
# As much of two texts is compared, and so much must be equal for one to be the other under a new name.
_COMPARED = 4000
_ALIKE = 0.6
_MOST_COMPARED = 50
YEARS = "tahun"
# A further page of a list: a place in it, not a thing. Its first page is compared, and where a list became shorter
# because entries were withdrawn, `former` leads there; so does the page for what is not there. All innovations
# are compared whole: they never become fewer than they were.
_FURTHER = re.compile(r"(?!inovasi/halaman/).*/halaman/[0-9]+/")


class Change(Struct, frozen=True, kw_only=True):
    """What answered before, what answers now, and the texts of now by path."""

    before: Catalogue
    now: Catalogue
    texts: Mapping[str, Text]


def find_lost(before: Answers, now: Answers, texts: Iterable[Text]) -> tuple[Problem, ...]:
    """A problem for whatever took addresses away; however many they are, it is one."""
    change = Change(before=before.catalogue, now=now.catalogue, texts={text.path: text for text in texts})
    names, names_now = names_of(change.before), names_of(change.now)
    tombs = {entry.slug for entry in change.now.withdrawn}
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    shapes: dict[str, list[str]] = defaultdict(list)
    others: list[str] = []
    for path in sorted(filter(lambda path: not _FURTHER.fullmatch(path), before.addresses - now.addresses)):
        share = share_of(path, names)
        if share is None:
            others.append(path)
        elif share.name not in names_now[share.folder]:
            owners[share.folder, names[share.folder][share.name]].add(share.name)
        elif names_now[share.folder][share.name] not in tombs:
            shapes[share.under("<nama>")].append(path)
    return (
        *(
            _of_owner(folder, slug, sorted(lost), change, names_now)
            for (folder, slug), lost in owners.items()
            if folder != YEARS
        ),
        *_of_years([year for folder, year in owners if folder == YEARS]),
        *(_of_shape(shape, paths) for shape, paths in shapes.items()),
        *(_of_photo(path, change) if path.startswith(PHOTOS) else _of_other(path) for path in others),
    )


def not_compared() -> Problem:
    """What is said where the site of the revision cannot be made."""
    message = "Alamat lama tidak bisa dibandingkan: isi katalog pada revisi itu sendiri belum benar."
    remedy = "Perbaiki dulu kesalahan di cabang utama, lalu ulangi."
    return _problem(Place(path="--base"), message, remedy, Severity.NOTE)


def _of_owner(folder: str, slug: str, lost: Sequence[str], change: Change, names_now: Names) -> Problem:
    if folder == ENTRIES:
        return _of_entry(slug, lost, change)
    if folder == PROSE:
        return _of_prose(slug, lost, change)
    facet = next(facet for facet in change.before.facets if facet.path == folder)
    return _of_term(facet, slug, lost, change, names_now)


def _of_entry(slug: str, lost: Sequence[str], change: Change) -> Problem:
    entries = {entry.slug: entry for entry in (*change.before.innovations, *change.before.withdrawn)}
    now = {entry.slug: entry for entry in (*change.now.innovations, *change.now.withdrawn)}
    if slug in now:
        return _without_alias(lost, f"inovasi/{lost[0]}/", now[slug].path, now[slug].aliases, change)
    old = entries[slug]
    fresh = [entry for entry in now.values() if entry.slug not in entries]
    heir = _heir(old, fresh)
    if heir:
        return _renamed(lost, f"inovasi/{slug}/", heir.path, heir.aliases, change)
    remedy = (
        "Kembalikan berkasnya, lalu isi kolom `ditarik` dengan `tanggal` dan `alasan`. "
        f"Bila isinya kini ada di entri lain, tulis {_list(lost)} di berkas entri itu."
    )
    return _lost(Place(path=old.path), f"inovasi/{slug}/", "berkasnya dihapus", remedy)


def _of_prose(slug: str, lost: Sequence[str], change: Change) -> Problem:
    pages = {page.slug: page for page in change.before.prose}
    now = {page.slug: page for page in change.now.prose}
    if slug in now:
        return _without_alias(lost, f"{lost[0]}/", now[slug].path, now[slug].aliases, change)
    old = pages[slug]
    heir = _heir(old, [page for page in now.values() if page.slug not in pages])
    if heir:
        return _renamed(lost, f"{slug}/", heir.path, heir.aliases, change)
    remedy = f"Kembalikan berkasnya. Bila isinya kini ada di halaman lain, tulis {_list(lost)} di berkas halaman itu."
    return _lost(Place(path=old.path), f"{slug}/", "berkasnya dihapus", remedy)


def _heir(old: Innovation | Prose, fresh: Sequence[Innovation | Prose]) -> Innovation | Prose | None:
    """The new file that holds what the lost one held, if there is one."""
    for one in fresh:
        if _title(one) == _title(old) or one.summary == old.summary:
            return one
    scores = {one.path: _likeness(one, old) for one in fresh[:_MOST_COMPARED]}
    best = max(scores, key=lambda path: scores[path], default="")
    return next((one for one in fresh if one.path == best and scores[best] >= _ALIKE), None)


def _title(one: Innovation | Prose) -> str:
    return (one.name if isinstance(one, Innovation) else one.title).casefold()


def _likeness(one: Innovation | Prose, other: Innovation | Prose) -> float:
    new, old = (item.body[:_COMPARED].split() for item in (one, other))
    return difflib.SequenceMatcher(None, new, old, autojunk=False).ratio() if new and old else 0


def _renamed(lost: Sequence[str], address: str, path: str, aliases: Sequence[str], change: Change) -> Problem:
    remedy = f"Tulis {_list([*aliases, *lost])} di {path}."
    return _lost(_key_place(change.texts.get(path), path), address, f"berkasnya kini {path}", remedy)


def _without_alias(lost: Sequence[str], address: str, path: str, aliases: Sequence[str], change: Change) -> Problem:
    remedy = f"Kembalikan nama lamanya: tulis {_list([*aliases, *lost])} di {path}."
    return _lost(_key_place(change.texts.get(path), path), address, "nama lama itu dihapus dari `alias`", remedy)


def _of_term(facet: Facet, slug: str, lost: Sequence[str], change: Change, names_now: Names) -> Problem:
    facet_now = next(other for other in change.now.facets if other.path == facet.path)
    now = {group.term.slug: group.term for group in facet_now.groups}
    heir: Term | None
    if slug in now:
        heir, how = now[slug], "nama lama itu dihapus dari `alias`"
    else:
        old = next(group.term for group in facet.groups if group.term.slug == slug)
        heir, how = _successor(facet, facet_now, old), f"istilah `{old.name}` tidak ada lagi di daftar `{facet.key}`"
    address = f"{facet.path}/{slug if slug in lost else lost[0]}/"
    if heir is None:
        remedy = f"Kembalikan istilahnya, atau tulis {_toml(lost)} pada istilah yang menggantikannya."
        return _lost(Place(path=VOCABULARY), address, how, remedy)
    kept = [alias for alias in heir.aliases if alias in names_now[facet.path]]
    remedy = f"Tulis {_toml([*kept, *lost])} pada istilah `{heir.name}` di {VOCABULARY}."
    return _lost(_term_place(facet.key, heir.slug, change), address, how, remedy)


def _successor(facet: Facet, facet_now: Facet, old: Term) -> Term | None:
    """The term that took the place of a lost one: of the same name, else what most of its entries carry instead."""
    known = {group.term.slug for group in facet.groups}
    words = {old.name.casefold(), old.slug}
    for group in facet_now.groups:
        term = group.term
        if term.slug not in known and words & {term.name.casefold(), *(name.casefold() for name in term.short_names)}:
            return term
    carried = next(group.innovations for group in facet.groups if group.term.slug == old.slug)
    orphans = {entry.slug for entry in carried}
    before = {(group.term.slug, entry.slug) for group in facet.groups for entry in group.innovations}
    taken = Counter(
        group.term.slug
        for group in facet_now.groups
        for entry in group.innovations
        if entry.slug in orphans and (group.term.slug, entry.slug) not in before
    )
    slug = taken.most_common(1)[0][0] if taken else ""
    return next((group.term for group in facet_now.groups if group.term.slug == slug), None)


def _of_years(years: Sequence[str]) -> Iterator[Problem]:
    """Years come from entries, and a year that was wrong must be mended; so nobody is held up."""
    if not years:
        return
    named = ", ".join(f"`/tahun/{year}/`" for year in years)
    message = f"Tidak ada lagi halaman {named}: di luar tahun tertua dan termuda yang kini tercatat."
    remedy = (
        "Periksa apakah tahun pada entri atau sumbernya memang dikoreksi. Bila ya, biarkan; "
        "tautan lama ke sana berakhir di halaman yang menunjukkan jalan lain."
    )
    yield _problem(Place(path="content/innovations"), message, remedy, Severity.WARNING)


def _of_shape(shape: str, paths: Sequence[str]) -> Problem:
    """Names that still answer without one of their files: a setting, or a rule of the program."""
    message = f"{len(paths)} alamat berbentuk `/{shape}` tidak ada lagi, misalnya `/{paths[0]}`."
    remedy = f"Bila tidak disengaja, kembalikan pengaturannya di {CONFIG}; alamat yang pernah terbit dipakai orang."
    return _problem(Place(path=CONFIG), message, remedy, Severity.WARNING)


def _of_photo(path: str, change: Change) -> Problem:
    name = path.removeprefix(PHOTOS)
    old = change.before.photos[name]
    twin = next((photo.name for photo in change.now.photos.values() if photo.content == old.content), "")
    place = Place(path=f"content/images/{name}")
    if twin:
        remedy = f"Simpan gambar itu dengan nama lamanya, `{name}`, atau simpan keduanya."
        return _lost(place, path, f"gambarnya kini bernama `{twin}`", remedy)
    remedy = f"Kembalikan gambarnya. Bila tidak boleh tampil lagi, simpan gambar lain dengan nama yang sama, `{name}`."
    return _lost(place, path, "gambarnya dihapus", remedy)


def _of_other(path: str) -> Problem:
    return _lost(Place(path=path), path, "tidak ada lagi yang membuatnya", "Kembalikan, atau beri pengalihan.")


def _lost(place: Place, address: str, how: str, remedy: str) -> Problem:
    return _problem(place, f"Alamat `/{address}` tidak menjawab lagi: {how}.", remedy, Severity.MISTAKE)


def _problem(place: Place, message: str, remedy: str, severity: Severity) -> Problem:
    return Problem(place=place, code=Code.ADDRESS, message=message, remedy=remedy, severity=severity)


def _list(names: Iterable[str]) -> str:
    return f"`alias: [{', '.join(map(_plain, dict.fromkeys(names)))}]`"


def _toml(names: Iterable[str]) -> str:
    quoted = ", ".join(f'"{name}"' for name in dict.fromkeys(names))
    return f"`alias = [{quoted}]`"


def _plain(name: str) -> str:
    """As YAML reads it as a word: a slug of digits would be a number."""
    return f"'{name}'" if re.fullmatch(r"[0-9-]+", name) else name


def _key_place(text: Text | None, path: str) -> Place:
    places = key_places(text.head) if text else {}
    return places.get("alias") or next(iter(places.values()), Place(path=path))


def _term_place(vocabulary: str, slug: str, change: Change) -> Place:
    text = change.texts.get(VOCABULARY)
    for item in _items(text, vocabulary):
        own = node_at(item, "slug")
        if isinstance(own, Scalar) and own.value == slug:
            return key_places(item).get("alias", item.place)
    return Place(path=VOCABULARY)


def _items(text: Text | None, vocabulary: str) -> Iterator[Node]:
    node = node_at(text.head, vocabulary) if text else None
    items = node.items if isinstance(node, NodeList) else ()
    yield from (item for item in items if isinstance(item, Node))
