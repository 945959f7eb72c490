"""What can be wrong, where, and how to mend it. Ground: imports nothing of ours.

A problem is a value with an address. Stages hand problems on instead of raising them, so that one
bad file never hides the next and a clerk reads everything in one go.
"""

from collections.abc import Callable, Iterable
from enum import Enum, StrEnum

from msgspec import Struct


class Severity(Enum):
    """How much a problem weighs: only a MISTAKE stops a build, a WARNING wants a person's eye."""

    MISTAKE = "kesalahan"
    WARNING = "perhatian"
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
    IDENTITY = "nomor-kependudukan"
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
    SMART_QUOTES = "kutip-melengkung"
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
    MOBILE = "nomor-ponsel"
    DOCUMENTED = "terdokumentasi"
    IMAGE = "foto"
    # the text below the block
    BODY = "susunan-isi"
    HEADING = "judul-bagian"
    SOURCE_MARK = "tanda-sumber"
    BODY_IMAGE = "gambar-di-isi"
    HTML = "kode-html"
    # tables of offices
    TABLE = "tabel"
    COLUMN = "kolom-tak-dibaca"
    FORMULA = "rumus"
    DOUBTFUL = "meragukan"
    PRESENT = "sudah-ada"
    # entries together, and the site
    CLASH = "alamat-bentrok"
    PART_OF = "bagian-dari"
    SAME_TEXT = "teks-kembar"
    VOCABULARY = "kosakata"
    DICTIONARY = "kamus"
    RELEASE = "belum-siap-rilis"
    TEMPLATE = "templat"
    TRANSLATION = "terjemahan"
    LINK = "tautan-putus"
    OUTER_LINK = "tautan-luar"
    # a change since a revision
    HISTORY = "riwayat"
    VERIFICATION = "verifikasi-berubah"
    ADDRESS = "alamat-hilang"
    # the place where the site is written
    NOT_WRITTEN = "tak-tertulis"
    BUSY = "sedang-dibuat"


class Place(Struct, frozen=True, kw_only=True):
    """Where in which file; lines and columns count from 1, a line of 0 means the whole file.

    In a table they count rows and columns, `cell` is their name ("C7"), and a workbook has sheets.
    """

    path: str
    line: int = 0
    column: int = 0
    width: int = 1
    source: str = ""
    sheet: str = ""
    cell: str = ""


class Problem(Struct, frozen=True, kw_only=True):
    """One thing to mend: what is wrong and how to put it right, in Indonesian."""

    place: Place
    code: Code
    message: str
    remedy: str
    severity: Severity = Severity.MISTAKE


class Deed(Struct, frozen=True, kw_only=True):
    """One thing that was mended without asking, at the line where its author wrote it; 0 means the whole file."""

    path: str
    line: int
    words: str


Say = Callable[[Problem], None]


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by address and drop repeated ones, so that each is told once."""
    return tuple(sorted(set(problems), key=_address))


def mistakes(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stop a build."""
    return tuple(problem for problem in problems if problem.severity is Severity.MISTAKE)


def _address(problem: Problem) -> tuple[str, str, int, int, str, str]:
    place = problem.place
    return (place.path, place.sheet, place.line, place.column, problem.code, problem.message)
