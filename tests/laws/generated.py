"""Answers that are generated once, and the same in every run."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings

from qaf_forms.define.condition import Value
from qaf_forms.issue.layout import Layout
from qaf_forms.testing import answers_for


def generated(layout: Layout, count: int, *, every: bool = False) -> list[dict[str, Value]]:
    """So many sets of answers to a form, the plainest first; with `every` each answers all that people answer."""
    found: list[dict[str, Value]] = []

    @given(values=answers_for(layout, every=every))
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def take(values: dict[str, Value]) -> None:
        found.append(values)

    take()
    return found


def an_answer_to_everything(layout: Layout) -> dict[str, Value]:
    """The second that are generated, since the first are the plainest there are."""
    return generated(layout, 2, every=True)[-1]
