"""The house's first rule: a stage imports the ground and third parties, never another stage."""

import ast
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "katalog"
# The ground, in layers: each may import those before it.
GROUND = (
    "words",
    "characters",
    "inert",
    "families",
    "colours",
    "motif",
    "problems",
    "intake",
    "text",
    "personal",
    "shelf",
    "model",
    "language",
    "crew",
    "keys",
    "packing",
    "dates",
    "fields",
    "schema",
    "addresses",
    "reading",
    "entry_text",
    "cells",
    "json_text",
    "toml_text",
    "yaml_text",
    "markdown_text",
    "skeleton",
)
# A wing is one stage in several files, which may import each other.
WINGS = ("cards", "mend", "pages", "search", "sheets", "tabular", "write")
# The command line needs the names of the report's formats; both are the rim of the program.
ALLOWED = {("arguments", "report")}


def _room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def _imports(path: Path) -> set[str]:
    """The rooms of `katalog` that a file imports."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            parts = node.module.split(".")
            if parts[0] == "build":
                rooms.add("build")
            elif parts[0] == "katalog":
                rooms.update([parts[1]] if len(parts) > 1 else [alias.name for alias in node.names])
        elif isinstance(node, ast.Import):
            rooms.update(alias.name.split(".")[1] for alias in node.names if alias.name.startswith("katalog."))
            rooms.update(alias.name for alias in node.names if alias.name == "build")
    return rooms


def test_no_stage_imports_another_stage() -> None:
    """Stages know the ground only; the ground knows what lies below it."""
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        room = _room(path)
        if room == "__init__":
            continue
        allowed = set(GROUND[: GROUND.index(room)]) if room in GROUND else set(GROUND)
        allowed |= {room} if room in WINGS else set()
        wrong += [
            f"{room} imports {other}" for other in sorted(_imports(path) - allowed) if (room, other) not in ALLOWED
        ]

    assert wrong == []


def test_only_render_knows_jinja_and_only_prose_knows_markdown() -> None:
    """Libraries have one room each."""
    homes = {
        "babel": {"translations"},
        "jinja2": {"render"},
        "markdown": {"prose"},
        "nh3": {"prose"},
        "livereload": {"serve"},
        "PIL": {"cards", "icons", "images"},
        "sqlite3": {"ledger", "store"},
        "Stemmer": {"search"},
        "openpyxl": {"sheets"},
        "rustpy_xlsxwriter": {"sheets"},
        "segno": {"pages"},
    }
    for library, rooms in homes.items():
        users = {
            _room(path)
            for path in PACKAGE.rglob("*.py")
            if any(
                line.split()[:2] in (["import", library], ["from", library])
                or line.strip().startswith(f"from {library}")
                for line in path.read_text(encoding="utf-8").splitlines()
            )
        }

        assert users == rooms, library
