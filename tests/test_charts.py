"""Bars: order, scale, and years without innovations."""

import pytest

from katalog.model import Facet, Group, Innovation, Term
from katalog.pages.charts import bars, years

STATUS = Term(vocabulary="status", name="contoh", slug="contoh")
ENTRY = Innovation(slug="a", path="a", name="a", summary="a", group=STATUS, manager=STATUS, status=STATUS)


def _facet(key: str, counts: dict[str, int]) -> Facet:
    groups = tuple(
        Group(term=Term(vocabulary=key, name=slug, slug=slug), innovations=(ENTRY,) * count)
        for slug, count in counts.items()
    )
    return Facet(key=key, path=key, label=key, question="", groups=groups, unknown=())


def test_the_most_come_first_and_the_empty_not_at_all() -> None:
    """Each leads to its list."""
    chart = bars(_facet("urusan", {"b": 1, "c": 3, "leer": 0, "a": 1}))

    assert [(bar.label, bar.count, bar.path) for bar in chart.bars] == [
        ("c", 3, "urusan/c/"),
        ("b", 1, "urusan/b/"),
        ("a", 1, "urusan/a/"),
    ]


def test_years_without_innovations_stand_between_the_others_and_lead_nowhere() -> None:
    """A gap is a finding, too."""
    chart = years(_facet("tahun", {"2021": 2, "2018": 1}))

    assert [(bar.label, bar.count, bool(bar.path)) for bar in chart.bars] == [
        ("2018", 1, True),
        ("2019", 0, False),
        ("2020", 0, False),
        ("2021", 2, True),
    ]
    assert [bar.length for bar in chart.bars] == [10, 0, 0, 22]


def test_too_many_years_are_left_to_the_list() -> None:
    """Columns nobody can read."""
    assert years(_facet("tahun", {"1950": 1, "2021": 1})).bars == ()
    assert years(_facet("tahun", {})).bars == ()


@pytest.mark.parametrize("most", [1, 27, 33, 66, 82, 83, 400, 30_000])
def test_the_longest_bar_fits_and_lengths_keep_their_proportion(most: int) -> None:
    """Whatever the size of the catalogue; segments as long as they can be told apart."""
    chart = bars(_facet("urusan", {"a": most, "b": 1}))

    assert 0 < chart.longest <= 330
    assert (chart.gap > 0) == (most <= 82)
    assert (chart.bars[0].length + chart.gap) / most == pytest.approx(chart.longest / most, abs=chart.gap / most + 0.01)
    if chart.gap:
        assert chart.bars[0].length == most * (chart.dash + chart.gap) - chart.gap
