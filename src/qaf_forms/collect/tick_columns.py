"""Puts ticks that stand side by side together, before anything is looked for.

A workbook has a column to tick for each level, where a document has all boxes in one cell. With the cells of an answer
as one cell, and the labels over them as the title of their column, all that follows finds one column, wherever it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from qaf_forms.collect.boxes import BOXES
from qaf_forms.collect.heads import HeadWords
from qaf_forms.collect.merged_cells import cell_at
from qaf_forms.collect.raw_values import text_of
from qaf_forms.collect.tick_cells import together
from qaf_forms.collect.tick_heads import Shape, TickColumn, TickHead, TickHeads, first_words, shape_of
from qaf_forms.define.scale import fold
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Anchor, Cell, Route, Table

_ROW = re.compile(r"\[[0-9]{1,6}\]$")
_place = attrgetter("column")


class _Block(NamedTuple):
    """A column of a grid or table, by the key of that and its own id."""

    key: str
    column: str


class _Tick(NamedTuple):
    """What a mark says: its cell is for the tick of a level in a row. `whole` is the mark that one cell would have."""

    mark: Anchor
    key: str
    level: str
    block: _Block
    whole: Anchor


class _Marked(NamedTuple):
    cell: Cell
    ticks: list[_Tick]


_Surest = tuple[int, _Tick]


class TickColumns:
    """Knows the columns with levels to tick of the grids and tables of one layout."""

    def __init__(self, layout: Layout) -> None:
        spaces = [space for space in layout.fields if space.ticks and space.column]
        titles = {fold(space.column_title) for space in layout.fields if space.column}
        self._heads = TickHeads(spaces, HeadWords(layout.words), titles)
        self._head_words = (layout.words.code, layout.words.question)
        self._by_block: dict[_Block, Field] = {}
        self._by_name: dict[str, tuple[Field, str]] = {}
        for space in spaces:
            self._by_block.setdefault(_block_of(space.key), space)
            self._by_name |= {tick.anchor: (space, tick.level.code) for tick in space.ticks}

    def together(self, tables: list[Table], claimed: set[int]) -> list[Table]:
        """The same tables with each answer in one cell. Cells that are no ticks are the same cells.

        The labels over ticks are `claimed`: they are words of answers, and yet nobody's.
        """
        if not self._by_block:
            return tables
        return [Table(table.place, self._rows(table.rows, claimed), table.foot) for table in tables]

    def _rows(self, rows: Sequence[list[Cell]], claimed: set[int]) -> list[list[Cell]]:
        marked = [self._marked(row) for row in rows]
        pushed = _pushed(marked)
        _take_off_left_names(row for number, row in enumerate(marked) if number not in pushed)
        has_keys = any(_is_keyed(row) for row in rows)
        found: list[list[Cell]] = []
        head: TickHead | None = None
        learned: Sequence[TickColumn] = ()
        for number, row in enumerate(rows):
            new = self._heads.at(rows, number, head)
            if new is not None:
                head, learned = new, ()
                claimed.update(self._heads.printed_in(row, head))
                _mark_as_wholes(marked[number])
                found.append(row)
                _put_titles(found, head)
                continue
            if any(cell.value in self._head_words for cell in row):
                head, learned = None, ()
            known = () if head is None else head.columns
            is_marked = _is_keyed(row) if has_keys else any(cell.anchors for cell in row)
            if not is_marked and (known or learned or not marked[number]):
                _mark_as_wholes(marked[number])
                found.append(_joined(row, [*known, *learned], is_pushed=False))
                continue
            columns = self._columns_in(row, marked[number], head)
            found.append(_joined(row, columns, is_pushed=number in pushed))
            learned = [one for one in columns if one.space.table and all(one is not other for other in known)]
            head = head if marked[number] else None
        return found

    def _marked(self, row: Iterable[Cell]) -> list[_Marked]:
        """The cells of a row that are marked as the tick of one level."""
        found = (_Marked(cell, list(self._ticks_on(cell))) for cell in row if cell.anchors)
        return [one for one in found if one.ticks and _is_one_tick(one)]

    def _ticks_on(self, cell: Cell) -> Iterator[_Tick]:
        for mark in cell.anchors:
            if mark.route is not Route.KEY:
                if named := self._by_name.get(mark.name):
                    space, level = named
                    whole = Anchor(mark.route, space.anchor)
                    yield _Tick(mark, space.key, level, _block_of(space.key), whole)
            elif "#" in mark.name:
                key, _, level = mark.name.partition("#")
                if (block := _block_of(key)) in self._by_block:
                    yield _Tick(mark, key, level, block, Anchor(Route.KEY, key))

    def _columns_in(self, row: Sequence[Cell], marked: Sequence[_Marked], head: TickHead | None) -> list[TickColumn]:
        """The columns to tick of a marked row: those of its head, and others that its marks tell of.

        The marks of ticks become those of whole answers. Where other labels stand over them, all marks come off.
        """
        surest = _surest(row, marked)
        shapes = {shape_of(self._by_block[tick.block]) for _, tick in surest}
        if head and not _is_keyed(row):  # names may have been left behind, and be those of another row
            shapes = {shape_of(one.space) for one in head.columns} | head.doubtful
            surest = [(place, tick) for place, tick in surest if shape_of(self._by_block[tick.block]) in shapes]
        columns = [one for one in head.columns if shape_of(one.space) in shapes] if head else []
        if head:
            self._complete(columns, surest, head)
        by_marks = self._by_marks(surest, {shape_of(one.space) for one in columns})
        if head and any(_is_elsewhere(column, head) for column in by_marks):
            for cell in row:
                cell.anchors = ()
            return []
        _mark_as_wholes(marked)
        return [*columns, *by_marks]

    def _complete(self, columns: Sequence[TickColumn], surest: Sequence[_Surest], head: TickHead) -> None:
        """Give columns whose labels are not all there the places that marks tell of, if these agree with the others."""
        for column in columns:
            shape, known = shape_of(column.space), column.places
            if len(known) < len(shape.labels) and sum(shape_of(one.space) == shape for one in columns) == 1:
                own = {place: one.level for place, one in surest if shape_of(self._by_block[one.block]) == shape}
                if all(known.get(place, level) == level for place, level in own.items()):
                    new = {place: one for place, one in own.items() if place not in head.labels}
                    known.update({place: one for place, one in new.items() if one not in known.values()})

    def _by_marks(self, surest: Sequence[_Surest], known: set[Shape]) -> list[TickColumn]:
        """The columns that marks alone tell of, those `known` by their head apart."""
        found: dict[_Block, TickColumn] = {}
        for place, tick in surest:
            space = self._by_block[tick.block]
            if shape_of(space) not in known:
                found.setdefault(tick.block, TickColumn(space)).places.setdefault(place, tick.level)
        return [*found.values()]


def _is_keyed(row: Iterable[Cell]) -> bool:
    return any(anchor.route is Route.KEY for cell in row for anchor in cell.anchors)


def _mark_as_wholes(marked: Iterable[_Marked]) -> None:
    """Make of the marks of ticks those of whole answers."""
    for cell, ticks in marked:
        whole = {tick.mark: tick.whole for tick in ticks}
        cell.anchors = [*dict.fromkeys(whole.get(one, one) for one in cell.anchors)]


def _surest(row: Sequence[Cell], marked: Iterable[_Marked]) -> list[_Surest]:
    """Each place with the tick that it is marked as: by keys where the row has any, since names can be left behind."""
    has_keys = _is_keyed(row)
    pairs = [(cell.column, tick) for cell, ticks in marked for tick in ticks]
    return [(place, tick) for place, tick in pairs if (tick.mark.route is Route.KEY) is has_keys]


def _is_elsewhere(column: TickColumn, head: TickHead) -> bool:
    """Whether marks of a column, which is somewhere under this head, are not under the labels of their levels."""
    if shape_of(column.space) not in head.doubtful:
        return False
    wanted = {at: fold(column.label(one)) for at, one in column.places.items()}
    return any(head.labels.get(at, label) != label for at, label in wanted.items())


def _block_of(key: str) -> _Block:
    row, _, column = key.rpartition(".")
    table = _ROW.sub("", row)
    return _Block(row.rpartition(".")[0] if table == row else table, column)


def _is_one_tick(one: _Marked) -> bool:
    """Whether a cell is for one tick: not for all the boxes of an answer, as in a document."""
    levels = {(tick.mark.route, tick.key, tick.level) for tick in one.ticks}
    return len(levels) <= len({route for route, _, _ in levels}) and BOXES.isdisjoint(text_of(one.cell.value))


def _pushed(marked: Sequence[Sequence[_Marked]]) -> set[int]:
    """The rows in which cells were pushed aside: their names stand beside their keys, while other rows are straight."""
    aside: dict[int, _Block] = {}
    straight: set[_Block] = set()
    for number, row in enumerate(marked):
        places = {(tick.key, tick.level): cell.column for cell, ticks in row for tick in ticks if _is_key(tick)}
        named = [(cell, tick) for cell, ticks in row for tick in ticks if not _is_key(tick)]
        moved = [tick for cell, tick in named if places.get((tick.key, tick.level), cell.column) != cell.column]
        if moved:
            aside[number] = moved[0].block
        straight |= {tick.block for _, tick in named if not moved and (tick.key, tick.level) in places}
    return {number for number, block in aside.items() if block in straight}


def _take_off_left_names(rows: Iterable[Sequence[_Marked]]) -> None:
    """Take off the names of ticks whose keys stand elsewhere, though other names of the same answer stay."""
    marked = [one for row in rows for one in row]
    keyed: dict[tuple[str, str], set[int]] = {}
    for cell, ticks in marked:
        for tick in ticks:
            if _is_key(tick):
                keyed.setdefault((tick.key, tick.level), set()).add(id(cell))
    for cell, ticks in marked:
        left = [
            one for one in ticks if not _is_key(one) and id(cell) not in keyed.get((one.key, one.level), {id(cell)})
        ]
        if left:
            ticks[:] = [one for one in ticks if one not in left]
            off = {one.mark for one in left}
            cell.anchors = [one for one in cell.anchors if one not in off]


def _is_key(tick: _Tick) -> bool:
    return tick.mark.route is Route.KEY


def _joined(row: list[Cell], columns: Sequence[TickColumn], *, is_pushed: bool) -> list[Cell]:
    """The row with the cells of each of these columns as one cell, if there is anything in them."""
    made: list[Cell] = []
    parts: set[int] = set()
    for column in columns:
        cells = {code: cell_at(place, row) for place, code in column.places.items()}
        if any(cell.value != "" or cell.anchors for cell in cells.values()):
            anchors = [*dict.fromkeys(anchor for cell in cells.values() for anchor in cell.anchors)]
            one = together(column.space, cells, column.first, anchors, is_pushed=is_pushed)
            one.by_marks = bool(anchors) and column.title is None
            made.append(one)
            parts.update(id(cell) for cell in cells.values())
    return sorted([*(cell for cell in row if id(cell) not in parts), *made], key=_place) if made else row


def _put_titles(found: list[list[Cell]], head: TickHead) -> None:
    """Put the title of each column into its head row, in place of the labels and of what stands above them."""
    places = {place: column for column in head.columns for place in column.places}
    row = found[-1]
    titles = [
        Cell(column.first, column.space.column_title, cell.place)
        for column in head.columns
        for cell in row
        if cell.column == column.first
    ]
    found[-1] = sorted([*(cell for cell in row if cell.column not in places), *titles], key=_place)
    if head.titles >= 0 and titles:
        words = {shape_of(column.space).title for column in head.columns}
        gone = {place for place, word in first_words(found[head.titles]) if word in words}
        found[head.titles] = [cell for cell in found[head.titles] if cell.column not in gone]
