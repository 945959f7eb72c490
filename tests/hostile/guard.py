"""HTML -> what must not be in it, found by a parser that reads as browsers do (lexbor follows the HTML Standard)."""

import json
import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

# What Markdown of strangers may become: elements, and the attributes each may have besides `lang`.
_BARE = (
    "blockquote br code dd del dl dt em hr b i ins li p pre q s strong sub table tbody thead tr ul".split()  # noqa: SIM905
)
CONTENT: dict[str, frozenset[str]] = {
    **dict.fromkeys(_BARE, frozenset[str]()),
    "a": frozenset({"href", "title", "class", "rel"}),
    "abbr": frozenset({"title"}),
    "div": frozenset({"class", "tabindex"}),
    "ol": frozenset({"start"}),
    "sup": frozenset({"class"}),
    "td": frozenset({"class"}),
    "th": frozenset({"class", "scope"}),
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), frozenset({"id"})),
}
CLASSES = {"luar", "rujukan", "gulir", "rata-kiri", "rata-tengah", "rata-kanan"}
SCHEMES = {"http:", "https:", "mailto:", "tel:"}
ADDRESSES = (
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "srcset",
    "xlink:href",
    "background",
    "cite",
    "ping",
)
# No page needs them, whatever the templates become.
NEVER = {"style", "iframe", "frame", "object", "embed", "applet", "base", "portal", "noscript", "foreignobject"}

Pairs = frozenset[tuple[str, str]]


def pairs_of(html: str) -> Pairs:
    """Every element of a page with each of its attributes, and once with none."""
    return frozenset(pair for node in _nodes(html) for pair in [(_tag(node), ""), *_pairs(node)])


def page_faults(html: str, known: Pairs, base_url: str) -> list[str]:
    """What a page of the site must not hold; `known` is what pages without a hostile word consist of."""
    strange = pairs_of(html) - known
    return [*(f"not of the templates: {pair}" for pair in sorted(strange)), *_dangers(html, base_url)]


def content_faults(html: str, base_url: str) -> list[str]:
    """What the HTML of a text must not hold."""
    return [fault for node in _nodes(html, content=True) for fault in _content_faults(node, base_url)] + _dangers(
        html, base_url
    )


def _content_faults(node: LexborNode, base_url: str) -> Iterator[str]:
    tag, attributes = _tag(node), node.attributes
    allowed = CONTENT.get(tag)
    if allowed is None:
        yield f"element {tag}"
        return
    yield from (f"attribute {tag} {name}" for name in attributes if name not in allowed | {"lang"})
    yield from (f"class {name}" for name in (attributes.get("class") or "").split() if name not in CLASSES)
    if "id" in attributes and not (attributes["id"] or "").startswith("isi-"):
        yield f"id {attributes['id']}"
    if tag == "a" and leads_away(attributes.get("href") or "", base_url):
        if attributes.get("rel") != "noopener nofollow ugc" or attributes.get("class") != "luar":
            yield f"unmarked {attributes}"
    elif tag == "a" and "rel" in attributes:
        yield f"marked {attributes}"


def leads_away(href: str, base_url: str) -> bool:
    """Whether a browser would follow the address to another host, by the rules of the URL Standard."""
    seen = as_browser(href)
    if scheme_of(seen) in {"http:", "https:"}:
        return not seen.lower().startswith(base_url.lower() + "/")
    return seen.replace("\\", "/").startswith("//")


def scheme_of(href: str) -> str:
    """The scheme that a browser would see, in small letters; "" for relative addresses."""
    found = re.match(r"[a-z][a-z0-9+.-]*:", as_browser(href), re.IGNORECASE)
    return found[0].lower() if found else ""


def as_browser(href: str) -> str:
    """An address without what browsers drop from it: blanks and controls around, tabs and line ends within."""
    return re.sub(r"[\t\n\r]", "", href).strip("".join(map(chr, range(0x21))))


def _dangers(html: str, base_url: str) -> list[str]:
    return [fault for node in _nodes(html) for fault in _node_dangers(node, base_url)]


def _node_dangers(node: LexborNode, base_url: str) -> Iterator[str]:
    tag, attributes = _tag(node), node.attributes
    if tag in NEVER:
        yield f"element {tag}"
    if tag == "script":
        yield from _script_faults(node)
    if tag == "meta" and "http-equiv" in attributes:
        yield from _meta_faults(attributes)
    for name, value in attributes.items():
        # A page in a frame may lead out of it, and nowhere else.
        never = name in {"style", "srcdoc", "formaction", "ping"} or (name == "target" and value != "_top")
        if name.startswith("on") or never:
            yield f"attribute {tag} {name}"
        if name in ADDRESSES and scheme_of(value or "") not in SCHEMES | {""}:
            yield f"scheme {tag} {name}={value}"
        if name in {"src", "srcset", "action", "poster", "data"} and leads_away(value or "", base_url):
            yield f"elsewhere {tag} {name}={value}"
    if (
        tag == "a"
        and leads_away(attributes.get("href") or "", base_url)
        and "noopener" not in (attributes.get("rel") or "")
    ):
        yield f"without noopener {attributes}"


def _script_faults(node: LexborNode) -> Iterator[str]:
    kind, text = node.attributes.get("type"), node.text()
    if kind in {"application/json", "application/ld+json"}:
        try:
            json.loads(text)
        except ValueError as error:
            yield f"data {error}: {text[:80]}"
    elif "src" not in node.attributes or text.strip():
        yield f"script {text[:80]}"


def _meta_faults(attributes: dict[str, str | None]) -> Iterable[str]:
    kind, content = (attributes["http-equiv"] or "").lower(), attributes.get("content") or ""
    if kind == "refresh":
        return [] if re.fullmatch(r"0; url=/[a-z0-9/-]*", content) else [f"refresh {content}"]
    return [] if kind == "content-security-policy" and "unsafe" not in content else [f"meta {kind} {content}"]


def _nodes(html: str, *, content: bool = False) -> Iterator[LexborNode]:
    """Elements of a page, or of a part of one, in order; comments are no elements."""
    parser = LexborHTMLParser(f"<!DOCTYPE html><title></title><body>{html}" if content else html)
    root = parser.body if content else parser.root
    nodes = root.traverse() if root else iter(())
    if content:
        next(nodes, None)  # the body itself
    return (node for node in nodes if not _tag(node).startswith("-"))


def _tag(node: LexborNode) -> str:
    return node.tag or ""


def _pairs(node: LexborNode) -> list[tuple[str, str]]:
    return [(_tag(node), name) for name in node.attributes]
