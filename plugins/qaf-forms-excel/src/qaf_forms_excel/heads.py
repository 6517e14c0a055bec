"""Writes the heads of blocks: titles, labels of levels under them, and what columns share above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qaf_forms.plugin import ColumnHead, Layout, other_role_line, paragraphs
from qaf_forms_excel import marks
from qaf_forms_excel.columns import SheetColumn
from qaf_forms_excel.page import Page
from qaf_forms_excel.styles import Look
from qaf_forms_excel.widths import is_turned, turned_height


class Head(NamedTuple):
    """A head that was written: its first and last row, and what it says."""

    top: int
    bottom: int
    words: tuple[str, ...]


class HeadWriter:
    """Writes the heads of one section of a role's copy onto its page."""

    def __init__(self, page: Page, layout: Layout, role: str | None) -> None:
        self._page, self._layout, self._role = page, layout, role
        self.written: list[Head] = []

    def write_marks(self, block: str, columns: Sequence[SheetColumn]) -> None:
        """Write the hidden row that marks the columns of a block."""
        row = self._page.next_row()
        self._page.mark(row, f"{marks.COLUMNS} {block}")
        for head, first, levels in columns:
            for place, level in enumerate(levels, start=first):
                self._page.mark(row, f"{marks.PREFIX}{head.id}#{level.code}", place)
            if not levels:
                self._page.mark(row, marks.PREFIX + head.id, first)
        self._page.hide(row)

    def write(self, columns: Sequence[SheetColumn], before: Sequence[tuple[int, str]]) -> int:
        """Write a head: what columns share above the titles, and the labels of levels below them.

        Returns its lowest row.
        """
        page = self._page
        top = page.row
        sides = [column for column, _ in before]
        if any(column.head.under for column in columns):
            self._upper_head(columns, sides)
        has_levels = any(column.levels for column in columns)
        if has_levels:
            self._titles_over_levels(columns, sides)
        row, look = page.next_row(), Look.HEAD_BELOW if has_levels else Look.HEAD
        for place, text in before:
            page.put(row, place, text, look)
        heights = [18.0]
        for column in columns:
            heights += self._labels(row, column) if column.levels else [self._title(row, column, columns, look)]
        page.set_height(row, max(heights))
        words = (text for column in columns for text in self._words_of(column, columns))
        self.written.append(Head(top, row, (*(text for _, text in before), *words)))
        return row

    def _words_of(self, column: SheetColumn, columns: Sequence[SheetColumn]) -> Iterator[str]:
        yield from (column.head.under, column.head.title)
        yield self._head_small_print(column.head, [one.head for one in columns])
        yield from (level.label for level in column.levels)

    def _title(self, row: int, column: SheetColumn, columns: Sequence[SheetColumn], look: Look) -> float:
        """Write the title of a column with its small print, over all of its columns. Returns the height it needs."""
        page, title = self._page, column.head.title
        small = self._head_small_print(column.head, [one.head for one in columns])
        for place in column.places:
            page.cell(row, place, look)
        page.put(row, column.first, title, look, small)
        page.merge(row, column.first, column.last)
        return page.height_of_head(column.places, title, small)

    def _titles_over_levels(self, columns: Sequence[SheetColumn], before: Sequence[int]) -> None:
        page = self._page
        row = page.next_row()
        for place in (*before, *(column.first for column in columns if not column.levels)):
            page.cell(row, place, Look.HEAD_ABOVE)
        heights = [self._title(row, column, columns, Look.HEAD) for column in columns if column.levels]
        page.set_height(row, max(18.0, *heights))

    def _labels(self, row: int, column: SheetColumn) -> list[float]:
        """Write the labels of levels over their columns. Returns the heights that they need."""
        page = self._page
        heights = []
        for place, level in zip(column.places, column.levels, strict=True):
            turned = is_turned(level.label, page.widths[place - 1])
            page.put(row, place, level.label, Look.TURNED_HEAD if turned else Look.LEVEL_HEAD)
            heights.append(turned_height(level.label) if turned else page.height_of(level.label, place))
        return heights

    def _upper_head(self, columns: Sequence[SheetColumn], before: Sequence[int]) -> None:
        row = self._page.next_row()
        for place in (*before, *(place for column in columns for place in column.places)):
            self._page.cell(row, place, Look.HEAD)
        last = ""
        for column in columns:
            if column.head.under != last:
                self._page.put(row, column.first, column.head.under, Look.HEAD)
            last = column.head.under

    def _head_small_print(self, head: ColumnHead, columns: Sequence[ColumnHead]) -> str:
        lines = [one.mark + one.text for one in paragraphs(head.help)] if head.help else []
        lines.append(self._layout.column_note(head, columns))
        if self._role not in (None, head.role) and not head.is_given and head.calculation is None:
            lines.append(other_role_line(head.role_title, self._layout.words))
        return "\n".join(line for line in lines if line)
