"""Follow a recipe of docs/RECIPES.md: `python -m tests.recipes "A field" FOLDER`; its commands are left to you."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = r"```\w*\n(.*?)```"
_STEP = re.compile(
    rf"In `(?P<below>[^`]+)`, below\n\n{_BLOCK}\n\nadd\n\n{_BLOCK}"
    rf"|In `(?P<instead>[^`]+)`, replace\n\n{_BLOCK}\n\nwith\n\n{_BLOCK}"
    rf"|At the end of `(?P<end>[^`]+)`, add\n\n{_BLOCK}"
    rf"|Create `(?P<new>[^`]+)` with\n\n{_BLOCK}",
    re.DOTALL,
)


def recipes() -> dict[str, str]:
    """Every recipe by its title."""
    parts = re.split(r"(?m)^## (.+)\n", (ROOT / "docs" / "RECIPES.md").read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def is_followed(recipe: str, folder: Path) -> bool:
    """Whether what its first step gives stands in a copy already."""
    step = next(_STEP.finditer(recipe))
    name, *_, given = _parts(step)
    return (folder / name).is_file() and given in (folder / name).read_text(encoding="utf-8")


def _parts(step: re.Match[str]) -> list[str]:
    """The file of a step, then its blocks."""
    name = next(name for name in step.groupdict().values() if name)
    return [name, *(block for block in step.groups() if block is not None and block != name)]


def follow(recipe: str, folder: Path) -> list[str]:
    """Do each step in a copy of this repository; the files that were changed. ValueError where a step does not fit."""
    touched = []
    for step in _STEP.finditer(recipe):
        name, *blocks = _parts(step)
        path = folder / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if step["new"]:
            text = blocks[0]
        elif step["end"]:
            text += blocks[0]
        else:
            found, given = blocks if step["below"] else [block.rstrip("\n") for block in blocks]
            if text.count(found) != 1:
                raise ValueError(f"{name}: {text.count(found)} places for {found!r}")
            text = text.replace(found, found + given if step["below"] else given)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        touched.append(name)
    return touched


if __name__ == "__main__":
    print(*follow(recipes()[sys.argv[1]], Path(sys.argv[2])), sep="\n")
