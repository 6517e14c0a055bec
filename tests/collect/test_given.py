"""What a form gives itself, when it comes back: as it was, changed, emptied, sorted, or gone with its row."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qaf_forms.collect.returns import Return, Status
from qaf_forms.define.condition import Value
from qaf_forms.issue.given import issued_in
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Cell, Contents, Route
from tests.collect.printing import checked, document, form_of, placed, sheet, space, without

MARKS = (Route.TAG, Route.BOOKMARK, Route.NAME, Route.KEY)
GRID: dict[str, Any] = {
    "id": "core",
    "type": "grid",
    "ask": "Standards",
    "columns": [
        {"id": "owner", "title": "Owner", "type": "text"},
        {"id": "last", "title": "Last year", "type": "choice", "scale": "met"},
        {"id": "now", "title": "This year", "type": "choice", "scale": "met", "required": True},
        {"id": "why", "title": "Why", "type": "text", "required": {"when": {"last": "not_met"}}},
    ],
    "rows": [
        {"id": "seen", "text": "Children are seen", "given": {"owner": "Front door", "last": "Not met"}},
        {"id": "heard", "text": "Children are heard", "given": {"owner": "Front door"}},
    ],
}
TABLE: dict[str, Any] = {
    "id": "recs",
    "type": "table",
    "ask": "Recommendations",
    "blank_rows": 2,
    "prefill": {
        "locked": ["ref", "text"],
        "rows": [
            {"ref": "R1", "text": "See every child alone", "by": "The board"},
            {"ref": "R2", "text": "Use one plan"},
            {"ref": "R3", "text": "Name one lead"},
        ],
    },
    "columns": [
        {"id": "ref", "title": "Ref", "type": "text"},
        {"id": "text", "title": "Recommendation", "type": "text"},
        {"id": "by", "title": "Asked by", "type": "text"},
        {"id": "done", "title": "What was done", "type": "text", "required": True},
    ],
}
LAYOUT = Layout(form_of(GRID, TABLE))
FRESH = dict(issued_in(LAYOUT).values)
DONE: dict[str, Value] = {f"recs[{number}].done": f"Done {number}" for number in (1, 2, 3)}
JUDGED: dict[str, Value] = {"core.seen.now": "met", "core.heard.now": "partly", "core.seen.why": "New team"}
FULL = {**FRESH, **DONE, **JUDGED}


def said(returned: Return) -> list[tuple[str, str]]:
    return [(problem.code, problem.key) for problem in returned.problems]


@pytest.mark.parametrize("gone", [(), (Route.TAG, Route.NAME), MARKS])
def test_what_is_given_is_among_the_answers_and_nothing_is_said_of_it(gone: tuple[Route, ...]) -> None:
    for printed in (document(LAYOUT, FULL), sheet(LAYOUT, FULL)):
        returned = checked(without(printed, *gone), LAYOUT)
        assert returned.values == FULL
        assert not returned.extras
        assert not returned.problems
        assert returned.status is Status.COMPLETE


def test_a_return_with_nothing_but_what_is_given_and_defaults_in_it_is_blank() -> None:
    returned = checked(document(LAYOUT, FRESH), LAYOUT)
    assert (returned.status, returned.values) == (Status.BLANK, FRESH)
    other = checked(document(LAYOUT, {**FRESH, "recs[1].by": "The executive"}), LAYOUT)
    assert other.status is Status.PARTIAL
    assert other.values["recs[1].by"] == "The executive"
    cleared = {key: value for key, value in FULL.items() if key != "recs[1].by"}
    assert checked(document(LAYOUT, cleared), LAYOUT).values == cleared


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("core.seen.owner", "Early help", "Front door"),
        ("core.seen.last", "Fully met", "not_met"),
        ("core.seen.last", "Not met - we disagree", "not_met"),
        ("core.seen.last", "nonsense", "not_met"),
        ("recs[2].text", "Use two plans", "Use one plan"),
    ],
)
def test_what_was_typed_over_something_given_is_told_and_the_form_s_words_are_kept(
    key: str, typed: str, kept: str
) -> None:
    contents = document(LAYOUT, FULL)
    space(contents, LAYOUT, key).value = typed
    returned = checked(contents, LAYOUT)
    assert returned.values == FULL
    assert returned.values[key] == kept
    (problem,) = returned.problems
    assert (problem.code, problem.key, problem.value) == ("R143", key, typed)
    assert problem.is_warning
    assert typed in problem.message
    assert returned.status is Status.COMPLETE


def test_something_given_that_was_deleted_is_told_and_kept() -> None:
    contents = document(LAYOUT, FULL)
    for key in ("core.seen.owner", "recs[3].ref"):
        space(contents, LAYOUT, key).value = ""
    returned = checked(contents, LAYOUT)
    assert returned.values == FULL
    assert said(returned) == [("R144", "core.seen.owner"), ("R144", "recs[3].ref")]


def test_other_spaces_between_the_words_are_no_change() -> None:
    contents = document(LAYOUT, FULL)
    space(contents, LAYOUT, "recs[1].text").value = "See  every child\nalone "
    assert not checked(contents, LAYOUT).problems


def test_conditions_go_by_what_is_given_not_by_what_was_typed_over_it() -> None:
    contents = document(LAYOUT, {**FULL, "core.seen.why": ""})
    space(contents, LAYOUT, "core.seen.last").value = "Fully met"
    assert ("R101", "core.seen.why") in said(checked(contents, LAYOUT))


@pytest.mark.parametrize("gone", [(), (Route.KEY, Route.BOOKMARK), MARKS])
def test_rows_in_another_order_are_known_by_their_locked_cells(gone: tuple[Route, ...]) -> None:
    contents = sheet(LAYOUT, FULL)
    rows = own_rows_of_sheet(contents)
    values = [[cell.value for cell in row[1:]] for row in rows]
    for row, written in zip(rows, [values[2], values[0], values[3], values[1], values[4]], strict=True):
        for cell, value in zip(row[1:], written, strict=True):
            cell.value = value
    returned = checked(without(contents, *gone), LAYOUT)
    assert returned.values == FULL
    assert not returned.problems


def own_rows_of_sheet(contents: Contents) -> list[list[Cell]]:
    return contents.tables[-1].rows[-5:]


def test_a_row_that_was_deleted_is_named_and_the_others_stay_what_they_are() -> None:
    contents = document(LAYOUT, FULL)
    del contents.tables[-1].rows[2]
    returned = checked(placed(contents), LAYOUT)
    assert returned.values == {key: value for key, value in FULL.items() if key != "recs[2].done"}
    (problem,) = returned.problems
    assert (problem.code, problem.key) == ("R145", "recs[2].ref")
    assert "'R2 · Use one plan'" in problem.message
    assert "A2 row 2" in problem.place
    assert returned.status is Status.PARTIAL


def test_rows_of_their_own_come_behind_those_of_the_form_wherever_they_were_written() -> None:
    contents = document(LAYOUT, {**FULL, "recs[4].ref": "Ours", "recs[4].done": "Begun"})
    rows = contents.tables[-1].rows
    rows.insert(1, rows.pop(4))
    returned = checked(placed(contents), LAYOUT)
    assert returned.values == {**FULL, "recs[4].ref": "Ours", "recs[4].done": "Begun"}
    assert not returned.problems


def test_a_row_of_their_own_in_the_place_of_a_deleted_one_is_not_taken_for_it() -> None:
    contents = document(LAYOUT, FULL)
    rows = contents.tables[-1].rows
    rows[2][1:] = [Cell(column, text, "") for column, text in enumerate(("Ours", "Something else", "", "Begun"), 1)]
    returned = checked(placed(contents), LAYOUT)
    assert returned.values["recs[4].done"] == "Begun"
    assert "recs[2].done" not in returned.values
    assert said(returned) == [("R145", "recs[2].ref")]


def test_a_row_whose_locked_cells_were_all_typed_over_is_known_by_its_mark() -> None:
    contents = document(LAYOUT, FULL)
    space(contents, LAYOUT, "recs[2].ref").value = "2"
    space(contents, LAYOUT, "recs[2].text").value = "The plan"
    returned = checked(contents, LAYOUT)
    assert returned.values == FULL
    assert said(returned) == [("R143", "recs[2].ref"), ("R143", "recs[2].text")]


def test_what_is_said_of_a_row_follows_it_to_its_place() -> None:
    contents = document(LAYOUT, {**FULL, "recs[1].done": ""})
    rows = contents.tables[-1].rows
    rows.insert(3, rows.pop(1))
    assert said(checked(placed(contents), LAYOUT)) == [("R101", "recs[1].done")]


def test_a_nil_return_may_leave_out_rows_of_the_form() -> None:
    known = {"levels": [{"code": "known", "label": "Known"}, {"code": "not_known", "label": "Not known"}]}
    nil = {"ask": "Is the child known?", "scale": known, "waives_when": ["not_known"]}
    layout = Layout(form_of(TABLE, nil_return=nil))
    contents = document(layout, {**issued_in(layout).values, "nil_return": "not_known"})
    del contents.tables[-1].rows[1:]
    returned = checked(placed(contents), layout)
    assert (returned.status, returned.problems) == (Status.NIL, ())
    assert returned.values["recs[3].text"] == "Name one lead"


def test_what_a_form_gives_in_a_column_of_the_partnership_was_not_written_by_the_agency() -> None:
    grid = {**GRID, "columns": [{**GRID["columns"][0], "filled_by": "partnership"}, *GRID["columns"][1:]]}
    roles = {"agency": "Agency", "partnership": "Partnership"}
    layout = Layout(form_of(grid, roles=roles))
    assert not checked(document(layout, {**issued_in(layout).values, **JUDGED}), layout).problems


@settings(deadline=None)
@given(data=st.data())
def test_whatever_happens_to_the_rows_every_answer_comes_back_beside_its_own_row_or_is_told(
    data: st.DataObject,
) -> None:
    contents = document(LAYOUT, FULL)
    rows = contents.tables[-1].rows
    kept = data.draw(st.permutations(rows[1:4]))[: data.draw(st.integers(0, 3))]
    own = [Cell(column, text, "") for column, text in enumerate(("9", "Ours", "Our text", "Us", "Begun"))]
    extra = [own] if data.draw(st.booleans()) else []
    changed = data.draw(st.sampled_from([None, *kept]))
    if changed is not None:
        cell = changed[data.draw(st.integers(1, 2))]
        before, cell.value = cell.value, data.draw(st.sampled_from(["", "Other", "R2", "Use one plan"]))
        changed = changed if cell.value != before else None
    rows[1:] = data.draw(st.permutations([*kept, *extra]))
    if data.draw(st.booleans()):
        contents = without(contents, *MARKS)
    typed = {row[4].value: number for number, row in enumerate(kept)}
    returned = checked(placed(contents), LAYOUT)
    assert {key: value for key, value in returned.values.items() if key in LAYOUT.given} == dict(LAYOUT.given)
    done = {value: key for key, value in returned.values.items() if key.endswith(".done")}
    assert set(done) == {*typed, *(["Begun"] if extra else [])}
    for value, key in done.items():
        own_place = f"recs[{str(value)[-1]}].done" if value != "Begun" else "recs[4].done"
        assert key == own_place or changed is not None
    if changed is None:
        missing = {f"recs[{number}].ref" for number in (1, 2, 3) if f"Done {number}" not in typed}
        assert {key for code, key in said(returned) if code == "R145"} == missing
    else:
        assert said(returned)
