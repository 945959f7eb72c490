"""The Markdown body of a text: what may stand in it, checked before it is parsed. Ground.

The parser is quick with what people write, and slow or out of stack with what nobody writes: a
thousand brackets left open, lists in lists in lists. What it costs grows with the square of a block
(the lines between two blank ones) and with its depth, so both have limits; `benchmarks/hostile.py`
measures the worst that stays within them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from katalog.problems import Code, Place, Problem, Say
from katalog.text import Text, body_place
from katalog.words import told

MAX_LINES = 2000
MAX_HEADINGS = 100
MAX_MARKS = 2000
# In one block.
MAX_BLOCK = 8000
MAX_BLOCK_LINES = 300
MAX_BLOCK_MARKS = 500
MAX_BLOCK_LINKS = 100
MAX_OPEN_BRACKETS = 8
# An address that many links name by a word is written out for each of them.
MAX_DEFINITION = 2000
# In one line.
MAX_NESTING = 8
MAX_INDENT = 40
MAX_COLUMNS = 24

# What content may become (words, since a list of them fills a screen); all else is dropped when HTML is cleaned.
TAGS = frozenset(
    "a abbr b blockquote br code dd del dl dt em h2 h3 h4 h5 h6 hr i ins li ol p pre q s strong sub sup "  # noqa: SIM905
    "table tbody td th thead tr ul".split()
)

_MARK = re.compile(r"[\[<&*_`\\]")
# Quotes and list items that a line opens before its own text; no two of the choices begin alike. Any script's digits
# number a list, as they do for the parser.
_CONTAINER = re.compile(r" *(?:>|[-+*](?= )|\d+\.(?= ))")
_OPENING = re.compile(r"(?:[ >]|[-+*] |\d+\. )*")
_DEFINITION = re.compile(r"\[[^\[\]]*\]:")
_RULE = re.compile(r" {0,3}(?:-(?: {0,2}-)+|\*(?: {0,2}\*)+) *")
_UNDERLINE = re.compile(r"(?:=+|-+) *")
_CODE = re.compile(r"(`+)[^`]+\1")
_SOURCE_MARK = re.compile(r"\[\^([^\]\s]*)\]")
_CLOSED_MARK = re.compile(r"\[\^[0-9]+\]")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\s?[(\[]|<img\b", re.IGNORECASE)
_TAG = re.compile(r"</?([a-zA-Z][\w-]*(?::[a-zA-Z]\w*)?)(?:[\s/][^<>]*)?>|<!--\[if\b")
# The few that Markdown has no mark for; images are told by themselves.
_HARMLESS_TAGS = frozenset({"abbr", "br", "del", "ins", "sub", "sup", "img"})
_SHORTEN = "Ringkas isinya."
_DIVIDE = "Bagi menjadi beberapa bagian dengan baris kosong di antaranya."
_FLATTEN = "Sederhanakan susunannya."


class _Excess(NamedTuple):
    """The first line of the body, from 0, that is more than the parser should be given."""

    line: int
    message: str
    remedy: str


def check_body(text: Text, sources: int, say: Say) -> None:
    """Everything that is wrong with the body; where it is too intricate to be parsed, that alone."""
    lines = text.body.split("\n")
    spread = [line.expandtabs(4) for line in lines] if "\t" in text.body else lines
    excess = find_excess(spread)
    if excess:
        place = body_place(text, excess.line)
        say(Problem(place=place, code=Code.BODY, message=excess.message, remedy=excess.remedy))
        return
    numbers = frozenset(map(str, range(1, sources + 1)))
    tags: list[tuple[Place, str]] = []
    for number, line in enumerate(lines):
        if heading := _heading_fault(spread[number], spread[number - 1] if number else ""):
            message, remedy = heading
            say(Problem(place=body_place(text, number), code=Code.HEADING, message=message, remedy=remedy))
        # What follows begins with one of two signs, and most lines have at most one.
        if "[" in line or "<" in line:
            _tell_image(text, number, line, say)
        for mark in _SOURCE_MARK.finditer(line) if "[" in line else ():
            if mark[1] not in numbers:
                place = body_place(text, number, mark.start() + 1, len(mark[0]))
                known = f"Entri ini punya {sources} sumber." if sources else "Entri ini belum punya kolom `sumber`."
                message, remedy = told("source_mark", mark=mark[0], known=known)
                say(Problem(place=place, code=Code.SOURCE_MARK, message=message, remedy=remedy))
        if "<" in line:
            tags += _tags(text, number, line)
    _tell_tags(tags, say)


def _tell_image(text: Text, number: int, line: str, say: Say) -> None:
    if image := _IMAGE.search(line):
        place = body_place(text, number, image.start() + 1, len(image[0]))
        message, remedy = told("body_image")
        say(Problem(place=place, code=Code.BODY_IMAGE, message=message, remedy=remedy))


def _tags(text: Text, number: int, line: str) -> list[tuple[Place, str]]:
    """Signs of HTML in a line that Markdown has no mark for."""
    return [
        (body_place(text, number, tag.start() + 1, len(tag[0])), tag[0])
        for tag in _TAG.finditer(_CODE.sub(lambda code: " " * len(code[0]), line))
        if (tag[1] or "").lower() not in _HARMLESS_TAGS
    ]


def _heading_fault(line: str, before: str) -> tuple[str, str] | None:
    """The page's own heading is the first level; content begins with the second."""
    if "#" not in line and "=" not in line:
        return None
    own = _OPENING.sub("", line, count=1)
    is_first = own.startswith("#") and not own.startswith("##")
    if line.startswith("    ") or not (is_first or (own.startswith("=") and _is_underline(own, before))):
        return None
    title = (own if is_first else _OPENING.sub("", before, count=1)).strip("# ")
    sign = "satu tanda `#`" if is_first else "garis `===`"
    more = " Bila bukan judul, tulis `\\#`." if is_first else ""
    return told("heading", sign=sign, title=title, more=more)


def _is_underline(own: str, before: str) -> bool:
    return bool(_UNDERLINE.fullmatch(own) and before.strip())


def _tell_tags(tags: list[tuple[Place, str]], say: Say) -> None:
    """One problem for all HTML of a body: a page pasted from Word holds hundreds of tags."""
    if tags:
        place, first = tags[0]
        more = f" dan {len(tags) - 1} tanda lain" if tags[1:] else ""
        message, remedy = told("html", tag=first, more=more)
        say(Problem(place=place, code=Code.HTML, message=message, remedy=remedy))


def find_excess(lines: Sequence[str]) -> _Excess | None:
    """The first thing that the parser should not be given; tabs must be spaces already."""
    return next(_excesses(lines), None)


def _excesses(lines: Sequence[str]) -> Iterator[_Excess]:
    if len(lines) > MAX_LINES:
        yield _Excess(MAX_LINES, f"Isi lebih dari {MAX_LINES} baris.", _SHORTEN)
    if _fits_one_block("\n".join(lines)):
        for number, line in enumerate(lines):
            if not line[:1].isalpha() or "|" in line:
                yield from _line_excesses(number, line)
        return
    headings = marks = 0
    for start, block in _blocks(lines):
        for number, line in enumerate(block, start=start):
            yield from _line_excesses(number, line)
            if not line[:1].isalpha():
                headings += _OPENING.sub("", line, count=1).startswith("#") or bool(_UNDERLINE.fullmatch(line))
        marks += sum(len(_MARK.findall(line)) for line in block)
        if headings > MAX_HEADINGS:
            yield _Excess(start, f"Isi memuat lebih dari {MAX_HEADINGS} judul bagian.", _SHORTEN)
        if marks > MAX_MARKS:
            yield _Excess(start, f"Isi memuat lebih dari {MAX_MARKS} tanda Markdown.", _SHORTEN)
        yield from _block_excesses(start, block)


def _fits_one_block(text: str) -> bool:
    """Whether a text as a whole is within the limits of a block, and so is each of its blocks; most texts are."""
    return (
        text.count("\n") < MAX_HEADINGS
        and len(text) <= MAX_BLOCK
        and len(_MARK.findall(text)) <= MAX_BLOCK_MARKS
        and text.count("](") <= MAX_BLOCK_LINKS
        # A mark of a source is closed at once, while others may be open.
        and text.count("[") - len(_CLOSED_MARK.findall(text)) < MAX_OPEN_BRACKETS
        and "]:" not in text
        and "<!--" not in text
    )


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Lines without a blank one between them, with the number of the first. Only spaces are blank to the parser."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""]):
        if line.strip(" "):
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _line_excesses(number: int, line: str) -> Iterator[_Excess]:
    if (line[:1].isalpha() and line.count("|") <= MAX_COLUMNS) or not line.strip(" "):
        return  # opens nothing, like most lines
    position = depth = 0
    while not _RULE.fullmatch(line) and (container := _CONTAINER.match(line, position)):
        position, depth = container.end(), depth + 1
    if depth > MAX_NESTING:
        yield _Excess(number, f"Kutipan atau daftar bersusun lebih dari {MAX_NESTING} tingkat.", _FLATTEN)
    if len(line) - len(line.lstrip(" >")) > MAX_INDENT:
        yield _Excess(number, f"Baris menjorok lebih dari {MAX_INDENT} spasi.", _FLATTEN)
    if line.count("|") > MAX_COLUMNS:
        yield _Excess(number, f"Tabel lebih dari {MAX_COLUMNS - 1} kolom.", _FLATTEN)


def _block_excesses(start: int, block: Sequence[str]) -> Iterator[_Excess]:
    if len(block) > MAX_BLOCK_LINES:
        message = f"Lebih dari {MAX_BLOCK_LINES} baris tanpa baris kosong di antaranya."
        yield _Excess(start + MAX_BLOCK_LINES, message, _DIVIDE)
    whole = "\n".join(block)
    if len(whole) > MAX_BLOCK:
        yield _Excess(start, f"Lebih dari {MAX_BLOCK} huruf tanpa baris kosong di antaranya.", _DIVIDE)
    if len(_MARK.findall(whole)) > MAX_BLOCK_MARKS:
        yield _Excess(start, f"Lebih dari {MAX_BLOCK_MARKS} tanda Markdown tanpa baris kosong di antaranya.", _DIVIDE)
    if whole.count("](") > MAX_BLOCK_LINKS:
        yield _Excess(start, f"Lebih dari {MAX_BLOCK_LINKS} tautan tanpa baris kosong di antaranya.", _DIVIDE)
    open_brackets = 0
    # Most texts have few marks, and what cannot be there need not be looked for.
    for number, line in enumerate(block if whole.count("[") > MAX_OPEN_BRACKETS else (), start=start):
        for bracket in re.findall(r"[\[\]]", line):
            open_brackets = max(0, open_brackets + (1 if bracket == "[" else -1))
            if open_brackets > MAX_OPEN_BRACKETS:
                message = f"Lebih dari {MAX_OPEN_BRACKETS} kurung siku `[` dibuka tanpa ditutup."
                yield _Excess(number, message, "Tutup dengan `]`, atau hapus kurung yang tidak perlu.")
                return
    for definition in _DEFINITION.finditer(whole):
        if sum(map(len, whole[definition.end() :].split("\n", 3)[:3])) > MAX_DEFINITION:
            number = start + whole.count("\n", 0, definition.start())
            yield _Excess(number, f"Alamat dan judul rujukan lebih dari {MAX_DEFINITION} huruf.", _SHORTEN)
    bare = _CODE.sub("", whole) if "<!--" in whole else ""
    if bare.rfind("<!--") > bare.rfind("-->"):
        message = "Komentar `<!--` tidak ditutup sebelum baris kosong."
        yield _Excess(start, message, "Tutup dengan `-->` di bagian yang sama, atau hapus komentarnya.")
