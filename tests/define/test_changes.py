"""What became of the questions of an earlier version."""

from __future__ import annotations

from pathlib import Path

import pytest

from qaf_forms import Toolkit
from qaf_forms.define.changes import Became, notes_by_key
from qaf_forms.define.form import Form
from tests.define.forms import form_with, told

ITEMS = """
    - {id: q1j, type: integer, ask: How many staff are trained?}
    - {id: q1k, type: text, ask: Who is the link governor?}
    - id: core
      type: grid
      columns: [{id: answer, title: Answer, type: yes_no}, {id: proof, title: Proof, type: paragraph}]
      rows: [{id: seen_alone, text: Seen alone?}, {id: heard, text: Heard?}]
    - id: actions
      type: table
      ask: Actions
      columns: [{id: action, title: Action, type: text}, {id: due, title: Due, type: date}]
    - id: child
      type: group
      ask: Children
      copies: 2
      items: [{id: years, type: integer, ask: Age}]
"""
CHANGES = """
changes:
  "2023.1":
    q1j: {now: q1k, how: same}
    core.alone: {now: core.seen_alone, how: reworded}
    core.*.evidence: {now: core.*.proof, how: same}
    plan: {now: actions, how: same}
    child.age: {now: child.years, how: reworded}
    grade: {now: core.heard, how: replaced}
    note: dropped
    core.heard: new
"""


@pytest.fixture(scope="module")
def form() -> Form:
    return form_with(ITEMS, CHANGES)


@pytest.mark.parametrize(
    ("key", "now", "how"),
    [
        ("q1j", "q1k", "same"),
        ("core.alone.answer", "core.seen_alone.answer", "reworded"),
        ("plan[3].due", "actions[3].due", "same"),
        ("child[2].age", "child[2].years", "reworded"),
        ("actions[1].due", None, "dropped"),
        ("note", None, "dropped"),
        ("core.heard.answer", None, "dropped"),
        ("never_there", None, "dropped"),
        ("q1k", None, "dropped"),
    ],
)
def test_a_question_is_followed_to_where_it_is_now(form: Form, key: str, now: str | None, how: str) -> None:
    assert form.became("2023.1", key) == Became(now, how)  # type: ignore[arg-type]  # `how` is one of the words


def test_a_column_that_was_renamed_is_followed_in_every_row() -> None:
    form = form_with(ITEMS, 'changes: {"0": {core.*.evidence: {now: core.*.proof, how: same}}}')
    assert form.became("0", "core.heard.evidence") == Became("core.heard.proof", "same")
    assert form.became("0", "core.heard.answer") == Became("core.heard.answer", "same")


def test_only_the_same_question_carries_its_answer(form: Form) -> None:
    assert form.became("2023.1", "q1j").carries
    assert form.became("2023.1", "core.alone.answer").carries
    replaced = form_with(ITEMS, 'changes: {"0": {grade: {now: q1j, how: replaced}}}').became("0", "grade")
    assert (replaced.key, replaced.carries) == ("q1j", False)


def test_of_a_version_that_nobody_spoke_of_every_key_is_the_same_question(form: Form) -> None:
    assert form.became("2020", "q1j") == Became("q1j", "same")
    assert form.became("2020", "core.alone.answer") == Became(None, "dropped")


def test_words_that_go_with_an_answer_go_where_it_goes() -> None:
    items = "- {id: whom, type: choice, ask: Whom?, scale: {levels: [{code: a, label: A, specify: which?}]}}"
    form = form_with(items, 'changes: {"0": {who: {now: whom, how: same}}}')
    assert form.became("0", "who_specify") == Became("whom_specify", "same")


def test_what_changed_can_be_said_of_each_question(form: Form) -> None:
    notes = notes_by_key(form)
    assert notes["core.seen_alone.answer"] == "core.alone in 2023.1, reworded"
    assert notes["core.heard.answer"] == "grade in 2023.1, replaced; new since 2023.1"
    assert "core.*.evidence in 2023.1, same" in notes["core.heard.proof"]


def test_what_is_said_to_be_now_must_be_here_and_be_one_question() -> None:
    changes = """
    changes:
      "0":
        a: {now: q1jj, how: same}
        b: {now: q1j, how: same}
        c: {now: q1j, how: reworded}
        nobody: new
        d: {now: core.heard.answer, how: replaced}
      "1": {q1k: dropped}
    """
    assert [(code, int(place.split(":")[0]), fix) for code, place, fix in told(ITEMS, changes)] == [
        ("D039", 28, "did you mean 'q1j'?"),
        ("D004", 30, "say of one of them that it was replaced or dropped"),
        ("D039", 31, "write the id of a question, such as known or core.seen_alone"),
        ("D004", 33, "name an earlier version, whose questions these are"),
    ]


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ("droped", "write dropped, new, or {now: its key, how: same}"),
        ("{how: same}", "write dropped, new, or {now: its key, how: same}"),
        ("{now: q1k, how: dropped}", "write dropped, new, or {now: its key, how: same}"),
    ],
)
def test_a_change_that_cannot_be_says_how_one_is_written(written: str, fix: str) -> None:
    ((code, _, advice),) = told(ITEMS, f'changes: {{"0.9": {{x: {written}}}}}')
    assert (code, advice) == ("D004", fix)


EARLIER = """
id: school
version: "2023"
title: School
kind: record
owner: A partnership
sections:
  - id: s
    title: S
    items:
      - {id: q1j, type: text, ask: Who is the link governor?}
      - {id: q1m, type: text, ask: What else?}
      - id: core
        type: grid
        columns: [{id: answer, title: Answer, type: yes_no}, {id: proof, title: Proof, type: text}]
        rows: [{id: a, text: A?}, {id: b, text: B?}]
"""
LATER = """
id: school
version: "2024"
title: School
kind: record
owner: A partnership
changes:
  "2023":
    q1j: {now: q1k, how: same}
    typo: dropped
sections:
  - id: s
    title: S
    items:
      - {id: q1j, type: integer, ask: How many staff are trained?}
      - {id: q1k, type: text, ask: Who is the link governor?}
      - id: core
        type: grid
        columns: [{id: answer, title: Answer, type: yes_no}, {id: why, title: Why?, type: text}]
        rows: [{id: a, text: A?}, {id: c, text: C?}]
      - id: more
        type: table
        ask: More
        columns: [{id: x, title: X, type: text}]
"""


@pytest.mark.parametrize("folder_is_given", [True, False])
def test_check_names_what_is_not_accounted_for_where_it_finds_the_earlier_version(
    tmp_path: Path, folder_is_given: bool
) -> None:
    (tmp_path / "school_2023.yaml").write_text(EARLIER, encoding="utf-8")
    path = tmp_path / "school_2024.yaml"
    path.write_text(LATER, encoding="utf-8")
    problems = Toolkit([tmp_path] if folder_is_given else []).check(path)
    said = [(problem.code, problem.place.rpartition("yaml:")[2], problem.value) for problem in problems]
    assert [one for one in said if one[0] != "D056"] == [
        ("D041", "8:3", "q1m, core.*.proof, core.b"),
        ("D042", "8:3", "core.*.why, core.c, more"),
        ("D040", "10:5", "typo"),
    ]
    assert all(problem.is_warning for problem in problems)


def test_check_is_content_when_every_question_is_accounted_for(tmp_path: Path) -> None:
    (tmp_path / "school_2023.yaml").write_text(EARLIER, encoding="utf-8")
    path = tmp_path / "school_2024.yaml"
    named = "    q1m: dropped\n    core.*.proof: {now: core.*.why, how: replaced}\n    core.b: dropped\n"
    named += "    core.c: new\n    more: new\n"
    path.write_text(LATER.replace("    typo: dropped\n", named), encoding="utf-8")
    assert {problem.code for problem in Toolkit().check(path)} <= {"D056"}, "ids like numbers are another matter"
