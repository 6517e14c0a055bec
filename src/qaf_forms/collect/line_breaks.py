"""Puts back the line breaks of what a form prints, where a program took them out.

In a workbook a question and its small print stand in one cell, in lines of their own, and the first line is what the
question is known by. Functions that clean cells, and programs through which sheets are brought elsewhere, make one line
of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qaf_forms.define.scale import fold
from qaf_forms.plugin.interfaces import Cell, Table

_MOST_GONE = 0.5
"""With less than this part of the printed cells as they were printed, the others are looked at one by one."""


class LineBreaks:
    """Knows the cells of several lines that a blank copy has."""

    def __init__(self, blank: Iterable[Table] = ()) -> None:
        printed = [text for _, text in _texts(blank) if "\n" in text]
        self._least = _MOST_GONE * len(printed)
        self._printed = frozenset(printed)
        self._by_words = {fold(text): text for text in printed}

    def put_back(self, tables: Iterable[Table]) -> None:
        """Give printed cells their lines again, if most of them have lost these."""
        tables = list(tables)
        if not self._are_gone(tables):
            return
        for cell, text in _texts(tables):
            printed = self._by_words.get(fold(text))
            if printed is not None:
                cell.value = printed

    def _are_gone(self, tables: Iterable[Table]) -> bool:
        as_printed = 0
        for _, text in _texts(tables):
            as_printed += text in self._printed
            if as_printed >= self._least:
                return False
        return True


def _texts(tables: Iterable[Table]) -> Iterator[tuple[Cell, str]]:
    for table in tables:
        for row in table.rows:
            for cell in row:
                if isinstance(cell.value, str) and cell.value:
                    yield cell, cell.value
