"""The rows of a sheet as XML.

openpyxl makes an element of every cell, which takes most of the time that a workbook takes. It also has no way to store
what a formula comes to. That is what people see where nothing recalculates: on a telephone, in a preview.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree
from openpyxl.cell.rich_text import CellRichText
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from qaf_forms_excel.loose_types import Cell, Sheet
from qaf_forms_excel.strings import START, stored

_SERIAL: Callable[[date], int | float] = to_excel


@dataclass(frozen=True, slots=True)
class Computed:
    """What a cell with a formula holds: the formula without its equals sign, and what it comes to, if that is known."""

    formula: str
    result: str | int | Decimal | None = None


def sheet_data(sheet: Sheet) -> bytes:
    """The rows of a sheet. Notes and links are listed in it on the way, as its other parts expect."""
    pieces = ["<sheetData>"]
    styles: dict[int, str] = {}
    for number, cells in _rows(sheet):
        pieces.append(f'<row r="{number}"{_height(sheet, number)}>')
        for column, cell in cells:
            if cell.comment is not None:
                sheet._comments.append(CommentRecord.from_cell(cell))
            if cell.hyperlink is not None:
                sheet._hyperlinks.append(cell.hyperlink)
            style = styles.get(id(cell._style))
            if style is None:
                style = styles[id(cell._style)] = f' s="{cell.style_id}"' if cell.has_style else ""
            if cell._value is not None or style or cell.comment is not None:
                pieces.append(_cell(f"{get_column_letter(column)}{number}", style, cell))
        pieces.append("</row>")
    pieces.append("</sheetData>")
    return "".join(pieces).encode()


def _height(sheet: Sheet, number: int) -> str:
    """What a sheet says of a row. A height holds for good only where `customHeight` says so."""
    if number not in sheet.row_dimensions:
        return ""
    row = sheet.row_dimensions[number]
    height = "" if row.ht is None else f' ht="{row.ht:g}"'
    fixed, hidden = ' customHeight="1"' if row.customHeight else "", ' hidden="1"' if row.hidden else ""
    return f"{height}{fixed}{hidden}"


def _rows(sheet: Sheet) -> Iterator[tuple[int, list[tuple[int, Cell]]]]:
    rows: dict[int, list[tuple[int, Cell]]] = {number: [] for number in sheet.row_dimensions}
    for (row, column), cell in sorted(sheet._cells.items(), key=lambda one: one[0]):
        rows.setdefault(row, []).append((column, cell))
    yield from sorted(rows.items(), key=lambda one: one[0])


def _cell(reference: str, style: str, cell: Cell) -> str:
    value: Any = cell._value
    start = f'<c r="{reference}"{style}'
    if value is None or value == "":
        return f"{start}/>"
    if isinstance(value, str):
        return f'{start} t="inlineStr"><is>{_text(value)}</is></c>'
    if isinstance(value, CellRichText):
        return f'{start} t="inlineStr">{_markup(value)}</c>'
    if isinstance(value, Computed):
        return _computed(start, value)
    return f'{start} t="n"><v>{_number(value)}</v></c>'


def _markup(value: Any) -> str:
    written: str = etree.tostring(value.to_tree(), encoding="unicode")
    return written


def _text(text: str) -> str:
    preserved = ' xml:space="preserve"' if text != text.strip() or text.startswith(START) else ""
    return f"<t{preserved}>{escape(text)}</t>"


def _number(value: Any) -> str:
    if isinstance(value, date):
        return f"{_SERIAL(value):.10g}"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _computed(start: str, value: Computed) -> str:
    formula = f"<f>{escape(stored(value.formula))}</f>"
    if value.result is None:
        return f"{start}>{formula}</c>"
    if isinstance(value.result, str):
        return f'{start} t="str">{formula}<v>{escape(stored(value.result))}</v></c>'
    return f"{start}>{formula}<v>{_number(value.result)}</v></c>"
