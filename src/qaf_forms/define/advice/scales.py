"""Scales that leave somebody without an answer, or that cannot be counted."""

from __future__ import annotations

from typing import Any

from qaf_forms.define.advice.asking import placed_answers, scale_in
from qaf_forms.define.answer_types import Choice, Choices
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form, Kind
from qaf_forms.define.items import Grid, Table, asked_in
from qaf_forms.define.placed_items import placed_items
from qaf_forms.define.questions import AGENCY
from qaf_forms.define.scale import Scale
from qaf_forms.define.yaml_source import Steps
from qaf_forms.problems import Code

LONGEST_LABEL = 80
"""Characters of a level's label that fit a drop-down list and the head of a table of results."""
MOST_BOXES = 12
"""Levels of a column with several answers that can be ticked in a row without losing one's place."""
_OF_MANY_AGENCIES = (Kind.CASE_AUDIT, Kind.SELF_ASSESSMENT, Kind.SURVEY)
"""Forms that ask everybody the same. Those of other kinds ask about what their sender knows to be there."""


def advise_on_scales(form: Form, findings: Findings) -> None:
    """Scales of one level, too many boxes, labels that are too long, odd scores, and grids that leave no way out."""
    for name, scale in form.scales.items():
        advise_on_scale(scale, ("scales", name), findings)
    for answer, steps in placed_answers(form):
        used = scale_in(form, answer)
        if isinstance(answer, Choice | Choices) and isinstance(answer.scale, Scale):
            advise_on_scale(answer.scale, (*steps, "scale"), findings)
        if isinstance(answer, Choice) and used is not None and len(used.levels) == 1:
            findings.add(Code.ONE_LEVEL, (*steps, "scale"), value=used.levels[0].label)
    for item, steps in placed_items(form):
        if isinstance(item, Grid | Table):
            _advise_on_boxes(form, item, steps, findings)
        if isinstance(item, Grid) and form.kind in _OF_MANY_AGENCIES:
            _advise_on_way_out(form, item, steps, findings)


def advise_on_scale(scale: Scale, steps: Steps, findings: Findings) -> None:
    """What is odd about one scale, wherever it is used."""
    counted = [level for level in scale.levels if not (level.is_na or level.is_nonresponse)]
    scored = [level for level in counted if level.score is not None]
    for number, level in enumerate(scale.levels):
        here = (*steps, "levels", number)
        if len(level.label) > LONGEST_LABEL:
            size = len(level.label)
            findings.add(Code.LONG_LABEL, (*here, "label"), value=level.label, size=size, limit=LONGEST_LABEL)
        if level.score is not None and level not in counted:
            reason = f"{level.label!r} has the score {level.score:f}, but is never counted"
            advice = "leave out its score, or leave out is_na and is_nonresponse"
            findings.add(Code.ODD_SCORE, (*here, "score"), value=level.score, reason=reason, suggestion=advice)
        if scored and level in counted and level.score is None:
            reason = f"{level.label!r} has no score, though other levels of the scale have one"
            advice = "give it one; if it is no judgement, add is_na: true or is_nonresponse: true"
            findings.add(Code.ODD_SCORE, (*here, "label"), value=level.label, reason=reason, suggestion=advice)


def _advise_on_boxes(form: Form, item: Grid | Table, steps: Steps, findings: Findings) -> None:
    """A column in which so many answers can be ticked that rows are as tall as a page."""
    for number, column in enumerate(item.columns):
        scale = scale_in(form, column) if isinstance(column, Choices) else None
        if scale is not None and len(scale.levels) > MOST_BOXES:
            where = (*steps, "columns", number, "scale")
            findings.add(Code.MANY_BOXES, where, value=column.title, count=len(scale.levels), limit=MOST_BOXES)


def _advise_on_way_out(form: Form, grid: Grid, steps: Steps, findings: Findings) -> None:
    """A column that must be answered in every row, on a scale that cannot say that a row does not apply."""
    asked_of_all = sum(len(asked_in(row)) for row in grid.rows if not _is_said_when(row))
    for number, column in enumerate(grid.columns if asked_of_all else ()):
        scale = scale_in(form, column)
        if scale is None or isinstance(column, Choices) or column.required is not True or column.filled_by != AGENCY:
            continue
        if not any(level.is_na or level.is_nonresponse for level in scale.levels):
            key = "scale" if isinstance(column, Choice) else "type"
            rows = "1 row" if asked_of_all == 1 else f"{asked_of_all} rows"
            findings.add(Code.NO_WAY_OUT, (*steps, "columns", number, key), value=column.title, rows=rows)


def _is_said_when(row: Any) -> bool:
    """Whether the author has said when a row applies, or for whom."""
    return bool(getattr(row, "when", None) or getattr(row, "applies_to", ()))
