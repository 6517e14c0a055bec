"""Finds which row of a table is which when it comes back: rows are sorted, deleted, and others are added.

A row is known by what stands in its locked cells. Where some of that was changed, what is left of it tells, if no other
row has the same; then the mark that the row was printed with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qaf_forms.define.condition import Value

Cells = Mapping[str, Value | None]
"""What stands in the locked columns of a row."""
_MOST_COMPARED = 50_000


def same_rows(found: Mapping[int, Cells], issued: Mapping[int, Cells], marks: Mapping[int, int]) -> dict[int, int]:
    """The number under which each row found was issued; a row that was not issued is left out.

    `marks` is the issued row that a row found is marked as.
    """
    matching = _Matching(found, issued, marks)
    matching.take_equal()
    matching.take_likely()
    return matching.known


class _Matching:
    def __init__(self, found: Mapping[int, Cells], issued: Mapping[int, Cells], marks: Mapping[int, int]) -> None:
        self._found, self._issued, self._marks = found, issued, marks
        self._left = dict(issued)
        self.known: dict[int, int] = {}

    def take_equal(self) -> None:
        """Take the rows in which everything locked is as it was."""
        by_columns: dict[tuple[str, ...], dict[tuple[Value | None, ...], list[int]]] = {}
        for number, cells in self._issued.items():
            columns = tuple(sorted(cells))
            by_columns.setdefault(columns, {}).setdefault(_in(cells, columns), []).append(number)
        most_first = sorted(by_columns.items(), key=lambda item: len(item[0]), reverse=True)
        for number, cells in self._found.items():
            for columns, rows in most_first:
                same = rows.get(_in(cells, columns))
                if same:
                    self._take(number, same.pop(0))
                    break

    def take_likely(self) -> None:
        """Of the rows that are left take the likeliest pairs first."""
        open_ = [number for number in self._found if number not in self.known]
        if len(open_) * len(self._left) > _MOST_COMPARED:
            open_ = [number for number in open_ if self._marks.get(number) in self._left]
        telling = {other: list(self._telling(other)) for other in self._left}
        pairs = [(self._likeness(one, other, telling[other]), one, other) for one in open_ for other in self._left]
        for _, one, other in sorted((pair for pair in pairs if any(pair[0])), key=lambda pair: pair[0], reverse=True):
            if one not in self.known and other in self._left:
                self._take(one, other)

    def _likeness(self, found: int, issued: int, telling: list[tuple[str, Value | None]]) -> tuple[int, bool]:
        """How many telling cells are the same, and whether the mark says so."""
        cells = self._found[found]
        return sum(cells.get(column) == value for column, value in telling), self._marks.get(found) == issued

    def _telling(self, issued: int) -> Iterator[tuple[str, Value | None]]:
        """The cells of an issued row that are like those of no other."""
        for column, value in self._issued[issued].items():
            if sum(cells.get(column) == value for cells in self._issued.values()) == 1:
                yield column, value

    def _take(self, found: int, issued: int) -> None:
        self.known[found] = issued
        del self._left[issued]


def _in(cells: Cells, columns: tuple[str, ...]) -> tuple[Value | None, ...]:
    return tuple(cells.get(column) for column in columns)
