"""Make the typeface of cards for sharing, in katalog/cards/, from the published package of Piazzolla.

Pillow reads no woff2, and knows nothing of pairs where its layout is the same on every machine. So cards have
files of their own: two weights with every Latin letter and its marks; and beside them which characters those are
and how far two letters of titles move together. From the root of the repository, after `make test`:

    npm pack @fontsource-variable/piazzolla@5.3.0
    .venv/bin/python -m tools.card_font fontsource-variable-piazzolla-5.3.0.tgz

The same package and the versions in requirements-test.lock give the same bytes.
"""

import json
import string
import sys
import tarfile
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from tools.font import NAMES, OPTICAL_SIZE, read_member

FOLDER = Path(__file__).resolve().parent.parent / "katalog" / "cards"
WEIGHTS = (500, 700)
PARTS = ("latin", "latin-ext")
CHARACTERS = (*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2027), 0x2032, 0x2033)
KERNED = string.ascii_letters + string.digits + "\"'()*,-./:;–—‘’“”é"
# In thousandths of the size: closer to nothing is nothing.
LEAST = 4


def main(package: Path) -> None:
    """Read the package, write one font for each weight and the licence."""
    with tarfile.open(package) as archive:
        sources = [read_member(archive, f"package/files/piazzolla-{part}-standard-normal.woff2") for part in PARTS]
        licence = read_member(archive, "package/LICENSE")
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "OFL.txt").write_bytes(licence)
    pairs = {}
    for weight in WEIGHTS:
        font = make_font(sources, weight)
        (FOLDER / f"piazzolla-{weight}.ttf").write_bytes(font)
        pairs[weight] = read_pairs(sources[0], weight)
        print(f"{weight}: {len(font)} bytes, {len(pairs[weight])} pairs")
    characters = "".join(map(chr, sorted(TTFont(BytesIO(font)).getBestCmap())))
    facts = {"characters": characters, "pairs": pairs}
    (FOLDER / "piazzolla.json").write_text(json.dumps(facts, separators=(",", ":")) + "\n", encoding="ascii")


def make_font(sources: list[bytes], weight: int) -> bytes:
    """One static font of all sources, cut to Latin."""
    font = Merger().merge([_part(source, weight) for source in sources])
    _cut(font, [])
    font["head"].created = font["head"].modified = 0
    font.recalcTimestamp = False
    result = BytesIO()
    font.save(result)
    return result.getvalue()


def read_pairs(source: bytes, weight: int) -> dict[str, int]:
    """How much nearer or farther two letters of titles stand, in thousandths of the size."""
    font = TTFont(_part(source, weight))
    cmap = font.getBestCmap()
    letters = [letter for letter in KERNED if ord(letter) in cmap]
    tables = [table for lookup in font["GPOS"].table.LookupList.Lookup for table in lookup.SubTable]
    pairs = {}
    for left, right in product(letters, letters):
        # The first rule that names a pair wins.
        values = (_value(table, cmap[ord(left)], cmap[ord(right)]) for table in tables)
        pairs[left + right] = next((value for value in values if value is not None), 0)
    return {pair: value for pair, value in pairs.items() if abs(value) >= LEAST}


def _part(source: bytes, weight: int) -> BytesIO:
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    instantiateVariableFont(font, {"opsz": OPTICAL_SIZE, "wght": weight}, inplace=True)
    _cut(font, ["kern"])
    font.flavor = None
    result = BytesIO()
    font.save(result)
    result.seek(0)
    return result


def _cut(font: TTFont, features: list[str]) -> None:
    options = Options(hinting=False, layout_features=features, name_IDs=NAMES, glyph_names=False, notdef_outline=True)
    options.drop_tables += ["STAT", "gasp", "meta", *([] if features else ["GDEF", "GPOS", "GSUB"])]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)


def _value(table: Any, left: str, right: str) -> int | None:
    if left not in table.Coverage.glyphs:
        return None
    if table.Format == 1:
        records = table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord
        found = next((record.Value1 for record in records if record.SecondGlyph == right), None)
        return getattr(found, "XAdvance", 0) if found else None
    first, second = table.ClassDef1.classDefs.get(left, 0), table.ClassDef2.classDefs.get(right, 0)
    found = table.Class1Record[first].Class2Record[second].Value1
    return getattr(found, "XAdvance", 0) if found else 0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
