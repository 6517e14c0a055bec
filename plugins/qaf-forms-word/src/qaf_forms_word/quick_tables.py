"""The quick way through a table: one flat pass over the few kinds of element that matter.

Nearly all tables of a return hold only rows, cells, paragraphs, runs and content controls. What needs care is listed by
name: such a cell is walked by the story, element by element, and so is a whole table that is not merely rows of cells.
Both ways must say the same; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree

from qaf_forms.plugin import Anchor
from qaf_forms_word import names as n
from qaf_forms_word.merges import merged_by
from qaf_forms_word.returned_controls import WORDS_OWN_PLACEHOLDERS
from qaf_forms_word.runs import NEEDS_CARE
from qaf_forms_word.spaces import ANCHOR_PREFIX, anchors_of
from qaf_forms_word.texts import span_of, text_of


class QuickCell:
    """A cell on its way: what is known of it so far."""

    __slots__ = ("bookmarks", "column", "element", "merged", "needs_care", "pieces", "span", "tags")

    def __init__(self, element: etree._Element, column: int) -> None:
        self.element = element
        self.column = column
        self.pieces: list[str] | None = None
        self.tags: list[str] | None = None
        self.bookmarks: list[str] | None = None
        self.span = 1
        self.merged = ""
        self.needs_care = False

    @property
    def text(self) -> str | None:
        """What stands in the cell, or None if it has to be walked with care."""
        if self.needs_care:
            return None
        text = "".join(self.pieces or ()).strip("\n")
        return text if WORDS_OWN_PLACEHOLDERS.isdisjoint(text.split("\n")) else None

    @property
    def anchors(self) -> Sequence[Anchor]:
        """The marks on the cell."""
        return anchors_of(tuple(self.tags or ()), tuple(self.bookmarks or ()))


def quick_rows(table: etree._Element) -> list[list[QuickCell]] | None:
    """The rows of a table, or None if it is not merely rows of cells."""
    found = _Rows()
    try:
        for element in table.iterdescendants(*_ACTIONS):
            _ACTIONS[element.tag](found, element)
    except _NotMerelyRowsError:
        return None
    return found.rows


class _NotMerelyRowsError(Exception):
    """Something stands between the cells of a table."""


class _Rows:
    """The rows so far."""

    __slots__ = ("cell", "column", "row", "rows")

    def __init__(self) -> None:
        self.rows: list[list[QuickCell]] = []
        self.row: list[QuickCell] | None = None
        self.cell: QuickCell | None = None
        self.column = 0

    def start_row(self, element: etree._Element) -> None:
        self.row = []
        self.rows.append(self.row)
        self.cell = None
        self.column = 0

    def start_cell(self, element: etree._Element) -> None:
        row, before = self.row, self.cell
        if row is None:
            raise _NotMerelyRowsError
        if before is not None:
            self.column += before.span
        self.cell = cell = QuickCell(element, self.column)
        row.append(cell)

    def skip_columns(self, element: etree._Element) -> None:
        self.column += span_of(element)

    def widen(self, element: etree._Element) -> None:
        self._cell().span = span_of(element)

    def merge_down(self, element: etree._Element) -> None:
        self._cell().merged = merged_by(element)

    def start_line(self, element: etree._Element) -> None:
        cell = self.cell  # this method and the next are called for most of what a table holds
        if cell is None:
            raise _NotMerelyRowsError
        if cell.pieces is None:
            cell.pieces = []
        else:
            cell.pieces.append("\n")

    def add_text(self, element: etree._Element) -> None:
        cell = self.cell
        if cell is None or cell.pieces is None:
            raise _NotMerelyRowsError
        cell.pieces.append(text_of(element))

    def add_break(self, element: etree._Element) -> None:
        pieces = self._cell().pieces
        if pieces is None:
            raise _NotMerelyRowsError
        pieces.append("\n")

    def add_tag(self, element: etree._Element) -> None:
        """A control around cells or rows is not a matter of one cell."""
        properties = element.getparent()
        sdt = properties.getparent() if properties is not None else None
        if sdt is None or _is_between_cells(sdt):
            raise _NotMerelyRowsError
        cell, name = self._cell(), element.get(n.VAL, "")
        if name.startswith(ANCHOR_PREFIX):
            cell.tags = cell.tags or []
            cell.tags.append(name)

    def add_bookmark(self, element: etree._Element) -> None:
        if _is_between_cells(element):
            raise _NotMerelyRowsError
        cell, name = self._cell(), element.get(n.NAME, "")
        if name.startswith(ANCHOR_PREFIX):
            cell.bookmarks = cell.bookmarks or []
            cell.bookmarks.append(name)

    def ask_care(self, element: etree._Element) -> None:
        self._cell().needs_care = True

    def look_at_date(self, element: etree._Element) -> None:
        """A picked date is compared with what stands there."""
        if element.get(n.FULL_DATE):
            self._cell().needs_care = True

    def look_at_choice(self, element: etree._Element) -> None:
        """A level that was chosen is compared with what stands there."""
        if element.get(n.LAST_VALUE):
            self._cell().needs_care = True

    def refuse(self, element: etree._Element) -> None:
        raise _NotMerelyRowsError

    def _cell(self) -> QuickCell:
        if self.cell is None:
            raise _NotMerelyRowsError
        return self.cell


def _is_between_cells(element: etree._Element) -> bool:
    """Whether the nearest table element around this one is not a cell."""
    parent = element.getparent()
    if parent is not None and parent.tag == n.P:
        return False
    nearest = next(element.iterancestors(n.TC, n.TR, n.TBL), None)
    return nearest is None or nearest.tag != n.TC


_ACTIONS: dict[str, Callable[[_Rows, etree._Element], None]] = {
    **dict.fromkeys(NEEDS_CARE, _Rows.ask_care),
    n.T: _Rows.add_text,
    n.P: _Rows.start_line,
    n.TC: _Rows.start_cell,
    n.TR: _Rows.start_row,
    n.TBL: _Rows.refuse,
    n.w("br"): _Rows.add_break,
    n.TAG: _Rows.add_tag,
    n.BOOKMARK_START: _Rows.add_bookmark,
    n.DATE: _Rows.look_at_date,
    n.DROP_DOWN: _Rows.look_at_choice,
    n.COMBO_BOX: _Rows.look_at_choice,
    n.GRID_SPAN: _Rows.widen,
    n.MERGED_DOWN: _Rows.merge_down,
    n.MERGED_ACROSS: _Rows.refuse,
    n.GRID_BEFORE: _Rows.skip_columns,
}
