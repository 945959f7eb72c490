"""The promise of the API, `docs/API.md`: a frozen copy of the form of each answer, and what would break it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "v1"

Schema = dict[str, Any]


def frozen() -> dict[str, Schema]:
    """What was promised, by the name of the answer."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}


def breaches(old: Schema, new: Schema, place: str = "") -> Iterator[str]:
    """What a program that was written after the old form could stumble over in the new one. Additions are none."""
    for key in ("type", "pattern"):
        if old.get(key) != new.get(key):
            yield f"{place or '.'}: {key} was {old.get(key)}, is {new.get(key)}"
    # What may be missing now, or may hold other keys no more.
    yield from (
        f"{place}.{key}: no longer sure to be there" for key in set(old.get("required", [])) - set(_required(new))
    )
    if new.get("additionalProperties", True) is not True:
        yield f"{place or '.'}: closed to additions"
    for key, part in old.get("properties", {}).items():
        if key in new.get("properties", {}):
            yield from breaches(part, new["properties"][key], f"{place}.{key}")
        else:
            yield f"{place}.{key}: gone"
    if "items" in old:
        yield from breaches(old["items"], new.get("items", {}), f"{place}[]")


def _required(schema: Schema) -> list[str]:
    return list(schema.get("required", []))
