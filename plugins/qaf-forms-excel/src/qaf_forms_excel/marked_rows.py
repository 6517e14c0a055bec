"""The rows of one sheet as a table, with the anchors that its hidden marks and names give its cells."""

from __future__ import annotations

import re
from bisect import insort
from operator import attrgetter

from qaf_forms.plugin import Anchor, Cell, Code, Raw, Table
from qaf_forms_excel import marks
from qaf_forms_excel.key_marks import KeyMarks
from qaf_forms_excel.known import Anchors
from qaf_forms_excel.references import column_index, column_letters

_BY_FORMULA = Code.BY_FORMULA.value.code
REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


FORM = "qaf_form"
"""Where a stamp names its form, which every one does."""
_column = attrgetter("column")


class MarkedRows:
    """Gathers the cells of a sheet. `names` are the anchors of its named cells by reference, taken out as they are met.

    `stamp` is what a hidden sheet says of the file, once `table` was called, and `worked_out` what the form's own
    formulas come to in a file of a format whose formulas are not seen.
    """

    def __init__(
        self,
        place: str,
        names: dict[str, list[Anchor]],
        keys: Anchors,
        *,
        sees_formulas: bool = True,
    ) -> None:
        self.place = place
        self.worked_out: list[Raw] = []
        self._sees_formulas = sees_formulas
        self.stamp: dict[str, str] = {}
        self.rows: dict[int, list[Cell]] = {}
        self.marks = KeyMarks()
        self.names = names
        self.prefix = f"{place}, cell "
        self._keys = keys

    def table(self) -> Table:
        """The sheet as a table, when every cell is there."""
        self._add_named()
        marked, rows = self.marks, self.rows
        for number, column, text in marked.settle():
            self._put_back(number, column, text)
        if marked.is_stamp:
            self._take_stamp()
        if marked.lists:
            self._drop_lists()
        for number, digests in marked.cells.items():
            written = rows.get(number, [])
            written[:] = [cell for cell in written if marks.list_digest([str(cell.value)]) not in digests]
        if marked.is_working:
            self._drop_worked_out()
        if marked.found:
            marked.apply(rows, self.new_cell, self._keys)
        order = sorted(rows) if marked.found or self.names or list(rows) != sorted(rows) else rows
        return Table(self.place, [rows[number] for number in order if rows[number]])

    def _add_named(self) -> None:
        """Cells that have a name and are not stored: empty spaces."""
        for reference, anchors in self.names.items():
            match = REFERENCE.fullmatch(reference)
            if match:
                cell = Cell(column_index(match[1]), "", self.prefix + reference, anchors)
                self._insert(int(match[2]), cell)

    def _put_back(self, number: int, column: int, text: str) -> None:
        """Give what only looks like a mark back to its cell."""
        cells = self.rows.get(number, ())
        cell = next((one for one in cells if one.column == column), None) or self.new_cell(number, column)
        cell.value = text

    def new_cell(self, number: int, column: int) -> Cell:
        """An empty cell that is not stored, but that a mark or merged cells know of."""
        cell = Cell(column, "", f"{self.prefix}{column_letters(column)}{number}")
        self._insert(number, cell)
        return cell

    def _insert(self, number: int, cell: Cell) -> None:
        insort(self.rows.setdefault(number, []), cell, key=_column)

    def _take_stamp(self) -> None:
        """Take the properties out of the hidden sheet; whatever else stands there stays."""
        for cells in self.rows.values():
            if len(cells) == 2 and str(cells[0].value).startswith("qaf_"):
                self.stamp[str(cells[0].value)] = str(cells[1].value)
                cells.clear()

    def _drop_worked_out(self) -> None:
        """Drop what the form's own formulas come to on the way; whatever else stands there stays."""
        for cells in self.rows.values():
            if not self._sees_formulas:
                self.worked_out += [cell.value for cell in cells if self._is_worked_out(cell)]
            cells[:] = [cell for cell in cells if not self._is_worked_out(cell)]

    def _is_worked_out(self, cell: Cell) -> bool:
        """Whether a cell of the hidden sheet of formulas holds what one came to."""
        if self._sees_formulas:
            return any(one.code == _BY_FORMULA for one in cell.remarks)
        return isinstance(cell.value, int | float)

    def _drop_lists(self) -> None:
        """Drop the lists of levels that are as they were written; whatever else stands there stays."""
        for column, digest in self.marks.lists.items():
            listed = [cell for cells in self.rows.values() for cell in cells if cell.column == column]
            if marks.list_digest([str(cell.value) for cell in listed]) == digest:
                for cells in self.rows.values():
                    cells[:] = [cell for cell in cells if cell.column != column]
