"""How a return is judged against what was filled in: nothing may be wrong in silence."""

from __future__ import annotations

from collections.abc import Mapping

from qaf_forms import Return
from qaf_forms.define.condition import Value
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin import show
from qaf_forms.problems import Code

_TELLS_NOTHING = frozenset({Code.REQUIRED.value.code})
"""That an answer is needed does not say that one was given and is gone."""
_LEAST_TELLING = 8
"""Shorter texts stand anywhere: an extra with such a word in it does not show that the answer was kept."""


def silently_wrong(layout: Layout, returned: Return, values: Mapping[str, Value]) -> list[str]:
    """The keys of answers that differ from what was filled in, and of those that nobody gave, without a word on it."""
    told = {problem.key for problem in returned.problems if problem.code not in _TELLS_NOTHING}
    extras = "\n".join(extra.text for extra in returned.extras)
    wrong = []
    for key in [*values, *(key for key in returned.values if key not in values)]:
        field = layout.field(key)
        if returned.values.get(key) == values.get(key) or field is None or field.calculation is not None:
            continue
        block = field.table or (key.rpartition(".")[0].rpartition(".")[0] if field.column else "")
        shown = show(field, values[key]) if key in values else ""
        is_kept = len(shown) >= _LEAST_TELLING and shown in extras
        if not is_kept and key not in told and not (block and block in told):
            wrong.append(key)
    return wrong


def recovered(returned: Return, values: Mapping[str, Value]) -> float:
    """The share of answers that came back as they were."""
    return sum(returned.values.get(key) == value for key, value in values.items()) / len(values)
