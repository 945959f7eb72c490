"""Make static/huruf/piazzolla.woff2 and its licence from the published package of the typeface.

A page loads one file: weights 400-800, the optical size of titles, only the
characters that Indonesian titles need, no hinting. From the root of the repository, after `make test`:

    npm pack @fontsource-variable/piazzolla@5.3.0
    .venv/bin/python -m tools.font fontsource-variable-piazzolla-5.3.0.tgz

The same package and the versions in requirements-test.lock give the same bytes. Other typefaces
follow for characters that are missing here.
"""

import string
import sys
import tarfile
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = Path(__file__).resolve().parent.parent / "static" / "huruf"
MOST_BYTES = 14_000
CHARACTERS = string.ascii_letters + string.digits + " !\"%&'()*+,-./:;=?@[]" + "\N{NO-BREAK SPACE}–—‘’“”…·éÉ°²×"
WEIGHTS = (400, 800)
# The size for which titles are drawn; below it letters grow sturdier and wider.
OPTICAL_SIZE = 30
# Names that the licence wants to travel with the font: copyright, family, style, licence.
NAMES = [0, 1, 2, 14]


def main(package: Path) -> None:
    """Read the package, write the font and the licence."""
    with tarfile.open(package) as archive:
        source = read_member(archive, "package/files/piazzolla-latin-standard-normal.woff2")
        licence = read_member(archive, "package/LICENSE")
    font = make_font(source)
    if len(font) > MOST_BYTES:
        sys.exit(f"{len(font)} bytes, at most {MOST_BYTES}: leave out characters")
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "piazzolla.woff2").write_bytes(font)
    (FOLDER / "OFL.txt").write_bytes(licence)
    print(f"{len(font)} bytes")


def make_font(source: bytes) -> bytes:
    """The variable font, cut to what titles need."""
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    instantiateVariableFont(font, {"opsz": OPTICAL_SIZE, "wght": WEIGHTS}, inplace=True)
    options = Options(hinting=False, layout_features=["kern", "liga"], name_IDs=NAMES, glyph_names=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, CHARACTERS))
    subsetter.subset(font)
    font.flavor = "woff2"
    result = BytesIO()
    font.save(result)
    return result.getvalue()


def read_member(archive: tarfile.TarFile, name: str) -> bytes:
    """A file of the package."""
    file = archive.extractfile(name)
    assert file is not None
    return file.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
