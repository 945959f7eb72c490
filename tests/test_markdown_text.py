"""Limits of the body: what people write passes, what a parser would suffer from does not."""

from collections.abc import Callable

import pytest

from katalog import markdown_text as limits
from katalog.markdown_text import check_body, find_excess
from katalog.problems import Code, Place, Problem
from katalog.text import Mapping, Text

LIMITS: dict[str, tuple[int, Callable[[int], str]]] = {
    "lines": (limits.MAX_LINES, lambda count: "\n\n".join(["a"] * (count // 2 + count % 2))),
    "lines of a block": (limits.MAX_BLOCK_LINES, lambda count: "a\n" * count),
    "characters of a block": (limits.MAX_BLOCK, lambda count: "a" * count),
    "headings": (limits.MAX_HEADINGS, lambda count: "## a\n\n" * count),
    "headings with a line": (limits.MAX_HEADINGS, lambda count: "a\n---\n\n" * count),
    "headings in a list": (limits.MAX_HEADINGS, lambda count: "- ## a\n\n" * count),
    "marks of a block": (limits.MAX_BLOCK_MARKS, lambda count: "*" * count),
    "links of a block": (limits.MAX_BLOCK_LINKS, lambda count: "[a](b)\n" * count),
    "quotes": (limits.MAX_NESTING, lambda count: "> " * count + "a"),
    "quotes without blanks": (limits.MAX_NESTING, lambda count: ">" * count + "a"),
    "lists": (limits.MAX_NESTING, lambda count: "- " * count + "a"),
    "numbered lists": (limits.MAX_NESTING, lambda count: "1. " * count + "a"),
    "lists numbered in another script": (limits.MAX_NESTING, lambda count: "\u0661. " * count + "a"),
    "indentation": (limits.MAX_INDENT, lambda count: " " * count + "a"),
    "columns": (limits.MAX_COLUMNS, lambda count: "|" * count),
    "open brackets": (limits.MAX_OPEN_BRACKETS, lambda count: "[" * count + "]" * count),
    "open brackets before a mark": (limits.MAX_OPEN_BRACKETS, lambda count: "[" * (count - 1) + "[^1]"),
    "open brackets in lines": (limits.MAX_OPEN_BRACKETS, lambda count: "[\n" * count),
    "a reference": (limits.MAX_DEFINITION, lambda count: f"[a]:{'b' * count}"),
    "a reference in two lines": (limits.MAX_DEFINITION, lambda count: f"[a]:\n{'b' * count}"),
}


@pytest.mark.parametrize(("most", "make"), LIMITS.values(), ids=LIMITS)
def test_a_body_at_the_limit_passes_and_one_beyond_does_not(most: int, make: Callable[[int], str]) -> None:
    """Each limit stands exactly where it says."""
    assert find_excess(make(most).split("\n")) is None
    assert find_excess(make(most + 1).split("\n")) is not None


def test_all_marks_together_have_a_limit() -> None:
    """Blocks within the limit add up."""
    block = "*" * limits.MAX_BLOCK_MARKS
    count = limits.MAX_MARKS // limits.MAX_BLOCK_MARKS

    assert find_excess([block, ""] * count) is None
    assert find_excess([block, ""] * count + ["*"]) is not None


@pytest.mark.parametrize("line", ["* * * * * * * * * * * *", "- - - - - - - - - - - -", "------------", "____________"])
def test_a_rule_is_no_list_in_a_list(line: str) -> None:
    """It looks like one."""
    assert find_excess([line]) is None


def test_only_spaces_make_a_line_blank() -> None:
    """As for the parser; else a block could be longer than it seems."""
    lines = ["a" * limits.MAX_BLOCK, "\u00a0", "a"]

    assert find_excess(lines) is not None


def _codes(body: str) -> list[Code]:
    problems: list[Problem] = []
    head = Mapping(items=(), place=Place(path="a.md"))
    check_body(Text(path="a.md", slug="a", top=head, body=body, body_line=10), 1, problems.append)
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    "body",
    [
        "# a",
        "#a",
        "#",
        "> # a",
        "- # a",
        "1. # a",
        "-\t# a",
        "> - # a",
        "a\n===",
        "a\n=",
        "> a\n> ===",
        "```\n# a\n```",
    ],
)
def test_the_first_level_of_headings_is_the_page_s_own(body: str) -> None:
    """However it is written; nothing here is code, since Markdown's fences are not used."""
    assert _codes(body) == [Code.HEADING]


@pytest.mark.parametrize("body", ["## a", "a # b", "\\# a", "    # a", "a\n---", "a\n\n===", "= a", "a\n== b", "C#"])
def test_other_levels_and_mere_signs_pass(body: str) -> None:
    """They are no headings of the first level."""
    assert _codes(body) == []


@pytest.mark.parametrize("body", ["![a](b)", "![a][b]", "![a] [b]", "![](b)", "<img src=a>", "<IMG>"])
def test_images_are_refused_however_they_are_written(body: str) -> None:
    """They come from content/images/ by a field of their own."""
    assert _codes(body) == [Code.BODY_IMAGE]


@pytest.mark.parametrize("body", ["Hebat![^1]", "![a] b", "! [a](b)"])
def test_an_exclamation_is_no_image(body: str) -> None:
    """Source marks follow a sentence."""
    assert _codes(body) == []


@pytest.mark.parametrize(
    "body", ["<NIK>", "<nama desa>", "<iframe src=x>", "<svg/onload=x>", "<x-y>", "a <SCRIPT>b", "<b>a</b>", "<o:p>"]
)
def test_what_would_not_appear_is_told(body: str) -> None:
    """A writer who means a placeholder would lose it without a word."""
    assert _codes(body) == [Code.HTML]


@pytest.mark.parametrize(
    "body", ["a < b > c", "<https://a.example>", "<a@b.example>", "`<NIK>`", "a<br>b", "H<sub>2</sub>O", "<!-- -->"]
)
def test_what_appears_as_written_is_not(body: str) -> None:
    """Comparisons, addresses, code, and the few elements that Markdown has no mark for."""
    assert _codes(body) == []


def test_an_intricate_body_is_told_once_and_not_looked_at_further() -> None:
    """The rest may be a consequence."""
    assert _codes("[" * 9 + "\n\n# a\n\n![a](b)") == [Code.BODY]
