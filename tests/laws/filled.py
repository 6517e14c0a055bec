"""Shipped forms with an answer to everything they ask."""

from __future__ import annotations

from functools import cache

from qaf_forms import Toolkit
from qaf_forms.define.condition import Value
from tests.laws.generated import an_answer_to_everything

KIT = Toolkit()
SHIPPED = [form.id for form in KIT.forms()]


@cache
def filled(name: str) -> dict[str, Value]:
    """Answers to a form."""
    return an_answer_to_everything(KIT.layout(KIT.form(name)))
