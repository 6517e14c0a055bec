"""Finds the rows that respondents write themselves: tables with a printed head and blank rows.

The table as a whole is found, by the anchor on its head, by any anchored cell, or by its column heads. Then its rows
count in the order they stand, so that a row added, removed or moved is read like any other.
"""

from __future__ import annotations

from collections.abc import Iterator

from qaf_forms.collect.located import Located, unfilled
from qaf_forms.define.scale import fold
from qaf_forms.issue.fields import Field, TableBlock
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Cell, Route, Table


class OwnRows:
    """Reads the respondent's own rows of every table of one layout."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._titles = {block.key: [fold(column.title) for column in block.columns] for block in layout.tables.values()}

    def take(self, tables: list[Table], located: Located) -> None:
        """Take the rows of every table that can be found."""
        if not self.layout.tables:
            return
        areas = list(self._anchored_areas(tables))
        found = {area.block.key for area in areas}
        headed = {(id(area.table), area.start) for area in areas}
        for block in self.layout.tables.values():
            if block.key not in found:
                area = self._headed_area(block, tables, headed)
                if area:
                    areas.append(area)
                    headed.add((id(area.table), area.start))
        counts: dict[str, int] = {}
        for area in areas:
            counts[area.block.key] = self._take_area(area, counts.get(area.block.key, 0), located)

    def _anchored_areas(self, tables: list[Table]) -> Iterator[_Area]:
        for table in tables:
            areas: dict[str, _Area] = {}
            for number, row in enumerate(table.rows):
                for cell in row:
                    for anchor in cell.anchors:
                        self._note(table, number, cell, anchor.route, anchor.name, areas)
            for area in areas.values():
                self._complete(area)
                yield area

    def _note(self, table: Table, number: int, cell: Cell, route: Route, name: str, areas: dict[str, _Area]) -> None:
        if route is Route.KEY:
            space = self.layout.field(name)
            block = self.layout.tables.get(name.removesuffix("[]")) if name.endswith("[]") else None
        else:
            space = self.layout.by_anchor.get(name)
            block = self.layout.tables_by_anchor.get(name)
        if block is not None:
            area = areas.setdefault(block.key, _Area(self.layout.tables[block.key], table, number, route))
            area.head = number if area.head is None else area.head
        elif space is not None and space.table:
            area = areas.setdefault(space.table, _Area(self.layout.tables[space.table], table, number, route))
            area.last = max(area.last, number)
            area.marked[id(cell)] = space.column
            area.columns.setdefault(cell.column, space.column)
            area.routes.setdefault(number, route)

    def _complete(self, area: _Area) -> None:
        """Learn the columns that no anchor names from the head."""
        if area.head is not None:
            for column, id_ in self._columns_by_title(area.block, area.table.rows[area.head]).items():
                if id_ not in area.columns.values():
                    area.columns.setdefault(column, id_)

    def _columns_by_title(self, block: TableBlock, row: list[Cell]) -> dict[int, str]:
        found: dict[int, str] = {}
        wanted = list(zip(self._titles[block.key], (column.id for column in block.columns), strict=True))
        for cell in row:
            title = fold(str(cell.value).split("\n")[0])
            match = next((pair for pair in wanted if pair[0] == title), None)
            if match:
                wanted.remove(match)
                found[cell.column] = match[1]
        return found

    def _headed_area(self, block: TableBlock, tables: list[Table], taken: set[tuple[int, int]]) -> _Area | None:
        """The first table part whose heads are this block's and that no other block has."""
        for table in tables:
            for number, row in enumerate(table.rows):
                if len(row) < len(block.columns) or (id(table), number) in taken:
                    continue
                columns = self._columns_by_title(block, row)
                if len(columns) == len(block.columns):
                    area = _Area(block, table, number, Route.CODE, head=number)
                    area.columns = columns
                    return area
        return None

    def _take_area(self, area: _Area, count: int, located: Located) -> int:
        first = area.start if area.head is None else area.head + 1
        for number in range(first, len(area.table.rows)):
            row = area.table.rows[number]
            if number > area.last and self._is_beyond(area, row):
                break
            if any(id(cell) in located.claimed for cell in row) or self._is_anothers(area, row):
                continue
            route = area.routes.get(number, Route.CODE)
            count = self._take_row(area, row, count, route, located)
        return count

    def _is_beyond(self, area: _Area, row: list[Cell]) -> bool:
        """Whether a row after the last anchored one belongs to something else."""
        if self._is_anothers(area, row):
            return True
        written = [cell for cell in row if cell.value != ""]
        inside = [cell for cell in written if cell.column in area.columns]
        outside = [
            cell for cell in written if cell.column not in area.columns and not str(cell.value).strip().isdigit()
        ]
        return bool(outside) or (area.last >= 0 and not inside)

    def _is_anothers(self, area: _Area, row: list[Cell]) -> bool:
        return any(self._is_foreign(area, anchor.route, anchor.name) for cell in row for anchor in cell.anchors)

    def _is_foreign(self, area: _Area, route: Route, name: str) -> bool:
        space = self.layout.field(name.partition("#")[0]) if route is Route.KEY else self.layout.by_anchor.get(name)
        if space is not None:
            return space.table != area.block.key
        return name in self.layout.tables_by_anchor and name != area.block.anchor

    def _take_row(self, area: _Area, row: list[Cell], count: int, route: Route, located: Located) -> int:
        spaces: list[tuple[Field, Cell]] = []
        for cell in row:
            column = area.marked.get(id(cell)) or area.columns.get(cell.column, "")
            space = self.layout.table_field(area.block.key, count + 1, column)
            if space is not None:
                spaces.append((space, cell))
        empty = all(unfilled(space, cell.value) == "" and not cell.remarks for space, cell in spaces)
        for space, cell in spaces:
            if empty:
                located.claimed.add(id(cell))
            else:
                located.take(space, cell, route)
        return count if empty else count + 1


class _Area:
    """The part of a table or sheet that holds one block's rows.

    `columns` and `marked` give the id of a column: by its place, and by the identity of a cell that has its own anchor.
    """

    def __init__(self, block: TableBlock, table: Table, start: int, route: Route, head: int | None = None) -> None:
        self.block, self.table, self.start, self.route, self.head = block, table, start, route, head
        self.last = -1
        self.columns: dict[int, str] = {}
        self.marked: dict[int, str] = {}
        self.routes: dict[int, Route] = {}
