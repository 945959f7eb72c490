"""A songket family and a variation of it -> the right half of its tile. Ground.

A cell is GROUND, GOLD or ACCENT. Columns count from the middle outward, rows from the top; the left
half is the mirror. What a rule does not name stays ground, and the first rule that applies wins.
"""

from collections.abc import Callable
from typing import NamedTuple

GROUND, GOLD, ACCENT = 0, 1, 2
SIZE = 24
HALF = SIZE // 2


class Variation(NamedTuple):
    """Three choices of four; each family says what they change."""

    a: int
    b: int
    c: int


class Spot(NamedTuple):
    """A cell of the right lower quarter, measured in every way that the families need."""

    u: int  # columns from the centre
    v: int  # rows from the centre
    d: int  # steps from the centre
    p: int  # columns from the right edge
    q: int  # rows from the lower edge
    k: int  # steps from the corner
    far: int  # the larger of u and v
    near: int  # the smaller of u and v
    x: int  # steps from the middle of the nearest edge


def half(family: str, variation: Variation) -> tuple[tuple[int, ...], ...]:
    """The rows of the right half, 24 of 12 cells."""
    if family == PUCUK_REBUNG:
        return tuple(tuple(_pucuk_rebung(variation, u, y) for u in range(HALF)) for y in range(SIZE))
    rule = FOURFOLD[family]
    quarter = tuple(tuple(rule(variation, _spot(u, v)) for u in range(HALF)) for v in range(HALF))
    return (*reversed(quarter), *quarter)


def _spot(u: int, v: int) -> Spot:
    p, q = HALF - 1 - u, HALF - 1 - v
    return Spot(u=u, v=v, d=u + v, p=p, q=q, k=p + q, far=max(u, v), near=min(u, v), x=min(u + q, p + v))


def _ring(rings: str, number: int) -> int:
    """The cell that stands at a number in a row of digits; ground beyond its end."""
    return int(rings[number]) if number < len(rings) else GROUND


def _in_star(at: Spot, reach: int) -> bool:
    return at.near <= reach and at.far <= at.near + reach


def _bintang(variation: Variation, at: Spot) -> int:
    """An eight-pointed star."""
    reach = 5 if variation.a < 2 else 4
    if _in_star(at, reach):
        return _bintang_star(variation.a, at)
    corner = max(at.p, at.q)
    match variation.b:
        case 0:
            return _ring("111001", at.k)
        case 1:
            return _ring("22001" if reach == 5 else "220011", at.k)
        case 2:
            return GOLD if corner <= 3 and (at.p == at.q or 0 in (at.p, at.q)) else GROUND
        case _:
            return _ring("1101", corner)


def _bintang_star(a: int, at: Spot) -> int:
    match a:
        case 0:
            return ACCENT if at.far == 0 else GOLD * (at.far != at.near)
        case 2:
            return ACCENT if at.far <= 1 else GOLD * (at.near != 0)
        case _:
            heart = "1220" if a == 1 else "1120"
            return _ring(heart, at.d) if at.d < len(heart) else GOLD * (at.far != at.near)


def _naga_besaung(variation: Variation, at: Spot) -> int:
    """Two dragons facing: hooked diamonds, one large or four small."""
    return _naga_large(variation, at) if variation.a < 2 else _naga_small(variation, at)


def _naga_large(variation: Variation, at: Spot) -> int:
    _, b, c = variation
    if at.d > 12:
        return _ring(("1110011", "22011001", "110011", "11111")[(b + c) % 4], at.k)
    if at.d > 10:
        return GOLD
    along, across = (at.v, at.u) if b % 2 == 0 else (at.u, at.v)
    is_diamond = at.d in {7, 8} and along > 1
    is_hook = across in {4, 5} and along <= 2 and at.d <= 7
    if is_diamond or is_hook:
        return GOLD
    if at.d <= 2:
        return _ring(("101", "121", "111", "201")[c], at.d)
    return GOLD * (b >= 2 and across == 0 and 3 <= along <= 6)


def _naga_small(variation: Variation, at: Spot) -> int:
    a, b, c = variation
    step = round(abs(at.u - 5.5) + abs(at.v - 5.5))
    if step < 8:
        is_gap = (at.u > 6 and at.v in {5, 6}, at.v > 6 and at.u in {5, 6}, at.u < 5 and at.v in {5, 6}, False)[b]
        return GROUND if step in {3, 4} and is_gap else _ring("02011011" if c % 2 else "01011011", step)
    if at.d <= 2:
        return _ring(("11", "22", "1", "101")[c], at.d)
    if at.k <= 2:
        return _ring(("11", "1", "22", "111")[c], at.k)
    return GOLD * (at.x <= a - 2)


def _pucuk_rebung(variation: Variation, u: int, y: int) -> int:
    """Bamboo shoots: one tall, or two facing. Mirrored left to right only."""
    return _rebung_tall(variation, u, y) if variation.a < 2 else _rebung_facing(variation, u, y)


def _rebung_tall(variation: Variation, u: int, y: int) -> int:
    _, b, c = variation
    if y > 20:
        return GROUND if y == 21 else GOLD * (y == 23 or u % 2 == 0)
    inside = y / 2 - u
    if inside > 5 and c < 3:
        return _ring(("1102", "2201", "101")[c], u + abs(y - 16))
    if inside >= 0:
        every, gold = ((3, 2), (4, 2), (2, 1), (5, 4))[b]
        return GOLD * (int(inside) % every < gold)
    p = HALF - 1 - u
    step = (p + abs(y - 5), p + abs(y - 4), 2 * p + abs(y - 6), p + abs(y - 6))[c]
    return _ring(("1111", "11001", "111111", "02011")[c], step)


def _rebung_facing(variation: Variation, u: int, y: int) -> int:
    _, b, c = variation
    z = min(y, SIZE - 1 - y)
    if z == 11:
        return GOLD * (c % 2 == 1 or u % 2 == 1)
    if z == 10 and c < 2:
        return GROUND
    inside = z - u
    if inside < 0:
        return _ring(("1111", "11001", "1201", "10101")[c], HALF - 1 - u + z)
    heart = u + abs(z - 8)
    if heart <= 2:
        return (ACCENT, GOLD, GROUND)[heart]
    every, gold = ((3, 2), (4, 3), (2, 1), (6, 5))[b]
    return GOLD * (inside % every < gold)


def _tampuk_manggis(variation: Variation, at: Spot) -> int:
    """The rosette under a mangosteen, framed."""
    a, _, c = variation
    if at.far == 11:
        return GOLD * (c != 1 or at.d % 2 == 1)
    if at.far == 10:
        return GOLD * (c == 2 and at.near % 3 == 0)
    if at.d <= (2, 3, 3, 2)[a]:
        return _ring(("12", "112", "121", "2")[a], at.d)
    return GOLD * _in_leaf(variation, at)


def _in_leaf(variation: Variation, at: Spot) -> bool:
    a, b, c = variation
    aside = abs(at.u - at.v)
    on_axis = at.near <= (2, 1, 1, 2)[b] - (at.far > 7) and 3 <= at.far <= (8, 9, 7, 8)[b]
    if b % 2 == 0:
        is_leaf = aside <= (1, 2, 2, 3)[a] - (at.d > 13) - (at.d < 5) and at.d <= 16
    else:
        is_leaf = on_axis or (aside <= 1 and 8 <= at.d <= 16)
    if is_leaf:
        is_vein = aside == 0 and 7 <= at.d <= 14 and c in {0, 3}
        return not is_vein
    if b % 2 == 0:
        return on_axis and aside > (2, 3, 3, 4)[a]
    return b == 3 and at.far == 9 and at.near > 6


def _tawur(variation: Variation, at: Spot) -> int:
    """Scattered: small figures on open ground."""
    a, b, c = variation
    reach = (2, 3, 2, 3)[a]
    if a < 2 and _in_star(at, reach):
        return GOLD * (at.far != at.near or at.far == 0)
    if a >= 2 and at.d <= reach + 3:
        return _ring(("120111", "1210111")[reach - 2], at.d)
    if at.k <= 4:
        return GOLD * (0 in (at.p, at.q)) if b == 3 else _ring(("1101", "111", "22001")[b], at.k)
    return GOLD * (at.x <= (0, 1, -1, 0)[c])


BINTANG, NAGA_BESAUNG, PUCUK_REBUNG = "bintang", "naga-besaung", "pucuk-rebung"
TAMPUK_MANGGIS, TAWUR = "tampuk-manggis", "tawur"
FAMILIES = (BINTANG, NAGA_BESAUNG, PUCUK_REBUNG, TAMPUK_MANGGIS, TAWUR)
# Mirrored both ways; the rest left to right only.
FOURFOLD: dict[str, Callable[[Variation, Spot], int]] = {
    BINTANG: _bintang,
    NAGA_BESAUNG: _naga_besaung,
    TAMPUK_MANGGIS: _tampuk_manggis,
    TAWUR: _tawur,
}
