"""Answers as cells hold them: dates as dates, numbers as numbers, and text as text whatever it looks like."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from qaf_forms.plugin import Control, Field, QafFormsError, Value, show
from qaf_forms_excel.loose_types import Cell
from qaf_forms_excel.sheet_data import Computed
from qaf_forms_excel.strings import LONGEST_TEXT, UNSTORABLE, length, stored

_FIRST_DAY = date(1900, 3, 1)
"""Excel takes 1900 for a leap year: programs disagree on every serial number before this day."""
_MOST_DIGITS = 15
_FORMATS = {"date": "dd/mm/yyyy", "integer": "0", "decimal": "General", "percent": "0.00%", "money": "#,##0.00"}


def number_format(field: Field) -> str:
    """How the cell of a field shows numbers. A text cell turns nothing that is typed into a number or date."""
    if field.calculation and field.control is Control.NUMBER:
        return _calculated_format(field.calculation.decimals, field.calculation.unit == "%")
    return _FORMATS.get(field.type) or ("General" if field.control is Control.NUMBER else "@")


def _calculated_format(places: int | None, is_percentage: bool) -> str:
    """A percentage is held in points; its sign stands in quotation marks, so that no program takes 45 for 4500 %."""
    digits = "General" if places is None else "0" + ("." + "0" * places if places else "")
    return f'{digits}"%"' if is_percentage and places is not None else digits


def put_answer(cell: Cell, field: Field, value: Value) -> None:
    """Write an answer into its cell."""
    if isinstance(value, date) and value >= _FIRST_DAY:
        cell._value, cell.data_type = value, "d"
    elif isinstance(value, int | Decimal) and _is_exact(value):
        cell._value, cell.data_type = (value / 100 if field.type == "percent" else value), "n"
    else:
        put_text(cell, show(field, value), field.key)


def put_computed(cell: Cell, field: Field, formula: str, value: Value | None) -> None:
    """Write a formula into the cell of a calculated answer, with what it comes to so far."""
    is_number = isinstance(value, int | Decimal) and _is_exact(value)
    result = value if is_number else "" if value is None else show(field, value)
    cell._value, cell.data_type = Computed(formula, result), "f"  # type: ignore[arg-type]  # a number or a text


def put_text(cell: Cell, text: str, whose: str) -> None:
    """Write text into a cell, exactly; `whose` names it in an error."""
    # the setter of openpyxl would take "=1" for a formula and cut what the escapes made longer than 32,767
    cell._value, cell.data_type = stored(checked(text, whose)), "s"


def checked(text: str, whose: str) -> str:
    """Text that a cell can hold. QafFormsError if it cannot; `whose` names it there."""
    size = length(text)
    if size > LONGEST_TEXT:
        raise QafFormsError(
            f"{whose}: {size:,} characters, and a cell of a workbook holds {LONGEST_TEXT:,}; shorten it or use Word"
        )
    if UNSTORABLE.search(text):
        raise QafFormsError(f"{whose}: contains characters that no workbook can store; remove them")
    return text


def _is_exact(number: int | Decimal) -> bool:
    """Whether a spreadsheet, which keeps 15 digits, holds the number exactly."""
    return len(Decimal(number).normalize().as_tuple().digits) <= _MOST_DIGITS
