"""The table of fields -> the form for offices that do not use git, and the rules that its script checks by.

Labels, hints, limits, choices and words are those of `check`: what the form lets through, `check` passes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from string import ascii_lowercase, digits
from urllib.parse import quote

from katalog.dates import CLOCK, MONTH_NAMES, NAMED_YEAR, NUMBERED, SPELLED, TURNED
from katalog.fields import (
    ChoiceKind,
    DateKind,
    EmailKind,
    Field,
    GroupKind,
    Kind,
    ListKind,
    NumberKind,
    TextKind,
    UrlKind,
    YearKind,
)
from katalog.json_text import compact
from katalog.model import Catalogue, Config, File, Innovation, Page, Vocabulary
from katalog.pages import paging
from katalog.personal import GAP, MOBILE, PROVINCES
from katalog.reading import EMAIL, HOST, MARKUP, listed
from katalog.schema import INNOVATION, RESERVED_SLUGS, SECTIONS
from katalog.skeleton import STATUS, make_skeleton
from katalog.words import FAULT, HINT, TOLD, WORDS

# One question at a time: what, who, when and where, the story; the last step has no field of its own.
STEPS = (
    ("Apa inovasinya?", ("nama", "kepanjangan", "ringkasan", "jenis", "bentuk")),
    ("Siapa yang menjalankan?", ("kelompok", "pengelola", "mitra", "inisiator", "kontak")),
    ("Kapan dan di mana?", ("urusan", "tahapan", "uji_coba", "penerapan", "keberlanjutan", "kecamatan")),
    ("Ceritakan", ("isi", "sumber", "penghargaan", "situs", "video", "kata_kunci")),
)
# Few choices stand open as buttons, many as a list.
_MOST_BUTTONS = 6
# Offices are many and known by name, so they are typed, with suggestions.
_TYPED = frozenset({"pengelola"})
# So many records of a list can be filled in; more can be added in the file.
_RECORDS = {"sumber": 3, "penghargaan": 2}
_LONG_TEXT = 150
# So many names of entries stand in the page itself, to be compared with a new one; more are fetched by first letter.
MOST_NAMES = 500
_NEW_FILE = {
    "github": "{repository}/new/{branch}?",
    "gitea": "{repository}/_new/{branch}/?",
    "forgejo": "{repository}/_new/{branch}/?",
    "gitlab": "{repository}/-/new/{branch}?",
}


def plan(catalogue: Catalogue, config: Config) -> Iterator[Page | File]:
    """`/usulkan/`, and the two templates for those who write in a word processor."""
    fields = {field.key: field for field in INNOVATION}
    steps = [
        (title, [rule(fields[key], catalogue.vocabulary) for key in keys if key in fields]) for title, keys in STEPS
    ]
    yield Page(
        path="usulkan/",
        kind="usulkan",
        title="Usulkan inovasi",
        description="Formulir untuk mengusulkan inovasi ke katalog ini, langkah demi langkah.",
        crumbs=(("Beranda", ""),),
        data={
            "steps": steps,
            "sections": [section.heading for section in SECTIONS],
            "records": _RECORDS,
            "rules": rules(steps, catalogue, config),
            "terms": catalogue.vocabulary.lists,
            "new_file": new_file(config),
        },
    )
    yield from _names(catalogue)
    yield File(path="usulkan/templat.md", content=make_skeleton("NAMA INOVASI").encode())
    yield File(path="usulkan/templat.rtf", content=rich_text(steps).encode("ascii"))


def rules(steps: list[tuple[str, list[dict[str, object]]]], catalogue: Catalogue, config: Config) -> dict[str, object]:
    """Everything that the script needs to know, as one block of data."""
    return {
        "kolom": [entry for _, entries in steps for entry in entries],
        "urutan": [field.key for field in INNOVATION],
        "bagian": [section.heading for section in SECTIONS],
        "kata": WORDS,
        "pesan": TOLD,
        "salah": FAULT,
        "maksud": HINT,
        "pola": {
            "surel": EMAIL,
            "tanda": MARKUP,
            "host": HOST,
            "ponsel": MOBILE,
            "sela": GAP,
            "jam": CLOCK,
            "eja": SPELLED,
            "angka": NUMBERED,
            "balik": TURNED,
            "tahun": NAMED_YEAR,
        },
        "provinsi": sorted(PROVINCES),
        "bulan": list(MONTH_NAMES.items()),
        "status": STATUS,
        "terlarang": sorted(RESERVED_SLUGS),
        "ada": None if _are_many(catalogue) else _known(catalogue.innovations),
        "rona": {term.name: term.slug for term in catalogue.vocabulary.lists["urusan"]},
        "berkas_baru": new_file(config),
        "surel": (config.contact.email or "") if config.contact else "",
    }


def _are_many(catalogue: Catalogue) -> bool:
    """By what there once was, so that what was published stays."""
    return paging.ever(catalogue) > MOST_NAMES


def _known(innovations: Iterable[Innovation]) -> list[list[str]]:
    return [[entry.slug, entry.name] for entry in innovations]


def _names(catalogue: Catalogue) -> Iterator[File]:
    """`/usulkan/ada-<letter>.json`: entries of a large catalogue by the first letter of their file's name."""
    if not _are_many(catalogue):
        return
    letters: dict[str, list[Innovation]] = defaultdict(list)
    for entry in catalogue.innovations:
        letters[entry.slug[0]].append(entry)
    for letter in (*digits, *ascii_lowercase):
        yield File(path=f"usulkan/ada-{letter}.json", content=compact(_known(letters[letter])))


def rule(field: Field, vocabulary: Vocabulary) -> dict[str, object]:
    """One field as data: what it is called, how it is explained, what it takes."""
    return {
        "key": field.key,
        "label": field.label,
        "hint": field.hint,
        "example": f"`{field.key}: {field.example}`",
        "required": field.required,
        **_shape(field.kind, vocabulary),
    }


def _shape(kind: Kind, vocabulary: Vocabulary) -> dict[str, object]:
    match kind:
        case TextKind():
            return {
                "type": "teks",
                "low": kind.low,
                "high": kind.high,
                "plain": kind.plain,
                "long": kind.high > _LONG_TEXT,
            }
        case ChoiceKind():
            terms = vocabulary.lists[kind.vocabulary]
            return {
                "type": "pilihan",
                "list": kind.vocabulary,
                "told": listed(kind, vocabulary),
                "names": [[term.name, *term.short_names] for term in terms],
                "buttons": len(terms) <= _MOST_BUTTONS and kind.vocabulary not in _TYPED,
            }
        case DateKind():
            return {"type": "tanggal"}
        case YearKind():
            return {"type": "tahun"}
        case NumberKind():
            return {"type": "angka", "low": kind.low, "high": kind.high}
        case UrlKind():
            return {"type": "alamat", "schemes": ["https"] if kind.secure else ["http", "https"]}
        case EmailKind():
            return {"type": "surel"}
        case ListKind():
            return {"type": "daftar", "item": _shape(kind.item, vocabulary), "most": kind.most}
        case GroupKind():
            return {
                "type": "kelompok",
                "fields": [rule(part, vocabulary) for part in kind.fields if part.key in _ASKED],
            }
    raise AssertionError(kind)


# Parts of records that an office is asked for.
_ASKED = frozenset({"unit", "telepon", "surel", "judul", "penerbit", "tanggal", "url", "nama", "tahun", "pemberi"})


def new_file(config: Config) -> str:
    """Where the forge opens an empty file, ready for `filename=` and `value=`; "" without a repository."""
    if not config.repository:
        return ""
    form = _NEW_FILE[config.repository_kind]
    return form.format(repository=config.repository, branch=quote(config.branch))


def rich_text(steps: list[tuple[str, list[dict[str, object]]]]) -> str:
    """The questions as a document that any word processor opens (RTF, plain ASCII)."""
    rows = [r"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\fs22"]
    rows.append(_paragraph("Usulan inovasi", r"\b\fs32"))
    rows.append(_paragraph("Isi di bawah setiap pertanyaan. Yang belum diketahui biarkan kosong.", ""))
    for title, entries in steps:
        rows.append(_paragraph(title, r"\b\fs26"))
        for entry in entries:
            for asked in _parts(entry):
                rows += [_paragraph(str(asked["label"]), r"\b"), _paragraph(str(asked["hint"]), r"\i"), r"\par"]
        if title == STEPS[-1][0]:
            rows += [_paragraph(section.heading, r"\b") + r"\par" for section in SECTIONS]
    return "\n".join([*rows, "}"])


def _parts(entry: dict[str, object]) -> list[dict[str, object]]:
    """What is asked for one by one: the parts of a record, or the field itself."""
    item = entry.get("item", entry)
    parts = item.get("fields") if isinstance(item, dict) else None
    return parts if isinstance(parts, list) else [entry]


def _paragraph(text: str, style: str) -> str:
    escaped = "".join(
        f"\\{mark}" if mark in "\\{}" else mark if mark.isascii() else f"\\u{ord(mark)}?" for mark in text
    )
    return f"{{{style} {escaped}\\par}}"
