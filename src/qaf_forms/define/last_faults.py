"""Checks the spaces that show last answers, and those that last answers are copied into."""

from __future__ import annotations

from typing import Any

from qaf_forms.define.answer_types import Calculated
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.grid_rows import placed_rows
from qaf_forms.define.items import Grid, GridRow
from qaf_forms.define.last_answer import OF_THE_ROW, LastAnswer
from qaf_forms.define.placed_items import placed_items
from qaf_forms.define.spaces import Carried, Scope, Space, Spaces
from qaf_forms.define.suggesting import closest
from qaf_forms.problems import Code

_SHOW_ANYTHING = ("text", "paragraph")


def check_last_answers(spaces: Spaces, findings: Findings) -> None:
    """Every last answer that is shown is one to a question that there is, fits its space, and is nobody's to give."""
    _check_rows(spaces.form, findings)
    if spaces.form.id in spaces.form.follows:
        reason = "a form is carried over into its next version by itself"
        place = spaces.form.follows.index(spaces.form.id)
        findings.add(Code.WRONG_VALUE, ("follows", place), reason=reason, suggestion="remove it")
    for one in spaces.carried:
        if one.asked.shows_last is None:
            _check_copied(one, findings)
        else:
            _check_shown(one, spaces, findings)


def _check_rows(form: Form, findings: Findings) -> None:
    """Where a row says which row of another form it shows, there is a column that shows one of its answers."""
    for grid, steps in placed_items(form):
        if not isinstance(grid, Grid) or any(_is_of_row(column.shows_last) for column in grid.columns):
            continue
        for row, here in placed_rows(grid, steps):
            if isinstance(row, GridRow) and row.shows_row is not None:
                reason = "no column shows an answer of that row"
                advice = f"give a column shows_last: {{form: ..., key: '{OF_THE_ROW}.rating'}}"
                findings.add(Code.WRONG_VALUE, (*here, "shows_row"), reason=reason, suggestion=advice)


def _is_of_row(last: LastAnswer | None) -> bool:
    return last is not None and OF_THE_ROW in last.key


def _check_copied(one: Carried, findings: Findings) -> None:
    if isinstance(one.answer, Calculated):
        reason, advice = "the answer is worked out, and is not copied from last time", "remove copy_forward"
        findings.add(Code.WRONG_VALUE, (*one.steps, "copy_forward"), reason=reason, suggestion=advice)


def _check_shown(one: Carried, spaces: Spaces, findings: Findings) -> None:
    steps = (*one.steps, "shows_last")
    asked = one.asked
    for key, is_wrong in (("required", asked.required is not False), ("copy_forward", asked.copy_forward)):
        if is_wrong:
            reason = "the space shows the last answer, so nobody answers it"
            findings.add(Code.WRONG_VALUE, (*one.steps, key), reason=reason, suggestion=f"remove {key}")
    written = one.last.key if one.last else ""
    if OF_THE_ROW in written:
        reason, advice = f"{OF_THE_ROW} stands for the row of a grid, and this is none", "name the question"
        findings.add(Code.WRONG_VALUE, steps, value=written, reason=reason, suggestion=advice)
    elif asked.shows_last.form is None:
        _check_shown_here(one, written, spaces, findings)


def _check_shown_here(one: Carried, written: str, spaces: Spaces, findings: Findings) -> None:
    """That an answer of this same form can be shown."""
    steps = (*one.steps, "shows_last")
    shown = spaces.find(written, one.scope) or _in_any_row(written, one.scope, spaces)
    if shown is None or shown.key == one.key or any(other.key == shown.key for other in spaces.showing):
        if not findings.is_doubtful_id(written):
            meant = closest(written, list(dict.fromkeys(spaces.keys_in(one.scope))))
            advice = f"did you mean {meant!r}?" if meant and meant != written else "name a question that people answer"
            findings.add(Code.UNKNOWN_QUESTION, steps, value=written, suggestion=advice)
    elif not _fits(one, shown, spaces):
        reason = f"the answers to {written} are of the type {shown.answer.type}, which cannot be shown here"
        advice = f"give it the type {shown.answer.type}, with the same scale, or paragraph, which shows any answer"
        findings.add(Code.WRONG_VALUE, steps, value=written, reason=reason, suggestion=advice)


def _in_any_row(key: str, scope: Scope, spaces: Spaces) -> Space | None:
    """The column of a table that a column of another one shows row by row: `actions.due`."""
    table, _, column = key.rpartition(".")
    return spaces.by_key.get(f"{table}[].{column}") if scope.row.endswith("[]") else None


def _fits(one: Carried, shown: Space, spaces: Spaces) -> bool:
    if one.answer.type in _SHOW_ANYTHING:
        return True
    if one.answer.type != shown.answer.type and not _are_numbers(one.answer, shown.answer):
        return False
    own = spaces.scale_of(one.answer)
    if own is None or shown.scale is None:
        return own is None and shown.scale is None
    return {level.code for level in own.levels} >= {level.code for level in shown.scale.levels}


def _are_numbers(own: Any, shown: Any) -> bool:
    if own.type == "percent":
        return isinstance(shown, Calculated) and shown.unit == "%"
    return own.type == "decimal" and shown.type in ("integer", "percent", "money", "calculated")
