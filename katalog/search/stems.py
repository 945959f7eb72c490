"""Words -> stems: Snowball's Indonesian, with exceptions before and after it.

Snowball breaks whole families (penduduk -> duduk, kelola -> elola) and knows no other spellings
(ijin = izin); editors put them right in content/search.toml.
"""

from collections.abc import Callable, Mapping
from functools import cache

Stemmer = Callable[[str], str]


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
        found = stem_word()(word)
        return exceptions.get(found, found)

    return stem
