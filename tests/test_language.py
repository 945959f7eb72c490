"""The site in other languages: complete, side by side with the Indonesian one, and without a line of code for each."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from selectolax.lexbor import LexborHTMLParser, LexborNode

import build
from katalog.arguments import Options
from katalog.config import read_config
from katalog.language import INDONESIAN, Language
from katalog.load import read_toml
from katalog.model import File, Kept, PartialDate
from katalog.pages import extras, listing
from katalog.translations import read_languages
from tests.conftest import ROOT, TODAY, Built, build_project, make_project
from tests.test_glance import _change as change
from tests.test_glance import _make as make

BASE_URL = "https://katalog.example/contoh"
ENGLISH = ROOT / "locale" / "en" / "LC_MESSAGES" / "katalog.po"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
VALUE = re.compile(r"%\(\w+\)s|\{\w\}|<[^>]+>")
TABLE = """
[bahasa.{code}]
nama = "{name}"
judul = "{open}Catalogue{close}"
deskripsi = "{open}A catalogue for tests; regency, offices and innovations do not exist.{close}"
lisensi = {{nama = "{open}CC BY{close}", url = "https://creativecommons.org/licenses/by/4.0/deed.en"}}
"""
# Terms that are named in the other language; those of managers and districts are proper names.
TRANSLATED = re.compile(r"\[\[(?!pengelola|kecamatan)\w+\]\]")


def messages() -> Iterator[tuple[str, ...]]:
    """Every message of code and templates: one text, or one for one and one for many."""
    for folder, method in (("katalog", "python"), ("templates", "jinja2")):
        pattern = "**.py" if method == "python" else "**.html"
        for _, _, message, _, _ in extract_from_dir(str(ROOT / folder), [(pattern, method)], keywords=KEYWORDS):
            yield message if isinstance(message, tuple) else (message,)


def speak(root: Path, code: str = "en", name: str = "English", marks: tuple[str, str] = ("", "")) -> Path:
    """A project that speaks another language, too: its table, its terms, its pages of editors."""
    opened, closed = marks
    config = root / "site_config.toml"
    table = TABLE.format(code=code, name=name, open=opened, close=closed)
    config.write_text(config.read_text(encoding="utf-8") + table, encoding="utf-8")
    vocabulary = root / "content" / "vocabulary.toml"
    parts = re.split(r"(?m)^(?=\[\[)", vocabulary.read_text(encoding="utf-8"))
    for number, part in enumerate(parts):
        if TRANSLATED.match(part) and (found := re.search(r'(?m)^nama = "([^"]+)"', part)):
            words = f'nama = "{opened}{found[1]} {code}{closed}", uraian = "{opened}A note on {found[1]}.{closed}"'
            parts[number] = f"{part.rstrip()}\nterjemahan = {{{code} = {{{words}}}}}\n\n"
    vocabulary.write_text("".join(parts), encoding="utf-8")
    prose = root / "content" / "pages" / code / "tentang.md"
    prose.parent.mkdir(parents=True)
    summary = f"{opened}What this catalogue for tests holds, in another language.{closed}"
    prose.write_text(
        f"---\njudul: {opened}About{closed}\nringkasan: {summary}\nurutan: 10\n---\n\n{opened}Text.{closed}\n",
        encoding="utf-8",
    )
    return root


def write_marked(root: Path, code: str, opened: str, closed: str) -> None:
    """A translation that says everything in marks."""
    catalog = Catalog(locale=code)
    for message in messages():
        marked = [f"{opened}{text}{closed}" for text in message]
        catalog.add(message if len(message) > 1 else message[0], marked if len(message) > 1 else marked[0])
    number = catalog.get("1.000")
    assert number is not None
    number.string = "1'000"
    file = root / "locale" / code / "LC_MESSAGES" / "katalog.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    content = BytesIO()
    write_po(content, catalog)
    file.write_bytes(content.getvalue())


def pages(built: Built, prefix: str = "") -> dict[str, str]:
    """The HTML pages by their addresses."""
    return {
        path.removesuffix("index.html"): built.text(path)
        for path in built.files
        if path.endswith(".html") and path.startswith(prefix)
    }


def test_every_message_is_translated_with_the_same_values() -> None:
    """Into English, and nothing is left in doubt; so no visitor of /en/ meets an Indonesian word of ours."""
    catalog = read_po(BytesIO(ENGLISH.read_bytes()), locale="en")
    known = {_texts(message.id): message for message in catalog}
    wanted = set(messages())
    # What has a form for many has it wherever it stands.
    single = {message[0] for message in known if message[0]}

    assert len(wanted) > 200
    assert {message for message in wanted if message[0] not in single} == set()
    for ids, message in known.items():
        texts = _texts(message.string)
        if ids != ("",):
            assert not message.fuzzy, ids
            assert all(texts), ids
            assert {frozenset(VALUE.findall(text or "")) for text in texts} == {frozenset(VALUE.findall(ids[0]))}, ids
            assert ids[0] in {found[0] for found in wanted}, f"{ids} is said nowhere"


def _texts(value: str | Sequence[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


MARKS = ("⟦", "⟧")
SHOWN = ("title", "aria-label", "alt", "placeholder", "content", "data-judul", "data-apa", "data-lalu", "data-ya")
# Attributes of elements that machines read: addresses, sizes, formats.
FOR_MACHINES = ("viewport", "theme-color", "og:url", "og:image", "og:type", "twitter:card", "robots")


def said(page: str) -> Iterator[str]:
    """What a page says to people in its own language: its text, and the attributes that are read out."""
    root = LexborHTMLParser(page).root
    assert root
    found = list(_said(root))
    # A message may hold elements, so the text of the page is looked at as a whole.
    yield from without_marked("\n".join(text for is_text, text in found if is_text)).split("\n")
    yield from (without_marked(text) for is_text, text in found if not is_text)


def _said(node: LexborNode) -> Iterator[tuple[bool, str]]:
    name = node.tag
    attributes = {key: value or "" for key, value in node.attributes.items()}
    if (name != "html" and attributes.get("lang")) or name in {"script", "style", "code", "textarea"}:
        return
    if name == "-text":
        yield True, (node.text_content or "").replace("\n", " ")
        return
    kind = attributes.get("name") or attributes.get("property") or ""
    if not (name == "meta" and (kind.startswith(FOR_MACHINES) or "http-equiv" in attributes)):
        yield from ((False, attributes[key]) for key in SHOWN if attributes.get(key))
    child = node.child
    while child is not None:
        yield from _said(child)
        child = child.next


def without_marked(text: str) -> str:
    """What stands in no marks."""
    depth, kept = 0, []
    for character in text:
        depth += (character == MARKS[0]) - (character == MARKS[1])
        kept.append(" " if depth or character == MARKS[1] else character)
    return "".join(kept)


def test_pages_say_nothing_that_no_translation_can_reach(tmp_path: Path) -> None:
    """In a language that puts everything in marks, what stands in none is data, or in Indonesian and marked so."""
    root = make_project(tmp_path, ROOT / "tests" / "cases" / "good" / "kecil")
    change(root / "content" / "innovations" / "kopi-sehat.md", "pengelola:", "inisiator: masyarakat\npengelola:")
    speak(root, "ms", "⟦Melayu⟧", MARKS)
    write_marked(root, "ms", *MARKS)

    built = build_project(root)

    assert built.outcome.problems == ()
    data = _data(root, built)
    left = {
        (path, rest)
        for path, text in pages(built, "ms/").items()
        for words in said(text)
        for rest in [data.sub(" ", words).strip(" .,:;·–…()×/“”#")]
        if re.search(r"[^\W\d_]{2}", rest)
    }
    assert sorted({rest for _, rest in left}) == []
    assert len(pages(built, "ms/")) > 30


def _data(root: Path, built: Built) -> re.Pattern[str]:
    """What is content or a proper name, wherever it stands."""
    entries = json.loads(built.files["data/inovasi.json"])["inovasi"]
    names = [
        entry[key] for entry in entries for key in ("nama", "kepanjangan", "ringkasan", "pengelola") if key in entry
    ]
    terms = re.findall(r'(?m)^(?:nama|uraian) = "([^"]+)"', (root / "content" / "vocabulary.toml").read_text("utf-8"))
    own = [
        "Kabupaten Contoh",
        "Contoh",
        "Bahasa Indonesia",
        "WhatsApp",
        "Telegram",
        "Facebook",
        "BibTeX",
        "RIS",
        "ID",
        "X",
    ]
    withdrawn = [
        "Entri Ditarik",
        "Entri Lain",
        "statistik.json",
        "a.example",
        "umum@contoh.example",
        "Bagian Umum Contoh",
    ]
    addresses = [r"https?://\S+", r"\S+@\S+", r"\b\w+\.(?:json|csv|png|svg)\b"]
    words = sorted({*names, *terms, *own, *withdrawn}, key=len, reverse=True)
    own_words = rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)"
    return re.compile("|".join([*addresses, r"\b[\w-]+(?:\.[\w-]+)*\.example\b", own_words]), re.IGNORECASE)


def test_a_third_language_needs_no_code(tmp_path: Path) -> None:
    """A table, a file of messages, words of terms, a page of editors; all three stand side by side."""
    root = speak(make_project(tmp_path, ROOT / "tests" / "cases" / "good" / "kecil"))
    write_marked(root, "ms", "", " (ms)")
    config = root / "site_config.toml"
    config.write_text(config.read_text("utf-8") + '\n[bahasa.ms]\nnama = "Bahasa Melayu"\n', encoding="utf-8")

    built = build_project(root)

    assert built.outcome.problems == ()
    assert '<html lang="ms">' in built.text("ms/index.html")
    assert "Beranda (ms)" in built.text("ms/inovasi/index.html")
    assert "1'000" in built.text("ms/inovasi/index.html")
    links = re.findall(r'<a class="ke ke-bahasa" lang="(\w+)"[^>]* href="([^"]+)"', built.text("en/urusan/index.html"))
    assert links == [("id", "/contoh/urusan/"), ("ms", "/contoh/ms/urusan/")]


ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">')


def test_twins_name_each_other_and_every_page_leads_to_the_other_language(english: Built) -> None:
    """The canonical address is the page's own; pages without a twin lead to the other language's first page."""
    every = pages(english)
    for path, text in every.items():
        if "/sematan/" in path or 'http-equiv="refresh"' in text:
            continue
        twins = dict(ALTERNATE.findall(text))
        other = re.search(r'<a class="ke ke-bahasa" lang="(\w+)" hreflang="(\w+)"[^>]* href="/contoh/([^"]*)">', text)
        assert other, path
        assert other[1] == other[2] == ("id" if path.startswith("en/") else "en")
        assert other[3] in every, path
        if not twins:
            assert path == "404.html" or other[3] == "en/" or 'content="noindex"' in text, path
            continue
        assert f'<link rel="canonical" href="{BASE_URL}/{path}">' in text
        assert set(twins) == {"id", "en", "x-default"}
        assert twins["x-default"] == twins["id"]
        assert f"{BASE_URL}/{path}" in twins.values()
        assert twins["en"] == f"{BASE_URL}/en/{twins['id'].removeprefix(BASE_URL).lstrip('/')}"
        for address in twins.values():
            assert ALTERNATE.findall(every[address.removeprefix(f"{BASE_URL}/")]) == list(twins.items())


def test_pages_of_visitors_are_there_in_english_and_no_others(english: Built) -> None:
    """Data, the form, feeds and frames stay at their one address, and links to them say so."""
    there = set(pages(english, "en/"))

    assert {"en/", "en/inovasi/", "en/inovasi/a-z/", "en/inovasi/kopi-sehat/", "en/statistik/", "en/tentang/"} <= there
    assert {"en/inovasi/kopi-lama/", "en/urusan/tani/", "en/inovasi/entri-ditarik/"} <= there
    assert not [path for path in there if re.search(r"/(usulkan|data|sematan|api|perubahan)/", path)]
    assert all(path.endswith((".html", "/")) for path in english.files if path.startswith("en/"))
    home = english.text("en/index.html")
    assert '<a href="/contoh/data/" hreflang="id">Open data</a> <small>(in Indonesian)</small>' in home
    assert '<a href="/contoh/en/statistik/">Statistics</a></li>' in home


def test_the_words_of_an_entry_stay_indonesian_and_are_marked(english: Built) -> None:
    """Names, summaries and bodies carry `lang`; what stands around them is English."""
    text = english.text("en/inovasi/kopi-sehat/index.html")

    assert '<html lang="en">' in text
    assert '<h1 lang="id">KOPI SEHAT</h1>' in text
    assert '<meta property="og:locale" content="en_GB">' in text
    assert "<dt>Managing body</dt>" in text
    assert '"inLanguage":"id"' in text
    assert '"inLanguage":"en"' in english.text("en/index.html")
    assert '<div lang="id"><' in text


def test_an_english_summary_comes_first_on_the_english_page(project: Path) -> None:
    """The Indonesian one stands below it, marked; on the Indonesian page it is the other way round."""
    file = project / "content" / "innovations" / "kopi-sehat.md"
    words = "Health cadres talk about healthy living with coffee farmers."
    text = re.sub(r"(?m)^ringkasan_en: .*$", f"ringkasan_en: {words}", file.read_text("utf-8"))
    file.write_text(text, encoding="utf-8")

    built = build_project(speak(project))

    assert built.outcome.problems == ()
    indonesian, english = (built.text(f"{prefix}inovasi/kopi-sehat/index.html") for prefix in ("", "en/"))
    assert re.search(rf'<p class="ringkasan">[^<]+</p>\n<p lang="en">{words}</p>', indonesian)
    assert re.search(rf'<p class="ringkasan">{words}</p>\n<p lang="id">[^<]+</p>', english)
    assert f'<meta name="description" content="{words}">' in english
    assert f'<p class="uraian">{words}</p>' in built.text("en/inovasi/index.html")


def test_without_a_table_there_is_one_language(small: Built) -> None:
    """No page below another prefix, no link, no twin."""
    assert not [path for path in small.files if re.match(r"[a-z]{2}/", path)]
    assert "hreflang" not in "".join(pages(small).values())
    assert "ke-bahasa" not in small.text("index.html")


def test_indonesian_pages_are_the_same_beside_another_language(small: Built, english: Built) -> None:
    """Save for the links to the other one."""
    link = re.compile(r'<link rel="alternate" hreflang="(?:id|en|x-default)" [^>]*>\n|<a class="ke ke-bahasa".*</a>\n')
    for path, text in pages(small).items():
        assert link.sub("", pages(english)[path]) == text, path


@pytest.mark.parametrize(
    ("choice", "most", "are_there"), [("otomatis", 1, False), ("otomatis", 9, True), ("ya", 1, True)]
)
def test_many_entries_keep_to_their_one_page(
    project: Path, monkeypatch: pytest.MonkeyPatch, choice: str, most: int, *, are_there: bool
) -> None:
    """Then English lists lead to it, and say nothing of a page that is not there."""
    monkeypatch.setattr(extras, "MOST_ENTRIES", most)
    extra = f'keluaran = {{kartu = "tidak", sematan = "tidak", kutipan = "tidak", terjemahan_entri = "{choice}"}}\n'
    change(project / "site_config.toml", "[lisensi]", f"{extra}\n[lisensi]")

    built = build_project(speak(project))

    assert built.outcome.problems == ()
    assert ("en/inovasi/kopi-sehat/index.html" in built.files) is are_there
    leads = "/contoh/en/inovasi/kopi-sehat/" if are_there else "/contoh/inovasi/kopi-sehat/"
    assert f'<a href="{leads}">KOPI SEHAT</a>' in built.text("en/inovasi/index.html")
    assert f'"inovasi":"{leads.removesuffix("kopi-sehat/")}"' in built.text("en/inovasi/index.html")


def test_lists_of_many_pages_stand_in_both_languages(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of lists, too, and where there were more of them before (an entry was withdrawn)."""
    monkeypatch.setattr(listing, "PER_PAGE", 1)

    built = build_project(speak(project))

    assert built.outcome.problems == ()
    second = built.text("en/inovasi/halaman/2/index.html")
    assert "All innovations, page 2 of 2" in second
    assert 'rel="prev" href="/contoh/en/inovasi/"' in second
    gone = built.text("en/inovasi/halaman/3/index.html")
    assert 'content="0; url=/contoh/en/inovasi/"' in gone
    assert "This page has moved" in gone


def test_links_in_an_entry_lead_where_they_led(project: Path) -> None:
    """Those too that begin from its Indonesian page; marks of sources stay on the page."""
    file = project / "content" / "innovations" / "sumur-desa.md"
    links = "[satu](../kopi-sehat/), [dua](../../data/), [tiga](/tentang/), [empat](https://a.example/)"
    file.write_text(f"{file.read_text('utf-8')}\n\nLihat {links}.\n", encoding="utf-8")

    built = build_project(speak(project))

    assert built.outcome.problems == ()
    text = built.text("en/inovasi/sumur-desa/index.html")
    body = text[text.index("Lihat <a") :]
    assert re.findall(r'<a[^>]* href="([^"]+)"[^>]*>(\w+)</a>', body)[:4] == [
        ("/contoh/inovasi/kopi-sehat/", "satu"),
        ("/contoh/data/", "dua"),
        ("/contoh/tentang/", "tiga"),
        ("https://a.example/", "empat"),
    ]


def test_a_broken_link_of_an_entry_is_told_once(project: Path) -> None:
    """Though it stands on two pages."""
    file = speak(project) / "content" / "innovations" / "sumur-desa.md"
    file.write_text(f"{file.read_text('utf-8')}\n\n[x](#nowhere) [y](/nowhere/)\n", encoding="utf-8")

    problems = build_project(project).outcome.problems

    assert [problem.place.path for problem in problems] == ["content/innovations/sumur-desa.md"] * 2
    assert all(problem.place.line for problem in problems)


def test_a_broken_link_of_an_english_page_is_told_at_its_line(project: Path) -> None:
    """Not at that of the Indonesian page of the same name."""
    change(speak(project) / "content" / "pages" / "en" / "tentang.md", "Text.", "[x](/en/nowhere/)")

    (problem,) = build_project(project).outcome.problems

    assert (problem.place.path, problem.place.line) == ("content/pages/en/tentang.md", 7)


def test_dates_numbers_and_forms_for_many() -> None:
    """By the messages alone; no locale of the machine plays a part."""
    language = _english()

    assert language.date(PartialDate(year=2018, month=1, day=17)) == "17 January 2018"
    assert language.date(PartialDate(year=2018, month=8)) == "August 2018"
    assert language.number(1656) == "1,656"
    assert [language.ngettext("%(num)s inovasi.", "%(num)s inovasi.", count) for count in (1, 2)] == [
        "1 innovation.",
        "2 innovations.",
    ]
    assert INDONESIAN.ngettext("%(num)s inovasi.", "%(num)s inovasi.", 1) == "1 inovasi."


@cache
def _english() -> Language:
    text, _ = read_toml(ROOT / "site_config.toml", ROOT)
    config, _ = read_config(text, PartialDate(year=2999))
    assert text
    assert config
    languages, problems = read_languages(config, text, ROOT, lambda _, __, compile_: compile_())
    assert problems == ()
    return languages[0]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('msgstr "Home"', 'msgstr "Home" sweet', True),
        ("Content-Type: text/plain; charset=utf-8", "Content-Type: text/plain; charset=klingon", False),
        ("plural=(n != 1);", "plural=(n !! 1);", False),
        ('msgstr "Home"', 'msgstr "100%"', True),
        ('msgstr "Home"', 'msgstr "<script>Home"', True),
        ('msgstr "Remove filter {x}"', 'msgstr "Remove filter"', True),
    ],
    ids=["syntax", "charset", "plural", "percent", "markup", "script"],
)
def test_a_broken_translation_is_a_mistake_and_no_crash(project: Path, old: str, new: str, *, line: bool) -> None:
    """Told with its file, and its line where it is on one."""
    change(speak(project) / "locale" / "en" / "LC_MESSAGES" / "katalog.po", old, new)

    problems = build_project(project).outcome.problems

    assert [problem.code for problem in problems] == ["terjemahan"]
    assert problems[0].place.path == "locale/en/LC_MESSAGES/katalog.po"
    assert bool(problems[0].place.line) is line


def test_what_is_not_translated_is_said_in_indonesian_and_told_before_a_release(project: Path) -> None:
    """A note at most: a new word stops nobody."""
    po = speak(project) / "locale" / "en" / "LC_MESSAGES" / "katalog.po"
    change(po, 'msgstr "Home"', 'msgstr ""')
    change(po, 'msgid "Cari"', '#, fuzzy\nmsgid "Cari"')

    built = build_project(project)
    released = build_project(project, release=True).outcome.problems

    assert built.outcome.problems == ()
    assert ">Beranda</a>" in built.text("en/inovasi/index.html")
    assert '<button type="submit">Cari</button>' in built.text("en/inovasi/index.html")
    told = [problem.message for problem in released if problem.code == "terjemahan"]
    assert set(told) == {"`Cari` masih ditandai fuzzy.", "`Beranda` belum diterjemahkan."}


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        ("locale/en/LC_MESSAGES/katalog.po", 'msgstr "Home"', 'msgstr "Start"', {"en/"}),
        ("content/pages/en/tentang.md", "Text.", "Other text.", {"en/tentang/"}),
        ("content/pages/tentang.md", "judul:", "judul: Baru", {"tentang/"}),
    ],
    ids=["messages", "english page", "indonesian page"],
)
def test_what_is_remembered_goes_by_language(project: Path, file: str, old: str, new: str, changed: set[str]) -> None:
    """The words of one language are no part of the keys of another's pages."""
    speak(project)
    before = _keys(project)
    change(project / file, old, new)
    after = _keys(project)

    pages_changed = {path for path, key in after.items() if before.get(path) != key}
    assert pages_changed
    if changed == {"en/"}:
        assert all(path.startswith("en/") for path in pages_changed)
        assert len(pages_changed) == sum(path.startswith("en/") for path in after)
    else:
        assert all(path.startswith("en/") == (changed == {"en/tentang/"}) for path in pages_changed if path in changed)
        assert f"{next(iter(changed))}index.html" in pages_changed
    if changed == {"en/tentang/"}:
        assert {path for path in pages_changed if not path.startswith(("en/", "sitemap"))} == set()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/vocabulary.toml", "berlanjut en", "goes on"),
        ("content/innovations/kopi-sehat.md", "ringkasan_en: Volunteers", "ringkasan_en: Two volunteers"),
    ],
    ids=["term of no entry", "english summary"],
)
def test_what_looks_different_has_another_key(project: Path, file: str, old: str, new: str) -> None:
    """Else it would be taken for what was published before."""
    before = _files(speak(project))
    change(project / file, old, new)
    after = _files(project)
    different = [path for path in before.keys() & after.keys() if before[path].content != after[path].content]

    assert any(path.startswith("en/") for path in different)
    assert [path for path in different if before[path].key == after[path].key] == []


def _keys(root: Path) -> dict[str, bytes]:
    return {path: file.key for path, file in _files(root).items()}


def _files(root: Path) -> dict[str, File]:
    files: dict[str, File] = {}

    def sink(stream: Iterator[File | Kept], is_sound: Callable[[], bool]) -> bool:
        files.update((file.path, file) for file in stream if isinstance(file, File))
        return is_sound()

    build.make_site(root, TODAY, sink, Options(command="build"))
    return files


def test_a_glance_at_a_saved_entry_is_the_page_beside_another_language(project: Path) -> None:
    """The Indonesian page at once; the English one comes with the site."""
    outcome, _ = make(speak(project))
    entry = project / "content" / "innovations" / "kopi-sehat.md"
    change(entry, "nama: ", "nama: Baru ")

    seen = build.glance(entry, project, TODAY, outcome)

    page = "inovasi/kopi-sehat/index.html"
    assert [(file.path, file.content) for file in seen] == [(page, make(project)[1][page])]
