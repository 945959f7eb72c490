"""Innovations -> the rows of a table, under the captions that an import knows."""

from collections.abc import Iterable

from katalog.cells import to_cell
from katalog.entry_text import plain_entry
from katalog.model import Innovation
from katalog.schema import FILE_NAME, INNOVATION
from katalog.tabular.body import body_cells
from katalog.tabular.columns import COLUMNS


def as_rows(innovations: Iterable[Innovation]) -> list[list[str]]:
    """A row of captions, then a row for each innovation by its file name."""
    ordered = sorted(innovations, key=lambda innovation: innovation.slug)
    return [[column.caption for column in COLUMNS], *(_row(innovation) for innovation in ordered)]


def _row(innovation: Innovation) -> list[str]:
    values = plain_entry(innovation)
    cells = {field.key: to_cell(values.get(field.key), field.kind) for field in INNOVATION}
    cells |= {FILE_NAME.key: innovation.slug, **body_cells(innovation.body)}
    return [cells.get(column.key, "") for column in COLUMNS]
