"""Text -> words. The script does the same; `tests/vectors/tokens.json` holds both to it."""

import re
import unicodedata

_WORD = re.compile("[a-z0-9]+")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc`]")


def tokens(text: str) -> list[str]:
    """Lower-case ASCII words: marks are dropped from letters, apostrophes vanish, all else divides."""
    plain = _APOSTROPHE.sub("", text.lower())
    if plain.isascii():  # nearly every text, and nothing to take apart
        return _WORD.findall(plain)
    decomposed = unicodedata.normalize("NFKD", plain)
    return _WORD.findall("".join(mark for mark in decomposed if unicodedata.category(mark)[0] != "M"))
