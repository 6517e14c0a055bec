"""Numbers that an author typed. The form prints its own, and they change when a question moves; an id never should."""

from __future__ import annotations

import re

from qaf_forms.define.advice.asking import askings
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.placed_items import placed_items
from qaf_forms.define.yaml_source import Steps
from qaf_forms.problems import Code

_NUMBER_FOR_AN_ID = re.compile(r"(?:q|question|item|row|grid|table|group|section|part|[a-z])_?\d+[a-z]?(?:_\d+[a-z]?)*")
_NUMBER_BEFORE_WORDS = re.compile(
    r"\W*(?:(?:Q|Question) ?\d[\d.]*[a-z]?|[A-Z]?\d+(?:\.\d+)+[a-z]?|[A-Z]?\d+[.):])(?=[.):\s])"
)


def advise_on_numbers(form: Form, findings: Findings) -> None:
    """Ids that are nothing but a number, and words that begin with one."""
    for item, steps in placed_items(form):
        _advise_on_id(item.id, (*steps, "id"), findings)
    for asking in askings(form):
        if asking.key == "text":
            row_id = findings.source.find((*asking.steps, "id"))
            _advise_on_id(row_id.text if row_id else None, (*asking.steps, "id"), findings)
        number = _NUMBER_BEFORE_WORDS.match(asking.words)
        if number:
            found = number[0].strip()
            reason = f"the words begin with a number of their own, {found!r}, beside the one that the form prints"
            advice = "leave the number out"
            findings.add(Code.TYPED_NUMBER, asking.place, value=found, reason=reason, suggestion=advice)


def _advise_on_id(id_: str | None, steps: Steps, findings: Findings) -> None:
    if id_ and _NUMBER_FOR_AN_ID.fullmatch(id_):
        reason = f"the id {id_!r} looks like a printed number, which will be another one when questions move"
        advice = "say what is asked, such as seen_alone; do so before the form is first issued"
        findings.add(Code.TYPED_NUMBER, steps, value=id_, reason=reason, suggestion=advice)
