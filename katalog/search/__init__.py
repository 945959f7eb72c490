"""Catalogue -> search index: the second wing. Python writes it, a few kilobytes of script read it.

`dictionary` reads the words that editors own; `rank` gives each term of each entry its weight: `texts`, `tokens` and
`stems` turn entries into terms, `weights` and `pieces` terms into postings, `blocks` and `steps` see to it that what an
entry gave is not made again; `files` writes all down. See docs/SEARCH.md.
"""

import json
from collections.abc import Callable
from functools import cache, partial

from katalog.json_text import compact
from katalog.keys import KeyOf
from katalog.model import Catalogue, Deferred, Remember, SearchIndex
from katalog.search.dictionary import Dictionary
from katalog.search.files import Index, columns, index_files, suggestions
from katalog.search.rank import Ranked, rank

__all__ = ["Ranked", "build_index", "rank"]


def build_index(
    catalogue: Catalogue, dictionary: Dictionary, remember: Remember, key_of: KeyOf, ranked: Callable[[], Ranked]
) -> SearchIndex:
    """The manifest that pages carry, and the files that the script fetches, made when they are asked for.

    `ranked` gives the terms of the catalogue's innovations, see `rank`.

    Of an index that was made before only the manifest and the names of its files are remembered. A name tells what is
    in its file, so that one which is still published under it is right.
    """

    @cache
    def made() -> Index:
        return index_files(catalogue, ranked(), dictionary)

    def outline() -> bytes:
        manifest, contents = made()
        return compact((manifest, list(contents)))

    made_of = key_of(("indeks", *_ingredients(catalogue, dictionary)))
    manifest, paths = json.loads(remember("indeks", made_of, outline))
    files = (Deferred(path=path, make=partial(lambda path: made()[1][path], path), of=path) for path in paths)
    return SearchIndex(manifest=manifest, files=tuple(files))


def _ingredients(catalogue: Catalogue, dictionary: Dictionary) -> tuple[object, ...]:
    """All that an index is made of, in an order that is always the same; of facets what it tells of them."""
    words = (sorted(dictionary.stop_words), dictionary.exceptions, dictionary.groups)
    return (catalogue.innovations, columns(catalogue), suggestions(catalogue), words)
