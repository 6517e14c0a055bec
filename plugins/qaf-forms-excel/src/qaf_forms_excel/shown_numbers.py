"""Numbers that their format shows with other characters than their digits: 7 as 007, as N-07, or as words.

What people see is what they meant. Digits that a format hides are kept, and thousands, signs and pounds are left out:
they change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"'
    r"|\\(?P<escaped>.)"
    r"|\[\$(?P<currency>[^\]\-]*)[^\]]*\]"
    r"|(?P<condition>\[[<>=][^\]]*\])"
    r"|\[[^\]]*\]|_.|\*."
    r"|(?P<general>General|@)"
    r"|(?P<place>[0#?])"
    r"|(?P<sign>[.,Ee%/;])"
    r"|(?P<shown>.)",
    re.IGNORECASE | re.DOTALL,
)
_TELLS_NOTHING = frozenset(" \u00a0-+()£.,")
_SCALES = re.compile(r",+(?:\.|$)")


class _Section(NamedTuple):
    """One part of a format: `marks` are 0, # and ? where digits stand, or a text that is shown as it is."""

    marks: tuple[tuple[bool, str], ...]
    plain: str
    is_general: bool
    has_condition: bool

    @property
    def places(self) -> str:
        """The places for digits."""
        return "".join(mark for is_place, mark in self.marks if is_place)

    @property
    def words(self) -> str:
        """What is shown beside the digits."""
        return "".join(text for is_place, text in self.marks if not is_place)

    @property
    def is_plain(self) -> bool:
        """Whether it shows the number and nothing that tells more."""
        has_digits = bool(self.places) or self.is_general
        padded = self.plain.partition(".")[0].count("0") > 1
        scaled = _SCALES.search(self.plain) is not None
        return (
            has_digits and not padded and not scaled and "/" not in self.plain and _TELLS_NOTHING.issuperset(self.words)
        )


@cache
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[_Section] = []
    marks: list[tuple[bool, str]] = []
    plain, is_general, has_condition = "", False, False
    for match in [*_TOKEN.finditer(code), None]:
        if match is None or match["sign"] == ";":
            sections.append(_Section(tuple(marks), plain, is_general, has_condition))
            marks, plain, is_general, has_condition = [], "", False, False
        elif match["place"]:
            marks.append((True, match["place"]))
            plain += match["place"]
        elif match["sign"]:
            plain += match["sign"]
        elif match["general"]:
            is_general = True
            marks.append((True, "#"))
        elif match["condition"]:
            has_condition = True
        else:
            marks.append((False, match["quoted"] or match["escaped"] or match["currency"] or match["shown"] or ""))
    return tuple(sections)


@cache
def shows_more(code: str) -> bool:
    """Whether a format shows some numbers as something else than their digits."""
    return bool(code) and not all(section.is_plain for section in _sections(code)[:3])


def shown(value: int | float, code: str) -> int | float | str | None:
    """What is seen of a number; the number itself where nothing else is; None where that cannot be told."""
    sections = _sections(code)[:3]
    if any(section.has_condition for section in sections):
        return None
    section, is_signed = _section_for(value, sections)
    if section.is_plain:
        return value
    if not section.places:
        return section.words or None
    if "/" in section.plain or _SCALES.search(section.plain):
        return None
    sign = "-" if value < 0 and is_signed else ""
    digits = f"{Decimal(repr(abs(value))):f}"
    if set(section.plain) <= set("0#?"):
        return sign + _filled(digits, section)
    digits = _with_decimals(digits, section)
    before, after = _around(section)
    return f"{before}{sign}{digits}{after}" if before or after else None


def _section_for(value: int | float, sections: Sequence[_Section]) -> tuple[_Section, bool]:
    """The part of the format that shows a number, and whether a negative one is shown with its sign."""
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _around(section: _Section) -> tuple[str, str]:
    """What is shown before and behind the digits."""
    places = [at for at, (is_place, _) in enumerate(section.marks) if is_place]
    before = "".join(text for is_place, text in section.marks[: places[0]] if not is_place)
    after = "".join(text for is_place, text in section.marks[places[0] :] if not is_place)
    return before, after


def _with_decimals(digits: str, section: _Section) -> str:
    """The digits with as many decimals as the format always shows: 100.0 in `0.0"%"`."""
    always = section.plain.partition(".")[2]
    least = len(always) - len(always.lstrip("0"))
    whole, _, decimals = digits.partition(".")
    decimals = decimals.ljust(least, "0")
    return f"{whole}.{decimals}" if decimals else whole


def _filled(digits: str, section: _Section) -> str:
    """The digits in their places, from the last; those that are too many stand in the first."""
    whole, point, decimals = digits.partition(".")
    left = [*whole.lstrip("0")]
    shown: list[str] = []
    count = len(section.places)
    for is_place, mark in reversed(section.marks):
        if not is_place:
            shown.append(mark)
            continue
        count -= 1
        if count == 0:
            shown.append("".join(left) or ("0" if mark == "0" else ""))
        else:
            shown.append(left.pop() if left else "0" if mark == "0" else "")
    return "".join(reversed(shown)) + point + decimals
