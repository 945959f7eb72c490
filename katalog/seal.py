"""A mark on a published site: made of all that it is made of, and lying as it was left, it need not be made again.

A small file under `.cache/` for each output folder; safe to delete; whatever else stands in it is no seal.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from katalog.model import Stamp


def seal_file(cache: Path, output: Path) -> Path:
    """Where the seal of an output folder lies."""
    return cache / f"meterai-{blake2b(str(output).encode(), digest_size=8).hexdigest()}.json"


def unbroken(file: Path, key: bytes, survey: Callable[[], Mapping[str, Stamp]]) -> int | None:
    """How many entries the site has that lies there sealed with this key; None where it must be made."""
    try:
        seal = json.loads(file.read_bytes())
        if key and seal["kunci"] == key.hex() and seal["isi"] == _look(survey()):
            return int(seal["inovasi"])
    except (OSError, ValueError, TypeError, LookupError):
        pass
    return None


def put_seal(file: Path, key: bytes, stamps: Mapping[str, Stamp], entries: int) -> None:
    """Seal a site that was found sound without a word; without a key any seal is broken."""
    seal = json.dumps({"kunci": key.hex(), "isi": _look(stamps), "inovasi": entries})
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(seal if key else "", encoding="ascii")


def _look(stamps: Mapping[str, Stamp]) -> str:
    look = "".join([f"{path}\0{stamp.size}\0{stamp.time}\n" for path, stamp in sorted(stamps.items())])
    return blake2b(look.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
