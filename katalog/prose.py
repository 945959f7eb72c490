"""Markdown -> safe HTML. Content is untrusted: whatever Markdown makes goes through an allow-list."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from katalog.text import ID_PREFIX

_ALIGNMENTS = {"left": "rata-kiri", "center": "rata-tengah", "right": "rata-kanan"}
_TAGS = frozenset(
    {
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "dl",
        "dt",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
    }
    | {
        "ins",
        "li",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "th": {"scope"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_LINK = re.compile(r'<a href="([^"]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseRecipe:
    """What the HTML depends on besides the text: the site's address. Part of any cache's key."""

    base_url: str


def make_converter(recipe: ProseRecipe) -> Callable[[str], str]:
    """A function from Markdown to safe HTML; it keeps its parser, so make it once per build."""
    parser = Markdown(extensions=["tables", "sane_lists", "toc", _Content()], output_format="html")
    cleaner = nh3.Cleaner(
        tags=set(_TAGS),
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

    def to_html(text: str) -> str:
        html = parser.reset().convert(text)
        return (
            _LINK.sub(lambda match: _link(match[1], recipe.base_url), cleaner.clean(html))
            .replace("<table>", '<div class="gulir" tabindex="0"><table>')
            .replace("</table>", "</table></div>")
        )

    return to_html


def _link(href: str, base_url: str) -> str:
    """A link's opening: own pages below the base path, others marked and given no credit."""
    path = urlsplit(base_url).path
    if re.fullmatch(r"#[\w-]+", href):
        target = href if href.startswith("#sumber-") else f"#{ID_PREFIX}{href[1:]}"
        return f'<a href="{target}"'
    if re.match(r"/(?![/\\])", href):
        return f'<a href="{path}{href}"'
    if href.startswith(("mailto:", "tel:", f"{base_url}/")):
        return f'<a href="{href}"'
    return f'<a class="luar" rel="noopener nofollow ugc" href="{href}"'


class _SourceMarks(InlineProcessor):
    """`[^2]` -> a raised link to the second source of the entry."""

    def handleMatch(  # type: ignore[override]
        self,
        m: re.Match[str],
        data: str,
    ) -> tuple[Element, int, int]:
        mark = Element("sup", {"class": "rujukan"})
        link = Element("a", {"href": f"#sumber-{m[1]}"})
        link.text = m[1]
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
        md.inlinePatterns.register(_SourceMarks(r"\[\^([1-9][0-9]{0,3})\]", md), "source_marks", 175)
        md.treeprocessors.register(_Tables(md), "table_classes", 15)
