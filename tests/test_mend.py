"""Mending: what is done, what is left to a person, and that nothing else is ever touched."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from katalog.load import read_toml
from katalog.mend import Mended, mend
from katalog.model import Vocabulary
from katalog.vocabulary import read_vocabulary
from tests.conftest import BASE, CASES, FROZEN, TODAY

HEAD = """\
---
nama: LAYANAN CONTOH
ringkasan: Warga mengurus surat dari rumah lewat pesan, lalu mengambilnya di kantor desa.
kelompok: desa
pengelola: Pemerintah Desa Contoh
status: diajukan pengelola
"""
BODY = "\n## Cara kerja\n\nIsi “tetap”,\tseperti ditulis: 12 Mei 2023.\n"
ENTRY = f"{HEAD}---\n{BODY}"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The fictional region's terms."""
    text, _ = read_toml(BASE / "content" / "vocabulary.toml", BASE)
    return read_vocabulary(text, TODAY)[0]


def _mend(content: str | bytes, vocabulary: Vocabulary, name: str = "layanan.md", *others: str) -> Mended:
    data = content if isinstance(content, bytes) else content.encode()
    return mend(f"content/innovations/{name}", data, vocabulary, others)


def _words(mended: Mended) -> list[tuple[int, str]]:
    return [(deed.line, deed.words) for deed in mended.deeds]


def test_a_file_that_needs_nothing_is_not_touched(vocabulary: Vocabulary) -> None:
    """To the byte, whatever its own ways of writing."""
    odd = HEAD.replace("nama: ", "nama:   ") + "kata_kunci: [ surat ,  'ktp' ]   # dua\n\n---  \n\n\n- a\n\t- b"

    for content in (ENTRY, odd, "", "\n", "---", "Surat biasa.\n", "---\n---\n", "- a\n- b\n"):
        assert _mend(content, vocabulary) == Mended(
            path="content/innovations/layanan.md", data=content.encode(), deeds=()
        )


def test_no_entry_of_the_first_catalogue_needs_mending() -> None:
    """They pass `check`, so only spelling could be wrong, and it is not."""
    text, _ = read_toml(FROZEN / "content" / "vocabulary.toml", FROZEN)
    own = read_vocabulary(text, TODAY)[0]

    for path in sorted((FROZEN / "content" / "innovations").iterdir()):
        assert _words(mend(path.name, path.read_bytes(), own, ())) == []


def test_every_deed_names_the_line_as_its_author_wrote_it(vocabulary: Vocabulary) -> None:
    """Rows that come or move do not shift the numbers."""
    content = "nama:\tLAYANAN\npenerapan: 12 Mei 2023\npengelola: dinkes\nKelompok: Desa\nstatus: contoh\n\nIsi.\n"

    assert _words(_mend(content, vocabulary)) == [
        (1, "baris `---` ditambahkan di atas kolom pertama"),
        (1, "tab diganti spasi biasa"),
        (2, "`12 Mei 2023` ditulis `2023-05-12`"),
        (2, "kolom disusun menurut urutan baku"),
        (3, "`dinkes` ditulis `Dinas Kesehatan Contoh`"),
        (4, "nama kolom `Kelompok` ditulis `kelompok`"),
        (4, "`Desa` ditulis `desa`"),
        (5, "baris `---` ditambahkan sesudah kolom terakhir"),
    ]


def test_fields_take_their_comments_along(vocabulary: Vocabulary) -> None:
    """Words at the top stay at the top, those at the end at the end, those of a list within it."""
    content = (
        "---\n# Untuk petugas.\n\n# status dulu\nstatus: contoh\nkata_kunci:\n  - surat\n  # - ktp\n"
        "# dari akta\nnama: LAYANAN # resmi\n# penutup\n---\n"
    )

    assert _mend(content, vocabulary).data.decode() == (
        "---\n# Untuk petugas.\n\n# dari akta\nnama: LAYANAN # resmi\n# status dulu\nstatus: contoh\nkata_kunci:\n"
        "  - surat\n  # - ktp\n# penutup\n---\n"
    )


def test_fields_stay_where_they_are_when_moving_one_would_change_another(vocabulary: Vocabulary) -> None:
    """Here a text goes on in a row that looks like a comment."""
    content = '---\nstatus: "satu\n# dua"\nnama: LAYANAN\n---\n'

    assert _words(_mend(content, vocabulary)) == []


def test_an_unknown_field_stays_behind_the_one_before_it(vocabulary: Vocabulary) -> None:
    """Whoever mends it sees it where it was."""
    mended = _mend("---\nstatus: contoh\nlain: x\nnama: LAYANAN\n---\n", vocabulary)

    assert mended.data.decode() == "---\nnama: LAYANAN\nstatus: contoh\nlain: x\n---\n"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        # The body names a field: perhaps the head goes on there.
        (HEAD, "\nIsi.\n\nStatus: baik\n"),
        # A key that the table does not know could be a misspelt one.
        (HEAD, "Catatan: isi\n"),
        # An item behind a blank row could be the list's or the body's.
        (f"{HEAD}kata_kunci:\n- surat\n", "\n- ktp\n"),
        # A line of dashes further down could be the fence.
        (HEAD, "\nIsi.\n\n---\n"),
        # Nothing says where a head without a field would end.
        ("---\n", "\nIsi.\n"),
    ],
)
def test_a_head_whose_end_is_not_certain_stays_open(vocabulary: Vocabulary, head: str, body: str) -> None:
    """A fence in the wrong place would change what the entry says."""
    assert _words(_mend(head + body, vocabulary)) == []


@pytest.mark.parametrize(
    "row",
    [
        "penerapan: 05/06/2023",
        "penerapan: 31/02/2023",
        "penerapan: Mei 23",
        "penerapan: tahun lalu",
        "pengelola: Dinas Kesehatan",
        "pengelola: Dinkess",
        "situs: www.layanan.example",
        "nama_lain: “X”",
        "kata_kunci: “a” dan “b”",
        "kepanjangan: Satu kepanjangan: nama: dua",
        "kepanjangan: Satu: dua # tiga",
        'kepanjangan: "Satu: dua',
        "kepanjangan: Satu: dua\n  dan seterusnya",
        "kepanjangan: |\n  situs:satu",
        "kepanjangan: >-\n  12 Mei 2023",
        'kepanjangan: "a\\tb"',
    ],
)
def test_what_could_mean_two_things_is_left_to_a_person(vocabulary: Vocabulary, row: str) -> None:
    """Never by guess."""
    assert _words(_mend(f"---\n{row}\n---\n{BODY}", vocabulary)) == []


@pytest.mark.parametrize(
    ("row", "mended"),
    [
        ("penerapan: 5/5/2023", "penerapan: 2023-05-05"),
        ("penerapan: '13-05-2023'", "penerapan: '2023-05-13'"),
        ("penerapan: 2023/5/6", "penerapan: 2023-05-06"),
        ("penerapan: Agt. 2023", "penerapan: 2023-08"),
        ("penerapan: “12 Mei 2023”", "penerapan: '2023-05-12'"),
        ("bentuk: PELAYANAN publik # resmi", "bentuk: pelayanan publik # resmi"),
        ("urusan: [ tani ,KESEHATAN ]", "urusan: [ Pertanian ,Kesehatan ]"),
        ("kontak: {unit:\tKantor Desa}", "kontak: {unit:\tKantor Desa}"),
        ("kepanjangan: Jum'at: bersih", "kepanjangan: 'Jum''at: bersih'"),
        ("kepanjangan:Layanan", "kepanjangan: Layanan"),
        ("kepanjangan: ‘Layanan’", "kepanjangan: 'Layanan'"),
        ('kepanjangan: "Layanan”', "kepanjangan: 'Layanan'"),
        (
            "sumber:\n  - judul: “A: b”\n    url: https://a.example",
            "sumber:\n  - judul: 'A: b'\n    url: https://a.example",
        ),
        ("sumber:\n  - judul: A\n\turl: b", "sumber:\n  - judul: A\n    url: b"),
        ("sumber:\n  - Judul: A\n    judul_dari_alamat: Ya", "sumber:\n  - judul: A\n    judul_dari_alamat: ya"),
    ],
)
def test_what_can_only_mean_one_thing_is_written_so(vocabulary: Vocabulary, row: str, mended: str) -> None:
    """The rest of the row stays as it is."""
    assert _mend(f"---\n{row}\n---\n{BODY}", vocabulary).data.decode() == f"---\n{mended}\n---\n{BODY}"


def test_a_name_that_needs_quotes_gets_them_where_brackets_would_break_it(vocabulary: Vocabulary) -> None:
    """A comma divides within brackets only."""
    term = vocabulary.lists["urusan"][0]
    name = "Ketertiban, Umum"
    words = Vocabulary(
        lists={"urusan": (term,)},
        index={("urusan", "tramtib"): type(term)(vocabulary="urusan", name=name, slug="tramtib")},
    )

    assert "urusan: ['Ketertiban, Umum']\n" in _mend("---\nurusan: [tramtib]\n---\n", words).data.decode()
    assert "  - Ketertiban, Umum\n" in _mend("---\nurusan:\n  - tramtib\n---\n", words).data.decode()


@pytest.mark.parametrize("name", ["layanan.MD", "layanan.markdown", "layanan.Markdown"])
def test_an_ending_is_written_small_where_the_name_is_free(vocabulary: Vocabulary, name: str) -> None:
    """Another file is never run over, whatever the case of its name."""
    assert _mend(ENTRY, vocabulary, name).path == "content/innovations/layanan.md"
    assert _mend(ENTRY, vocabulary, name, "layanan.md").path == f"content/innovations/{name}"


def test_bytes_that_are_no_text_are_left_alone(vocabulary: Vocabulary) -> None:
    """An image with the wrong ending, a byte that windows-1252 does not know."""
    for data in (b"\x81\x8d" + ENTRY.encode(), b"\xff\xfe\x00"):
        assert _mend(data, vocabulary).data == data


def test_half_utf8_half_windows_becomes_utf8(vocabulary: Vocabulary) -> None:
    """Two programs have saved it."""
    data = HEAD.replace("LAYANAN", "KAFÉ").encode() + b"---\n\nCaf\xe9 \x93dua\x94\n"

    assert _mend(data, vocabulary).data.decode() == HEAD.replace("LAYANAN", "KAFÉ") + "---\n\nCafé “dua”\n"


DAMAGES: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("\n", "\r\n"),
    lambda text: "\ufeff" + text,
    lambda text: text.replace("---\n", "—\n", 1),
    lambda text: text.replace("\n---\n", "\n--\n", 1),
    lambda text: text.replace("---\n", "", 1),
    lambda text: text.replace(": ", ":\t", 3),
    lambda text: text.replace(": ", ":\u00a0", 2),
    lambda text: text.replace("  - ", "\t- "),
    lambda text: text.replace("\nstatus: sumber publik", "\nStatus: Sumber  Publik"),
    lambda text: text.replace("kelompok: desa", "kelompok: “Desa”"),
)


def test_damage_of_any_kinds_together_is_undone(vocabulary: Vocabulary) -> None:
    """What comes back reads as what was there; mending it again does nothing."""
    original = (CASES / "good" / "kecil" / "content" / "innovations" / "sumur-desa.md").read_text(encoding="utf-8")
    whole = _mend(original, vocabulary).data.decode()
    dice = random.Random(6)
    for _ in range(150):
        broken = original
        for damage in dice.sample(DAMAGES, dice.randint(1, 5)):
            broken = damage(broken)
        mended = _mend(broken, vocabulary)

        assert mended.data.decode().replace("'", "") == whole.replace("'", "")
        assert _mend(mended.data, vocabulary).deeds == ()


def test_every_bad_case_is_mended_once_and_for_all(vocabulary: Vocabulary) -> None:
    """Whatever is wrong with a file: no crash, and twice is once. No deed, no difference."""
    for path in sorted((CASES / "bad").rglob("content/innovations/*")):
        data = path.read_bytes() if Path(path).is_file() else b""
        once = mend(path.name, data, vocabulary, ())

        assert (once.data == data) or once.deeds
        assert mend(once.path, once.data, vocabulary, ()).deeds == ()
