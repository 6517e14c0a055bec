"""What a form asks, question by question and row by row: the words, and the answers they are given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qaf_forms.define.answer_types import Choice, Choices, Control, YesNo
from qaf_forms.define.form import Form, Section
from qaf_forms.define.grid_rows import placed_rows
from qaf_forms.define.items import Grid, GridRow, Group, Note, SignOff, Table
from qaf_forms.define.placed_items import placed_items
from qaf_forms.define.questions import AGENCY
from qaf_forms.define.scale import Scale
from qaf_forms.define.yaml_source import Steps


@dataclass(frozen=True, slots=True)
class Asking:
    """A question, or a row of a grid.

    `steps` lead to it, `words` stand under `key` there. `answers` are the question itself, or what each column that the
    agency fills asks for in this row.
    """

    steps: Steps
    key: str
    words: str
    help: str | None
    answers: tuple[Any, ...]
    item: Any

    @property
    def place(self) -> Steps:
        """Where the words stand."""
        return (*self.steps, self.key)


def askings(form: Form) -> Iterator[Asking]:
    """Every question and grid row of a form in printed order."""
    for item, steps in placed_items(form):
        if isinstance(item, Grid):
            yield from _rows(item, steps)
        elif not isinstance(item, Note | Table | Group | SignOff):
            yield Asking(steps, "ask", item.ask, item.help, (item,), item)


def _rows(grid: Grid, steps: Steps) -> Iterator[Asking]:
    for row, where in answered_rows(grid, steps):
        columns = [column for column in grid.columns if column.filled_by == AGENCY] or grid.columns
        answers = tuple(row.cells.get(column.id, column) for column in columns)
        yield Asking(where, "text", row.text, row.help, answers, grid)


def answered_rows(grid: Grid, steps: Steps) -> Iterator[tuple[GridRow, Steps]]:
    """The rows and prompts of a grid that are answered, each with the way to it."""
    yield from ((row, where) for row, where in placed_rows(grid, steps) if isinstance(row, GridRow))


def placed_answers(form: Form) -> Iterator[tuple[Any, Steps]]:
    """Everything that says how it is answered, with the way to it: questions, columns, and cells of single rows."""
    for item, steps in placed_items(form):
        if isinstance(item, Grid | Table):
            yield from ((column, (*steps, "columns", number)) for number, column in enumerate(item.columns))
        elif not isinstance(item, Note | Group | SignOff):
            yield item, steps
        if isinstance(item, Grid):
            for row, where in answered_rows(item, steps):
                yield from ((cell, (*where, "cells", name)) for name, cell in row.cells.items())


def section_at(form: Form, steps: Steps) -> Section | None:
    """The section that something stands in; none on the first page."""
    return form.sections[int(steps[1])] if steps[0] == "sections" else None


def scale_in(form: Form, answer: Any) -> Scale | None:
    """The scale of an answer type, as far as it is known: one that is missing is reported elsewhere."""
    if isinstance(answer, Choice | Choices) and isinstance(answer.scale, str):
        return form.scales.get(answer.scale)
    return form.scale_of(answer) if isinstance(answer, YesNo | Choice | Choices) else None


def is_open(answer: Any) -> bool:
    """Whether there is room for sentences."""
    return bool(answer.control is Control.LINES)
