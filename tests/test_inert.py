"""Text of strangers stays text."""

import pytest

from katalog.inert import for_markdown, for_markdown_with_code, one_line


@pytest.mark.parametrize(
    "text",
    [
        "# Judul",
        "- butir",
        "1. butir",
        "> kutipan",
        "![x](https://jejak.example/a.png)",
        "[klik](https://x.example)",
        "<img src=x onerror=alert(1)>",
        "</code></table>",
        "`kode` **tebal** _miring_ ~coret~",
        "a | b",
        "https://x.example dan www.x.example",
        "@orang #12 :tanda:",
        "&lt;b&gt;",
        "\\*",
        "$x$",
        "satu\n\n# dua",
        "satu\r::error::dua",
    ],
)
def test_nothing_in_it_is_a_mark(text: str) -> None:
    """Every sign that Markdown or HTML could take for one is gone; the references that stand for them remain."""
    shown = for_markdown(text)

    rest = "".join(part.partition(";")[2] if number else part for number, part in enumerate(shown.split("&#")))
    assert not set(rest) & set("#-.!>[]<`*_~|:@&\\$\n\r")


def test_our_own_messages_keep_their_code() -> None:
    """What stands between backticks is shown as code, and is no less inert."""
    assert for_markdown_with_code("Kolom `a<b` kosong.") == "Kolom <code>a&#60;b</code> kosong&#46;"
    assert for_markdown_with_code("Satu ` saja") == "Satu &#96; saja"


def test_a_line_stays_one_line_and_steers_no_terminal() -> None:
    """Escape sequences, turned writing and halves of characters become a stand-in."""
    assert one_line("a\nb\r\nc\u2028d\te") == "a b  c d e"
    assert one_line("\x1b[31m\u202e\ud800") == "\ufffd[31m\ufffd\ufffd"
