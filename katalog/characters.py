"""A file's bytes -> its characters, also where an old program wrote them. Ground."""

import re

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_STRAY = re.compile("[\udc80-\udcff]")


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
