"""Files -> the same, each text followed by its compressed copies, for servers that hand these on (`gzip_static`).

A copy is a pure function of its file: where that was kept and its copies lie beside it, they are kept with it. They are
no addresses: no link, sitemap or comparison of addresses knows of them.
"""

import gzip
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import PurePosixPath

from katalog.model import Config, File, Kept
from katalog.problems import Code, Place, Problem
from katalog.text import Mapping, Text, key_places, node_at

# A file that fits into the first packets anyhow gains nothing.
SMALLEST = 1024
# Beyond this the last hundredth costs minutes.
_LARGE = 1_000_000
_TEXTS = frozenset(
    f".{ending}"
    for ending in (
        *("html", "css", "js", "json", "jsonl", "jsonld", "xml", "svg", "txt"),
        *("csv", "md", "rtf", "bib", "ris", "webmanifest", "ico"),
    )
)

Recall = Callable[[str, Callable[[], bytes]], Kept | None]
Compress = Callable[[bytes], bytes]
Methods = dict[str, Compress]


def methods_of(config: Config) -> Methods:
    """How the site's files are to be compressed, by the ending of the copy; without the package there is no brotli."""
    chosen = _choice(config).split("+")
    return {f".{name}": method for name, method in _METHODS.items() if name in chosen and _is_there(name)}


def find_missing(config: Config, text: Text) -> tuple[Problem, ...]:
    """Where brotli is asked for and not installed."""
    if not _choice(config).endswith("br") or _is_there("br"):
        return ()
    group = node_at(text.head, "keluaran")
    places = key_places(group) if isinstance(group, Mapping) else {}
    return (
        Problem(
            place=places.get("kompresi", Place(path=text.path)),
            code=Code.CHOICE,
            message="`kompresi` meminta `br`, tetapi paket `brotli` tidak terpasang.",
            remedy='Tulis `kompresi = "gz"`, atau pasang paketnya: `pip install -r requirements-brotli.lock`.',
        ),
    )


def recalling(recall: Recall, methods: Methods) -> Recall:
    """The same memory, in which a file is kept only together with its copies."""
    if not methods:
        return recall

    def ask(path: str, key_of: Callable[[], bytes]) -> Kept | None:
        kept = recall(path, key_of)
        if kept is None or not _gains(path, kept.size):
            return kept
        copies = (recall(path + ending, partial(_key, kept.key, ending)) for ending in methods)
        return kept if all(copies) else None

    return ask


def with_copies(files: Iterable[File | Kept], recall: Recall, methods: Methods) -> Iterator[File | Kept]:
    """Every file, and its copies after it."""
    if not methods:
        yield from files
        return
    for file in files:
        yield file
        size = file.size if isinstance(file, Kept) else len(file.content)
        for ending, compress in methods.items() if _gains(file.path, size) else ():
            path, key_of = file.path + ending, partial(_key, file.key, ending)
            if kept := recall(path, key_of) if isinstance(file, Kept) else None:
                yield kept
            elif isinstance(file, File):
                yield File(path=path, content=compress(bytes(file.content)), key=key_of())


def _gains(path: str, size: int) -> bool:
    return size >= SMALLEST and PurePosixPath(path).suffix in _TEXTS


def _key(key: bytes, ending: str) -> bytes:
    """What is made of a file of no lasting key has none either."""
    return blake2b(key, digest_size=16, person=ending.encode()).digest() if key else b""


def _choice(config: Config) -> str:
    return (config.extras.compression if config.extras else None) or ""


def _is_there(name: str) -> bool:
    return name != "br" or find_spec("brotli") is not None


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _brotli(content: bytes) -> bytes:
    import brotli

    return bytes(brotli.compress(content, quality=10 if len(content) < _LARGE else 9))


_METHODS: Methods = {"gz": _gzip, "br": _brotli}
