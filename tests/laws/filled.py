"""Shipped forms with an answer to everything they ask."""

from __future__ import annotations

from functools import cache

from hypothesis import HealthCheck, Phase, given, settings

from qaf_forms import Toolkit
from qaf_forms.define.condition import Value
from qaf_forms.testing import answers_for

KIT = Toolkit()
SHIPPED = [form.id for form in KIT.forms()]


@cache
def filled(name: str) -> dict[str, Value]:
    """Answers to a form: the second that are generated, since the first are the plainest there are."""
    generated: list[dict[str, Value]] = []

    @given(values=answers_for(KIT.layout(KIT.form(name)), every=True))
    @settings(
        max_examples=2,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def generate(values: dict[str, Value]) -> None:
        generated.append(values)

    generate()
    return generated[-1]
