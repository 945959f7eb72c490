"""Words -> stems: Snowball's Indonesian, with exceptions before and after it.

Snowball breaks whole families (penduduk -> duduk, kelola -> elola) and knows no other spellings
(ijin = izin); editors put them right in content/search.toml.
"""

from collections.abc import Callable, Mapping
from functools import cache

Stemmer = Callable[[str], str]

# A word without any of what Snowball takes off is its own stem, which is told faster than Snowball does.
_BEGINNINGS = ("be", "di", "ke", "me", "pe", "ter")
_ENDINGS = ("an", "i", "kah", "ku", "lah", "mu", "nya", "pun")


def make_stemmer(exceptions: Mapping[str, str]) -> Stemmer:
    """A function from a word (see `tokens`) to its stem; it remembers what it was asked."""

    @cache
    def stem_word() -> Stemmer:
        import snowballstemmer  # it brings thirty languages, and a build that changes nothing asks for none

        found: Stemmer = snowballstemmer.stemmer("indonesian").stemWord
        return found

    @cache
    def stem(word: str) -> str:
        if word in exceptions:
            return exceptions[word]
        has_affix = word.startswith(_BEGINNINGS) or word.endswith(_ENDINGS)
        found = stem_word()(word) if has_affix else word
        return exceptions.get(found, found)

    return stem
