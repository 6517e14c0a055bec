"""Takes off the marks that have come away from what they marked, before anything is looked for by its marks.

Libraries that insert rows or move columns move cells, and the hidden keys with them, but leave the names of a workbook
where they were. And people move columns with their heads and leave hidden marks behind. What can be read then counts
more: a name gives way to a key that stands elsewhere, every mark to the head over its column, and what the form prints
is nobody's answer whatever it is marked as.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from operator import attrgetter

from qaf_forms.collect.heads import first_lines
from qaf_forms.collect.left_behind import NamesLeftBehind
from qaf_forms.collect.mark_meanings import MarkMeanings, Meaning
from qaf_forms.collect.merged_cells import cell_at
from qaf_forms.collect.other_returns import Known
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Anchor, Cell, Route, Table

_ROWS_ABOVE = 8
"""How far above the first row of a block its head is looked for, rows of the block apart."""
_ANOTHERS = Meaning("", "", "", "")
"""What a row says that has the marks of another form alone."""
_ROWS_COMPARED = 3
"""So many rows of a block tell whether its columns were moved."""


class StrayMarks:
    """Knows what the marks of one layout should stand beside."""

    def __init__(self, layout: Layout) -> None:
        self._meanings = MarkMeanings(layout)
        self._names = NamesLeftBehind(self._meanings)
        self._printed = frozenset(self._meanings.printed_lines())
        self._labels = self._meanings.labels

    def take_off(self, tables: Iterable[Table]) -> dict[int, Known]:
        """Take them off the cells of these tables, and put marks where a head says that they belong.

        Gives what there is in tables of rows with another form's marks and something written, by the identity of the
        table.
        """
        strange: dict[int, Known] = {}
        for table in tables:
            self._names.take_off(table)
            blocks: dict[str, list[int]] = {}
            others = 0
            for number, row in enumerate(table.rows):
                meaning = self._marked_as(row)
                if meaning is _ANOTHERS:
                    others += any(cell.value != "" for cell in row)
                elif meaning is not None:
                    blocks.setdefault(meaning.block, []).append(number)
            if others:
                strange[id(table)] = Known(sum(map(len, blocks.values())), others)
            for block, numbers in blocks.items():
                places = self._moved_columns(table.rows, numbers, block)
                for number in numbers if places else ():
                    self._move(table.rows[number], block, places)
        return strange

    def _marked_as(self, row: Sequence[Cell]) -> Meaning | None:
        """What the first mark in a row says that is known, once marks on printed words are off."""
        found: Meaning | None = None
        is_head: bool | None = None
        for cell in row:
            if not cell.anchors:
                continue
            value = cell.value
            if isinstance(value, str) and (value if "\n" not in value else value.split("\n", 1)[0]) in self._printed:
                is_head = self._is_head(row) if is_head is None else is_head
                self._unmark_printed(cell, row, is_head)
            if found is None or found is _ANOTHERS:
                found = self._row_meant(cell.anchors) or found
        if found is not None and found.row.endswith("]") and self._printed_in(row):
            self._unmark(row)
            return None
        return found

    def _row_meant(self, anchors: Iterable[Anchor]) -> Meaning | None:
        found = None
        for anchor in anchors:
            meaning = self._meanings.of(anchor)
            if meaning is None:
                found = found if self._meanings.is_own(anchor) else _ANOTHERS
            elif meaning.row:
                return meaning
        return found

    def _is_head(self, row: Sequence[Cell]) -> bool:
        words = first_lines(row)
        return any(head.is_in(words) for head in self._meanings.heads.values())

    def _unmark_printed(self, cell: Cell, row: Sequence[Cell], is_head: bool) -> None:
        """Take the marks of spaces off a cell with the form's own words, if they stand where the form has them."""
        if is_head:
            self._unmark(row)
        elif any(one is cell for one in self._printed_in(row)):
            self._unmark([cell])

    def _printed_in(self, row: Sequence[Cell]) -> Sequence[Cell]:
        """The cells of a row with a code of the form and the words that belong to it, in that order; else none."""
        written = [*islice((cell for cell in row if cell.value != ""), 2)]
        label = self._labels.get(str(written[0].value)) if len(written) == 2 else None
        return written if label is not None and first_lines(written)[1] == label else ()

    def _unmark(self, cells: Iterable[Cell]) -> None:
        """Take the marks of spaces off. That of a head stays."""
        for cell in cells:
            if cell.anchors:
                pairs = [(anchor, self._meanings.of(anchor)) for anchor in cell.anchors]
                cell.anchors = tuple(anchor for anchor, meaning in pairs if meaning is not None and not meaning.row)

    def _moved_columns(self, rows: Sequence[Sequence[Cell]], numbers: Sequence[int], block: str) -> Mapping[str, int]:
        """Where the columns of a block are by its head, if that is not where the marks in its first rows are.

        In one row alone, or one that is longer than its head, a cell was split or put in: marks know better where.
        """
        titles = self._meanings.heads[block].columns
        number = numbers[0]
        above = self._head_over(rows, number, block)
        if above is None:
            return {}
        words = first_lines(rows[above])
        head = self._meanings.heads[block]
        columns = [cell.column for cell in rows[above]]
        counts = Counter(words)
        places = {  # where the head over the printed numbers says the same as a title, the title is the last
            titles[word]: columns[at]
            for at, word in enumerate(words)
            if word in titles and counts[word] == 1 + (word in head.beside)
        }
        if len(numbers) == 1 and any(cell.column > max(columns) and not _is_named_alone(cell) for cell in rows[number]):
            return {}
        is_moved = all(self._differ(rows[one], block, places) for one in numbers[:_ROWS_COMPARED])
        return places if is_moved else {}

    def _head_over(self, rows: Sequence[Sequence[Cell]], number: int, block: str) -> int | None:
        """The number of the head row of a block, if it is not far above the row `number`, rows of the block apart."""
        head, left = self._meanings.heads[block], _ROWS_ABOVE
        for above in range(number - 1, -1, -1):
            if head.is_in(first_lines(rows[above])):
                return above
            left -= not any(self._meanings.blocks.get(str(cell.value)) == block for cell in rows[above])
            if not left:
                return None
        return None

    def _differ(self, row: Sequence[Cell], block: str, places: Mapping[str, int]) -> bool:
        """Whether a mark in a row stands elsewhere than under the head of its column."""
        marked: dict[str, int] = {}
        for cell in row:
            pairs = [(anchor.route, self._meanings.of(anchor)) for anchor in cell.anchors]
            own = [(route, one.column) for route, one in pairs if one is not None and one.block == block]
            found = {column for route, column in own if route is Route.KEY} or {column for _, column in own}
            if len(found) == 1:  # a merged cell, or one that was pasted over, has the marks of several columns
                marked.setdefault(found.pop(), cell.column)
        return any(column in marked and marked[column] != place for column, place in places.items())

    def _move(self, row: list[Cell], block: str, places: Mapping[str, int]) -> None:
        """Put the marks of a row where the head says; those of columns without a head stay, where no other is."""
        taken: list[tuple[Anchor, Meaning]] = []
        claimed = set(places.values())
        for cell in row:
            kept = []
            for anchor in cell.anchors:
                meaning = self._meanings.of(anchor)
                if meaning is None or meaning.block != block or not meaning.row:
                    kept.append(anchor)
                    continue
                taken.append((anchor, meaning))
                if meaning.column not in places and cell.column not in claimed:
                    kept.append(anchor)
            cell.anchors = tuple(kept)
        for column, place in places.items() if taken else ():
            cell = cell_at(place, row)
            cell.anchors = (*cell.anchors, *_marks_for(column, taken))
            if all(cell is not other for other in row):  # an empty cell is not stored
                insort(row, cell, key=attrgetter("column"))


def _is_named_alone(cell: Cell) -> bool:
    """Whether nothing stands in a cell but the name that a workbook has for it, which may have been left behind."""
    return cell.value == "" and bool(cell.anchors) and all(anchor.route is Route.NAME for anchor in cell.anchors)


def _marks_for(column: str, taken: Iterable[tuple[Anchor, Meaning]]) -> Iterable[Anchor]:
    """The marks of a row, in this column."""
    if not column:
        return dict.fromkeys(anchor for anchor, _ in taken)
    return dict.fromkeys(Anchor(Route.KEY, f"{meaning.row}.{column}") for _, meaning in taken)
