"""Turns the hidden marks of a sheet (see `marks`) into anchors on its cells."""

from __future__ import annotations

from collections.abc import Callable

from qaf_forms.plugin import Anchor, Cell, Route
from qaf_forms_excel import marks

_SKIP = len(marks.PREFIX)


class KeyMarks:
    """The marks of one sheet. `lists` holds the digest of each list of levels by its column."""

    def __init__(self) -> None:
        self.is_stamp = False
        self.lists: dict[int, str] = {}
        self._in_rows: list[tuple[int, int, str]] = []
        self._blocks: dict[int, str] = {}

    @property
    def found(self) -> bool:
        """Whether there are any that name answers."""
        return bool(self._blocks)

    def note(self, row: int, column: int, text: str) -> None:
        """Take note of a mark."""
        if text.startswith(marks.COLUMNS):
            self._blocks[row] = text[len(marks.COLUMNS) :].strip()
        elif text == marks.STAMP:
            self.is_stamp = True
        elif text.startswith(marks.LIST):
            self.lists[column] = text[len(marks.LIST) :]
        elif text != marks.COVER:
            self._in_rows.append((row, column, text[_SKIP:]))

    def apply(
        self,
        rows: dict[int, list[Cell]],
        new_cell: Callable[[int, int], Cell],
        anchor: Callable[[Route, str], Anchor],
    ) -> None:
        """Give every cell that a row mark and a column mark meet in its key, and make those that are not stored."""
        columns: dict[str, list[tuple[int, str]]] = {block: [] for block in self._blocks.values()}
        for row, column, text in self._in_rows:
            if row in self._blocks:
                columns[self._blocks[row]].append((column, text))
        for row, _, key in self._in_rows:
            if row in self._blocks:
                continue
            for column, name in _keys(key, columns):
                cells = rows.get(row, ())
                cell = next((one for one in cells if one.column == column), None) or new_cell(row, column)
                cell.anchors = (*cell.anchors, anchor(Route.KEY, name))


def _keys(key: str, columns: dict[str, list[tuple[int, str]]]) -> list[tuple[int, str]]:
    """Column and key of every answer in the row that `key` marks."""
    if key[-1:] == "]":
        within = columns.get(key[: key.rfind("[")], [])
        if key[-2:] == "[]":
            return [(min(within)[0], key)] if within else []
        return [(column, f"{key}.{name}") for column, name in within]
    within = columns.get(key.rpartition(".")[0], []) if "." in key else []
    if within:
        return [(column, f"{key}.{name}") for column, name in within]
    return [(column, key) for column, name in columns.get("", ()) if name == "="]
