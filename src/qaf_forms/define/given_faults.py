"""Checks what a definition gives itself: cells of grids, and the rows that tables come with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qaf_forms.define.answer_types import Choice, Choices, YesNo
from qaf_forms.define.companions import with_companion_columns
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.given import value_of, wanted
from qaf_forms.define.grid_rows import placed_rows
from qaf_forms.define.items import Grid, GridRow, Table
from qaf_forms.define.scale import Scale
from qaf_forms.define.stand_ins import is_stand_in
from qaf_forms.define.suggesting import suggestion
from qaf_forms.define.yaml_source import Steps
from qaf_forms.problems import Code


def check_given(form: Form, items: Iterable[tuple[Any, Steps]], findings: Findings) -> None:
    """Everything given stands in a column that there is, and fits it; locked rows can be told apart."""
    check = _Check(form, findings)
    for item, steps in items:
        if isinstance(item, Grid):
            for row, where in placed_rows(item, steps):
                if isinstance(row, GridRow):
                    check.values(item, row.given, (*where, "given"), row.cells)
        elif isinstance(item, Table) and item.prefill:
            check.table(item, (*steps, "prefill"))


class _Check:
    def __init__(self, form: Form, findings: Findings) -> None:
        self.form, self.findings = form, findings

    def table(self, table: Table, steps: Steps) -> None:
        """The rows of a table, and which of their columns are locked."""
        assert table.prefill is not None
        for number, name in enumerate(table.prefill.locked):
            self._column(table, name, (*steps, "locked", number))
        for number, row in enumerate(table.prefill.rows):
            self.values(table, row, (*steps, "rows", number), {})
        self._check_told_apart(table, steps)

    def values(self, block: Grid | Table, given: Mapping[str, Any], steps: Steps, cells: Mapping[str, Any]) -> None:
        """What is given in one row."""
        columns = self._columns(block)
        for name, written in given.items():
            if name not in columns:
                self._column(block, name, (*steps, name))
                continue
            answer = cells.get(name, columns[name])
            scale = self._scale(answer)
            if scale is None and getattr(answer, "scale", None) is not None:
                continue
            if value_of(answer, scale, written) is None:
                shown = "; ".join(written) if isinstance(written, tuple) else written
                title = columns[name].title
                advice = wanted(answer, scale)
                self.findings.add(Code.UNFIT_GIVEN, (*steps, name), value=shown, column=title, suggestion=advice)

    def _scale(self, answer: Any) -> Scale | None:
        """The scale of an answer; none also where it is unknown or faulty, which is told elsewhere."""
        scale = answer.scale if isinstance(answer, Choice | Choices | YesNo) else None
        scale = self.form.scales.get(scale) if isinstance(scale, str) else scale
        return scale if scale and not any(is_stand_in(level.code) for level in scale.levels) else None

    def _columns(self, block: Grid | Table) -> dict[str, Any]:
        """The columns by id, those too that the form makes for what an answer leaves open."""
        return {column.id: column for column in with_companion_columns(block, self._scale).columns}

    def _column(self, block: Grid | Table, name: str, steps: Steps) -> None:
        known = list(self._columns(block))
        if name not in known and not self.findings.is_doubtful_id(name):
            advice = suggestion(name, [column for column in known if not is_stand_in(column)])
            self.findings.add(Code.UNKNOWN_COLUMN, steps, at_key=True, value=name, suggestion=advice)

    def _check_told_apart(self, table: Table, steps: Steps) -> None:
        """Rows come back sorted, or some are gone: what is locked in a row must say which it is."""
        assert table.prefill is not None
        locked = table.prefill.locked
        if not set(locked) <= self._columns(table).keys():
            return
        first: dict[tuple[Any, ...], int] = {}
        for number, row in enumerate(table.prefill.rows):
            words = tuple(row.get(name) for name in locked)
            where: Steps = (*steps, "rows", number)
            if locked and not any(words):
                self.findings.add(Code.NOTHING_LOCKED, where, columns=" or ".join(locked))
            elif locked and words in first:
                line = self.findings.line((*steps, "rows", first[words]))
                self.findings.add(Code.ROWS_ALIKE, where, line=line, columns=" and ".join(locked))
            first.setdefault(words, number)
