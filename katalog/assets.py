"""Static files -> what is sent: one slim style sheet, slim scripts, names that change with the content."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

import rcssmin
import rjsmin

from katalog.colours import dye
from katalog.model import Assets, File

STYLE_SHEET = "css/gaya.css"
# Files that browsers and hosts ask for by name; all others may be cached for ever.
_PLAIN = ("favicon.", "ikon/")
# Shown inside other sites, where nothing is in the browser's store yet.
_ALONE = ("css/sematan.css",)
# What shows whose site it is lies in a folder of its own, and is published as if it did not.
_IDENTITY = "identity/"
_TOKENS = "css/1-token.css"
_REFERENCE = re.compile(r"url\(\.\./([^)]+)\)")


def as_assets(static: Mapping[str, bytes], hue: int | None = None) -> Assets:
    """Every static file as it is published; the parts of the style sheet (css/*.css, in order of name) become one.

    Sheets of pages that stand alone get the first part, the tokens, and nothing else. The tokens wear the region's hue.
    """
    static = {name.removeprefix(_IDENTITY): content for name, content in static.items()}
    if _TOKENS in static:
        static[_TOKENS] = dye(static[_TOKENS].decode(), hue).encode()
    sheets = [name for name in sorted(static) if name.endswith(".css")]
    files = {name: _slim(name, content) for name, content in static.items() if name not in sheets}
    names = {name: _published(name, content) for name, content in files.items()}
    parts = [name for name in sheets if name not in _ALONE]
    joined = {STYLE_SHEET: parts} if parts else {}
    joined |= {name: [*parts[:1], name] for name in sheets if name not in parts}
    for target, members in joined.items():
        files[target] = _join((static[name].decode() for name in members), names)
        names[target] = _published(target, files[target])
    return Assets(files=tuple(File(path=names[name], content=files[name]) for name in files), names=names)


def _slim(name: str, content: bytes) -> bytes:
    return str(rjsmin.jsmin(content.decode())).encode() if name.endswith(".js") else content


def _join(sheets: Iterable[str], names: Mapping[str, str]) -> bytes:
    """One sheet; what it refers to among the static files is found under its published name."""

    def refer(match: re.Match[str]) -> str:
        return f"url(../{names.get(match[1], match[1])})"

    return str(rcssmin.cssmin(_REFERENCE.sub(refer, "\n".join(sheets)))).encode()


def _published(name: str, content: bytes) -> str:
    if name.startswith(_PLAIN):
        return name
    path = PurePosixPath(name)
    return f"aset/{path.stem}.{hashlib.sha256(content).hexdigest()[:8]}{path.suffix}"
