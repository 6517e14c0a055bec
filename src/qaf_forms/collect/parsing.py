"""Turns what a person typed into a typed answer, and says so where it cannot.

Tolerant of people: case, spacing, quotes, ticks, "12th March 2025", "3/4/25" (day first), "Complete: done in March".
What could mean two things is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from qaf_forms.collect.choosing import choose_one, choose_several
from qaf_forms.collect.days import days_in, is_part_of_a_date
from qaf_forms.collect.outcome import Outcome
from qaf_forms.collect.raw_values import text_of, without_noise
from qaf_forms.define.answer_types import Control
from qaf_forms.issue.fields import Field
from qaf_forms.issue.values import MOST_DIGITS, UNPRINTABLE, clean
from qaf_forms.plugin.interfaces import Raw
from qaf_forms.problems import Code

_EMAIL = re.compile(r"[^@\s,;:<>()]+@[^@\s,;:<>()]+\.[^@\s,;:<>().]+")
_NUMBER = re.compile(r"[+-]? ?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?")
_PER_CENT = frozenset({"%", "percent", "percentage", "pc"})
_PLAIN = {ord("０") + digit: str(digit) for digit in range(10)}
_PLAIN |= dict.fromkeys(map(ord, "−–—－﹣"), "-") | dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000"), " ")
_PLAIN |= {ord("．"): ".", ord("，"): ",", ord("％"): "%", ord("／"): "/", ord("＋"): "+"}
"""What keyboards and word processors make of digits and signs. Not all of NFKC, which makes 32 of 3²."""
_LONGEST_NUMBER = 60
_MOST_ZEROS = 100


def parse(space: Field, raw: Raw) -> Outcome:
    """The typed answer that `raw` stands for. An empty outcome means unanswered."""
    if isinstance(raw, str) and (not raw or raw.isspace()):
        return Outcome()
    return _PARSERS.get(space.type, _BY_CONTROL[space.control])(space, raw)


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
    if number is None:
        return Outcome().note(Code.NOT_A_NUMBER)
    if len(number.normalize().as_tuple().digits) > MOST_DIGITS or abs(number.adjusted()) > _MOST_ZEROS:
        return Outcome().note(Code.OUT_OF_RANGE, direction="longer than", limit=f"{MOST_DIGITS} digits")
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
        number = without_noise(raw) if isinstance(raw, float) else Decimal(raw)
        return number if number.is_finite() else None
    text = _without_unit(" ".join(raw.translate(_PLAIN).split()), space.answer.unit or "")
    text = text.removeprefix("£").removesuffix(".").strip()
    if not _NUMBER.fullmatch(text) or text[-1:] not in "0123456789" or not text or len(text) > _LONGEST_NUMBER:
        return None
    return Decimal(text.replace(",", "").replace(" ", ""))


def _without_unit(text: str, unit: str) -> str:
    """The number without the unit that is printed behind its space: "3 visits", "3 visit", "3visits."."""
    unit = " ".join(unit.casefold().split())
    names = {unit, f"{unit}s", unit.removesuffix("s")}
    if unit.replace(" ", "") in _PER_CENT:
        names |= {"%", "per cent", "percent", "pc"}
    text = text.removesuffix(".")
    for name in sorted(filter(None, names), key=len, reverse=True):
        if text.casefold().endswith(name):
            return text[: len(text) - len(name)].rstrip()
    return text


def _date(space: Field, raw: Raw) -> Outcome:
    found: date | None = None
    if isinstance(raw, datetime):
        found = raw.date()
    elif isinstance(raw, date):
        found = raw
    elif isinstance(raw, str):
        lines = clean(raw).translate(_PLAIN).casefold().rstrip(".").split("\n")
        text = "\n".join(" ".join(line.split()) for line in lines)
        days = days_in(text)
        if len(days) > 1 or (not days and is_part_of_a_date(text)):
            return Outcome().note(Code.UNCLEAR_DATE)
        found = next(iter(days), None)
    if found is None:
        return Outcome().note(Code.NOT_A_DATE)
    outcome = Outcome(found)
    earliest, latest = space.answer.earliest, space.answer.latest
    if earliest and found < earliest:
        outcome.note(Code.OUT_OF_RANGE, direction="before", limit=earliest)
    if latest and found > latest:
        outcome.note(Code.OUT_OF_RANGE, direction="after", limit=latest)
    return outcome


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
