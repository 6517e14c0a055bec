"""The typed model of a form's answers, and the schema of definitions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from pydantic import ValidationError
from ruamel.yaml import YAML
from tools.schema import SCHEMA, WORDING_SCHEMA, texts

from qaf_forms.define.condition import Value
from qaf_forms.define.form import Form
from qaf_forms.define.json_schema import definition_schema, wording_schema
from qaf_forms.define.library import Library, shipped_folder
from qaf_forms.issue.answers import nest
from qaf_forms.testing import filled_forms

SHIPPED = sorted(path for path in shipped_folder("tool_definitions").rglob("*.yaml") if path.name != "scales.yaml")
WORDINGS = [path for path in SHIPPED if "wording_of:" in path.read_text(encoding="utf-8")]
FORMS = [path for path in SHIPPED if path.parent.name != "blocks" and path not in WORDINGS]


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


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.name)
def test_the_committed_schema_is_in_step_with_the_models(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == texts()[path]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_shipped_definition_fits_the_schema(path: Path) -> None:
    written: Any = YAML(typ="safe", pure=True).load(path)
    jsonschema.Draft202012Validator(definition_schema()).validate(written)


@pytest.mark.parametrize("path", WORDINGS, ids=lambda path: path.stem)
def test_every_shipped_wording_fits_the_schema(path: Path) -> None:
    written: Any = YAML(typ="safe", pure=True).load(path)
    jsonschema.Draft202012Validator(wording_schema()).validate(written)


@pytest.mark.parametrize("path", [*FORMS, *WORDINGS], ids=lambda path: path.stem)
def test_every_shipped_definition_names_the_schema_in_its_first_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    steps = "../" * (len(path.relative_to(SCHEMA.parent).parts) - 1)
    schema = WORDING_SCHEMA if path in WORDINGS else SCHEMA
    assert first == f"# yaml-language-server: $schema={steps}{schema.name}"
