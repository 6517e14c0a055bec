"""Reads the cells of one sheet: every cell that is stored, and none that is not."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from qaf_forms.plugin import Cell, Code, Problem, Raw, Table, UnreadableFileError
from qaf_forms_excel import marks
from qaf_forms_excel.cell_values import CellValues, shown_text, struck_out
from qaf_forms_excel.known import MOST_KNOWN
from qaf_forms_excel.marked_rows import REFERENCE, MarkedRows
from qaf_forms_excel.merges import join_merged
from qaf_forms_excel.package import ALTERNATIVES, may_mention, sections_of
from qaf_forms_excel.references import column_index, column_letters
from qaf_forms_excel.rich_text import STRIKE, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from qaf_forms_excel.workbook import Workbook

_CALLS_OUT = re.compile(r"\b(DDE|WEBSERVICE|IMAGE|HYPERLINK|RTD|CALL|REGISTER(\.ID)?)\s*\(|\w'?\|", re.IGNORECASE)
"""Functions that ask other programs or servers or lead to them, and links to programs: `cmd|'/C calc'!A0`."""
_MAY_CALL_OUT = ("|", "DDE", "WEBSERVICE", "IMAGE", "HYPERLINK", "RTD", "CALL", "REGISTER")
"""One of these is in every formula that does: looking for them takes a tenth of the time."""
_TEXT_IN_FORMULA = re.compile('"[^"]*"')
_OWN = re.compile(r"qaf_[a-z]+_[a-z0-9]+")
"""A name for a cell of the hidden sheet in which formulas work things out."""
_CONSTANTS = frozenset({"TRUE()", "FALSE()"})
"""LibreOffice writes a plain TRUE that came from an .ods file as one of these."""
_MARK = marks.PREFIX
_MARK_SIZE = len(_MARK)


class Sheet:
    """A worksheet: its workbook, its name and its XML."""

    def __init__(self, book: Workbook, name: str, part: str) -> None:
        data = book.package.archive.read(part)
        self.book, self.name, self.root = book, name, book.package.parsed(part, data)
        self._bytes = data
        self.place = f"sheet '{name}'"
        self.foot = ""
        """What the feet of its pages say, once it is told what is left over of it."""
        self.sections = sections_of(self.root, book.namespace, self.place, may_mention(data, ALTERNATIVES))
        self.data = self.sections.get("sheetData")

    @cached_property
    def may_strike(self) -> bool:
        """Whether a text in it may have words that are struck out."""
        return may_mention(self._bytes, STRIKE)

    def text_at(self, reference: str) -> str:
        """The text of one cell; for those that something else refers to."""
        element = self._by_reference.get(reference)
        if element is None or not len(element):
            return ""
        if element.get("t") == "s":
            index, strings = element.findtext(f"{self.book.namespace}v", ""), self.book.strings
            return strings[int(index)] if index.isdecimal() and len(index) < 10 and int(index) < len(strings) else ""
        return text_of(element[0], self.book.as_typed) or element[0].text or ""

    @cached_property
    def _by_reference(self) -> dict[str, Element]:
        cells = (element for row in (() if self.data is None else self.data) for element in row)
        return {element.get("r", ""): element for element in cells}


class SheetRows:
    """Turns the rows of a sheet into a table. `stamp` and `problems` are what was found on the way."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.problems: list[Problem] = []
        self._book = sheet.book
        self._gathered = MarkedRows(sheet.place, dict(sheet.book.names.get(sheet.name, ())), sheet.book.known.keys)
        self._prefix = self._gathered.prefix
        self._names = self._gathered.names
        self._marks = self._gathered.marks
        self._columns: dict[str, int] = {}
        self._places = sheet.book.known.places
        self._rows = self._gathered.rows
        self._formula = f"{sheet.book.namespace}f"
        self._values = CellValues(sheet)

    @property
    def stamp(self) -> dict[str, str]:
        """What a hidden sheet says of the file."""
        return self._gathered.stamp

    @property
    def is_made(self) -> bool:
        """Whether the sheet is one of those that hold what programs need, or what is sent back, once it is read."""
        return self._marks.is_made

    def read(self) -> Table:
        """The sheet as a table."""
        if self.sheet.data is not None:
            self._read_rows(self.sheet.data)
        if self._marks.are_headless:
            self._marks.forget_columns(self._hidden_rows())
        table = self._gathered.table()
        merged = self.sheet.sections.get("mergeCells")
        if merged is not None and table.rows:
            join_merged(merged, self._gathered)
        return table

    def _hidden_rows(self) -> frozenset[int]:
        rows = () if self.sheet.data is None else self.sheet.data
        numbers = (row.get("r", "") for row in rows if row.get("hidden") in ("1", "true"))
        return frozenset(int(number) for number in numbers if number.isdecimal() and len(number) < 10)

    def _read_rows(self, data: Element) -> None:
        book, rows, limits = self._book, self._rows, self._book.package.limits
        may_have_formulas = next(data.iter(self._formula), None) is not None
        struck = book.styles.struck
        number = 0
        row_count, cell_count = book.rows, book.cells
        for row in data:
            stated = row.get("r")
            number = int(stated) if stated and stated.isdecimal() and len(stated) < 10 else number + 1
            row_count += 1
            size = len(row)
            cell_count += size
            if cell_count > limits.cells or row_count > limits.rows:
                raise UnreadableFileError(_too_many(cell_count, row_count, limits.cells, limits.rows))
            has_formulas = may_have_formulas and next(row.iter(self._formula), None) is not None
            if has_formulas and (self._marks.only_working or self._marks.is_cover):
                has_formulas = self._take_out_own(row)
            if size == 0:
                continue
            cells: list[Cell] = []
            if struck or has_formulas:
                self._read_slowly(row, number, cells)
            else:
                self._read_row(row, number, cells)
            if number in rows:
                rows[number].extend(cells)
            elif cells:
                rows[number] = cells
        book.rows, book.cells = row_count, cell_count

    def _read_row(self, row: Element, number: int, cells: list[Cell]) -> None:
        """The cells of a row without formulas: the common case, and the hot path of reading."""
        place, values = self._prefix, self._values
        take_name, known_place, append = self._names.pop, self._places.get, cells.append
        last = -1
        for element in row:
            reference = element.get("r", "")
            at = known_place(reference)
            if at is not None and at[0] == number:
                last = at[1]
            elif not reference and not element.tag.endswith("}c"):
                continue
            else:
                reference, last = self._reference(reference, number, last)
            size = len(element)
            if size == 0:
                self._read_empty(reference, last, cells)
                continue
            if size > 1:
                self._set_aside(element, place + reference)
            value: Raw
            problem: Problem | None = None
            held = element[0]
            if len(held):  # a text that stands in the cell itself
                first = held[0]
                if len(held) == 1 and len(first) == 0:
                    value = first.text or ""
                else:
                    value, problem = values.rich(held, place + reference)
                value = self._book.as_typed(value) if "_x" in value else value
            else:
                value, problem = values.of(element, held.text or "", place + reference)
            if isinstance(value, str) and value[:_MARK_SIZE] == _MARK:
                self._marks.note(number, last, value)
                continue
            anchors = take_name(reference, ())
            if value != "" or anchors or problem:
                append(Cell(last, value, place + reference, anchors, (problem,) if problem else ()))

    def _set_aside(self, element: Element, place: str) -> None:
        """Take out of a cell what it holds beside what people see in it, and say so."""
        seen = "is" if element.get("t") == "inlineStr" else "v"
        kept = next((one for one in element if one.tag.endswith("}" + seen)), element[0])
        for other in [one for one in element if one is not kept]:
            element.remove(other)
            if text := "".join(map(str, other.itertext())).strip():
                self.problems.append(
                    Code.NOT_COUNTED.problem(place=place, value=text, why="stored behind what is seen")
                )

    def _read_empty(self, reference: str, column: int, cells: list[Cell]) -> None:
        anchors = self._names.pop(reference, None)
        if anchors:
            cells.append(Cell(column, "", self._prefix + reference, anchors))

    def _read_slowly(self, row: Element, number: int, cells: list[Cell]) -> None:
        """The cells of a row that may have formulas or be struck out.

        Take each formula out, read the rest, and say so.
        """
        formulas: list[tuple[str, int, str, bool]] = []
        struck: set[int] = set()
        styles = self._book.styles.struck
        last = -1
        for element in row:
            reference, last = self._reference(element.get("r", ""), number, last)
            if styles and element.get("s") in styles:
                struck.add(last)
            formula = self._formula_of(element)
            if formula is not None:
                element.remove(formula)
                formulas.append((reference, last, formula.text or "", _has_result(element)))
        self._read_row(row, number, cells)
        if formulas:
            self._note_formulas(cells, formulas)
        for cell in cells if struck else ():
            if cell.column in struck and cell.value != "":
                cell.remarks = (*cell.remarks, struck_out(shown_text(cell.value), cell.place))
                cell.value = ""

    def _formula_of(self, element: Element) -> Element | None:
        """The formula of a cell, which stands before its result."""
        if not len(element):
            return None
        return element[0] if element[0].tag == self._formula else next(element.iterchildren(self._formula), None)

    def _take_out_own(self, row: Element) -> bool:
        """Take out what the form's own formulas come to on the way and on the cover; whatever else is there stays.

        Gives whether there is another formula in the row.
        """
        has_more = False
        on_the_way = self._marks.only_working
        for element in list(row):
            formula = self._formula_of(element)
            text = "" if formula is None else formula.text or ""
            is_own = text and text not in _CONSTANTS if on_the_way else _OWN.fullmatch(text)
            if is_own and element.get("r") not in self._names:
                self._note_calls_out(text, self._prefix + element.get("r", ""))
                row.remove(element)
            else:
                has_more = has_more or formula is not None
        return has_more

    def _note_calls_out(self, formula: str, place: str) -> None:
        """Say so if a formula asks another program or a server."""
        upper = formula.upper()
        for word in _MAY_CALL_OUT:
            if word in upper:
                if _CALLS_OUT.search(_TEXT_IN_FORMULA.sub("", formula)):
                    self.problems.append(Code.HAS_LINKS.problem(place=place, value=f"={formula}"))
                return

    def _note_formulas(self, cells: list[Cell], formulas: list[tuple[str, int, str, bool]]) -> None:
        """Say which of the cells of a row have formulas: reference, column, formula, and whether it has a result."""
        by_column = {cell.column: cell for cell in reversed(cells)}
        for reference, column, text, has_result in formulas:
            place = self._prefix + reference
            cell = by_column.get(column)
            if cell is None and not has_result:
                cell = Cell(column, "", place, self._names.pop(reference, ()))
                cells.append(cell)
            if cell is not None:  # otherwise its result is an empty text
                _note_formula(cell, text, has_result)
            self._note_calls_out(text, place)

    def _reference(self, stated: str, number: int, last: int) -> tuple[str, int]:
        """The reference and column of a cell that stands in this row right of column `last`."""
        ending = str(number)
        column = self._columns.get(stated[: -len(ending)])
        if column is None or not stated.endswith(ending):
            reference, column = self._odd_reference(stated, number, last)
        else:
            reference = stated
        if reference == stated and len(self._places) < MOST_KNOWN:
            self._places[stated] = number, column
        return reference, column

    def _odd_reference(self, reference: str, number: int, last: int) -> tuple[str, int]:
        """A reference seen for the first time in its column, or one that is not where it says."""
        match = REFERENCE.fullmatch(reference)
        if match is None or int(match[2]) != number:
            return f"{column_letters(last + 1)}{number}", last + 1
        letters = match[1].upper()
        self._columns[letters] = column = column_index(letters)
        return f"{letters}{number}", column


def _note_formula(cell: Cell, formula: str, has_result: bool) -> None:
    """Say that what stands in a cell is the result of a formula, or show the formula where there is none."""
    cell.formula = formula
    if not has_result and formula:
        cell.value = f"={formula}"
    if formula not in _CONSTANTS and (cell.value != "" or cell.remarks):
        cell.remarks = (*cell.remarks, Code.BY_FORMULA.problem(place=cell.place, value=cell.value))


def _has_result(element: Element) -> bool:
    """Whether a cell without its formula holds a result. Libraries write an empty one when they do not calculate."""
    return element.get("t") == "str" or any(held.text or len(held) for held in element)


def _too_many(cells: int, rows: int, most_cells: int, most_rows: int) -> Problem:
    if cells > most_cells:
        return Code.TOO_COMPLEX.problem(what="the number of cells", size=f"{cells:,}", limit=f"{most_cells:,}")
    return Code.TOO_COMPLEX.problem(what="the number of rows", size=f"{rows:,}", limit=f"{most_rows:,}")
