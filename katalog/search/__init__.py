"""Catalogue -> search index: the second wing. Python writes it, a few kilobytes of script read it.

`dictionary` reads the words that editors own, `tokens` and `stems` turn text into terms, `rank` gives each
term of each entry its weight, `pack` writes the files. See docs/SEARCH.md.
"""

from katalog.model import Catalogue, SearchIndex
from katalog.search.dictionary import Dictionary
from katalog.search.pack import pack_index
from katalog.search.rank import rank


def build_index(catalogue: Catalogue, dictionary: Dictionary) -> SearchIndex:
    """The manifest that pages carry, and the files that the script fetches."""
    return pack_index(catalogue, rank(catalogue.innovations, dictionary), dictionary)
