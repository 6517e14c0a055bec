"""Answers from a stranger's JSON: absurdly deep, long or large, and never repeated in the text of an error."""

from __future__ import annotations

from typing import Any

import pytest

from qaf_forms import AnswersError, Toolkit
from tests.hostile.making import CANARY, FORM


def _nested(depth: int) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for _ in range(depth):
        nested = {"actions": nested}
    return nested


def _listed(depth: int) -> list[Any]:
    listed: list[Any] = []
    for _ in range(depth):
        listed = [listed]
    return listed


@pytest.mark.parametrize(
    "answers",
    [
        _nested(100_000),
        {"case_ref": _listed(100_000)},
        {"case_ref": 10**5000},
        {"visits": 10**5000},
        {"visits": "1e999999999"},
        {"visits": "1e-999999999"},
        {"visits": 1e300},
        {"actions": [{"what": {"deep": 1}}]},
        {"case_ref": "a\x0bb"},
        {"case_ref": "\ud800"},
    ],
    ids=["mappings", "lists", "digits", "number", "power", "fraction", "float", "answer", "control", "half"],
)
def test_what_no_form_has_is_refused(answers: dict[str, Any]) -> None:
    with pytest.raises(AnswersError):
        Toolkit().render(FORM, "text", answers=answers)


@pytest.mark.parametrize("key", ["visits", "seen_on"])
def test_the_error_does_not_repeat_what_was_given(key: str) -> None:
    with pytest.raises(AnswersError) as refused:
        Toolkit().render(FORM, "text", answers={key: CANARY})
    assert CANARY not in f"{refused.value}{refused.value!r}"
    assert CANARY in refused.value.problems[0].value
