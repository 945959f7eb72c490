"""Markdown from strangers becomes HTML that cannot harm."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from katalog import prose
from katalog.prose import _MARKS, _SIGNS, _SOURCE_MARK, ProseRecipe, _held, _make_parser, make_converter, remembering

to_html = make_converter(ProseRecipe(base_url="https://katalog.example/contoh"))


def test_source_marks_lead_to_the_sources() -> None:
    """Two in a row are two links, not a reference link."""
    assert to_html("Isi.[^1][^12]") == (
        '<p>Isi.<sup class="rujukan"><a href="#sumber-1">1</a></sup>'
        '<sup class="rujukan"><a href="#sumber-12">12</a></sup></p>'
    )


def test_source_marks_in_code_stay_text() -> None:
    """Code shows what was written."""
    assert "sumber-1" not in to_html("`[^1]`")


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/inovasi/a/", '<a href="/contoh/inovasi/a/">'),
        ("#bagian", '<a href="#isi-bagian">'),
        ("https://katalog.example/contoh/x/", '<a href="https://katalog.example/contoh/x/">'),
        ("mailto:a@b.example", '<a href="mailto:a@b.example">'),
        ("https://lain.example/", '<a class="luar" rel="noopener nofollow ugc" href="https://lain.example/">'),
        ("//lain.example/", '<a class="luar" rel="noopener nofollow ugc" href="//lain.example/">'),
        ("/\\\\lain.example/", '<a class="luar" rel="noopener nofollow ugc" href="/\\lain.example/">'),
        ("/&#9;/lain.example/", '<a class="luar" rel="noopener nofollow ugc" href="//lain.example/">'),
        ("HTTPS://LAIN.example/", '<a class="luar" rel="noopener nofollow ugc" href="HTTPS://LAIN.example/">'),
        (
            "https://katalog.example/lain/",
            '<a class="luar" rel="noopener nofollow ugc" href="https://katalog.example/lain/">',
        ),
        ("lain/", '<a href="lain/">'),
        ("#sumber-2", '<a href="#sumber-2">'),
        ("#", '<a href="#">'),
        ("https:lain.example", "<a>"),
        ("http:/lain.example", "<a>"),
        ("//[lain", "<a>"),
        ("https://\u2488com", "<a>"),
        ("ftp://lain.example/", "<a>"),
    ],
)
def test_links_are_placed_or_marked(href: str, expected: str) -> None:
    """Own pages go below the base path; all others are marked and get no credit."""
    assert expected in to_html(f"[x]({href})")


@pytest.mark.parametrize("before", ["title='x' ", "name=x title=x ", ""])
def test_links_are_marked_wherever_their_address_stands(before: str) -> None:
    """Raw HTML may begin a link with something else."""
    assert 'class="luar" rel="noopener nofollow ugc" href="https://a.example"' in to_html(
        f"<a {before}href='https://a.example'>x</a>"
    )


def test_titles_of_links_stay() -> None:
    """They are text."""
    assert to_html('[x](/data/ "<b> & \\"")') == '<p><a href="/contoh/data/" title="&lt;b&gt; &amp; \\&quot;">x</a></p>'


def test_a_comment_leaves_nothing() -> None:
    """Skeletons have one."""
    assert to_html("<!-- Ceritakan. -->\n\nIsi.") == "<p>Isi.</p>"


def test_blocks_of_raw_html_are_lines_like_others() -> None:
    """Nothing reads the whole text as HTML before the cleaner does."""
    assert to_html("<div>\n\n**a**\n\n</div>") == "<p><strong>a</strong></p>"


def test_no_attribute_comes_with_an_element_unasked() -> None:
    """The cleaner has some of its own; only the language of a word is wanted."""
    assert to_html('<b title="x" lang="en" dir="rtl" class="luar" id="isi" hidden>y</b>') == '<p><b lang="en">y</b></p>'


def test_ids_of_content_cannot_clobber_the_page() -> None:
    """A heading called "Isi" must not take the place of the page's main part."""
    assert to_html("## Isi") == '<h2 id="isi-isi">Isi</h2>'
    assert 'id="isi-jelajah"' in to_html('<h2 id="jelajah">x</h2>')


def test_tables_align_by_class() -> None:
    """The strict policy allows no inline style."""
    html = to_html("|a|b|\n|:-|-:|\n|1|2|")

    assert '<th class="rata-kanan" scope="col">b</th>' in html
    assert "style" not in html


def test_a_text_does_not_depend_on_the_one_before() -> None:
    """The parser is kept between texts and must forget them."""
    first = to_html("## Judul\n\n[a]: https://a.example")

    assert to_html("## Judul\n\n[a]") == '<h2 id="isi-judul">Judul</h2>\n<p>[a]</p>'
    assert to_html("## Judul\n\n[a]: https://a.example") == first


def test_a_text_becomes_html_once_under_a_recipe() -> None:
    """Another recipe makes it anew; an empty text is nothing that could be remembered."""
    known: dict[tuple[str, bytes], bytes] = {}
    made: list[str] = []
    asked: list[str] = []

    def remember(recipe: str, things: bytes, make: Callable[[], bytes]) -> bytes:
        asked.append(things.decode())
        if (recipe, things) not in known:
            known[recipe, things] = make()
        return known[recipe, things]

    def all_known(recipe: str, things: Sequence[bytes]) -> list[bytes]:
        return [known.get((recipe, each), b"") for each in things]

    def shout(text: str) -> str:
        made.append(text)
        return text.upper()

    (first, expect), (other, _) = (remembering(shout, remember, all_known, recipe) for recipe in (b"satu", b"dua"))

    assert [first("kopi – teh"), first("kopi – teh"), first(""), other("kopi – teh")] == ["KOPI – TEH"] * 2 + [
        "",
        "KOPI – TEH",
    ]
    assert made == ["kopi – teh", "", "kopi – teh"]

    asked.clear()
    expect(["kopi – teh", "", "air"])
    assert asked == ["", "air"]
    assert [first("air"), first("kopi – teh"), first("")] == ["AIR", "KOPI – TEH", ""]
    assert asked == ["", "air", ""]


_PIECES = st.sampled_from(
    (
        *"`\\[]()<>&*_!#:-+|~=^\"' \n\t1aB",
        *("\n\n", "  \n", "\r\n", "# ", "\n1. ", "\n- ", "\n> ", "\n| a | b |\n| - | -: |\n", "[TOC]", "\n\n[TOC]\n\n"),
        *("[^1]", "[^12]", "](", "](/a/)", "[a]: /b/\n\n", "[a]", "![a]", "**", "a_b_c", "<b>", "</b>", "<!-- c -->"),
        *("&amp;", "&#9;", "a@b.example", "https://a.example", "\x02", "\x03", "\x0292\x03", "\u2019"),
    )
)


@given(st.lists(_PIECES, max_size=40).map("".join))
@settings(max_examples=1500, deadline=None)
def test_patterns_that_a_text_cannot_need_are_not_missed(text: str) -> None:
    """What a parser makes of a text that has few marks and signs is what one makes that looks for all of them."""
    few = _make_parser(_held(_MARKS, _SOURCE_MARK.sub("", text)), _held(_SIGNS, text))

    assert few.convert(text) == _make_parser(_MARKS, _SIGNS).convert(text)


_PLAIN_PIECES = st.sampled_from(
    (
        *("[^1]", "[^2]", "[^1][^23]", "[^1]:", "[^1]: https://a.example\n", "[^0]", "^", "]", "(b)", "!", ":", ">"),
        *("a", "B c", "1", " ", "  ", "  \n", "\n", "\n\n", "\n# ", "\n## ", "\n===\n", "\n---\n", "\n1. ", "\n- "),
        *(
            "\n> ",
            "|",
            "\n| a | b |\n| - | -: |\n",
            "\u2019",
            "\x02",
            "\x03",
            "\r\n",
            '"',
            "https://a.example",
            "a@b.c",
        ),
    )
)


@given(st.lists(_PLAIN_PIECES, max_size=30).map("".join))
@settings(max_examples=3000, deadline=None)
def test_marks_of_sources_are_the_same_however_they_are_put_in(text: str) -> None:
    """Into the finished HTML of a text that holds nothing else, or into the tree of any text."""
    plainly = to_html(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "_is_plain", lambda *_: False)

        assert plainly == to_html(text)
