"""Command line -> Options. Says everything in Indonesian, help and mistakes alike."""

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import NoReturn

from msgspec import Struct

from katalog.reading import suggest
from katalog.report import FORMATS

PROGRAM = "python build.py"
COMMANDS = ("build", "check", "serve", "new", "import", "export", "editor", "init")
_OPTIONS = (
    "--output",
    "--base-url",
    "--format",
    "--rilis",
    "--fix",
    "--base",
    "--links",
    "--port",
    "--write",
    "--update",
    "--nama",
    "--nama-pendek",
    "--provinsi",
    "--alamat",
    "--repositori",
    "--jenis-repositori",
    "--warna",
    "--penerbit",
    "--kontak",
    "--surel",
    "--semboyan",
    "--ya",
    "--help",
)
# Answers to the questions of `init`, by the key of the configuration that each becomes.
_ANSWERS = {
    "--nama": ("wilayah", 'nama lengkap daerah, misalnya "Kabupaten Contoh"'),
    "--nama-pendek": ("wilayah_pendek", "nama untuk di dalam kalimat (bawaan: tanpa kata pertama)"),
    "--provinsi": ("provinsi", "nama provinsi"),
    "--alamat": ("base_url", "alamat situs, boleh dengan subfolder"),
    "--repositori": ("repositori", "alamat repositori git"),
    "--jenis-repositori": ("jenis_repositori", "github, gitlab, gitea, atau forgejo (bawaan: dari alamatnya)"),
    "--warna": ("warna", "nama warna atau rona 0 sampai 360 (bawaan: manggis)"),
    "--penerbit": ("penerbit", "lembaga penanggung jawab"),
    "--kontak": ("unit", "kantor yang bisa ditanya"),
    "--surel": ("surel", "surel kantor itu"),
    "--semboyan": ("semboyan", "semboyan daerah"),
}
# Keeps them apart from options of other commands.
_ANSWER = "answer "
_TABLES = (".csv", ".xlsx")

# argparse's words -> ours. Groups of the pattern fill the braces.
_MISTAKES = (
    (r"unrecognized arguments: (.+)", "Pilihan tidak dikenal: {0}."),
    (r"argument (.+): invalid choice: '?(.*?)'? \(choose from (.+)\)", "`{1}` bukan nilai untuk {0}. Pilih: {2}."),
    (r"argument (.+): expected one argument", "{0} perlu satu nilai."),
    (r"argument (.+): invalid int value: '(.*)'", "{0} harus angka, bukan `{1}`."),
    (r"argument (.+): invalid _table_file value: '(.*)'", "{0} harus berakhiran .xlsx atau .csv, bukan `{1}`."),
    (r"argument (.+): ignored explicit argument '(.*)'", "{0} tidak memakai nilai."),
    (r"the following arguments are required: (.+)", "Belum disebut: {0}."),
)


class Options(Struct, frozen=True, kw_only=True):
    """What the caller wants."""

    command: str
    output: str = "_site"
    base_url: str = ""
    format: str = "text"
    release: bool = False
    fix: bool = False
    base: str = ""
    links: bool = False
    port: int = 5500
    name: str = ""
    file: str = ""
    write: bool = False
    update: bool = False
    answers: tuple[tuple[str, str], ...] = ()
    yes: bool = False


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or "Pemakaian: ")


class _Parser(argparse.ArgumentParser):
    """Headings are Indonesian, and options cannot be shortened, so that later options break nobody's scripts."""

    def __init__(self, *, prog: str, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            formatter_class=_Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = "nilai"  # argparse offers no other way to name its groups
        self._optionals.title = "pilihan"
        self.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to see help; exit code 2."""
        self.exit(2, f"{_translate(message)}\nBantuan: {self.prog} --help\n")


def read_arguments(arguments: Sequence[str]) -> Options:
    """The options; exits with 2 on wrong use, with 0 after showing help."""
    rows = list(arguments)
    if not rows or (rows[0].startswith("-") and rows[0] not in {"-h", "--help"}):
        rows.insert(0, "build")
    values = vars(_parser().parse_args(rows))
    answers = {key: values.pop(f"{_ANSWER}{key}", None) for key, _ in _ANSWERS.values()}
    values["answers"] = tuple((key, answer) for key, answer in answers.items() if answer is not None)
    return Options(**{key: value for key, value in values.items() if value is not None})


def _parser() -> _Parser:
    parser = _Parser(
        prog=PROGRAM,
        description="Membuat situs katalog inovasi dari berkas Markdown di content/.",
        epilog=(
            "Tanpa perintah berarti `build`. Kode keluar: 0 beres, 1 ada masalah di isi, 2 salah pakai,\n"
            "3 tidak bisa ditulis.\n"
            "Bantuan tiap perintah: python build.py PERINTAH --help"
        ),
    )
    commands = parser.add_subparsers(dest="command", metavar="PERINTAH", required=True, title="perintah", prog=PROGRAM)
    build = _command(commands, "build", "Buat situs ke folder _site/.")
    check = _command(commands, "check", "Periksa isi dan laporkan semua masalah.")
    serve = _command(
        commands, "serve", "Buat situs, tampilkan di komputer ini, dan perbarui setiap kali berkas disimpan."
    )
    new = _command(commands, "new", "Buat berkas entri baru yang tinggal diisi.")
    table_in = _command(
        commands,
        "import",
        "Baca tabel kantor (.xlsx, .csv) menjadi berkas entri; tanpa --write hanya menunjukkan hasilnya.",
    )
    table_out = _command(commands, "export", "Tulis semua entri sebagai tabel (.xlsx, .csv) yang bisa dibaca lagi.")
    _command(commands, "editor", "Tulis content/frontmatter.json: formulir entri di VS Code (ekstensi Front Matter).")
    init = _command(
        commands,
        "init",
        "Jadikan salinan ini katalog kosong daerah lain; menanyakan nama, alamat, warna, dan kontaknya.",
    )
    for option, (key, words) in _ANSWERS.items():
        init.add_argument(option, dest=f"{_ANSWER}{key}", metavar="ISI", help=words)
    init.add_argument(
        "--ya", dest="yes", action="store_true", help="jangan tanya apa pun; yang tidak disebut memakai bawaan"
    )
    build.add_argument("--output", metavar="FOLDER", help="folder hasil (bawaan: _site)")
    for command in (build, check):
        command.add_argument(
            "--base-url", metavar="URL", help="alamat situs, menggantikan base_url di site_config.toml"
        )
    for command in (build, check, table_in, table_out):
        command.add_argument("--format", choices=FORMATS, help="bentuk laporan (bawaan: text)", metavar="BENTUK")
    check.add_argument(
        "--rilis", dest="release", action="store_true", help="juga sebut yang harus diisi sebelum tayang"
    )
    check.add_argument("--fix", action="store_true", help="rapikan dulu yang bisa dirapikan tanpa mengubah makna")
    check.add_argument(
        "--base",
        metavar="REVISI",
        help="hanya kesalahan sejak revisi git ini yang menghalangi; yang lama menjadi catatan",
    )
    check.add_argument("--links", action="store_true", help="hanya coba buka alamat luar; hasilnya catatan saja")
    serve.add_argument("--port", type=int, metavar="NOMOR", help="nomor porta (bawaan: 5500)")
    new.add_argument("name", metavar="NAMA", help="nama inovasi, dalam tanda kutip bila lebih dari satu kata")
    for command in (table_in, table_out):
        command.add_argument("file", metavar="BERKAS", type=_table_file, help="nama tabel, berakhiran .xlsx atau .csv")
        command.add_argument("--update", action="store_true", help="ganti juga berkas yang sudah ada")
    table_in.add_argument("--write", action="store_true", help="tulis berkas entrinya")
    return parser


def _table_file(name: str) -> str:
    """The name of a file that can hold a table; ValueError is argparse's way to hear no."""
    if not name.lower().endswith(_TABLES):
        raise ValueError(name)
    return name


def _command(commands: "argparse._SubParsersAction[_Parser]", name: str, text: str) -> _Parser:
    return commands.add_parser(name, help=text, description=text)


def _translate(message: str) -> str:
    for pattern, words in _MISTAKES:
        if match := re.fullmatch(pattern, message):
            return words.format(*match.groups()) + _hint(match)
    return f"Perintah tidak dipahami: {message}"


def _hint(match: re.Match[str]) -> str:
    if "invalid choice" in match[0] and "PERINTAH" in match[1]:
        return suggest(match[2], COMMANDS)
    if "unrecognized" in match[0]:
        return suggest(re.split(r"[\s=]", match[1])[0], _OPTIONS)
    return ""
