"""Text -> words. The script does the same; `tests/vectors/tokens.json` holds both to it."""

import re
import unicodedata
from collections.abc import Sequence
from string import ascii_lowercase, ascii_uppercase, digits

# What stands between texts, and in none of them.
NUL = "\0"

_APOSTROPHE = re.compile("['\u2018\u2019\u02bc`]")
_FOREIGN = re.compile("[^\x00-\x7f]+")
# Everything divides but letters and digits.
_KEPT = f"{NUL}{digits}{ascii_lowercase}".encode()
_DIVIDED = bytes(code if code in _KEPT else ord(" ") for code in range(256))
_LOWERED = bytes.maketrans(ascii_uppercase.encode(), ascii_lowercase.encode()).translate(_DIVIDED)


def tokens(text: str) -> list[str]:
    """Lower-case ASCII words: marks are dropped from letters, apostrophes vanish, all else divides."""
    return divided([text]).split()


def divided(texts: Sequence[str]) -> str:
    """The words of texts with blanks between, and NUL, like a word, between texts."""
    joined = f" {NUL} ".join([text.replace(NUL, " ") for text in texts])
    if joined.isascii():  # most entries, and nothing to take apart
        return joined.encode().translate(_LOWERED, b"'`").decode()
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", joined.lower()))
    return _FOREIGN.sub(_mark_or_gap, decomposed).encode().translate(_DIVIDED).decode()


def _mark_or_gap(run: re.Match[str]) -> str:
    return "" if all(unicodedata.category(character)[0] == "M" for character in run[0]) else " "
