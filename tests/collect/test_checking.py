"""What is said of a return: what is missing, what should not be there, how far it got; and its way to JSON and back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from qaf_forms.collect.returns import Return, Status
from qaf_forms.define.condition import Value
from qaf_forms.define.form import Form
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Cell, Contents, Extra, Route
from qaf_forms.problems import Code
from qaf_forms.testing.generated_answers import filled_forms
from tests.collect.printing import checked, document, form_of, read, sheet, space, without

ALONE = {"id": "alone", "type": "yes_no", "ask": "Was the child seen alone?", "required": True}
WHY = {"id": "why", "type": "text", "ask": "Why not?", "required": True, "when": {"alone": "no"}}
OVERALL = {"id": "overall", "type": "choice", "ask": "Overall level", "scale": "met", "required": True}
REASON = {"id": "reason", "type": "text", "ask": "Reason", "required": {"when": {"overall": "na"}}}
MODERATED = {"id": "moderated", "type": "text", "ask": "Moderated level", "required": True, "filled_by": "partnership"}
ROLES = {"agency": "Auditing agency", "partnership": "Strategic Support Unit"}
ACTIONS: dict[str, Any] = {
    "id": "actions",
    "type": "table",
    "ask": "Actions",
    "blank_rows": 2,
    "min_rows": 1,
    "columns": [
        {"id": "action", "title": "Action", "type": "text", "required": True},
        {"id": "due", "title": "By when", "type": "date", "required": True},
        {"id": "late", "title": "Why late", "type": "text", "when": {"action": "answered"}},
    ],
}
NIL = {
    "ask": "Is the child known to you?",
    "scale": {"levels": [{"code": "known", "label": "Known"}, {"code": "not_known", "label": "Not known"}]},
    "waives_when": ["not_known"],
    "items": [{"id": "searched", "type": "text", "ask": "Where did you look?", "required": True}],
}


def returned(form: Form, values: dict[str, Value], role: str = "agency") -> Return:
    layout = Layout(form)
    return checked(document(layout, values), layout, role)


def said(one: Return) -> list[tuple[str, str]]:
    return [(_name(problem.code), problem.key) for problem in one.problems]


def _name(code: str) -> str:
    return next(one.name for one in Code if one.value.code == code)


def test_a_complete_return_has_no_problems() -> None:
    one = returned(form_of(ALONE, WHY), {"alone": "yes"})
    assert (one.status, one.problems, one.extras) == (Status.COMPLETE, (), ())


def test_a_required_answer_that_is_missing_is_asked_for_where_it_should_stand() -> None:
    (problem,) = returned(form_of(ALONE), {}).problems
    assert (problem.code, problem.key, problem.message) == ("R101", "alone", "no answer")
    assert problem.place == "section A, question A1, table 1 row 2 column 2"


def test_a_return_without_any_answer_is_blank() -> None:
    assert returned(form_of(ALONE, REASON | {"required": False}), {}).status is Status.BLANK


def test_an_answer_can_be_required_because_of_another() -> None:
    form = form_of(OVERALL, REASON)
    assert said(returned(form, {"overall": "na"})) == [("REQUIRED", "reason")]
    assert said(returned(form, {"overall": "met"})) == []
    assert returned(form, {"overall": "na"}).status is Status.PARTIAL


def test_a_question_whose_condition_does_not_hold_is_not_missed_and_its_answer_is_said() -> None:
    form = form_of(ALONE, WHY)
    assert said(returned(form, {"alone": "yes"})) == []
    assert said(returned(form, {"alone": "no"})) == [("REQUIRED", "why")]
    one = returned(form, {"alone": "yes", "why": "asleep"})
    assert said(one) == [("NOT_ASKED", "why")]
    assert one.problems[0].message == "answered, though it is asked only if A1 is No"
    assert one.status is Status.COMPLETE


def test_an_answer_that_cannot_be_read_is_a_problem_and_not_missed_besides() -> None:
    layout = Layout(form_of(ALONE, OVERALL))
    contents = document(layout, {"overall": "met"})
    space(contents, layout, "alone").value = "perhaps"
    one = checked(contents, layout)
    assert said(one) == [("NOT_ON_THE_SCALE", "alone")]
    assert (one.problems[0].value, one.status) == ("perhaps", Status.PARTIAL)


def test_a_required_space_that_is_gone_is_another_matter_than_an_empty_one() -> None:
    layout = Layout(form_of(ALONE, OVERALL))
    contents = document(layout, {"alone": "yes"})
    del contents.tables[1]
    assert said(checked(contents, layout)) == [("SPACE_LOST", "overall")]


def test_a_nil_return_needs_only_its_own_page() -> None:
    form = form_of(ALONE, ACTIONS, nil_return=NIL)
    assert returned(form, {"nil_return": "not_known", "searched": "records"}).status is Status.NIL
    assert said(returned(form, {"nil_return": "not_known"})) == [("REQUIRED", "searched")]
    assert ("REQUIRED", "alone") in said(returned(form, {"nil_return": "known", "searched": "records"}))


def test_a_nil_return_with_judgements_is_doubted() -> None:
    one = returned(form_of(ALONE, nil_return=NIL), {"nil_return": "not_known", "searched": "all", "alone": "yes"})
    assert said(one) == [("NIL_BUT_ANSWERED", "nil_return")]
    assert one.problems[0].place.startswith("section A, question A1, table 1 row")
    assert one.values["alone"] == "yes"


def test_what_another_role_answers_is_neither_missed_nor_taken_in_silence() -> None:
    form = form_of(ALONE, MODERATED, roles=ROLES)
    assert said(returned(form, {"alone": "yes"})) == []
    one = returned(form, {"alone": "yes", "moderated": "good"})
    assert said(one) == [("OTHER_ROLE", "moderated")]
    assert one.problems[0].message == "filled in, though this part is for Strategic Support Unit"


def test_for_another_role_its_own_answers_are_the_ones_that_count() -> None:
    form = form_of(ALONE, MODERATED, roles=ROLES)
    assert said(returned(form, {"alone": "yes"}, "partnership")) == [
        ("OTHER_ROLE", "alone"),
        ("REQUIRED", "moderated"),
    ]


def test_a_row_that_was_begun_needs_its_required_columns() -> None:
    one = returned(form_of(ACTIONS), {"actions[1].action": "Visit", "actions[4].action": "Call"})
    assert said(one) == [("REQUIRED", "actions[1].due"), ("REQUIRED", "actions[2].due")]
    sparse = checked(
        without(sheet(Layout(form_of(ACTIONS)), {"actions[1].action": "Visit"}), Route.NAME, Route.KEY),
        Layout(form_of(ACTIONS)),
    )
    assert said(sparse) == [("REQUIRED", "actions[1].due")]


def test_a_table_can_need_rows() -> None:
    assert said(returned(form_of(ALONE, ACTIONS), {"alone": "yes"})) == [("REQUIRED", "actions")]


def test_a_condition_in_a_row_means_the_same_row() -> None:
    late = {"actions[1].due": "", "actions[1].late": "ill", "actions[2].action": "Call", "actions[2].late": "leave"}
    values = {key: value for key, value in late.items() if value}
    assert ("NOT_ASKED", "actions[1].late") in said(returned(form_of(ACTIONS), dict(values)))
    assert ("NOT_ASKED", "actions[2].late") not in said(returned(form_of(ACTIONS), dict(values)))


def test_problems_stand_in_printed_order_those_of_the_file_first() -> None:
    layout = Layout(form_of(OVERALL, ACTIONS, ALONE))
    contents = document(layout, {f"actions[{number}].action": "Visit" for number in range(1, 13)})
    contents.problems.append(Code.HAS_MACROS.problem(what="macros"))
    keys = [problem.key for problem in checked(contents, layout).problems]
    assert keys == ["", "overall", *(f"actions[{number}].due" for number in range(1, 13)), "alone"]


def test_a_remark_on_a_cell_is_said_at_its_question() -> None:
    layout = Layout(form_of(ALONE))
    contents = document(layout)
    cell = space(contents, layout, "alone")
    cell.value, cell.remarks = "Yes", (Code.BY_FORMULA.problem(value="Yes"),)
    one = checked(contents, layout)
    assert one.values == {"alone": "yes"}
    assert [(problem.code, problem.key, problem.place) for problem in one.problems] == [
        ("R115", "alone", "section A, question A1, table 1 row 2 column 2")
    ]


def test_an_error_in_a_cell_is_no_answer_and_no_empty_space() -> None:
    layout = Layout(form_of(ALONE))
    contents = document(layout)
    cell = space(contents, layout, "alone")
    cell.value, cell.remarks = "", (Code.CELL_ERROR.problem(value="#REF!"),)
    one = checked(contents, layout)
    assert said(one) == [("CELL_ERROR", "alone")]
    assert one.status is Status.PARTIAL


@given(filled=filled_forms())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_return_survives_its_way_to_json_and_back(filled: tuple[Form, dict[str, Value]]) -> None:
    form, values = filled
    layout = Layout(form)
    contents: Contents = document(layout, values)
    contents.extras.append(Extra("comment", "table 1", "a comment"))
    contents.tables[:0] = [type(table)(table.place, [[Cell(9, "beside", "p")]]) for table in contents.tables[:1]]
    one = checked(contents, layout)
    assert Return.from_json(json.loads(json.dumps(one.to_json())), layout) == one


@pytest.mark.parametrize(
    "typed", ["12345678901234567890", "3.14159265358979323846", 0.1 + 0.2, 1e300, "1" + "0" * 50, 123456789012345]
)
def test_a_number_that_was_read_is_the_same_after_json(typed: str | float) -> None:
    layout = Layout(form_of({"id": "n", "type": "decimal", "ask": "How many?"}))
    contents = document(layout)
    space(contents, layout, "n").value = typed
    one = checked(contents, layout)
    assert one.values.get("n") is None or isinstance(one.values["n"], Decimal)
    assert Return.from_json(json.loads(json.dumps(one.to_json())), layout) == one


def test_json_has_the_shape_that_scripts_rely_on() -> None:
    written = returned(form_of(ALONE, ACTIONS), {"alone": "yes", "actions[1].action": "Visit"}).to_json()
    assert written["answers"] == {"alone": "yes", "actions": [{"action": "Visit"}]}
    assert list(written)[:8] == ["file", "form", "version", "status", "stamp", "answers", "problems", "extras"]
    assert set(written["problems"][0]) == {"code", "key", "place", "value", "message", "fix"}


@pytest.mark.parametrize(
    ("typed", "codes"), [("14/03/2025", {"R154"}), ("12th March 2025", set()), ("", {"R101", "R163"})]
)
def test_a_date_other_than_the_one_picked_is_read_as_it_stands_and_said(typed: str, codes: set[str]) -> None:
    form = form_of({"type": "date", "id": "seen_on", "ask": "Date last seen", "required": True})
    contents = document(Layout(form))
    cell = space(contents, Layout(form), "seen_on")
    cell.value, cell.stored = typed, date(2025, 3, 12)
    returned = read(contents, form)
    assert {problem.code for problem in returned.problems} == codes
    if codes == {"R154"}:
        assert returned.values == {"seen_on": date(2025, 3, 14)}
        assert "12/03/2025" in returned.problems[0].message
