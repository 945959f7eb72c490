"""A language of the site: what its pages say, and where they stand. Ground.

Messages are named by the Indonesian words, so the site speaks Indonesian without any catalogue of messages. Templates
and code ask a Language for everything that a visitor reads and that is no content; `translations` reads the others.
"""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO

from msgspec import Struct

from katalog.model import Catalogue, Config, PartialDate, Term

# The language of the content, whose pages stand at the site's root.
SOURCE = "id"
# Folders below `inovasi/` that hold lists; every other is an entry's.
_LISTS = ("halaman", "a-z")


def N_(message: str) -> str:
    """A message that is translated where it is shown; named as programs that gather messages know it."""
    return message


MONTHS = (
    N_("Januari"),
    N_("Februari"),
    N_("Maret"),
    N_("April"),
    N_("Mei"),
    N_("Juni"),
    N_("Juli"),
    N_("Agustus"),
    N_("September"),
    N_("Oktober"),
    N_("November"),
    N_("Desember"),
)


class Language(Struct, frozen=True, kw_only=True):
    """One language. `messages` are a compiled catalogue (.mo), empty for Indonesian.

    `rooms` are the first parts of the addresses that have a page in this language; `entries`: those of entries too.
    """

    code: str
    name: str
    messages: bytes = b""
    rooms: tuple[str, ...] = ()
    entries: bool = True

    def message(self, message: str) -> str:
        """A message in this language, with places for its values."""
        return _messages(self.messages).gettext(message)

    def plural(self, one: str, many: str, number: int) -> str:
        """The form of a message that fits a number, with places for its values."""
        return _messages(self.messages).ngettext(one, many, number)

    def gettext(self, message: str, /, **values: object) -> str:
        """A message in this language; `%(name)s` in it stands for a value."""
        return self.message(message) % values

    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> str:
        """The form of a message that fits a number; `%(num)s` in it stands for the number."""
        return self.plural(one, many, number) % {"num": number, **values}

    def name_of(self, term: Term) -> str:
        """What a term is called; its Indonesian name where it has no other."""
        return next((words.name for code, words in term.translations if code == self.code), term.name)

    def note_of(self, term: Term) -> str:
        """A term's sentence; "" where it has none in this language."""
        if self.code == SOURCE:
            return term.note
        return next((words.note or "" for code, words in term.translations if code == self.code), "")

    def has_name(self, term: Term) -> bool:
        """Whether a term's name needs no mark of another language."""
        return self.code == SOURCE or any(code == self.code for code, _ in term.translations)

    def has(self, path: str) -> bool:
        """Whether the page at an Indonesian address is there in this language too."""
        if self.code == SOURCE:
            return True
        room, *rest = path.split("/")
        if room not in self.rooms or (path and rest[-1:] != [""]):
            return False
        is_entry = room == "inovasi" and len(rest) > 1 and rest[0] not in _LISTS
        return not is_entry or (self.entries and len(rest) == len(("slug", "")))

    def address(self, path: str) -> str:
        """Where a link to an Indonesian address leads; to the Indonesian page where there is none in this language."""
        return f"{self.prefix}{path}" if self.has(path) else path

    @property
    def prefix(self) -> str:
        """What stands before the addresses of its pages."""
        return "" if self.code == SOURCE else f"{self.code}/"

    def date(self, date: PartialDate) -> str:
        """17 Januari 2018, Januari 2018 or 2018: as precise as it is known."""
        if not date.month:
            return str(date.year)
        month = self.gettext(MONTHS[date.month - 1])
        if not date.day:
            return self.gettext("%(month)s %(year)s", month=month, year=date.year)
        return self.gettext("%(day)s %(month)s %(year)s", day=date.day, month=month, year=date.year)

    def number(self, number: int) -> str:
        """1656 -> 1.656; how a thousand is written is a message, too."""
        # Translators: how your language writes one thousand
        return f"{number:,}".replace(",", self.gettext("1.000").strip("10"))


INDONESIAN = Language(code=SOURCE, name="Bahasa Indonesia")


class Edition(Struct, frozen=True, kw_only=True):
    """What the pages of one language are made of."""

    language: Language
    config: Config
    catalogue: Catalogue


@lru_cache(maxsize=8)
def _messages(compiled: bytes) -> NullTranslations:
    return GNUTranslations(BytesIO(compiled)) if compiled else NullTranslations()
