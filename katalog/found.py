"""Answers about a region, and a project as it is -> what makes of it the empty catalogue of that region.

Pure: it says which files to write and which to remove. The configuration comes last, so that a project
whose founding was broken off still names the region that it was.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from katalog.colours import NAMES, OWN
from katalog.fields import Field
from katalog.model import NO_WORDS, PartialDate
from katalog.problems import Place, Problem
from katalog.reading import Desk, read_fields, toml_example
from katalog.schema import CONFIG, CONTACT, REGIONAL
from katalog.text import Mapping as Node
from katalog.text import Scalar

CONFIG_PATH, VOCABULARY_PATH, DICTIONARY_PATH = "site_config.toml", "content/vocabulary.toml", "content/search.toml"
FORM_PATH = "content/frontmatter.json"
PAGES, IDENTITY = "content/pages/", "static/identity/"
# What belongs to the former region, whole.
EMPTIED = ("content/innovations/", "content/images/", PAGES, IDENTITY)
# Pages of editors that speak of the program and of no region.
KEPT = ("privasi", "aksesibilitas")
KINDS_OF_REGION = ("Kabupaten", "Kota", "Provinsi")
# Answers until a region has its own.
NO_ADDRESS = "https://katalog-inovasi.example"
SEARCHES = ["akta lahir", "sampah", "ibu hamil"]
# Where the forge is in the name of its host; others are asked about.
_FORGES = {"github": "github", "gitlab": "gitlab", "codeberg": "forgejo", "forgejo": "forgejo", "gitea": "gitea"}
NEXT = """\
Selesai. Berikutnya:
  1. Simpan: git add -A && git commit -m "Katalog baru"
  2. Isi [[pengelola]] dan [[kecamatan]] di content/vocabulary.toml, lalu: python build.py editor
  3. Baca dan sesuaikan content/pages/
  4. Entri pertama: python build.py new "Nama inovasi"
  5. Periksa dan buat situsnya: python build.py check && python build.py
Memasangnya di penyedia Anda: docs/hosts/README.md"""
UNSAVED = """\
Ada berkas yang belum disimpan di git, antara lain {path}; tidak ada yang diubah.
Simpan dulu (git commit), atau buang dengan: git restore . && git clean -fd content static"""
# What a table [bahasa.xx] says of the region; without it the Indonesian words stand there.
_REGIONAL_WORDS = re.compile(r"(?m)(^\[bahasa\.[a-z-]+\]\n(?:(?!\[).*\n)*?)^(?:deskripsi|semboyan)[ \t]*=.*\n")
_PLACES = re.compile(r"^# --- Nama tempat ---\n.*?(?=^# --- |\Z)", re.DOTALL | re.MULTILINE)
_HINTS = {
    "pengelola": """\
# Belum ada pengelola. Tambahkan setiap kantor yang menjalankan inovasi; namanya dipakai di kolom `pengelola`. Contoh:
#
# [[pengelola]]
# nama = "Dinas Contoh"
# slug = "dinas-contoh"
# kelompok = "dinas"
# uraian = "Kantor yang mengurus hal contoh."
""",
    "kecamatan": """\
# Belum ada kecamatan. Tambahkan semua kecamatan; namanya dipakai di kolom `kecamatan`. Contoh:
#
# [[kecamatan]]
# nama = "Contoh Hulu"
# slug = "contoh-hulu"
# uraian = "Inovasi yang, menurut sumbernya, berjalan di Kecamatan Contoh Hulu."
""",
}


Say = Callable[[str], None]


class Question(Struct, frozen=True, kw_only=True):
    """Something to ask: the field that reads the answer, and what an empty answer means."""

    field: Field
    words: str
    default: Callable[[Mapping[str, str]], str | None] = lambda _: None


class Founding(Struct, frozen=True, kw_only=True):
    """Files to write, in this order, and files to remove before the last of them is written."""

    write: Mapping[str, bytes]
    remove: tuple[str, ...]


def questions() -> Iterable[Question]:
    """In the order in which they are asked; an answer may be the default of a later question."""
    fields = {field.key: field for field in (*CONFIG, *CONTACT)}
    return (
        Question(field=fields["wilayah"], words="Nama lengkap daerah, diawali Kabupaten, Kota, atau Provinsi."),
        Question(
            field=fields["wilayah_pendek"],
            words="Nama pendek, untuk di dalam kalimat.",
            default=lambda given: given["wilayah"].partition(" ")[2],
        ),
        Question(field=fields["provinsi"], words="Provinsi tempat daerah itu.", default=_province),
        Question(
            field=fields["base_url"],
            words="Alamat situs nanti, boleh dengan subfolder. Kosongkan bila belum ada.",
            default=lambda _: NO_ADDRESS,
        ),
        Question(
            field=fields["repositori"],
            words="Alamat repositori git salinan Anda. Kosongkan bila belum ada.",
            default=lambda _: "",
        ),
        Question(field=fields["jenis_repositori"], words="Jenis repositori itu.", default=_forge),
        Question(
            field=fields["warna"],
            words=f"Warna utama: {', '.join(NAMES)}, atau rona 0 sampai 360.",
            default=lambda _: "manggis",
        ),
        Question(
            field=fields["penerbit"],
            words="Lembaga penanggung jawab. Kosongkan bila belum ditetapkan; situs lalu menyatakan diri belum resmi.",
            default=lambda _: "",
        ),
        Question(
            field=fields["unit"],
            words="Kantor yang bisa ditanya tentang katalog ini. Kosongkan bila belum ada.",
            default=lambda _: "",
        ),
        Question(
            field=fields["surel"], words="Surel (e-mail) kantor itu. Kosongkan bila belum ada.", default=lambda _: ""
        ),
        Question(field=fields["semboyan"], words="Semboyan daerah. Boleh kosong.", default=lambda _: ""),
    )


def _province(given: Mapping[str, str]) -> str | None:
    return given["wilayah_pendek"] if given["wilayah"].startswith("Provinsi ") else None


def _forge(given: Mapping[str, str]) -> str | None:
    host = urlsplit(given["repositori"]).hostname or ""
    return next((kind for name, kind in _FORGES.items() if name in host), None if host else "github")


def is_settled(question: Question, given: Mapping[str, str]) -> bool:
    """Whether earlier answers leave nothing to ask."""
    match question.field.key:
        case "jenis_repositori":
            return _forge(given) is not None
        case "surel":
            return not given["unit"]
    return False


def read_answer(question: Question, answer: str, given: Mapping[str, str], today: PartialDate) -> tuple[str, str]:
    """The answer as it is kept, and what is wrong with it ("" if nothing is), by the rules of the configuration."""
    field = question.field
    value = answer.strip() or question.default(given)
    if value is None:
        return "", f"Belum dijawab. Contoh: {field.example}"
    if not value:
        return "", ""
    if field.key == "warna":
        value = str(NAMES.get(value.casefold(), value))
    kind, _, name = value.partition(" ")
    if field.key == "wilayah" and (kind not in KINDS_OF_REGION or not name):
        return (
            "",
            f"Awali dengan {', '.join(KINDS_OF_REGION[:-1])}, atau {KINDS_OF_REGION[-1]}. Contoh: {field.example}",
        )
    problems: list[Problem] = []
    place = Place(path=field.key)
    node = Node(items=((Scalar(value=field.key, place=place), Scalar(value=value, place=place)),), place=place)
    desk = Desk(vocabulary=NO_WORDS, today=today, say=problems.append, example=toml_example)
    read_fields(node, (field,), desk, frozenset())
    return value, " ".join(f"{problem.message} {problem.remedy}" for problem in problems)


def interview(
    given: Mapping[str, str], ask: Callable[[Question, str | None], str] | None, tell: Say, today: PartialDate
) -> dict[str, str] | None:
    """Every answer: those given, and the others by asking until each is right, or their defaults where nobody is asked.

    None where a given one is wrong, or one is missing and nobody can be asked; what is wrong is told.
    """
    answers: dict[str, str] = {}
    sound = True
    for question in questions():
        key = question.field.key
        asked = ask if key not in given and not is_settled(question, answers) else None
        while True:
            default = question.default(answers)
            answer = asked(question, default) if asked else given.get(key, "")
            answers[key], wrong = read_answer(question, answer, answers, today)
            if not wrong:
                break
            tell(f"{question.field.label}: {wrong}")
            if not asked:
                sound = False
                answers[key] = default or question.field.example
                break
    return answers if sound else None


def found(
    answers: Mapping[str, str], project: Mapping[str, bytes], starter: Mapping[str, bytes], today: PartialDate
) -> Founding:
    """What to write and what to remove; `project` is what there is, `starter` what a catalogue begins with.

    `starter` has the paths of the project, and `{wilayah}` in its texts where the region is named.
    """
    text = {path: project[path].decode() for path in (CONFIG_PATH, VOCABULARY_PATH, DICTIONARY_PATH) if path in project}
    write: dict[str, bytes] = {}
    for path, content in starter.items():
        is_text = path.endswith((".md", ".toml"))
        write[path] = content.replace(b"{wilayah}", answers["wilayah"].encode()) if is_text else content
    write[VOCABULARY_PATH] = _without_region(text[VOCABULARY_PATH], answers["wilayah"]).encode()
    if DICTIONARY_PATH in text:
        write[DICTIONARY_PATH] = _PLACES.sub("", text[DICTIONARY_PATH]).encode()
    write[CONFIG_PATH] = _configured(text[CONFIG_PATH], answers, today).encode()
    remove = [path for path in project if path.startswith(EMPTIED) and path not in write and not _is_kept(path)]
    return Founding(write=write, remove=tuple(sorted(remove)))


def _is_kept(path: str) -> bool:
    return path.startswith(PAGES) and path.rpartition("/")[2].partition(".")[0] in KEPT


def tell_plan(founding: Founding, answers: Mapping[str, str]) -> str:
    """What is about to be done, for whoever must say yes."""
    entries = sum(path.startswith(EMPTIED[0]) for path in founding.remove)
    return (
        f"\nKatalog kosong untuk {answers['wilayah']}, {answers['provinsi']}:\n"
        f"  dihapus: {entries} entri dan {len(founding.remove) - entries} berkas lain milik daerah sebelumnya\n"
        f"  ditulis: {', '.join(sorted({path.partition('/ikon/')[0] for path in founding.write}))}"
    )


def find_traces(former: Iterable[str], founding: Founding, project: Mapping[str, bytes]) -> tuple[str, ...]:
    """Files that will still name the former region, for people to look at."""
    after = {path: content for path, content in project.items() if path not in founding.remove} | dict(founding.write)
    after.pop(FORM_PATH, None)  # which is drawn anew
    names = [re.compile(re.escape(name.encode()), re.IGNORECASE) for name in former if name]
    return tuple(sorted(path for path, content in after.items() if any(name.search(content) for name in names)))


def _without_region(vocabulary: str, region: str) -> str:
    """The national lists; what a region fills in is left as an example behind `#`, under its own heading."""
    blocks = re.split(r"(?m)^(?=\[\[)", vocabulary)
    kept: list[str] = []
    hinted: set[str] = set()
    for block in blocks:
        name = block[2:].partition("]")[0] if block.startswith("[[") else ""
        if name not in REGIONAL:
            kept.append(_named(block, region) if name == "jenis_pengelola" else block)
            continue
        heading = re.search(
            r"(?m)^# --- .*(?:\n.*)*\Z", block
        )  # that of the next list stands at the end of the last term
        hint = f"{_HINTS[name]}\n" if name in _HINTS and name not in hinted else ""
        kept.append(hint + (heading[0] if heading else ""))
        hinted.add(name)
    return "".join(kept)


def _named(block: str, region: str) -> str:
    """A kind of manager, with the kind of region that this one is."""
    return block.replace("kabupaten", region.partition(" ")[0].casefold())


def _configured(config: str, answers: Mapping[str, str], today: PartialDate) -> str:
    """The configuration with these answers, its comments where they are."""
    contact = {"unit": answers["unit"], "surel": answers["surel"]}
    values: dict[str, str] = {
        key: _quoted(answers[key])
        for key in ("wilayah", "wilayah_pendek", "provinsi", "semboyan", "base_url", "repositori", "jenis_repositori")
    }
    values["deskripsi"] = _quoted(
        f"Inovasi daerah {answers['wilayah']} dari kantor pemerintah, puskesmas, sekolah, dan warga, "
        "masing-masing dengan keterangan asalnya."
    )
    values["penerbit"] = _quoted(answers["penerbit"])
    values["kontak"] = f"{{{', '.join(f'{key} = {_quoted(value)}' for key, value in contact.items() if value)}}}"
    values["mulai"] = _quoted(f"{today.year:04d}-{today.month or 1:02d}-{today.day or 1:02d}")
    values["contoh_pencarian"] = json.dumps(SEARCHES)
    values["warna"] = "" if answers["warna"] == str(OWN) else answers["warna"]
    for key, value in values.items():
        config = _with_value(config, key, value)
    return _REGIONAL_WORDS.sub(r"\1", config)


def _with_value(config: str, key: str, value: str) -> str:
    """The file with a value of its top level replaced, added before the first table, or, where it is "", taken out."""
    row = f"{key} = {value}\n" if value else ""
    head, table, rest = re.match(r"(?s)(.*?)(^\[|\Z)(.*)", config, re.MULTILINE).groups()  # type: ignore[union-attr]
    known = re.compile(rf"(?m)^{key}[ \t]*=.*\n(?:(?![ \t]*$|#|\[|[a-z_]+[ \t]*=).+\n)*")
    if known.search(head):
        head = known.sub(lambda _: row, head, count=1)
    elif row and (noted := re.search(rf"(?m)^#.*`{key}`.*\n", head)):
        head = head[: noted.end()] + row + head[noted.end() :]
    else:
        head += f"{row}\n" if row else ""
    return head + table + rest


def _quoted(text: str) -> str:
    """A TOML string; what a field may hold needs no escape that JSON does not know."""
    return json.dumps(text, ensure_ascii=False)
