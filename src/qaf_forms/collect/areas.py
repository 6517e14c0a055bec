"""Finds the parts of tables and sheets in which a respondent's own rows stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from operator import attrgetter

from qaf_forms.collect.anchored import OtherAnchored
from qaf_forms.collect.heads import Heads, HeadWords, columns_under, first_lines
from qaf_forms.collect.raw_values import text_of
from qaf_forms.define.markup import plain
from qaf_forms.define.scale import fold
from qaf_forms.issue.fields import TableBlock
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.printed import block_title
from qaf_forms.plugin.interfaces import Anchor, Cell, Route, Table

_ROW_KEY = re.compile(r"(.+)\[([0-9]{1,6})\]\.([a-z][a-z0-9_]*)")
HeadRows = dict[int, dict[int, str]]
"""The key of the table that each head row belongs to, by the identity of what it stands in and by its number there."""
_end = attrgetter("end")
_LINES_ABOVE = 4
"""How far above its head row the title of a table is looked for."""


class Area:
    """The part of a table or sheet that holds one block's rows.

    `columns` and `marked` give the ids of columns: by their place, and by the identity of a cell that has its own
    anchors. `routes` has the numbers of the anchored rows, `printed` which of the printed rows they were, `marks` both.
    """

    def __init__(self, block: TableBlock, table: Table, words: HeadWords, head: int | None = None) -> None:
        self.block, self.table, self.head, self.words = block, table, head, words
        self.columns: dict[int, str] = {}
        self.marked: dict[int, tuple[str, ...]] = {}
        self.routes: dict[int, Route] = {}
        self.printed: set[int] = set()
        self.marks: dict[int, set[int]] = {}
        self.end = len(table.rows)
        """The number of the row behind the last that can be of this area."""
        self.is_copy = False
        self.is_doubtful = False

    @cached_property
    def last(self) -> int:
        """The number of the last anchored row, or -1."""
        return max(self.routes, default=-1)

    @cached_property
    def first(self) -> int:
        """The number of the first row."""
        return min([*self.routes] if self.head is None else [self.head + 1, *self.routes])

    @cached_property
    def _headed(self) -> set[int]:
        """The places of the columns that have a head, those too that somebody added."""
        heads = () if self.head is None else self.table.rows[self.head]
        left = min(self.columns, default=0)
        return {cell.column for cell in heads if cell.value != "" and cell.column > left}

    @cached_property
    def numbers(self) -> int:
        """The place of the column with the printed numbers of the rows."""
        heads = () if self.head is None else self.table.rows[self.head]
        named = (
            cell.column for cell, word in zip(heads, first_lines(heads), strict=True) if word in self.words.numbers
        )
        return next(named, min(self.columns, default=0) - 1)

    def learn_columns(self) -> None:
        """Learn from the head which columns there are, where no anchor says it."""
        if self.head is not None:
            titles = [fold(column.title) for column in self.block.columns]
            places = columns_under(titles, self.table.rows[self.head], self.words)
            for column, place in zip(self.block.columns, places, strict=True):
                if place is not None and column.id not in self.columns.values():
                    self.columns.setdefault(place, column.id)

    def is_outside(self, row: Sequence[Cell]) -> bool:
        """Whether something stands in a row where this block has no column, not even one that somebody added."""
        return any(
            cell.value != ""
            and cell.column not in self.columns
            and cell.column not in self._headed
            and not text_of(cell.value).strip().isdecimal()
            for cell in row
        )

    def holds(self, row: Sequence[Cell]) -> bool:
        """Whether anything is written in one of the columns."""
        return any(cell.value != "" and cell.column in self.columns for cell in row)


class AreaFinder:
    """Finds the areas of every table of one layout."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._heads = Heads(layout)
        self._words = HeadWords(layout.words)
        self._questions = frozenset(fold(words.split("\n")[0]) for _, words in layout.row_labels())
        self._titles = {key: tuple(fold(one.title) for one in block.columns) for key, block in layout.tables.items()}
        self._cells: dict[str, tuple[str, int, str]] = {}
        for key, block in layout.tables.items():
            for number, row in enumerate(block.rows, start=1):
                for space in row:
                    self._cells[space.anchor] = self._cells[space.key] = key, number, space.column

    def find(self, tables: Sequence[Table], anchored: Iterable[OtherAnchored]) -> tuple[list[Area], HeadRows]:
        """Every area, those with anchors first, and the head rows among them."""
        areas = list(self._anchored(anchored))
        heads: HeadRows = {}
        for area in areas:
            if area.head is not None:
                heads.setdefault(id(area.table), {})[area.head] = area.block.key
        for area in areas:
            if area.head is None:
                area.head = self._head_over(area, heads)
            if area.head is not None:
                heads.setdefault(id(area.table), {})[area.head] = area.block.key
            area.learn_columns()
        _note_copies(areas)
        found = {area.block.key for area in areas}
        missing = [block for key, block in self.layout.tables.items() if key not in found]
        if missing:
            areas.extend(self._headed(missing, tables, heads))
        return areas, heads

    def is_head(self, row: Sequence[Cell]) -> bool:
        """Whether a row is the head of questions or of any block, whatever it is marked as."""
        return self._heads.is_head(row)

    def is_head_of(self, area: Area, row: Sequence[Cell]) -> bool:
        """Whether a row can be the head of an area, once more."""
        return area.block in self._heads.tables_headed(row)

    def is_question(self, row: Sequence[Cell]) -> bool:
        """Whether nothing stands in a row but the words of a question."""
        words = [word for word in first_lines(row) if word]
        return len(words) == 1 and words[0] in self._questions

    def is_foreign(self, area: Area, row: Sequence[Cell]) -> bool:
        """Whether a row carries the mark of something else."""
        return any(self._owner(anchor) not in (None, area.block.key) for cell in row for anchor in cell.anchors)

    def _owner(self, anchor: Anchor) -> str | None:
        """The key of the table that an anchor belongs to, "" for a question's, None for one that is not known."""
        name = anchor.name
        if block := self._table_of(anchor):
            return block.key
        if cell := self._cell_of(anchor):
            return cell[0]
        known = (
            self.layout.field(name.partition("#")[0]) if anchor.route is Route.KEY else self.layout.by_anchor.get(name)
        )
        return None if known is None else ""

    def _table_of(self, anchor: Anchor) -> TableBlock | None:
        """The table whose head an anchor marks."""
        if anchor.route is not Route.KEY:
            return self.layout.tables_by_anchor.get(anchor.name)
        return self.layout.tables.get(anchor.name[:-2]) if anchor.name.endswith("[]") else None

    def _cell_of(self, anchor: Anchor) -> tuple[str, int, str] | None:
        """Table, row and column of the space that an anchor marks."""
        found = self._cells.get(anchor.name)
        if found is None and anchor.route is Route.KEY and (match := _ROW_KEY.fullmatch(anchor.name)):
            return (match[1], int(match[2]), match[3]) if match[1] in self.layout.tables else None
        return found

    def _anchored(self, anchored: Iterable[OtherAnchored]) -> Iterable[Area]:
        areas: dict[tuple[int, str], list[Area]] = {}
        for table, number, cell in anchored:
            for anchor in cell.anchors:
                if block := self._table_of(anchor):
                    found = areas.setdefault((id(table), block.key), [Area(block, table, self._words)])
                    if found[-1].head is not None and found[-1].head < number and found[-1].routes:
                        found[-1].end = number  # the table was pasted again below
                        found.append(Area(block, table, self._words))
                    found[-1].head = number if found[-1].head is None else found[-1].head
                elif place := self._cell_of(anchor):
                    key, row, column = place
                    found = areas.setdefault((id(table), key), [Area(self.layout.tables[key], table, self._words)])
                    area = found[bisect_right(found, number, key=_end)]
                    if number not in area.routes and self._heads.is_head(table.rows[number]):
                        if area.block in self._heads.tables_headed(table.rows[number]):
                            area.head = number
                        continue  # rows were moved under their names
                    area.routes.setdefault(number, anchor.route)
                    area.printed.add(row)
                    area.marks.setdefault(number, set()).add(row)
                    area.columns.setdefault(cell.column, column)
                    marked = area.marked.get(id(cell), ())
                    area.marked[id(cell)] = marked if column in marked else (*marked, column)
        return [area for found in areas.values() for area in found if area.routes or area.head is not None]

    def _head_over(self, area: Area, heads: HeadRows) -> int | None:
        """The head row over the first anchored row, if its anchor is gone but its titles are there."""
        for number in range(min(area.routes) - 1, -1, -1):
            if number in heads.get(id(area.table), ()):
                return None
            blocks = self._heads.tables_headed(area.table.rows[number])
            if blocks:
                return number if area.block in blocks else None
        return None

    def _headed(self, missing: Sequence[TableBlock], tables: Sequence[Table], heads: HeadRows) -> Iterator[Area]:
        """The areas of tables without anchors, by their column heads.

        Tables with the same heads are told apart by the title above; failing that by their order, if all are there.
        """
        rows: dict[tuple[str, ...], list[Area]] = {}
        for table in tables:
            for number, row in enumerate(table.rows):
                blocks = [] if number in heads.get(id(table), ()) else self._heads.tables_headed(row)
                if blocks:
                    block = self._titled(blocks, table, number) or blocks[0]
                    area = Area(block, table, self._words, number)
                    area.is_doubtful = len(blocks) > 1 and self._titled(blocks, table, number) is None
                    rows.setdefault(self._titles[blocks[0].key], []).append(area)
        for titles, areas in rows.items():
            for area in _settled([block for block in missing if self._titles[block.key] == titles], areas):
                assert area.head is not None
                heads.setdefault(id(area.table), {})[area.head] = area.block.key
                area.learn_columns()
                yield area

    def _titled(self, blocks: Sequence[TableBlock], table: Table, head: int) -> TableBlock | None:
        """The block whose title stands just above a head row, or the only one that it can be."""
        if len(blocks) == 1:
            return blocks[0]
        above = {word for row in table.rows[max(0, head - _LINES_ABOVE) : head] for word in first_lines(row)}
        named = [block for block in blocks if fold(block_title(block.code, plain(block.ask))) in above]
        return named[0] if len(named) == 1 else None


def head_above(heads: HeadRows, table: Table, number: int) -> str | None:
    """The key of the table whose head is the nearest above row `number`."""
    of_table = heads.get(id(table), {})
    above = max((row for row in of_table if row < number), default=None)
    return None if above is None else of_table[above]


def _settled(blocks: Sequence[TableBlock], areas: Sequence[Area]) -> Iterator[Area]:
    """The areas that certainly, or in order, are those of `blocks`, which all have the same titles.

    A further one that certainly is the same table was pasted again.
    """
    left = {block.key: block for block in blocks}
    for area in areas:
        if not area.is_doubtful and area.block in blocks:
            area.is_copy = left.pop(area.block.key, None) is None
            yield area
    doubtful = [area for area in areas if area.is_doubtful]
    if len(doubtful) == len(left):
        for area, block in zip(doubtful, left.values(), strict=True):
            area.block = block
            yield area


def _note_copies(areas: Iterable[Area]) -> None:
    """Mark the areas whose rows already stand in an earlier area of the same table: the table was pasted again."""
    seen: dict[str, set[int]] = {}
    for area in areas:
        printed = seen.setdefault(area.block.key, set())
        area.is_copy = not printed.isdisjoint(area.printed)
        printed |= area.printed
