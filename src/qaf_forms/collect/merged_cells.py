"""Answer spaces that somebody merged: what stands in one cell for several is nobody's answer until someone asks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from qaf_forms.collect.located import Located
from qaf_forms.collect.raw_values import text_of
from qaf_forms.issue.fields import Field
from qaf_forms.plugin.interfaces import Cell, Route
from qaf_forms.problems import Code


def cell_at(column: int, row: Sequence[Cell]) -> Cell:
    """What stands in a column of a row: its cell, or an empty one, which may be covered by a cell to its left."""
    for cell in row:
        if cell.column <= column < cell.column + cell.across:
            return cell if cell.column == column else _part_of(cell, column)
    return Cell(column, "", row[0].place)


def covered(row: Sequence[Cell]) -> Iterator[Cell]:
    """The columns of a row that are covered by a cell to their left, as cells."""
    for cell in row:
        for column in range(cell.column + 1, cell.column + cell.across):
            yield _part_of(cell, column)


def is_covered(cell: Cell) -> bool:
    """Whether what people see in a cell stands in another, which it was merged with."""
    return cell.into is not None and cell.value == "" and cell.into.value != ""


def doubt_merged(located: Located) -> None:
    """Take back what was read from cells that hold the answers of several spaces, and say so for each of these."""
    shared: dict[int, tuple[Cell, dict[str, Field]]] = {}
    if any(cell.into is not None for cell in located.cells.values()):
        for key, cell in located.cells.items():
            first = cell.into if cell.into is not None and cell.value == "" else cell
            shared.setdefault(id(first), (first, {}))[1][key] = located.answers[key].field
    for cell, spaces in located.outvoted:
        if any(_stands_nowhere_else(space, located) for space in spaces):
            held = {
                one.key: one for one in spaces if _stands_nowhere_else(one, located) or _is_from(cell, one, located)
            }
            shared.setdefault(id(cell), (cell, {}))[1].update(held)
    for cell, found in shared.values():
        if len(found) > 1:
            _note_shared(cell, found.values(), located)


def _stands_nowhere_else(space: Field, located: Located) -> bool:
    """Whether a field that is named by one of several marks on a cell has no mark and no answer anywhere else."""
    found = located.answers.get(space.key)
    return found is None or (found.value == "" and found.route in (Route.CODE, Route.WORDING))


def _is_from(cell: Cell, space: Field, located: Located) -> bool:
    return located.cells.get(space.key) is cell


def _note_shared(cell: Cell, spaces: Collection[Field], located: Located) -> None:
    text = text_of(cell.value).strip()
    for space in spaces:
        text = text.replace(space.placeholder, "").strip()
    if text:
        names = ", ".join(space.name for space in spaces)
        for space in spaces:
            located.answers.pop(space.key, None)
            located.note(Code.SHARED_SPACE, space.key, cell, text, names=names)


def _part_of(cell: Cell, column: int) -> Cell:
    return Cell(column, "", cell.place, into=cell.into or cell)
