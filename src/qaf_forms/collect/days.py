"""Calendar days as people write them: day first, in words or figures."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_CENTURY_TURN = 50
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_DAY = r"(?P<day>[0-9]{1,2})"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_NUMERIC = re.compile(rf"{_WEEKDAY}{_DAY} ?[/.\-] ?(?P<month>[0-9]{{1,2}}) ?[/.\-] ?{_YEAR}")
_YEAR_FIRST = re.compile(
    r"(?P<year>[0-9]{4})([/.\-])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?)?"
)
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?:the )?{_DAY} ?(?:st|nd|rd|th)?(?: of)?[ \-]?(?P<name>[a-z]{{3,9}})\.?,?[ \-]?{_YEAR}"
)
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}(?P<name>[a-z]{{3,9}})\.? {_DAY}(?:st|nd|rd|th)?,? (?P<year>[0-9]{{4}})")
_FORMS = (_NUMERIC, _YEAR_FIRST, _DAY_FIRST, _MONTH_FIRST)
_NAMED_MONTH = re.compile(rf"(?P<name>[a-z]{{3,9}})\.?,?[ \-/']?{_YEAR}")
_FIGURED_MONTH = re.compile(r"(?P<month>[0-9]{1,2}) ?[/.\-] ?(?P<year>[0-9]{4})")
_YEAR_AND_MONTH = re.compile(r"(?P<year>[0-9]{4})[/.\-](?P<month>[0-9]{2})")
_BETWEEN = re.compile(r" ?(?:\n|;|,|&|\band\b|\bor\b|\bto\b| - |\bthen\b) ?")
_PARTS = (
    re.compile(r"(?:early |mid |late |mid-)?(?P<name>[a-z]{3,9})\.?,?[ \-]?(?:[0-9]{4}|[0-9]{2})"),
    re.compile(rf"{_DAY}(?:st|nd|rd|th)?(?: of)?[ \-]?(?P<name>[a-z]{{3,9}})"),
    re.compile(r"[0-9]{1,2} ?[/.\-] ?(?:[0-9]{4}|[0-9]{1,2})"),
)


def days_in(text: str) -> set[date]:
    """Every day that `text` names; none where it says anything else. `text` is in small letters, spaces single."""
    pieces = [text] if _day_in(text) else [piece for piece in _BETWEEN.split(text) if piece]
    days = {_day_in(piece) for piece in pieces}
    return set() if None in days else {day for day in days if day}


def is_part_of_a_date(text: str) -> bool:
    """Whether `text` is a date with the day, month or year left out: March 2025, 12 March, 12/03."""
    for form in _PARTS:
        match = form.fullmatch(text)
        if match:
            name = match.groupdict().get("name")
            return name is None or _month(name) is not None
    return False


def month_in(written: str | date) -> str | None:
    """The month that was meant, as `2025-03`: "March 2025", "03/2025", or the day that a spreadsheet made of it."""
    if isinstance(written, date):
        return f"{written:%Y-%m}" if written.day == 1 else None
    if match := _NAMED_MONTH.fullmatch(written):
        month, year = _month(match["name"]), _year(match["year"])
    elif match := _FIGURED_MONTH.fullmatch(written) or _YEAR_AND_MONTH.fullmatch(written):
        month, year = int(match["month"]), int(match["year"])
    else:
        return None
    return f"{year:04d}-{month:02d}" if month and 1 <= month <= 12 else None


def _day_in(text: str) -> date | None:
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            facts = match.groupdict()
            month = int(facts["month"]) if "month" in facts else _month(facts["name"])
            try:
                return date(_year(facts["year"]), month or 0, int(facts["day"]))
            except ValueError:
                return None
    return None


def _month(name: str) -> int | None:
    """The number of a month by its name or the first letters of it."""
    name = "sep" if name == "sept" else name
    return next((number for number, full in enumerate(_MONTHS, start=1) if full.startswith(name)), None)


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < _CENTURY_TURN else 1900)
