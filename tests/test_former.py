"""Former addresses: pages that lead on, copies of files, tombstones, and what hosts and servers are told."""

import json
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from katalog.addresses import names_of, share_of
from katalog.config import read_config
from katalog.load import read_toml
from katalog.model import Catalogue, Config, Deferred, File, Page
from katalog.pages import addresses_of, find_doubles, listing
from katalog.pages.apache import plan as plan_apache
from katalog.pages.former import Move, with_former
from katalog.pages.redirects import plan as plan_redirects
from katalog.problems import Code, Severity, mistakes
from tests.conftest import BASE, TODAY, Built, build_project

ENTRIES = Path("content") / "innovations"


@pytest.fixture(scope="module")
def catalogue(small: Built) -> Catalogue:
    """The small one: `kopi-sehat` was `kopi-lama`, `pertanian` was `tani`, `entri-ditarik` is withdrawn."""
    assert small.outcome.answers
    return small.outcome.answers.catalogue


@pytest.fixture(scope="module")
def config() -> Config:
    """The small one's."""
    read, problems = read_config(read_toml(BASE / "site_config.toml", BASE)[0], TODAY)
    assert read
    assert problems == ()
    return read


def _page(path: str, kind: str = "inovasi") -> Page:
    return Page(path=path, kind=kind, title="Judul", origin="content/innovations/x.md")


def _by_path(outputs: tuple[Page | File | Deferred, ...]) -> dict[str, Page | File | Deferred]:
    return {output.path: output for output in outputs}


def test_every_output_of_a_renamed_entry_answers_under_its_former_name(catalogue: Catalogue, config: Config) -> None:
    """Also those of kinds that nobody has thought of yet."""
    planned = (
        _page("inovasi/kopi-sehat/"),
        _page("inovasi/kopi-sehat/sematan/", "sematan"),
        _page("inovasi/entri-ditarik/", "ditarik"),
        File(path="inovasi/kopi-sehat/kutipan.bib", content=b"b"),
        File(path="api/v1/inovasi/kopi-sehat.json", content=b"{}"),
        Deferred(path="inovasi/kopi-sehat/kartu.png", make=lambda: b"png"),
        File(path="motif/inovasi/kopi-sehat-kain.svg", content=b"<svg/>"),
        File(path="motif/inovasi/sumur-desa.svg", content=b"<svg/>"),
    )

    outputs, moves = with_former(planned, catalogue, config)
    found = _by_path(outputs)

    for old in ("inovasi/kopi-lama/", "inovasi/kopi-lama/sematan/"):
        page = found[old]
        assert isinstance(page, Page)
        assert (page.kind, page.data["target"], page.listed) == ("pindah", old.replace("lama", "sehat"), False)
    assert found["inovasi/kopi-lama/kutipan.bib"] == File(path="inovasi/kopi-lama/kutipan.bib", content=b"b")
    assert found["api/v1/inovasi/kopi-lama.json"] == File(path="api/v1/inovasi/kopi-lama.json", content=b"{}")
    card = found["inovasi/kopi-lama/kartu.png"]
    assert isinstance(card, Deferred)
    assert card.make() == b"png"
    assert "motif/inovasi/kopi-lama-kain.svg" in found
    assert "motif/inovasi/kopi-lama.svg" not in found
    named = {(move.old, move.new) for move in moves if move.for_ever}
    assert named == {(path, path.replace("lama", "sehat")) for path in found if "kopi-lama" in path}
    assert find_doubles(outputs) == ()


def test_a_feed_of_a_renamed_term_is_the_same_feed(catalogue: Catalogue, config: Config) -> None:
    """Byte for byte, so that readers do not see every entry as new, and learn where the feed is now."""
    planned = (_page("urusan/pertanian/", "urusan"), _page("urusan/pertanian/umpan.xml", "umpan"))

    outputs, _ = with_former(planned, replace(catalogue, withdrawn=()), config)
    found = _by_path(outputs)

    feed = found["urusan/pertanian/umpan.xml"]
    assert isinstance(feed, Page)
    assert feed.also == ("urusan/tani/umpan.xml",)
    assert {*addresses_of(outputs)} == {*found, "urusan/tani/umpan.xml"}
    assert "urusan/tani/" in found


def test_two_feeds_at_one_address_are_told() -> None:
    """Whichever came in by a former name."""
    outputs = (replace(_page("a.xml"), also=("b.xml",)), _page("b.xml"))

    assert [problem.code for problem in find_doubles(outputs)] == [Code.CLASH]


def test_files_of_a_withdrawn_entry_leave_something_in_their_place(catalogue: Catalogue, config: Config) -> None:
    """Data for programs, words for people, the site's own picture; pages lead to the tombstone."""
    planned = (
        Deferred(path="kartu.png", make=lambda: b"situs"),
        _page("inovasi/sumur-desa/"),
        _page("inovasi/sumur-desa/sematan/", "sematan"),
        File(path="inovasi/sumur-desa/kutipan.ris", content=b"r"),
        File(path="inovasi/sumur-desa/suara.ogg", content=b"o"),
        File(path="api/v1/inovasi/sumur-desa.json", content=b"{}"),
        Deferred(path="inovasi/sumur-desa/kartu.png", make=lambda: b"png"),
        _page("inovasi/entri-ditarik/", "ditarik"),
    )
    entry = replace(catalogue.withdrawn[0], aliases=("nama-dulu",))

    outputs, moves = with_former(planned, replace(catalogue, withdrawn=(entry,)), config)
    found = _by_path(outputs)

    for name in ("entri-ditarik", "nama-dulu"):
        data = found[f"api/v1/inovasi/{name}.json"]
        assert isinstance(data, File)
        assert json.loads(bytes(data.content)) == {
            "slug": "entri-ditarik",
            "alamat": "https://katalog.example/contoh/inovasi/entri-ditarik/",
            "ditarik": {"tanggal": "2022-02", "alasan": "Sama dengan entri Sumur Desa."},
        }
        frame, card = found[f"inovasi/{name}/sematan/"], found[f"inovasi/{name}/kartu.png"]
        assert isinstance(frame, Page)
        assert (frame.kind, frame.data["target"]) == ("pindah", "inovasi/entri-ditarik/")
        assert isinstance(card, Deferred)
        assert card.make() == b"situs"
    words = found["inovasi/entri-ditarik/kutipan.ris"]
    assert isinstance(words, File)
    assert b"https://katalog.example/contoh/inovasi/entri-ditarik/\n" in bytes(words.content)
    tomb = found["inovasi/nama-dulu/"]
    assert isinstance(tomb, Page)
    assert tomb.data["target"] == "inovasi/entri-ditarik/"
    told = {move.old: (move.new, move.for_ever) for move in moves}
    for file in ("sematan/", "kutipan.ris", "suara.ogg"):
        assert told[f"inovasi/entri-ditarik/{file}"] == ("inovasi/entri-ditarik/", False)
    assert not any(move.old.endswith((".json", ".png")) for move in moves if not move.for_ever)


def test_pages_of_the_list_stay_where_entries_are_withdrawn(
    catalogue: Catalogue, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They lead to the first; one address each, however many entries went."""
    monkeypatch.setattr(listing, "PER_PAGE", 1)
    planned = (*listing.plan(catalogue), _page("inovasi/entri-ditarik/", "ditarik"))

    outputs, moves = with_former(planned, catalogue, config)
    found = _by_path(outputs)

    # Two are shown, one is withdrawn, one was called something else.
    kinds = {path: page.kind for path, page in found.items() if isinstance(page, Page) and "halaman" in path}
    assert kinds == {
        "inovasi/halaman/2/": "lanjutan",
        "inovasi/halaman/3/": "pindah",
        "inovasi/halaman/4/": "pindah",
    }
    assert Move(old="inovasi/halaman/4/", new="inovasi/", for_ever=False) in moves


def test_the_owner_of_an_address_is_found_by_its_name(catalogue: Catalogue) -> None:
    """Wherever its folder stands; the longest name counts, and only a file's name may go on after it."""
    names = {**names_of(catalogue), "inovasi": {"sumur": "sumur", "sumur-desa": "sumur-desa", "urusan": "urusan"}}

    def owner(path: str) -> tuple[str, str, str] | None:
        share = share_of(path, names)
        return (share.folder, share.name, share.after) if share else None

    assert owner("inovasi/sumur-desa/") == ("inovasi", "sumur-desa", "/")
    assert owner("motif/inovasi/sumur-desa-kain.svg") == ("inovasi", "sumur-desa", "-kain.svg")
    assert owner("motif/inovasi/sumur-kain.svg") == ("inovasi", "sumur", "-kain.svg")
    assert owner("inovasi/urusan/kartu.png") == ("inovasi", "urusan", "/kartu.png")
    assert owner("inovasi/sumur-lain/") is None
    assert owner("inovasi/halaman/2/") is None
    assert owner("pengelola/jenis/dinas/") == ("pengelola/jenis", "dinas", "/")
    assert owner("motif/urusan/belum-diketahui-kain.svg") is None
    assert owner("tentang/kartu.png") == ("", "tentang", "/kartu.png")
    assert owner("inovasi/") is None
    assert owner("") is None


def test_the_built_site_answers_under_every_former_name(small: Built) -> None:
    """For each file under the name of today there is one under each former name, and nothing else links there."""
    for old, new in (("kopi-lama", "kopi-sehat"), ("tani", "pertanian")):
        today = [path for path in small.files if re.search(rf"\b(inovasi|urusan)/{new}\b", path)]
        assert today
        assert [path for path in today if path.replace(new, old) not in small.files] == []
        lead = re.compile(rf"href=\"[^\"]*/{old}[/.\"]".encode())
        assert [path for path, content in small.files.items() if lead.search(content)] == []


def test_maps_say_the_same_below_the_base_path(small: Built) -> None:
    """One line an address, for each program in its own words; pages first, since hosts read so many lines only."""
    lines = {path: small.text(path).splitlines() for path in ("_redirects", "_redirects.conf", "_redirects.caddy")}

    assert "/contoh/inovasi/kopi-lama/ /contoh/inovasi/kopi-sehat/ 301" in lines["_redirects"]
    nginx = "location = /contoh/inovasi/kopi-lama/ { return 301 /contoh/inovasi/kopi-sehat/; }"
    assert nginx in lines["_redirects.conf"]
    assert "redir /contoh/urusan/tani/ /contoh/urusan/pertanian/ 301" in lines["_redirects.caddy"]
    assert len({len(rows) for rows in lines.values()}) == 1
    kinds = [row.split()[0].endswith("/") for row in lines["_redirects"][1:]]
    assert kinds == sorted(kinds, reverse=True)


def test_without_a_sub_folder_the_maps_begin_at_the_root(project: Path) -> None:
    """As on a host of its own."""
    text = build_project(project, base_url="https://katalog.example").text("_redirects")

    assert "\n/inovasi/kopi-lama/ /inovasi/kopi-sehat/ 301\n" in text


def test_what_a_server_could_obey_never_stands_in_its_map(config: Config) -> None:
    """Names cannot hold it; should that change one day, the line is missing."""
    moves = [Move(old=old, new="inovasi/baru/") for old in ("a b/", "a;}/", "a\n/", "a$x/", "a{/", "baik/")]

    for file in plan_redirects(moves, config):
        assert len(bytes(file.content).splitlines()) == 2
        assert b"baik/" in bytes(file.content)
    (file,) = plan_apache(moves, config)
    assert re.findall(rb"^Redirect.*", bytes(file.content), re.MULTILINE) == [
        b'RedirectMatch 301 "^/contoh/baik/$" /contoh/inovasi/baru/'
    ]


def test_a_page_of_editors_may_be_renamed(project: Path) -> None:
    """As an entry may."""
    pages = project / "content" / "pages"
    text = (pages / "tentang.md").read_text(encoding="utf-8")
    (pages / "perihal.md").write_text(text.replace("urutan: 10", "urutan: 10\nalias: [tentang]"), encoding="utf-8")
    (pages / "tentang.md").unlink()

    built = build_project(project)

    assert mistakes(built.outcome.problems) == ()
    assert "url=/contoh/perihal/" in built.text("tentang/index.html")
    assert "/contoh/tentang/ /contoh/perihal/ 301" in built.text("_redirects")


@pytest.mark.parametrize(("alias", "told"), [("tentang", "halaman `tentang`"), ("data", "`/data/`")])
def test_a_former_page_takes_no_address_that_is_in_use(project: Path, alias: str, told: str) -> None:
    """Neither a page's own, nor one of the program's."""
    page = f"---\njudul: Lain\nringkasan: Halaman lain untuk pengujian.\nurutan: 20\nalias: [{alias}]\n---\n\nIsi.\n"
    (project / "content" / "pages" / "lain.md").write_text(page, encoding="utf-8")

    (problem,) = build_project(project).outcome.problems

    assert (problem.code, problem.place.path) == (Code.CLASH, "content/pages/lain.md")
    assert told in problem.message


@pytest.mark.parametrize(
    ("aliases", "told"),
    [
        ({"Kesehatan": "pertanian"}, "`pertanian` sudah dipakai oleh `Pertanian`"),
        ({"Kesehatan": "kesehatan"}, "`kesehatan` sudah dipakai oleh `Kesehatan`"),
        ({"Kesehatan": "gizi", "Pariwisata": "gizi"}, "`gizi` sudah dipakai oleh `Kesehatan`"),
        ({"Kesehatan": "halaman"}, "`halaman` dipakai situs sendiri"),
    ],
)
def test_a_former_address_leads_to_one_term(project: Path, aliases: dict[str, str], told: str) -> None:
    """Told at the line of the later one's alias."""
    file = project / "content" / "vocabulary.toml"
    text = file.read_text(encoding="utf-8")
    for name, alias in aliases.items():
        text = text.replace(f'nama = "{name}"\n', f'nama = "{name}"\nalias = ["{alias}"]\n')
    file.write_text(text, encoding="utf-8")

    (problem,) = build_project(project).outcome.problems

    assert told in problem.message
    assert problem.code is Code.VOCABULARY
    assert problem.place.source == f'alias = ["{list(aliases.values())[-1]}"]'


def test_a_year_without_entries_has_a_page_and_is_no_choice(small: Built, project: Path) -> None:
    """Between the oldest and the newest; and where the only entry of a year is withdrawn."""
    assert "Belum ada inovasi di sini" in small.text("tahun/2019/index.html")
    assert "<option>2019</option>" not in small.text("inovasi/index.html")
    assert "<option>2018</option>" in small.text("inovasi/index.html")

    entry = project / ENTRIES / "sumur-desa.md"
    text = entry.read_text(encoding="utf-8")
    entry.write_text(
        text.replace("\n---\n", "\nditarik:\n  tanggal: 2024\n  alasan: Tercatat dua kali di sini.\n---\n", 1),
        encoding="utf-8",
    )
    links = project / ENTRIES / "kopi-sehat.md"
    links.write_text(links.read_text(encoding="utf-8").replace("/inovasi/sumur-desa/", "/"), encoding="utf-8")

    assert "tahun/2018/index.html" in build_project(project).files


def test_a_link_to_a_former_address_is_a_note(project: Path) -> None:
    """It arrives, so nobody is held up; the address of today is named at the line."""
    entry = project / ENTRIES / "sumur-desa.md"
    with entry.open("a", encoding="utf-8") as file:
        file.write("\nBaca juga [kopi](/inovasi/kopi-lama/).\n")

    (problem,) = build_project(project).outcome.problems

    assert (problem.code, problem.severity) == (Code.LINK, Severity.NOTE)
    assert problem.place.source == "Baca juga [kopi](/inovasi/kopi-lama/)."
    assert problem.remedy == "Tulis alamat yang sekarang: `/inovasi/kopi-sehat/`."
