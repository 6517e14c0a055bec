"""Cells that somebody merged, as the cells that they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qaf_forms.plugin.interfaces import Cell


def cell_at(column: int, row: Sequence[Cell]) -> Cell:
    """What stands in a column of a row: its cell, or an empty one, which may be covered by a cell to its left."""
    for cell in row:
        if cell.column <= column < cell.column + cell.across:
            return cell if cell.column == column else _part_of(cell, column)
    return Cell(column, "", row[0].place)


def covered(row: Sequence[Cell]) -> Iterator[Cell]:
    """The columns of a row that are covered by a cell to their left, as cells."""
    for cell in row:
        for column in range(cell.column + 1, cell.column + cell.across):
            yield _part_of(cell, column)


def is_covered(cell: Cell) -> bool:
    """Whether what people see in a cell stands in another, which it was merged with."""
    return cell.into is not None and cell.value == "" and cell.into.value != ""


def _part_of(cell: Cell, column: int) -> Cell:
    return Cell(column, "", cell.place, into=cell.into or cell)
