"""Shipped forms with an answer to everything they ask, or with answers that can be told apart."""

from __future__ import annotations

import random
from functools import cache

from qaf_forms import Toolkit
from qaf_forms.define.answer_types import Control
from qaf_forms.define.condition import Value
from qaf_forms.issue.calculating import with_calculated
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from tests.laws.generated import an_answer_to_everything, generated

KIT = Toolkit()
SHIPPED = [form.id for form in KIT.forms()]


@cache
def filled(name: str) -> dict[str, Value]:
    """Answers to a form."""
    return an_answer_to_everything(KIT.layout(KIT.form(name)))


def told_apart(name: str, *, sparse: bool = False) -> dict[str, Value]:
    """Answers to a form of which each text says where it was typed, and levels are drawn; `sparse` leaves out many."""
    layout = KIT.layout(KIT.form(name))
    values = generated(layout, 3)[-1] if sparse else filled(name)
    chance = random.Random(name)
    typed = {key: field for key in values if (field := layout.field(key)) and not field.calculation}
    told = {key: _told(field, values[key], chance, layout) for key, field in typed.items()}
    return with_calculated(layout, told)


def _told(field: Field, value: Value, chance: random.Random, layout: Layout) -> Value:
    if field.key in layout.given:
        return value
    if field.control is Control.ONE_OF and field.scale:
        return chance.choice(field.scale.levels).code
    longest = getattr(field.answer, "max_length", None) or len(f"typed at {field.key}")
    return f"typed at {field.key}"[-longest:] if field.type in ("text", "paragraph") else value
