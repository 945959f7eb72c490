"""What can be wrong, where, and how to mend it. Ground: imports nothing of ours.

A problem is a value with an address. Stages hand problems on instead of raising them, so that one
bad file never hides the next and a clerk reads everything in one go.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum


class Severity(Enum):
    """How much a problem weighs: only a MISTAKE stops a build."""

    MISTAKE = "kesalahan"
    NOTE = "catatan"


class Code(StrEnum):
    """The stable name of each kind of problem; shown to clerks, kept for ever, one bad case each."""

    # the file as a whole
    ENCODING = "pengodean"
    CONTROL_CHARACTER = "karakter-kendali"
    FILE_KIND = "jenis-berkas"
    FILE_NAME = "nama-berkas"
    FILE_SIZE = "berkas-terlalu-besar"
    UNREADABLE = "tak-terbaca"
    # the block between the two lines of dashes
    NO_HEAD = "tanpa-kepala"
    OPEN_HEAD = "kepala-tak-ditutup"
    HEAD_SHAPE = "bentuk-kepala"
    SYNTAX = "tata-tulis"
    DUPLICATE_KEY = "kunci-ganda"
    YAML_FEATURE = "fitur-yaml"
    DEPTH = "terlalu-dalam"
    # one field
    UNKNOWN_KEY = "kunci-asing"
    MISSING = "wajib-diisi"
    EMPTY = "kosong"
    SHAPE = "bentuk-isian"
    LENGTH = "panjang-isian"
    MARKUP = "markdown-di-isian"
    CHOICE = "pilihan"
    OTHER_SPELLING = "ejaan-lain"
    DATE = "tanggal"
    FUTURE = "tanggal-mendatang"
    NUMBER = "angka"
    URL = "alamat-web"
    SLUG = "slug"
    EMAIL = "surel"
    TOO_MANY = "terlalu-banyak"
    REPEATED = "isi-berulang"
    # fields together
    NEEDS = "perlu-kolom-lain"
    INFERRED = "disimpulkan"
    DATE_ORDER = "urutan-tanggal"
    DOCUMENTED = "terdokumentasi"
    IMAGE = "foto"
    # the text below the block
    BODY = "susunan-isi"
    RAW_HTML = "html-di-isi"
    HEADING = "judul-bagian"
    SOURCE_MARK = "tanda-sumber"
    BODY_IMAGE = "gambar-di-isi"
    # entries together, and the site
    CLASH = "alamat-bentrok"
    PART_OF = "bagian-dari"
    SAME_TEXT = "teks-kembar"
    VOCABULARY = "kosakata"
    DICTIONARY = "kamus"
    RELEASE = "belum-siap-rilis"
    TEMPLATE = "templat"
    LINK = "tautan-putus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in which file; lines and columns count from 1, a line of 0 means the whole file."""

    path: str
    line: int = 0
    column: int = 0
    width: int = 1
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend: what is wrong and how to put it right, in Indonesian."""

    place: Place
    code: Code
    message: str
    remedy: str
    severity: Severity = Severity.MISTAKE


Say = Callable[[Problem], None]


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by address and drop repeated ones, so that each is told once."""
    return tuple(sorted(set(problems), key=_address))


def mistakes(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stop a build."""
    return tuple(problem for problem in problems if problem.severity is Severity.MISTAKE)


def _address(problem: Problem) -> tuple[str, int, int, str, str]:
    place = problem.place
    return (place.path, place.line, place.column, problem.code, problem.message)
