"""Calculated answers of returns: always worked out anew, and compared with what stands in their spaces."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from qaf_forms import Status, Toolkit
from qaf_forms.collect.returns import Return
from qaf_forms.define.condition import Value
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Contents, Route
from qaf_forms.problems import Code
from tests.collect.printing import checked, document, form_of, sheet, space

GRID: dict[str, Any] = {
    "id": "core",
    "type": "grid",
    "ask": "Standards",
    "columns": [{"id": "level", "title": "Level", "type": "choice", "scale": "met"}],
    "rows": [{"id": name, "text": f"Are children {name}?"} for name in ("seen", "heard", "helped")],
}
POINTS = {
    "id": "points",
    "type": "calculated",
    "ask": "Score",
    "calculate": "percent_of_possible",
    "of": ["core.level"],
}
BANDS = {"not_met": 0, "partly": 50, "met": 80}
GRADE = {"id": "grade", "type": "calculated", "ask": "Grade", "calculate": "band", "of": ["points"], "scale": "met"}
WHY = {"id": "why", "type": "text", "ask": "Why so low?", "required": True, "when": {"grade": "not_met"}}
RISKS: dict[str, Any] = {
    "id": "risks",
    "type": "table",
    "ask": "Risks",
    "blank_rows": 3,
    "columns": [
        {"id": "likelihood", "title": "Likelihood", "type": "integer"},
        {"id": "impact", "title": "Impact", "type": "integer"},
        {"id": "score", "title": "Score", "type": "calculated", "calculate": "product", "of": ["likelihood", "impact"]},
    ],
}
FORM = form_of(GRID, POINTS, {**GRADE, "bands": BANDS}, WHY, RISKS)
LAYOUT = Layout(FORM)
LEVELS: dict[str, Value] = {"core.seen.level": "met", "core.heard.level": "partly", "core.helped.level": "na"}
POINTED = {"points": Decimal("83.3"), "grade": "met"}  # 5 of 6


def returned(values: dict[str, Value], typed: dict[str, str | float] | None = None) -> Return:
    """The return with these answers, and this typed into calculated spaces."""
    contents = document(LAYOUT, values)
    for key, text in (typed or {}).items():
        space(contents, LAYOUT, key).value = text
    return checked(contents, LAYOUT)


def test_calculated_answers_are_there_though_nobody_gave_them() -> None:
    one = returned(LEVELS)
    assert one.values == LEVELS | POINTED
    assert one.problems == ()
    assert (one.answers["points"].route, one.answers["points"].raw) == (Route.COMPUTED, "")
    assert list(one.answers) == ["core.seen.level", "core.heard.level", "core.helped.level", "points", "grade"]
    assert Return.from_json(one.to_json(), LAYOUT) == one


@pytest.mark.parametrize("typed", ["83.3", "83.3%", "83.34", 83.3333, "83.25", " 83.30 per cent"])
def test_what_agrees_to_the_last_place_shown_is_nothing_to_report(typed: str | float) -> None:
    one = returned(LEVELS, {"points": typed, "grade": "fully met"})
    assert one.problems == ()
    assert one.values["points"] == Decimal("83.3")
    assert one.answers["grade"].raw == "fully met"


@pytest.mark.parametrize("typed", ["83", "83.36", "8", "see attached", "N/A"])
def test_what_differs_is_told_with_both_and_the_answers_decide(typed: str) -> None:
    one = returned(LEVELS, {"points": typed})
    (problem,) = one.problems
    assert (problem.code, problem.key, problem.value, problem.is_warning) == ("R146", "points", typed, True)
    assert problem.message == f"{typed!r} stands here, but the answers come to 83.3%, which is used"
    assert problem.place.startswith("section A, question A2, table ")
    assert one.values == LEVELS | POINTED
    assert one.status is Status.COMPLETE


def test_another_band_is_told() -> None:
    (problem,) = returned(LEVELS, {"grade": "Partly met"}).problems
    assert problem.message == "'Partly met' stands here, but the answers come to Fully met, which is used"


def test_what_stands_where_nothing_can_be_worked_out_is_kept_as_a_problem() -> None:
    one = returned({}, {"points": "75"})
    assert [(problem.code, problem.value) for problem in one.problems] == [("R147", "75")]
    assert one.values == {}
    assert one.status is Status.BLANK


def test_a_calculated_answer_decides_what_is_needed() -> None:
    low: dict[str, Value] = {"core.seen.level": "not_met", "core.heard.level": "not_met"}
    assert [(problem.code, problem.key) for problem in returned(low).problems] == [("R101", "why")]
    assert [problem.code for problem in returned({**LEVELS, "why": "Because"}).problems] == ["R111"]


@pytest.mark.parametrize("print_", [document, sheet])
def test_a_space_that_is_lost_or_untouched_is_nothing_to_report(print_: Any) -> None:
    contents: Contents = print_(LAYOUT, LEVELS)
    assert checked(contents, LAYOUT).values == LEVELS | POINTED
    cell = space(contents, LAYOUT, "points")
    for row in (row for table in contents.tables for row in table.rows):
        row[:] = [other for other in row if other is not cell]
    one = checked(contents, LAYOUT)
    assert (one.values, one.problems) == (LEVELS | POINTED, ())


def test_a_formula_in_a_calculated_space_is_as_it_should_be() -> None:
    contents = document(LAYOUT, LEVELS)
    cell = space(contents, LAYOUT, "points")
    cell.value, cell.remarks = 83.3, (Code.BY_FORMULA.problem(value="=A1"),)
    assert checked(contents, LAYOUT).problems == ()
    cell.value, cell.remarks = "", (Code.CELL_ERROR.problem(value="#REF!"),)
    assert [problem.code for problem in checked(contents, LAYOUT).problems] == ["R116"]


def test_a_row_in_which_only_a_score_stands_is_no_row_and_the_score_is_not_lost() -> None:
    rows: dict[str, Value] = {
        "risks[1].likelihood": 2,
        "risks[1].impact": 3,
        "risks[3].likelihood": 4,
        "risks[3].impact": 5,
    }
    one = returned(rows, {"risks[2].score": "9"})
    assert one.values == {
        "risks[1].likelihood": 2,
        "risks[1].impact": 3,
        "risks[1].score": 6,
        "risks[2].likelihood": 4,
        "risks[2].impact": 5,
        "risks[2].score": 20,
    }
    assert [(problem.code, problem.value) for problem in one.problems] == [("R147", "9")]


def test_only_a_respondents_own_answers_make_a_return() -> None:
    theirs = {**GRID, "columns": [{**GRID["columns"][0], "filled_by": "partnership"}]}
    form = form_of(theirs, POINTS, roles={"agency": "Agency", "partnership": "Unit"})
    layout = Layout(form)
    one = checked(document(layout, LEVELS), layout)
    assert (one.status, one.values["points"]) == (Status.BLANK, Decimal("83.3"))


@pytest.mark.parametrize("format_", ["word", "excel"])
def test_stored_results_are_worked_out_anew_when_a_copy_is_made(format_: str) -> None:
    toolkit = Toolkit()
    answers = {"core": {"seen": {"level": "met"}}, "points": 12, "grade": "not_met"}
    one = toolkit.read(toolkit.render(FORM, format_, answers=answers), FORM)
    assert one.values == {"core.seen.level": "met", "points": 100, "grade": "met"}
    assert one.answers["points"].raw in ("100.0%", "100")
    assert one.problems == ()


TWO_JUDGES: list[dict[str, Any]] = [
    {
        "id": "g",
        "type": "grid",
        "columns": [
            {"id": "own", "title": "Own", "type": "integer"},
            {"id": "theirs", "title": "Theirs", "type": "integer", "filled_by": "unit"},
            {"id": "gap", "title": "Gap", "type": "calculated", "calculate": "difference", "of": ["theirs", "own"]},
        ],
        "rows": [{"id": "r", "text": "R?"}],
    },
    {"id": "double", "type": "calculated", "ask": "Twice", "calculate": "sum", "of": ["g.own", "g.own"]},
    {"id": "mean", "type": "calculated", "ask": "Mean gap", "calculate": "mean", "of": ["g.gap"]},
]
JUDGED = form_of(*TWO_JUDGES, roles={"agency": "Agency", "unit": "Unit"})
BOTH = {"g": {"r": {"own": 2, "theirs": 5}}}


def test_a_copy_that_hides_what_a_result_stands_on_neither_shows_nor_knows_it() -> None:
    toolkit = Toolkit()
    hidden = toolkit.read(toolkit.render(JUDGED, "word", answers=BOTH, hide_others=True), JUDGED)
    assert (hidden.values, hidden.extras) == ({"g.r.own": 2, "double": 4}, ())
    open_ = toolkit.read(toolkit.render(JUDGED, "word", answers=BOTH), JUDGED)
    assert open_.values == {"g.r.own": 2, "g.r.theirs": 5, "g.r.gap": 3, "double": 4, "mean": 3}


def test_copies_of_two_roles_together_give_what_neither_gives_alone() -> None:
    toolkit = Toolkit()
    ours = toolkit.read(toolkit.render(JUDGED, "word", answers={"g": {"r": {"own": 2}}}), JUDGED, name="ours.docx")
    unit = {"g": {"r": {"theirs": 5}}}
    theirs_file = toolkit.render(JUDGED, "word", answers=unit, role="unit", hide_others=True)
    theirs = toolkit.read(theirs_file, JUDGED, name="theirs.docx")
    assert ("g.r.gap" in ours.values, "g.r.gap" in theirs.values) == (False, False)
    (together,) = toolkit.merge([ours, theirs], JUDGED).values()
    assert together.values == {"g.r.own": 2, "g.r.theirs": 5, "g.r.gap": 3, "double": 4, "mean": 3}
    assert together.answers["g.r.own"].place.startswith("ours.docx, ")
    assert together.answers["g.r.gap"].route is Route.COMPUTED
    assert toolkit.latest([ours, theirs], JUDGED).values == together.values
    assert together.problems == ()


def test_what_was_typed_into_a_copy_is_judged_by_all_copies_together() -> None:
    toolkit = Toolkit()
    layout = Layout(JUDGED)
    contents = document(layout, {"g.r.own": 2})
    space(contents, layout, "mean").value = "3"
    space(contents, layout, "g.r.gap").value = "4"
    ours = checked(contents, layout)
    assert [problem.code for problem in ours.problems] == ["R147", "R147"]
    theirs = checked(document(layout, {"g.r.theirs": 5}), layout, "unit")
    (together,) = toolkit.merge([ours, theirs], JUDGED).values()
    told = [(problem.code, problem.key) for problem in together.problems]
    assert told == [("R146", "g.r.gap")]
    assert together.problems[0].place.count("hand") == 1
