"""The checks of a definition that the types alone cannot make: names that must exist, must differ, or must fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qaf_forms.define.answer_types import Calculated, Choice, Choices, Date
from qaf_forms.define.calculation_faults import check_calculations, check_weights
from qaf_forms.define.change_faults import check_changes
from qaf_forms.define.companion_faults import check_companions
from qaf_forms.define.condition_faults import check_conditions
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import NIL_KEY, Form, NilReturn
from qaf_forms.define.given_faults import check_given
from qaf_forms.define.grid_rows import placed_rows
from qaf_forms.define.group_faults import check_groups
from qaf_forms.define.id_faults import check_ids, check_roles
from qaf_forms.define.items import Grid, GridRow, Group, Note, Table
from qaf_forms.define.last_faults import check_last_answers
from qaf_forms.define.placed_items import placed_items
from qaf_forms.define.questions import AGENCY, CalculatedColumn, CalculatedQuestion
from qaf_forms.define.scale import Scale
from qaf_forms.define.scale_faults import check_scale
from qaf_forms.define.spaces import Spaces
from qaf_forms.define.stand_ins import is_stand_in
from qaf_forms.define.suggesting import suggestion
from qaf_forms.define.wording_faults import check_titles, check_wording
from qaf_forms.define.yaml_source import Source, Steps
from qaf_forms.problems import Code, Problem


def form_faults(form: Form, source: Source, doubtful: frozenset[Steps], shared: Iterable[str]) -> list[Problem]:
    """Everything wrong with a form beyond its types. `form` has stand-ins where `doubtful` says so."""
    findings = Findings(source, doubtful)
    check = _Check(form, findings, shared)
    for name, scale in form.scales.items():
        check_scale(scale, ("scales", name), findings)
    check.nil_return()
    check_ids(form, findings)
    check_roles(form, findings)
    check.items()
    check.unused_scales()
    check_wording(form, findings)
    check_given(form, placed_items(form), findings)
    spaces = Spaces(form)
    check_groups(form, spaces, findings)
    check_companions(form, list(placed_items(form)), spaces.scale_of, findings)
    check_changes(form, spaces, findings)
    check_last_answers(spaces, findings)
    check_conditions(spaces, findings)
    check_weights(placed_items(form), check_calculations(spaces, findings), spaces, findings)
    return findings.problems


class _Check:
    """The checks of a form's parts, one after another."""

    def __init__(self, form: Form, findings: Findings, shared: Iterable[str]) -> None:
        self.form, self.findings = form, findings
        scales = findings.source.find(("scales",))
        written = scales.children if scales and isinstance(scales.children, dict) else {}
        self.scales = list(dict.fromkeys([*form.scales, *written, *shared]))
        self.used: set[str] = set()

    def nil_return(self) -> None:
        """The answers that waive the form are on its scale, and leave one that does not."""
        nil = self.form.nil_return
        if nil is None:
            return
        scale = self._scale(nil, ("nil_return",))
        if scale is None or any(is_stand_in(level.code) for level in scale.levels):
            return
        codes = [level.code for level in scale.levels]
        for number, code in enumerate(nil.waives_when):
            if code not in codes:
                steps: Steps = ("nil_return", "waives_when", number)
                advice = suggestion(code, codes)
                self.findings.add(Code.NOT_A_LEVEL, steps, value=code, question=NIL_KEY, suggestion=advice)
        if set(nil.waives_when) >= set(codes):
            reason = "every answer to nil_return waives the rest of the form"
            advice = "leave out the answers of those who should go on"
            self.findings.add(Code.WRONG_VALUE, ("nil_return", "waives_when"), reason=reason, suggestion=advice)

    def items(self) -> None:
        """Every item, column and row uses names that exist."""
        for item, steps in placed_items(self.form):
            if isinstance(item, Note):
                continue
            if isinstance(item, Grid | Table):
                for number, column in enumerate(item.columns):
                    self._asked(column, (*steps, "columns", number))
                check_titles(item, steps, self.findings)
            elif not isinstance(item, Group):
                self._asked(item, steps)
            if isinstance(item, Grid):
                self._rows(item, steps)
            if isinstance(item, Table) and item.printed_rows < item.min_rows:
                reason = f"{item.min_rows} rows are needed, but only {item.printed_rows} are printed (blank_rows)"
                advice = "raise blank_rows or lower min_rows"
                self.findings.add(
                    Code.WRONG_VALUE, (*steps, "min_rows"), value=item.min_rows, reason=reason, suggestion=advice
                )

    def _asked(self, asked: Any, steps: Steps) -> None:
        role = asked.filled_by
        known = [AGENCY, *self.form.roles]
        lost = self.findings.has_doubts_in(("roles",))
        if role not in known and not lost and not is_stand_in(role):
            advice = suggestion(role, self.form.roles)
            self.findings.add(Code.UNKNOWN_ROLE, (*steps, "filled_by"), value=role, suggestion=advice)
        self._answer(asked, steps)
        if isinstance(asked, CalculatedQuestion | CalculatedColumn) and asked.required:
            reason = "it is worked out, so nobody can be asked for it"
            self.findings.add(Code.WRONG_VALUE, (*steps, "required"), reason=reason, suggestion="remove it")

    def _answer(self, answer: Any, steps: Steps) -> None:
        if isinstance(answer, Choice | Choices) or (isinstance(answer, Calculated) and answer.scale is not None):
            self._scale(answer, steps)
        if isinstance(answer, Date) and answer.earliest and answer.latest and answer.earliest > answer.latest:
            reason = f"the earliest date {answer.earliest} is after the latest {answer.latest}"
            self.findings.add(
                Code.WRONG_VALUE,
                (*steps, "earliest"),
                value=answer.earliest,
                reason=reason,
                suggestion="change one of them",
            )

    def _scale(self, holder: Choice | Choices | Calculated | NilReturn, steps: Steps) -> Scale | None:
        """The scale that is used there, after a check that there is one."""
        where = (*steps, "scale")
        if isinstance(holder.scale, Scale):
            check_scale(holder.scale, where, self.findings)
            return holder.scale
        if holder.scale is None:
            return None
        self.used.add(holder.scale)
        if holder.scale not in self.scales and not is_stand_in(holder.scale):
            advice = suggestion(holder.scale, self.scales, "the scales are:")
            self.findings.add(Code.UNKNOWN_SCALE, where, value=holder.scale, suggestion=advice)
        return self.form.scales.get(holder.scale)

    def _rows(self, grid: Grid, steps: Steps) -> None:
        for row, where in placed_rows(grid, steps):
            if isinstance(row, GridRow):
                self._row(grid, row, where)
        if not grid.asked:
            reason, advice = "the grid has headings and no row that is answered", "add a row with id: and text:"
            self.findings.add(Code.WRONG_VALUE, (*steps, "rows"), reason=reason, suggestion=advice)

    def _row(self, grid: Grid, row: GridRow, steps: Steps) -> None:
        columns = {column.id: column for column in reversed(grid.columns)}
        named: list[tuple[str, Mapping[str, Any]]] = [("cells", row.cells), ("descriptors", row.descriptors)]
        for part, mapping in named:
            for name in mapping:
                if name not in columns and not self.findings.is_doubtful_id(name):
                    advice = suggestion(name, [column for column in columns if not is_stand_in(column)])
                    where = (*steps, part, name)
                    self.findings.add(Code.UNKNOWN_COLUMN, where, at_key=True, value=name, suggestion=advice)
        for name, cell in row.cells.items():
            self._answer(cell, (*steps, "cells", name))
        for name, levels in row.descriptors.items():
            answer = row.cells.get(name, columns.get(name))
            self._descriptors(answer, levels, (*steps, "descriptors", name))

    def _descriptors(self, answer: Any, levels: Mapping[str, str], steps: Steps) -> None:
        if answer is None:
            return
        scale = getattr(answer, "scale", None)
        scale = self.form.scales.get(scale) if isinstance(scale, str) else scale
        is_choice = isinstance(answer, Choice | Choices)
        if (is_choice and scale is None) or (scale and any(is_stand_in(level.code) for level in scale.levels)):
            return
        codes = [level.code for level in scale.levels] if scale else []
        for code in levels:
            if code not in codes:
                advice = suggestion(code, codes) if codes else "only columns with a scale have levels to describe"
                self.findings.add(
                    Code.NOT_A_LEVEL,
                    (*steps, code),
                    at_key=True,
                    value=code,
                    question=str(steps[-1]),
                    suggestion=advice,
                )

    def unused_scales(self) -> None:
        """Own scales that nothing uses."""
        if self.findings.may_hide("scale"):
            return
        for name in self.form.scales:
            if name not in self.used:
                self.findings.add(Code.UNUSED_SCALE, ("scales", name), at_key=True, value=name)
