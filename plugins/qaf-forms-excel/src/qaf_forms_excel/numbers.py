"""Numbers of a sheet as what they mean: a number format makes a serial number a date, a time or a percentage."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Literal

from qaf_forms_excel.shown_numbers import shows_more

Kind = Literal["number", "date", "time", "elapsed", "percent", "other"]
"""`other`: a number that its format shows with other characters than its digits."""

_DATE_IDS = frozenset([14, 15, 16, 17, 22, *range(27, 37), *range(50, 59), *range(71, 76)])
_PARTIAL_DATE_IDS = frozenset([16, 17])
_TIME_IDS = frozenset([18, 19, 20, 21, 45, 47, 76, 77, 78, 80, 81])
_ELAPSED_IDS = frozenset([46, 79])
_PERCENT_IDS = frozenset([9, 10])
_FRACTION_IDS = frozenset([12, 13])
FRACTION = "# ?/?"
_BUILT_IN = {12: FRACTION, 13: "# ??/??", 16: "d-mmm", 17: "mmm-yy"}
_DAY = re.compile(r"(?<!d)dd?(?!d)")
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_LAST_SERIAL = 2_958_465
_FIRST_DAY_1904 = date(1904, 1, 1)
_DAY_BEFORE_1900, _DAY_BEFORE_MARCH = date(1899, 12, 31), date(1899, 12, 30)
_MIDNIGHT = time()
_LEAP_DAY_THAT_WAS_NOT = 60
_EXACT = 2**53
_DIGITS_KEPT = 15
_PLAIN = re.compile(r"-?\d{1,15}")
_FIGURE = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


@cache
def kind_of_format(number: int, code: str) -> Kind:
    """What a number with this format is; `code` is empty for the formats that every program has built in."""
    if not code:
        if number in _FRACTION_IDS:
            return "other"
        if number in _DATE_IDS:
            return "date"
        if number in _TIME_IDS:
            return "time"
        return "elapsed" if number in _ELAPSED_IDS else "percent" if number in _PERCENT_IDS else "number"
    shown = _NOT_SHOWN.sub("", code.split(";")[0]).casefold()
    if "general" in shown:
        return _number_kind(code)
    if re.search(r"\[(h+|m+|s+)\]", shown):
        return "elapsed"
    if "d" in shown or "y" in shown or ("m" in shown and "h" not in shown and "s" not in shown):
        return "date"
    if "h" in shown or "s" in shown:
        return "time"
    return "percent" if "%" in shown else _number_kind(code)


@cache
def hides_part_of_date(number: int, code: str) -> bool:
    """Whether of a date a cell with this format shows no day of the month, no month or no year."""
    if not code:
        return number in _PARTIAL_DATE_IDS
    shown = _NOT_SHOWN.sub("", code.split(";")[0]).casefold()
    return not (_DAY.search(shown) and "m" in shown and ("y" in shown or "e" in shown))


def code_of_format(number: int, code: str) -> str:
    """How a format is written, also one that every program has built in."""
    return code or _BUILT_IN.get(number, FRACTION)


def _number_kind(code: str) -> Kind:
    return "other" if shows_more(code) else "number"


def plain_number(text: str) -> int | float | str:
    """The number that stands in a cell: whole numbers as `int`, what is no number as it stands."""
    if _PLAIN.fullmatch(text):
        return int(text)
    if not _FIGURE.fullmatch(text):
        return text
    value = float(text)
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


def shown_number(text: str, kind: Kind, from_1904: bool) -> int | float | str | date | datetime:
    """The number that stands in a cell, as its format shows it."""
    value = plain_number(text)
    if kind == "number" or isinstance(value, str):
        return value
    return _SHOWN[kind](value, from_1904)


def _as_date(serial: int | float, from_1904: bool) -> int | float | str | date | datetime:
    if not 0 <= serial <= _LAST_SERIAL:
        return serial
    days, part = divmod(serial, 1)
    if days == 0 and part and not from_1904:
        return _as_time(serial, from_1904)
    if from_1904:
        day = _FIRST_DAY_1904 + timedelta(days)
    elif days == _LEAP_DAY_THAT_WAS_NOT:
        return "29/02/1900"
    elif days == 0:
        return serial
    else:
        day = (_DAY_BEFORE_1900 if days < _LEAP_DAY_THAT_WAS_NOT else _DAY_BEFORE_MARCH) + timedelta(days)
    moment = datetime(day.year, day.month, day.day) + timedelta(seconds=round(part * 86_400))
    return moment if moment.time() != _MIDNIGHT else moment.date()


def _as_time(serial: int | float, from_1904: bool) -> int | float | str | date | datetime:
    if serial >= 1:
        return _as_date(serial, from_1904)
    return serial if serial < 0 else _clock(round(serial * 86_400))


def _as_elapsed(serial: int | float, _: bool) -> int | float | str:
    return serial if serial < 0 else _clock(round(serial * 86_400))


def _as_percent(value: int | float, _: bool) -> str:
    return f"{(Decimal(f'{value:.{_DIGITS_KEPT}g}') * 100).normalize():f}%"


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}" if seconds else f"{hours:02}:{minutes:02}"


_SHOWN: dict[str, Callable[[int | float, bool], int | float | str | date | datetime]] = {
    "date": _as_date,
    "time": _as_time,
    "elapsed": _as_elapsed,
    "percent": _as_percent,
}
