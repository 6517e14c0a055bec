"""What an agency is asked to do about a problem."""

from __future__ import annotations

import pytest

from qaf_forms.collect.asking import asked
from qaf_forms.define.form import Form
from qaf_forms.issue.layout import Layout
from qaf_forms.problems import Code


def ask(type_: str, count: int) -> str:
    levels = [{"code": f"l{number}", "label": f"Level {number}"} for number in range(1, count + 1)]
    item = {"id": "who", "type": type_, "ask": "Who?", "scale": {"levels": levels}}
    section = {"id": "s", "title": "S", "items": [item]}
    form = {"id": "f", "version": "1", "title": "F", "kind": "record", "owner": "O", "sections": [section]}
    problem = Code.NOT_ON_THE_SCALE.problem(key="who", place="", value="by phone", levels="any")
    return asked(problem, Layout(Form.model_validate(form)).field("who"))


@pytest.mark.parametrize(
    ("type_", "count", "words"),
    [
        ("choice", 2, "please choose one of: Level 1, Level 2"),
        ("choice", 13, "please choose one of the printed answers"),
        ("choices", 2, "please tick each answer that applies: Level 1, Level 2"),
        ("choices", 13, "please tick each answer that applies"),
    ],
)
def test_one_answer_is_to_be_chosen_or_several_ticked_and_a_dozen_are_named(type_: str, count: int, words: str) -> None:
    assert ask(type_, count) == words
