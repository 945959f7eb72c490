"""Search as a person uses it, in a real browser, with the real script."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from katalog.pages import listing
from katalog.search import files as index_files
from tests.browser.conftest import Window, serve, serve_project
from tests.conftest import CASES, FROZEN, ROOT, Built, make_project

VECTORS = json.loads((ROOT / "tests" / "vectors" / "tokens.json").read_text(encoding="utf-8"))
ASK = """async (queries) => {
  const { index } = pencarian;
  const answers = [];
  for (const query of queries) {
    const { hits } = await index.search(query);
    answers.push(await Promise.all(hits.slice(0, 50).map(async ([entry]) => (await index.document(entry))[0])));
  }
  return answers;
}"""


@pytest.fixture(scope="module")
def catalogue(frozen: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The frozen copy of the real catalogue below a sub-path; its address."""
    with serve(frozen.files, tmp_path_factory.mktemp("situs")) as address:
        yield address


@pytest.fixture
def page(window: Window) -> Iterator[Page]:
    """A page that must not complain: no error, no policy report."""
    yield window.page
    assert window.complaints == []


# Whether a click in the middle of an element would meet it; only the window is scrolled, as a person can.
SEEN = """one => { scrollTo(0, scrollY + one.getBoundingClientRect().y - 100); const box = one.getBoundingClientRect();
  return one.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)); }"""


def _queries(name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((FROZEN / f"{name}.json").read_text(encoding="utf-8"))["queries"]
    return found


def _scores(answers: list[list[str]], queries: list[dict[str, object]]) -> tuple[float, float, list[str]]:
    """recall@5, mean reciprocal rank, and the answerable queries that came back empty."""
    recalls, ranks, empty = [], [], []
    for answer, query in zip(answers, queries, strict=True):
        relevant = set(query["relevant"])  # type: ignore[call-overload]
        if relevant:
            recalls.append(len(set(answer[:5]) & relevant) / min(5, len(relevant)))
            ranks.append(next((1 / (place + 1) for place, slug in enumerate(answer) if slug in relevant), 0.0))
            empty += [] if answer else [str(query["q"])]
    return sum(recalls) / len(recalls), sum(ranks) / len(ranks), empty


def test_the_browser_normalises_as_python_does(page: Page, catalogue: str) -> None:
    """One file of vectors holds both."""
    page.goto(f"{catalogue}/inovasi/")

    assert page.evaluate("texts => texts.map(pencarian.tokens)", [v["text"] for v in VECTORS]) == [
        v["tokens"] for v in VECTORS
    ]


@pytest.mark.parametrize("name", ["queries", "queries_blind"])
def test_relevance_keeps_its_level(page: Page, catalogue: str, name: str) -> None:
    """Both sets, judged by hand on the frozen entries."""
    queries = _queries(name)
    page.goto(f"{catalogue}/inovasi/")

    recall, rank, empty = _scores(page.evaluate(ASK, [query["q"] for query in queries]), queries)

    assert recall >= 0.95
    assert rank >= 0.93
    assert empty == []


def test_nonsense_comes_back_empty_handed(page: Page, catalogue: str) -> None:
    """Rather nothing than anything."""
    page.goto(f"{catalogue}/inovasi/")

    assert page.evaluate(ASK, ["zxqvk blorpt", "qqqqqqqq", "!!!", "日本"]) == [[], [], [], []]


def test_shards_answer_as_the_single_file_does(
    page: Page, catalogue: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The script does not know how large the catalogue is."""
    queries = [query["q"] for query in _queries("queries")]
    page.goto(f"{catalogue}/inovasi/")
    single = page.evaluate(ASK, queries)
    monkeypatch.setattr(index_files, "SINGLE_FILE_ENTRIES", 0)
    monkeypatch.setattr(index_files, "SHARD_BYTES", 3000)
    with serve_project(make_project(tmp_path / "proyek", FROZEN), tmp_path / "situs") as address:
        other = page.context.new_page()  # a letter without words is a missing file, which the console tells
        other.goto(f"{address}/inovasi/")

        assert other.evaluate(ASK, queries) == single

        asked: list[str] = []
        other.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
        other.route("**/inti*.js", lambda route: route.abort())
        with other.expect_response("**/bentuk-p.json"):
            other.goto(f"{address}/inovasi/?q=sampah+di+pasar+sayur")
        first = sorted(name for name in asked if name.startswith("bentuk-"))
        asked.clear()
        other.unroute("**/inti*.js")
        other.reload()
        expect(other.locator("#baris li").nth(1)).to_be_attached()

        assert first == ["bentuk-p.json", "bentuk-s.json"]  # at once, by the first script
        assert asked.count("bentuk-s.json") == asked.count("bentuk-p.json") == 1


@pytest.mark.parametrize("choice", ["ya", "tidak"])
def test_rows_of_the_index_wear_what_rows_of_the_page_wear(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, choice: str
) -> None:
    """A pattern of their own, or that of their field; both are there."""
    monkeypatch.setattr(listing, "PER_PAGE", 1)
    monkeypatch.setattr(index_files, "ROWS_A_PAGE", 1)
    root = make_project(tmp_path / "proyek", CASES / "good" / "kecil")
    extras = "".join(f'{key} = "tidak"\n' for key in ("kartu", "sematan", "kutipan"))
    with (root / "site_config.toml").open("a", encoding="utf-8") as config:
        config.write(f'\n[keluaran]\n{extras}motif = "{choice}"\n')
    with serve_project(root, tmp_path / "situs") as address:
        page.goto(f"{address}/inovasi/")
        name = page.locator(".baris h3").first.inner_text()
        worn = page.locator(".baris .petak").first.get_attribute("src")
        page.goto(f"{address}/inovasi/?q={name}")
        tile = page.locator("#baris li", has=page.get_by_role("link", name=name)).locator(".petak")

        expect(tile).to_have_js_property("complete", value=True)
        assert worn
        assert ("/motif/inovasi/" in worn) is (choice == "ya")
        assert str(tile.get_attribute("src")).removeprefix(address.removesuffix("/contoh")) == worn
        assert tile.evaluate("image => image.naturalWidth") > 0


def _names(page: Page) -> list[str]:
    return page.locator("#baris h3").all_inner_texts()


def test_without_the_index_the_page_itself_is_searched(browser: Browser, catalogue: str) -> None:
    """While it is on its way, and where it cannot come."""
    page = browser.new_page()
    page.route("**/aset/cari*.json", lambda route: route.abort())
    page.goto(f"{catalogue}/inovasi/?q=stunting")

    expect(page.locator("#jumlah")).to_have_text("Pencarian lengkap tidak bisa dimuat. Ini yang memuat kata itu:")
    assert "PIRING EMAS" in _names(page)
    page.close()


def test_the_whole_journey(page: Page, catalogue: str) -> None:
    """Type, filter, count, sort, take a chip away, back, reload, shared address."""
    page.goto(f"{catalogue}/inovasi/")
    expect(page.locator("#hasil")).to_be_hidden()
    page.get_by_role("searchbox").fill("pupuk")
    expect(page.locator("#jumlah")).to_contain_text("hasil untuk “pupuk”")
    all_names = _names(page)
    assert page.url.endswith("/inovasi/?q=pupuk")
    assert page.locator("#baris mark").count() >= len(all_names)

    field = page.locator('[data-faset="urusan"] li', has_text="Pertanian").first
    many = int(field.locator(".banyak").inner_text())
    assert 0 < many < len(all_names)
    field.get_by_role("checkbox").check()
    expect(page.locator("#jumlah")).to_have_text(f"{many} hasil untuk “pupuk”")
    assert len(_names(page)) == many
    assert page.url.endswith("/inovasi/?q=pupuk&urusan=pertanian")
    shared = page.url

    page.get_by_label("Urutkan").select_option("nama")
    expect(page.locator("#baris h3").first).to_have_text(min(_names(page), key=str.casefold))
    assert page.url.endswith("&urut=nama")

    page.get_by_role("button", name="Hapus saringan Pertanian").click()
    expect(page.locator("#jumlah")).to_have_text(f"{len(all_names)} hasil untuk “pupuk”")
    assert page.evaluate("document.activeElement.id") == "jumlah"

    page.go_back()
    page.go_back()
    expect(page.locator("#jumlah")).to_have_text(f"{many} hasil untuk “pupuk”")
    assert page.url == shared
    assert field.get_by_role("checkbox").is_checked()
    page.reload()
    expect(page.locator("#jumlah")).to_have_text(f"{many} hasil untuk “pupuk”")

    other = page.context.new_page()
    other.goto(shared)
    expect(other.locator("#jumlah")).to_have_text(f"{many} hasil untuk “pupuk”")
    assert other.get_by_role("searchbox").input_value() == "pupuk"
    assert _names(other) == _names(page)


def test_filters_alone_list_and_years_narrow(page: Page, catalogue: str) -> None:
    """Without a word; "not known" is a value like any other."""
    page.goto(f"{catalogue}/inovasi/?kecamatan=lembak&kecamatan=lubai-ulu")
    expect(page.locator("#jumlah")).to_contain_text("hasil")
    before = len(_names(page))
    page.locator("summary", has_text="Tahun terdokumentasi").click()
    page.get_by_label("Dari", exact=True).select_option("2023")
    page.get_by_label("Sampai", exact=True).select_option("2023")
    expect(page.get_by_role("button", name="Hapus saringan Dari 2023")).to_be_visible()
    years = page.locator("#baris [data-isi=tahun]").all_inner_texts()

    assert 0 < len(years) < before
    assert set(years) == {"2023"}
    page.goto(f"{catalogue}/inovasi/?urusan=belum-diketahui")
    expect(page.get_by_role("button", name="Hapus saringan Urusan: belum diketahui")).to_be_visible()
    assert page.locator("#baris [data-isi=urusan]").count() == 0


def test_more_results_come_on_demand_and_take_the_focus(page: Page, catalogue: str) -> None:
    """Twenty at a time."""
    page.goto(f"{catalogue}/inovasi/?urut=nama")
    expect(page.locator("#baris > li")).to_have_count(20)
    page.get_by_role("button", name="Tampilkan 20 lagi").click()
    expect(page.locator("#baris > li")).to_have_count(40)

    assert (
        page.evaluate("[...document.querySelectorAll('#baris > li')].indexOf(document.activeElement.closest('li'))")
        == 20
    )


def test_a_typing_mistake_is_said_and_mended(page: Page, catalogue: str) -> None:
    """Nobody wonders where the results come from."""
    page.goto(f"{catalogue}/inovasi/?q=posyamdu")

    expect(page.locator("#ejaan")).to_have_text("Menampilkan hasil untuk “posyandu”.")
    assert len(_names(page)) > 0


def test_an_answer_to_a_part_of_the_question_says_so(page: Page, catalogue: str) -> None:
    """The nearest is offered as the nearest."""
    page.goto(f"{catalogue}/inovasi/?q=stunting+zxqvk")

    expect(page.locator("#ejaan")).to_contain_text("Tidak ada yang memuat semua kata itu")


def test_an_empty_answer_helps(page: Page, catalogue: str) -> None:
    """With a way out for each cause."""
    page.goto(f"{catalogue}/inovasi/?q=zxqvk&urusan=kesehatan")

    expect(page.locator("#jumlah")).to_have_text("Tidak ada hasil untuk “zxqvk”")
    expect(page.get_by_role("link", name="menurut urusan", exact=True)).to_be_visible()
    page.locator("#kosong").get_by_role("button", name="hapus semua saringan").click()
    expect(page.get_by_role("button", name="Hapus saringan Kesehatan")).to_have_count(0)
    page.get_by_role("searchbox").press("Escape")
    expect(page.locator("#semua")).to_be_visible()
    assert page.url == f"{catalogue}/inovasi/"


def test_the_filtered_download_is_a_part_of_the_full_one(page: Page, catalogue: str, tmp_path: Path) -> None:
    """Same columns, same escaping, row for row."""
    page.goto(f"{catalogue}/inovasi/?q=stunting")
    expect(page.locator("#jumlah")).to_contain_text("hasil")
    slugs = [
        str(href).rstrip("/").rsplit("/", 1)[-1]
        for href in page.locator("#baris h3 a").evaluate_all("all => all.map(a => a.href)")
    ]
    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh hasil ini (CSV)").click()
    download.value.save_as(tmp_path / "hasil.csv")
    part = (tmp_path / "hasil.csv").read_bytes()
    full = page.request.get(f"{catalogue}/data/inovasi.csv").body()

    rows = re.findall(rb'(?:[^"\n]|"[^"]*")*\n', part)
    assert [row.split(b",")[0].decode() for row in rows[1:]] == sorted(
        slugs, key=lambda slug: full.decode().index(f"\n{slug},")
    )
    assert part.startswith(b"\xef\xbb\xbfslug,")
    for row in rows[1:]:
        assert row in full


def test_the_keyboard_is_enough(page: Page, catalogue: str) -> None:
    """Slash focuses the box, Enter leads to the results, Tab to the first of them."""
    page.goto(f"{catalogue}/inovasi/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "cari"
    page.keyboard.type("kapsul cinta")
    page.keyboard.press("Enter")
    expect(page.locator("#jumlah")).to_contain_text("hasil untuk “kapsul cinta”")
    assert page.evaluate("document.activeElement.id") == "jumlah"
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "A":
            break
    page.keyboard.press("Enter")

    page.wait_for_url(f"{catalogue}/inovasi/kapsul-cinta/")


@pytest.mark.parametrize("path", ["", "404.html"])
def test_suggestions_lead_straight_to_the_page(page: Page, catalogue: str, path: str) -> None:
    """Entries, fields and managers as plain links; Escape closes them."""
    page.goto(f"{catalogue}/{path}")
    box = page.get_by_role("searchbox")
    box.press_sequentially("dinas kes")
    panel = page.get_by_role("navigation", name="Saran")
    expect(panel.get_by_role("link", name="Dinas Kesehatan Pengelola")).to_be_visible()
    box.press("Escape")
    expect(panel).to_be_hidden()
    box.fill("akta lahir bayi baru")
    expect(panel.get_by_role("link").first).to_have_text("BELAH DADOKU Inovasi")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url(f"{catalogue}/inovasi/belah-dadoku/")


@pytest.mark.parametrize("path", ["", "404.html"])
def test_suggestions_are_seen_whole_on_a_phone(browser: Browser, catalogue: str, path: str) -> None:
    """Nothing lies over them, nothing cuts them off."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{catalogue}/{path}")
    page.get_by_role("searchbox").fill("desa")
    links = page.get_by_role("navigation", name="Saran").get_by_role("link")
    expect(links.first).to_be_visible()

    assert links.count() > 4
    assert links.last.evaluate(SEEN)
    page.close()


def test_filters_open_and_close_on_a_phone(browser: Browser, catalogue: str) -> None:
    """One button above the results; without script its link opens them as well."""
    for script in (True, False):
        context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=script)
        page = context.new_page()
        page.goto(f"{catalogue}/inovasi/")
        expect(page.locator("#saring")).to_be_hidden()
        page.locator("#buka-saring").click()
        expect(page.locator("#saring")).to_be_visible()
        context.close()


def test_without_script_every_filter_is_a_page(browser: Browser, catalogue: str) -> None:
    """Nothing is a dead end."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{catalogue}/")
    page.get_by_role("searchbox").fill("ibu hamil")
    page.get_by_role("button", name="Cari").click()
    expect(page.get_by_text("Tanpa JavaScript, kotak cari membuka daftar lengkap ini.")).to_be_visible()
    page.locator("#saring").get_by_role("link", name="Kesehatan").click()

    assert page.url == f"{catalogue}/urusan/kesehatan/"
    context.close()


def test_content_of_strangers_stays_text(browser: Browser, tmp_path: Path) -> None:
    """In rows, highlights, chips and suggestions."""
    root = make_project(tmp_path / "proyek", CASES / "good" / "kecil")
    entry = root / "content" / "innovations" / "sumur-desa.md"
    hostile = "<img src=x onerror=document.title=1> Sumur"
    text = entry.read_text(encoding="utf-8").replace("nama: Sumur Desa", f"nama: '{hostile}'")
    entry.write_text(text, encoding="utf-8")
    with serve_project(root, tmp_path / "situs") as address:
        page = browser.new_page()
        page.goto(f"{address}/inovasi/?q=sumur")
        expect(page.locator("#baris h3").first).to_have_text(hostile)
        assert page.locator("#baris h3 img").count() == 0
        page.goto(f"{address}/")
        page.get_by_role("searchbox").fill("sumur")
        expect(page.get_by_role("navigation", name="Saran").get_by_role("link").first).to_contain_text("<img src=x")
        assert page.locator("#saran img").count() == 0
        assert page.title() != "1"
        page.close()
