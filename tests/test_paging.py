"""Lists in pages: nothing grows with the catalogue, every entry stands somewhere, every number leads somewhere."""

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

import build
from katalog import pages
from katalog.addresses import Answers
from katalog.lost import find_lost
from katalog.model import Catalogue, Innovation, Page
from katalog.pages import facets, form, former, listing, paging, statistics
from katalog.problems import Code
from tests.conftest import CASES, TODAY, Built, build_project, make_project

MOST = 150_000
LISTS = {
    *("beranda", "daftar", "lanjutan", "abjad", "istilah", "urusan", "faset", "statistik"),
    *("perubahan", "usulkan", "pindah"),
}
Entries = tuple[Innovation, ...]


@pytest.fixture(scope="module")
def sample(small: Built) -> Innovation:
    """An entry that others are made of."""
    assert small.outcome.answers
    return next(entry for entry in small.outcome.answers.catalogue.innovations if entry.slug == "kopi-sehat")


@pytest.fixture(scope="module")
def catalogue(small: Built) -> Catalogue:
    """The small one."""
    assert small.outcome.answers
    return small.outcome.answers.catalogue


def _alike(sample: Innovation, count: int) -> Entries:
    """So many of one field, manager, year, letter and day, each with words of its own."""
    return tuple(
        replace(
            sample,
            slug=f"sama-{number}",
            path=f"content/innovations/sama-{number}.md",
            name=f"SAMA {number * 7919 % 100_003}",
            summary=f"{sample.summary} {number * 104_729 % 1_000_003}",
            aliases=(),
            part_of=None,
            body="Isi.",
        )
        for number in range(count)
    )


def _lists_of(entries: Entries, folder: Path, patch: pytest.MonkeyPatch) -> dict[str, str]:
    """The pages of a catalogue with these entries that are no entry's own, by address."""
    root = make_project(folder, CASES / "good" / "kecil")
    read = build.read_entries(root, TODAY)[0]
    assert read
    plan = pages.plan

    def lists_only(*given: object, **named: object) -> tuple[Page, ...]:
        outputs = plan(*given, **named)  # type: ignore[arg-type]
        return tuple(page for page in outputs if isinstance(page, Page) and page.kind in LISTS)

    texts = tuple(text for text in read.texts if text.slug == "kopi-sehat")
    patch.setattr(build, "read_entries", lambda *_: (replace(read, innovations=entries, texts=texts), ()))
    patch.setattr(build, "find_clashes", lambda *_: ())
    patch.setattr(build, "plan", lists_only)
    files = build_project(root).files
    return {path.removesuffix("index.html"): data.decode() for path, data in files.items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def many(sample: Innovation, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The lists of 1,300 entries that are all alike."""
    with pytest.MonkeyPatch.context() as patch:
        return _lists_of(_alike(sample, 1300), tmp_path_factory.mktemp("banyak") / "p", patch)


def test_no_page_grows_with_the_catalogue(
    many: dict[str, str], sample: Innovation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice as many entries make more pages, not larger ones."""
    twice = _lists_of(_alike(sample, 2600), tmp_path / "p", monkeypatch)

    weights = [{path: len(gzip.compress(text.encode(), 9)) for path, text in site.items()} for site in (many, twice)]
    assert max(weights[1].values()) < MOST
    grown = {path: (weight, weights[1][path]) for path, weight in weights[0].items() if weights[1][path] > weight * 1.1}
    # The last page of a list fills up.
    assert {path for path in grown if not path.endswith(("/halaman/7/", "/halaman/3/"))} == set()
    assert len(twice) > len(many)


def test_every_page_of_a_list_is_reached_and_links_lead_somewhere(many: dict[str, str]) -> None:
    """By the numbers or by the ways to the page before and after; in the head as in the body."""
    for first in ("inovasi/", "urusan/kesehatan/", "pengelola/dinas-kesehatan-contoh/", "inovasi/a-z/s/"):
        found, waiting = set(), [first]
        while waiting:
            path = waiting.pop()
            found.add(path)
            page = LexborHTMLParser(many[path])
            steps = [str(link.attributes["href"]) for link in page.css(".halaman a")]
            heads = [str(link.attributes["href"]) for link in page.css('link[rel="prev"], link[rel="next"]')]
            assert set(heads) == {str(link.attributes["href"]) for link in page.css(".halaman a[rel]")}
            assert [link.text() for link in page.css(".halaman [aria-current]")] == [_number(path)]
            assert len(steps) <= 9
            waiting += {step.removeprefix("/contoh/") for step in steps} - found
        assert found == {path for path in many if re.fullmatch(rf"{first}(halaman/\d+/)?", path)}
        assert len(found) > 2


def _number(path: str) -> str:
    return f"Halaman {found[1] if (found := re.search(r'halaman/([0-9]+)/$', path)) else 1}"


@pytest.mark.parametrize(
    "first", ["inovasi/", "urusan/kesehatan/", "pengelola/dinas-kesehatan-contoh/", "inovasi/a-z/s/"]
)
def test_every_entry_stands_on_one_page_of_a_list(many: dict[str, str], first: str) -> None:
    """None is lost between two pages, none stands on both; the index of names too."""
    links = Counter(
        link.attributes["href"]
        for path, text in many.items()
        if re.fullmatch(rf"{first}(halaman/\d+/)?", path)
        for link in LexborHTMLParser(text).css("main h3 > a, main th a, main .huruf li a")
    )

    assert len(links) == 1300
    assert set(links.values()) == {1}


def test_further_pages_say_which_they_are(many: dict[str, str]) -> None:
    """In title, address, breadcrumb and count; feed and contact of the first stay."""
    page = LexborHTMLParser(many["urusan/kesehatan/halaman/2/"])

    def one(selector: str) -> str:
        found = page.css_first(selector)
        assert found is not None, selector
        return found.text(strip=True)

    assert one("h1") == "Kesehatan, halaman 2 dari 7"
    canonical = page.css_first('link[rel="canonical"]')
    assert canonical
    assert str(canonical.attributes["href"]).endswith("/urusan/kesehatan/halaman/2/")
    crumbs = [link.attributes["href"] for link in page.css(".remah a")]
    assert crumbs == ["/contoh/", "/contoh/urusan/", "/contoh/urusan/kesehatan/"]
    assert one("tbody th[scope=rowgroup]") == "Dinas (lanjutan)1.300"
    assert "1.300 inovasi" in one(".muka .meta")
    assert 'href="/contoh/urusan/kesehatan/umpan.xml"' in many["urusan/kesehatan/halaman/2/"]


def test_the_index_of_names_marks_the_letter_and_links_no_empty_one(many: dict[str, str]) -> None:
    """A letter without a name answers by leading to the index, since it may have had a page."""
    page = LexborHTMLParser(many["inovasi/a-z/s/halaman/2/"])

    assert [link.text() for link in page.css(".abjad a")] == ["S"]
    assert [link.text() for link in page.css(".abjad [aria-current]")] == ["S"]
    assert len(page.css(".abjad li")) == 27
    assert "url=/contoh/inovasi/a-z/" in many["inovasi/a-z/q/"]
    assert 'id="huruf-s"' in many["inovasi/a-z/"]


def test_a_small_index_is_one_page(small: Built) -> None:
    """Each name once, under its letter."""
    page = LexborHTMLParser(small.text("inovasi/a-z/index.html"))

    assert sorted(link.text(strip=True) for link in page.css(".huruf li a")) == ["KOPI SEHAT", "Sumur Desa"]
    assert [link.attributes["href"] for link in page.css(".abjad a")] == ["#huruf-k", "#huruf-s"]
    assert not any(path.startswith("inovasi/a-z/") and path != "inovasi/a-z/index.html" for path in small.files)


def test_names_that_are_the_same_tell_their_manager(catalogue: Catalogue) -> None:
    """Else two links with one text lead to two places."""
    one, other = catalogue.innovations
    twins = replace(catalogue, innovations=(one, replace(other, name=one.name)))

    (page,) = (page for page in listing.plan(twins) if page.path == listing.INDEX)

    assert page.data["twins"] == {one.name}


def test_what_there_once_was_decides_whether_letters_have_pages(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two are shown, one is withdrawn, one was called something else."""

    def letters() -> set[str]:
        return {page.path for page in listing.plan(catalogue) if page.path.startswith("inovasi/a-z/")}

    monkeypatch.setattr(listing, "NAMES_A_PAGE", 3)
    assert len(letters()) == 28
    monkeypatch.setattr(listing, "NAMES_A_PAGE", 4)
    assert letters() == {"inovasi/a-z/"}


def test_pages_of_terms_and_letters_lead_to_the_first_where_entries_are_withdrawn(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As those of the list do."""
    monkeypatch.setattr(paging, "ROWS_A_PAGE", 1)

    found = {old.path: move for old, move in former._list_pages(catalogue) if old}  # noqa: SLF001 (its rule alone)

    assert found["urusan/kesehatan/halaman/2/"].new == "urusan/kesehatan/"
    assert "urusan/kesehatan/halaman/4/" not in found


def test_a_list_that_became_shorter_has_lost_nothing(catalogue: Catalogue) -> None:
    """An entry whose field was mended; the page for what is not there leads on. All innovations are no such list."""
    further = {"urusan/kesehatan/halaman/2/", "urusan/belum-diketahui/halaman/3/", "inovasi/a-z/k/halaman/2/"}

    def lost(paths: set[str]) -> list[Code]:
        before = Answers(catalogue=catalogue, addresses=frozenset({"", *paths}))
        return [problem.code for problem in find_lost(before, replace(before, addresses=frozenset({""})), ())]

    assert lost(further) == []
    assert lost({"inovasi/halaman/2/"}) == [Code.ADDRESS]


@pytest.mark.parametrize("last", range(1, 30))
def test_numbers_name_the_first_the_last_and_those_near(last: int) -> None:
    """Never more than nine places, never a gap of one page."""
    for at, items in paging.in_pages("x/", range(last), 1):
        numbers = [number for number, _ in at.steps]
        assert len(numbers) <= 9
        assert {1, at.number, last} <= set(numbers)
        for before, gap, after in zip(numbers, numbers[1:], numbers[2:], strict=False):
            assert gap or after - before > 2
        assert list(items) == [at.number - 1]
        assert (at.before == "", at.after == "") == (at.number == 1, at.number == last)


def test_sections_go_on_from_page_to_page(sample: Innovation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with how many it has in all, and a word where it is not its beginning."""
    monkeypatch.setattr(paging, "ROWS_A_PAGE", 2)
    sections = [("dinas", [sample] * 3), ("desa", [sample] * 2)]

    found = [[(name, count, len(shown)) for name, count, shown in facets._on_page(sections, n)] for n in (1, 2, 3)]  # noqa: SLF001

    assert found == [
        [("dinas", 3, 2)],
        [("dinas (lanjutan)", 3, 1), ("desa", 2, 1)],
        [("desa (lanjutan)", 2, 1)],
    ]


def test_the_table_of_managers_is_bounded_and_says_so(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those with the most entries; the file has all."""
    monkeypatch.setattr(statistics, "MOST_MANAGERS", 1)

    built = build_project(project)

    assert "Di sini 1 dari 2 pengelola" in built.text("statistik/index.html")
    assert built.text("statistik/kelengkapan.csv").count("\n") == 3


def test_the_form_fetches_names_where_they_are_many(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the first letter of the file's name; none is left out."""
    monkeypatch.setattr(form, "MOST_NAMES", 1)

    built = build_project(project)

    assert '"ada":null' in built.text("usulkan/index.html")
    assert built.text("usulkan/ada-k.json") == '[["kopi-sehat","KOPI SEHAT"]]'
    assert built.text("usulkan/ada-q.json") == "[]"
