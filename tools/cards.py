"""All cards for sharing on one sheet, to be looked at: as phones show them, whole and as the square in the middle.

From the root of the repository, after a build:

    .venv/bin/python -m tools.cards _site /tmp/kartu.png
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

SMALL = (300, 158)
ACROSS = 5
GAP = 8


def draw(paths: Sequence[Path], sheet: Path) -> None:
    """Write the sheet; squares stand beside their cards."""
    step = (SMALL[0] + SMALL[1] + 3 * GAP, SMALL[1] + 2 * GAP)
    canvas = Image.new("RGB", (ACROSS * step[0], -(-len(paths) // ACROSS) * step[1]), "white")
    for number, path in enumerate(paths):
        x, y = number % ACROSS * step[0], number // ACROSS * step[1]
        with Image.open(path) as opened:
            small = opened.convert("RGB").resize(SMALL, Image.Resampling.LANCZOS)
        edge = (SMALL[0] - SMALL[1]) // 2
        canvas.paste(small, (x, y))
        canvas.paste(small.crop((edge, 0, edge + SMALL[1], SMALL[1])), (x + SMALL[0] + GAP, y))
    canvas.save(sheet)
    sizes = [path.stat().st_size for path in paths]
    print(f"{len(paths)} cards, {sum(sizes):,} bytes, at most {max(sizes):,}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the cards of a built site."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.cards", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, help="folder of a built site")
    parser.add_argument("sheet", type=Path, help="picture to write, .png")
    options = parser.parse_args(arguments)
    paths = sorted(options.site.rglob("kartu.png"))
    if not paths:
        parser.error(f"no cards in {options.site}: build the site first")
    draw(paths, options.sheet)


if __name__ == "__main__":
    main()
