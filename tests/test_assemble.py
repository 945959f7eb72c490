"""Order, newest, neighbours."""

from collections.abc import Callable

from msgspec.structs import replace

from katalog.assemble import NEIGHBOURS, assemble, by_name
from katalog.model import Catalogue, Innovation, PartialDate, Source, Term, Vocabulary
from katalog.schema import VOCABULARIES

STATUS = Term(vocabulary="status", name="contoh", slug="contoh")
GROUP = Term(vocabulary="kelompok", name="desa", slug="desa")
HEALTH = Term(vocabulary="urusan", name="Kesehatan", slug="kesehatan")
OFFICE = Term(vocabulary="pengelola", name="Kantor", slug="kantor", group="dinas")
WORDS = Vocabulary(lists=dict.fromkeys(VOCABULARIES, ()), index={})
PLAIN = Innovation(slug="x", path="x.md", name="X", summary="x", group=GROUP, manager=OFFICE, status=STATUS)


def _assemble(*innovations: Innovation) -> Catalogue:
    return assemble(innovations, WORDS, (), (), {})


def _named(name: str, **values: object) -> Innovation:
    slug = name.lower().replace(" ", "-")
    return replace(PLAIN, slug=slug, path=f"{slug}.md", name=name, **values)


def test_names_sort_as_people_look_for_them() -> None:
    """Capitals and accents do not matter."""
    names = ["Zona", "élok", "Ekor", "asri", "BALAI"]

    assert [entry.name for entry in sorted(map(_named, names), key=by_name)] == [
        "asri",
        "BALAI",
        "Ekor",
        "élok",
        "Zona",
    ]


def test_the_catalogue_is_in_order_of_names_whatever_order_it_came_in() -> None:
    """Also within each group."""
    entries = [replace(PLAIN, slug=slug, name=name) for slug, name in (("a", "Zebra"), ("b", "apel"), ("c", "Mangga"))]

    catalogue = _assemble(*entries)

    assert [entry.name for entry in catalogue.innovations] == ["apel", "Mangga", "Zebra"]
    assert [entry.name for entry in catalogue.facets[0].unknown] == ["apel", "Mangga", "Zebra"]


def test_newest_follows_the_date_added_then_the_sources() -> None:
    """Then the slug, so that the order never depends on the file system."""
    source = Source(title="t", publisher="p", url="https://a.example", date=PartialDate(year=2024))
    entries = [
        _named("undated"),
        _named("by source", sources=(source,)),
        _named("documented", documented=2021),
        _named("added", added=PartialDate(year=2025), documented=2001),
        _named("documented too", documented=2021),
    ]

    newest = [entry.name for entry in _assemble(*entries).newest]

    assert newest == ["added", "by source", "documented too", "documented", "undated"]


def test_neighbours_give_their_reason_and_never_repeat() -> None:
    """Wholes and parts come first."""
    whole = _named("whole", affairs=(HEALTH,))
    parts = [_named(f"part {n}", part_of="whole", affairs=(HEALTH,)) for n in range(3)]
    others = [_named(f"other {n}", affairs=(HEALTH,)) for n in range(9)]

    near = _assemble(whole, *parts, *others).neighbours

    assert [neighbour.reason for neighbour in near["whole"][:3]] == ["Bagian dari program ini"] * 3
    assert near["part-0"][0].innovation == whole
    assert near["part-0"][0].reason == "Program induknya"
    for slug, neighbours in near.items():
        slugs = [neighbour.innovation.slug for neighbour in neighbours]
        assert len(slugs) == NEIGHBOURS
        assert slug not in slugs
        assert len(set(slugs)) == len(slugs)


def test_every_entry_is_somebodys_neighbour() -> None:
    """No page is an island."""
    near = _assemble(*(_named(f"other {n}", affairs=(HEALTH,)) for n in range(30))).neighbours

    assert {neighbour.innovation.slug for row in near.values() for neighbour in row} == set(near)


def test_an_empty_catalogue_is_a_catalogue() -> None:
    """A fork starts with none."""
    empty = _assemble()

    assert empty.innovations == ()
    assert empty.neighbours == {}


def _others(number: int) -> list[Innovation]:
    """Entries that share nothing but their manager."""
    return [_named(f"lain {n}", summary=f"tentang hal{chr(97 + n % 26)}{chr(97 + n // 26)}xyz") for n in range(number)]


def test_rare_words_join_entries_and_are_told() -> None:
    """Of name, summary and keywords; what many have joins nobody, nor does a single word."""
    one = _named("Bank Sampah", summary="Warga menukar plastik jadi kompos", keywords=("kompos",))
    other = _named("Rumah Kompos", summary="Olah sampah pasar", keywords=("sampah",))
    third = _named("Kebun Sampah", summary="Tanpa apa pun")

    near = _assemble(one, other, third, *_others(60)).neighbours

    first = near["bank-sampah"][0]
    assert (first.innovation.slug, first.reason, first.words) == (
        "rumah-kompos",
        "Kata yang sama: %(name)s",
        "kompos, sampah",
    )
    assert not [n for n in near["kebun-sampah"] if n.reason.startswith("Kata")]


def test_common_words_and_names_of_the_manager_join_nobody() -> None:
    """A word in more than a twentieth of all entries says little."""
    common = [_named(f"Layanan Digital {chr(97 + n)}", summary="layanan digital kantor") for n in range(9)]

    near = _assemble(*common, *_others(60)).neighbours

    assert not [n for row in near.values() for n in row if n.reason.startswith("Kata")]


def test_names_of_places_and_managers_join_nobody_by_words() -> None:
    """They are ties of their own; of two that share other words they are not told either."""
    dangku = Term(vocabulary="kecamatan", name="Empat Petulai Dangku", slug="empat-petulai-dangku")
    pair = [_named(f"Kebun Petulai {word}", summary="Warga Dangku menanam") for word in ("Satu", "Dua")]

    def joined(*entries: Innovation) -> list[str]:
        near = _assemble(*entries, *_others(60)).neighbours
        return [n.words for n in near["kebun-petulai-satu"] if n.reason.startswith("Kata")]

    assert joined(*pair) == ["dangku, kebun, menanam"]
    assert joined(*(replace(entry, districts=(dangku,)) for entry in pair)) == ["kebun, menanam, warga"]


def test_likeness_is_remembered_by_all_that_it_goes_by() -> None:
    """Name, summary, keywords and the names that do not count; nothing else changes it."""
    known: dict[bytes, bytes] = {}
    made: list[bytes] = []

    def recall(things: bytes, make: Callable[[], bytes]) -> bytes:
        if things not in known:
            made.append(things)
            known[things] = make()
        return known[things]

    place = Term(vocabulary="kecamatan", name="Gelumbang", slug="gelumbang")
    one = _named("Bank Sampah", summary="Warga menukar plastik jadi kompos", keywords=("kompos",))
    rest = [_named("Rumah Kompos", summary="Olah sampah pasar", keywords=("sampah",)), *_others(60)]

    for entry, is_known in (
        (one, False),
        (replace(one, body="lain"), True),
        (replace(one, summary="Warga menukar kaca"), False),
        (replace(one, keywords=()), False),
        (replace(one, districts=(place,)), False),
        (replace(one, manager=replace(OFFICE, name="Balai")), False),
    ):
        made.clear()
        entries = [entry, *rest]
        assert assemble(entries, WORDS, (), (), {}, recall=recall).neighbours == _assemble(*entries).neighbours
        assert bool(made) != is_known
