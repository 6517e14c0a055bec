"""Calendar days as people write them: day first, in words or figures, in English or the form's language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from qaf_forms.define.words import ENGLISH, CalendarWords, Words

_CENTURY_TURN = 50
_WEEKDAYS = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_ENGLISH_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?P<day>[0-9]{1,2})"
_LONG_YEAR = r"(?P<year>[1-9][0-9]{3})"
_YEAR = r"(?P<year>[1-9][0-9]{3}|[0-9]{2})"
_NAME = r"(?P<name>[^\W\d_]{3,15})"
_ENDINGS = ("st", "nd", "rd", "th")
_FIGURED_MONTH = re.compile(rf"(?P<month>[0-9]{{1,2}}) ?[/.\-] ?{_LONG_YEAR}")
_YEAR_AND_MONTH = re.compile(rf"{_LONG_YEAR}[/.\-](?P<month>[0-9]{{2}})")
_NAMED_MONTH = re.compile(rf"{_NAME}\.?,?[ \-/']?{_YEAR}")


class Calendar:
    """Reads days and months. Texts are in small letters, spaces single."""

    def __init__(self, words: CalendarWords, between: Sequence[str]) -> None:
        names = [ENGLISH.calendar.months, words.months, words.months_in_dates]
        self._months = [tuple(_bare(month) for month in months) for months in names if months]
        weekday = rf"(?:(?P<weekday>{_either([_WEEKDAYS, *_escaped(words.weekdays)])})\.?,? )?"
        self._weekdays = {word.casefold(): number % 7 for number, word in enumerate(words.weekdays)}
        ending = _either([*_ENDINGS, *_escaped(words.day_endings)])
        of = _either(["of", *_escaped(words.of_month)])
        self._forms = (
            re.compile(rf"{weekday}{_DAY} ?[/.\-] ?(?P<month>[0-9]{{1,2}}) ?[/.\-] ?{_YEAR}"),
            re.compile(rf"{_LONG_YEAR}([/.\-])(?P<month>[0-9]{{1,2}})\2{_DAY}(?:[t ]00:00(?::00(?:\.0+)?)?)?"),
            re.compile(rf"{weekday}(?:the )?{_DAY} ?(?:{ending})?(?: {of})?[ \-]?{_NAME}\.?,?[ \-]?{_YEAR}"),
            re.compile(rf"{weekday}{_NAME}\.? {_DAY}(?:{ending})?,? {_LONG_YEAR}"),
        )
        month = rf"(?:early |mid |late |mid-)?{_NAME}\.?,?[ \-]?"
        self._parts = (
            (re.compile(rf"{_DAY}(?:{ending})?(?: {of})?[ \-]?{_NAME}"), "the year"),
            (re.compile(rf"{month}[0-9]{{4}}"), "the day"),
            (re.compile(r"[0-9]{1,2} ?[/.\-] ?[0-9]{4}"), "the day"),
            (re.compile(rf"{month}[0-9]{{2}}"), "the day or the year"),
            (re.compile(r"[0-9]{1,2} ?[/.\-] ?[0-9]{1,2}"), "the day or the year"),
        )
        between = _either(["and", "or", "to", *_escaped(between)])
        self._between = re.compile(rf" ?(?:\n|;|,|&|\b{between}\b| - |\bthen\b) ?")

    def days_in(self, text: str) -> set[date]:
        """Every day that `text` may mean; none where it says anything else."""
        pieces = [text] if self._days_of(text) else [piece for piece in self._between.split(text) if piece]
        days = [self._days_of(piece) for piece in pieces]
        return {day for named in days for day in named} if all(days) else set()

    def missing_in(self, text: str) -> str:
        """What was left out of a date: March 2025, 12 March, 12/03; nothing if `text` is no part of one."""
        for form, missing in self._parts:
            match = form.fullmatch(text)
            if match:
                name = match.groupdict().get("name")
                return missing if name is None or self._month(name) else ""
        return ""

    def month_in(self, written: str | date) -> str | None:
        """The month that was meant, as `2025-03`: "March 2025", "03/2025", or the day that a spreadsheet made of it."""
        if isinstance(written, date):
            return f"{written:%Y-%m}" if written.day == 1 else None
        if match := _NAMED_MONTH.fullmatch(written):
            month, year = self._month(match["name"]), _year(match["year"])
        elif match := _FIGURED_MONTH.fullmatch(written) or _YEAR_AND_MONTH.fullmatch(written):
            month, year = int(match["month"]), int(match["year"])
        else:
            return None
        return f"{year:04d}-{month:02d}" if month and 1 <= month <= 12 else None

    def _days_of(self, text: str) -> list[date]:
        """The day that `text` is. With another day of the week before it, the next of these may be meant as well."""
        for form in self._forms:
            match = form.fullmatch(text)
            if match:
                facts = match.groupdict()
                month = int(facts["month"]) if "month" in facts else self._month(facts["name"])
                try:
                    day = date(_year(facts["year"]), month or 0, int(facts["day"]))
                    return [day, *self._other_days(day, facts.get("weekday"))]
                except (ValueError, OverflowError):
                    return []
        return []

    def _other_days(self, day: date, weekday: str | None) -> Iterator[date]:
        """The next day that falls on a day of the week, if that one does not."""
        if weekday is None:
            return
        known = self._weekdays.get(weekday)
        number = _ENGLISH_WEEK.index(weekday[:3]) if known is None else known
        if number != day.weekday():
            yield day + timedelta(days=(number - day.weekday()) % 7)

    def _month(self, name: str) -> int | None:
        """The number of a month by its name or the first letters of it, if no language says otherwise."""
        start = _bare("sep" if name == "sept" else name)
        found = (_first_with(start, months) for months in self._months)
        numbers = {number for number in found if number}
        return numbers.pop() if len(numbers) == 1 else None


def calendar_of(words: Words) -> Calendar:
    """The calendar of a language."""
    return _calendar(words.calendar, words.between_answers)


_calendar = cache(Calendar)


def _first_with(start: str, months: Sequence[str]) -> int | None:
    return next((number for number, full in enumerate(months, start=1) if full.startswith(start)), None)


def _bare(name: str) -> str:
    """A name as people type it who have no key for its accents."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _escaped(words: Iterable[str]) -> list[str]:
    return [re.escape(word.casefold()) for word in words]


def _either(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < _CENTURY_TURN else 1900)
