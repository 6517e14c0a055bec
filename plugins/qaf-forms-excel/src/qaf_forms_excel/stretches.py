"""Cells as ranges: those below each other together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qaf_forms_excel.references import column_letters


def ranges_of(cells: Iterable[tuple[int, int]]) -> str:
    """Cells, given by column and row from 1, as the ranges that they make: `D5:D9 D12`."""
    columns: dict[int, list[int]] = {}
    for column, row in cells:
        columns.setdefault(column, []).append(row)
    return " ".join(text for column, rows in sorted(columns.items()) for text in _stretches(column, sorted(rows)))


def _stretches(column: int, rows: list[int]) -> Iterator[str]:
    letters, first = column_letters(column - 1), rows[0]
    for row, following in zip(rows, [*rows[1:], 0], strict=True):
        if following != row + 1:
            yield f"{letters}{first}:{letters}{row}" if first != row else f"{letters}{row}"
            first = following
