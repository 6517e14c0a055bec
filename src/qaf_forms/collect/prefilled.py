"""Compares a return with what was already in the copy when it was issued.

What the partnership wrote into a copy comes back as answers of its own: that is nothing to report, unless they changed
on the way. And a return in which nothing else stands is blank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qaf_forms.collect.returns import Return, Status
from qaf_forms.define.condition import Value
from qaf_forms.define.questions import EVERY_ROLE
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import show
from qaf_forms.problems import Code, Problem

_OTHER_ROLE = Code.OTHER_ROLE.value.code


def as_issued(returned: Return, layout: Layout, issued: Mapping[str, Value]) -> Return:
    """The return with its problems as they are in the light of the answers that were issued with it."""
    if not issued or returned.status is Status.UNREADABLE:
        return returned
    values = returned.values
    kept = [
        problem
        for problem in returned.problems
        if problem.code != _OTHER_ROLE or values.get(problem.key) != issued.get(problem.key)
    ]
    changed = [said for key in issued if (said := _change(key, returned, layout, issued[key]))]
    status = Status.BLANK if all(issued.get(key) == value for key, value in values.items()) else returned.status
    return replace(returned, status=status, problems=tuple(kept + changed))


def _change(key: str, returned: Return, layout: Layout, issued: Value) -> Problem | None:
    """A problem, if something that was not the respondent's to change was changed."""
    field = layout.field(key)
    answer = returned.answers.get(key)
    if field is None or returned.role in (field.role, EVERY_ROLE) or (answer is not None and answer.value == issued):
        return None
    place = f"section {field.section}, question {field.code}"
    if answer is not None:
        place = f"{place}, {answer.place}"
    return Code.CHANGED_PREFILL.problem(
        key=key, place=place, value=answer.raw if answer else "", issued=show(field, issued), role=field.role_title
    )
