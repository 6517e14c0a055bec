"""Law 1 on every shipped form, in its own words and others: whatever it can be answered with comes back."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qaf_forms import Return, Toolkit
from qaf_forms.define.condition import Value
from qaf_forms.issue.answers import nest
from qaf_forms.testing import answers_for
from qaf_forms.testing.contract import ONLY_IF_MISREAD
from tests.laws.filled import filled
from tests.office import Office

_IS_FULL = os.environ.get("QAF_FORMS_PROFILE") == "full"
_WHOLE_FORMS = settings(
    max_examples=40 if _IS_FULL else 2,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking three hundred answers takes minutes
    suppress_health_check=list(HealthCheck),
    deadline=None,
)
"""Few: a filled form of three hundred questions takes a quarter of a second in each format."""


@cache
def toolkit() -> Toolkit:
    return Toolkit()


SHIPPED = [(form.id, wording) for form in toolkit().forms() for wording in ("", *form.wordings)]


@pytest.mark.parametrize("format_", ["word", "excel"])
@pytest.mark.parametrize(("name", "wording"), SHIPPED)
@given(data=st.data())
@_WHOLE_FORMS
def test_answers_to_a_shipped_form_come_back(name: str, wording: str, format_: str, data: st.DataObject) -> None:
    form = toolkit().form(name)
    every = data.draw(st.sampled_from([True, False]), label="every space is filled")
    role = data.draw(st.sampled_from([None, "agency"]), label="the role whose spaces are open")
    values = data.draw(answers_for(toolkit().layout(form), every=every))
    rendered = toolkit().render(form, format_, answers=nest(values), role=role, wording=wording)
    _assert_came_back(toolkit().read(rendered, form), values)


@pytest.mark.libreoffice
@pytest.mark.parametrize("format_", ["word", "excel"])
@pytest.mark.parametrize(("name", "wording"), SHIPPED)
def test_answers_to_a_shipped_form_come_back_after_libreoffice_saved_it(
    office: Office, name: str, wording: str, format_: str, tmp_path: Path
) -> None:
    form = toolkit().form(name)
    values = filled(name)
    suffix = toolkit().suffix(format_)
    sent = tmp_path / f"filled{suffix}"
    sent.write_bytes(toolkit().render(form, format_, answers=nest(values), role=None, wording=wording))
    _assert_came_back(toolkit().read(office.convert(sent, tmp_path / f"saved{suffix}"), form), values)


def _assert_came_back(returned: Return, values: Mapping[str, Value]) -> None:
    wrong = {key: (one, returned.values.get(key)) for key, one in values.items() if one != returned.values.get(key)}
    assert not wrong
    assert returned.values.keys() == values.keys()
    assert returned.extras == ()
    assert not [problem for problem in returned.problems if problem.code in ONLY_IF_MISREAD]
