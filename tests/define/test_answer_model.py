"""The typed model of a form's answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from pydantic import ValidationError

from qaf_forms.define.condition import Value
from qaf_forms.define.form import Form
from qaf_forms.define.library import Library
from qaf_forms.issue.answers import nest
from qaf_forms.testing import filled_forms


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
