"""Reads the cells of one sheet: every cell that is stored, and none that is not."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from qaf_forms.plugin import Cell, Code, Problem, Raw, Table, UnreadableFileError
from qaf_forms_excel import marks
from qaf_forms_excel.key_marks import KeyMarks
from qaf_forms_excel.numbers import plain_number, shown_number
from qaf_forms_excel.references import column_index, column_letters
from qaf_forms_excel.strings import as_typed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from qaf_forms_excel.workbook import Workbook

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_CALLS_OUT = re.compile(r"\b(DDE|WEBSERVICE|RTD|CALL|REGISTER(\.ID)?)\s*\(", re.IGNORECASE)
_CONSTANTS = frozenset({"TRUE()", "FALSE()"})
"""LibreOffice writes a plain TRUE that came from an .ods file as one of these."""
_MARK = marks.PREFIX
_MARK_SIZE = len(_MARK)


class Sheet:
    """A worksheet: its workbook, its name and its XML."""

    def __init__(self, book: Workbook, name: str, root: Element) -> None:
        self.book, self.name, self.root = book, name, root
        self.place = f"sheet '{name}'"
        self.data = root.find(f"{book.namespace}sheetData")

    def text_at(self, reference: str) -> str:
        """The text of one cell; for the few that something else refers to."""
        space = self.book.namespace
        for row in () if self.data is None else self.data:
            for element in row:
                if element.get("r") == reference and len(element):
                    if element.get("t") == "s":
                        index = element.findtext(f"{space}v", "")
                        strings = self.book.strings
                        return strings[int(index)] if index.isdecimal() and int(index) < len(strings) else ""
                    return text_of(element[0]) or element[0].text or ""
        return ""


class SheetRows:
    """Turns the rows of a sheet into a table. `stamp` and `problems` are what was found on the way."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.stamp: dict[str, str] = {}
        self.problems: list[Problem] = []
        self._book = sheet.book
        self._prefix = f"{sheet.place}, cell "
        self._names = dict(sheet.book.names.get(sheet.name, ()))
        self._marks = KeyMarks()
        self._columns: dict[str, int] = {}
        self._rows: dict[int, list[Cell]] = {}
        self._formula = f"{sheet.book.namespace}f"

    def read(self) -> Table:
        """The sheet as a table."""
        if self.sheet.data is not None:
            self._read_rows(self.sheet.data)
        self._add_named()
        marked = self._marks
        if marked.is_stamp:
            self._take_stamp()
        if marked.lists:
            self._drop_lists()
        if marked.found:
            marked.apply(self._rows, self._new_cell, self._book.anchor)
        rows = self._rows
        order = sorted(rows) if marked.found or self._names or list(rows) != sorted(rows) else rows
        return Table(self.sheet.place, [rows[number] for number in order if rows[number]])

    def _read_rows(self, data: Element) -> None:
        book, rows, limits = self._book, self._rows, self._book.package.limits
        has_formulas = next(data.iter(self._formula), None) is not None
        read_row = self._read_slowly if has_formulas else self._read_row
        number = 0
        for row in data:
            stated = row.get("r")
            number = int(stated) if stated and stated.isdecimal() and len(stated) < 10 else number + 1
            book.rows += 1
            book.cells += len(row)
            if book.cells > limits.cells or book.rows > limits.rows:
                raise UnreadableFileError(_too_many(book.cells, book.rows, limits.cells, limits.rows))
            cells: list[Cell] = []
            read_row(row, number, cells)
            if cells:
                rows.setdefault(number, []).extend(cells)

    def _read_row(self, row: Element, number: int, cells: list[Cell]) -> None:
        """The cells of a row in a sheet without formulas: the common case, and the hot path of reading."""
        place, names, columns, ending = self._prefix, self._names, self._columns, str(number)
        digits = len(ending)
        last = -1
        for element in row:
            reference = element.get("r")
            if reference is None:
                if not element.tag.endswith("}c"):
                    continue
                reference = f"{column_letters(last + 1)}{number}"
            column = columns.get(reference[:-digits])
            if column is None or reference[-digits:] != ending:
                reference, column = self._odd_reference(reference, number, last)
            last = column
            if len(element) == 0:
                self._read_empty(reference, column, cells)
                continue
            problem: Problem | None = None
            value: Raw
            held = element[0]
            if len(held):  # a text that stands in the cell itself
                value = held[0].text or "" if len(held) == 1 and len(held[0]) == 0 else text_of(held)
                if "_x" in value:
                    value = as_typed(value)
            else:
                value, problem = self._value(element, held.text or "", place + reference)
            if isinstance(value, str) and value[:_MARK_SIZE] == _MARK:
                self._marks.note(number, column, value)
                continue
            anchors = names.pop(reference, ()) if names else ()
            if value != "" or anchors or problem:
                cells.append(Cell(column, value, place + reference, anchors, (problem,) if problem else ()))

    def _read_empty(self, reference: str, column: int, cells: list[Cell]) -> None:
        anchors = self._names.pop(reference, None)
        if anchors:
            cells.append(Cell(column, "", self._prefix + reference, anchors))

    def _read_slowly(self, row: Element, number: int, cells: list[Cell]) -> None:
        """The cells of a row that may have formulas: take each formula out, read the rest, and say so."""
        formulas: list[tuple[str, int, str, bool]] = []
        last = -1
        for element in row:
            reference, last = self._odd_reference(element.get("r", ""), number, last)
            formula = element.find(self._formula)
            if formula is not None:
                element.remove(formula)
                formulas.append((reference, last, formula.text or "", len(element) > 0))
        self._read_row(row, number, cells)
        for reference, column, text, has_result in formulas:
            self._note_formula(cells, reference, column, text, has_result)

    def _note_formula(self, cells: list[Cell], reference: str, column: int, formula: str, has_result: bool) -> None:
        place = self._prefix + reference
        cell = next((one for one in cells if one.column == column), None)
        if cell is None and has_result:
            return  # its result is an empty text
        if cell is None:
            cell = Cell(column, "", place, self._names.pop(reference, ()))
            cells.append(cell)
        if not has_result and formula:
            cell.value = f"={formula}"
        if formula not in _CONSTANTS and (cell.value != "" or cell.remarks):
            cell.remarks = (*cell.remarks, Code.BY_FORMULA.problem(place=place, value=cell.value))
        if _CALLS_OUT.search(formula):
            self.problems.append(Code.HAS_LINKS.problem(place=place, value=f"={formula}"))

    def _shared(self, index: str, place: str) -> tuple[str, Problem | None]:
        try:
            return self._book.strings[int(index)], None
        except (ValueError, IndexError):
            return "", Code.CELL_ERROR.problem(place=place, value="a text that is missing from the file")

    def _value(self, element: Element, text: str, place: str) -> tuple[Raw, Problem | None]:
        kind = element.get("t")
        if kind == "s":
            return self._shared(text, place)
        if kind is None or kind == "n":
            if not text:
                return "", None
            kinds, style = self._book.kinds, element.get("s")
            index = int(style) if style and style.isdecimal() and len(style) < 7 else 0
            shown = kinds[index] if index < len(kinds) else "number"
            if shown == "number":
                return plain_number(text), None
            return shown_number(text, shown, self._book.from_1904), None
        if kind == "b":
            return text.strip() in ("1", "true"), None
        if kind == "e":
            return "", Code.CELL_ERROR.problem(place=place, value=text)
        if kind == "d":
            return _iso_date(text), None
        return as_typed(text), None

    def _odd_reference(self, reference: str, number: int, last: int) -> tuple[str, int]:
        """A reference seen for the first time in its column, or one that is not where it says."""
        match = _REFERENCE.fullmatch(reference)
        if match is None or int(match[2]) != number:
            return f"{column_letters(last + 1)}{number}", last + 1
        letters = match[1].upper()
        self._columns[letters] = column = column_index(letters)
        return f"{letters}{number}", column

    def _add_named(self) -> None:
        """Cells that have a name and are not stored: empty spaces."""
        for reference, anchors in self._names.items():
            match = _REFERENCE.fullmatch(reference)
            if match:
                cell = Cell(column_index(match[1]), "", self._prefix + reference, anchors)
                self._insert(int(match[2]), cell)

    def _new_cell(self, number: int, column: int) -> Cell:
        """An empty cell that only a mark knows of."""
        cell = Cell(column, "", f"{self._prefix}{column_letters(column)}{number}")
        self._insert(number, cell)
        return cell

    def _insert(self, number: int, cell: Cell) -> None:
        row = self._rows.setdefault(number, [])
        at = next((place for place, other in enumerate(row) if other.column > cell.column), len(row))
        row.insert(at, cell)

    def _take_stamp(self) -> None:
        """Take the properties out of the hidden sheet; whatever else stands there stays."""
        for cells in self._rows.values():
            if len(cells) == 2 and str(cells[0].value).startswith("qaf_"):
                self.stamp[str(cells[0].value)] = str(cells[1].value)
                cells.clear()

    def _drop_lists(self) -> None:
        """Drop the lists of levels that are as they were written; whatever else stands there stays."""
        for column, digest in self._marks.lists.items():
            listed = [cell for cells in self._rows.values() for cell in cells if cell.column == column]
            if marks.list_digest([str(cell.value) for cell in listed]) == digest:
                for cells in self._rows.values():
                    cells[:] = [cell for cell in cells if cell.column != column]


def text_of(item: Element) -> str:
    """The text of a string item: its runs joined, without the phonetic guide above them."""
    pieces = []
    for child in item:
        if len(child) == 0:
            pieces.append(child.text or "")
        elif not child.tag.endswith("}rPh"):
            pieces.append(child[-1].text or "")
    return as_typed("".join(pieces))


def _iso_date(text: str) -> str | date | datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return found.date() if "T" not in text else found


def _too_many(cells: int, rows: int, most_cells: int, most_rows: int) -> Problem:
    if cells > most_cells:
        return Code.TOO_COMPLEX.problem(what="the number of cells", size=f"{cells:,}", limit=f"{most_cells:,}")
    return Code.TOO_COMPLEX.problem(what="the number of rows", size=f"{rows:,}", limit=f"{most_rows:,}")
