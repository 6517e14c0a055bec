"""The judge of mangled files is strict: what it lets pass was said somewhere, and what it counts came back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qaf_forms import Return, Toolkit
from qaf_forms.define.condition import Value
from qaf_forms.issue.answers import nest
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin import Code, Extra
from tests.collect.printing import form_of
from tests.laws.judged import recovered, silently_wrong

KIT = Toolkit()
FORM = form_of(
    {"id": "alone", "type": "yes_no", "ask": "Was the child seen alone?"},
    {"id": "story", "type": "paragraph", "ask": "What happened in the period?"},
    {
        "id": "acts",
        "type": "table",
        "ask": "Actions",
        "blank_rows": 3,
        "columns": [{"id": "what", "title": "Action", "type": "text"}, {"id": "lead", "title": "Lead", "type": "text"}],
    },
)
LAYOUT = Layout(FORM)
VALUES: dict[str, Value] = {
    "alone": "yes",
    "story": "We met the family twice",
    "acts[1].what": "Train the staff",
    "acts[2].what": "Write a policy",
}


@pytest.fixture(scope="module")
def returned() -> Return:
    return KIT.read(KIT.render(FORM, "word", answers=nest(VALUES), role=None), FORM)


def extra(text: str) -> tuple[Extra, ...]:
    return (Extra("text", "table 1 row 2", text),)


def test_what_came_back_is_right(returned: Return) -> None:
    assert silently_wrong(returned, VALUES, LAYOUT) == []
    assert recovered(returned, VALUES, LAYOUT) == 1.0


@pytest.mark.parametrize(
    ("text", "wrong"), [("", ["alone"]), ("Yes, and the family no", ["alone"]), ("No", []), ("Yes", ["alone"])]
)
def test_a_short_answer_is_kept_by_an_extra_of_its_own_only(returned: Return, text: str, wrong: list[str]) -> None:
    changed = replace(returned, extras=extra(text))
    assert silently_wrong(changed, {**VALUES, "alone": "no"}, LAYOUT) == wrong


def test_an_extra_speaks_for_one_answer() -> None:
    lost = replace(KIT.read(KIT.render(FORM, "word"), FORM), extras=extra("Train the staff"))
    rows: dict[str, Value] = {"acts[1].what": "Train the staff", "acts[2].what": "Train the staff"}
    assert silently_wrong(lost, rows, LAYOUT) == ["acts[2].what"]


def test_a_long_answer_may_stand_in_a_longer_text(returned: Return) -> None:
    changed = replace(returned, extras=extra("as said: We met the family thrice"))
    assert silently_wrong(changed, {**VALUES, "story": "We met the family thrice"}, LAYOUT) == []


def test_rows_are_judged_in_their_order(returned: Return) -> None:
    swapped = {**VALUES, "acts[1].what": "Write a policy", "acts[2].what": "Train the staff"}
    assert silently_wrong(returned, swapped, LAYOUT) == ["acts[1].what", "acts[2].what"]


def test_a_row_in_which_everything_is_asked_about_is_a_row(returned: Return) -> None:
    asked = Code.SHARED_SPACE.problem(key="acts[1].what", value="Train the staff", names="")
    left = {key: answer for key, answer in returned.answers.items() if key != "acts[1].what"}
    assert silently_wrong(replace(returned, answers=left, problems=(asked,)), VALUES, LAYOUT) == []
    assert silently_wrong(replace(returned, answers=left), VALUES, LAYOUT) == ["acts[1].what", "acts[2].what"]


@pytest.mark.parametrize(("key", "wrong"), [("alone", []), ("story", ["alone"]), ("", ["alone"])])
def test_a_problem_speaks_for_the_answer_that_it_names(returned: Return, key: str, wrong: list[str]) -> None:
    changed = replace(returned, problems=(Code.NOT_ON_THE_SCALE.problem(key=key, value="x", levels=""),))
    assert silently_wrong(changed, {**VALUES, "alone": "no"}, LAYOUT) == wrong


def test_an_answer_that_nobody_gave_is_wrong(returned: Return) -> None:
    given = {key: value for key, value in VALUES.items() if key != "story"}
    assert silently_wrong(returned, given, LAYOUT) == ["story"]
