"""Raw values as people see them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from qaf_forms.define.score import MOST_DIGITS
from qaf_forms.plugin.interfaces import Raw


def text_of(raw: Raw) -> str:
    """A raw value as a person would have typed it."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return f"{without_noise(raw):f}"
    if isinstance(raw, datetime):
        return f"{raw:%d/%m/}{raw.year:04d}{_time(raw)}"
    if isinstance(raw, date):
        return f"{raw:%d/%m/}{raw.year:04d}"
    return str(raw)


def _time(moment: datetime) -> str:
    if moment.second:
        return f" {moment:%H:%M:%S}"
    return f" {moment:%H:%M}" if moment.hour or moment.minute else ""


def without_noise(number: float) -> Decimal:
    """A spreadsheet's number without the noise behind its fifteenth digit."""
    exact = Decimal(repr(number))
    if not exact.is_finite():
        return exact
    return Decimal(f"{number:.{MOST_DIGITS}g}") if len(exact.as_tuple().digits) > MOST_DIGITS else exact.normalize()
