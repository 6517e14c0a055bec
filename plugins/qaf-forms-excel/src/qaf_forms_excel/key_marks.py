"""Turns the hidden marks of a sheet (see `marks`) into anchors on its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from qaf_forms.plugin import Cell, Code, UnreadableFileError
from qaf_forms_excel import marks
from qaf_forms_excel.known import Anchors

_SKIP = len(marks.PREFIX)
_COLUMN_MARK = re.compile(rf"{marks.PREFIX}(?:=|[a-z][a-z0-9_]*)")
_SHEET_MARKS = frozenset({marks.COVER, marks.STAMP, marks.WORKING, marks.REMARKS})
_MOST_KEYS = 200_000
"""Ten times as many as the largest form has answer spaces."""


class KeyMarks:
    """What looks like marks in one sheet.

    Once `settle` is called, `lists` holds the digests of lists by column, and `cells` those of written texts by row.

    Where the sheet has column rows, a mark stands in their column or in one of them; otherwise in the first row.
    Whatever else looks like a mark was typed by somebody.
    """

    def __init__(self) -> None:
        self.is_stamp = self.is_working = self.is_remarks = False
        self.cells: dict[int, frozenset[str]] = {}
        self.lists: dict[int, str] = {}
        self._is_cover = False
        self._noted: list[tuple[int, int, str]] = []
        self._in_rows: list[tuple[int, int, str]] = []
        self._blocks: dict[int, str] = {}

    @property
    def found(self) -> bool:
        """Whether there are any that name answers."""
        return bool(self._blocks)

    @property
    def is_made(self) -> bool:
        """Whether the sheet holds nothing for people to fill in: the stamp, lists, workings, or what is sent back."""
        return self.is_stamp or self.is_working or self.is_remarks or bool(self.lists)

    @property
    def is_cover(self) -> bool:
        """Whether the sheet says of itself, so far, that it is the cover."""
        return self._is_cover

    @property
    def only_working(self) -> bool:
        """Whether the sheet says of itself, so far, that formulas work things out in it, and has no other mark."""
        return len(self._noted) == 1 and self._noted[0][0] == 1 and self._noted[0][2] == marks.WORKING

    @property
    def rows(self) -> frozenset[int]:
        """The rows that are marked as somebody's answers, once the marks are settled."""
        return frozenset(row for row, _, _ in self._in_rows if row not in self._blocks)

    def note(self, row: int, column: int, text: str) -> None:
        """Take note of what looks like a mark."""
        self._noted.append((row, column, text))
        if row == 1 and text == marks.COVER:
            self._is_cover = True

    @property
    def are_headless(self) -> bool:
        """Whether there are marks, and none that heads a row of the marks of columns: their column was deleted."""
        return bool(self._noted) and not any(text.startswith(marks.COLUMNS) for _, _, text in self._noted)

    def forget_columns(self, rows: Container[int]) -> None:
        """Forget what can only be marks of columns in these rows, which nobody sees."""
        self._noted = [
            (row, column, text)
            for row, column, text in self._noted
            if row not in rows or text in _SHEET_MARKS or not _COLUMN_MARK.fullmatch(text)
        ]

    def settle(self) -> Iterator[tuple[int, int, str]]:
        """Tell the marks from what was typed, and give that: row, column and text."""
        heads = [(row, column, text) for row, column, text in self._noted if text.startswith(marks.COLUMNS)]
        first = min((column for _, column, _ in heads), default=-1)
        self._blocks = {row: text[len(marks.COLUMNS) :].strip() for row, column, text in heads if column == first}
        for row, column, text in self._noted:
            if self._blocks and (column == first or row in self._blocks):
                if not text.startswith(marks.COLUMNS):
                    self._in_rows.append((row, column, text[_SKIP:]))
            elif self.is_remarks and column == 0 and text.startswith(marks.CELLS):
                self.cells[row] = frozenset(text[len(marks.CELLS) :].split())
            elif self._blocks or row > 1 or not self._is_of_sheet(column, text):
                yield row, column, text

    def _is_of_sheet(self, column: int, text: str) -> bool:
        """Whether a mark says what a whole sheet or column is; take note of it."""
        if text == marks.STAMP:
            self.is_stamp = True
        elif text == marks.WORKING:
            self.is_working = True
        elif text == marks.REMARKS:
            self.is_remarks = True
        elif text.startswith(marks.LIST):
            self.lists[column] = text[len(marks.LIST) :]
        else:
            return text == marks.COVER
        return True

    def apply(
        self,
        rows: dict[int, list[Cell]],
        new_cell: Callable[[int, int], Cell],
        anchors: Anchors,
    ) -> None:
        """Give every cell that a row mark and a column mark meet in its key, and make those that are not stored."""
        columns: dict[str, list[tuple[int, str]]] = {block: [] for block in self._blocks.values()}
        for row, column, text in self._in_rows:
            if row in self._blocks:
                columns[self._blocks[row]].append((column, text))
        first = {block: min(found)[0] for block, found in columns.items() if found}
        alone = [column for column, name in columns.get("", ()) if name == "="]
        made = 0
        for row, _, key in self._in_rows:
            if row in self._blocks:
                continue
            found = _keys(key, columns, first, alone)
            made += len(found)
            if made > _MOST_KEYS:
                size, limit = f"more than {_MOST_KEYS:,}", f"{_MOST_KEYS:,}"
                raise UnreadableFileError(Code.TOO_COMPLEX.problem(what="the number of marks", size=size, limit=limit))
            by_column = {cell.column: cell for cell in reversed(rows.get(row, ()))}
            for column, name in found:
                cell = by_column.get(column) or new_cell(row, column)
                by_column[column] = cell
                cell.anchors = (*cell.anchors, anchors[name])


def _keys(
    key: str, columns: Mapping[str, list[tuple[int, str]]], first: Mapping[str, int], alone: Iterable[int]
) -> list[tuple[int, str]]:
    """Column and key of every answer in the row that `key` marks.

    `columns` are the marked columns of each block, `first` the first of them, `alone` those of single questions.
    """
    if key[-1:] == "]":
        block = key[: key.rfind("[")]
        if key[-2:] == "[]":
            return [(first[block], key)] if block in first else []
        return [(column, f"{key}.{name}") for column, name in columns.get(block, ())]
    within = columns.get(key.rpartition(".")[0], []) if "." in key else []
    if within:
        return [(column, f"{key}.{name}") for column, name in within]
    return [(column, key) for column in alone]
