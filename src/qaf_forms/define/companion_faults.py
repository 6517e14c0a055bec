"""The check that no id is that of a space which the form makes by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qaf_forms.define.companions import ScaleOf, companions_of, numbered_columns
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.items import Grid, Table
from qaf_forms.define.yaml_source import Steps
from qaf_forms.problems import Code

Placed = list[tuple[Any, Steps]]


def check_companions(form: Form, placed: Placed, scale_of: ScaleOf, findings: Findings) -> None:
    """Report every item and column with the id of a companion. `placed` are the items with the way to each."""
    asking = [item for item, _ in placed]
    if form.nil_return:
        asking.append(form.nil_return.as_question())
    made = {companion.id: item.id for item in asking for companion in companions_of(item, scale_of)}
    _report(((item.id, (*steps, "id")) for item, steps in placed), made, findings)
    for block, steps in placed:
        if isinstance(block, Grid | Table):
            _check_columns(block, steps, scale_of, findings)


def _check_columns(block: Grid | Table, steps: Steps, scale_of: ScaleOf, findings: Findings) -> None:
    made, written = {}, []
    owner = ""
    for number, column in numbered_columns(block, scale_of):
        if number is None:
            made[column.id] = owner
        else:
            owner = column.id
            written.append((column.id, (*steps, "columns", number, "id")))
    _report(written, made, findings)


def _report(written: Iterable[tuple[str | None, Steps]], made: dict[str, str], findings: Findings) -> None:
    for identity, steps in written:
        if identity in made:
            findings.add(Code.COMPANION_ID, steps, value=identity, owner=made[identity])
