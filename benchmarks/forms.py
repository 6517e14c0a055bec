"""The forms that are measured: of a given number of questions, filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from math import ceil
from typing import Any

from qaf_forms import Form, Recipient, Return, Round, Status, Toolkit
from qaf_forms.issue.answers import flatten

_MOST_SECTIONS = 50
_SCALE = {
    "levels": [
        {"code": "yes", "label": "Yes"},
        {"code": "partly", "label": "Partly"},
        {"code": "no", "label": "No"},
        {"code": "na", "label": "N/A", "is_na": True},
    ]
}


def form_of(questions: int) -> Form:
    """A case audit with this many answers: half of them levels, half of them evidence, in at most fifty sections."""
    rows = [
        {"id": f"r{number}", "text": f"Is standard {number} met for this child in the period?"}
        for number in range(questions // 2)
    ]
    columns: list[dict[str, Any]] = [
        {"id": "answer", "title": "Answer", "type": "choice", "scale": "ypn", "required": True},
        {"id": "evidence", "title": "Evidence", "type": "paragraph"},
    ]
    size = max(10, ceil(len(rows) / _MOST_SECTIONS))
    grids = [
        {
            "id": f"section{start}",
            "title": f"Section from {start}",
            "items": [{"type": "grid", "id": f"g{start}", "columns": columns, "rows": rows[start : start + size]}],
        }
        for start in range(0, len(rows), size)
    ]
    written = {"id": "measured", "version": "1", "title": "Measured", "kind": "case_audit", "owner": "Anytown"}
    return Form.model_validate({**written, "scales": {"ypn": _SCALE}, "sections": grids})


def definition_of(questions: int) -> str:
    """A definition as an author writes it: so many questions, in sections of ten, each with its help."""
    lines = ["id: measured", 'version: "1"', "title: Measured", "kind: self_assessment", "owner: Anytown", "sections:"]
    for number in range(questions):
        if number % 10 == 0:
            lines += [f"  - id: section_{number}", f"    title: Part {number // 10 + 1}", "    items:"]
        lines += [
            f"      - id: standard_{number}",
            "        type: choice",
            "        scale: yes_partly_no_na",
            f"        ask: Was standard {number + 1} met for this child in the period audited?",
            "        help: Look at the last three visits, and at what the child said.",
            "        required: true",
        ]
    return "\n".join([*lines, ""])


def filled(toolkit: Toolkit, form: Form, format_: str) -> bytes:
    """The form with every answer given, as one file."""
    layout = toolkit.layout(form)
    answers: dict[str, Any] = {}
    for number, field in enumerate(layout.fields):
        grid, row, column = field.key.split(".")
        text = f"Seen alone on visit {number}; recorded in the child’s own words in the case file."
        answers.setdefault(grid, {}).setdefault(row, {})[column] = "partly" if column == "answer" else text
    assert len(flatten(layout, answers)) == len(layout.fields)
    return toolkit.render(form, format_, answers=answers)


def reading(toolkit: Toolkit, form: Form, data: bytes) -> Callable[[], Return]:
    """Reads a file of a form in which every answer is given. It was read once: what a blank copy prints is known."""
    read = partial(toolkit.read, data, form)
    assert read().status is Status.COMPLETE
    return read


def round_of(form: str, format_: str, copies: int) -> Round:
    """A round of a shipped form with so many recipients."""
    recipients = [
        Recipient(id=f"school-{number}", agency=f"School {number}", contact=f"head{number}@example.org", format=format_)
        for number in range(copies)
    ]
    return Round(
        id="measured",
        form_name=form,
        issued=date(2025, 3, 14),
        return_by=date(2025, 4, 11),
        return_to="audits@example.org",
        recipients=tuple(recipients),
    )
