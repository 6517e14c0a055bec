"""Finds the answer spaces of a layout in the contents of a file.

Every space is looked for by its surest anchor first: the mark that the renderer put on it (a content control's tag, a
defined name), a second mark (a bookmark, a hidden key), the printed code in its row with the head of its column, and
last the wording of the question. What is left over and was not printed by the form is the respondent's own writing.
"""

from __future__ import annotations

from collections.abc import Iterator

from qaf_forms.collect.located import Located
from qaf_forms.collect.own_rows import OwnRows
from qaf_forms.collect.printed_rows import PrintedRows
from qaf_forms.collect.reading import RawAnswer
from qaf_forms.define.scale import fold
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.printed import printed_lines, stamp_lines
from qaf_forms.issue.stamp import Stamp
from qaf_forms.plugin.interfaces import Cell, Contents, Extra, Route, Table

_STRENGTH = {route: place for place, route in enumerate(Route)}
_EMPTY_MARKS = frozenset(" \t•·-–—_.…☐:;|")


class Locator:
    """Finds the spaces of one layout in any number of files. Made once per layout: it indexes what the form prints."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._printed = printed_lines(layout)
        self._own_rows = OwnRows(layout)
        self._printed_rows = PrintedRows(layout)
        self._labels = frozenset(
            fold(level.label) for space in layout.fields if space.scale for level in space.scale.levels
        )

    def locate(self, contents: Contents, stamp: Stamp | None) -> Located:
        """Account for everything in `contents`."""
        located = Located()
        ticks: dict[str, dict[str, Cell]] = {}
        for table in contents.tables:
            for row in table.rows:
                self._take_anchored(row, located, ticks)
        self._join_ticks(ticks, located)
        self._own_rows.take(contents.tables, located)
        missing = [space for space in self.layout.fields if space.key not in located.answers and not space.table]
        if missing:
            self._printed_rows.take(missing, contents.tables, located)
        located.extras.extend(self._leftovers(contents, located, stamp_lines(stamp)))
        located.extras.extend(contents.extras)
        return located

    def _take_anchored(self, row: list[Cell], located: Located, ticks: dict[str, dict[str, Cell]]) -> None:
        for cell in row:
            if not cell.anchors:
                continue
            taken: set[str] = set()
            for anchor in cell.anchors:
                space, level = self._anchored(anchor.route, anchor.name)
                if space is None or space.table or space.key in taken:
                    continue
                if level and len(cell.anchors) <= 2:
                    ticks.setdefault(space.key, {}).setdefault(level, cell)
                    located.claimed.add(id(cell))
                else:
                    located.take(space, cell, anchor.route)
                    taken.add(space.key)

    def _anchored(self, route: Route, name: str) -> tuple[Field | None, str]:
        """The field that an anchor marks, and the level when it marks one tick of it."""
        if route is Route.KEY:
            key, _, level = name.partition("#")
            return self.layout.field(key), level
        space = self.layout.by_anchor.get(name)
        if space is None or space.anchor == name:
            return space, ""
        return space, next(tick.level.code for tick in space.ticks if tick.anchor == name)

    def _join_ticks(self, ticks: dict[str, dict[str, Cell]], located: Located) -> None:
        """Put the boxes that stand in cells of their own together: one line a box, as they stand in one cell."""
        for key, boxes in ticks.items():
            space = self.layout.field(key)
            if space is None or key in located.answers:
                continue
            lines = []
            for tick in space.ticks:
                cell = boxes.get(tick.level.code)
                value = "" if cell is None else str(cell.value).strip()
                lines.append(f"{'☒' if _is_tick(value) else '☐'} {tick.level.label}{_beside(value)}")
            first = next(iter(boxes.values()))
            remarks = [remark for cell in boxes.values() for remark in cell.remarks]
            route = min((anchor.route for anchor in first.anchors), key=_STRENGTH.__getitem__)
            value = "\n".join(lines) if any(str(cell.value).strip() for cell in boxes.values()) else ""
            located.answers[key] = RawAnswer(space, value, first.place, route, remarks)

    def _leftovers(self, contents: Contents, located: Located, stamped: frozenset[str]) -> Iterator[Extra]:
        for table in contents.tables:
            for row in table.rows:
                yield from self._left_in_row(table, row, located, stamped)
        for loose in contents.loose:
            lines = [line for line in loose.text.split("\n") if not self._is_printed(line, stamped)]
            if lines:
                yield Extra("text" if loose.kind == "paragraph" else loose.kind, loose.place, "\n".join(lines))

    def _left_in_row(self, table: Table, row: list[Cell], located: Located, stamped: frozenset[str]) -> Iterator[Extra]:
        ours = any(id(cell) in located.claimed for cell in row)
        for cell in row:
            if id(cell) in located.claimed or cell.value == "":
                continue
            lines = [line for line in str(cell.value).split("\n") if not self._is_printed(line, stamped)]
            if ours:
                lines = [line for line in lines if not self._is_row_mark(cell, line)]
            if lines:
                yield Extra("text", cell.place, "\n".join(lines))

    def _is_printed(self, line: str, stamped: frozenset[str]) -> bool:
        if not line or _EMPTY_MARKS.issuperset(line):
            return True
        folded = fold(line)
        return bool(folded) and (folded in self._printed or folded in stamped)

    def _is_row_mark(self, cell: Cell, line: str) -> bool:
        """Whether `line` is a row's number or the label of a tick, in a row whose answer space is found."""
        return (line.strip().isdigit() and cell.column <= 1) or (fold(line) in self._labels and cell.column <= 2)


def _is_tick(value: str) -> bool:
    return fold(value) in _TICKS or value in _TICKS


def _beside(value: str) -> str:
    """What was typed in a tick's cell beyond a tick or a cross for no."""
    return "" if not value or _is_tick(value) or fold(value) in _NO_TICKS else f"\n{value}"


_TICKS = frozenset({"x", "y", "yes", "true", "1", "tick", "ticked", "☒", "☑", "✓", "✔", "✗", "✘", "v", "ü", "√"})
_NO_TICKS = frozenset({"n", "no", "false", "0", "☐"})
