"""Markdown from strangers becomes HTML that cannot harm."""

import pytest

from katalog.prose import ProseRecipe, make_converter

to_html = make_converter(ProseRecipe(base_url="https://katalog.example/contoh"))

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "[klik](javascript:alert(1))",
    "[klik](JaVaScRiPt:alert(1))",
    "[klik](&#106;avascript:alert(1))",
    "[klik](data:text/html;base64,PHNjcmlwdD4=)",
    "[klik](vbscript:x)",
    "<a href='javascript:alert(1)'>x</a>",
    '<p style="background:url(x)">x</p>',
    "<form action=/x><input></form>",
    '<a href="https://a.example" onclick="x()">x</a>',
    "<style>*{display:none}</style>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "<math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    '## Judul {onclick="x"}',
    "|a|\n|-|\n|<script>x</script>|",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_stranger_runs(text: str) -> None:
    """No element, attribute or scheme that could act survives."""
    html = to_html(text).lower()
    inert = html.replace("&lt;", "").replace("&amp;", "&")

    for word in ("<script", "<img", "<svg", "<iframe", "<style", "<form", "<input", "<base", "<meta", "<math"):
        assert word not in html
    for word in (
        ' onerror="',
        ' onclick="',
        ' onload="',
        ' style="',
        'href="javascript',
        'href="data',
        'href="vbscript',
    ):
        assert word not in inert


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
    ],
)
def test_links_are_placed_or_marked(href: str, expected: str) -> None:
    """Own pages go below the base path; all others are marked and get no credit."""
    assert expected in to_html(f"[x]({href})")


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
