"""Ticks in cells of their own, put together into what one cell with boxes would say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qaf_forms.collect.boxes import box_lines
from qaf_forms.collect.choosing import choose_several
from qaf_forms.collect.located import Located
from qaf_forms.collect.merged_cells import is_covered
from qaf_forms.collect.raw_values import text_of
from qaf_forms.collect.reading import BoxWords
from qaf_forms.issue.fields import Field
from qaf_forms.plugin.interfaces import Anchor, Cell, Table


@dataclass(slots=True)
class TickCells(Cell):
    """One answer of which each level has a cell to tick: its value has a line for each.

    `parts` are the cells, each with the label of its level; `lost` the labels of those that are gone. `by_marks`: only
    the marks on them say that they belong together. `is_pushed`: some of the cells were pushed aside in their row, so
    that nobody can tell which level a tick is for. `words` are those that hold more than a tick.
    """

    parts: Sequence[tuple[str, Cell]] = ()
    lost: Sequence[str] = ()
    by_marks: bool = False
    is_pushed: bool = False
    words: Sequence[BoxWords] = ()


def together(
    space: Field,
    cells: Mapping[str, Cell],
    column: int,
    anchors: Sequence[Anchor],
    *,
    is_pushed: bool = False,
) -> TickCells:
    """The cells of an answer, by the codes of their levels, as one cell in this column.

    It stands where a person has to look: at the first cell with more than a tick in it, else the first with anything.
    """
    labels = {tick.level.code: tick.level.label for tick in space.ticks}
    parts = [(code, cells[code]) for code in labels if code in cells]
    texts = {code: text_of(cell.value).strip() for code, cell in parts}
    lines = box_lines([(label, texts.get(code, "")) for code, label in labels.items()], space.words)
    by_code = dict(zip(labels, lines, strict=True))
    telling = [(code, cell) for code, cell in parts if by_code[code] not in (f"☒ {labels[code]}", f"☐ {labels[code]}")]
    filled = [cell for _, cell in parts if cell.value != ""]
    value = "\n".join(lines) if filled else ""
    if len(filled) == 1 and _names_several(space, text_of(filled[0].value)):
        value = text_of(filled[0].value)
    into = next((cell.into for _, cell in parts if is_covered(cell)), None) if not value else None
    return TickCells(
        column,
        value,
        next(iter([*(cell for _, cell in telling), *filled, *cells.values()])).place,
        anchors,
        [remark for _, cell in parts for remark in cell.remarks],
        into=into,
        parts=[(labels[code], cell) for code, cell in parts],
        lost=[label for code, label in labels.items() if code not in cells],
        is_pushed=is_pushed,
        words=[BoxWords(labels[code], texts[code], cell.place) for code, cell in telling],
    )


def _names_several(space: Field, text: str) -> bool:
    """Whether somebody typed all the labels that apply into one cell, as other forms ask it."""
    outcome = choose_several(space, text)
    return isinstance(outcome.value, tuple) and len(outcome.value) > 1 and not (outcome.notes or outcome.behind)


def parted(tables: Iterable[Table]) -> None:
    """Part the cells that belong together by their marks alone, and have none any more."""
    for table in tables:
        for row in table.rows:
            if any(_is_parted(cell) for cell in row):
                cells = [one for cell in row for one in (_stored_parts(cell) if _is_parted(cell) else [cell])]
                row[:] = sorted(cells, key=lambda cell: cell.column)


def _is_parted(cell: Cell) -> bool:
    return isinstance(cell, TickCells) and cell.by_marks and not cell.anchors


def _stored_parts(cell: Cell) -> list[Cell]:
    parts = [part for _, part in cell.parts] if isinstance(cell, TickCells) else []
    for part in parts:
        part.anchors = ()
    return parts


def note_words(located: Located) -> None:
    """Keep with each answer what was typed in its boxes beyond a tick, and where."""
    for key, cell in located.cells.items():
        if isinstance(cell, TickCells) and key in located.answers:
            located.answers[key].boxes = cell.words


def claim_ticks(tables: Iterable[Table], located: Located) -> None:
    """Count the cells of each answer that is accounted for as accounted for."""
    made = [cell for table in tables for row in table.rows for cell in row if isinstance(cell, TickCells)]
    located.claimed.update(id(part) for cell in made if id(cell) in located.claimed for _, part in cell.parts)
    located.held.extend(made)
