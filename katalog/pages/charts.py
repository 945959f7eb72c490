"""Facets -> charts: bars of segments, one segment for one innovation, as figures for the templates to draw."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from katalog.language import INDONESIAN, Language
from katalog.model import Facet

# Pixels from one segment to the next, and of the segment itself; the largest pair that fits is taken.
_STEPS = ((12, 10), (10, 8), (8, 6), (5, 4), (4, 3))
_LONGEST = 330
# More columns than this would be too narrow to read.
_MOST_YEARS = 24

Row = tuple[str, str, int]


class Bar(Struct, frozen=True, kw_only=True):
    """What one bar tells, where it leads ("" where nowhere), and its length in pixels."""

    label: str
    path: str
    count: int
    length: int


class Chart(Struct, frozen=True, kw_only=True):
    """Bars of one scale: segments of `dash` with gaps of `gap` pixels; `gap` is 0 where there are too many to part."""

    bars: tuple[Bar, ...]
    dash: int
    gap: int
    longest: int


def bars(facet: Facet, language: Language = INDONESIAN) -> Chart:
    """A facet's terms with innovations, most first."""
    filled = [group for group in facet.groups if group.innovations]
    ordered = sorted(filled, key=lambda group: -len(group.innovations))
    return _chart([(language.name_of(g.term), f"{facet.path}/{g.term.slug}/", len(g.innovations)) for g in ordered])


def years(facet: Facet) -> Chart:
    """Every year from the first to the last, those without innovations too; no bars where they are too many."""
    found = {int(group.term.slug): len(group.innovations) for group in facet.groups if group.innovations}
    span = range(min(found), max(found) + 1) if found else range(0)
    if len(span) > _MOST_YEARS:
        return _chart([])
    return _chart([(str(year), f"{facet.path}/{year}/" if year in found else "", found.get(year, 0)) for year in span])


def backwards(chart: Chart) -> Chart:
    """The same bars, last first."""
    return replace(chart, bars=chart.bars[::-1])


def _chart(rows: Sequence[Row]) -> Chart:
    most = max((count for _, _, count in rows), default=0)
    step, dash = next((pair for pair in _STEPS if most * pair[0] <= _LONGEST), (_LONGEST / max(most, 1), _LONGEST))
    gap = max(0, round(step - dash))
    lengths = [round(count * step) - gap * bool(count) for _, _, count in rows]
    return Chart(
        bars=tuple(
            Bar(label=label, path=path, count=count, length=length)
            for (label, path, count), length in zip(rows, lengths, strict=True)
        ),
        dash=dash,
        gap=gap,
        longest=max(lengths, default=0),
    )
