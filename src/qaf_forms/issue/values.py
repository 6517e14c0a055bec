"""Typed answers as text and as JSON, and back from JSON.

==================================  =======================  ==========================
answer type                         Python                   JSON
==================================  =======================  ==========================
text, paragraph, email, phone       `str`                    string
integer                             `int`                    number
decimal, percent, money             `Decimal`                number; a percentage in points
fraction                            `str`, `5/6`             string, `5/6`
month                               `str`, `2025-03`         string, `2025-03`
names                               `tuple` of `str`         array of strings
date                                `datetime.date`          string, `2025-03-12`
yes_no, choice                      `str`, the level's code  string
choices                             `tuple` of codes         array of strings
calculated                          `Decimal`                number; of a band the level's code, a string
==================================  =======================  ==========================
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from qaf_forms.define.answer_types import Control
from qaf_forms.define.condition import Value
from qaf_forms.define.score import MOST_DIGITS, Calculation
from qaf_forms.define.written_forms import EXAMPLES, IS_WRITTEN, UNPRINTABLE
from qaf_forms.issue.fields import Field

_FURTHEST = 100
"""Digits before or behind the point at most: a few letters can stand for a number that fills the memory."""

UNSEEN = re.compile("[\\s\u00ad\u180e\u200b-\u200f\u2060\ufeff]*")
"""Characters that nobody sees. A text of nothing else is no answer."""


def clean(text: str) -> str:
    """Text as an answer holds it: lines ended by line feeds, no control characters, no blank space around it."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return (text if text.isprintable() else UNPRINTABLE.sub("", text)).strip()


def show(field: Field, value: Value) -> str:
    """An answer as a respondent would write it: `12/03/2025`, `Partly`, `School; Health`."""
    if isinstance(value, date):
        return f"{value:%d/%m/}{value.year:04d}"
    if isinstance(value, tuple):
        return "; ".join(_label(field, code) for code in value) if field.scale else "\n".join(value)
    if isinstance(value, Decimal):
        return _show_number(field, value)
    if field.type == "month" and isinstance(value, str):
        return field.words.month_in_words(value[:4], int(value[5:]))
    return _label(field, value) if field.scale and isinstance(value, str) else str(value)


_COMMA_FOR_POINT = str.maketrans({",": " ", ".": ","})


def _show_number(field: Field, value: Decimal) -> str:
    if field.calculation:
        return _show_calculated(field.calculation, value)
    if field.type == "percent":
        return f"{value:f}%"
    if field.type != "money":
        return f"{value:f}"  # with a point in every language: 1,234 would be unclear
    amount = f"{value:,.2f}"
    return f"{field.answer.unit}{amount.translate(_COMMA_FOR_POINT) if field.words.decimal_comma else amount}"


def _show_calculated(calculation: Calculation, value: Decimal) -> str:
    places = calculation.decimals
    shown = f"{value:f}" if places is None else f"{value:.{places}f}"
    return f"{shown}%" if calculation.unit == "%" else shown


def _label(field: Field, code: str) -> str:
    level = field.scale.level(code) if field.scale else None
    return level.label if level else code


def to_json(value: Value) -> Any:
    """An answer as JSON can hold it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def from_json(field: Field, written: Any) -> Value | None:
    """The answer that `written` stands for, or None if it does not fit the field's type."""
    control = field.control
    if control is Control.DATE:
        return _date(written)
    if control is Control.NUMBER:
        return _number(field, written)
    if control is Control.SEVERAL_OF:
        return _codes(field, written)
    if field.type == "names":
        return _names(written)
    if not isinstance(written, str):
        return None
    if is_written := IS_WRITTEN.get(field.type):
        return written if is_written(written) else None
    if control is Control.ONE_OF:
        return written if field.scale and field.scale.level(written) else None
    return _text(written)


def expected(field: Field) -> str:
    """What `from_json` takes for this field, in words."""
    if field.scale:
        codes = ", ".join(level.code for level in field.scale.levels)
        return f"a list of codes among {codes}" if field.ticks else f"one of {codes}"
    return {
        Control.DATE: "a date such as 2025-03-12",
        Control.NUMBER: "a whole number" if field.type == "integer" else "a number of at most 15 digits",
    }.get(field.control) or _EXPECTED.get(field.type, "a text without control characters")


def _date(written: Any) -> date | None:
    try:
        return date.fromisoformat(written)
    except (TypeError, ValueError):
        return None


def _number(field: Field, written: Any) -> int | Decimal | None:
    if isinstance(written, bool) or not isinstance(written, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(written))
    except (InvalidOperation, ValueError):  # ValueError: an `int` of too many digits
        return None
    if (
        not number.is_finite()
        or abs(number.adjusted()) > _FURTHEST
        or len(number.normalize().as_tuple().digits) > MOST_DIGITS
    ):
        return None
    if field.type == "integer":
        return int(number) if number == number.to_integral_value() else None
    if field.type == "money" and number != round(number, 2):
        return None
    return number


def _names(written: Any) -> tuple[str, ...] | None:
    if not isinstance(written, list | tuple) or not all(isinstance(name, str) for name in written):
        return None
    names = [name for one in written if (name := _text(one)) or one.strip()]
    return tuple(map(str, names)) if names and not any(name is None or "\n" in name for name in names) else None


def _text(written: str) -> str | None:
    """A text, unless there is none, or characters in it that no office file can hold: nobody would miss them."""
    return None if UNPRINTABLE.search(written) else clean(written) or None


_EXPECTED = {**EXAMPLES, "names": "a list of texts of one line, without control characters"}


def _codes(field: Field, written: Any) -> tuple[str, ...] | None:
    if not isinstance(written, list | tuple) or not written or not field.scale:
        return None
    if not all(isinstance(code, str) and field.scale.level(code) for code in written):
        return None
    chosen = set(written)
    return tuple(level.code for level in field.scale.levels if level.code in chosen)
