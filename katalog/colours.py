"""A region's hue -> its colours: what a hue makes of others, with the contrast that they had. Ground."""

import math
import re

# The hue that the tokens are written in, and how far from it a colour may lie that turns with the region's.
OWN, NEAR = 345, 20
# Below this a colour is a grey, whatever its hue.
_GREY = 0.005
# The header's ground, which browsers give their own frame and icons stand on; a test compares it with the tokens.
BRAND = "#43102f"
# Hues that people can ask for by name.
NAMES = {"manggis": OWN, "bata": 30, "daun": 150, "toska": 195, "laut": 250, "nila": 285}
_TOKEN = re.compile(r"(--[\w-]+: )(#[0-9a-f]{6});")
_RGB_TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_LUMINANCE = (0.2126, 0.7152, 0.0722)


def brand(hue: int | None) -> str:
    """The main colour of a region."""
    return BRAND if hue is None else turn(BRAND, hue)


def dye(sheet: str, hue: int | None) -> str:
    """A style sheet's tokens in a region's hue; gold, and what says right or wrong, stays."""
    return sheet if hue is None else _TOKEN.sub(lambda match: f"{match[1]}{turn(match[2], hue)};", sheet)


def turn(colour: str, hue: int) -> str:
    """A colour of our own hue in another one, just as light to the eye, so that no contrast changes."""
    _, chroma, own = _in_oklch(colour)
    if chroma < _GREY or abs((own - OWN + 180) % 360 - 180) > NEAR:
        return colour
    wanted, low, high = luminance(colour), 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if luminance(oklch(middle, chroma, own + hue - OWN)) < wanted else (low, middle)
    return oklch(high, chroma, own + hue - OWN)


def luminance(colour: str) -> float:
    """WCAG's relative luminance of #rrggbb."""
    return sum(part * weight for part, weight in zip(_linear(colour), _LUMINANCE, strict=True))


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """The nearest colour of sRGB as #rrggbb; channels beyond it are cut."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{_channel(value):02x}" for value in linear)


def _channel(linear: float) -> int:
    value = min(max(linear, 0.0), 1.0)
    return round(255 * (12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055))


def _linear(colour: str) -> list[float]:
    channels = [value / 255 for value in bytes.fromhex(colour[1:])]
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]


def _in_oklch(colour: str) -> tuple[float, float, float]:
    linear = _linear(colour)
    long, medium, short = (
        sum(part * weight for part, weight in zip(linear, row, strict=True)) ** (1 / 3) for row in _RGB_TO_LMS
    )
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360
