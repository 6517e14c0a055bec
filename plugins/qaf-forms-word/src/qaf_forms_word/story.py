"""Walks one part of a document (its body, a header, the comments) and says what stands where."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heappop, heappush

from qaf_forms.plugin import Cell, Code, Extra, Limits, Table, UnreadableFileError
from qaf_forms_word import names as n
from qaf_forms_word.graphics import OTHERWISE, alternative
from qaf_forms_word.merges import Merges, is_merged_to_its_left, merged_down
from qaf_forms_word.quick_tables import QuickCell, quick_rows
from qaf_forms_word.returned_controls import Control
from qaf_forms_word.runs import Element, RunWalker
from qaf_forms_word.spaces import ANCHOR_PREFIX, Space
from qaf_forms_word.texts import span_of

_GRID_SPAN = f"{n.TCPR}/{n.GRID_SPAN}"
_DELETED_ROW = f"{n.TRPR}/{n.DEL}"
_DELETED_CELL = f"{n.TCPR}/{n.CELL_DELETED}"
_DELETED_END = f"{n.PPR}/{n.RPR}/{n.DEL}"


class Story(RunWalker):
    """The tables, loose paragraphs and extras of one part, in the order of the document.

    Every `w:t` goes into a cell, a loose paragraph or an extra. `kind` is paragraph for the body, otherwise header or
    footer, whose page numbers are left out: they are nobody's text.
    """

    def __init__(
        self,
        limits: Limits,
        links: Mapping[str, str],
        kind: str = "paragraph",
        placeholders: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(links, placeholders, drops_page_numbers=kind != "paragraph")
        self.tables: list[Table] = []
        self.loose: list[Extra] = []
        self._limits = limits
        self.kind = kind
        self._is_body = kind == "paragraph"
        self._paragraphs = 0
        self._top_tables = 0
        self._row_count = 0
        self._cell_count = 0
        self._pending: list[tuple[int, int, str]] = []
        self._waited = 0
        self._has_deletions = True
        self._merges = Merges()

    def read(self, body: Element) -> None:
        """Walk the body of the part."""
        self._has_deletions = next(body.iter(n.DEL), None) is not None
        self._blocks(body, None)

    def close(self) -> None:
        """Nothing more of the part is to come."""
        self._fields.end_all()

    def read_note(self, note: Element, place: str) -> str:
        """Walk a comment, footnote or text box and return its text; tables in it are read like others."""
        space = Space(place)
        self._blocks(note, space)
        self._list_aside(space)
        return space.text

    def _blocks(self, element: Element, space: Space | None) -> None:
        for child in element:
            tag = child.tag
            if tag == n.P:
                self._paragraph(child, space)
            elif tag == n.TBL:
                self._table(child, space)
            elif tag == n.SDT:
                self._block_control(child, space)
            elif tag in n.BLOCK_WRAPPERS:
                self._blocks(child, space)
            elif tag not in n.NO_TEXT:
                self._rare_block(child, space)

    def _rare_block(self, element: Element, space: Space | None) -> None:
        if element.tag == n.BOOKMARK_START:
            self._block_bookmark(element, space)
        elif element.tag == n.ALTERNATE:
            chosen, other = alternative(element)
            self._blocks(chosen, space)
            if other:
                self.extras.append(Extra(OTHERWISE, space.place if space else self.kind, other))
        elif element.tag in (n.DEL, n.MOVE_FROM):
            gone = Space(space.place if space else self.kind)
            self._blocks(element, gone)
            self._list("deleted", [gone.text], gone)
        elif element.tag == n.ALT_CHUNK:
            self.extras.append(Extra("embedded", space.place if space else self.kind, "another document"))
        else:
            self._paragraph(element, space)

    def _paragraph(self, paragraph: Element, space: Space | None) -> None:
        if space is None:
            space = Space(self._next_place())
            self._add_paragraph(paragraph, space)
            self._add_loose(space, space.text)
        else:
            self._add_paragraph(paragraph, space)

    def _add_paragraph(self, paragraph: Element, space: Space) -> None:
        words: list[str] = []
        self._inline(paragraph, words, space)
        space.add_line(words[0] if len(words) == 1 else "".join(words))
        if self._has_deletions and _is_end_deleted(paragraph):
            space.joined = True

    def _next_place(self) -> str:
        self._paragraphs += 1
        return f"paragraph {self._paragraphs}" if self._is_body else self.kind

    def _add_loose(self, space: Space, text: str) -> None:
        """Text outside tables. With one of our marks on it, somebody moved an answer space here."""
        anchors = space.anchors
        self._list_aside(space)
        if anchors:
            self.tables.append(Table(space.place, [[Cell(0, text, space.place, anchors, space.remarks)]]))
        elif text and not text.isspace():
            self.loose.append(Extra(self.kind, space.place, text))

    def _block_control(self, sdt: Element, space: Space | None) -> None:
        control = Control(sdt)
        if control.content is None:
            return
        if space is None and (not control.name or next(control.content.iter(n.TBL), None) is not None):
            self._blocks(control.content, None)
            return
        inner = space or Space(self._next_place())
        inner.add_tag(control.name)
        before = len(inner.lines)
        self._blocks(control.content, inner)
        inner.lines[before:] = [control.shown(line, self._placeholders) for line in inner.lines[before:]]
        if space is None:
            self._add_loose(inner, inner.text)

    def _block_bookmark(self, start: Element, space: Space | None) -> None:
        """A bookmark between paragraphs is on the cell around it; between rows or tables, on the next cell."""
        name = start.get(n.NAME, "")
        if not name.startswith(ANCHOR_PREFIX):
            return
        if space is not None:
            space.add_bookmark(name)
        else:
            self._waited += 1
            heappush(self._pending, (_number(start.get(n.COL_FIRST), 0), self._waited, name))

    def _table(self, element: Element, outer: Space | None) -> None:
        if outer is None:
            self._top_tables += 1
            place = f"table {self._top_tables}" if self._is_body else self.kind
        else:
            place = f"{outer.place}, table inside it"
        table = Table(place, [])
        self.tables.append(table)
        rows = None if self._pending else quick_rows(element)
        around, self._merges = self._merges, Merges()
        if rows is None:
            self._rows(element, table)
        else:
            self._quick_rows(rows, table)
        self._merges = around

    def _quick_rows(self, rows: list[list[QuickCell]], table: Table) -> None:
        placeholders, merges = self._placeholders, self._merges
        for cells in rows:
            row, place = self._start_row(table)
            self._count_cells(len(cells))
            for cell in cells:
                text = cell.text
                if text is None or (placeholders and not placeholders.isdisjoint(text.split("\n"))):
                    space = Space(place)
                    self._walk_cell(cell.element, space)
                    self._close_cell(row, cell.column, space, cell.span, cell.merged)
                else:
                    row.append(Cell(cell.column, text, place, cell.anchors, (), None, cell.span))
                    if cell.merged or merges.are_open:
                        merges.add(row[-1], cell.merged)

    def _rows(self, element: Element, table: Table) -> None:
        for child in element:
            tag = child.tag
            if tag == n.TR:
                row, place = self._start_row(table)
                self._cells(child, row, place, 0, "")
                if child.find(_DELETED_ROW) is not None:
                    del table.rows[-1]
                    self.extras.extend(Extra("deleted", place, str(cell.value)) for cell in row if cell.value != "")
            elif tag == n.BOOKMARK_START:
                self._block_bookmark(child, None)
            elif tag not in n.NO_TEXT:
                self._rows(child, table)

    def _start_row(self, table: Table) -> tuple[list[Cell], str]:
        self._row_count += 1
        if self._row_count > self._limits.rows:
            raise _too_many("rows", self._limits.rows)
        row: list[Cell] = []
        table.rows.append(row)
        return row, f"{table.place} row {len(table.rows)}"

    def _cells(self, element: Element, row: list[Cell], place: str, column: int, tagged: str) -> int:
        """Read the cells in a row, or in a control in it, and return the column behind them."""
        for child in element:
            tag = child.tag
            if tag == n.TC:
                column += self._cell(child, row, place, column, tagged)
            elif tag == n.TRPR:
                before = child.find(n.GRID_BEFORE)
                column += 0 if before is None else span_of(before)
            elif tag == n.SDT:
                control = Control(child)
                if control.content is not None:
                    column = self._cells(control.content, row, place, column, control.name)
            elif tag == n.BOOKMARK_START:
                self._block_bookmark(child, None)
            elif tag not in n.NO_TEXT:
                column = self._cells(child, row, place, column, tagged)
        return column

    def _cell(self, element: Element, row: list[Cell], place: str, column: int, tagged: str) -> int:
        """Read one cell and return how many columns it covers."""
        self._count_cells(1)
        space = Space(place)
        space.add_tag(tagged)
        if self._pending:
            self._take_pending(space, column)
        self._walk_cell(element, space)
        wide = element.find(_GRID_SPAN)
        across = 1 if wide is None else span_of(wide)
        self._close_cell(row, column, space, across, merged_down(element))
        if len(row) > 1 and is_merged_to_its_left(element):
            row[-1].into = row[-2].into or row[-2]
        return across

    def _walk_cell(self, element: Element, space: Space) -> None:
        self._blocks(element, space)
        if element.find(_DELETED_CELL) is not None:
            self._list("deleted", [space.text], space)
            space.lines.clear()

    def _close_cell(self, row: list[Cell], column: int, space: Space, across: int, merged: str) -> None:
        anchors = space.anchors
        self._list_aside(space)
        cell = Cell(column, space.text, space.place, anchors, space.remarks, space.stored, across)
        row.append(cell)
        self._merges.add(cell, merged)
        if anchors and space.links:
            self.extras.extend(Extra("link", space.place, target) for target in space.links)

    def _count_cells(self, more: int) -> None:
        self._cell_count += more
        if self._cell_count > self._limits.cells:
            raise _too_many("cells", self._limits.cells)

    def _take_pending(self, space: Space, column: int) -> None:
        taken: list[tuple[int, str]] = []
        while self._pending and self._pending[0][0] <= column:
            taken.append(heappop(self._pending)[1:])
        for _, name in sorted(taken):
            space.add_bookmark(name)


def _is_end_deleted(paragraph: Element) -> bool:
    """Whether a tracked deletion takes away the end of this paragraph."""
    return paragraph.find(_DELETED_END) is not None


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else default


def _too_many(what: str, limit: int) -> UnreadableFileError:
    return UnreadableFileError(
        Code.TOO_COMPLEX.problem(what=f"the number of {what}", size=f"over {limit}", limit=limit)
    )
