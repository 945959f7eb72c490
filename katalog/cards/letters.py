"""Piazzolla as Pillow draws it: widths and strokes that are the same on every machine.

Pillow's own layout leaves pairs alone and rounds every step to a pixel, and a better one needs a library that not
every machine has. So every letter is put in its place here.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from msgspec import Struct, field
from PIL import ImageDraw, ImageFont

FOLDER = Path(__file__).resolve().parent
# Of the size: what is added to the space between words, as titles of the site have it.
WORD_SPACE = 0.07
_EM = 1000
# What may be missing without a word becoming another one: marks, symbols, what shows nothing.
_SILENT = {"Mn", "Me", "Cf", "Cc", "So", "Sk"}


class Letters(Struct, frozen=True, kw_only=True):
    """One weight: its file, its characters and pairs. Sizes and widths are kept as they are asked for."""

    data: bytes
    known: frozenset[str]
    pairs: Mapping[str, int]
    sizes: dict[int, ImageFont.FreeTypeFont] = field(default_factory=dict)
    advances: dict[str, float] = field(default_factory=dict)

    def width(self, text: str, size: int) -> float:
        """From the start of the first letter to where a next one would start."""
        return sum(advance for _, advance in self._steps(text)) * size / _EM

    def draw(self, pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int) -> None:
        """Draw one line, white; `at` is where its baseline starts."""
        x, y = at
        for character, advance in self._steps(text):
            if character != " ":
                pen.text((x, y), character, fill=255, font=self._font(size), anchor="ls")
            x += advance * size / _EM

    def _steps(self, text: str) -> Iterator[tuple[str, float]]:
        """Each character with the way to the next one, in thousandths of the size."""
        for character, following in zip(text, f"{text[1:]} ", strict=True):
            if character not in self.advances:
                extra = WORD_SPACE * _EM if character == " " else 0
                self.advances[character] = self._font(_EM).getlength(character) + extra
            yield character, self.advances[character] + self.pairs.get(character + following, 0)

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        if size not in self.sizes:
            self.sizes[size] = ImageFont.truetype(BytesIO(self.data), size, layout_engine=ImageFont.Layout.BASIC)
        return self.sizes[size]


def read_letters(weight: int) -> Letters:
    """One weight of the typeface that lies beside this file."""
    facts = json.loads((FOLDER / "piazzolla.json").read_text(encoding="ascii"))
    return Letters(
        data=(FOLDER / f"piazzolla-{weight}.ttf").read_bytes(),
        known=frozenset(facts["characters"]),
        pairs=facts["pairs"][str(weight)],
    )


def drawable(text: str, known: frozenset[str]) -> str:
    """The text in characters that there are: composed, or as its plain kin; a letter of another script is a box."""
    return " ".join("".join(_known(character, known) for character in unicodedata.normalize("NFC", text)).split())


def _known(character: str, known: frozenset[str]) -> str:
    if character in known:
        return character
    if character.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", character)
    if all(part in known for part in plain):
        return plain
    return "" if unicodedata.category(character) in _SILENT else character
