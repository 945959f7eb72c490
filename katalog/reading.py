"""Nodes -> values, by the table of fields. Ground.

Every fault is said at once and at its place; a value with a fault reads as MISSING, and whoever
asked goes on. Readers never raise and never guess.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence as SequenceOf
from enum import Enum
from typing import TypeVar
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from katalog.dates import is_future, parse_date, possible_dates
from katalog.fields import (
    ChoiceKind,
    DateKind,
    EmailKind,
    Field,
    FlagKind,
    GroupKind,
    ImageKind,
    Kind,
    LanguagesKind,
    ListKind,
    NumberKind,
    OptionKind,
    SlugKind,
    TextKind,
    UrlKind,
    YearKind,
)
from katalog.model import PartialDate, Vocabulary
from katalog.problems import Code, Place, Problem, Say, Severity
from katalog.text import Mapping, Node, Scalar, Sequence
from katalog.words import FAULT, HINT, WORDS

Record = TypeVar("Record")


class Missing(Enum):
    """The value that is not there."""

    MISSING = 0


MISSING = Missing.MISSING

# Patterns that the form's script uses too, so only what both languages know.
MARKUP = r"\*\*|__|`|\[[^\]]*\]\(|^#+ |<[a-zA-Z/]"
# No sign that means something in a mailto address.
EMAIL = r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
HOST = r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?\.)*[A-Za-z0-9-]+\.?"
_MARKUP, _EMAIL, _HOST = map(re.compile, (MARKUP, EMAIL, HOST))
_QUOTES = frozenset("\"'“”„‘’")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Names of photos; nothing in them can lead out of their folder.
IMAGE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}\.(?:jpg|jpeg|png|webp)")
# Names that Windows keeps for devices, with any ending; a clone there would fail.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
_LARGEST_SLUG = 80
_LONGEST_URL = 600
_NOT_IN_URL = re.compile(r"[\s<>\"\\^`{|}]|[^\x20-\x7e]")
# Most addresses, which are sound without being taken apart.
_PLAIN_URL = re.compile(rf"https://{HOST}(?:/[A-Za-z0-9_./-]*)?")
# So much of two words must be equal for one to be a slip of the other.
_ALIKE = 0.6
# Longer lists are not spelled out in a message.
LONGEST_CHOICE = 12


# How a field is shown filled in; in the form of the file that is read.
Example = Callable[[Field], str]


def yaml_example(field: Field) -> str:
    """A line of an entry's head."""
    return f"{field.key}: {field.example}"


def toml_example(field: Field) -> str:
    """A line of a TOML file."""
    literal = field.example.startswith(("{", "[")) or isinstance(field.kind, NumberKind)
    return f"{field.key} = {field.example}" if literal else f'{field.key} = "{field.example}"'


class Desk(Struct, frozen=True, kw_only=True):
    """What every reader needs: the vocabularies, today's date, where to say problems, how to show an example."""

    vocabulary: Vocabulary
    today: PartialDate
    say: Say
    example: Example = yaml_example


def read_fields(node: Mapping, fields: SequenceOf[Field], desk: Desk, unread: frozenset[str]) -> dict[str, object]:
    """The values of a mapping by English name; what is absent or faulty is left out."""
    known = {field.key: field for field in fields}
    values: dict[str, object] = {}
    for name, child in node.items:
        field = known.get(name.value)
        if field is None:
            _say_unknown(name, known, desk)
            continue
        value = _read_field(field, name, child, desk)
        if value is not MISSING:
            values[field.name] = value
    written = {name.value for name, _ in node.items}
    present = {name if name in known else folded_key(name) for name in written} | unread
    for field in fields:
        if field.required and field.key not in present:
            desk.say(_missing(field, node.place, desk))
    return values


def folded_key(name: str) -> str:
    """A key as the table writes keys: `Kata Kunci` and `kata-kunci` are `kata_kunci`."""
    return re.sub(r"[\s-]+", "_", name.strip().casefold())


def construct(make: Callable[..., Record], values: MappingOf[str, object]) -> Record:
    """A record from values that readers have proved (a test compares the table with the record)."""
    return make(**values)


def suggest(word: str, choices: Iterable[str]) -> str:
    """A question that names the closest choice, to stand after a sentence; nothing where none is close.

    What offices have in common, the name of the region above all, makes none of them close: a choice must know the
    first word, too. The form's script says the same (`usul.js`).
    """
    wanted = word.casefold()
    folded = {choice.casefold(): choice for choice in choices}
    close = difflib.get_close_matches(wanted, folded, n=len(folded) or 1, cutoff=_ALIKE)
    guess = next((choice for choice in close if _knows_first_word(choice, wanted)), None)
    return HINT.format(guess=f"`{folded[guess]}`") if guess else ""


def _knows_first_word(choice: str, wanted: str) -> bool:
    """Whether one of the choice's words is, or is like, the first one that was written, maybe cut short."""
    first = (wanted.split() or [""])[0].rstrip(".")
    return any(
        part.startswith(first) or difflib.SequenceMatcher(None, part, first).ratio() >= _ALIKE
        for part in choice.split()
    )


def slugify(name: str) -> str:
    """The slug for a name: ASCII letters and digits, joined by single hyphens, at most 80."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:_LARGEST_SLUG].strip("-")


def is_device(name: str) -> bool:
    """Whether Windows takes a name of lower-case letters for a device."""
    return bool(_DEVICE.fullmatch(name))


def without_smart_quotes(value: str) -> str | None:
    """What stands between the quotes that hold a whole value, one of them or both bent; or None."""
    ends, inner = {value[:1], value[-1:]}, value[1:-1].strip()
    if not inner or ends == {'"'}:
        return None
    if ends <= set('"“”„'):
        return None if set(inner) & set('"“”„') else inner  # else these are two quotations
    return inner if ends <= set("‘’") else None


def listed(kind: Kind, vocabulary: Vocabulary) -> str:
    """What may be chosen, as a sentence; where to look it up if that is long; "" for free fields."""
    if not isinstance(kind, ChoiceKind):
        return ""
    names = [term.name for term in vocabulary.lists.get(kind.vocabulary, ())]
    if not names:
        return f"Daftarnya masih kosong: tambahkan bagian [[{kind.vocabulary}]] di content/vocabulary.toml."
    if len(names) <= LONGEST_CHOICE:
        return f"Pilih salah satu: {'; '.join(names)}."
    advice = "bila memang belum ada, tambahkan di sana" if kind.is_regional else "pilih yang paling dekat di sana"
    return f"Daftar lengkapnya ada di content/vocabulary.toml, bagian [[{kind.vocabulary}]]; {advice}."


def _missing(field: Field, place: Place, desk: Desk) -> Problem:
    advice = listed(field.kind, desk.vocabulary) or f"{field.hint} Contoh: `{desk.example(field)}`."
    return Problem(
        place=place,
        code=Code.MISSING,
        message=f"Kolom `{field.key}` belum ada.",
        remedy=f"Tambahkan kolom itu dengan isi yang benar. {advice}",
    )


def _say_unknown(name: Scalar, known: MappingOf[str, Field], desk: Desk) -> None:
    hint = suggest(name.value, known)
    remedy = "Perbaiki namanya, atau hapus kolom ini."
    desk.say(
        Problem(
            place=name.place,
            code=Code.UNKNOWN_KEY,
            message=f"Kolom `{name.value}` tidak dikenal.{hint}",
            remedy=remedy if hint else f"{remedy} Yang dikenal: {', '.join(known)}.",
        )
    )


def _read_field(field: Field, name: Scalar, node: Node, desk: Desk) -> object:
    if _is_empty(node):
        if field.may_be_empty:
            return MISSING if isinstance(field.kind, GroupKind) else ""
        action = "Isi kolom ini" if field.required else "Isi kolom ini, atau hapus barisnya bila belum diketahui"
        desk.say(
            Problem(
                place=name.place,
                code=Code.EMPTY,
                message=WORDS["empty"][0].format(key=field.key),
                remedy=WORDS["empty"][1].format(action=action, example=f"`{desk.example(field)}`"),
            )
        )
        return MISSING
    return _Reader(field=field, desk=desk).read(field.kind, node)


def _is_empty(node: Node) -> bool:
    if isinstance(node, Scalar):
        return node.value.strip() in {"", "~", "null"}
    return not node.items


class _Reader(Struct, frozen=True, kw_only=True):
    """Reads nodes of one field; the field is kept for the words of its problems."""

    field: Field
    desk: Desk

    def read(self, kind: Kind, node: Node) -> object:
        match kind:
            case ListKind():
                return self._list(kind, node)
            case GroupKind():
                return self._group(kind, node)
            case LanguagesKind():
                return self._languages(kind, node)
        if not isinstance(node, Scalar):
            return self.fault(node.place, Code.SHAPE, "harus berisi satu nilai saja", self._example())
        value = self._unquoted(node).strip()
        return self._scalar(kind, node if value == node.value else replace(node, value=value))

    def fault(self, place: Place, code: Code, wrong: str, remedy: str, hint: str = "") -> Missing:
        message = FAULT.format(key=self.field.key, wrong=wrong, hint=hint)
        self.desk.say(Problem(place=place, code=code, message=message, remedy=remedy))
        return MISSING

    def tell(self, place: Place, code: Code, name: str, hint: str = "", **parts: object) -> Missing:
        """A fault in the words that the form uses, too."""
        wrong, remedy = WORDS[name]
        example = f"`{self.desk.example(self.field)}`"
        return self.fault(place, code, wrong.format(**parts), remedy.format(example=example, **parts), hint)

    def _unquoted(self, node: Scalar) -> str:
        """The value; quotes that a word processor has bent are no quotes of YAML, but what they hold is meant."""
        if node.value[:1] not in _QUOTES and node.value[-1:] not in _QUOTES:
            return node.value
        column = node.place.column
        is_bare = node.place.source[column - 1 : column] == node.value[:1]
        inner = without_smart_quotes(node.value) if is_bare else None
        if inner is None:
            return node.value
        wrong = "diapit tanda kutip melengkung, yang ikut terbaca sebagai isi"
        self.fault(node.place, Code.SMART_QUOTES, wrong, f"Hapus tanda kutipnya, atau tulis yang lurus: `'{inner}'`.")
        return inner

    def _example(self) -> str:
        return f"Contoh: `{self.desk.example(self.field)}`."

    def _list(self, kind: ListKind, node: Node) -> object:
        if not isinstance(node, Sequence):
            remedy = f"Tulis tiap butir di baris sendiri, diawali `  - `. Contoh butir: `  - {self.field.example}`."
            return self.fault(node.place, Code.SHAPE, "harus berupa daftar", remedy)
        if len(node.items) > kind.most:
            place = node.items[kind.most].place
            return self.tell(place, Code.TOO_MANY, "too_many", count=len(node.items), most=kind.most)
        values: list[object] = []
        for item in node.items:
            value = self._item(kind, item)
            if value in values:
                self.tell(item.place, Code.REPEATED, "repeated")
            elif value is not MISSING:
                values.append(value)
        return tuple(values)

    def _item(self, kind: ListKind, item: Node) -> object:
        if _is_empty(item):
            return self.fault(item.place, Code.EMPTY, "memuat butir kosong", "Isi butir itu atau hapus barisnya.")
        return self.read(kind.item, item)

    def _group(self, kind: GroupKind, node: Node) -> object:
        if not isinstance(node, Mapping):
            keys = ", ".join(f"`{field.key}`" for field in kind.fields)
            return self.fault(node.place, Code.SHAPE, f"harus terdiri atas kolom {keys}", self._example())
        values = read_fields(node, kind.fields, self.desk, frozenset())
        if any(field.required and field.name not in values for field in kind.fields):
            return MISSING
        return construct(kind.record, values)

    def _languages(self, kind: LanguagesKind, node: Node) -> object:
        if not isinstance(node, Mapping):
            return self.fault(node.place, Code.SHAPE, "harus terdiri atas kode bahasa dan isinya", self._example())
        found: list[tuple[str, object]] = []
        for name, child in node.items[: kind.most]:
            if not _LANGUAGE.fullmatch(name.value) or name.value == "id":
                wrong = f"memuat `{name.value}`, yang bukan kode bahasa lain seperti `en`"
                self.fault(name.place, Code.CHOICE, wrong, self._example())
            elif (value := self._group(kind.item, child)) is not MISSING:
                found.append((name.value, value))
        return tuple(sorted(found, key=lambda pair: pair[0]))

    def _scalar(self, kind: Kind, node: Scalar) -> object:
        match kind:
            case TextKind():
                return self._text(kind, node)
            case ChoiceKind():
                return self._choice(kind, node)
            case OptionKind():
                return self._option(kind, node)
            case DateKind():
                return self._date(node)
            case YearKind():
                return self._number(NumberKind(low=1900, high=self.desk.today.year), node)
            case NumberKind():
                return self._number(kind, node)
            case UrlKind():
                return self._url(kind, node)
            case SlugKind():
                return self._slug(kind, node)
            case ImageKind():
                return self._image(node)
            case EmailKind():
                return self._email(node)
            case FlagKind():
                return self._flag(node)
        raise AssertionError(kind)

    def _text(self, kind: TextKind, node: Scalar) -> object:
        value = " ".join(node.value.split())
        count = len(value)
        if not kind.low <= count <= kind.high:
            name, advice = "short" if count < kind.low else "long", self.field.hint
            return self.tell(node.place, Code.LENGTH, name, count=count, low=kind.low, high=kind.high, advice=advice)
        if not (value[:1].isalnum() or any(character.isalnum() for character in value)):
            return self.tell(node.place, Code.EMPTY, "no_letters")
        if kind.plain and (mark := _MARKUP.search(value)):
            return self.tell(node.place, Code.MARKUP, "markup", mark=mark[0].strip())
        return value

    def _choice(self, kind: ChoiceKind, node: Scalar) -> object:
        vocabulary = self.desk.vocabulary
        term = vocabulary.index.get((kind.vocabulary, node.value.casefold()))
        if term is None:
            terms = vocabulary.lists.get(kind.vocabulary, ())
            hint = suggest(node.value, [name for term in terms for name in (term.name, *term.short_names)])
            return self.tell(
                node.place, Code.CHOICE, "choice", hint, value=node.value, choices=listed(kind, vocabulary)
            )
        if node.value != term.name:
            message = f"`{node.value}` diterima sebagai `{term.name}`."
            remedy = f"Sebaiknya tulis nama resminya: `{term.name}`."
            note = Problem(
                place=node.place, code=Code.OTHER_SPELLING, message=message, remedy=remedy, severity=Severity.NOTE
            )
            self.desk.say(note)
        return term

    def _option(self, kind: OptionKind, node: Scalar) -> object:
        if node.value not in kind.options:
            choices = f"Pilih salah satu: {', '.join(kind.options)}."
            hint = suggest(node.value, kind.options)
            return self.tell(node.place, Code.CHOICE, "choice", hint, value=node.value, choices=choices)
        return node.value

    def _date(self, node: Scalar) -> object:
        date = parse_date(node.value)
        if date is None:
            guesses = " atau ".join(f"`{guess}`" for guess in possible_dates(node.value))
            hint = HINT.format(guess=guesses) if guesses else ""
            return self.tell(node.place, Code.DATE, "date", hint, value=node.value)
        if is_future(date, self.desk.today):
            return self.tell(node.place, Code.FUTURE, "future", value=node.value)
        return date

    def _number(self, kind: NumberKind, node: Scalar) -> object:
        if not re.fullmatch(r"[0-9]{1,6}", node.value) or not kind.low <= int(node.value) <= kind.high:
            return self.tell(node.place, Code.NUMBER, "number", low=kind.low, high=kind.high, value=node.value)
        return int(node.value)

    def _url(self, kind: UrlKind, node: Scalar) -> object:
        schemes = ("https",) if kind.secure else ("http", "https")
        begin = " atau ".join(f"{scheme}://" for scheme in schemes)
        wrong = _url_fault(node.value, schemes)
        return self.tell(node.place, Code.URL, wrong, begin=begin, value=node.value) if wrong else node.value

    def _slug(self, kind: SlugKind, node: Scalar) -> object:
        length_is_right = kind.low <= len(node.value) <= _LARGEST_SLUG
        if is_device(node.value):
            wrong = f"tidak boleh `{node.value}`, nama yang dipakai Windows sendiri"
            return self.fault(node.place, Code.SLUG, wrong, self._example())
        if not _SLUG.fullmatch(node.value) or not length_is_right:
            guess = slugify(node.value)
            hint = f" Maksud Anda `{guess}`?" if guess and guess != node.value else ""
            wrong = f"harus {kind.low} sampai {_LARGEST_SLUG} huruf kecil, angka, dan tanda hubung"
            return self.fault(node.place, Code.SLUG, wrong, self._example(), hint)
        return node.value

    def _image(self, node: Scalar) -> object:
        if not IMAGE_NAME.fullmatch(node.value) or is_device(node.value):
            wrong = f"bukan nama berkas gambar yang sah: `{node.value}`"
            remedy = "Pakai huruf kecil, angka, dan tanda hubung, berakhiran .jpg, .jpeg, .png, atau .webp."
            return self.fault(node.place, Code.IMAGE, wrong, remedy)
        return node.value

    def _email(self, node: Scalar) -> object:
        if not _EMAIL.fullmatch(node.value):
            return self.tell(node.place, Code.EMAIL, "email", value=node.value)
        return node.value

    def _flag(self, node: Scalar) -> object:
        if node.value not in {"ya", "tidak"}:
            return self.fault(
                node.place, Code.CHOICE, f"harus `ya` atau `tidak`, bukan `{node.value}`", self._example()
            )
        return node.value == "ya"


def _url_fault(value: str, schemes: SequenceOf[str]) -> str:
    """Which of WORDS tells what is wrong with an address; "" where it is sound."""
    if len(value) <= _LONGEST_URL and _PLAIN_URL.fullmatch(value):
        return ""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "url"
    if parts.scheme not in schemes:
        return "url_scheme"
    if len(value) > _LONGEST_URL or _NOT_IN_URL.search(value):
        return "url_characters"
    if parts.username is not None or not _HOST.fullmatch(host):
        return "url"
    return ""
