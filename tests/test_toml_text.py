"""TOML that nobody would write: nodes or a problem, in a time that grows with the file and not with its square."""

import pytest

from katalog import toml_text
from katalog.problems import Code, Problem
from katalog.text import Lines, Mapping, Scalar, Sequence, node_at
from katalog.toml_text import parse_toml


def _parse(source: str) -> tuple[Mapping | None, list[Problem]]:
    problems: list[Problem] = []
    return parse_toml(Lines(path="a.toml", lines=tuple(source.split("\n"))), problems.append), problems


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("a = " + "[" * 1_000, Code.DEPTH, 1),
        ("a = " + "[" * 1_000 + "]" * 1_000, Code.DEPTH, 1),
        ("b = 1\na = " + "{a = " * 600, Code.DEPTH, 2),
        ("a = [\n" + "[\n" * 30, Code.DEPTH, 21),
        ('x = [ """\n""", ' + "[" * 3_000 + ' """\n""" ]', Code.DEPTH, 1),
        ("a." * 190 + "a = 1", Code.DEPTH, 1),
        ("a." * 300 + "a = 1", Code.LENGTH, 1),
        ("[" + "a." * 300 + "a]", Code.LENGTH, 1),
        ("b = 1\na = '" + "x" * 5_000 + "'", Code.LENGTH, 2),
        ("a = " + "\n".join(f"a{number} = 1" for number in range(300)), Code.SYNTAX, 1),
        ("\n".join(f"a{number} = 1" for number in range(300)), Code.TOO_MANY, 1),
        ("b = 1\n[[a]]\n" + "\n".join(f"a{number} = 1" for number in range(300)), Code.TOO_MANY, 2),
        ("b = 1\n" + "[[a]]\n" * 6_000, Code.TOO_MANY, 2),
        ("b = 1\na = [\n" + "1,\n" * 6_000 + "]", Code.TOO_MANY, 2),
        ('b = 1\na = "\\u202e"', Code.CONTROL_CHARACTER, 2),
        ('b = 1\na = "\\u0000"', Code.CONTROL_CHARACTER, 2),
        ('b = 1\n"\\u001b" = 1', Code.CONTROL_CHARACTER, 1),
        ('a = "\\ud800"', Code.SYNTAX, 1),
        ("a = 1\na = 2", Code.SYNTAX, 2),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_goes_beyond_the_limits_is_told_at_its_line(source: str, code: Code, line: int) -> None:
    """Never a traceback, and never a wait."""
    head, problems = _parse(source)

    assert head is None
    assert [(problem.code, problem.place.line) for problem in problems] == [(code, line)]


def test_a_number_of_thousands_of_digits_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python refuses to read or to write it."""
    monkeypatch.setattr(toml_text, "MAX_LINE", 100_000)

    for literal in ("9" * 5_000, "0x" + "f" * 5_000):
        assert [problem.code for problem in _parse(f"a = {literal}")[1]] == [Code.SYNTAX]


@pytest.mark.parametrize(
    "source",
    ['[["a"]]\nb = 1', '[[a]]\nx = """\n[[a]]\n"""', "[[ a ]] # c\nb = 1", "a = [{b = 1}]", "[x]\n[[x.a]]\nb = 1"],
)
def test_odd_but_right_tables_are_read(source: str) -> None:
    """A header in quotes, or one inside a text, has no line of its own; it is read all the same."""
    head, problems = _parse(source)

    assert problems == []
    node = head and (node_at(head, "a") or node_at(head, "x"))
    assert isinstance(node, Sequence | Mapping)


def test_invisible_characters_are_dropped() -> None:
    """As in every other file."""
    head, _ = _parse('a = "x\\u200by\\ufeffz"')

    assert head is not None
    node = node_at(head, "a")
    assert isinstance(node, Scalar)
    assert node.value == "xyz"
