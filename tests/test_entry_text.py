"""How an entry is written: what was written is read back, and looks like the catalogue."""

from pathlib import Path

import pytest
import yaml

from katalog.entry_text import Plain, entry_text, head_text, plain, plain_entry, scalar_text
from katalog.fields import ListKind
from katalog.load import read_texts, read_toml
from katalog.model import Innovation
from katalog.schema import INNOVATION
from katalog.text import Lines, Scalar, Text
from katalog.validate import read_innovations
from katalog.vocabulary import read_vocabulary
from katalog.yaml_text import parse_head
from tests.conftest import FROZEN, TODAY


@pytest.fixture(scope="module")
def frozen() -> tuple[tuple[Text, ...], tuple[Innovation, ...]]:
    """The first catalogue, as texts and as innovations."""
    vocabulary, _ = read_vocabulary(read_toml(FROZEN / "content" / "vocabulary.toml", FROZEN)[0], TODAY)
    texts, _ = read_texts(FROZEN / "content" / "innovations", FROZEN)
    innovations, _ = read_innovations(texts, vocabulary, (), TODAY)
    return texts, innovations


def test_the_layout_is_the_one_of_the_catalogue(frozen: tuple[tuple[Text, ...], tuple[Innovation, ...]]) -> None:
    """Rewriting an entry changes the lines whose values change, hardly ever another."""
    _, innovations = frozen
    others = [
        innovation.slug
        for innovation in innovations
        if entry_text(plain_entry(innovation), innovation.body)
        != (FROZEN / innovation.path).read_text(encoding="utf-8")
    ]

    # Written by hand with quotes that YAML does not need.
    assert others == ["isbat-nikah-membara"]


def test_what_was_written_is_read_back(frozen: tuple[tuple[Text, ...], tuple[Innovation, ...]], tmp_path: Path) -> None:
    """To the last character of the body."""
    texts, innovations = frozen
    folder = tmp_path / "content" / "innovations"
    folder.mkdir(parents=True)
    for innovation in innovations:
        text = entry_text(plain_entry(innovation), innovation.body)
        (folder / f"{innovation.slug}.md").write_text(text, encoding="utf-8", newline="\n")

    again, problems = read_texts(folder, tmp_path)

    assert problems == ()
    assert [text.body for text in again] == [text.body for text in texts]


@pytest.mark.parametrize(
    "words",
    [
        "LAPOR: layanan warga",
        "# bukan komentar",
        "- bukan butir",
        "'kutip' dan \"kutip\"",
        "no",
        "1.10",
        "12:30",
        "0734000000",
        "[bukan daftar]",
        "{bukan: peta}",
        "&jangkar *alias !tanda %persen @at `tik`",
        "=1+1",
        "<<",
        "a # b",
        "garis \\ miring",
        "emoji 😀, é, “kutip Word”",
        "akhir titik dua:",
        "x" * 5000,
        " ".join(["kata"] * 3000),
    ],
)
def test_any_words_survive(words: str) -> None:
    """On one line each, as text for us and for every other program that reads YAML."""
    head = head_text({"nama": words, "mitra": [words]})

    problems: list[object] = []
    read = parse_head(head, 0, Lines(path="a.md", lines=tuple(head.split("\n"))), problems.append)
    assert read is not None
    assert problems == []
    assert read[0].items[0][1] == Scalar(value=words, place=read[0].items[0][1].place)
    assert yaml.safe_load(head) == {"nama": words, "mitra": [words]}
    assert head.count("\n") == 3


def test_dates_years_and_flags_stand_bare() -> None:
    """As people write them."""
    values: dict[str, Plain] = {
        "penerapan": "2021-06-01",
        "uji_coba": "2021-03",
        "terdokumentasi": 2021,
        "judul_dari_alamat": True,
    }

    assert (
        head_text(values) == "penerapan: 2021-06-01\nuji_coba: 2021-03\nterdokumentasi: 2021\njudul_dari_alamat: ya\n"
    )


@pytest.mark.parametrize(
    ("value", "written", "in_brackets"),
    [
        ("Dinas Kesehatan", "Dinas Kesehatan", "Dinas Kesehatan"),
        ("Koperasi, Usaha Kecil", "Koperasi, Usaha Kecil", "'Koperasi, Usaha Kecil'"),
        ("LAPOR: layanan", "'LAPOR: layanan'", "'LAPOR: layanan'"),
        ("Jum'at", "Jum'at", "Jum'at"),
        ("2021-06", "2021-06", "2021-06"),
        ("0734", "'0734'", "'0734'"),
        ("@desa", "'@desa'", "'@desa'"),
    ],
)
def test_a_value_alone_is_quoted_where_it_must_be(value: str, written: str, in_brackets: str) -> None:
    """Among others between brackets, a comma ends it."""
    assert scalar_text(value) == written
    assert scalar_text(value, in_brackets=True) == in_brackets


def test_the_same_record_twice_is_written_twice() -> None:
    """Entries may not hold YAML's anchors."""
    award = {"nama": "Juara"}

    assert head_text({"penghargaan": [award, award]}) == "penghargaan:\n  - nama: Juara\n  - nama: Juara\n"


def test_an_entry_without_a_body_ends_with_its_head() -> None:
    """No blank line at its end."""
    assert entry_text({"nama": "A"}, "") == "---\nnama: A\n---\n"
    assert entry_text({"nama": "A"}, "Isi.") == "---\nnama: A\n---\n\nIsi.\n"


def test_a_value_that_is_not_known_is_none_of_any_kind() -> None:
    """Parts of records may be missing, lists of them too; an empty list is one."""
    assert {plain(None, field.kind) for field in INNOVATION} == {None}
    lists = [field.kind for field in INNOVATION if isinstance(field.kind, ListKind)]
    assert lists
    assert all(plain((), kind) == [] for kind in lists)
