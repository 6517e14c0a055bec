"""How cells look. Each look is made once a workbook and shared by all cells that have it, which keeps files small."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray

from qaf_forms.plugin import Paragraph
from qaf_forms_excel.colours import (
    ANSWER_FILL,
    GREY,
    HOUSE,
    INK,
    LINK,
    NEEDED_FILL,
    NOT_ASKED_FILL,
    OTHER_FILL,
    House,
    readable_on,
)
from qaf_forms_excel.fonts import RunFont
from qaf_forms_excel.loose_types import Book, Cell
from qaf_forms_excel.strings import stored

FONT = "Arial"
SIZE = 10
SMALL = 9
_SMALL_PRINT = RunFont(rFont=FONT, sz=SMALL, i=True, color=Color(GREY))
_SMALL_HEAD = RunFont(rFont=FONT, sz=SMALL, color=Color(GREY))


class Look(Enum):
    """What a cell is, for the eye."""

    TITLE = auto()
    HEADING = auto()
    SUBHEADING = auto()
    PROSE = auto()
    SMALL = auto()
    HEAD = auto()
    HEAD_ABOVE = auto()
    HEAD_BELOW = auto()
    LEVEL_HEAD = auto()
    TURNED_HEAD = auto()
    CODE = auto()
    NUMBER = auto()
    QUESTION = auto()
    OPTION = auto()
    NO_ANSWER = auto()
    ROW_TITLE = auto()
    LABEL = auto()
    VALUE = auto()
    LINK = auto()
    LINKED = auto()
    MARK = auto()
    NOTE = auto()
    CELL = auto()
    DATE = auto()
    COUNT = auto()
    TOTAL = auto()
    NEEDED = auto()
    NOT_ASKED = auto()


class Looks:
    """The looks of one workbook."""

    def __init__(self, workbook: Book, house: House = HOUSE) -> None:
        self.house = house
        self._bench = workbook.worksheets[0].cell(1, 1)
        self._made: dict[Any, Any] = {}
        normal = workbook._named_styles["Normal"]
        normal.font = Font(name=FONT, size=SIZE, color=INK)
        workbook._fonts[0] = normal.font

    def apply(self, cell: Cell, look: Look, indent: int = 0, colour: str | None = None) -> None:
        """Give a cell its look, moved in by `indent` and filled with `colour` (`#RRGGBB`)."""

        def make(one: Cell) -> None:
            _MAKERS[look](one, self.house)
            if indent:
                one.alignment = _wrapped("left", indent=indent)
            if colour:
                one.fill = _fill(f"FF{colour[1:].upper()}")
                one.font = Font(name=FONT, size=SIZE, color=readable_on(colour))

        cell._style = self._style((look, indent, colour), make)

    def answer(self, cell: Cell, number_format: str, is_open: bool) -> None:
        """Give a cell the look of an answer space, open to be filled in or another role's."""
        key = (number_format, is_open)
        cell._style = self._style(key, lambda one: _answer(one, number_format, is_open, self.house))

    def tick(self, cell: Cell, is_open: bool) -> None:
        """Give a cell the look of a space for a tick in a column of its own."""

        def make(one: Cell) -> None:
            _answer(one, "@", is_open, self.house)
            one.alignment = _wrapped("center")

        cell._style = self._style(("tick", is_open), make)

    def _style(self, key: Any, make: Callable[[Cell], None]) -> Any:
        """The style that `make` gives a cell. It is shared: openpyxl would change it in place for all who have it."""
        if key not in self._made:
            kept, self._bench._style = self._bench._style, StyleArray()
            make(self._bench)
            self._made[key], self._bench._style = self._bench._style, kept
        return self._made[key]


def with_small_print(first: str, small: str, head: bool = False) -> CellRichText:
    """Words with small print under them, in one cell. The words look as the cell does."""
    return CellRichText(first, TextBlock(_SMALL_HEAD if head else _SMALL_PRINT, "\n" + small))


def with_weight(paragraph: Paragraph) -> CellRichText:
    """A paragraph of prose with its bold and italic words."""
    parts: list[str | TextBlock] = [paragraph.mark] if paragraph.mark else []
    for run in paragraph.runs:
        font = RunFont(rFont=FONT, sz=SIZE, b=run.bold or None, i=run.italic or None, color=Color(INK))
        parts.append(TextBlock(font, stored(run.text)) if run.bold or run.italic else stored(run.text))
    return CellRichText(*parts)


def _box(house: House) -> Border:
    side = Side(style="thin", color=house.line)
    return Border(left=side, right=side, top=side, bottom=side)


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def _wrapped(horizontal: str | None = None, vertical: str = "top", indent: int = 0) -> Alignment:
    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True, indent=indent)


def _answer(cell: Cell, number_format: str, is_open: bool, house: House) -> None:
    cell.number_format = number_format
    cell.protection = Protection(locked=not is_open)
    cell.fill = _fill(ANSWER_FILL if is_open else OTHER_FILL)
    cell.alignment = _wrapped("left")
    cell.border = _box(house)


def _title(cell: Cell, house: House) -> None:
    cell.font = Font(name=FONT, size=16, bold=True, color=house.ink)
    cell.alignment = Alignment(vertical="center")


def _heading(cell: Cell, house: House) -> None:
    cell.font = Font(name=FONT, size=12, bold=True, color=house.ink)
    cell.alignment = _wrapped(vertical="bottom")


def _subheading(cell: Cell, house: House) -> None:
    cell.font = Font(name=FONT, size=SIZE, bold=True, color=house.ink)
    cell.alignment = _wrapped(vertical="bottom")


def _prose(cell: Cell, house: House) -> None:
    cell.alignment = _wrapped()


def _small(cell: Cell, house: House) -> None:
    cell.font = Font(name=FONT, size=SMALL, italic=True, color=GREY)
    cell.alignment = _wrapped()


def _head(cell: Cell, house: House) -> None:
    cell.font = Font(name=FONT, size=SIZE, bold=True, color=house.ink)
    cell.fill = _fill(house.head)
    cell.alignment = _wrapped("left")
    cell.border = _box(house)


def _head_above(cell: Cell, house: House) -> None:
    """The empty cell over a head: no line between the two, which are not merged."""
    _head(cell, house)
    box = cell.border
    cell.border = Border(left=box.left, right=box.right, top=box.top)


def _head_below(cell: Cell, house: House) -> None:
    _head(cell, house)
    box = cell.border
    cell.border = Border(left=box.left, right=box.right, bottom=box.bottom)


def _level_head(cell: Cell, house: House) -> None:
    """A label over a narrow column. It is lighter than the title above it."""
    _head(cell, house)
    cell.font = Font(name=FONT, size=SMALL, color=house.ink)
    cell.alignment = _wrapped("center", "bottom")


def _turned_head(cell: Cell, house: House) -> None:
    _level_head(cell, house)
    cell.alignment = Alignment(horizontal="center", vertical="bottom", wrap_text=True, text_rotation=90)


def _code(cell: Cell, house: House) -> None:
    cell.font = Font(name=FONT, size=SIZE, bold=True, color=house.ink)
    cell.alignment = _wrapped("left")
    cell.border = _box(house)
    cell.number_format = "@"


def _number(cell: Cell, house: House) -> None:
    _code(cell, house)
    cell.number_format = "0"


def _question(cell: Cell, house: House) -> None:
    cell.alignment = _wrapped("left")
    cell.border = _box(house)


def _option(cell: Cell, house: House) -> None:
    cell.alignment = _wrapped("left", indent=2)
    cell.border = _box(house)


def _no_answer(cell: Cell, house: House) -> None:
    cell.fill = _fill(house.head)
    cell.border = _box(house)


def _row_title(cell: Cell, house: House) -> None:
    """A heading across a grid: no line between its cells, which are not merged."""
    side = Side(style="thin", color=house.line)
    cell.font = Font(name=FONT, size=11, bold=True, color=house.ink)
    cell.fill = _fill(house.head)
    cell.alignment = _wrapped("left", "center")
    cell.border = Border(top=side, bottom=side)


def _label(cell: Cell, house: House) -> None:
    cell.font = Font(name=FONT, size=SIZE, bold=True, color=house.ink)
    cell.alignment = _wrapped()


def _value(cell: Cell, house: House) -> None:
    cell.alignment = _wrapped("left")
    cell.number_format = "@"


def _link(cell: Cell, house: House) -> None:
    cell.font = Font(name=FONT, size=SIZE, underline="single", color=LINK)
    cell.alignment = Alignment(vertical="top")


def _linked(cell: Cell, house: House) -> None:
    """A link in a table."""
    _text_cell(cell, house)
    cell.font = Font(name=FONT, size=SIZE, underline="single", color=LINK)


def _mark(cell: Cell, house: House) -> None:
    cell.font = Font(name=FONT, size=8, color=GREY)
    cell.number_format = "@"


def _note(cell: Cell, house: House) -> None:
    cell.font = Font(name=FONT, size=SMALL, italic=True, color=GREY)


def _text_cell(cell: Cell, house: House) -> None:
    cell.alignment = _wrapped()
    cell.border = _box(house)
    cell.number_format = "@"


def _date_cell(cell: Cell, house: House) -> None:
    cell.alignment = _wrapped("left")
    cell.border = _box(house)
    cell.number_format = "dd/mm/yyyy"


def _count_cell(cell: Cell, house: House) -> None:
    cell.alignment = _wrapped("right")
    cell.border = _box(house)


def _total(cell: Cell, house: House) -> None:
    _count_cell(cell, house)
    cell.font = Font(name=FONT, size=SIZE, bold=True, color=house.ink)
    cell.fill = _fill(house.head)


def _needed(cell: Cell, house: House) -> None:
    cell.fill = _fill(NEEDED_FILL)
    cell.border = _box(house)


def _not_asked(cell: Cell, house: House) -> None:
    cell.fill = _fill(NOT_ASKED_FILL)
    cell.border = _box(house)


_MAKERS: dict[Look, Callable[[Any, House], None]] = {
    Look.TITLE: _title,
    Look.HEADING: _heading,
    Look.SUBHEADING: _subheading,
    Look.PROSE: _prose,
    Look.SMALL: _small,
    Look.HEAD: _head,
    Look.HEAD_ABOVE: _head_above,
    Look.HEAD_BELOW: _head_below,
    Look.LEVEL_HEAD: _level_head,
    Look.TURNED_HEAD: _turned_head,
    Look.CODE: _code,
    Look.NUMBER: _number,
    Look.QUESTION: _question,
    Look.OPTION: _option,
    Look.NO_ANSWER: _no_answer,
    Look.ROW_TITLE: _row_title,
    Look.LABEL: _label,
    Look.VALUE: _value,
    Look.LINK: _link,
    Look.LINKED: _linked,
    Look.MARK: _mark,
    Look.NOTE: _note,
    Look.CELL: _text_cell,
    Look.DATE: _date_cell,
    Look.COUNT: _count_cell,
    Look.TOTAL: _total,
    Look.NEEDED: _needed,
    Look.NOT_ASKED: _not_asked,
}
