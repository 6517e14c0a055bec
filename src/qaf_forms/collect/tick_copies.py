"""Puts the boxes of a question together that stand in cells of their own, once for each time it is in the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from qaf_forms.collect.boxes import box_lines
from qaf_forms.collect.located import Located
from qaf_forms.collect.raw_values import text_of
from qaf_forms.collect.tick_cells import together
from qaf_forms.issue.fields import Field
from qaf_forms.plugin.interfaces import Cell, Route
from qaf_forms.problems import Code

Ticked: TypeAlias = dict[str, tuple[Cell, Route]]
"""The boxes of a question by level."""


def take_copies(space: Field, copies: list[Ticked], located: Located) -> None:
    """Put the boxes of a question together. A copy of all of them is an answer of its own; single ones fill gaps."""
    first, *others = copies
    further = [one for one in others if one.keys() == first.keys()]
    for code, (cell, route) in (box for one in others if one.keys() != first.keys() for box in one.items()):
        if first[code][0].value == "":
            first[code] = cell, route
            located.uneven.add(space.key)
        elif cell.value not in ("", first[code][0].value):
            located.note(Code.TWO_ANSWERS, space.key, cell, cell.value)
    for ticked in (first, *further):
        if ticked is first or _is_written(ticked):
            _join(space, ticked, located)
        else:
            located.uneven.add(space.key)


def _join(space: Field, ticked: Ticked, located: Located) -> None:
    """Take the boxes that stand in cells of their own: one line a box, as they stand in one cell."""
    first, route = next(iter(ticked.values()))
    lines = _lines(space, ticked)
    earlier = located.answers.get(space.key)
    if earlier is not None and earlier.value != "":
        if other := _differing(lines, text_of(earlier.value).split("\n")):
            located.note(Code.TWO_ANSWERS, space.key, first, other)
        return
    cells = {code: cell for code, (cell, _) in ticked.items()}
    located.take(space, together(space, cells, first.column, first.anchors), route)


def _lines(space: Field, ticked: Ticked) -> list[str]:
    values = {code: text_of(cell.value).strip() for code, (cell, _) in ticked.items()}
    return box_lines([(tick.level.label, values.get(tick.level.code, "")) for tick in space.ticks], space.words)


def _is_written(ticked: Ticked) -> bool:
    return any(cell.value != "" for cell, _ in ticked.values())


def _differing(lines: Sequence[str], known: Sequence[str]) -> str:
    """What is ticked or written in the boxes of a further copy; nothing where they are as those that are known."""
    written = "\n".join(lines).split("\n")
    if written == [*known]:
        return ""
    return "; ".join(line.removeprefix("☒ ") for line in written if line[:1] != "☐") or "; ".join(written)
