"""What an answer cell accepts, and what it says when it is entered and when it refuses.

Cells that accept the same share one `dataValidation`: a workbook opens faster with ten of them than with a thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from lxml.etree import Element, SubElement

from qaf_forms.plugin import CellWords, Control, Field, Scale
from qaf_forms_excel.loose_types import Cell, Sheet
from qaf_forms_excel.stretches import ranges_of
from qaf_forms_excel.strings import LONGEST_TEXT, length

_LONGEST_INLINE = 255
_LONGEST_MESSAGE = 255
_EXTREME = "999999999999999"
_FIRST_DAY, _LAST_DAY = date(1900, 3, 1), date(9999, 12, 31)
_DAY_ZERO = date(1899, 12, 30)
TICK = "x"

ListRange = Callable[[Sequence[str]], str]
"""Puts labels on the lists sheet and gives the range they stand in."""


class Validations:
    """The validations of one sheet."""

    def __init__(self, sheet: Sheet, list_range: ListRange) -> None:
        self._list_range = list_range
        self._made: dict[tuple[tuple[str, str], ...], list[tuple[int, int]]] = {}
        sheet.data_validations = self

    def add(self, cell: Cell, field: Field, message: str) -> None:
        """Let `cell` accept answers to `field`; `message` is shown when the cell is entered."""
        rule = _RULES.get(field.control)
        facts = rule(field) if rule else self._list(field)
        if pattern := _PATTERNS.get(field.type):
            facts |= pattern(cell.coordinate, field.words.cells)
        self._attach(cell, facts, message or facts["prompt"])

    def add_tick(self, cell: Cell, words: CellWords, about: str = "", message: str = "") -> None:
        """Let `cell` take an x, and with a warning anything else. `about` and `message` stand around what to do."""
        facts = {
            "type": "list",
            "formula1": f'"{TICK}"',
            "errorStyle": "warning",
            "errorTitle": words.tick_title,
            "error": words.tick_error.format(tick=TICK),
        }
        lines = (about, words.tick_prompt.format(tick=TICK), message)
        self._attach(cell, facts, "\n".join(line for line in lines if line))

    def _attach(self, cell: Cell, facts: dict[str, str], message: str) -> None:
        facts = {**facts, "prompt": _shortened(message, _LONGEST_MESSAGE)}
        self._made.setdefault(tuple(sorted(facts.items())), []).append((cell.column, cell.row))

    def __len__(self) -> int:
        return len(self._made)

    def to_tree(self) -> Any:
        """The element of the sheet, as openpyxl's writer takes it."""
        validations = Element("dataValidations", count=str(len(self._made)))
        for facts, cells in self._made.items():
            known = dict(facts)
            formulas = [(name, known.pop(name)) for name in ("formula1", "formula2") if name in known]
            shown = {"allowBlank": "1", "showInputMessage": "1", "sqref": ranges_of(cells)}
            if "error" in known:
                shown["showErrorMessage"] = "1"
            validation = SubElement(validations, "dataValidation", {**known, **shown})
            for name, formula in formulas:
                SubElement(validation, name).text = formula
        return validations

    def _list(self, field: Field) -> dict[str, str]:
        labels = field.scale.labels if isinstance(field.scale, Scale) else ()
        words = field.words.cells
        return {
            "type": "list",
            "formula1": inline_list(labels) or self._list_range(labels),
            "errorTitle": words.list_title,
            "error": words.list_error,
            "prompt": words.list_prompt,
        }


def inline_list(labels: Sequence[str]) -> str:
    """The labels as a list inside the validation, or nothing where they do not fit in one."""
    joined = ",".join(labels)
    if any("," in label or label != label.strip() for label in labels):
        return ""
    listed = '"' + joined.replace('"', '""') + '"'
    return listed if length(listed) - 2 <= _LONGEST_INLINE else ""


def _whole(field: Field) -> dict[str, str]:
    words = field.words.cells
    return {"type": "whole", **_between(field, words.whole_number), "errorTitle": words.whole_number_title}


def _decimal(field: Field) -> dict[str, str]:
    words = field.words.cells
    return {"type": "decimal", **_between(field, words.number), "errorTitle": words.number_title}


def _percent(field: Field) -> dict[str, str]:
    """Limits in points, for a cell that holds a part of one and shows it as a percentage."""
    words = field.words.cells
    made = {"type": "decimal", **_between(field, words.percentage), "errorTitle": words.percentage_title}
    scaled = {name: f"{Decimal(made[name]) / 100:f}" for name in ("formula1", "formula2")}
    return {**made, **scaled, "error": words.percentage_error}


def _number(field: Field) -> dict[str, str]:
    if field.type == "percent":
        return _percent(field)
    return _whole(field) if field.type == "integer" else _decimal(field)


def _between(field: Field, what: str) -> dict[str, str]:
    low, high = getattr(field.answer, "minimum", None), getattr(field.answer, "maximum", None)
    words = field.words.cells
    bounds = what
    if low is not None and high is not None:
        bounds = words.number_between.format(what=what, low=f"{low:f}", high=f"{high:f}")
    elif low is not None:
        bounds = words.number_from.format(what=what, low=f"{low:f}")
    elif high is not None:
        bounds = words.number_to.format(what=what, high=f"{high:f}")
    return {
        "operator": "between",
        "formula1": f"-{_EXTREME}" if low is None else f"{low:f}",
        "formula2": _EXTREME if high is None else f"{high:f}",
        "error": words.number_error.format(what=bounds),
        "prompt": f"{bounds[0].upper()}{bounds[1:]}.",
    }


def _date(field: Field) -> dict[str, str]:
    low = getattr(field.answer, "earliest", None) or _FIRST_DAY
    high = getattr(field.answer, "latest", None) or _LAST_DAY
    words = field.words.cells
    bounds = [words.not_before.format(day=f"{low:%d/%m/%Y}")] if low != _FIRST_DAY else []
    bounds += [words.not_after.format(day=f"{high:%d/%m/%Y}")] if high != _LAST_DAY else []
    limits = f", {' '.join(bounds)}" if bounds else ""
    return {
        "type": "date",
        "operator": "between",
        "formula1": str((max(low, _FIRST_DAY) - _DAY_ZERO).days),
        "formula2": str((high - _DAY_ZERO).days),
        "errorTitle": words.date_title,
        "error": words.date_error.format(limits=limits),
        "prompt": words.date_prompt.format(limits=limits),
    }


def _text(field: Field) -> dict[str, str]:
    words = field.words.cells
    prompt = words.lines_prompt
    if field.control is not Control.LINES:
        prompt = f"{field.placeholder.strip('[]')}."
    most = getattr(field.answer, "max_length", None)
    if most is None or most >= LONGEST_TEXT:
        return {"prompt": prompt}
    return {
        "type": "textLength",
        "operator": "lessThanOrEqual",
        "formula1": str(most),
        "errorStyle": "warning",
        "errorTitle": words.longest_title,
        "error": words.longest_error.format(number=most),
        "prompt": f"{prompt} {words.longest_prompt.format(number=most)}",
    }


def _several(field: Field) -> dict[str, str]:
    labels = "; ".join(field.scale.labels) if field.scale else ""
    return {**_text(field), "prompt": field.words.cells.several_prompt.format(answers=labels)}


def _fraction(cell: str, words: CellWords) -> dict[str, str]:
    """One stroke between two numbers, the first no greater; more words are a question, not an error."""
    number, whole = f'VALUE(LEFT({cell},FIND("/",{cell})-1))', f'VALUE(MID({cell},FIND("/",{cell})+1,20))'
    is_one = f'LEN({cell})-LEN(SUBSTITUTE({cell},"/",""))=1'
    formula = f"AND({is_one},{number}>=0,{number}<={whole})"
    return _asked_back(formula, words.fraction_title, words.fraction_error)


def _email(cell: str, words: CellWords) -> dict[str, str]:
    is_one = f'LEN({cell})-LEN(SUBSTITUTE({cell},"@",""))=1'
    formula = f'AND({is_one},ISNUMBER(FIND(".",{cell},FIND("@",{cell})+2)))'
    return _asked_back(formula, words.email_title, words.email_error)


def _phone(cell: str, words: CellWords) -> dict[str, str]:
    """As a number begins and as long: what stands behind it may be an extension."""
    formula = f'AND(LEN(TRIM({cell}))>5,ISNUMBER(FIND(LEFT(TRIM({cell}),1),"+(0123456789")))'
    return _asked_back(formula, words.phone_title, words.phone_error)


def _month(cell: str, words: CellWords) -> dict[str, str]:
    """More than a year, with figures at one end: months have too many names for more."""
    formula = f"AND(LEN(TRIM({cell}))>5,OR(ISNUMBER(-RIGHT(TRIM({cell}),1)),ISNUMBER(-LEFT(TRIM({cell}),1))))"
    return _asked_back(formula, words.month_title, words.month_error)


def _asked_back(formula: str, title: str, error: str) -> dict[str, str]:
    """A formula that holds for what is right. What breaks it is asked about, and may stay."""
    return {"type": "custom", "formula1": formula, "errorStyle": "warning", "errorTitle": title, "error": error}


_PATTERNS: dict[str, Callable[[str, CellWords], dict[str, str]]] = {
    "fraction": _fraction,
    "email": _email,
    "phone": _phone,
    "month": _month,
}
"""What a text must look like. Such a rule names its cell, since it holds for one alone."""
_RULES: dict[Control, Callable[[Field], dict[str, Any]]] = {
    Control.NUMBER: _number,
    Control.DATE: _date,
    Control.LINE: _text,
    Control.LINES: _text,
    Control.SEVERAL_OF: _several,
}


def _shortened(text: str, limit: int) -> str:
    return text if length(text) <= limit else text[: limit - 1].rstrip() + "…"
