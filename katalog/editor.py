"""The table of fields -> `content/frontmatter.json`: a form for entries in VS Code, by its Front Matter extension.

The form names the region's own terms, so it lies with them; the extension finds it through `frontmatter.json`.
"""

import json
from collections.abc import Sequence
from typing import Any

from katalog.fields import ChoiceKind, Field, FlagKind, GroupKind, Kind, ListKind, OptionKind, TextKind
from katalog.model import Vocabulary
from katalog.schema import INNOVATION

Json = dict[str, Any]  # JSON is what it is; nothing of it is read back in.

# Longer texts get a field of several lines.
_ONE_LINE = 120


def front_matter(vocabulary: Vocabulary) -> str:
    """One content type, one field of its form for each of ours.

    Lists of groups are left out and stay text: the extension writes such lists with a key of its own.
    """
    settings = {
        "frontMatter.taxonomy.contentTypes": [
            {"name": "default", "pageBundle": False, "fileType": "md", "fields": _fields(INNOVATION, vocabulary)}
        ],
    }
    return json.dumps(settings, ensure_ascii=False, indent=2) + "\n"


def _fields(fields: Sequence[Field], vocabulary: Vocabulary) -> list[Json]:
    return [
        {
            "title": field.label,
            "name": field.key,
            "description": f"{field.hint} Contoh: {field.example}",
            **({"required": True} if field.required else {}),
            **_form(field.kind, vocabulary),
        }
        for field in fields
        if not (isinstance(field.kind, ListKind) and isinstance(field.kind.item, GroupKind))
    ]


def _form(kind: Kind, vocabulary: Vocabulary) -> Json:
    """How the extension asks for a kind; dates are text, since ours may be a year or a month."""
    match kind:
        case TextKind():
            return {"type": "string", "single": kind.high <= _ONE_LINE}
        case ChoiceKind():
            return {"type": "choice", "choices": [term.name for term in vocabulary.lists[kind.vocabulary]]}
        case OptionKind():
            return {"type": "choice", "choices": list(kind.options)}
        case FlagKind():
            return {"type": "choice", "choices": ["ya", "tidak"]}
        case GroupKind():
            return {"type": "fields", "fields": _fields(kind.fields, vocabulary)}
        case ListKind():
            return _list_form(kind, vocabulary)
    return {"type": "string", "single": True}


def _list_form(kind: ListKind, vocabulary: Vocabulary) -> Json:
    if isinstance(kind.item, ChoiceKind | OptionKind):
        return {**_form(kind.item, vocabulary), "multiple": True}
    return {"type": "list"}
