"""The columns of a grid or table on its sheet: one for each of its own, or one for each level to tick."""

from __future__ import annotations

from typing import NamedTuple

from qaf_forms.plugin import ColumnHead, GridBlock, Level, TableBlock, levels_side_by_side


class SheetColumn(NamedTuple):
    """A column of a grid or table: the first of its columns on the sheet, from 1, and the levels that have one each."""

    head: ColumnHead
    first: int
    levels: tuple[Level, ...]

    @property
    def last(self) -> int:
        """The last of its columns on the sheet."""
        return self.first + max(len(self.levels), 1) - 1

    @property
    def places(self) -> range:
        """All of its columns on the sheet."""
        return range(self.first, self.last + 1)


def columns_of(block: GridBlock | TableBlock, first: int) -> list[SheetColumn]:
    """The columns of a block whose first stands at `first`."""
    levels = levels_side_by_side(block)
    found: list[SheetColumn] = []
    for head in block.columns:
        found.append(SheetColumn(head, found[-1].last + 1 if found else first, levels.get(head.id, ())))
    return found
