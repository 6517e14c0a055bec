"""Every shipped form, filled, after all that happens to Word files: nothing is silently wrong, and little is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from qaf_forms import Return
from qaf_forms.define.condition import Value
from qaf_forms.issue.answers import nest
from qaf_forms.plugin import show
from tests.laws.filled import KIT, SHIPPED, filled
from tests.laws.mangled_word import MANGLED, added_rows, deleted_rows, mangled

_LEAST_RECOVERED = 0.995


def issued(name: str) -> bytes:
    return KIT.render(KIT.form(name), answers=nest(filled(name)), role=None)


def silently_wrong(returned: Return, values: Mapping[str, Value]) -> list[str]:
    """Answers that are not what they were, without anything that says so; and those that nobody gave."""
    layout = KIT.layout(KIT.form(returned.form))
    said = {problem.key for problem in returned.problems}
    extras = "\n".join(extra.text for extra in returned.extras)
    wrong = []
    for key, value in values.items():
        field = layout.field(key)
        is_kept = field is not None and show(field, value) in extras
        if returned.values.get(key) != value and key not in said and not is_kept and not field.calculation:  # type: ignore[union-attr]
            wrong.append(key)
    return wrong + [key for key in returned.values if key not in values and key not in said]


def recovered(returned: Return, values: Mapping[str, Value]) -> float:
    return sum(returned.values.get(key) == value for key, value in values.items()) / len(values)


@pytest.mark.parametrize("way", MANGLED)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_form_that_went_through_much_is_read_as_it_was_filled_in(name: str, way: str) -> None:
    values = filled(name)
    returned = KIT.read(MANGLED[way](issued(name)), KIT.form(name))
    assert silently_wrong(returned, values) == []
    assert recovered(returned, values) >= _LEAST_RECOVERED


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_left_when_rows_are_deleted_is_right(name: str) -> None:
    values = filled(name)
    returned = KIT.read(mangled(issued(name), deleted_rows), KIT.form(name))
    assert _differing(returned, {key: values[key] for key in returned.values if key in values}) == []
    assert recovered(returned, values) > 0.5


@pytest.mark.parametrize("name", SHIPPED)
def test_a_row_that_somebody_added_is_kept(name: str) -> None:
    values = filled(name)
    returned = KIT.read(mangled(issued(name), added_rows), KIT.form(name))
    assert _differing(returned, values) == []
    kept = "\n".join([*(str(value) for value in returned.values.values()), *(one.text for one in returned.extras)])
    kept += "\n".join(problem.value for problem in returned.problems)
    tables = sum(1 for section in KIT.layout(KIT.form(name)).sections for _ in section.blocks)
    assert kept.count("added below") > 0 or not tables


def _differing(returned: Return, values: Mapping[str, Value]) -> list[str]:
    layout = KIT.layout(KIT.form(returned.form))
    fields = ((key, layout.field(key)) for key in _keys(values))
    counted = [key for key, field in fields if field is not None and not field.calculation]
    return [key for key in counted if returned.values.get(key) != values[key]]


def _keys(values: Mapping[str, Value]) -> Iterable[str]:
    return values.keys()
