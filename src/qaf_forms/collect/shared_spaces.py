"""Answer spaces that nobody can tell apart: what stands in them is nobody's answer until someone asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qaf_forms.collect.located import Located
from qaf_forms.collect.raw_values import text_of
from qaf_forms.collect.tick_cells import TickCells
from qaf_forms.issue.fields import Field
from qaf_forms.plugin.interfaces import Cell, Route
from qaf_forms.problems import Code

_Spaces = dict[tuple[str, str], Field]
"""By key, and by the label of a level where each has a cell of its own."""


def doubt_merged(located: Located) -> None:
    """Take back what was read from cells that hold the answers of several spaces, and say so for each of these."""
    shared: dict[int, tuple[Cell, _Spaces]] = {}
    if any(_is_merged(cell) for cell in located.cells.values()):
        for key, cell in located.cells.items():
            for label, one in _parts(cell):
                first = one.into if one.into is not None and one.value == "" else one
                shared.setdefault(id(first), (first, {}))[1][key, label] = located.answers[key].field
    for cell, spaces in located.outvoted:
        if any(_stands_nowhere_else(space, located) for space in spaces):
            held = {
                (one.key, ""): one
                for one in spaces
                if _stands_nowhere_else(one, located) or _is_from(cell, one, located)
            }
            shared.setdefault(id(cell), (cell, {}))[1].update(held)
    for cell, found in shared.values():
        if len(found) > 1:
            _note_shared(cell, found, located)


def _is_merged(cell: Cell) -> bool:
    return cell.into is not None or (isinstance(cell, TickCells) and any(one.into is not None for _, one in cell.parts))


def _parts(cell: Cell) -> Sequence[tuple[str, Cell]]:
    """The cells of an answer, each with the label of its level where there is one for each."""
    return cell.parts if isinstance(cell, TickCells) else [("", cell)]


def _stands_nowhere_else(space: Field, located: Located) -> bool:
    """Whether a field that is named by one of several marks on a cell has no mark and no answer anywhere else."""
    found = located.answers.get(space.key)
    return found is None or (found.value == "" and found.route in (Route.CODE, Route.WORDING))


def _is_from(cell: Cell, space: Field, located: Located) -> bool:
    return located.cells.get(space.key) is cell


def _note_shared(cell: Cell, spaces: Mapping[tuple[str, str], Field], located: Located) -> None:
    text = text_of(cell.value).strip()
    for space in spaces.values():
        text = text.replace(space.placeholder, "").strip()
    if text:
        names = ", ".join(f"{space.name} ({label})" if label else space.name for (_, label), space in spaces.items())
        for space in {space.key: space for space in spaces.values()}.values():
            held = located.cells.get(space.key, cell)
            located.answers.pop(space.key, None)
            located.note(Code.SHARED_SPACE, space.key, cell, _all_in(held) or text, names=names)


def _all_in(cell: Cell) -> str:
    """What stands in all cells of an answer, where each level has one."""
    return text_of(cell.value) if isinstance(cell, TickCells) else ""


def doubt_ticks(located: Located) -> None:
    """Say which levels have lost their cell, and take back the ticks of which nobody can tell the level."""
    for key, cell in located.cells.items():
        if not isinstance(cell, TickCells):
            continue
        if cell.lost:
            located.note(Code.SPACE_LOST, key, cell, "; ".join(cell.lost))
        if cell.is_pushed and cell.value != "" and key in located.answers:
            names = ", ".join(_names_of(cell, located.answers.pop(key).field))
            located.note(Code.SHARED_SPACE, key, cell, cell.value, names=names)


def _names_of(cell: TickCells, space: Field) -> Iterator[str]:
    return (f"{space.name} ({label})" for label, _ in cell.parts)
