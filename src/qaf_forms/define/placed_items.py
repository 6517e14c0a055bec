"""The items of a form with the way to each in its definition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qaf_forms.define.form import Form
from qaf_forms.define.items import Group
from qaf_forms.define.yaml_source import Steps


def placed_items(form: Form) -> Iterator[tuple[Any, Steps]]:
    """Every item of a form with the way to it, those inside groups too."""
    parts: list[tuple[tuple[Any, ...], Steps]] = []
    if form.nil_return:
        parts.append((form.nil_return.items, ("nil_return", "items")))
    parts += [(section.items, ("sections", number, "items")) for number, section in enumerate(form.sections)]
    for items, steps in parts:
        for number, item in enumerate(items):
            yield item, (*steps, number)
            if isinstance(item, Group):
                yield from ((inner, (*steps, number, "items", place)) for place, inner in enumerate(item.items))
