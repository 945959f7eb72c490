"""Former addresses: whatever was published under a name answers under it for ever.

It asks no output what it is: everything that is planned under the name of today is planned once more under each
former one, a page as a page that leads on, a file as a copy, for hosts that know no redirects; `redirects` tells the
others. A withdrawn entry has its tombstone, and something small in the place of each file that entries have.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from katalog.addresses import ENTRIES, Names, may_be_of, names_of, share_of
from katalog.json_text import indented
from katalog.language import INDONESIAN, Language
from katalog.model import Catalogue, Config, Deferred, File, Innovation, Page
from katalog.pages import listing, paging
from katalog.pages.entries import path_of
from katalog.pages.facets import title_of, unknown_title

Output = Page | File | Deferred
Languages = Mapping[str, Language]
_ONE = {INDONESIAN.code: INDONESIAN}

# What programs that read citations pass over or show to a person.
_TEXTS = (".bib", ".ris", ".txt")


class Move(Struct, frozen=True, kw_only=True):
    """An address that leads to another: for ever, or, since a withdrawal can be undone, for now."""

    old: str
    new: str
    for_ever: bool = True


class Shape(Struct, frozen=True, kw_only=True):
    """Where entries have one of their outputs: `before` + slug + `after`."""

    before: str
    after: str


def with_former(
    planned: Sequence[Output], catalogue: Catalogue, config: Config, others: Sequence[Language] = ()
) -> tuple[tuple[Output, ...], tuple[Move, ...]]:
    """What is planned and, under every former name, what leads to it; and the moves for hosts that redirect."""
    names = names_of(catalogue)
    languages = {language.code: language for language in (INDONESIAN, *others)}
    if not catalogue.withdrawn and all(name == today for known in names.values() for name, today in known.items()):
        return tuple(planned), ()
    outputs, moves = [*planned], []
    remains = _remains(planned, catalogue, config, names, languages)
    for output, move in (*remains, *_list_pages(catalogue, languages)):
        outputs += [output] if output else []
        moves += [move] if move else []
    olds = _former_names(names)
    moved = frozenset(name for _, name in olds)
    found: list[Output] = []
    for output in outputs:
        share = share_of(output.path, names) if may_be_of(output.path, moved) else None
        former = [share.under(old) for old in olds[share.folder, share.name]] if share else []
        found += _under(output, former, languages) if former else [output]
        moves += [Move(old=old, new=output.path) for old in former]
    return tuple(found), tuple(moves)


def _former_names(names: Names) -> Mapping[tuple[str, str], list[str]]:
    olds: dict[tuple[str, str], list[str]] = defaultdict(list)
    for folder, known in names.items():
        for name, today in known.items():
            if name != today:
                olds[folder, today].append(name)
    return olds


def _under(output: Output, former: Sequence[str], languages: Languages) -> Iterator[Output]:
    """An output, and what answers at its former addresses."""
    if not isinstance(output, Page):
        yield output
        yield from (replace(output, path=old) for old in former)
    elif _is_read_by_people(output.path):
        yield output
        yield from (_leading(old, output, languages) for old in former)
    else:  # the same bytes, so that a feed still says where it is now
        yield replace(output, also=tuple(former))


def _leading(old: str, page: Page, languages: Languages) -> Page:
    return Page(
        path=old,
        kind="pindah",
        title=page.title,
        description=languages[page.language].gettext("Halaman %(title)s sudah pindah.", title=page.title),
        data={"target": page.data["target"] if page.kind == "pindah" else page.path},
        listed=False,
        origin=page.origin,
        language=page.language,
    )


def _remains(
    planned: Sequence[Output], catalogue: Catalogue, config: Config, names: Names, languages: Languages
) -> Iterator[tuple[Output | None, Move | None]]:
    """What answers where a withdrawn entry had what entries have."""
    if not catalogue.withdrawn:
        return
    own = {output.path: output for output in planned}
    shares = [share for path in own if (share := share_of(path, names)) and share.folder == ENTRIES]
    shapes = dict.fromkeys(Shape(before=share.before, after=share.after) for share in shares)
    for entry in catalogue.withdrawn:
        for shape in shapes:
            path = f"{shape.before}{entry.slug}{shape.after}"
            if path not in own:
                yield _remain(path, entry, own, config, languages)


def _remain(
    path: str, entry: Innovation, own: Mapping[str, Output], config: Config, languages: Languages
) -> tuple[Output | None, Move | None]:
    tomb = own[path_of(entry)]
    to_tomb = Move(old=path, new=tomb.path, for_ever=False)
    if isinstance(tomb, Page) and _is_read_by_people(path):
        return _leading(path, tomb, languages), to_tomb
    if path.endswith(".json"):
        return File(path=path, content=_tomb_of_data(entry, config)), None
    if path.endswith(_TEXTS):
        words = f"Entri ini sudah ditarik dari katalog. Keterangannya: {config.base_url}/{tomb.path}\n"
        return File(path=path, content=words.encode()), to_tomb
    # A picture is asked for by pages, which cannot show a page in its place: the site's own, where it has one.
    common = own.get(path.rpartition("/")[2])
    if isinstance(common, File | Deferred):
        return replace(common, path=path), None
    return None, to_tomb


def _tomb_of_data(entry: Innovation, config: Config) -> bytes:
    withdrawn = entry.withdrawn
    document = {
        "slug": entry.slug,
        "alamat": f"{config.base_url}/{path_of(entry)}",
        "ditarik": {"tanggal": str(withdrawn.date), "alasan": withdrawn.reason} if withdrawn else {},
    }
    return indented(document)


def _list_pages(catalogue: Catalogue, languages: Languages = _ONE) -> Iterator[tuple[Output, Move]]:
    """Pages of lists that there were while more entries were shown; they lead to the first.

    No entry vanishes but into a tombstone or an alias, so together they are never fewer than there once were. An entry
    whose term was mended has left no trace: for such pages the page for what is not there leads on (`saran.js`).
    """
    gone = paging.ever(catalogue) - len(catalogue.innovations)
    lists = ((language, *found) for language in languages.values() for found in _lists(catalogue, language))
    for language, place, title, shown, most in lists:
        path = language.address(place)
        first = Page(path=path, kind="daftar", title=title, language=language.code)
        once = paging.pages_of(shown + gone, most)
        for number in range(max(paging.pages_of(shown, most), 1) + 1, once + 1):
            old = paging.path_of(path, number)
            yield _leading(old, first, languages), Move(old=old, new=path, for_ever=False)


def _lists(catalogue: Catalogue, language: Language) -> Iterator[tuple[str, str, int, int]]:
    """Everything that stands in pages: address, title, how many entries, how many of them on a page."""
    yield listing.path(1), language.gettext(listing.TITLE), len(catalogue.innovations), listing.PER_PAGE
    for facet in catalogue.facets:
        for group in facet.groups:
            path, title = f"{facet.path}/{group.term.slug}/", title_of(facet, group.term, language)
            yield path, title, len(group.innovations), paging.ROWS_A_PAGE
        unknown = f"{facet.path}/belum-diketahui/"
        yield unknown, unknown_title(facet, language), len(facet.unknown), paging.ROWS_A_PAGE
    for letter, entries in listing.by_letter(catalogue.innovations):
        path, title = listing.letter_path(letter), listing.letter_title(letter, language)
        yield path, title, len(entries), listing.NAMES_A_PAGE


def _is_read_by_people(path: str) -> bool:
    return path == "" or path.endswith(("/", ".html"))
