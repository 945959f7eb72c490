"""Text of strangers -> text that whoever shows it takes for nothing but text. Ground."""

import re
import unicodedata

_CODE = re.compile(r"`([^`]+)`")
# Letters, digits and blanks mean nothing to Markdown, nor do these between words.
_PLAIN = frozenset(" ,;'\"()%/?")


def one_line(text: str) -> str:
    """The text without line ends and characters that steer a terminal: a line of output stays one line."""
    return "".join(" " if character in "\t\n\r\v\f\x85\u2028\u2029" else _visible(character) for character in text)


def for_markdown(text: str) -> str:
    """The text for any place in Markdown: every sign that could mean something is a character reference.

    A reference never begins markup, so no heading, link, image, tag, mention or table cell can come of it.
    """
    return "".join(_reference(character) for character in one_line(text))


def for_markdown_with_code(text: str) -> str:
    """The same for our own messages, where words between backticks are shown as code."""
    return "".join(
        f"<code>{for_markdown(part)}</code>" if number % 2 else for_markdown(part)
        for number, part in enumerate(_CODE.split(text))
    )


def _reference(character: str) -> str:
    return character if character.isalnum() or character in _PLAIN else f"&#{ord(character)};"


def _visible(character: str) -> str:
    """A stand-in for control characters, marks that turn the direction of writing, and halves of characters."""
    return "\ufffd" if unicodedata.category(character) in {"Cc", "Cf", "Cs"} else character
