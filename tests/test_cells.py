"""Values in cells and back: to the letter for what we write, kindly for what offices write."""

import random

import pytest

from katalog.cells import caption, cell_example, escaped, guarded, to_cell, to_node, unguarded
from katalog.entry_text import Plain
from katalog.fields import ChoiceKind, DateKind, GroupKind, Kind, ListKind, TextKind
from katalog.model import Term, Vocabulary
from katalog.problems import Code, Place, Problem
from katalog.reading import Desk
from katalog.schema import INNOVATION, SOURCE
from katalog.text import Node, Scalar, Sequence
from tests.conftest import TODAY

PLACE = Place(path="a.csv", line=2, column=3, cell="C2")
TERMS = (
    Term(vocabulary="urusan", name="Kesehatan", slug="kesehatan", short_names=("Kes",)),
    Term(vocabulary="urusan", name="Koperasi, Usaha Kecil, dan Menengah", slug="koperasi"),
)
VOCABULARY = Vocabulary(
    lists={"urusan": TERMS},
    index={("urusan", word.casefold()): term for term in TERMS for word in (term.name, term.slug, *term.short_names)},
)
FIELDS = {field.key: field for field in INNOVATION}
# Marks that mean something somewhere on the way: to cells, lists, YAML, spreadsheets.
MARKS = ("|", ";", "\\", "-", "- ", "1. ", "a) ", "=", "'", '"', ",", ":", "#", "kata", "é", "\\|", " ", "(2) ")


def _read(text: str, kind: Kind) -> tuple[object, list[Code]]:
    said: list[Problem] = []
    desk = Desk(vocabulary=VOCABULARY, today=TODAY, say=said.append)
    node = to_node(Scalar(value=text, place=PLACE), kind, desk)
    assert all(problem.place == PLACE for problem in said)
    return _plain(node), [problem.code for problem in said]


def _plain(node: Node | None) -> object:
    if node is None or isinstance(node, Scalar):
        return node and node.value
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return {name.value: _plain(value) for name, value in node.items}


@pytest.mark.parametrize("kind", [FIELDS["mitra"].kind, FIELDS["sumber"].kind, FIELDS["kontak"].kind])
def test_whatever_was_written_is_read_back(kind: Kind) -> None:
    """Lists, records and lists of records, with every mark that could be taken for ours."""
    chance = random.Random(20)

    def words() -> str:
        return " ".join("".join(chance.choices(MARKS, k=chance.randint(1, 6))).split()) or "kata"

    def value(kind: Kind) -> Plain:
        if isinstance(kind, ListKind):
            return [value(kind.item) for _ in range(chance.randint(1, 4))]
        if isinstance(kind, GroupKind):
            parts = [field for field in kind.fields if field.required or chance.random() < 0.5]
            return {field.key: "ya" if field.key == "judul_dari_alamat" else words() for field in parts}
        return words()

    for _ in range(500):
        written = value(kind)
        cell = to_cell(written, kind)

        assert _read(cell, kind)[0] == written, cell


@pytest.mark.parametrize("text", ["=1", "+62", "-5", "@a", "\tx", "\rx", "'=1", "''=1", "'a", "a=1", "", "'", "'-"])
def test_a_guard_comes_off_exactly(text: str) -> None:
    """No spreadsheet computes what we write, and an import takes off what an export has put on."""
    assert unguarded(guarded(text)) == text
    assert unguarded(escaped(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Kesehatan", ["Kesehatan"]),
        ("kesehatan\nkes", ["Kesehatan", "kes"]),
        ("1. Kesehatan\n2. Koperasi, Usaha Kecil, dan Menengah", [term.name for term in TERMS]),
        ("- kesehatan ;  • koperasi", ["Kesehatan", "• koperasi"]),
        ("KESEHATAN, koperasi", ["Kesehatan", "koperasi"]),
        ("Koperasi, Usaha Kecil, dan Menengah", ["Koperasi, Usaha Kecil, dan Menengah"]),
        ("Kesehatan, Sosil", ["Kesehatan, Sosil"]),
        ("\u200bKesehatan \n\n", ["Kesehatan"]),
    ],
)
def test_offices_divide_lists_in_many_ways(text: str, items: list[str]) -> None:
    """Lines, bullets, semicolons; commas only where every part is a term."""
    assert _read(text, FIELDS["urusan"].kind)[0] == items


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2023-05-12 00:00:00", "2023-05-12"),
        ("12\u200b Mei\xa02023", "2023-05-12"),
        ("Tahun 2019", "2019"),
        ("13/05/2023", "2023-05-13"),
        ("12/05/2023", "12/05/2023"),
        ("akhir 2023", "akhir 2023"),
    ],
)
def test_dates_are_read_where_they_mean_one(text: str, read: str) -> None:
    """What may be two, or is none, stays as it is, for the reader to tell."""
    assert _read(text, DateKind()) == (read, [])


def test_commas_in_a_single_item_are_doubtful() -> None:
    """One partner or three? The clerk knows."""
    assert _read("Kader, PKK, Bidan", FIELDS["mitra"].kind) == (["Kader, PKK, Bidan"], [Code.DOUBTFUL])
    assert _read("PT Maju, Tbk\nKader", FIELDS["mitra"].kind) == (["PT Maju, Tbk", "Kader"], [])


def test_records_that_do_not_fit_are_told() -> None:
    """Too many parts, or lines where one record stands."""
    assert _read("a | b | c | d", FIELDS["kontak"].kind) == (None, [Code.SHAPE])
    assert _read("Bidang\n0700", FIELDS["kontak"].kind) == (None, [Code.SHAPE])


def test_terms_keep_their_spelling_only_where_it_differs() -> None:
    """Capitals are no other spelling; short names are, and the reader says so."""
    kind = ChoiceKind(vocabulary="urusan")

    assert _read("  KESEHATAN\xa0", kind)[0] == "Kesehatan"
    assert _read("kes", kind)[0] == "kes"


def test_text_is_left_alone() -> None:
    """A name may look like anything."""
    assert _read("1. Sumur; Desa | - \\", TextKind())[0] == "1. Sumur; Desa | - \\"


def test_captions_and_examples_show_the_parts_of_a_record() -> None:
    """In their order, as a cell holds them."""
    parts = " | ".join(field.key for field in SOURCE)

    assert caption(FIELDS["sumber"]) == f"Sumber ({parts})"
    assert cell_example(FIELDS["kontak"]) == "Bidang Kesehatan Masyarakat | 0734 000000 | nama@kantor.example"
    assert cell_example(FIELDS["urusan"]) == "Kesehatan"
