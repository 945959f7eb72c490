"""Markdown -> safe HTML. Content is untrusted: whatever Markdown makes goes through an allow-list."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape, unescape
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from msgspec import Struct

from katalog.markdown_text import TAGS
from katalog.model import Known, Remember
from katalog.text import ID_PREFIX

_ALIGNMENTS = {"left": "rata-kiri", "center": "rata-tengah", "right": "rata-kanan"}
_ATTRIBUTES = {
    "*": {"lang"},  # a foreign word is read aloud in its language
    "a": {"href", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "th": {"scope"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# As the cleaner writes them: every quotation mark inside a value is an entity.
_LINK = re.compile(r'<a((?: [a-z]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_EMPTY = re.compile(r"<p>\s*</p>\n?")
# So many openings of links are kept: the first few sources are named in nearly every text.
_ANCHORS = 200
# Marks of sources come before all that begins with a bracket.
_SOURCE_MARK = re.compile(r"\[\^([1-9][0-9]{0,3})\]")
# What a pattern of Markdown's cannot be without; one that is not named here is always looked for.
_NEEDS = {
    "backtick": "`",
    "escape": "\\",
    "reference": "[",
    "link": "[",
    "image_link": "[",
    "image_reference": "[",
    "short_reference": "[",
    "short_image_ref": "[",
    "autolink": "<",
    "automail": "<",
    "html": "<",
    "entity": "&",
    "em_strong": "*_",
}
_MARKS = "`\\[<&*_"
# The same of kinds of blocks: to ask each of them for each block takes a third of a text's time.
_BLOCKS_NEED = {"table": "|", "setextheader": "=-", "hr": "-*_", "ulist": "-*+", "quote": ">", "reference": ":"}
_SIGNS = "|=-*_+>:"
# So many parsers are kept, each for other marks and signs: most texts need one of a few.
_PARSERS = 64
# Browsers drop these from the middle of an address, so that two strokes may not look like two.
_UNSEEN = re.compile(r"[\t\n\r]")


class ProseRecipe(Struct, frozen=True, kw_only=True):
    """What the HTML depends on besides the text: the site's address. Part of any cache's key."""

    base_url: str


def make_converter(recipe: ProseRecipe) -> Callable[[str], str]:
    """A function from Markdown to safe HTML; it keeps its parsers, so make it once per build."""
    parser_for = lru_cache(_PARSERS)(_make_parser)
    cleaner = nh3.Cleaner(
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        allowed_classes={
            "td": set(_ALIGNMENTS.values()),
            "th": set(_ALIGNMENTS.values()),
            "sup": {"rujukan"},
        },
        url_schemes=set(_SCHEMES),
        link_rel=None,
        id_prefix=ID_PREFIX,
    )

    def cleaned(parser: Markdown, text: str) -> str:
        return _EMPTY.sub("", cleaner.clean(parser.reset().convert(text))).strip()

    def to_html(text: str) -> str:
        marks, signs = _held(_MARKS, _SOURCE_MARK.sub("", text)), _held(_SIGNS, text)
        if _is_plain(text, marks):
            html = _SOURCE_MARK.sub(_raised, cleaned(parser_for("", signs, with_sources=False), text))
        else:
            html = _LINK.sub(lambda match: _anchor(match[1], recipe.base_url), cleaned(parser_for(marks, signs), text))
        return html.replace("<table>", '<div class="gulir" tabindex="0"><table>').replace("</table>", "</table></div>")

    return to_html


def _is_plain(text: str, marks: str) -> bool:
    """Whether a text can become no link, code or break, where a mark of a source is none; nearly all texts are such.

    Then marks are put in last, where they stand as they were written: in the parser's tree they take half its time.
    """
    return not marks and "  " not in text and "\t" not in text


def _held(signs: str, text: str) -> str:
    return "".join([sign for sign in signs if sign in text])


def _raised(mark: re.Match[str]) -> str:
    return f'<sup class="rujukan"><a href="#sumber-{mark[1]}">{mark[1]}</a></sup>'


def _make_parser(marks: str, signs: str, *, with_sources: bool = True) -> Markdown:
    """A parser for texts in which no more than these marks stand, besides marks of sources, and no more of these signs.

    Each pattern is searched for in each paragraph, which takes longer than all else, and most texts have few.
    """
    # No text of these can ask for a table of contents, which would be made to be found nowhere.
    contents = TocExtension() if "[" in marks else TocExtension(marker="", toc_depth=0)
    # By name they would be looked for among all that is installed, which takes longer than a hundred texts.
    parser = Markdown(extensions=[TableExtension(), SaneListExtension(), contents, _Content()], output_format="html")
    for name, needed in _NEEDS.items():
        if name in parser.inlinePatterns and not any(mark in marks for mark in needed):
            parser.inlinePatterns.deregister(name)
    for name, needed in _BLOCKS_NEED.items():
        if not any(sign in signs for sign in needed):
            parser.parser.blockprocessors.deregister(name)
    if not with_sources:
        # What is left to be searched for are two blanks at the end of a line.
        parser.treeprocessors.deregister("inline")
    if "escape" not in parser.inlinePatterns:
        parser.treeprocessors.deregister("unescape")
    return parser


def remembering(
    to_html: Callable[[str], str], remember: Remember, known: Known, recipe: bytes
) -> tuple[Callable[[str], str], Callable[[Sequence[str]], None]]:
    """The same function, which asks first what was made of a text before; `recipe` is all else that it depends on.

    With it what is told beforehand which texts it will be asked for next.
    """
    name = f"prosa-{recipe.hex()}"
    expected: dict[str, bytes] = {}

    def html_of(text: str) -> bytes:
        return remember(name, text.encode(), lambda: to_html(text).encode())

    def to_known_html(text: str) -> str:
        return (expected.get(text) or html_of(text)).decode()

    def expect(texts: Sequence[str]) -> None:
        expected.clear()
        kept = known(name, [text.encode() for text in texts])
        expected.update((text, html or html_of(text)) for text, html in zip(texts, kept, strict=True))

    return to_known_html, expect


@lru_cache(_ANCHORS)
def _anchor(attributes: str, base_url: str) -> str:
    """A link's opening: own pages below the base path, others marked and given no credit."""
    given = dict(_ATTRIBUTE.findall(attributes))
    title = f' title="{given["title"]}"' if "title" in given else ""
    href = _UNSEEN.sub("", unescape(given.get("href", ""))).strip()
    if not href or not _is_address(href):
        return f"<a{title}>"
    marks = ' class="luar" rel="noopener nofollow ugc"' if _is_foreign(href, base_url) else ""
    return f'<a{marks} href="{escape(_placed(href, base_url))}"{title}>'


def _is_address(href: str) -> bool:
    """Whether it leads to one place; `https:a` is a page of ours or another host, as the reader's scheme has it."""
    try:
        urlsplit(href)
    except ValueError:
        return False
    return not re.match(r"https?:(?!//)", href, re.IGNORECASE)


def _is_foreign(href: str, base_url: str) -> bool:
    if _SCHEME.match(href):
        return not href.lower().startswith(("mailto:", "tel:", f"{base_url.lower()}/"))
    return href.replace("\\", "/").startswith("//")


def _placed(href: str, base_url: str) -> str:
    """The address as it must stand on a page of the site."""
    if re.fullmatch(r"#sumber-[1-9][0-9]*|#", href):
        return href
    if href.startswith("#"):
        return f"#{ID_PREFIX}{href[1:]}"
    return urlsplit(base_url).path + href if href.startswith("/") and not _is_foreign(href, base_url) else href


class _SourceMarks(InlineProcessor):
    """`[^2]` -> a raised link to the second source of the entry."""

    def handleMatch(  # type: ignore[override]
        self,
        m: re.Match[str],
        data: str,
    ) -> tuple[Element, int, int]:
        # Atomic: else each number would be searched for all of Markdown, twice, which was half of a text's time.
        mark = Element("sup", {"class": "rujukan"})
        mark.text = AtomicString("")
        link = Element("a", {"href": f"#sumber-{m[1]}"})
        link.text = AtomicString(m[1])
        mark.append(link)
        return mark, m.start(0), m.end(0)


class _Tables(Treeprocessor):
    """Alignment as one of three classes instead of an inline style, and scoped column heads."""

    def run(self, root: Element) -> None:
        for cell in root.iter():
            if cell.tag not in {"td", "th"}:
                continue
            style = cell.attrib.pop("style", "")
            name = _ALIGNMENTS.get(style.removeprefix("text-align:").strip(" ;"))
            if name:
                cell.set("class", name)
            if cell.tag == "th":
                cell.set("scope", "col")


class _Content(Extension):
    """Our additions to Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        # Above links (160) and references (170), so that `[^1][^2]` is two marks and no link.
        md.inlinePatterns.register(_SourceMarks(_SOURCE_MARK.pattern, md), "source_marks", 175)
        # It reads the whole text as HTML, at a cost that grows with the square of the text and differs with Python's
        # own parser. Without it raw HTML is part of a line like any other, and cleaned with it.
        md.preprocessors.deregister("html_block")
        md.treeprocessors.register(_Tables(md), "table_classes", 15)
