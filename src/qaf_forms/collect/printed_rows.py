"""Finds printed rows (questions, rows of grids) whose marks are gone: by printed code, then by wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from qaf_forms.collect.located import Located
from qaf_forms.define.scale import fold
from qaf_forms.issue import wording
from qaf_forms.issue.fields import Field, GridBlock, QuestionBlock
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Cell, Route, Table
from qaf_forms.problems import Code

_SAME_QUESTION = 0.6
"""Below this likeness (0 to 1) a row with the right code is taken for another question, renumbered by hand."""
_CLOSE = 0.88
"""From this likeness on a row without a code is taken for the question."""


@dataclass(frozen=True, slots=True)
class _PrintedRow:
    code: str
    label: str
    fields: tuple[Field, ...]
    heads: tuple[str, ...]


class PrintedRows:
    """Finds the printed rows of one layout by what people can read of them."""

    def __init__(self, layout: Layout) -> None:
        self._rows = tuple(_printed_rows(layout))
        self._by_label: dict[str, _PrintedRow] = {}
        for row in self._rows:
            self._by_label.setdefault(row.label, row)
        self._by_code = {row.code.casefold(): row for row in self._rows}

    def take(self, missing: Iterable[Field], tables: list[Table], located: Located) -> None:
        """Take the spaces of the missing fields that a code or a wording leads to."""
        wanted = {space.key for space in missing}
        unmatched: list[tuple[list[Cell], list[Cell]]] = []
        for table in tables:
            for head, row in _with_heads(table, self._head_words()):
                self._take_by_code(row, head, wanted, unmatched, located)
        for row, head in unmatched:
            self._take_by_wording(row, head, wanted, located)

    def _head_words(self) -> frozenset[str]:
        return frozenset(head for row in self._rows for head in row.heads)

    def _take_by_code(
        self,
        row: list[Cell],
        head: list[Cell],
        wanted: set[str],
        unmatched: list[tuple[list[Cell], list[Cell]]],
        located: Located,
    ) -> None:
        written = [cell for cell in row if cell.value != "" and id(cell) not in located.claimed]
        if not written:
            return
        code = str(written[0].value).strip().rstrip(".:").casefold()
        printed = self._by_code.get(code)
        if printed is not None and len(written) > 1 and not self._is_row(printed, str(written[1].value)):
            printed = None
        if printed is None:
            unmatched.append((row, head))
        elif any(space.key in wanted for space in printed.fields):
            self._take_row(printed, row, head, written[:2], Route.CODE, wanted, located)

    def _is_row(self, printed: _PrintedRow, words: str) -> bool:
        """Whether the words beside a code are the question's, more or less."""
        label = fold(words.split("\n")[0])
        if label == printed.label:
            return True
        other = self._by_label.get(label)
        return other is None and SequenceMatcher(None, label, printed.label).ratio() >= _SAME_QUESTION

    def _take_by_wording(self, row: list[Cell], head: list[Cell], wanted: set[str], located: Located) -> None:
        for place, cell in enumerate(row):
            if id(cell) in located.claimed or not isinstance(cell.value, str) or not cell.value:
                continue
            printed = self._closest(fold(cell.value.split("\n")[0]), wanted)
            if printed is not None:
                self._take_row(printed, row, head, row[: place + 1], Route.WORDING, wanted, located)
                return

    def _closest(self, label: str, wanted: set[str]) -> _PrintedRow | None:
        if len(label) < 6:
            return None
        exact = self._by_label.get(label)
        if exact is not None:
            return exact if any(space.key in wanted for space in exact.fields) else None
        best, likeness = None, _CLOSE
        for printed in self._rows:
            if any(space.key in wanted for space in printed.fields):
                matcher = SequenceMatcher(None, label, printed.label)
                if matcher.real_quick_ratio() >= likeness and (ratio := matcher.ratio()) >= likeness:
                    best, likeness = printed, ratio
        return best

    def _take_row(
        self,
        printed: _PrintedRow,
        row: list[Cell],
        head: list[Cell],
        before: list[Cell],
        route: Route,
        wanted: set[str],
        located: Located,
    ) -> None:
        cells = _answer_cells(printed, row, head, before)
        for space, cell in zip(printed.fields, cells, strict=True):
            if space.key not in wanted or id(cell) in located.claimed:
                continue
            located.take(space, cell, route)
            if route is Route.WORDING and located.answers[space.key].value != "":
                located.problems.append(Code.BY_WORDING.problem(key=space.key, place=cell.place, value=cell.value))


def _answer_cells(printed: _PrintedRow, row: list[Cell], head: list[Cell], before: list[Cell]) -> list[Cell]:
    """The cell of each field: under the head of its column, or counted from the end of the row."""
    places: list[int] = []
    left = list(head)
    for title in printed.heads:
        match = next((cell for cell in left if fold(str(cell.value).split("\n")[0]) == title), None)
        if match is not None:
            left.remove(match)
            places.append(match.column)
    if len(places) == len(printed.fields):
        by_column = {cell.column: cell for cell in row}
        return [by_column.get(place) or _absent(place, row) for place in places]
    behind = [cell for cell in row if cell not in before]
    if len(behind) >= len(printed.fields):
        return behind[-len(printed.fields) :]
    return [*behind, *(_absent(0, row) for _ in range(len(printed.fields) - len(behind)))]


def _absent(column: int, row: list[Cell]) -> Cell:
    return Cell(column, "", row[0].place if row else "")


def _with_heads(table: Table, words: frozenset[str]) -> Iterator[tuple[list[Cell], list[Cell]]]:
    """Every row with the nearest row above it that holds column heads."""
    head: list[Cell] = []
    for row in table.rows:
        heads = sum(1 for cell in row if isinstance(cell.value, str) and fold(cell.value.split("\n")[0]) in words)
        if heads and heads >= sum(1 for cell in row if cell.value != "") - 2:
            head = row
        else:
            yield head, row


def _printed_rows(layout: Layout) -> Iterator[_PrintedRow]:
    answer = (fold(wording.ANSWER),)
    for section in layout.sections:
        for block in section.blocks:
            if isinstance(block, QuestionBlock):
                yield _PrintedRow(block.field.code, fold(block.field.label), (block.field,), answer)
            elif isinstance(block, GridBlock):
                titles = tuple(fold(column.title) for column in block.columns)
                for row in block.rows:
                    yield _PrintedRow(row.code, fold(row.fields[0].label), row.fields, titles)
