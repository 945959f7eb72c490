"""Words -> stems: Snowball's Indonesian, with exceptions before and after it.

Snowball breaks whole families (penduduk -> duduk, kelola -> elola) and knows no other spellings
(ijin = izin); editors put them right in content/search.toml.
"""

from collections.abc import Callable, Mapping
from functools import cache

from Stemmer import Stemmer as Snowball

Stemmer = Callable[[str], str]


def make_stemmer(exceptions: Mapping[str, str]) -> Stemmer:
    """A function from a word (see `tokens`) to its stem; it remembers what it was asked."""
    snowball = Snowball("indonesian")

    @cache
    def stem(word: str) -> str:
        if word in exceptions:
            return exceptions[word]
        found = snowball.stemWord(word)
        return exceptions.get(found, found)

    return stem
