"""Empties the cells in which nothing but the form's own formula stands, without a result.

So they come from programs that do not calculate. The formula says nothing of the answers, which are worked out anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qaf_forms.plugin.interfaces import Cell, Table
from qaf_forms.problems import Code

_BY_FORMULA = Code.BY_FORMULA.value.code
_CELLS = re.compile(r"\$[A-Z]{1,3}\$[0-9]+|\bqaf_\w+")
"""Cells and their names. Programs write them anew when rows are moved, and they differ with the number of rows."""
_NUMBER = re.compile(r"\[[0-9]+\]")

_Own = tuple[str, str]
"""What marks a space, in whatever row or copy, and its formula, wherever the cells are that it counts."""


class OwnFormulas:
    """Knows the formulas that a blank copy has, and the spaces that they stand in. Any other one somebody typed."""

    def __init__(self, blank: Iterable[Table] = ()) -> None:
        self._known = {own for cell in _with_formulas(blank) for own in _owned(cell)}

    def empty(self, tables: Iterable[Table]) -> None:
        """Take own formulas out of the cells that show them for want of a result."""
        for cell in _with_formulas(tables) if self._known else ():
            if cell.value == f"={cell.formula}" and not self._known.isdisjoint(_owned(cell)):
                cell.value = ""
                cell.remarks = tuple(one for one in cell.remarks if one.code != _BY_FORMULA)


def _with_formulas(tables: Iterable[Table]) -> Iterator[Cell]:
    return (cell for table in tables for row in table.rows for cell in row if cell.formula)


def _owned(cell: Cell) -> Iterator[_Own]:
    formula = _CELLS.sub("$", cell.formula)
    return ((_NUMBER.sub("[]", anchor.name), formula) for anchor in cell.anchors)
