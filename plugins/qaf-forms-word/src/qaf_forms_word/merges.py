"""Cells of a table that were merged with those below them or to their right."""

from __future__ import annotations

from lxml import etree

from qaf_forms.plugin import Cell
from qaf_forms_word import names as n

FIRST, FURTHER = "restart", "continue"
_MERGED_DOWN = f"{n.TCPR}/{n.MERGED_DOWN}"
_MERGED_ACROSS = f"{n.TCPR}/{n.MERGED_ACROSS}"


def merged_by(element: etree._Element) -> str:
    """What a `w:vMerge` or `w:hMerge` says: the first of the merged cells, or a further one."""
    return FIRST if element.get(n.VAL) == FIRST else FURTHER


def merged_down(cell: etree._Element) -> str:
    """How a cell is merged with those above and below: the first, a further one, or not at all."""
    merge = cell.find(_MERGED_DOWN)
    return "" if merge is None else merged_by(merge)


def is_merged_to_its_left(cell: etree._Element) -> bool:
    """Whether an old program merged a cell with the one before it: newer ones widen that one instead."""
    merge = cell.find(_MERGED_ACROSS)
    return merge is not None and merged_by(merge) == FURTHER


class Merges:
    """The cells of one table that those below may still belong to, by column."""

    def __init__(self) -> None:
        self._open: dict[int, Cell] = {}

    @property
    def are_open(self) -> bool:
        """Whether any cell may go on below."""
        return bool(self._open)

    def add(self, cell: Cell, merged: str) -> None:
        """Note how a cell is merged; a further one is told which it was merged into."""
        if merged == FURTHER:
            cell.into = self._open.get(cell.column)
        elif merged:
            self._open[cell.column] = cell
        elif self._open:
            self._open.pop(cell.column, None)
