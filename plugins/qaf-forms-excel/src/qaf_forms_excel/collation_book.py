"""Builds the workbook of a collation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from qaf_forms.plugin import OutputCell, OutputTable
from qaf_forms_excel.loose_types import Book, Cell, Sheet
from qaf_forms_excel.page import Page, lines_of
from qaf_forms_excel.sheet_names import SheetNames
from qaf_forms_excel.strings import LONGEST_TEXT, cleaned, length, stored
from qaf_forms_excel.styles import Look, Looks
from qaf_forms_excel.writing import workbook_bytes

_CONTENTS, _CONTENTS_WIDTHS = "Contents", [34.0, 80.0, 12.0]
_CONTINUED = "{column} (continued)"
_HEAD_ROW = 3
_LEAST_WIDTH, _MOST_WIDTH = 6.0, 90.0
_TALLEST = 409.0
_LINE_HEIGHT = 13.2

Plain = str | int | float | date | None


def collation_bytes(title: str, tables: Sequence[OutputTable]) -> bytes:
    """The workbook of these tables."""
    workbook: Book = Workbook()
    looks = Looks(workbook)
    names = SheetNames()
    contents = workbook.worksheets[0]
    contents.title = names.new(_CONTENTS)
    listed = []
    for table in tables:
        sheet = workbook.create_sheet(names.new(table.name))
        _TableSheet(sheet, looks, table).write()
        listed.append((sheet.title, table))
    _write_contents(Page(contents, looks, _CONTENTS_WIDTHS), title, listed)
    for sheet in workbook.worksheets:
        _set_up(sheet)
    workbook.properties.title = cleaned(title)
    workbook.properties.creator = "QAF Forms"
    return workbook_bytes(workbook)


def _write_contents(page: Page, title: str, listed: list[tuple[str, OutputTable]]) -> None:
    page.put(page.next_row(), 1, cleaned(title), Look.TITLE)
    page.set_height(1, 30)
    page.next_row()
    row = page.next_row()
    for column, text in enumerate(("Sheet", "What it shows", "Rows"), start=1):
        page.put(row, column, text, Look.HEAD)
    for name, table in listed:
        row = page.next_row()
        page.link(page.put(row, 1, name, Look.LINK), name)
        page.put(row, 2, cleaned(table.title), Look.VALUE)
        page.cell(row, 3, Look.COUNT).value = len(table.rows)
        page.fit_height(row, page.height_of(table.title, 2))
    page.sheet.freeze_panes = "A4"


class _TableSheet:
    """One table being written."""

    def __init__(self, sheet: Sheet, looks: Looks, table: OutputTable) -> None:
        self._sheet, self._looks, self._table = sheet, looks, table
        self._pieces = self._columns_needed()
        widths = [width for width, pieces in zip(self._widths(), self._pieces, strict=True) for _ in range(pieces)]
        self._page = Page(sheet, looks, widths or [_LEAST_WIDTH])

    def write(self) -> None:
        """Title, note, head and rows."""
        page, table = self._page, self._table
        page.put(page.next_row(), 1, cleaned(table.title), Look.TITLE)
        page.set_height(1, 28)
        page.put(page.next_row(), 1, cleaned(table.note), Look.NOTE)
        self._write_head()
        for values in table.rows:
            self._write_row(values)
        last = get_column_letter(page.last_column)
        self._sheet.freeze_panes = f"{'B' if page.last_column > 3 else 'A'}{_HEAD_ROW + 1}"
        if table.columns:
            self._sheet.auto_filter.ref = f"A{_HEAD_ROW}:{last}{max(page.row - 1, _HEAD_ROW)}"
        self._sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"

    def _write_head(self) -> None:
        page = self._page
        row, column, heights = page.next_row(), 1, [18.0]
        for title, pieces in zip(self._table.columns, self._pieces, strict=True):
            for piece in range(pieces):
                text = cleaned(title if piece == 0 else _CONTINUED.format(column=title))
                page.put(row, column, text, Look.HEAD)
                heights.append(page.height_of(text, column) + 4)  # room for the filter's arrow
                column += 1
        page.set_height(row, max(heights))

    def _write_row(self, values: Sequence[Plain | OutputCell]) -> None:
        page = self._page
        row, column, lines = page.next_row(), 1, 1
        for value, pieces in zip(values, self._pieces, strict=False):
            plain, colour = (value.value, value.colour) if isinstance(value, OutputCell) else (value, None)
            for piece in _split(plain, pieces):
                self._write_cell(row, column, piece, colour)
                if isinstance(piece, str):
                    lines = max(lines, lines_of(piece, page.widths[column - 1]))
                column += 1
        if lines > 1:
            page.fit_height(row, min(lines * _LINE_HEIGHT + 4, _TALLEST))

    def _write_cell(self, row: int, column: int, value: Plain, colour: str | None) -> None:
        cell: Cell = self._sheet.cell(row, column)
        if isinstance(value, str):
            cell._value, cell.data_type = stored(value), "s"
            look = Look.CELL
        elif isinstance(value, date):
            cell._value, cell.data_type = value, "d"
            look = Look.DATE
        else:
            cell.value = value
            look = Look.COUNT
        self._looks.apply(cell, look, colour=colour)

    def _widths(self) -> list[float]:
        wanted = [*self._table.widths, *[16] * len(self._table.columns)]
        return [min(max(float(width), _LEAST_WIDTH), _MOST_WIDTH) for width in wanted[: len(self._table.columns)]]

    def _columns_needed(self) -> list[int]:
        """For each column, how many cells its longest text takes."""
        needed = [1] * len(self._table.columns)
        for values in self._table.rows:
            for place, value in enumerate(values[: len(needed)]):
                plain = value.value if isinstance(value, OutputCell) else value
                if isinstance(plain, str) and len(plain) * 2 > LONGEST_TEXT:
                    needed[place] = max(needed[place], sum(1 for _ in _cut(cleaned(plain))))
        return needed


def _split(value: Plain, pieces: int) -> list[Plain]:
    """A value over the cells of its column: text that is too long for one goes on in the next."""
    if not isinstance(value, str):
        return [value, *[None] * (pieces - 1)]
    cut: list[Plain] = list(_cut(cleaned(value))) if len(value) * 2 > LONGEST_TEXT else [cleaned(value)]
    return cut + [None] * (pieces - len(cut))


def _cut(text: str) -> Iterator[str]:
    while length(text) > LONGEST_TEXT:
        head = text.encode("utf-16-le")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")
        yield head
        text = text[len(head) :]
    yield text


def _set_up(sheet: Sheet) -> None:
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P"
