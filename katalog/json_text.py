"""Plain values -> JSON, as this site writes it. Ground.

Letters stand as they are, in UTF-8. Keys keep their order, so that equal values give equal bytes.
"""

from msgspec import json


def _as_string(value: object) -> str:
    """HTML of a template is a string of its own kind; whatever else is unknown has no form here."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(type(value))


_ENCODER = json.Encoder(enc_hook=_as_string)


def compact(value: object) -> bytes:
    """On one line, without blanks."""
    return _ENCODER.encode(value)


def indented(value: object) -> bytes:
    """A line for each value, as people and version control read it, with a line end."""
    return json.format(_ENCODER.encode(value), indent=1) + b"\n"
