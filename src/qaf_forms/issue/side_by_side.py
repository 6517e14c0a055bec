"""Which columns of a grid or table can have their levels side by side, a column to tick for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qaf_forms.define.scale import Level
from qaf_forms.issue.fields import Field, GridBlock, TableBlock


def levels_side_by_side(block: GridBlock | TableBlock) -> Mapping[str, tuple[Level, ...]]:
    """By the id of a column its levels, where every row of it has the same ones to tick.

    A column in which some rows ask for something else has no levels that all of them share: it stays one column.
    """
    found: dict[str, tuple[Level, ...]] = {}
    mixed: set[str] = set()
    for field in _fields_of(block):
        levels = tuple(tick.level for tick in field.ticks)
        if not levels or found.setdefault(field.column, levels) != levels:
            mixed.add(field.column)
    return {column: levels for column, levels in found.items() if column not in mixed}


def _fields_of(block: GridBlock | TableBlock) -> Iterator[Field]:
    if isinstance(block, TableBlock):
        for row in block.rows:
            yield from row
    else:
        for grid_row in block.rows:
            yield from grid_row.fields
