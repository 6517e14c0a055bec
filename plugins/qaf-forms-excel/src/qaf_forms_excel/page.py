"""One sheet being written, from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from textwrap import wrap

from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.hyperlink import Hyperlink

from qaf_forms.plugin import Paragraph
from qaf_forms_excel.answers import put_text
from qaf_forms_excel.formulas import Spot
from qaf_forms_excel.loose_types import Book, Cell, Sheet
from qaf_forms_excel.sheet_names import quoted
from qaf_forms_excel.strings import stored
from qaf_forms_excel.styles import Look, Looks, with_small_print, with_weight

MARKS, CODES, WORDS = 1, 2, 3
"""The columns of a section's sheet: hidden marks, printed codes, the questions. Answers follow."""
_LINE_HEIGHT, _SMALL_LINE_HEIGHT, _SMALLER = 13.2, 12.0, 1.11
_TALLEST = 409.0
_LETTERS_IN_BOLD = 1.05
"""To a digit's width; of common letters there are more."""


class _FittedRow(RowDimension):
    """A row that shows its height at first and grows when more is typed: it has `ht`, but no `customHeight`."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 (the standard's name)
        return False


class Page:
    """A sheet and the next free row of it."""

    def __init__(self, sheet: Sheet, looks: Looks, widths: list[float]) -> None:
        self.sheet = sheet
        self.looks = looks
        self.widths = widths
        self.row = 1
        self._regions = 0
        sheet.merged_cells = []  # openpyxl would make a cell for every one that is covered, to draw borders
        for column, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width

    @property
    def last_column(self) -> int:
        """The rightmost column in use."""
        return len(self.widths)

    def next_row(self) -> int:
        """Take the next row."""
        self.row += 1
        return self.row - 1

    def cell(self, row: int, column: int, look: Look) -> Cell:
        """A cell with its look."""
        cell: Cell = self.sheet.cell(row, column)
        self.looks.apply(cell, look)
        return cell

    def put(self, row: int, column: int, text: str, look: Look, small: str = "") -> Cell:
        """Write words of the form, with small print under them."""
        cell = self.cell(row, column, look)
        if small:
            cell._value = with_small_print(stored(text), stored(small), look in (Look.HEAD, Look.HEAD_BELOW))
            cell.data_type = "s"
        elif text:
            put_text(cell, text, "the form's words")
        return cell

    def put_wide(self, row: int, text: str, look: Look) -> Cell:
        """Write words of the form over the first two columns."""
        self.cell(row, CODES + 1, look)
        cell = self.put(row, CODES, text, look)
        self.sheet.merged_cells.append(f"{cell.coordinate}:{get_column_letter(CODES + 1)}{row}")
        return cell

    def mark(self, row: int, text: str, column: int = MARKS) -> None:
        """Write a hidden mark."""
        put_text(self.cell(row, column, Look.MARK), text, "a mark")

    def name(self, cell: Cell, name: str) -> None:
        """Give a cell a name that holds in the whole workbook."""
        book: Book = self.sheet.parent
        target = f"{quoted(self.sheet.title)}!${cell.column_letter}${cell.row}"
        book.defined_names[name] = DefinedName(name, attr_text=target)

    def name_heads(self, row: int, last_column: int) -> None:
        """Tell screen readers that the cells from a row of heads down to here have their heads there and in column B.

        JAWS and NVDA look for a name such as `TitleRegion3.B4.F20.2`: the corners, and the number of the sheet.
        """
        book: Book = self.sheet.parent
        self._regions += 1
        first, last = f"{get_column_letter(CODES)}{row}", f"{get_column_letter(last_column)}{self.row - 1}"
        number = book.worksheets.index(self.sheet) + 1
        self.name(self.sheet.cell(row, CODES), f"TitleRegion{number}{self._regions:02}.{first}.{last}.{number}")

    def spot(self, cell: Cell) -> Spot:
        """Where a cell is, for formulas."""
        return Spot(self.sheet.title, cell.column, cell.row)

    def across(self, text: str, look: Look, indent: int = 0) -> int:
        """Write words over the whole width, in a row of their own."""
        row = self.next_row()
        cell = self.put(row, CODES, text, look)
        if indent:
            self.looks.apply(cell, look, indent)
        self.sheet.merged_cells.append(f"{cell.coordinate}:{get_column_letter(self.last_column)}{row}")
        width = sum(self.widths[CODES - 1 :]) - 2 * indent
        size = {Look.HEADING: 1.25, Look.SUBHEADING: 1.05}.get(look, 1.0)
        above = {Look.HEADING: 12.0, Look.SUBHEADING: 8.0}.get(look, 3.0)
        self.set_height(row, lines_of(text, width / size) * _LINE_HEIGHT * size + above)
        return row

    def prose(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Write Markdown, a row for each paragraph."""
        for paragraph in paragraphs:
            look = Look.SUBHEADING if paragraph.kind == "heading" else Look.PROSE
            indent = 1 + 2 * paragraph.level if paragraph.mark else 0
            row = self.across(paragraph.mark + paragraph.text, look, indent)
            if any(run.bold or run.italic for run in paragraph.runs):
                self.sheet.cell(row, CODES)._value = with_weight(paragraph)

    def set_height(self, row: int, height: float) -> None:
        """Fix a row's height: words over several columns never fit themselves."""
        self.sheet.row_dimensions[row].height = round(min(height, _TALLEST), 1)

    def fit_height(self, row: int, height: float) -> None:
        """Start a row with this height, and let it grow."""
        fitted = round(min(max(height, 18.0), _TALLEST), 1)
        self.sheet.row_dimensions[row] = _FittedRow(self.sheet, index=row, ht=fitted)

    def height_of(self, text: str, column: int, small: str = "") -> float:
        """How high a row must be for these words, and the small print under them, in this column."""
        return height_in(self.widths[column - 1], text, small)

    def height_of_head(self, columns: Sequence[int], title: str, small: str = "") -> float:
        """How high a head must be for a title in bold, and the small print under it, over these columns."""
        width = sum(self.widths[column - 1] for column in columns)
        more = len(wrap(title, int(width * _LETTERS_IN_BOLD))) - lines_of(title, width)
        return height_in(width, title, small) + max(more, 0) * _LINE_HEIGHT

    def merge(self, row: int, first: int, last: int) -> None:
        """Merge the cells of a row from one column to another."""
        if last > first:
            self.sheet.merged_cells.append(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}")

    def hide(self, row: int) -> None:
        """Hide a row of marks."""
        self.sheet.row_dimensions[row].hidden = True

    def link(self, cell: Cell, sheet: str, target: str = "A1") -> None:
        """Let a click on a cell lead to a cell of another sheet."""
        link = Hyperlink(ref=cell.coordinate, location=f"{quoted(sheet)}!{target}")
        self.sheet._hyperlinks.append(link)
        cell._hyperlink = link


def height_in(width: float, text: str, small: str = "") -> float:
    """How high a row must be for these words, and the small print under them, in a column of this width."""
    below = lines_of(small, width * _SMALLER) * _SMALL_LINE_HEIGHT if small else 0.0
    return lines_of(text, width) * _LINE_HEIGHT + below + 5


def lines_of(text: str, width: float) -> int:
    """About how many lines words take in a column of this width, which is counted in digits.

    Words are narrower than digits, and a line ends where a word does.
    """
    room = max(width * 1.16 - min(3.0, width / 8), 4.0)
    return sum(max(1, ceil(_measure(line) / room)) for line in text.split("\n"))


def _measure(line: str) -> float:
    return len(line) if line.isascii() else sum(1.0 if ord(one) < 0x2E80 else 2.0 for one in line)
