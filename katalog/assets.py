"""Static files -> what is sent: comments and needless blanks of scripts and style sheets are left out."""

from collections.abc import Callable, Mapping

import rcssmin
import rjsmin

_MINIFIERS: dict[str, Callable[[str], str]] = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


def slim(static: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same files by the same names; others than scripts and style sheets pass unchanged."""
    return {name: _slim(name, content) for name, content in static.items()}


def _slim(name: str, content: bytes) -> bytes:
    minify = next((minify for ending, minify in _MINIFIERS.items() if name.endswith(ending)), None)
    return minify(content.decode()).encode() if minify else content
