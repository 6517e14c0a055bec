"""Numbers as people write them: with units, separators, percent signs, or as so many of so many."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache

from qaf_forms.collect.outcome import Outcome
from qaf_forms.collect.raw_values import text_of, without_noise
from qaf_forms.define.score import MOST_DIGITS
from qaf_forms.define.words import Words
from qaf_forms.define.written_forms import is_fraction
from qaf_forms.issue.fields import Field
from qaf_forms.plugin.interfaces import Raw
from qaf_forms.problems import Code

_NUMBER = re.compile(r"[+-]? ?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?")
_PER_CENT = frozenset({"%", "percent", "percentage", "pc"})
PLAIN = {ord("０") + digit: str(digit) for digit in range(10)}
PLAIN |= dict.fromkeys(map(ord, "−–—－﹣"), "-") | dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000"), " ")
PLAIN |= {ord("．"): ".", ord("，"): ",", ord("％"): "%", ord("／"): "/", ord("＋"): "+"}
"""What keyboards and word processors make of digits and signs. Not all of NFKC, which makes 32 of 3²."""
_LONGEST_NUMBER = 60
_MOST_ZEROS = 100
_THOUSANDS = 3


def number(space: Field, raw: Raw) -> Outcome:
    """The number that was typed, whole where the field asks for that, and whether it is within its limits."""
    found = _number_in(space, raw)
    if found is None:
        return Outcome().note(Code.NOT_A_NUMBER)
    is_rounded = isinstance(raw, float) and abs(raw) >= 10**MOST_DIGITS  # a spreadsheet keeps no more of what is typed
    if is_rounded or len(found.normalize().as_tuple().digits) > MOST_DIGITS or abs(found.adjusted()) > _MOST_ZEROS:
        return Outcome().note(Code.OUT_OF_RANGE, direction="longer than", limit=f"{MOST_DIGITS} digits")
    if space.type == "integer" and found != found.to_integral_value():
        return Outcome().note(Code.NOT_WHOLE)
    outcome = Outcome(int(found) if space.type == "integer" else found)
    low, high = space.answer.minimum, space.answer.maximum
    if low is not None and found < low:
        outcome.note(Code.OUT_OF_RANGE, direction="less than", limit=low)
    if high is not None and found > high:
        outcome.note(Code.OUT_OF_RANGE, direction="more than", limit=high)
    return outcome


def _number_in(space: Field, raw: Raw) -> Decimal | None:
    if isinstance(raw, bool | date):
        return None
    if isinstance(raw, int | float):
        number = without_noise(raw) if isinstance(raw, float) else Decimal(raw)
        return number if number.is_finite() else None
    text = _without_unit(" ".join(raw.translate(PLAIN).split()), space.answer.unit or "", space.words)
    if space.type == "percent":
        text = _without_unit(text, "%", space.words)
    text = text.removeprefix("£").removesuffix(".").strip()
    text = _with_point(text) if space.words.decimal_comma else text
    if not _NUMBER.fullmatch(text) or text[-1:] not in "0123456789" or not text or len(text) > _LONGEST_NUMBER:
        return None
    return Decimal(text.replace(",", "").replace(" ", ""))


def _with_point(text: str) -> str:
    """A number with a comma before its decimals, as English has it. 1,234 could be either, and stays no number."""
    if -1 < text.rfind(",") < text.rfind("."):
        return text  # 1,234.50 can only be English
    whole, comma, decimals = text.rpartition(",")
    is_clear = comma and "," not in whole and "." not in text and len(decimals) != _THOUSANDS
    return f"{whole}.{decimals}" if is_clear else text.replace(",", "?")


def _without_unit(text: str, unit: str, words: Words) -> str:
    """The number without the unit that is printed behind its space: "3 visits", "3 visit", "3visits."."""
    unit = " ".join(unit.casefold().split())
    names = {unit, f"{unit}s", unit.removesuffix("s")}
    if unit.replace(" ", "") in _PER_CENT:
        names |= {"%", "per cent", "percent", "pc", *(word.casefold() for word in words.per_cent)}
    text = text.removesuffix(".")
    for name in sorted(filter(None, names), key=len, reverse=True):
        if text.casefold().endswith(name):
            return text[: len(text) - len(name)].rstrip()
    return text


def percent(space: Field, raw: Raw) -> Outcome:
    """A percentage in points. A bare part of one could mean either 0.45 % or 45 %, and is not guessed.

    Nor is the number 1, which spreadsheets store for 100 %.
    """
    bare = not isinstance(raw, str) or not _has_sign(raw, space.words)
    outcome = number(space, raw)
    size = abs(outcome.value) if isinstance(outcome.value, Decimal) else Decimal(0)
    if bare and (0 < size < 1 or (size == 1 and not isinstance(raw, str))):
        return Outcome().note(Code.UNCLEAR_PERCENT)
    return outcome


def _has_sign(text: str, words: Words) -> bool:
    return _without_unit(text.translate(PLAIN).strip(), "%", words) != text.translate(PLAIN).strip().removesuffix(".")


@cache
def _fraction_pattern(out_of: tuple[str, ...]) -> re.Pattern[str]:
    between = "|".join(["/", "of", "out of", "from", ":", *(re.escape(word.casefold()) for word in out_of)])
    return re.compile(rf"([0-9]{{1,6}}) ?(?:{between}) ?([0-9]{{1,6}})(?P<behind>[ ,;:(.?–—-]+[^0-9]*)?")


def fraction(space: Field, raw: Raw) -> Outcome:
    """So many of so many: "5/6", "5 of 6 churches". A date that a spreadsheet made of it is not guessed back."""
    if isinstance(raw, str):
        text = _without_unit(" ".join(raw.translate(PLAIN).casefold().split()), space.answer.unit or "", space.words)
        match = _fraction_pattern(space.words.out_of).fullmatch(text)
        found = f"{int(match[1])}/{int(match[2])}" if match else ""
        if match and is_fraction(found):
            has_words = any(character.isalpha() or character == "?" for character in match["behind"] or "")
            outcome = Outcome(found)
            return outcome.note(Code.MORE_THAN_THE_LEVEL, level=found) if has_words else outcome
    outcome = Outcome().note(Code.NOT_A_FRACTION, value=text_of(raw))
    return outcome.note(Code.MADE_A_DATE) if isinstance(raw, date) else outcome
