"""A file's bytes -> its characters, and which of them may stand in content. Ground: imports nothing of ours.

What nobody can see or type on purpose is dropped where it is harmless (word processors and messengers
leave it behind) and refused where it could deceive: it would turn writing around, hide words, end
lines for one reader and not for another, or move the cursor of a terminal.
"""

import re

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_STRAY = re.compile("[\udc80-\udcff]")
# Controls; the separators that YAML counts as line ends; marks that turn the direction of writing; the invisible
# letters and tags that can hide text; surrogates and what is no character at all.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u206f"
    "\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Soft hyphen, zero-width space, marks of direction, word joiner, byte order mark. Joiners stay: emoji need them.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff]")


def is_utf16(data: bytes) -> bool:
    """Whether a file begins with the mark of UTF-16, which Notepad calls Unicode."""
    return data.startswith(_UTF16_MARKS)


def recover(data: bytes) -> str | None:
    """The characters of a text that is not UTF-8 throughout; None where it is no text at all.

    Only the bytes that are no UTF-8 are read as windows-1252: a file that two programs have saved
    is often half of each.
    """
    try:
        if is_utf16(data):
            return data.decode("utf-16")
        mixed = data.decode("utf-8-sig", errors="surrogateescape")
        return _STRAY.sub(lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252"), mixed)
    except UnicodeDecodeError:
        return None


def drop_invisible(text: str) -> str:
    """The text without characters that show nothing and mean nothing here."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def find_forbidden(text: str) -> re.Match[str] | None:
    """The first character that may not stand in content."""
    # Most texts are plain, which Python tells several times as soon.
    return None if text.isascii() and text.replace("\n", "").isprintable() else _FORBIDDEN.search(text)


def printable(text: str) -> str:
    """The text with a sign of replacement for every forbidden character, fit for any screen and report."""
    return _FORBIDDEN.sub("\ufffd", text)


def printable_name(name: str) -> str:
    """A file's name likewise, in which no line may end either."""
    if name.isprintable():
        return name
    return "".join(character if character.isprintable() else "\ufffd" for character in name)
