"""What must be answered where nobody can, or where it makes no row complete."""

from __future__ import annotations

from typing import Any

from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.items import Grid, Group, Table
from qaf_forms.define.placed_items import placed_items
from qaf_forms.define.yaml_source import Steps
from qaf_forms.problems import Code


def advise_on_requirements(form: Form, findings: Findings) -> None:
    """Blocks that must be filled in for people who may not be there, and rows of which nothing is needed."""
    for item, steps in placed_items(form):
        if isinstance(item, Group) and item.copies > 1 and item.min_copies is None and not item.has_fixed_places:
            _advise_on_copies(item, steps, findings)
        if isinstance(item, Table) and item.min_rows and not any(column.required for column in item.columns):
            findings.add(Code.EMPTY_ROWS, (*steps, "min_rows"), value=item.min_rows)


def _advise_on_copies(group: Group, steps: Steps, findings: Findings) -> None:
    for number, item in enumerate(group.items):
        here = (*steps, "items", number)
        parts: list[tuple[Any, Steps]] = [(item, here)]
        if isinstance(item, Grid):
            parts = [(column, (*here, "columns", place)) for place, column in enumerate(item.columns)]
        for part, where in parts:
            if getattr(part, "required", False) is True and not getattr(part, "when", None):
                findings.add(Code.EVERY_COPY, (*where, "required"), value=group.each, copies=group.copies)
