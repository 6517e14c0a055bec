"""Finds the rows that respondents write themselves: tables with a printed head and blank rows.

The table as a whole is found, by the anchor on its head, by any anchored cell, or by its column heads. Then its rows
count in the order they stand, so that a row added, removed or moved is read like any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from qaf_forms.collect.anchored import OtherAnchored
from qaf_forms.collect.areas import Area, AreaFinder, HeadRows, head_above
from qaf_forms.collect.located import Located
from qaf_forms.collect.merged_cells import covered, is_covered
from qaf_forms.collect.raw_values import text_of
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Cell, Raw, Route, Table
from qaf_forms.problems import Code

_Row = list[tuple[Field, Cell]]


class OwnRows:
    """Reads the respondent's own rows of every table of one layout."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._finder = AreaFinder(layout)
        self._fields: dict[tuple[str, int], dict[str, Field]] = {}

    def take(self, tables: Sequence[Table], anchored: Iterable[OtherAnchored], located: Located) -> None:
        """Take the rows of every table that can be found. `anchored` are the cells that may be theirs."""
        if not self.layout.tables:
            return
        counts: dict[str, int] = {}
        taken: dict[str, Counter[tuple[Raw, ...]]] = {}
        areas, heads = self._finder.find(tables, anchored)
        for area in areas:
            key = area.block.key
            if area.is_copy:
                located.uneven.add(key)
            counts[key] = self._take_area(area, heads, counts.get(key, 0), taken.setdefault(key, Counter()), located)

    def _take_area(
        self, area: Area, heads: HeadRows, count: int, taken: Counter[tuple[Raw, ...]], located: Located
    ) -> int:
        earlier = taken.copy()
        for number in self._rows_of(area, located):
            row = area.table.rows[number]
            spaces = self._spaces(area, row, count + 1, located)
            values = tuple(located.unfilled(space, cell.value) for space, cell in spaces)
            is_empty = not any(
                (value != "" or cell.remarks or _is_shared(space, cell, located)) and space.calculation is None
                for value, (space, cell) in zip(values, spaces, strict=True)
            )
            if number in area.routes or not (is_empty and area.routes):
                _claim_number(area, number, count, located)
            is_again = area.is_copy and earlier[values] > 0
            earlier[values] -= is_again
            if is_empty or is_again:
                located.claimed.update(id(cell) for _, cell in spaces)
                located.held.extend(cell for _, cell in spaces)
                if not is_again:
                    _note_worked_out(spaces, values, located)
                continue
            route = area.routes.get(number, Route.CODE)
            written = [pair for pair in spaces if located.take(*pair, route)]
            if written:
                self._doubt(area, head_above(heads, area.table, number), *written[0], located)
            taken[values] += 1
            count += 1
            if area.block.locked and len(marked := area.marks.get(number, ())) == 1:
                located.row_marks[f"{area.block.key}[{count}]"] = next(iter(marked))
        return count

    def _rows_of(self, area: Area, located: Located) -> Iterator[int]:
        """The numbers of the rows that are this area's, in the order they stand."""
        for number in range(area.first, area.end):
            row = area.table.rows[number]
            if number == area.head:
                continue
            if self._finder.is_head(row):
                if number > area.last and not self._finder.is_head_of(area, row):
                    return
                continue
            if number in area.routes:
                yield number
            elif self._is_elsewhere(area, row, located):
                if number > area.last:
                    return
            elif number > area.last >= 0 and (not area.holds(row) or self._finder.is_question(row)):
                return
            elif area.head is None or number > area.head:
                yield number

    def _is_elsewhere(self, area: Area, row: Sequence[Cell], located: Located) -> bool:
        """Whether a row is accounted for, or is certainly not of this area."""
        is_claimed = any(id(cell) in located.claimed for cell in row)
        return is_claimed or self._finder.is_foreign(area, row) or area.is_outside(row)

    def _spaces(self, area: Area, row: Sequence[Cell], number: int, located: Located) -> _Row:
        fields = self._row_fields(area.block.key, number)
        found: _Row = []
        for cell in (*row, *covered(row)):
            marked = area.marked.get(id(cell), ())
            under = area.columns.get(cell.column, "")
            column = under if under in marked or not marked else marked[0]
            space = fields.get(column)
            if space is None or id(cell) in located.claimed:
                continue
            found.append((space, cell))
            if len(marked) > 1 and under not in marked and located.unfilled(space, cell.value) != "":
                names = ", ".join(fields[one].name for one in marked if one in fields)
                located.note(Code.SHARED_SPACE, space.key, cell, cell.value, names=names)
        return found

    def _row_fields(self, table: str, number: int) -> dict[str, Field]:
        fields = self._fields.get((table, number))
        if fields is None:
            fields = {space.column: space for space in self.layout.table_fields(table, number)}
            if number <= len(self.layout.tables[table].rows):
                self._fields[table, number] = fields
        return fields

    def _doubt(self, area: Area, other: str | None, space: Field, cell: Cell, located: Located) -> None:
        """Say what makes it doubtful that a row is this table's. `other` is the table under whose head it stands."""
        if other is not None and other != area.block.key:
            shown = self.layout.tables[other].code
            located.note(Code.DOUBTFUL_ROW, space.key, cell, cell.value, shown=shown, name=area.block.code)
        elif area.is_copy:
            located.note(Code.COPIED_ROW, space.key, cell, cell.value)
        elif area.is_doubtful:
            located.note(Code.BY_WORDING, space.key, cell, cell.value)


def _is_shared(space: Field, cell: Cell, located: Located) -> bool:
    """Whether somebody wrote into the cell that a space was merged with."""
    return is_covered(cell) and cell.into is not None and located.unfilled(space, cell.into.value) != ""


def _note_worked_out(spaces: _Row, values: Sequence[Raw], located: Located) -> None:
    """Keep what stands in the calculated spaces of a row in which nothing else stands: it is no row."""
    for (space, cell), value in zip(spaces, values, strict=True):
        if value != "":
            located.note(Code.NOT_WORKED_OUT, space.key, cell, value)


def _claim_number(area: Area, number: int, count: int, located: Located) -> None:
    """The printed number of a row stands in a column of its own, and is nobody's answer; a second one like it is."""
    most = len(area.block.rows) + count + 1
    for cell in area.table.rows[number]:
        text = text_of(cell.value).strip()
        if cell.column == area.numbers and text.isdecimal() and len(text) < 5 and 1 <= int(text) <= most:
            if number in area.routes or int(text) not in area.printed:
                located.claimed.add(id(cell))
            area.printed.add(int(text))
            return
