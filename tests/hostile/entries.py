"""Payloads -> files of content. An input is one payload in one place; a file may hold many.

Every field of entries and every other kind of content is covered; `test_hostile.py` proves it by the table of fields.
"""

import functools
import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from msgspec import Struct
from PIL import Image

from katalog.characters import printable_name
from katalog.load import MAX_FILE
from katalog.markdown_text import check_body
from katalog.pages import feeds
from katalog.problems import Code, Place, Problem, mistakes
from katalog.text import Mapping, Text
from tests.conftest import Built, build_project, make_project
from tests.hostile.payloads import BOMBS, MARKDOWN, MARKUP, TARGETS

PHOTO = "uji.jpg"
# Words of the vocabulary that are hostile, taken in turn by these lists.
TERMS = MARKUP[::6]
LISTS = ("pengelola", "urusan", "kecamatan", "kelompok", "inisiator", "bentuk", "jenis", "tahapan")
# So many entries share the word "gugusN", so that suggestions can show all of them.
TOGETHER = 5

Fields = dict[str, object]


class Input(Struct, frozen=True, kw_only=True):
    """A file of content; `code`: how it must be refused, "" where it must not be, None where either will do."""

    path: str
    content: bytes
    code: Code | str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the file is refused unread, so that no line can be told."""
        return self.code in {Code.FILE_NAME, Code.FILE_KIND, Code.ENCODING} or len(self.content) > MAX_FILE


def make_hostile_project(folder: Path, inputs: tuple[Input, ...]) -> Path:
    """The base region with hostile words in its vocabulary and configuration, a photo, and these files."""
    make_project(folder)
    for path, more in (("content/vocabulary.toml", VOCABULARY), ("content/facts.toml", FACTS)):
        file = folder / path
        file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    (folder / "content" / "search.toml").write_text(SEARCH, encoding="utf-8")
    (folder / "content" / "corrections.toml").write_text(CORRECTIONS, encoding="utf-8")
    (folder / "site_config.toml").write_text(CONFIG, encoding="utf-8")
    picture = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(picture, "JPEG", comment=b"<script>kenari()</script>")
    (folder / "content" / "images").mkdir()
    (folder / "content" / "images" / PHOTO).write_bytes(picture.getvalue())
    for given in inputs:
        (folder / given.path).write_bytes(given.content)
    return folder


def in_yaml(value: object) -> str:
    """A value that YAML reads back as it is (JSON is YAML)."""
    return json.dumps(value, ensure_ascii=False)


def entry(slug: str, fields: Fields, body: str, code: Code | str | None = None) -> Input:
    """An entry with these fields instead of the sound ones."""
    known = {
        key: value for key, value in {**_SOUND, "ringkasan": _summary(slug), **fields}.items() if value is not None
    }
    head = "".join(f"{key}: {in_yaml(value)}\n" for key, value in known.items())
    return raw(slug, f"---\n{head}---\n\n{body}\n", code)


def raw(slug: str, text: str, code: Code | str | None = None) -> Input:
    """An entry's file as it stands."""
    return Input(path=f"content/innovations/{slug}.md", content=text.encode("utf-8", "surrogatepass"), code=code)


_SOUND: Fields = {
    "nama": "Layanan Uji",
    "kelompok": "desa",
    "pengelola": "Pemerintah Desa Contoh",
    "status": "diajukan pengelola",
}


def _summary(slug: str) -> str:
    return f"Kalimat biasa yang cukup panjang untuk menjadi ringkasan {slug}."


def _one_line(payload: str, most: int) -> str:
    return " ".join(payload.split())[:most].strip()


def text_fields(payload: str) -> Fields:
    """Every field of free text, filled with the payload."""
    short, long = _one_line(payload, 40), _one_line(payload, 120)
    sources = [
        {"judul": long, "penerbit": long, "url": "https://media.example/a", "arsip": "https://arsip.example/a"},
        {
            "judul": f"{long} dua",
            "penerbit": short,
            "url": "https://media.example/b?a='b'&c=(d)",
            "judul_dari_alamat": "ya",
        },
    ]
    return {
        "nama": long,
        "kepanjangan": long,
        "ringkasan": f"{long} sebagai ringkasan yang cukup panjang dan lain dari yang lain.",
        "ringkasan_en": f"{long} as a summary that is long enough for English readers.",
        "mitra": [long, f"{short} kedua"],
        "kata_kunci": [short],
        "penghargaan": [{"nama": long, "tahun": 2021, "pemberi": long}],
        "foto": PHOTO,
        "foto_alt": f"{long} pada foto",
        "foto_kredit": long,
        "kontak": {"unit": long, "telepon": f"{_one_line(payload, 20)} 0700", "surel": "a.b+c@kantor.example"},
        "status": "terverifikasi",
        "verifikasi": {"tanggal": "2021-03-04", "unit": long, "tautan": "https://bukti.example/'a'"},
        "sumber": sources,
        "catatan_perubahan": [{"tanggal": "2021-03-05", "catatan": f"{long} diubah"}],
        "terdokumentasi": None,
    }


def _is_plain(payload: str) -> bool:
    """Whether summaries, which take no signs of Markdown or HTML, take it."""
    return not any(sign in payload for sign in ("`", "**", "__")) and "<" not in payload


def term_name(number: int) -> str:
    """The name of a hostile term; names differ within a list."""
    return f"{_one_line(TERMS[number], 100)} {number}"


def _use_of_term(number: int) -> Fields:
    """The field of an entry that carries a hostile term."""
    key = LISTS[number % len(LISTS)]
    return {key: [term_name(number)] if key in {"urusan", "kecamatan"} else term_name(number)}


def _body_code(payload: str) -> Code | None:
    """Why a body would be refused for it: HTML, an image, a heading of the first level; None where it may stand."""
    found: list[Code] = []
    place = Place(path="")
    text = Text(path="", slug="", top=Mapping(items=(), place=place), body=payload)
    check_body(text, 0, lambda problem: found.append(problem.code))
    return found[0] if found else None


def sound_inputs(payloads: Sequence[str] = MARKUP) -> Iterator[Input]:
    """Payloads where free text may stand: accepted, whatever they say."""
    for number, payload in enumerate(payloads):
        fields = text_fields(payload)
        if number < len(TERMS):
            fields |= _use_of_term(number)
        fields["kata_kunci"] = [_one_line(payload, 40), f"uji{number:03d}", f"gugus{number // TOGETHER:03d}"]
        if not _is_plain(payload):
            fields = {**fields, "ringkasan": _summary(f"nomor {number}"), "ringkasan_en": None}
        body = "Isi." if _body_code(payload) else payload
        yield entry(f"uji-teks-{number:03d}", fields, f"{body}\n\nIsi.[^1][^2]\n\nNomor {number}.", "")
    for number, payload in enumerate(payloads[::8]):
        reason = {"tanggal": "2021-03-04", "alasan": f"{_one_line(payload, 120)} dan alasan lain"}
        named: Fields = {"nama": _one_line(payload, 120), "ditarik": reason}
        if number % 5 == 0:
            named["alias"] = [f"uji-lama-{number:03d}"]
        yield entry(f"uji-tarik-{number:03d}", named, f"Ditarik {number}.", "")
    for number, payload in enumerate(payloads[::8]):
        yield page(f"uji-halaman-{number:03d}", _one_line(payload, 80), f"{MARKDOWN[number]}\n\nProsa.")


def page(slug: str, title: str, body: str, code: Code | str | None = None) -> Input:
    """A page that editors own."""
    head = {
        "judul": title,
        "ringkasan": f"Satu kalimat untuk halaman {slug} ini.",
        "urutan": 50,
        "alias": [f"{slug}-lama"],
    }
    lines = "".join(f"{key}: {in_yaml(value)}\n" for key, value in head.items())
    return Input(path=f"content/pages/{slug}.md", content=f"---\n{lines}---\n\n{body}\n".encode(), code=code)


def body_inputs() -> Iterator[Input]:
    """Payloads in the body: refused, or made harmless."""
    for number, payload in enumerate(MARKUP):
        if code := _body_code(f"{payload} lalu {number}."):
            yield entry(f"uji-isi-{number:03d}", {}, f"{payload} lalu {number}.", code)
    for number, target in enumerate(TARGETS):
        yield entry(f"uji-tautan-{number:03d}", {}, f"[satu]({target}) [dua][x]\n\n[x]: {target}")
        raw_links = f"<a href=\"{target}\">tiga</a> <a title=x href='{target}'>empat</a>"
        yield entry(f"uji-jangkar-{number:03d}", {}, raw_links)
    for number, payload in enumerate(MARKDOWN):
        yield entry(f"uji-markdown-{number:03d}", {}, f"{payload}\n\nNomor {number}.")


def refused_inputs() -> Iterator[Input]:
    """What must not come in, each with the code of its problem."""
    for name, bomb in BOMBS.items():
        yield entry(f"uji-bom-{name}", {}, bomb, Code.BODY)
    yield page("uji-bom-halaman", "Halaman uji", "[" * 3000, Code.BODY)
    for number, (key, value, code) in enumerate(FIELDS):
        yield entry(f"uji-kolom-{number:03d}", {key: value}, f"Kolom {number}.", code)
    for number, (head, code) in enumerate(HEADS):
        yield raw(f"uji-kepala-{number:03d}", f"---\n{head}\n---\n\nKepala {number}.\n", code)
    for name, content, code in FILES:
        yield Input(path=f"content/innovations/{name}", content=content, code=code)


def _urls() -> Iterator[tuple[str, object, Code]]:
    keys = ("situs", "video")
    for number, target in enumerate(TARGETS):
        yield keys[number % 2], target, Code.URL
    for target in ("javascript:kenari()", "https://a@kenari.example/", "//kenari.example", 'https://kenari.example/"x'):
        yield "sumber", [{"judul": "Judul", "penerbit": "Media", "url": target}], Code.URL
        source = {"judul": "Judul", "penerbit": "Media", "url": "https://a.example", "arsip": target}
        yield "sumber", [source], Code.URL


FIELDS: tuple[tuple[str, object, Code], ...] = (
    *_urls(),
    ("nama", "<b>" * 60, Code.LENGTH),
    ("nama", "!?" * 9, Code.EMPTY),
    ("nama", "\u200d\u200d\u200d", Code.EMPTY),
    ("nama", {"a": "b"}, Code.SHAPE),
    ("ringkasan", "<script>kenari()</script> dan kalimat yang cukup panjang untuk ringkasan.", Code.MARKUP),
    ("ringkasan", "[klik](javascript:kenari()) dan kalimat yang cukup panjang untuk ringkasan.", Code.MARKUP),
    ("kelompok", "<script>kenari()</script>", Code.CHOICE),
    ("pengelola", "../../etc/passwd", Code.CHOICE),
    ("inisiator", "__proto__", Code.CHOICE),
    ("bentuk", "' OR 1=1 --", Code.CHOICE),
    ("jenis", "digital<svg onload=kenari()>", Code.CHOICE),
    ("urusan", ["${kenari()}"], Code.CHOICE),
    ("urusan", [f"urusan {number}" for number in range(6)], Code.TOO_MANY),
    ("tahapan", "{{kenari()}}", Code.CHOICE),
    ("keberlanjutan", '"><script>', Code.CHOICE),
    ("kecamatan", ["<img src=x onerror=kenari()>"], Code.CHOICE),
    ("status", "=1+1", Code.CHOICE),
    ("disimpulkan", ["<b>nama</b>"], Code.CHOICE),
    ("uji_coba", "2021-01-01<script>", Code.DATE),
    ("penerapan", "9999999-01-01", Code.DATE),
    ("pengembangan", "\u0662\u0660\u0662\u0661", Code.DATE),
    ("ditambahkan", "2021-02-30", Code.DATE),
    ("diperbarui", "=TODAY()", Code.DATE),
    ("terdokumentasi", "2" * 400, Code.NUMBER),
    ("terdokumentasi", "\u0662\u0660\u0662\u0661", Code.NUMBER),
    ("bagian_dari", "../../../etc", Code.SLUG),
    ("bagian_dari", "con", Code.SLUG),
    ("alias", ["aux"], Code.SLUG),
    ("alias", ["../halaman"], Code.SLUG),
    ("alias", ["a" * 81], Code.SLUG),
    ("alias", ["halaman"], Code.CLASH),
    ("alias", [f"nama-{number}" for number in range(21)], Code.TOO_MANY),
    ("mitra", ["x" * 200], Code.LENGTH),
    ("mitra", [f"mitra {number}" for number in range(21)], Code.TOO_MANY),
    ("kata_kunci", [f"kata {number}" for number in range(11)], Code.TOO_MANY),
    ("foto", "../../site_config.toml", Code.IMAGE),
    ("foto", "/etc/passwd", Code.IMAGE),
    ("foto", "..%2f..%2fuji.jpg", Code.IMAGE),
    ("foto", "C:\\uji.jpg", Code.IMAGE),
    ("foto", "https://kenari.example/uji.jpg", Code.IMAGE),
    ("foto", "uji.svg", Code.IMAGE),
    ("foto", 'uji.jpg" onerror="kenari()', Code.IMAGE),
    ("foto", "nul.jpg", Code.IMAGE),
    ("foto", "a" * 5000 + ".jpg", Code.IMAGE),
    ("foto", "uji.jpg/../../../etc/passwd", Code.IMAGE),
    ("kontak", {"unit": "Kantor", "surel": "a@b.example?bcc=x@kenari.example"}, Code.EMAIL),
    ("kontak", {"unit": "Kantor", "surel": '"<script>"@kenari.example'}, Code.EMAIL),
    ("kontak", {"unit": "Kantor", "surel": "a%0Abcc:x@kenari.example"}, Code.EMAIL),
    ("kontak", {"unit": "Kantor", "__proto__": "x"}, Code.UNKNOWN_KEY),
    ("penghargaan", [{"nama": "Juara", "tahun": "<b>"}], Code.NUMBER),
    ("verifikasi", {"tanggal": "kemarin", "unit": "Kantor"}, Code.DATE),
    ("ditarik", {"tanggal": "2021-01-01", "alasan": "x" * 500}, Code.LENGTH),
    ("catatan_perubahan", [{"tanggal": "2021-01-01", "catatan": "x" * 500}], Code.LENGTH),
    (
        "sumber",
        [{"judul": "Judul", "penerbit": "Media", "url": "https://a.example", "judul_dari_alamat": "<b>"}],
        Code.CHOICE,
    ),
    (
        "sumber",
        [{"judul": "Judul", "penerbit": "Media", "url": f"https://a.example/{n}"} for n in range(41)],
        Code.TOO_MANY,
    ),
    ("<script>kenari()</script>", "x", Code.UNKNOWN_KEY),
    ("__proto__", {"x": "y"}, Code.UNKNOWN_KEY),
    ("<<", {"nama": "x"}, Code.UNKNOWN_KEY),
)

_OPEN = "nama: Layanan Uji"

HEADS: tuple[tuple[str, Code], ...] = (
    # a few bytes that would become gigabytes, or never end
    ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]", Code.YAML_FEATURE),
    ("nama: &a [*a]", Code.YAML_FEATURE),
    ("nama: *x", Code.YAML_FEATURE),
    ("&x nama: y", Code.YAML_FEATURE),
    ("nama: !!python/object/apply:os.system ['true']", Code.YAML_FEATURE),
    ("nama: !!python/name:os.system", Code.YAML_FEATURE),
    ("nama: !ruby/object:Gem::Installer x", Code.YAML_FEATURE),
    ("nama: !!binary aGFsbw==", Code.YAML_FEATURE),
    ("nama: !<tag:yaml.org,2002:str> x", Code.YAML_FEATURE),
    ("!!map {nama: x}", Code.YAML_FEATURE),
    ("%TAG ! tag:kenari.example,2000:\nnama: !x y", Code.SYNTAX),
    (f"{_OPEN}\nmitra: {'[' * 200}{']' * 200}", Code.DEPTH),
    (f"{_OPEN}\nmitra: {'[' * 30_000}", Code.DEPTH),
    (f"{_OPEN}\nmitra: {'{a: ' * 5_000}", Code.DEPTH),
    ("- " * 30_000, Code.DEPTH),
    ("? " * 30_000, Code.DEPTH),
    ("\n".join(" " * depth + "a:" for depth in range(300)), Code.DEPTH),
    ("\n".join(f"k{number}: x" for number in range(5_000)), Code.TOO_MANY),
    (f"mitra: [{'x, ' * 20_000}]", Code.TOO_MANY),
    (f"nama: {'x' * 70_000}", Code.FILE_SIZE),
    # two meanings for two readers
    ("nama: a\nnama: b", Code.DUPLICATE_KEY),
    ('"nama": a\nnama: b', Code.DUPLICATE_KEY),
    ("nama: a\n--- {nama: b}", Code.HEAD_SHAPE),
    ("nama: a\n...\nnama: b", Code.SYNTAX),
    ("[nama, kelompok]: x", Code.HEAD_SHAPE),
    ("? {a: b}\n: x", Code.HEAD_SHAPE),
    ("- nama: x", Code.HEAD_SHAPE),
    ("nama", Code.HEAD_SHAPE),
    ('nama: "x', Code.SYNTAX),
    ("nama: 'x\n  y", Code.SYNTAX),
    ("nama: {x", Code.SYNTAX),
    ("nama: x: y: z", Code.SYNTAX),
    ("nama: @x", Code.SYNTAX),
    ("nama: `x`", Code.SYNTAX),
    ("\tnama: x", Code.SYNTAX),
    ("nama: |99\n  x", Code.SYNTAX),
    ('nama: "\\q"', Code.SYNTAX),
    ('nama: "\\ud800"', Code.SYNTAX),
    ('nama: "\\UFFFFFFFF"', Code.SYNTAX),
    # characters that the file could not hold by itself
    ('nama: "Layanan\\0Uji"', Code.CONTROL_CHARACTER),
    ('nama: "Layanan\\e[31mUji"', Code.CONTROL_CHARACTER),
    ('nama: "Layanan\\x1b]0;x\\x07"', Code.CONTROL_CHARACTER),
    ('nama: "Layanan\\u202Eiju"', Code.CONTROL_CHARACTER),
    ('nama: "Layanan\\u2066Uji"', Code.CONTROL_CHARACTER),
    ('nama: "Layanan\\u2028Uji"', Code.CONTROL_CHARACTER),
    ('nama: "Layanan\\NUji"', Code.CONTROL_CHARACTER),
    ('nama: "\\u3164\\u3164\\u3164"', Code.CONTROL_CHARACTER),
    ('nama: "\\U000E0041\\U000E0042"', Code.CONTROL_CHARACTER),
    ('nama: "\\uFFFE"', Code.CONTROL_CHARACTER),
    ('"na\\0ma": x', Code.CONTROL_CHARACTER),
    ("nama: Layanan\u202eiju", Code.CONTROL_CHARACTER),
    ("nama: Layanan\u2066Uji\u2069", Code.CONTROL_CHARACTER),
    ("nama: Layanan\x85kelompok: desa", Code.CONTROL_CHARACTER),
    ("nama: Layanan\u2028kelompok: desa", Code.CONTROL_CHARACTER),
    ("nama: Layanan\x00Uji", Code.CONTROL_CHARACTER),
    ("nama: Layanan\x1b[2JUji", Code.CONTROL_CHARACTER),
    ("nama: Layanan\x07Uji", Code.CONTROL_CHARACTER),
    ("nama: \uffff", Code.CONTROL_CHARACTER),
)

_TEXT = entry("x", {}, "Isi.").content

FILES: tuple[tuple[str, bytes, Code], ...] = (
    ("uji-utf16.md", _TEXT.decode().encode("utf-16"), Code.ENCODING),
    ("uji-latin.md", _TEXT.replace(b"Isi.", b"Is\xe9."), Code.ENCODING),
    ("uji-lone-surrogate.md", _TEXT.replace(b"Isi.", b"\xed\xa0\x80"), Code.ENCODING),
    ("uji-overlong.md", _TEXT.replace(b"Isi.", b"\xc0\xbcscript>"), Code.ENCODING),
    ("uji-utf7.md", b"+AC0ALQAt-\n", Code.NO_HEAD),
    ("uji-nol.md", b"\x00" * 2_000, Code.CONTROL_CHARACTER),
    ("uji-kosong.md", b"", Code.NO_HEAD),
    ("uji-garis.md", b"---\n" * 1, Code.OPEN_HEAD),
    ("uji-json.md", b";;;\n{}\n;;;\n", Code.NO_HEAD),
    ("uji-toml.md", b"+++\nnama = 'x'\n+++\n", Code.NO_HEAD),
    ("uji-besar.md", _TEXT + b"x" * 400_000, Code.FILE_SIZE),
    ("uji-isi-besar.md", _TEXT + b"kata \n\n" * 9_000, Code.FILE_SIZE),
    ("uji.svg", b"<svg onload=kenari()>", Code.FILE_KIND),
    ("uji.html", b"<script>kenari()</script>", Code.FILE_KIND),
    ("uji.md.exe", b"x", Code.FILE_KIND),
    ("uji-titik.md.", _TEXT, Code.FILE_KIND),
    ("uji-spasi.md ", _TEXT, Code.FILE_KIND),
    ("uji-titik..md", _TEXT, Code.FILE_NAME),
    ("uji-spasi .md", _TEXT, Code.FILE_NAME),
    ("con.md", _TEXT, Code.FILE_NAME),
    ("nul.md", _TEXT, Code.FILE_NAME),
    ("com1.md", _TEXT, Code.FILE_NAME),
    ("lpt9.md", _TEXT, Code.FILE_NAME),
    ("COM2.md", _TEXT, Code.FILE_NAME),
    ("con.txt.md", _TEXT, Code.FILE_NAME),
    ("UJI-HURUF.md", _TEXT, Code.FILE_NAME),
    ("uji-caf\u00e9.md", _TEXT, Code.FILE_NAME),
    ("uji-kafe\u0301.md", _TEXT, Code.FILE_NAME),
    ("uji-\u202egpj.md", _TEXT, Code.FILE_NAME),
    ("uji\n::error::x.md", _TEXT, Code.FILE_NAME),
    ("uji\x1b[31m.md", _TEXT, Code.FILE_NAME),
    ("<script>kenari()<script>.md", _TEXT, Code.FILE_NAME),
    ("%2e%2e%2fuji.md", _TEXT, Code.FILE_NAME),
    ("-rf.md", _TEXT, Code.FILE_NAME),
    ("halaman.md", _TEXT, Code.FILE_NAME),
    ("a" * 81 + ".md", _TEXT, Code.FILE_NAME),
    ("a" * 250 + ".md", _TEXT, Code.FILE_NAME),
    ("ab.md", _TEXT, Code.FILE_NAME),
)


def _table(header: str, **values: object) -> str:
    """A table of TOML; JSON's texts and lists are TOML's as well, and its objects are written by hand."""
    return "\n".join([header, *(f"{key} = {_toml(value)}" for key, value in values.items())]) + "\n\n"


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + "}"
    return "[" + ", ".join(map(_toml, value)) + "]" if isinstance(value, list) else in_yaml(value)


def _term(number: int) -> str:
    payload, name, vocabulary = TERMS[number], term_name(number), LISTS[number % len(LISTS)]
    others = [f"{_one_line(payload, 40)} ({number})"]
    note = payload if _is_plain(payload) and "\n" not in payload else "Kalimat"
    group = {"pengelola": {"kelompok": "dinas"}, "urusan": {"kelompok": "pilihan"}}.get(vocabulary, {})
    return _table(
        f"[[{vocabulary}]]",
        nama=name,
        slug=f"uji-{vocabulary}-{number:03d}",
        **group,
        uraian=f"{note} untuk menguji daftar istilah.",
        nama_pendek=others,
        sinonim=others,
        corak=number,
        motif="tawur",
        kontak={"unit": name, "telepon": f"{_one_line(payload, 20)} 0700"},
        terjemahan={"en": {"nama": f"{_one_line(payload, 60)} ({number})", "uraian": f"{note} to try lists of terms."}},
        **({"alias": [f"uji-lama-{number:03d}"]} if number % 9 == 0 else {}),
    )


VOCABULARY = "\n" + "".join(_term(number) for number in range(len(TERMS)))
_IMAGE = '"><img src=x onerror=kenari()>'
_URL = "https://lisensi.example/'x'"
_SCRIPT = "</script><script>kenari()</script>"
FACTS = "\n" + "".join(
    _table(
        "[[fakta]]",
        teks=f"{payload} sebagai fakta.",
        sumber=[{"judul": _IMAGE, "penerbit": payload, "url": f"https://a.example/'{number}'"}],
    )
    for number, payload in enumerate(payload for payload in MARKUP if _is_plain(payload) and "\n" not in payload)
)
CORRECTIONS = "".join(
    _table(
        "[[koreksi]]",
        tanggal="2021-03-04",
        **({"entri": "uji-teks-000"} if number % 2 else {"halaman": "tentang"}),
        perbaikan=f"{_one_line(payload, 200)} semula, sekarang lain.",
        alasan=f"{_one_line(payload, 200)} sebagai alasan.",
    )
    for number, payload in enumerate(MARKUP[::4])
)
SEARCH = "".join(
    (
        _table("# kata", henti=["yang", "constructor"]),
        _table("[[keluarga]]", akar="proto", bentuk=["prototype"]),
        _table("[[sinonim]]", kata=[_IMAGE, "kata kenari lain"]),
    )
)
CONFIG = _table(
    "# tampil di setiap halaman",
    judul=_IMAGE,
    wilayah="</title><script>kenari()</script>",
    wilayah_pendek="<script>kenari()</script>",
    provinsi=_IMAGE,
    semboyan=_SCRIPT,
    deskripsi="'; kenari(); // \" onfocus=kenari() dan kalimat yang cukup panjang.",
    base_url="https://katalog.example/contoh",
    repositori="https://forge.example/contoh/katalog",
    jenis_repositori="github",
    cabang='"><script>kenari()</script>',
    penerbit="<svg onload=kenari()>",
    kontak={"unit": _IMAGE, "telepon": "0700 <b>", "surel": "a@b.example"},
    mulai="2020-01-01",
    warna=120,
    contoh_pencarian=[_IMAGE, "kopi"],
    lisensi={"nama": _SCRIPT, "url": "https://lisensi.example/'x'"},
    keluaran={"kartu": "ya", "sematan": "ya", "kutipan": "ya", "motif": "ya", "terjemahan_entri": "ya"},
    bahasa={"en": {"nama": "English", "judul": _SCRIPT, "semboyan": _IMAGE, "lisensi": {"nama": _IMAGE, "url": _URL}}},
)


@functools.cache
def all_inputs() -> tuple[Input, ...]:
    """Every input."""
    return (*sound_inputs(), *body_inputs(), *refused_inputs())


class Settled(Struct, frozen=True, kw_only=True):
    """The inputs of which a site can be made, that site, and what was wrong with the others, by file."""

    inputs: tuple[Input, ...]
    site: Built
    told: dict[str, list[Problem]]


def settle() -> Settled:
    """Build until no input is left that has a problem; links are looked at once all else is right.

    Every entry stands in the feed. Tests take the fixture `settled`, since this takes long.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feeds, "NEWEST", 10_000)
        return _settle()


def _settle() -> Settled:
    inputs, told = all_inputs(), dict[str, list[Problem]]()
    while True:
        with tempfile.TemporaryDirectory() as folder:
            site = build_project(make_hostile_project(Path(folder), inputs))
        wrong = mistakes(site.outcome.problems)
        if not wrong:
            return Settled(inputs=inputs, site=site, told=told)
        for problem in wrong:
            told.setdefault(problem.place.path, []).append(problem)
        left = tuple(given for given in inputs if printable_name(given.path) not in told)
        assert left != inputs, wrong
        inputs = left
