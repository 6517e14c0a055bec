"""The spaces that show last answers, as they come back: nobody's to change, and no answers of this return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qaf_forms.collect.returns import Answer, Return
from qaf_forms.define.condition import Value
from qaf_forms.issue.fields import Field
from qaf_forms.issue.given import Issued
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import show
from qaf_forms.problems import Code, Problem


def is_last_answer(layout: Layout, key: str) -> bool:
    """Whether the space of this key shows a last answer."""
    field = layout.field(key)
    return field is not None and field.shows_last is not None


def changed_last_answers(returned: Return, layout: Layout, issued: Issued) -> Iterator[Problem]:
    """A problem for each space that shows something else than when it was issued.

    Of a table only what is new in a column is said: people delete and sort rows, and the last answers go with them.
    """
    in_tables: dict[tuple[str, str], Counter[Value]] = {}
    keys = dict.fromkeys([*issued.values, *returned.answers])
    shown = [(key, field) for key in keys if (field := layout.field(key)) and field.shows_last]
    for key, field in shown:
        if field.table and key in issued.values:
            in_tables.setdefault((field.table, field.column), Counter())[issued.values[key]] += 1
    for key, field in shown:
        answer, was = returned.answers.get(key), issued.values.get(key)
        if field.table:
            left = in_tables.get((field.table, field.column), Counter[Value]())
            if answer is not None and left[answer.value] > 0:
                left[answer.value] -= 1
                continue
            was = None
        if (answer.value if answer else None) != was:
            yield _changed(field, answer, was, layout)


def _changed(field: Field, answer: Answer | None, was: Value | None, layout: Layout) -> Problem:
    place = f"section {field.section}, question {field.code}"
    place = f"{place}, {field.column_title}" if field.column else place
    facts = {"key": field.key, "place": f"{place}, {answer.place}" if answer else place}
    raw = answer.raw if answer else ""
    if was is None:
        return Code.TYPED_IN_LAST.problem(**facts, value=raw)
    owner = layout.form.owner
    return Code.CHANGED_PREFILL.problem(**facts, value=raw, issued=show(field, was), role=owner)
