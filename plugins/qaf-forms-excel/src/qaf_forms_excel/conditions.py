"""Conditions as formulas over the cells of the answers that they depend on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from qaf_forms.plugin import Condition, Control, Field, Layout, show
from qaf_forms_excel.formulas import Formula, Spot, all_of, any_of, equals, literal, none_of, number
from qaf_forms_excel.places import Places

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DAY_ZERO = date(1899, 12, 30)
NIL = "nil_return"


def never(_: Any) -> str:
    """What cannot be so."""
    return "0"


class Conditions:
    """The conditions of one workbook as formulas that are 1 where they hold and 0 where not."""

    def __init__(self, layout: Layout, places: Places) -> None:
        self._layout, self._places = layout, places

    def holds(self, condition: Condition) -> Formula:
        """Whether a condition holds."""
        if condition.test == "all":
            return all_of([self.holds(part) for part in condition.conditions])
        if condition.test == "any":
            return any_of([self.holds(part) for part in condition.conditions])
        if condition.test == "not":
            return none_of(self.holds(condition.condition))
        field = self._places.fields.get(condition.key)
        if field is None:
            return never
        if condition.test == "answered":
            return self._places.is_answered(field.key)
        if condition.test == "at_least":
            return self._at_least(field, condition.at_least)
        return any_of(list(self.says(field, condition.values)))

    def is_nil(self) -> Formula:
        """Whether the answer to the gate waives everything else."""
        nil, field = self._layout.form.nil_return, self._places.fields.get(NIL)
        return any_of(list(self.says(field, nil.waives_when))) if nil and field else never

    def says(self, field: Field, values: tuple[str, ...]) -> Iterator[Formula]:
        """For each of these values whether it is, or is among, the answer to a field."""
        spot, ticks = self._places.cell(field.key), self._places.ticks(field.key)
        if ticks:
            yield from (self._ticked(ticks[code]) for code in values if code in ticks)
        elif spot is not None:
            yield from (made for value in values if (made := _says(field, spot, value)) is not None)

    def _ticked(self, spot: Spot) -> Formula:
        return lambda write: f"(LEN(TRIM({write(spot)}))>0)"

    def _at_least(self, field: Field, least: Decimal) -> Formula:
        spot = self._places.cell(field.key)
        if spot is None or field.control is not Control.NUMBER:
            return never
        low = number(in_cell(field, least))
        return lambda write: f"(ISNUMBER({write(spot)})*({write(spot)}>={low}))"


def in_cell(field: Field, value: Decimal) -> Decimal:
    """A number as the cell of a field holds it: a percentage as a part of one."""
    return value / 100 if field.type == "percent" else value


def _says(field: Field, spot: Spot, value: str) -> Formula | None:
    maker = _SAYING.get(field.control, _text)
    return maker(field, spot, value)


def _level(field: Field, spot: Spot, value: str) -> Formula | None:
    level = field.scale.level(value) if field.scale else None
    return equals(spot, level.label) if level else None


def _among(field: Field, spot: Spot, value: str) -> Formula | None:
    """One of several levels, which stand in one cell with semicolons between them."""
    level = field.scale.level(value) if field.scale else None
    return among(spot, level.label) if level else None


def among(spot: Spot, label: str) -> Formula:
    """Whether a level is among several in one cell."""
    return lambda write: f'ISNUMBER(FIND({literal(f"; {label};")},"; "&{write(spot)}&";"))'


def _number(field: Field, spot: Spot, value: str) -> Formula | None:
    try:
        wanted = number(in_cell(field, Decimal(value)))
    except InvalidOperation:
        return None
    return lambda write: f"(ISNUMBER({write(spot)})*({write(spot)}={wanted}))"


def _date(_: Field, spot: Spot, value: str) -> Formula | None:
    try:
        day = (date.fromisoformat(value) - _DAY_ZERO).days
    except ValueError:
        return None
    return lambda write: f"({write(spot)}={day})"


def _text(field: Field, spot: Spot, value: str) -> Formula | None:
    if field.type == "names":
        entry = f"CHAR(10)&{literal(value)}&CHAR(10)"
        return lambda write: f"ISNUMBER(FIND({entry},CHAR(10)&{write(spot)}&CHAR(10)))"
    if field.type == "month" and not _MONTH.fullmatch(value):
        return None
    shown = literal(show(field, value))
    return lambda write: f"EXACT({write(spot)},{shown})"


_SAYING: Mapping[Control, Callable[[Field, Spot, str], Formula | None]] = {
    Control.ONE_OF: _level,
    Control.SEVERAL_OF: _among,
    Control.NUMBER: _number,
    Control.DATE: _date,
}
