"""Turns what a person typed into a typed answer, and says so where it cannot.

Tolerant of people: case, spacing, quotes, ticks, "12th March 2025", "3/4/25" (day first), "Complete: done in March".
What could mean two things is never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from qaf_forms.collect.choosing import choose_one, choose_several
from qaf_forms.collect.outcome import Outcome
from qaf_forms.define.answer_types import Control
from qaf_forms.issue.fields import Field
from qaf_forms.issue.values import MOST_DIGITS, UNPRINTABLE, clean
from qaf_forms.plugin.interfaces import Raw
from qaf_forms.problems import Code

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?")
_MINUS = str.maketrans("−–—", "---")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC_DATE = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})([T ]00:00(:00(\.0+)?)?)?")
_DAY_MONTH = re.compile(r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]+([a-z]+)\.?,?[\s\-]+(\d{4}|\d{2})")
_MONTH_DAY = re.compile(r"(?:[a-z]+,?\s+)?([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_CENTURY_TURN = 50


def parse(space: Field, raw: Raw) -> Outcome:
    """The typed answer that `raw` stands for. An empty outcome means unanswered."""
    if isinstance(raw, str) and (not raw or raw.isspace()):
        return Outcome()
    return _PARSERS.get(space.type, _BY_CONTROL[space.control])(space, raw)


def text_of(raw: Raw) -> str:
    """A raw value as a person would have typed it."""
    if isinstance(raw, bool):
        return "Yes" if raw else "No"
    if isinstance(raw, float):
        return f"{_decimal(raw):f}"
    if isinstance(raw, datetime):
        return f"{raw:%d/%m/}{raw.year:04d}" + (f" {raw:%H:%M}" if raw.hour or raw.minute else "")
    if isinstance(raw, date):
        return f"{raw:%d/%m/}{raw.year:04d}"
    return str(raw)


def _decimal(number: float) -> Decimal:
    """A spreadsheet's number without the noise behind its fifteenth digit."""
    exact = Decimal(repr(number))
    if not exact.is_finite():
        return exact
    return Decimal(f"{number:.{MOST_DIGITS}g}") if len(exact.as_tuple().digits) > MOST_DIGITS else exact.normalize()


def _text(space: Field, raw: Raw) -> Outcome:
    written = text_of(raw)
    text = clean(written)
    outcome = Outcome(text or None)
    if UNPRINTABLE.search(written):
        outcome.note(Code.UNPRINTABLE)
    limit = getattr(space.answer, "max_length", None)
    if limit is not None and len(text) > limit:
        outcome.note(Code.TOO_LONG, size=len(text), limit=limit)
    return outcome


def _email(space: Field, raw: Raw) -> Outcome:
    text = clean(text_of(raw)).removeprefix("mailto:")
    if _EMAIL.fullmatch(text):
        return Outcome(text)
    return Outcome().note(Code.NOT_AN_EMAIL)


def _number(space: Field, raw: Raw) -> Outcome:
    number = _number_in(space, raw)
    if number is None or not number.is_finite():
        return Outcome().note(Code.NOT_A_NUMBER)
    if space.type == "integer" and number != number.to_integral_value():
        return Outcome().note(Code.NOT_WHOLE)
    outcome = Outcome(int(number) if space.type == "integer" else number)
    low, high = space.answer.minimum, space.answer.maximum
    if low is not None and number < low:
        outcome.note(Code.OUT_OF_RANGE, direction="less than", limit=low)
    if high is not None and number > high:
        outcome.note(Code.OUT_OF_RANGE, direction="more than", limit=high)
    return outcome


def _number_in(space: Field, raw: Raw) -> Decimal | None:
    if isinstance(raw, bool | date):
        return None
    if isinstance(raw, int | float):
        return _decimal(raw) if isinstance(raw, float) else Decimal(raw)
    text = unicodedata.normalize("NFKC", raw).translate(_MINUS).replace(" ", "").replace("£", "")
    unit = (space.answer.unit or "").replace(" ", "")
    if unit:
        text = re.sub(f"{re.escape(unit)}s?$|{re.escape(unit.rstrip('s'))}$", "", text, flags=re.IGNORECASE)
    if not text or not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def _date(space: Field, raw: Raw) -> Outcome:
    if isinstance(raw, datetime):
        found: date | None = raw.date()
    elif isinstance(raw, date):
        found = raw
    elif isinstance(raw, str):
        days = set(_days_in(clean(raw).lower()))
        if len(days) > 1:
            return Outcome().note(Code.UNCLEAR_DATE)
        found = days.pop() if days else None
    else:
        found = None
    if found is None:
        return Outcome().note(Code.NOT_A_DATE)
    outcome = Outcome(found)
    earliest, latest = space.answer.earliest, space.answer.latest
    if earliest and found < earliest:
        outcome.note(Code.OUT_OF_RANGE, direction="before", limit=earliest)
    if latest and found > latest:
        outcome.note(Code.OUT_OF_RANGE, direction="after", limit=latest)
    return outcome


def _days_in(text: str) -> Iterator[date]:
    """Every day that `text` could mean; a numeric date is day first, or month first where only that can be."""
    if match := _ISO_DATE.fullmatch(text):
        yield from _day(int(match[1]), int(match[2]), int(match[3]))
    elif match := _NUMERIC_DATE.fullmatch(text):
        yield from _day(_year(match[3]), int(match[2]), int(match[1]))
    elif match := _DAY_MONTH.fullmatch(text):
        yield from _named(match[2], int(match[1]), _year(match[3]))
    elif match := _MONTH_DAY.fullmatch(text):
        yield from _named(match[1], int(match[2]), _year(match[3]))


def _named(month: str, day: int, year: int) -> Iterator[date]:
    if (
        len(month) >= 3
        and month[:3] in _MONTHS
        and _FULL_MONTHS[month[:3]].startswith(month.replace("sept", "sep", 1)[:20])
    ):
        yield from _day(year, _MONTHS.index(month[:3]) + 1, day)


_FULL_MONTHS = dict(
    zip(
        _MONTHS,
        (
            "january", "february", "march", "april", "may", "june",
            "july", "august", "september", "october", "november", "december",
        ),
        strict=True,
    )
)  # fmt: skip


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < _CENTURY_TURN else 1900)


def _day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


def _one(space: Field, raw: Raw) -> Outcome:
    return choose_one(space, clean(text_of(raw)))


def _several(space: Field, raw: Raw) -> Outcome:
    return choose_several(space, clean(text_of(raw)))


_BY_CONTROL: dict[Control, Callable[[Field, Raw], Outcome]] = {
    Control.LINE: _text,
    Control.LINES: _text,
    Control.NUMBER: _number,
    Control.DATE: _date,
    Control.ONE_OF: _one,
    Control.SEVERAL_OF: _several,
}
_PARSERS: dict[str, Callable[[Field, Raw], Outcome]] = {"email": _email}
