"""The nouns of the catalogue, frozen. Ground: of ours it imports what few of them are made of.

Names are English here and Indonesian in the files of content; `schema.py` is where the two meet.

What an innovation is made of is `array_like`: written down for the next build, or hashed, it is its values in their
order, without a name before each.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from msgspec import Struct, field

from katalog.motif import Motif
from katalog.shelf import Shelved


def _nothing() -> Mapping[str, object]:
    return {}


class PartialDate(Struct, frozen=True, kw_only=True, array_like=True, order=True):
    """A date as precisely as it is known; month and day are 0 where they are not."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        """ISO 8601 in the known precision: 2021, 2021-04 or 2021-04-30."""
        if self.day:
            return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"


class Contact(Struct, frozen=True, kw_only=True, array_like=True):
    """An office to ask; never a private person."""

    unit: str
    phone: str | None = None
    email: str | None = None


class TermWords(Struct, frozen=True, kw_only=True, array_like=True):
    """What a term is called in another language."""

    name: str
    note: str | None = None


class Term(Struct, frozen=True, kw_only=True, array_like=True):
    """One word of a controlled vocabulary, with its page's address and its sentence for citizens."""

    vocabulary: str
    name: str
    slug: str
    note: str = ""
    group: str = ""
    short_names: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    hue: int | None = None
    motif: str | None = None
    contact: Contact | None = None
    aliases: tuple[str, ...] = ()
    translations: tuple[tuple[str, TermWords], ...] = ()


class Vocabulary(Struct, frozen=True, kw_only=True):
    """All controlled lists by name; `index` finds a term by any of its spellings, case-folded."""

    lists: Mapping[str, tuple[Term, ...]]
    index: Mapping[tuple[str, str], Term]


# How corrections name the home page, which has no address of its own.
HOME = "beranda"

NO_WORDS = Vocabulary(lists={}, index={})


class Source(Struct, frozen=True, kw_only=True, array_like=True):
    """Where a statement comes from. `title_from_url`: the title was made up from the address."""

    title: str
    publisher: str
    date: PartialDate | None = None
    url: str
    archive: str | None = None
    title_from_url: bool = False


class Award(Struct, frozen=True, kw_only=True, array_like=True):
    """A prize, rank or certificate."""

    name: str
    year: int | None = None
    giver: str | None = None


class Verification(Struct, frozen=True, kw_only=True, array_like=True):
    """Who confirmed an entry, and when; set by maintainers only."""

    date: PartialDate
    unit: str
    url: str | None = None


class Withdrawal(Struct, frozen=True, kw_only=True, array_like=True):
    """Why an entry is no longer shown; its address keeps answering."""

    date: PartialDate
    reason: str


class ChangeNote(Struct, frozen=True, kw_only=True, array_like=True):
    """What changed in an entry, in the words of whoever changed it."""

    date: PartialDate
    note: str


class Innovation(Struct, frozen=True, kw_only=True):
    """One entry: the fields of `schema.INNOVATION` in their order, and the Markdown body.

    None and () mean "not known", never "none".
    """

    slug: str
    path: str
    name: str
    expansion: str | None = None
    summary: str
    summary_en: str | None = None
    group: Term
    manager: Term
    partners: tuple[str, ...] = ()
    initiator: Term | None = None
    form: Term | None = None
    kind: Term | None = None
    affairs: tuple[Term, ...] = ()
    stage: Term | None = None
    trial: PartialDate | None = None
    launch: PartialDate | None = None
    development: PartialDate | None = None
    documented: int | None = None
    continuity: Term | None = None
    districts: tuple[Term, ...] = ()
    status: Term
    verification: Verification | None = None
    inferred: tuple[str, ...] = ()
    part_of: str | None = None
    keywords: tuple[str, ...] = ()
    awards: tuple[Award, ...] = ()
    photo: str | None = None
    photo_alt: str | None = None
    photo_credit: str | None = None
    video: str | None = None
    website: str | None = None
    contact: Contact | None = None
    aliases: tuple[str, ...] = ()
    withdrawn: Withdrawal | None = None
    sources: tuple[Source, ...] = ()
    added: PartialDate | None = None
    changed: PartialDate | None = None
    change_notes: tuple[ChangeNote, ...] = ()
    body: str = ""


class FileHistory(Struct, frozen=True, kw_only=True):
    """What git tells of one file. `days`: when it changed since it was added, latest first; `former`: names it had."""

    added: PartialDate | None = None
    changed: PartialDate | None = None
    days: tuple[PartialDate, ...] = ()
    former: tuple[tuple[PartialDate, str], ...] = ()


class History(Struct, frozen=True, kw_only=True):
    """What git tells of the files of entries, by path. `complete`: it goes back to the beginning."""

    complete: bool = False
    files: Mapping[str, FileHistory] = field(default_factory=dict)


NO_HISTORY = History()


class Photo(Struct, frozen=True, kw_only=True):
    """An image as it is published: re-encoded bytes and its size in pixels."""

    name: str
    width: int
    height: int
    content: bytes


class Prose(Struct, frozen=True, kw_only=True):
    """A page that editors own: about, method, privacy ..."""

    slug: str
    path: str
    title: str
    summary: str
    order: int
    aliases: tuple[str, ...] = ()
    body: str = ""


class Fact(Struct, frozen=True, kw_only=True):
    """A key figure of the region, with where it was found."""

    text: str
    sources: tuple[Source, ...]


class Correction(Struct, frozen=True, kw_only=True):
    """What was put right on which page, when and why: of an entry by its slug, or of another page by its address."""

    date: PartialDate
    entry: str | None = None
    page: str | None = None
    text: str
    reason: str


def corrected_page(entry: str | None, page: str | None) -> str:
    """The address below the site's root of what a correction names."""
    if entry:
        return f"inovasi/{entry}/"
    return "" if page == HOME else f"{page}/"


class Licence(Struct, frozen=True, kw_only=True):
    """Terms under which texts and data may be used."""

    name: str
    url: str


class Extras(Struct, frozen=True, kw_only=True):
    """Which files an entry has besides its page: "ya", "tidak", or "otomatis", as the size of the catalogue allows.

    `compression`: "gz" or "gz+br" where files are to lie there compressed as well, for servers that hand these on.
    """

    cards: str
    embeds: str
    citations: str
    cloths: str | None = None
    compression: str | None = None
    translations: str | None = None


class SiteWords(Struct, frozen=True, kw_only=True):
    """A language besides Indonesian, and what the site says of itself in it."""

    name: str
    title: str | None = None
    motto: str | None = None
    description: str | None = None
    licence: Licence | None = None


class Config(Struct, frozen=True, kw_only=True):
    """Who this catalogue is for; the fields of `schema.CONFIG`. Empty text means "not decided"."""

    title: str
    region: str
    region_short: str
    province: str
    motto: str
    description: str
    base_url: str
    repository: str
    repository_kind: str
    branch: str
    publisher: str
    contact: Contact | None = None
    start: PartialDate
    licence: Licence
    hue: int | None = None
    examples: tuple[str, ...] = ()
    extras: Extras | None = None
    languages: tuple[tuple[str, SiteWords], ...] = ()


class Group(Struct, frozen=True, kw_only=True):
    """A term and the innovations that carry it; a made-up term where none is written ("unknown")."""

    term: Term
    innovations: tuple[Innovation, ...]

    @property
    def count(self) -> int:
        """How many innovations carry the term."""
        return len(self.innovations)


class Tally(Struct, frozen=True, kw_only=True):
    """A term and how many innovations carry it, for pages that show no more of them."""

    term: Term
    count: int


class Facet(Struct, frozen=True, kw_only=True):
    """One way to divide the catalogue, with its groups and what is not known."""

    key: str
    path: str
    label: str
    question: str
    groups: tuple[Group, ...]
    unknown: tuple[Innovation, ...]


class Neighbour(Struct, frozen=True, kw_only=True):
    """A related innovation and why it is one: a message, and the term or the words that it names."""

    innovation: Innovation
    reason: str
    term: Term | None = None
    words: str = ""


class Catalogue(Struct, frozen=True, kw_only=True):
    """Everything the pages are made of, in order: innovations A-Z, `newest` newest first."""

    innovations: tuple[Innovation, ...]
    withdrawn: tuple[Innovation, ...]
    newest: tuple[Innovation, ...]
    facets: tuple[Facet, ...]
    neighbours: Mapping[str, tuple[Neighbour, ...]]
    prose: tuple[Prose, ...]
    facts: tuple[Fact, ...]
    photos: Mapping[str, Photo]
    vocabulary: Vocabulary
    corrections: tuple[Correction, ...] = ()
    history: History = NO_HISTORY


# The bytes of a file, or what they are read from.
Content = bytes | Shelved


class File(Struct, frozen=True, kw_only=True):
    """A finished file: its path below the output folder and its bytes.

    `key` says what it was made of, `note` what must be known of it when it is kept; empty where nobody asks.
    """

    path: str
    content: Content
    key: bytes = b""
    note: bytes = b""


class Kept(Struct, frozen=True, kw_only=True):
    """A file that was published before and is still right: made with the same key, of so many bytes."""

    path: str
    note: bytes = b""
    key: bytes = b""
    size: int = 0


class Stamp(NamedTuple):
    """By which a file on disk is known again without reading it: bytes, and nanoseconds of its last change.

    `file`: which one of all files of this computer it is, 0 where the system does not tell.
    """

    size: int
    time: int
    file: int = 0


def never() -> bool:
    """Say no."""
    return False


class Deferred(Struct, frozen=True, kw_only=True):
    """A file that is made when its turn has come, so that the bytes of all are never held at once.

    `of` is all that it is made of, where `make` itself has no lasting form (see `keys`). It is `large` where it holds
    every entry whole, and takes as long as many pages; `is_ready` tells whether another process has made it meanwhile.
    """

    path: str
    make: Callable[[], Content]
    of: object = None
    large: bool = False
    is_ready: Callable[[], bool] = never


# What a cell of a published workbook may hold; only a full date becomes a date there.
CellValue = str | int | PartialDate


class Sheet(Struct, frozen=True, kw_only=True):
    """A sheet of a published workbook: its rows, header first, and the width of each column in characters.

    `rows` may be asked for twice; they are made one by one.
    """

    name: str
    rows: Callable[[], Iterable[Sequence[CellValue]]]
    widths: tuple[int, ...]
    filtered: bool = False


# A title and sheets -> the bytes of a workbook.
AsWorkbook = Callable[[str, Sequence[Sheet]], bytes]

# What was made before of the same things, else what `make` makes: (recipe, things, make) -> bytes.
Remember = Callable[[str, bytes, Callable[[], bytes]], bytes]

# What was made before of each of several things, nothing (b"") where that is not known: (recipe, things) -> bytes.
Known = Callable[[str, Sequence[bytes]], Sequence[bytes]]


class Card(Struct, frozen=True, kw_only=True):
    """What a card for sharing shows; how it is drawn is the business of `cards`. Empty text is left out."""

    motif: Motif
    title: str
    detail: str = ""
    status: str = ""
    status_slug: str = ""
    catalogue: str
    region: str


Draw = Callable[[Card], bytes]


class Assets(Struct, frozen=True, kw_only=True):
    """Static files as they are published, and where each is found: "js/inti.js" -> "aset/inti.1a2b3c4d.js"."""

    files: tuple[File, ...]
    names: Mapping[str, str]


class SearchIndex(Struct, frozen=True, kw_only=True):
    """What pages carry so that the script finds the index, and the files of the index."""

    manifest: Mapping[str, object]
    files: tuple[Deferred, ...]


class Filling(Struct, frozen=True, kw_only=True):
    """What a page gets when its turn to be rendered has come."""

    data: Mapping[str, object]
    json_ld: Mapping[str, object] | None = None


class Page(Struct, frozen=True, kw_only=True):
    """A page to be rendered: its address below the site's root and what its template needs.

    `path` ends in "/" for a page in a folder of its own (home is ""), else it names a file. `kind`
    is the template's name; `crumbs` are (label, path) from home to the page above; `origin` is the
    file of content it was made from; pages that are not `listed` stay out of the sitemap. `also` are
    other addresses at which the same bytes answer; `card` is the path of the picture that is shown where the page is
    shared, `card_alt` what it says. `language` is the code of the one that it is in. `late` makes what only the
    template asks for, of nothing but its own arguments: they are the page's key, so that all else that it holds but
    path, kind, card and language must be made of them as well. Where the key is known nothing need be made.
    """

    path: str
    kind: str
    title: str
    description: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    data: Mapping[str, object] = field(default_factory=_nothing)
    json_ld: Mapping[str, object] | None = None
    changed: PartialDate | None = None
    listed: bool = True
    origin: str = ""
    also: tuple[str, ...] = ()
    card: str = ""
    card_alt: str = ""
    language: str = "id"
    late: partial[Filling] | None = None
