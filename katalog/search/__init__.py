"""Catalogue -> search index: the second wing. Python writes it, a few kilobytes of script read it.

`dictionary` reads the words that editors own, `tokens` and `stems` turn text into terms, `rank` gives each
term of each entry its weight, `files` writes them down. See docs/SEARCH.md.
"""

import json

from katalog.keys import KeyOf
from katalog.model import Catalogue, File, Remember, SearchIndex
from katalog.search.dictionary import Dictionary
from katalog.search.files import index_files
from katalog.search.rank import rank


def build_index(catalogue: Catalogue, dictionary: Dictionary, remember: Remember, key_of: KeyOf) -> SearchIndex:
    """The manifest that pages carry, and the files that the script fetches."""
    return index_files(catalogue, rank(catalogue.innovations, dictionary, remember, key_of), dictionary)


def ingredients(catalogue: Catalogue, dictionary: Dictionary) -> tuple[object, ...]:
    """All that an index is made of, in an order that is always the same."""
    words = (sorted(dictionary.stop_words), dictionary.exceptions, dictionary.groups)
    return (catalogue.innovations, [entry.slug for entry in catalogue.newest], catalogue.facets, words)


def pack_index(index: SearchIndex) -> bytes:
    """An index as bytes, for the memory between builds: a line that tells what follows, then the files."""
    sizes = [(file.path, len(file.content)) for file in index.files]
    head = json.dumps({"manifest": index.manifest, "files": sizes}).encode()
    return b"%b\n%b" % (head, b"".join(file.content for file in index.files))


def unpack_index(data: bytes) -> SearchIndex:
    """What was packed."""
    line, _, contents = data.partition(b"\n")
    head = json.loads(line)
    files, start = [], 0
    for path, size in head["files"]:
        files.append(File(path=path, content=contents[start : start + size]))
        start += size
    return SearchIndex(manifest=head["manifest"], files=tuple(files))
