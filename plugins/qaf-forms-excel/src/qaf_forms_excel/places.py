"""Where the answers of a workbook stand: the cell of each space, and of each tick."""

from __future__ import annotations

from qaf_forms.plugin import Field
from qaf_forms_excel.formulas import Formula, Spot, any_of, is_filled


class Places:
    """The cells of one workbook's answers, in the order in which they were written."""

    def __init__(self) -> None:
        self.fields: dict[str, Field] = {}
        """Every field that has a cell, those of added rows of tables among them, by key."""
        self.open: dict[str, None] = {}
        """The keys of those that can be filled in."""
        self.first_open: dict[str, Spot] = {}
        """The first cell of each sheet that can be filled in, by the sheet's name."""
        self._cells: dict[str, Spot] = {}
        self._rows: dict[str, set[int]] = {}
        self._ticks: dict[str, dict[str, Spot]] = {}

    def add(self, field: Field, spot: Spot, is_open: bool) -> None:
        """Take note of the cell of a field."""
        self._note(field, spot, is_open)
        self._cells[field.key] = spot

    def add_tick(self, field: Field, code: str, spot: Spot, is_open: bool) -> None:
        """Take note of the cell in which one level of a field is ticked."""
        self._note(field, spot, is_open)
        self._ticks.setdefault(field.key, {})[code] = spot

    def _note(self, field: Field, spot: Spot, is_open: bool) -> None:
        self.fields[field.key] = field
        if is_open:
            self.open[field.key] = None
            self.first_open.setdefault(spot.sheet, spot)
        if field.table:
            row = field.key[len(field.table) + 1 :].partition("]")[0]
            self._rows.setdefault(field.table, set()).add(int(row))

    def cell(self, key: str) -> Spot | None:
        """The cell of a field; None where it has ticks, or none at all."""
        return self._cells.get(key)

    def ticks(self, key: str) -> dict[str, Spot]:
        """The cells of a field's ticks by level."""
        return self._ticks.get(key, {})

    def cells(self, key: str) -> list[Spot]:
        """Every cell of a field."""
        cell = self._cells.get(key)
        return [cell] if cell else list(self.ticks(key).values())

    def is_answered(self, key: str) -> Formula:
        """Whether there is anything in the cells of a field."""
        cells = self.cells(key)
        return is_filled(cells[0]) if len(cells) == 1 else any_of(is_filled(cell) for cell in cells)

    def rows(self, table: str) -> list[int]:
        """The numbers of a table's rows that are there."""
        return sorted(self._rows.get(table, ()))
