"""Turns what a person typed into a typed answer, and says so where it cannot.

Tolerant of people: case, spacing, quotes, ticks, "12th March 2025", "3/4/25" (day first), "Complete: done in March".
What could mean two things is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from qaf_forms.collect.choosing import choose_one, choose_several
from qaf_forms.collect.days import calendar_of
from qaf_forms.collect.figures import PLAIN, fraction, number, percent
from qaf_forms.collect.outcome import Outcome
from qaf_forms.collect.raw_values import text_of
from qaf_forms.define.answer_types import Control
from qaf_forms.define.score import MOST_DIGITS
from qaf_forms.define.written_forms import UNPRINTABLE, is_email
from qaf_forms.issue.fields import Field
from qaf_forms.issue.values import UNSEEN, clean
from qaf_forms.plugin.interfaces import Raw
from qaf_forms.problems import Code

_PHONE = re.compile(r"[+(]{0,2}[0-9][0-9 ()\-.]{4,24}(?: ?(?:x|ext\.?|extension) ?[0-9]{1,6})?")


_DAY_BEFORE = date(1899, 12, 30)
_DAYS_BY_NUMBER = range(18_264, 73_415)
"""The numbers that spreadsheets store the days of 1950 to 2100 as; others are too likely to be anything else."""


def parse(space: Field, raw: Raw) -> Outcome:
    """The typed answer that `raw` stands for. An empty outcome means unanswered."""
    if isinstance(raw, str) and not raw[:1].isalnum() and UNSEEN.fullmatch(raw):
        return Outcome()
    parser = _BY_TYPE.get(space.type) or _BY_CONTROL[space.control]
    return parser(space, raw)


def _text(space: Field, raw: Raw) -> Outcome:
    written = text_of(raw)
    is_plain = written.isprintable()
    text = written.strip() if is_plain else clean(written)
    outcome = Outcome(text or None)
    if not isinstance(raw, str):
        _note_no_text(raw, outcome)
    if not is_plain and UNPRINTABLE.search(written):
        outcome.note(Code.UNPRINTABLE)
    limit = getattr(space.answer, "max_length", None)
    if limit is not None and len(text) > limit:
        outcome.note(Code.TOO_LONG, size=len(text), limit=limit)
    return outcome


def _note_no_text(raw: Raw, outcome: Outcome) -> None:
    """What a program may have made of a text that it took for a day or a number."""
    if isinstance(raw, date):
        outcome.note(Code.MADE_A_DATE)
    if isinstance(raw, int | float) and abs(raw) >= 10**MOST_DIGITS:
        outcome.note(Code.DIGITS_LOST)


def _email(space: Field, raw: Raw) -> Outcome:
    text = clean(text_of(raw)).removeprefix("mailto:")
    if is_email(text):
        return Outcome(text)
    return Outcome().note(Code.NOT_AN_EMAIL)


def _phone(space: Field, raw: Raw) -> Outcome:
    outcome = _text(space, raw)
    is_bare = isinstance(raw, int | float)  # a number has no nought at its beginning any more
    if isinstance(outcome.value, str) and (is_bare or not _PHONE.fullmatch(outcome.value.translate(PLAIN).lower())):
        outcome.note(Code.NOT_A_PHONE)
    return outcome


def _names(space: Field, raw: Raw) -> Outcome:
    text = clean(text_of(raw))
    outcome = Outcome(tuple(name for line in text.split("\n") if (name := line.strip())) or None)
    return outcome.note(Code.UNPRINTABLE) if UNPRINTABLE.search(text_of(raw)) else outcome


def _month(space: Field, raw: Raw) -> Outcome:
    written = raw if isinstance(raw, date) else " ".join(text_of(raw).translate(PLAIN).casefold().split())
    found = calendar_of(space.words).month_in(written)
    return Outcome(found) if found else Outcome().note(Code.NOT_A_MONTH)


def _date(space: Field, raw: Raw) -> Outcome:
    found: date | None = None
    if isinstance(raw, datetime):
        found = raw.date()
    elif isinstance(raw, date):
        found = raw
    elif isinstance(raw, str):
        lines = clean(raw).translate(PLAIN).casefold().rstrip(".").split("\n")
        text = "\n".join(" ".join(line.split()) for line in lines)
        calendar = calendar_of(space.words)
        days = calendar.days_in(text)
        if len(days) > 1:
            return Outcome().note(Code.UNCLEAR_DATE)
        if not days and (missing := calendar.missing_in(text)):
            return Outcome().note(Code.PART_OF_A_DATE, missing=missing)
        found = next(iter(days), None)
    elif not isinstance(raw, bool) and raw in _DAYS_BY_NUMBER:
        day = _DAY_BEFORE + timedelta(int(raw))
        return Outcome(day).note(Code.DAY_BY_NUMBER, day=text_of(day))
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
    Control.NUMBER: number,
    Control.DATE: _date,
    Control.ONE_OF: _one,
    Control.SEVERAL_OF: _several,
}
_BY_TYPE: dict[str, Callable[[Field, Raw], Outcome]] = {
    "email": _email,
    "phone": _phone,
    "names": _names,
    "percent": percent,
    "fraction": fraction,
    "month": _month,
}
