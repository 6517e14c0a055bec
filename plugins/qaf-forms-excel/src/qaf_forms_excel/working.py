"""The hidden sheet of what formulas need on the way: nothing stands in it but formulas of ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from openpyxl.workbook.defined_name import DefinedName

from qaf_forms_excel import marks
from qaf_forms_excel.answers import put_text
from qaf_forms_excel.formulas import Spot, seen_from
from qaf_forms_excel.loose_types import Book, Sheet
from qaf_forms_excel.sheet_data import Computed

Term = Callable[[str], str]
"""A part of a sum, for a cell on the sheet of this name."""
_LONGEST_SUM = 600


class Working:
    """The sheet being written, a formula below the other."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        self._next = 2
        self._known: dict[str, Spot] = {}
        self._names: dict[str, str] = {}
        self.title = sheet.title
        put_text(sheet.cell(1, 1), marks.WORKING, "a mark")

    def __len__(self) -> int:
        return self._next - 2

    def spot(self, term: Term, result: str | int | Decimal | None = None) -> Spot:
        """The cell of a formula, written now if it is the first time."""
        formula = term(self._sheet.title)
        if formula not in self._known:
            self._known[formula] = self._put(formula, result)
        return self._known[formula]

    def named(self, name: str, formula: str, result: str | int | Decimal | None = None) -> str:
        """A name for the cell of a formula, which formulas anywhere can use."""
        self._name(self._put(formula, result), name)
        return name

    def name_of(self, formula: str) -> str:
        """Any name for the cell of a formula, the same for the same formula."""
        if formula not in self._names:
            spot = self._known.get(formula) or self._put(formula, None)
            self._names[formula] = f"qaf_when_{spot.row}"
            self._name(spot, self._names[formula])
        return self._names[formula]

    def _name(self, spot: Spot, name: str) -> None:
        self._book.defined_names[name] = DefinedName(name, attr_text=seen_from("")(spot))

    def sum_of(self, terms: Sequence[Term]) -> str:
        """The sum of these for a cell of this sheet."""
        return self.total(terms, self.title)

    def total(self, terms: Sequence[Term], home: str) -> str:
        """The sum of these on the sheet `home`; a long one by way of cells of this sheet."""
        written = [term(home) for term in terms]
        joined = "+".join(written)
        if len(joined) <= _LONGEST_SUM:
            return f"({joined})" if len(written) > 1 else joined or "0"
        spots = [self._put(term(self._sheet.title), None) for term in terms]
        write = seen_from(home)
        return f"SUM({write(spots[0])}:${spots[-1].letters}${spots[-1].row})"

    def _put(self, formula: str, result: str | int | Decimal | None) -> Spot:
        spot = Spot(self._sheet.title, 1, self._next)
        cell = self._sheet.cell(spot.row, spot.column)
        cell._value, cell.data_type = Computed(formula, result), "f"
        self._next += 1
        return spot
