"""What `make bench` compares is alike, and its arithmetic is right; nothing here is timed."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from benchmarks.speed.__main__ import check_pages, prepare, read_arguments
from benchmarks.speed.corpus import BASE, make_entries, write_project
from benchmarks.speed.measure import FailedError, Usage, run
from benchmarks.speed.projects import (
    PEERS,
    links,
    pages_in,
    pages_of_corpus,
    pages_of_eleventy,
    pages_of_hugo,
    write_eleventy,
    write_hugo,
)
from benchmarks.speed.table import Sample, as_growth, as_table, growth, ratio
from benchmarks.speed.tools import SWITCHED_OFF, Tool, eleventy_tool, hugo_tool, our_tool
from katalog.schema import ROWS_A_PAGE
from tests.conftest import Built, build_project

COUNT = 60


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our project of the made-up catalogue."""
    folder = tmp_path_factory.mktemp("ukur") / "ours"
    write_project(folder, COUNT)
    return folder


@pytest.fixture(scope="module")
def site(corpus: Path) -> Built:
    """That project, built."""
    return build_project(corpus)


@pytest.fixture(params=["ours", "hugo", "eleventy"])
def tool(request: pytest.FixtureRequest, tmp_path: Path) -> Tool:
    """A small project of each tool."""
    slug = next(make_entries(1)).slug
    folder = tmp_path / request.param
    match request.param:
        case "ours":
            write_project(folder, 3)
            return our_tool("ours", folder, slug)
        case "hugo":
            write_hugo(folder, 3)
            return hugo_tool(folder, slug, "hugo")
        case _:
            write_eleventy(folder, 3)
            return eleventy_tool(folder, slug, "eleventy")


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_corpus_is_always_the_same_and_a_smaller_one_begins_a_larger(corpus: Path, tmp_path: Path) -> None:
    """So that runs on other days and other sizes can be compared."""
    write_project(tmp_path / "lagi", COUNT)

    assert _files(tmp_path / "lagi") == _files(corpus)
    assert list(make_entries(5)) == list(make_entries(9))[:5]


def test_the_corpus_is_sound_and_as_long_as_real_entries(corpus: Path, site: Built) -> None:
    """Nothing to report, not even a note: reports would take time."""
    sizes = [path.stat().st_size for path in (corpus / "content" / "innovations").iterdir()]
    bodies = "\n".join(entry.body for entry in make_entries(COUNT))

    assert site.outcome.problems == ()
    assert len(site.outcome.innovations) == COUNT
    assert 2200 < sum(sizes) / COUNT < 2600
    assert "\n- " in bodies
    assert "\n|---|" in bodies


def test_the_three_projects_have_the_same_pages(site: Built, tmp_path: Path) -> None:
    """Ours as it is made, theirs as their projects describe them; what ours has besides is beside what is compared."""
    write_hugo(tmp_path / "hugo", COUNT)
    write_eleventy(tmp_path / "eleventy", COUNT)

    assert pages_of_corpus(COUNT) <= {path.removesuffix("index.html") for path in site.files}
    assert pages_of_hugo(tmp_path / "hugo") == pages_of_corpus(COUNT)
    assert pages_of_eleventy(tmp_path / "eleventy") == pages_of_corpus(COUNT)


def test_long_lists_are_divided_alike() -> None:
    """As many rows on a page as ours has."""
    hugo = tomllib.loads((PEERS / "hugo" / "hugo.toml").read_text(encoding="utf-8"))
    eleventy = (PEERS / "eleventy" / "src" / "daftar.11ty.js").read_text(encoding="utf-8")

    assert "inovasi/halaman/2/" in pages_of_corpus(ROWS_A_PAGE + 1)
    assert "inovasi/halaman/2/" not in pages_of_corpus(ROWS_A_PAGE)
    assert hugo["pagination"]["pagerSize"] == ROWS_A_PAGE
    assert f"size: {ROWS_A_PAGE}" in eleventy


def test_every_page_carries_the_same_links(site: Built) -> None:
    """Head and foot, in their order; to a kind of page that came later only ours may lead."""
    page = LexborHTMLParser(site.text(f"inovasi/{next(make_entries(1)).slug}/index.html"))

    def found(selector: str, theirs: list[str]) -> list[str]:
        ours = [str(link.attributes["href"]).removeprefix("/contoh/") for link in page.css(f"{selector} nav a")]
        return [path for path in ours if path in theirs]

    rows = json.loads(json.dumps(links()))
    head = [link["path"] for link in rows["utama"]]
    foot = [link["path"] for part in rows["kaki"] for link in part["tautan"]]

    assert found("header.kepala", head) == head
    assert found("footer", foot) == foot


def test_an_edit_changes_one_paragraph_of_one_file(tool: Tool) -> None:
    """Twice, since every round edits the same entry."""
    before = _files(tool.folder)
    prepare(tool, "edit", 0)
    once = _files(tool.folder)
    prepare(tool, "edit", 1)
    twice = _files(tool.folder)
    prepare(tool, "again", 1)
    again = _files(tool.folder)
    name = tool.entry.relative_to(tool.folder).as_posix()

    assert {path for path in before if before[path] != once[path]} == {name}
    assert once[name] == before[name].rstrip() + b"\n\nUkuran 1 dibangun\n"
    assert twice[name] == before[name].rstrip() + b"\n\nUkuran 2 dibangun\n"
    assert again[name] == before[name].rstrip() + b"\n\nUkuran 2 dibangun lagi\n"


def test_another_title_changes_one_line(tool: Tool) -> None:
    """The address stays, as it does for a clerk who mends a name."""
    before, page = tool.entry.read_text(encoding="utf-8").splitlines(), tool.page()
    prepare(tool, "title", 2)
    after = tool.entry.read_text(encoding="utf-8").splitlines()

    assert [line for line in after if line not in before] == [f"{tool.title_key}: Faru 3"]
    assert len(after) == len(before)
    assert tool.page() == page


def test_cold_forgets_what_was_written_and_nothing_else(tool: Tool) -> None:
    """Sites, caches and locks."""
    before = _files(tool.folder)
    for name in {tool.site, *tool.remembered}:
        left = tool.folder / name.replace("*", "lama")
        left.mkdir()
        (left / "berkas").write_text("", encoding="utf-8")
    prepare(tool, "cold", 0)

    assert _files(tool.folder) == before
    assert not (tool.folder / tool.site).exists()


def test_a_changed_corpus_is_still_sound(tmp_path: Path) -> None:
    """What the rounds write passes the checks, or they would measure a report."""
    write_project(tmp_path / "ours", 5)
    tool = our_tool("ours", tmp_path / "ours", next(make_entries(1)).slug)
    prepare(tool, "edit", 3)
    prepare(tool, "title", 3)

    built = build_project(tool.folder)

    assert built.outcome.problems == ()
    assert "Ukuran 4 dibangun" in built.text(f"{tool.page().strip('/')}/index.html")


def test_the_switch_joins_the_configuration() -> None:
    """As a table of its own after the others."""
    config = tomllib.loads((BASE / "site_config.toml").read_text(encoding="utf-8") + SWITCHED_OFF)

    assert config["keluaran"] == dict.fromkeys(("kartu", "sematan", "kutipan", "motif"), "tidak")
    assert config["lisensi"]["nama"]


def test_a_missing_page_ends_the_run(tmp_path: Path) -> None:
    """A tool that makes less would look quick."""
    write_hugo(tmp_path / "hugo", 2)
    tool = hugo_tool(tmp_path / "hugo", next(make_entries(1)).slug, "hugo")
    for address in pages_of_corpus(2):
        path = tool.folder / tool.site / (f"{address}index.html" if address.endswith("/") or not address else address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    check_pages(2, [tool])
    (tool.folder / tool.site / "urusan" / "index.html").unlink()

    assert "urusan/" not in pages_in(tool.folder / tool.site)
    with pytest.raises(FailedError, match="hugo lacks 1 pages, urusan/"):
        check_pages(2, [tool])


def test_memory_and_processor_time_of_children_count(tmp_path: Path) -> None:
    """The child of a child holds 90 MiB and works; its parents do neither."""
    held = 90 * 2**20
    busy = f"data = bytearray(b'x') * {held}\nimport time\nwhile time.process_time() < 0.3: pass"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}], check=True)"
    (tmp_path / "kerja").mkdir()

    used = run([sys.executable, "-c", child], tmp_path / "kerja", {})

    assert held < used.memory < 2 * held
    assert used.cpu > 0.3
    assert used.wall > 0.3


def test_a_program_that_fails_is_not_measured(tmp_path: Path) -> None:
    """Its last words are told."""
    (tmp_path / "kerja").mkdir()

    with pytest.raises(FailedError, match=r"(?s)ended with 1.*terjadi"):
        run([sys.executable, "-c", "raise SystemExit('terjadi')"], tmp_path / "kerja", {})


def _sample(tool: str, number: int, wall: float, *, entries: int = 1000, scenario: str = "cold") -> Sample:
    usage = Usage(wall=wall, cpu=wall / 2, memory=int(wall * 2**20))
    return Sample(entries=entries, scenario=scenario, tool=tool, round=number, usage=usage)


def test_a_ratio_is_the_median_of_rounds() -> None:
    """Rounds in which the machine was busy were busy for both: 2, 4, 3, and a round that one missed."""
    ours = [_sample("ours", number, wall) for number, wall in enumerate([2, 40, 9, 7])]
    hugo = [_sample("hugo", number, wall) for number, wall in enumerate([1, 10, 3])]

    assert ratio(ours, hugo, lambda usage: usage.wall) == 3
    assert ratio(ours, [], lambda usage: usage.wall) is None


def test_growth_is_a_power_of_the_number_of_entries() -> None:
    """Thirty times as many in thirty times the time is 1; small sites are left out."""
    samples = [
        _sample("ours", 0, 50, entries=123),
        _sample("ours", 0, 2, entries=1000),
        _sample("ours", 1, 4, entries=1000),
        _sample("ours", 2, 3, entries=1000),
        _sample("ours", 0, 5, entries=10_000),
        _sample("ours", 0, 90, entries=30_000),
    ]
    found = growth(samples, "ours", "cold", lambda usage: usage.wall)

    assert found is not None
    assert found[:2] == (1000, 30_000)
    assert found[2] == pytest.approx(1)
    assert growth(samples[:4], "ours", "cold", lambda usage: usage.wall) is None
    told = "Growth exponent of ours from 1,000 to 30,000 entries: first build 1.00 (CPU 1.00)."
    assert as_growth([*samples, _sample("hugo", 0, 1), _sample("hugo", 0, 1, entries=30_000)]) == told
    assert as_growth(samples[:4]) == ""
    assert growth(samples, "ours", "cold", lambda _: 0) is None  # what is not measured does not grow


def test_the_table_holds_medians_and_ratios() -> None:
    """Beside each of the others stands ours by it; a notice has no processor time."""
    notice = Sample(entries=1000, scenario="notice", tool="hugo", round=0, usage=Usage(wall=0.5, cpu=0, memory=0))
    samples = [
        *(_sample("ours", number, wall) for number, wall in enumerate([3, 6, 12])),
        *(_sample("hugo", number, wall) for number, wall in enumerate([2, 3, 4])),
        _sample("ours", 0, 99, entries=123),
        notice,
    ]

    assert as_table(samples, 1000).splitlines() == [
        "1,000 entries, 3 rounds",
        "",
        "| what | by | wall | CPU | peak memory | ours: wall | CPU | memory |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
        "| first build | ours | 6.00 s | 3.00 s | 6 MiB |  |  |  |",
        "| first build | Hugo | 3.00 s | 1.50 s | 3 MiB | 2.00 | 2.00 | 2.00 |",
        "| saved to reload notice | Hugo | 0.50 s |  |  |  |  |  |",
    ]


def test_arguments_choose_sizes_runs_tools_and_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    """One number of runs goes for all sizes; order is ours."""
    options = read_arguments(
        ["--sizes", "123,1000", "--runs", "3", "--tools", "hugo,ours", "--scenarios", "serve,cold"]
    )

    assert options.sizes == (123, 1000)
    assert options.runs == (3, 3)
    assert options.tools == ("ours", "hugo")
    assert options.scenarios == ("cold", "serve")
    for wrong in (["--tools", "jekyll"], ["--sizes", "1,2,3", "--runs", "1,2"]):
        with pytest.raises(SystemExit):
            read_arguments(wrong)
    assert "jekyll" in capsys.readouterr().err


def test_the_bench_says_how_it_is_used() -> None:
    """The README names every option that there is."""
    command = [sys.executable, "-m", "benchmarks.speed", "--help"]
    told = subprocess.run(command, cwd=BASE.parent.parent, check=True, capture_output=True, text=True).stdout
    readme = (BASE.parent.parent / "benchmarks" / "README.md").read_text(encoding="utf-8")

    assert set(re.findall(r"--[a-z]+", told)) - {"--help"} <= set(re.findall(r"--[a-z]+", readme))
