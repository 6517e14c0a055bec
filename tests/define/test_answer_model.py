"""The typed model of a form's answers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from qaf_forms.define.condition import Value
from qaf_forms.define.form import Form
from qaf_forms.define.library import Library
from qaf_forms.errors import AnswersError
from qaf_forms.issue.answers import flatten, nest
from qaf_forms.issue.layout import Layout
from qaf_forms.testing import filled_forms
from tests.define.forms import form_with


@given(filled=filled_forms())
def test_the_answer_model_takes_every_valid_set_of_answers(filled: tuple[Form, dict[str, Value]]) -> None:
    form, answers = filled
    nested = nest(answers)
    model = form.answer_model()
    assert model.model_validate(nested).model_dump(mode="json", exclude_unset=True).keys() == nested.keys()


def test_the_answer_model_refuses_what_the_form_does_not_ask() -> None:
    model = Library().form("neglect_case_audit").answer_model()
    with pytest.raises(ValidationError):
        model.model_validate({"no_such_question": "x"})
    with pytest.raises(ValidationError):
        model.model_validate({"nil_return": "perhaps"})


TYPES = ("month", "fraction", "email", "percent", "money", "decimal", "integer")
TYPED = form_with("".join(f"- {{id: {type_}, type: {type_}, ask: {type_.capitalize()}}}\n" for type_ in TYPES))


@pytest.mark.parametrize(
    ("type_", "fits", "does_not"),
    [
        ("month", "2025-03", ["2025-13", "March 2025", "0000-01", "2025-3", 3]),
        ("fraction", "5/6", ["5 of 6", "6/5", "5", 0.83]),
        ("email", "a.person@example.org", ["nonsense", "a@b", "a@example.org, b@example.org"]),
        ("percent", 45, ["45%", "most", "NaN", "1234567890123456"]),
        ("money", "10.50", ["10.505", "£10"]),
        ("decimal", 2.5, ["2,5", "inf"]),
        ("integer", 3, [3.5, "three"]),
    ],
)
def test_the_answer_model_takes_an_answer_as_it_is_written_and_nothing_else(
    type_: str, fits: Any, does_not: list[Any]
) -> None:
    model, layout = TYPED.answer_model(), Layout(TYPED)
    assert list(flatten(layout, {type_: fits})) == [type_]
    model.model_validate({type_: fits})
    for written in does_not:
        with pytest.raises(ValidationError):
            model.model_validate({type_: written})
        with pytest.raises(AnswersError):
            flatten(layout, {type_: written})


def test_the_schema_of_the_answers_tells_other_programs_how_they_are_written() -> None:
    properties = TYPED.answer_model().model_json_schema()["properties"]
    patterns = {name: properties[name]["anyOf"][0].get("pattern") for name in ("month", "fraction", "email")}
    assert patterns["month"] == "^[0-9]{4}-(0[1-9]|1[0-2])$"
    assert None not in patterns.values()
