"""The form as a clerk uses it: mistakes beside their fields, a draft that stays, a file that passes `check`."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

import build
from katalog.problems import mistakes
from tests.browser.axe import judge
from tests.browser.conftest import Window, serve_project
from tests.conftest import CASES, ROOT, TODAY, build_project, make_project

VECTORS = json.loads((ROOT / "tests" / "vectors" / "form.json").read_text(encoding="utf-8"))
SOUND = {
    "nama": "Ojek Obat",
    "ringkasan": "Kurir desa mengantar obat dari puskesmas ke rumah warga yang sakit menahun.",
}


@pytest.fixture
def page(window: Window, site: str) -> Iterator[Page]:
    """The form, opened; it must not complain."""
    window.context.grant_permissions(["clipboard-write"])
    window.page.goto(f"{site}/usulkan/")
    yield window.page
    assert window.complaints == []


def _entry(key: str, value: str | list[str]) -> str:
    """The sound entry with one other value, in YAML that is JSON."""
    fields: dict[str, object] = {
        **SOUND,
        "kelompok": "perangkat daerah",
        "pengelola": "Dinas Kesehatan Contoh",
        "status": "diajukan pengelola",
    }
    body = f"## Cara kerja\n\n{value}\n" if key == "isi" else "## Cara kerja\n\nKurir mengantar.\n"
    fields |= {} if key == "isi" else {key: value}
    head = "\n".join(f"{name}: {json.dumps(content, ensure_ascii=False)}" for name, content in fields.items())
    return f"---\n{head}\n---\n\n{body}"


def test_the_form_says_what_check_says(page: Page, tmp_path: Path) -> None:
    """Every value of the shared file through both; the same two sentences, or none."""
    root = make_project(tmp_path, CASES / "good" / "kecil")
    asked = """([key, value]) => {
      const { rules, check, checkBody } = usulan;
      return key === "isi" ? checkBody(value, 0) : check(rules.kolom.find((rule) => rule.key === key), value);
    }"""
    for vector in VECTORS:
        (root / "content" / "innovations" / "ojek-obat.md").write_text(_entry(vector["key"], vector["value"]), "utf-8")
        found = [problem for problem in mistakes(build.read_entries(root, TODAY)[1]) if "ojek" in problem.place.path]
        told = page.evaluate(asked, [vector["key"], vector["value"]])

        assert bool(found) == vector["fault"], vector
        assert told == ([found[0].message, found[0].remedy] if found else None), vector


def _next(page: Page) -> None:
    page.locator(".tahap.kini [data-lanjut]").click()


def _fault(page: Page, name: str) -> str:
    return page.locator(f"#{name}-galat").inner_text()


def _fill_sound(page: Page) -> None:
    for name, value in SOUND.items():
        page.locator(f"#{name}").fill(value)
    page.locator('[name="jenis"]').first.check()
    _next(page)
    page.locator('[name="kelompok"]').first.check()
    page.locator("#pengelola").fill("Dinas Kesehatan Contoh")
    page.locator("#mitra").fill("Kader Contoh\nPT Mitra: \"Rekan\" & 'Kawan' #1")
    page.locator("#kontak-unit").fill("Bagian Umum Contoh")
    page.locator("#kontak-telepon").fill("0734 123456")
    _next(page)
    page.locator("#urusan-0").select_option("Kesehatan")
    page.locator("#urusan-1").select_option("Pertanian")
    page.locator("#uji_coba").fill("2019-11")
    page.locator("#penerapan").fill("2020-02-01")
    page.get_by_label("Contoh Hulu").check()
    _next(page)
    page.locator("#isi-2").fill("Kurir mengantar obat.[^1]\n\n- pagi\n- sore: 15.00")
    page.locator("details", has_text="Sumber").first.locator("summary").click()
    page.locator("#sumber-0-judul").fill("Berita: 'Ojek Obat' #1")
    page.locator("#sumber-0-penerbit").fill("Harian Contoh")
    page.locator("#sumber-0-tanggal").fill("2021-03")
    page.locator("#sumber-0-url").fill("https://media.example/obat?a=1&b=2")


MISTAKES = {
    1: [
        ("nama", "AB", "terlalu pendek: 2 karakter"),
        ("kepanjangan", "X", "terlalu pendek: 1 karakter"),
        ("ringkasan", "Ojek", "terlalu pendek: 4 karakter, seharusnya 40 sampai 240"),
    ],
    2: [
        ("pengelola", "Dinas Kesehatn Contoh", "Maksud Anda `Dinas Kesehatan Contoh`?"),
        ("mitra", "A", "terlalu pendek"),
        ("kontak-unit", "X", "terlalu pendek"),
        ("kontak-telepon", "0812 3456 7890", "nomor ponsel"),
        ("kontak-surel", "bukan surel", "bukan alamat surel"),
    ],
    3: [
        ("uji_coba", "12 Mei 2019", "Maksud Anda `2019-05-12`?"),
        ("penerapan", "2999", "ada di masa depan"),
    ],
    4: [
        ("isi-2", "# Judul", "Pakai dua tanda: `## Judul`"),
        ("sumber-0-judul", "X", "terlalu pendek"),
        ("sumber-0-penerbit", "X", "terlalu pendek"),
        ("sumber-0-tanggal", "2019-13", "bukan tanggal yang dikenal"),
        ("sumber-0-url", "media.example", "harus diawali http://"),
        ("penghargaan-0-nama", "X", "terlalu pendek"),
        ("penghargaan-0-tahun", "1", "harus angka 1900 sampai"),
        ("penghargaan-0-pemberi", "X", "terlalu pendek"),
        ("situs", "http://layanan.example", "harus diawali https://"),
        ("video", "video", "harus diawali https://"),
        ("kata_kunci", "a", "terlalu pendek"),
    ],
}


def test_a_clerk_makes_every_mistake_and_ends_with_a_sound_file(page: Page, tmp_path: Path) -> None:
    """Each mistake told beside its field; the draft survives; the address carries a file that passes."""
    _next(page)
    expect(page.locator("#semua-galat h2")).to_have_text("Ada 2 hal yang perlu diperbaiki")
    assert page.evaluate("document.activeElement.id") == "semua-galat"
    assert "Kolom `nama` kosong." in _fault(page, "nama")
    for step, rows in MISTAKES.items():
        for name, value, words in rows:
            page.evaluate("name => document.getElementById(name).closest('details')?.setAttribute('open', '')", name)
            page.locator(f"#{name}").fill(value)
            page.locator(f"#{name}").blur()
            assert words in _fault(page, name), name
            assert page.locator(f"#{name}").get_attribute("aria-invalid") == "true", name
        _next(page)
        expect(page.locator(f"#langkah-{step}")).to_be_visible()
        for name, _, _ in rows:
            page.locator(f"#{name}").fill("")
        if step == 1:
            for name, value in SOUND.items():
                page.locator(f"#{name}").fill(value)
        if step == 2:
            page.locator('[name="kelompok"]').first.check()
            page.locator("#pengelola").fill("Dinas Kesehatan Contoh")
        if step < 4:
            _next(page)

    page.locator("#kosongkan").click()
    _fill_sound(page)
    page.reload()
    assert page.locator("#isi-2").input_value().startswith("Kurir mengantar obat.")
    expect(page.locator("#lihat h3")).to_have_text("Ojek Obat")
    _next(page)
    expect(page.get_by_role("heading", name="Periksa dan kirim")).to_be_visible()

    # With this answer the browser stays where it is.
    page.context.route("https://forge.example/**", lambda route: route.fulfill(status=204))
    with page.expect_request("https://forge.example/**") as asked:
        page.locator("#kirim-repo").click()
    query = parse_qs(urlsplit(asked.value.url).query)
    assert asked.value.url.startswith("https://forge.example/contoh/katalog/new/main?")
    assert query["filename"] == ["content/innovations/ojek-obat.md"]
    text = query["value"][0]
    assert text == page.locator("#isi-berkas").text_content()
    _assert_passes(text, tmp_path)


def _assert_passes(text: str, folder: Path, name: str = "ojek-obat") -> None:
    """`check` has nothing to say of the file, and its page is built."""
    root = make_project(folder, CASES / "good" / "kecil")
    (root / "content" / "innovations" / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
    built = build_project(root)
    assert [problem for problem in built.outcome.problems if name in problem.place.path] == []
    html = built.text(f"inovasi/{name}/index.html")
    assert "PT Mitra: &#34;Rekan&#34; &amp; &#39;Kawan&#39; #1" in html
    assert "Berita: &#39;Ojek Obat&#39; #1" in html
    assert "Diajukan pengelola" in html


def test_a_long_text_goes_by_the_clipboard(page: Page) -> None:
    """The forge would refuse the address; it opens a stub instead, and the text is copied."""
    _fill_sound(page)
    page.locator("#isi-0").fill("Sebuah kalimat yang panjang sekali. " * 250)
    _next(page)
    address = str(page.locator("#kirim-repo").get_attribute("href"))

    assert len(address) < 6000
    assert "tempel isi entri" in unquote(address)
    expect(page.locator("#terlalu-panjang")).to_be_visible()


def test_other_doors_lead_out_as_well(page: Page, tmp_path: Path) -> None:
    """E-mail first where an office can be asked, then the forge, then the file itself."""
    _fill_sound(page)
    _next(page)
    assert page.locator(".pintu h3").all_inner_texts() == [
        "Kirim lewat surel",
        "Kirim ke repositori",
        "Simpan berkasnya",
    ]
    mail = str(page.locator("#kirim-surel").get_attribute("href"))
    assert mail.startswith("mailto:umum@contoh.example?subject=Usulan%20inovasi%3A%20Ojek%20Obat&body=")
    with page.expect_download() as download:
        page.locator("#unduh").click()

    assert download.value.suggested_filename == "ojek-obat.md"
    _assert_passes(Path(download.value.path()).read_text(encoding="utf-8"), tmp_path)


def test_a_name_that_is_taken_is_told_and_gets_another_file(page: Page) -> None:
    """Nothing that is there is written over."""
    _fill_sound(page)
    page.goto(re.sub("#.*", "", page.url) + "#langkah-1")
    page.locator("#nama").fill("Kopi Sehat")
    page.goto(re.sub("#.*", "", page.url) + "#langkah-5")

    expect(page.locator("#mirip")).to_contain_text("KOPI SEHAT")
    expect(page.locator("#nama-berkas")).to_have_text("kopi-sehat-2.md")


def test_what_a_stranger_types_stays_text_in_the_preview(page: Page) -> None:
    """As everywhere."""
    page.locator("#nama").fill("<img src=x onerror=document.title=1>")
    page.goto(re.sub("#.*", "", page.url) + "#langkah-1")

    expect(page.locator("#lihat h3")).to_have_text("<img src=x onerror=document.title=1>")
    assert page.locator("#lihat img").count() == 0


def test_the_form_works_where_storage_is_shut(browser: Browser, site: str) -> None:
    """Only the draft is lost."""
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    shut = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('shut', 'SecurityError'); } })"
    )
    page.add_init_script(shut)
    page.goto(f"{site}/usulkan/")
    _fill_sound(page)
    _next(page)

    expect(page.locator("#isi-berkas")).to_contain_text("nama: Ojek Obat")
    assert complaints == []
    page.close()


def test_without_script_there_are_sheets_to_fill_in(browser: Browser, site: str) -> None:
    """The page says so, and shows no form that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/usulkan/")

    expect(page.locator("#usul")).to_be_hidden()
    for name in ("Lembar isian untuk pengolah kata (RTF)", "Lembar isian berupa teks (Markdown)"):
        link = page.get_by_role("link", name=name)
        assert page.request.get(f"{site}/usulkan/{str(link.get_attribute('href')).rsplit('/', 1)[-1]}").ok
    context.close()


def test_axe_finds_nothing_in_any_state(page: Page) -> None:
    """Empty, with mistakes, with each step filled in, ready to send; nothing scrolls sideways."""

    def look() -> None:
        faults = judge(page, widths=[320, 1280])
        assert not faults, faults

    look()
    _next(page)
    look()
    _fill_sound(page)
    look()
    page.locator("#sumber-0-url").fill("media")
    _next(page)
    look()
    page.locator("#sumber-0-url").fill("https://media.example/obat")
    _next(page)
    page.locator("summary", has_text="Lihat isi berkas").click()
    look()
    for step in (2, 3):
        page.goto(re.sub("#.*", "", page.url) + f"#langkah-{step}")
        look()


def test_the_keyboard_alone_reaches_the_end(page: Page) -> None:
    """Typing, Tab, space and Enter."""
    page.locator("#nama").focus()
    for text in ("Ojek Obat", "", SOUND["ringkasan"]):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.locator(".tahap.kini [data-lanjut]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#langkah-2")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "judul-2"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Dinas Kesehatan Contoh")
    page.locator(".tahap.kini [data-lanjut]").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#langkah-3")).to_be_visible()


def test_without_repository_and_contact_the_file_is_the_way(browser: Browser, tmp_path: Path) -> None:
    """No door that leads nowhere."""
    root = make_project(tmp_path / "proyek", CASES / "good" / "kecil")
    config = root / "site_config.toml"
    text = config.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^repositori = .*$", 'repositori = ""', re.sub(r"(?m)^kontak = .*$", "kontak = {}", text))
    config.write_text(text, encoding="utf-8")
    with serve_project(root, tmp_path / "situs") as address:
        page = browser.new_page()
        page.goto(f"{address}/usulkan/")
        _fill_sound(page)
        _next(page)

        assert page.locator(".pintu h3").all_inner_texts() == ["Simpan berkasnya"]
        page.close()
