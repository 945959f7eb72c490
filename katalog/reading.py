"""Nodes -> values, by the table of fields. Ground.

Every fault is said at once and at its place; a value with a fault reads as MISSING, and whoever
asked goes on. Readers never raise and never guess.
"""

import difflib
import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeVar
from urllib.parse import urlsplit

from katalog.fields import (
    ChoiceKind,
    DateKind,
    EmailKind,
    Field,
    FlagKind,
    GroupKind,
    ImageKind,
    Kind,
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

Record = TypeVar("Record")


class Missing(Enum):
    """The value that is not there."""

    MISSING = 0


MISSING = Missing.MISSING

MONTHS = (
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
)

_MARKUP = re.compile(r"\*\*|__|`|\[[^\]]*\]\(|^#+ |<[a-zA-Z/]")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
# Names of photos; nothing in them can lead out of their folder.
IMAGE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}\.(?:jpg|jpeg|png|webp)")
# Names that Windows keeps for devices, with any ending; a clone there would fail.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
# No sign that means something in a mailto address.
_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_HOST = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?\.)*[A-Za-z0-9-]+\.?")
_LARGEST_SLUG = 80
# Longer lists are not spelled out in a message.
LONGEST_CHOICE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every reader needs: the vocabularies, today's date, and where to say problems.

    `toml`: examples are written as TOML, since that is what the file holds.
    """

    vocabulary: Vocabulary
    today: PartialDate
    say: Say
    toml: bool = False


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
    present = {name.value for name, _ in node.items} | unread
    for field in fields:
        if field.required and field.key not in present:
            desk.say(_missing(field, node.place, desk))
    return values


def construct(make: Callable[..., Record], values: MappingOf[str, object]) -> Record:
    """A record from values that readers have proved (a test compares the table with the record)."""
    return make(**values)


def suggest(word: str, choices: Iterable[str]) -> str:
    """A question that names the closest choice, to stand after a sentence; nothing where none is close."""
    folded = {choice.casefold(): choice for choice in choices}
    close = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f" Maksud Anda `{folded[close[0]]}`?" if close else ""


def slugify(name: str) -> str:
    """The slug for a name: ASCII letters and digits, joined by single hyphens, at most 80."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:_LARGEST_SLUG].strip("-")


def is_device(name: str) -> bool:
    """Whether Windows takes a name of lower-case letters for a device."""
    return bool(_DEVICE.fullmatch(name))


def parse_date(value: str) -> PartialDate | None:
    """YYYY, YYYY-MM or YYYY-MM-DD as a date of the calendar, else None."""
    match = _ISO.fullmatch(value)
    if not match:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    if not 1900 <= year <= 2999 or (match[2] and not 1 <= month <= 12):
        return None
    if match[3] and not 1 <= day <= monthrange(year, month)[1]:
        return None
    return PartialDate(year=year, month=month, day=day)


def is_future(date: PartialDate, today: PartialDate) -> bool:
    """Whether a date lies wholly after today, as far as it is known."""
    known = (date.year, date.month or today.month, date.day if date.month and date.day else today.day)
    return known > (today.year, today.month, today.day)


def example_line(field: Field, *, toml: bool) -> str:
    """A line that shows how the field is filled in."""
    if not toml:
        return f"`{field.key}: {field.example}`"
    literal = field.example.startswith(("{", "[")) or isinstance(field.kind, NumberKind)
    return f"`{field.key} = {field.example}`" if literal else f'`{field.key} = "{field.example}"`'


def _listed(kind: Kind, desk: Desk) -> str:
    """What may be chosen, as a sentence; where to look it up if that is long; "" for free fields."""
    if not isinstance(kind, ChoiceKind):
        return ""
    names = [term.name for term in desk.vocabulary.lists.get(kind.vocabulary, ())]
    if len(names) <= LONGEST_CHOICE:
        return f"Pilih salah satu: {'; '.join(names)}."
    return (
        f"Daftar lengkapnya ada di content/vocabulary.toml, bagian [[{kind.vocabulary}]]; "
        "bila memang belum ada, tambahkan di sana."
    )


def _missing(field: Field, place: Place, desk: Desk) -> Problem:
    advice = _listed(field.kind, desk) or f"{field.hint} Contoh: {example_line(field, toml=desk.toml)}."
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
                message=f"Kolom `{field.key}` kosong.",
                remedy=f"{action}. Contoh: {example_line(field, toml=desk.toml)}.",
            )
        )
        return MISSING
    return _Reader(field=field, desk=desk).read(field.kind, node)


def _is_empty(node: Node) -> bool:
    if isinstance(node, Scalar):
        return node.value.strip() in {"", "~", "null"}
    return not node.items


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads nodes of one field; the field is kept for the words of its problems."""

    field: Field
    desk: Desk

    def read(self, kind: Kind, node: Node) -> object:
        match kind:
            case ListKind():
                return self._list(kind, node)
            case GroupKind():
                return self._group(kind, node)
        if not isinstance(node, Scalar):
            return self.fault(node.place, Code.SHAPE, "harus berisi satu nilai saja", self._example())
        return self._scalar(kind, replace(node, value=node.value.strip()))

    def fault(self, place: Place, code: Code, wrong: str, remedy: str, hint: str = "") -> Missing:
        message = f"Isi kolom `{self.field.key}` {wrong}.{hint}"
        self.desk.say(Problem(place=place, code=code, message=message, remedy=remedy))
        return MISSING

    def _example(self) -> str:
        return f"Contoh: {example_line(self.field, toml=self.desk.toml)}."

    def _list(self, kind: ListKind, node: Node) -> object:
        if not isinstance(node, Sequence):
            remedy = f"Tulis tiap butir di baris sendiri, diawali `  - `. Contoh butir: `  - {self.field.example}`."
            return self.fault(node.place, Code.SHAPE, "harus berupa daftar", remedy)
        if len(node.items) > kind.most:
            wrong = f"terlalu banyak: {len(node.items)}, paling banyak {kind.most}"
            return self.fault(node.items[kind.most].place, Code.TOO_MANY, wrong, "Sisakan yang terpenting.")
        values: list[object] = []
        for item in node.items:
            value = self._item(kind, item)
            if value in values:
                self.fault(item.place, Code.REPEATED, "memuat butir yang sama dua kali", "Hapus salah satunya.")
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
            how = "terlalu pendek" if count < kind.low else "terlalu panjang"
            wrong = f"{how}: {count} karakter, seharusnya {kind.low} sampai {kind.high}"
            return self.fault(node.place, Code.LENGTH, wrong, f"{self.field.hint} {self._example()}")
        if not any(character.isalnum() for character in value):
            return self.fault(node.place, Code.EMPTY, "tidak memuat huruf atau angka", self._example())
        if kind.plain and (mark := _MARKUP.search(value)):
            wrong = f"memuat tanda `{mark[0].strip()}`; kolom ini teks biasa tanpa tanda Markdown atau HTML"
            return self.fault(node.place, Code.MARKUP, wrong, "Hapus tandanya; tulis kalimat biasa.")
        return value

    def _choice(self, kind: ChoiceKind, node: Scalar) -> object:
        vocabulary = self.desk.vocabulary
        term = vocabulary.index.get((kind.vocabulary, node.value.casefold()))
        if term is None:
            terms = vocabulary.lists.get(kind.vocabulary, ())
            hint = suggest(node.value, [name for term in terms for name in (term.name, *term.short_names)])
            wrong = f"tidak ada dalam daftar: `{node.value}`"
            return self.fault(node.place, Code.CHOICE, wrong, _listed(kind, self.desk), hint)
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
            wrong = f"tidak ada dalam daftar: `{node.value}`"
            remedy = f"Pilih salah satu: {', '.join(kind.options)}."
            return self.fault(node.place, Code.CHOICE, wrong, remedy, suggest(node.value, kind.options))
        return node.value

    def _date(self, node: Scalar) -> object:
        date = parse_date(node.value)
        if date is None:
            guess = _guess_date(node.value)
            hint = f" Maksud Anda `{guess}`?" if guess else ""
            wrong = f"bukan tanggal yang dikenal: `{node.value}`"
            remedy = "Tulis tahun-bulan-hari seteliti yang diketahui: `2021-04-30`, `2021-04`, atau `2021`."
            return self.fault(node.place, Code.DATE, wrong, remedy, hint)
        if is_future(date, self.desk.today):
            wrong = f"ada di masa depan: `{node.value}`"
            return self.fault(node.place, Code.FUTURE, wrong, "Tulis tanggal yang sudah lewat, atau hapus baris ini.")
        return date

    def _number(self, kind: NumberKind, node: Scalar) -> object:
        if not re.fullmatch(r"[0-9]{1,6}", node.value) or not kind.low <= int(node.value) <= kind.high:
            wrong = f"harus angka {kind.low} sampai {kind.high}, bukan `{node.value}`"
            return self.fault(node.place, Code.NUMBER, wrong, self._example())
        return int(node.value)

    def _url(self, kind: UrlKind, node: Scalar) -> object:
        wrong = _url_fault(node.value, kind)
        return self.fault(node.place, Code.URL, wrong, self._example()) if wrong else node.value

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
            return self.fault(node.place, Code.EMAIL, f"bukan alamat surel: `{node.value}`", self._example())
        return node.value

    def _flag(self, node: Scalar) -> object:
        if node.value not in {"ya", "tidak"}:
            return self.fault(
                node.place, Code.CHOICE, f"harus `ya` atau `tidak`, bukan `{node.value}`", self._example()
            )
        return node.value == "ya"


def _url_fault(value: str, kind: UrlKind) -> str:
    schemes = ("https",) if kind.secure else ("http", "https")
    begin = " atau ".join(f"{scheme}://" for scheme in schemes)
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return f"bukan alamat web yang sah: `{value}`"
    if parts.scheme not in schemes:
        return f"harus diawali {begin}"
    if len(value) > 600 or re.search(r"[\s<>\"\\^`{|}]|[^\x20-\x7e]", value):
        return "memuat spasi atau karakter yang tidak boleh ada di alamat web"
    if parts.username is not None or not _HOST.fullmatch(host):
        return f"bukan alamat web yang sah: `{value}`"
    return ""


def _guess_date(value: str) -> str:
    """ISO for dates as people write them: 17 Januari 2018, 17/1/2018, 17-01-2018, Januari 2018."""
    spelled = re.fullmatch(r"(?:([0-9]{1,2})\s+)?([a-z]+)\s+([0-9]{4})", value.strip().lower())
    if spelled:
        months = [name for name in MONTHS if name.startswith(spelled[2][:3])]
        if len(months) != 1:
            return ""
        parts = (spelled[3], MONTHS.index(months[0]) + 1, spelled[1])
    elif numeric := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", value.strip()):
        parts = (numeric[3], int(numeric[2]), numeric[1])
    elif numeric := re.fullmatch(r"([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})", value.strip()):
        parts = (numeric[1], int(numeric[2]), numeric[3])
    else:
        return ""
    year, month, day = parts
    guess = f"{year}-{month:02d}" + (f"-{int(day):02d}" if day else "")
    return guess if parse_date(guess) else ""
