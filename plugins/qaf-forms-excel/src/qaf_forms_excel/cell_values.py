"""What stands in the cells of one sheet: numbers, dates, texts, and what is wrong with them."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

from qaf_forms.plugin import Code, Problem, Raw
from qaf_forms_excel.numbers import plain_number, shown_number
from qaf_forms_excel.rich_text import kept_and_struck, stored_text
from qaf_forms_excel.shown_numbers import shown

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from qaf_forms_excel.sheet import Sheet


_EMPTY_BOX = "☐"
_NOWHERE = sys.maxsize
_TRUTHS = {"1": True, "true": True, "0": False, "false": False}


class CellValues:
    """Reads the values of cells, each with the problem it has, if any."""

    def __init__(self, sheet: Sheet) -> None:
        self._book, self._sheet = sheet.book, sheet

    def rich(self, item: Element, place: str) -> tuple[str, Problem | None]:
        """A text of several runs that stands in its cell, as it is stored."""
        if not self._sheet.may_strike:
            return stored_text(item), None
        kept, struck = kept_and_struck(item)
        return kept, self._problem_of(struck, place)

    def _shared(self, index: str, place: str) -> tuple[str, Problem | None]:
        book = self._book
        try:
            text = book.strings[int(index) if index.isdecimal() else _NOWHERE]
        except (ValueError, IndexError):
            return "", Code.CELL_ERROR.problem(place=place, value="a text that is missing from the file")
        return text, self._problem_of(book.struck_strings.get(int(index), ""), place) if book.struck_strings else None

    def _problem_of(self, struck: str, place: str) -> Problem | None:
        return struck_out(self._book.as_typed(struck), place) if struck.strip() else None

    def _number(self, text: str, style: str | None, place: str) -> tuple[Raw, Problem | None]:
        """A number as its format shows it."""
        styles = self._book.styles
        index = int(style) if style and style.isdecimal() and len(style) < 7 else 0
        kind = styles.kinds[index] if index < len(styles.kinds) else "number"
        if kind == "number":
            return plain_number(text), None
        if kind != "other":
            found = shown_number(text, kind, self._book.from_1904)
            if isinstance(found, date) and styles.hides_part_of_date(index):
                code = styles.format_of(index)
                return found, Code.SHOWN_IN_PART.problem(place=place, value=shown_text(found), shown=code)
            return found, None
        value, code = plain_number(text), styles.format_of(index)
        seen = value if isinstance(value, str) else shown(value, code)
        if seen is None:
            return value, Code.SHOWN_OTHERWISE.problem(place=place, value=value, shown=code)
        return seen, None

    def of(self, element: Element, text: str, place: str) -> tuple[Raw, Problem | None]:
        """The value of a cell, by the text in it."""
        kind = element.get("t")
        if kind == "s":
            return self._shared(text, place)
        if kind is None or kind == "n":
            return self._number(text, element.get("s"), place) if text else ("", None)
        if kind == "b":
            is_true = _TRUTHS.get(text.strip())
            if is_true is None:
                return self._book.as_typed(text), None
            is_box = not is_true and element.get("s") in self._book.styles.boxes
            return _EMPTY_BOX if is_box else is_true, None
        if kind == "e":
            code = Code.CELL_ERROR if element.get("vm") is None else Code.NOT_SHOWN_BY_ALL
            return "", code.problem(place=place, value=text)
        if kind == "d":
            return _iso_date(text), None
        return self._book.as_typed(text), None


def struck_out(text: str, place: str) -> Problem:
    """The problem of words that are struck out."""
    return Code.NOT_COUNTED.problem(place=place, value=text, why="struck out")


def shown_text(value: Raw) -> str:
    """A value as people see it."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _iso_date(text: str) -> str | date | datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return found.date() if "T" not in text else found
