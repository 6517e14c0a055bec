"""Pieces of formulas, and where the cells stand that they speak of.

A formula is kept as a function of how its references are written, since one and the same is needed for one cell and for
all rows of a column at once. It uses what every spreadsheet program has had for twenty years: no LET, no LAMBDA, no
ranges that spill. What is true counts as 1 and the rest as 0: inside SUMPRODUCT, AND and OR do not work row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from qaf_forms_excel.references import column_letters
from qaf_forms_excel.sheet_names import quoted

_LONGEST_LITERAL = 120
"""Excel takes a text in a formula of at most 255 UTF-16 code units."""


class Spot(NamedTuple):
    """A cell: the name of its sheet, its column and row, both from 1."""

    sheet: str
    column: int
    row: int

    @property
    def letters(self) -> str:
        """Its column."""
        return column_letters(self.column - 1)


Write = Callable[[Spot], str]
"""How the reference to a cell is written."""
Formula = Callable[[Write], str]


def seen_from(home: str) -> Write:
    """References for a single cell on the sheet `home`."""

    def write(spot: Spot) -> str:
        sheet = "" if spot.sheet == home else f"{quoted(spot.sheet)}!"
        return f"{sheet}${spot.letters}${spot.row}"

    return write


def down_rows(first: Spot, last: Spot, home: str) -> Write:
    """References for all rows from `first` to `last` at once: what stands in the row of the first means every row."""
    single = seen_from(home)

    def write(spot: Spot) -> str:
        if (spot.sheet, spot.row) != (first.sheet, first.row) or first.row == last.row:
            return single(spot)
        return f"{single(spot)}:${spot.letters}${last.row}"

    return write


def beside(spot: Spot) -> Write:
    """References that are the same text for every row that refers to its own cells alike."""
    single = seen_from(spot.sheet)

    def write(other: Spot) -> str:
        is_beside = (other.sheet, other.row) == (spot.sheet, spot.row)
        return f"${other.letters}{spot.row - other.row}:" if is_beside else single(other)

    return write


def literal(text: str) -> str:
    """A text as formulas have it: quoted, whatever is in it."""
    pieces = [text[start : start + _LONGEST_LITERAL] for start in range(0, len(text), _LONGEST_LITERAL)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def number(value: Decimal | int) -> str:
    """A number as formulas have it."""
    return f"{Decimal(value):f}"


def equals(spot: Spot, text: str) -> Formula:
    """Whether a cell says exactly this, whatever the case."""
    return lambda write: f"({write(spot)}={literal(text)})"


def is_filled(spot: Spot) -> Formula:
    """Whether there is anything in a cell."""
    return lambda write: f"(LEN(TRIM({write(spot)}))>0)"


def all_of(parts: Iterable[Formula]) -> Formula:
    """1 where every part is true."""
    known = list(parts)
    return lambda write: f"({'*'.join(part(write) for part in known)}*1)" if known else "1"


def any_of(parts: Iterable[Formula]) -> Formula:
    """1 where some part is true."""
    known = list(parts)
    return lambda write: f"((({'+'.join(part(write) for part in known)})>0)*1)" if known else "0"


def none_of(part: Formula) -> Formula:
    """1 where the part is not true."""
    return lambda write: f"(1-{part(write)})"
