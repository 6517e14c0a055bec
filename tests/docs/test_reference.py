"""The reference is made from the code, and says what the code says."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
from tools import reference
from tools.documented.definitions import documented_models
from tools.documented.hooks import hook_functions
from tools.documented.printed_words import printed_words_models

from qaf_forms import Code
from qaf_forms.define.json_schema import definition_schema

PAGES = reference.DOCS / "reference"


@pytest.mark.parametrize(("path", "text"), [pytest.param(*one, id=one[0].stem) for one in reference.written()])
def test_the_page_is_in_step(path: Path, text: str) -> None:
    assert path.exists(), "run `uv run python tools/reference.py`"
    assert path.read_text(encoding="utf-8") == text, "run `uv run python tools/reference.py`"


@pytest.mark.parametrize("code", Code)
def test_every_problem_code_is_in_the_reference(code: Code) -> None:
    assert f"| {code.value.code} |" in (PAGES / "problem-codes.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "hook"), list(hook_functions().items()))
def test_every_hook_is_documented_with_its_arguments(name: str, hook: Any) -> None:
    page = (PAGES / "hooks.md").read_text(encoding="utf-8")
    assert hook.__doc__
    assert "versionadded" in hook.__doc__, "since when?"
    assert f"### `{name}{inspect.signature(hook)}`".replace("'", "") in page


def test_every_model_of_the_schema_is_in_the_reference() -> None:
    parts = (
        "Audience",
        "Kind",
        "Method",
        "Use",
        "RefinedItem",
        "RefinedSection",
    )  # all told with what they are part of
    models = {name for name in definition_schema()["$defs"] if name not in parts}
    assert models - documented_models() - printed_words_models() == set()
