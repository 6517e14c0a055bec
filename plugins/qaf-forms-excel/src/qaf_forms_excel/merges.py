"""Cells that were merged: what is seen in all of them stands in the first."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from qaf_forms.plugin import Cell, Code, UnreadableFileError
from qaf_forms_excel.marked_rows import MarkedRows
from qaf_forms_excel.references import column_index

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7}):\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_MOST_COLUMNS = 64
"""No form has more answer columns: what is merged further to the right covers none."""
_MOST_VISITED = 1_000_000
"""Merged cells do not overlap, so that rows in which they begin or go on are no more than cells are."""


class _Range(NamedTuple):
    first_row: int
    last_row: int
    first_column: int
    last_column: int


def join_merged(listed: Element, gathered: MarkedRows) -> None:
    """Note in the cells of a sheet which are merged into which."""
    rows = gathered.rows
    numbers = sorted(rows)
    visited = 0
    for found in _ranges(listed):
        first = next((cell for cell in rows.get(found.first_row, ()) if cell.column == found.first_column), None)
        if first is None or first.value == "":
            continue
        covered = numbers[bisect_left(numbers, found.first_row) : bisect_right(numbers, found.last_row)]
        visited += len(covered)
        if visited > _MOST_VISITED:
            size, limit = f"more than {_MOST_VISITED:,}", f"{_MOST_VISITED:,}"
            raise UnreadableFileError(
                Code.TOO_COMPLEX.problem(what="the number of merged rows", size=size, limit=limit)
            )
        for number in covered:
            _join_row(number, found, first, gathered)


def _ranges(listed: Element) -> Iterator[_Range]:
    for element in listed:
        match = _RANGE.fullmatch(element.get("ref", ""))
        if match:
            left, right = column_index(match[1].upper()), column_index(match[3].upper())
            yield _Range(int(match[2]), int(match[4]), left, min(right, left + _MOST_COLUMNS))


def _join_row(number: int, found: _Range, first: Cell, gathered: MarkedRows) -> None:
    """Join the cells of one row to the first; those that are not stored are made, as far as something may need them."""
    beside = [cell for cell in gathered.rows[number] if found.first_column <= cell.column <= found.last_column]
    if number != found.first_row and (not beside or beside[0].column != found.first_column):
        beside.append(gathered.new_cell(number, found.first_column))
    for cell in beside:
        if cell is not first:
            cell.into = first
    if number == found.first_row and len(beside) == 1:
        first.across = found.last_column - found.first_column + 1
