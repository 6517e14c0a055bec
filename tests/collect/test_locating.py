"""Where answers are found in files that people have worked on, and what becomes of everything else."""

from __future__ import annotations

from datetime import date
from time import process_time
from typing import Any

import pytest

from qaf_forms.collect.returns import Return
from qaf_forms.define.condition import Value
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Anchor, Cell, Extra, Route, Table
from qaf_forms.problems import Code
from tests.collect.printing import cells, checked, document, form_of, placed, row_of, sheet, space, without

SEEN = {"id": "seen", "type": "text", "ask": "Who has seen the child in the period?"}
HEARD = {"id": "heard", "type": "text", "ask": "What did the child say about home?"}
GRID: dict[str, Any] = {
    "id": "core",
    "type": "grid",
    "ask": "Standards",
    "columns": [
        {"id": "answer", "title": "Level", "type": "choice", "scale": "met"},
        {"id": "evidence", "title": "Evidence", "type": "text"},
    ],
    "rows": [{"id": "plan", "text": "There is one shared plan"}, {"id": "lead", "text": "The lead worker is named"}],
}
ACTIONS: dict[str, Any] = {
    "id": "actions",
    "type": "table",
    "ask": "Actions for us",
    "blank_rows": 2,
    "columns": [{"id": "action", "title": "Action", "type": "text"}, {"id": "lead", "title": "Lead", "type": "text"}],
}
OTHERS = {**ACTIONS, "id": "others", "ask": "Actions for partners"}
INVOLVED = {"id": "involved", "type": "choices", "ask": "Who was involved with the family?", "scale": "agencies"}

BOTH = (Route.TAG, Route.BOOKMARK, Route.NAME, Route.KEY)
GRID_ANSWERS: dict[str, Value] = {
    "core.plan.answer": "met",
    "core.plan.evidence": "minutes",
    "core.lead.answer": "not_met",
    "core.lead.evidence": "no file",
}


def layout_of(*items: dict[str, Any]) -> Layout:
    return Layout(form_of(*items))


def said(returned: Return) -> list[tuple[str, str]]:
    return [(problem.code, problem.key) for problem in returned.problems]


def extras(returned: Return) -> list[str]:
    return [extra.text for extra in returned.extras]


def code(name: Code) -> str:
    return name.value.code


@pytest.mark.parametrize(
    ("gone", "route"),
    [((), Route.TAG), ((Route.TAG,), Route.BOOKMARK), ((Route.TAG, Route.BOOKMARK), Route.CODE)],
)
def test_an_answer_says_by_which_mark_it_was_found(gone: tuple[Route, ...], route: Route) -> None:
    layout = layout_of(SEEN, GRID)
    values: dict[str, Value] = {"seen": "the nurse", **GRID_ANSWERS}
    returned = checked(without(document(layout, values), *gone), layout)
    assert returned.values == values
    assert {answer.route for answer in returned.answers.values()} == {route}
    assert extras(returned) == []


def test_without_marks_and_codes_a_question_is_found_by_its_words_and_said_to_be() -> None:
    layout = layout_of(SEEN, HEARD)
    contents = without(document(layout, {"seen": "the nurse"}), *BOTH)
    for table in contents.tables:
        table.rows[1][0].value = ""
    returned = checked(contents, layout)
    assert returned.values == {"seen": "the nurse"}
    assert returned.answers["seen"].route is Route.WORDING
    assert said(returned) == [(code(Code.BY_WORDING), "seen")]


def test_a_reworded_question_keeps_its_answer_and_the_new_words_are_an_extra() -> None:
    layout = layout_of(SEEN, HEARD)
    contents = without(document(layout, {"seen": "the nurse"}), *BOTH)
    contents.tables[0].rows[1][1].value = "Who has really seen the child in the period?"
    returned = checked(contents, layout)
    assert returned.values == {"seen": "the nurse"}
    assert extras(returned) == ["Who has really seen the child in the period?"]


def test_questions_renumbered_by_hand_are_found_by_their_words() -> None:
    layout = layout_of(SEEN, HEARD)
    contents = without(document(layout, {"seen": "the nurse", "heard": "a lot"}), *BOTH)
    contents.tables[0].rows[1][0].value = "A2"
    contents.tables[1].rows[1][0].value = "A1"
    returned = checked(contents, layout)
    assert returned.values == {"seen": "the nurse", "heard": "a lot"}
    assert {problem.code for problem in returned.problems} == {code(Code.BY_WORDING)}


def test_codes_that_somebody_changed_do_not_matter_while_the_marks_are_there() -> None:
    layout = layout_of(SEEN, HEARD)
    contents = document(layout, {"seen": "the nurse", "heard": "a lot"})
    contents.tables[0].rows[1][0].value = "A2"
    contents.tables[1].rows[1][0].value = "A1"
    returned = checked(contents, layout)
    assert returned.values == {"seen": "the nurse", "heard": "a lot"}


def test_rows_sorted_under_the_names_of_a_workbook_are_read_by_what_they_say() -> None:
    layout = layout_of(GRID)
    contents = without(sheet(layout, GRID_ANSWERS), Route.KEY)
    rows = contents.tables[0].rows
    first, second = row_of(contents, space(contents, layout, "core.plan.answer")), rows[-1]
    for one, other in zip(first, second, strict=True):
        one.value, other.value = other.value, one.value
    returned = checked(contents, layout)
    assert returned.values == GRID_ANSWERS
    assert returned.problems == ()


def test_a_key_that_was_sorted_with_its_row_counts_more_than_a_name_that_stayed() -> None:
    layout = layout_of(GRID)
    contents = sheet(layout, GRID_ANSWERS)
    for column in ("answer", "evidence"):
        plan, lead = (space(contents, layout, f"core.{row}.{column}") for row in ("plan", "lead"))
        plan.anchors, lead.anchors = (
            (lead.anchors[0], plan.anchors[1]),
            (plan.anchors[0], lead.anchors[1]),
        )
    assert checked(contents, layout).values == GRID_ANSWERS


def test_a_mark_in_a_row_with_another_code_and_strange_words_is_doubted() -> None:
    layout = layout_of(SEEN, HEARD)
    contents = document(layout, {"seen": "the nurse"})
    contents.tables[0].rows[1][0].value, contents.tables[0].rows[1][1].value = "A2", "Something else"
    returned = checked(contents, layout)
    assert returned.values == {"seen": "the nurse"}
    assert said(returned) == [(code(Code.DOUBTFUL_ROW), "seen")]


def test_the_second_answer_in_a_section_pasted_twice_is_a_problem() -> None:
    layout = layout_of(SEEN)
    contents = document(layout, {"seen": "the nurse"})
    contents.tables += document(layout, {"seen": "nobody"}).tables
    returned = checked(placed(contents), layout)
    assert returned.values == {"seen": "the nurse"}
    (problem,) = returned.problems
    assert (problem.code, problem.key, problem.value) == (code(Code.TWO_ANSWERS), "seen", "nobody")
    assert problem.place == "section A, question A1, table 2 row 2 column 2"


def test_the_same_answer_twice_and_an_empty_copy_are_no_problem() -> None:
    layout = layout_of(SEEN)
    contents = document(layout, {"seen": "the nurse"})
    contents.tables += [*document(layout).tables, *document(layout, {"seen": "the nurse"}).tables]
    returned = checked(placed(contents), layout)
    assert returned.values == {"seen": "the nurse"}
    assert returned.problems == ()


def test_a_hidden_copy_without_marks_is_reported_as_extras() -> None:
    layout = layout_of(GRID)
    contents = sheet(layout, GRID_ANSWERS)
    hidden = without(sheet(layout, {"core.plan.answer": "partly", "core.plan.evidence": "none"}), *BOTH)
    contents.tables += hidden.tables
    returned = checked(placed(contents), layout)
    assert returned.values == GRID_ANSWERS
    assert extras(returned) == ["Partly met", "none"]


def test_an_answer_in_the_cell_of_the_question_is_an_extra() -> None:
    layout = layout_of({"id": "alone", "type": "yes_no", "ask": "Was the child seen alone?"})
    contents = document(layout)
    contents.tables[0].rows[1][1].value = "Was the child seen alone?\nYes"
    returned = checked(contents, layout)
    assert extras(returned) == ["Yes"]


@pytest.mark.parametrize("typed", ["Yes", "2", "No", "Fully met", "x", "N/A", 2, 0, "12", "!"])
@pytest.mark.parametrize("column", [0, 1, 2, 3, 4, 9])
def test_words_like_those_of_the_form_beside_an_answer_are_extras(typed: str | int, column: int) -> None:
    layout = layout_of(SEEN, GRID, ACTIONS, INVOLVED)
    for contents in (document(layout, {"seen": "the nurse"}), sheet(layout, {"seen": "the nurse"})):
        row = row_of(contents, space(contents, layout, "seen"))
        row.append(Cell(column, typed, "beside"))
        contents.tables[-1].rows.append([Cell(column + 20, typed, "below")])
        returned = checked(contents, layout)
        assert [extra for extra in returned.extras if extra.place in ("beside", "below")] == [
            Extra("text", "beside", str(typed)),
            Extra("text", "below", str(typed)),
        ]


def test_boxes_are_read_by_their_labels_though_no_head_stands_over_them() -> None:
    layout = layout_of(INVOLVED)
    ticks = layout.fields[0].ticks
    contents = without(sheet(layout, {"involved": (ticks[1].level.code,)}), *BOTH)
    contents.tables[0].rows = [row for row in contents.tables[0].rows if row[0].value != "Ref."]
    returned = checked(contents, layout)
    assert returned.values == {"involved": (ticks[1].level.code,)}
    assert extras(returned) == []


def test_an_answer_like_a_column_head_is_kept_where_its_column_cannot_be_told() -> None:
    layout = layout_of(GRID)
    contents = without(document(layout, {"core.plan.evidence": "Evidence"}), *BOTH)
    contents.tables[0].rows[0][2].value = contents.tables[0].rows[0][3].value = "Our own head"
    returned = checked(contents, layout)
    assert returned.values == {}
    assert "Evidence" in extras(returned)


def test_one_edited_head_is_found_by_being_the_only_one_left() -> None:
    layout = layout_of(GRID)
    contents = without(document(layout, GRID_ANSWERS), *BOTH)
    contents.tables[0].rows[0][3].value = "How we know"
    returned = checked(contents, layout)
    assert returned.values == GRID_ANSWERS


def test_a_column_that_somebody_put_in_does_not_shift_the_answers() -> None:
    layout = layout_of(GRID)
    for contents in (document(layout, GRID_ANSWERS), sheet(layout, GRID_ANSWERS)):
        without(contents, *BOTH)
        for table in contents.tables:
            for row in table.rows:
                for cell in row:
                    cell.column += cell.column >= 3
        rows = contents.tables[0].rows
        rows[-2].append(Cell(3, "our note", "beside"))
        returned = checked(contents, layout)
        assert returned.values == GRID_ANSWERS
        assert "our note" in extras(returned)


def test_swapped_columns_are_read_by_their_heads() -> None:
    layout = layout_of(GRID)
    contents = without(document(layout, GRID_ANSWERS), *BOTH)
    for row in contents.tables[0].rows:
        row[2].column, row[3].column = row[3].column, row[2].column
        row[2:] = [row[3], row[2]]
    assert checked(contents, layout).values == GRID_ANSWERS


def test_two_grids_with_the_same_columns_are_told_apart_by_their_codes() -> None:
    other = {**GRID, "id": "more", "rows": [{"id": "risk", "text": "Risk is looked at again"}]}
    layout = layout_of(GRID, other)
    values = {**GRID_ANSWERS, "more.risk.answer": "na", "more.risk.evidence": "none held"}
    contents = without(document(layout, values), *BOTH)
    contents.tables.reverse()
    assert checked(contents, layout).values == values


def test_copies_of_a_group_are_told_apart_by_their_codes() -> None:
    group = {
        "id": "child",
        "type": "group",
        "ask": "Each child",
        "each": "Child",
        "copies": 2,
        "items": [SEEN, ACTIONS],
    }
    layout = layout_of(group)
    values: dict[str, Value] = {"child[1].seen": "the nurse", "child[2].seen": "nobody"}
    assert checked(without(document(layout, values), *BOTH), layout).values == values


def test_a_merged_answer_cell_is_nobodys_answer_and_is_said_for_each() -> None:
    layout = layout_of(GRID)
    contents = document(layout, GRID_ANSWERS)
    answer, evidence = (space(contents, layout, f"core.plan.{column}") for column in ("answer", "evidence"))
    answer.anchors = (*answer.anchors, *evidence.anchors)
    answer.value = "Fully met\nminutes"
    row_of(contents, evidence).remove(evidence)
    returned = checked(contents, layout)
    assert returned.values.keys() == {"core.lead.answer", "core.lead.evidence"}
    shared = [problem for problem in returned.problems if problem.code == code(Code.SHARED_SPACE)]
    assert [(problem.key, problem.value) for problem in shared] == [
        ("core.plan.answer", "Fully met\nminutes"),
        ("core.plan.evidence", "Fully met\nminutes"),
    ]


def test_a_control_pasted_over_another_is_read_in_the_row_where_it_stands() -> None:
    layout = layout_of(SEEN, HEARD)
    contents = document(layout, {"seen": "the nurse", "heard": "the nurse, and home is cold"})
    seen, heard = space(contents, layout, "seen"), space(contents, layout, "heard")
    heard.anchors = (seen.anchors[0], heard.anchors[1])
    assert checked(contents, layout).values == {"seen": "the nurse", "heard": "the nurse, and home is cold"}


def test_the_marks_of_another_version_are_not_taken_for_this_ones_questions() -> None:
    layout = layout_of(SEEN)
    contents = document(layout, {"seen": "the nurse"})
    space(contents, layout, "seen").anchors = (Anchor(Route.TAG, "qf_seen_before_12345678"),)
    returned = checked(contents, layout)
    assert returned.values == {}
    assert extras(returned) == ["the nurse"]


def test_an_untouched_or_half_deleted_placeholder_is_no_answer() -> None:
    layout = layout_of(SEEN, HEARD)
    contents = document(layout)
    space(contents, layout, "heard").value = "[Type he"
    assert checked(contents, layout).values == {}


@pytest.mark.parametrize(
    "typed", ["[Type here] the nurse", "the nurse\n[Type here]", "[Type here]the nurse[Type here]"]
)
def test_what_is_typed_around_the_placeholder_is_the_answer(typed: str) -> None:
    layout = layout_of(SEEN)
    contents = document(layout)
    space(contents, layout, "seen").value = typed
    assert checked(contents, layout).values == {"seen": "the nurse"}


def test_an_answer_may_begin_with_the_words_of_a_placeholder_without_brackets() -> None:
    layout = layout_of({**SEEN, "placeholder": "Describe"})
    contents = document(layout)
    space(contents, layout, "seen").value = "Describe them first"
    assert checked(contents, layout).values == {"seen": "Describe them first"}
    space(contents, layout, "seen").value = "Describe"
    assert checked(contents, layout).values == {}


# Boxes


@pytest.mark.parametrize("tick", ["x", "X", "✓", "Yes", "1", True, "☒"])
def test_boxes_in_cells_of_their_own_are_joined(tick: str | bool) -> None:
    layout = layout_of(INVOLVED)
    contents = sheet(layout, {"involved": ("school",)})
    next(cell for table in contents.tables for row in table.rows for cell in row if cell.value == "x").value = tick
    returned = checked(contents, layout)
    assert returned.values == {"involved": ("school",)}
    assert extras(returned) == []


def test_words_in_a_box_are_said() -> None:
    layout = layout_of(INVOLVED)
    contents = sheet(layout, {"involved": ("police", "school")})
    next(cell for table in contents.tables for row in table.rows for cell in row if cell.value == "x").value = "in May"
    returned = checked(contents, layout)
    assert returned.values == {"involved": ("school",)}
    assert [(problem.code, problem.value) for problem in returned.problems] == [
        (code(Code.NOT_ON_THE_SCALE), "Police & probation: in May")
    ]


def test_boxes_without_marks_are_found_below_their_question() -> None:
    layout = layout_of(SEEN, INVOLVED, HEARD)
    returned = checked(without(sheet(layout, {"involved": ("police", "school"), "heard": "a lot"}), *BOTH), layout)
    assert returned.values == {"involved": ("police", "school"), "heard": "a lot"}
    assert extras(returned) == []


def test_a_box_that_is_gone_is_said() -> None:
    layout = layout_of(INVOLVED)
    contents = sheet(layout, {"involved": ("police",)})
    contents.tables[0].rows.pop()
    returned = checked(contents, layout)
    assert returned.values == {"involved": ("police",)}
    assert [(problem.code, problem.value) for problem in returned.problems] == [
        (code(Code.SPACE_LOST), "Other - say which")
    ]


def test_a_second_tick_for_the_same_box_that_differs_is_a_problem() -> None:
    layout = layout_of(INVOLVED)
    contents = sheet(layout, {"involved": ("police",)})
    copy = sheet(layout, {"involved": ("police",)}).tables
    next(cell for table in copy for row in table.rows for cell in row if cell.value == "x").value = "not sure"
    contents.tables += copy
    returned = checked(placed(contents), layout)
    assert returned.values == {"involved": ("police",)}
    assert [(problem.code, problem.value) for problem in returned.problems] == [(code(Code.TWO_ANSWERS), "not sure")]


# The respondent's own rows


def own(values: dict[str, Value]) -> list[str]:
    return [str(value) for key, value in values.items() if key.endswith(".action")]


def rows_of(returned: Return, table: str = "actions") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = returned.data.get(table, [])
    return rows


THREE: dict[str, Value] = {
    "actions[1].action": "Visit",
    "actions[1].lead": "Nurse",
    "actions[2].action": "Call",
    "actions[3].action": "Meet",
    "actions[3].lead": "Head",
}


@pytest.mark.parametrize("print_", [document, sheet])
@pytest.mark.parametrize("gone", [(), (Route.TAG, Route.NAME), BOTH])
def test_rows_beyond_the_printed_ones_are_read(print_: Any, gone: tuple[Route, ...]) -> None:
    layout = layout_of(ACTIONS)
    returned = checked(without(print_(layout, THREE), *gone), layout)
    assert returned.values == THREE
    assert extras(returned) == []


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_row_that_somebody_added_counts_where_it_stands(at: int) -> None:
    layout = layout_of(ACTIONS)
    contents = document(layout, THREE)
    contents.tables[0].rows.insert(at, [Cell(0, "", "new"), Cell(1, "Added", "new"), Cell(2, "Us", "new")])
    actions = [row["action"] for row in rows_of(checked(contents, layout))]
    expected = ["Visit", "Call", "Meet"]
    expected.insert(at - 1, "Added")
    assert actions == expected


def test_rows_removed_moved_and_doubled_count_as_they_stand() -> None:
    layout = layout_of(ACTIONS)
    contents = document(layout, THREE)
    head, visit, call, meet = contents.tables[0].rows
    again = [Cell(cell.column, cell.value, "copy", cell.anchors) for cell in visit]
    again[1].value = "Visit again"
    contents.tables[0].rows = [head, meet, visit, again]
    assert call
    assert rows_of(checked(contents, layout)) == [
        {"action": "Meet", "lead": "Head"},
        {"action": "Visit", "lead": "Nurse"},
        {"action": "Visit again", "lead": "Nurse"},
    ]


def test_the_head_below_a_table_is_no_row_of_it_though_its_code_is_gone() -> None:
    layout = layout_of(ACTIONS, SEEN)
    contents = sheet(layout, {**THREE, "seen": "the nurse"})
    for row in contents.tables[0].rows:
        row[:] = [cell for cell in row if cell.value != "Ref." and cell.value != "A2"]
    returned = checked(placed(contents), layout)
    assert returned.values == {**THREE, "seen": "the nurse"}
    assert extras(returned) == []


def test_the_head_of_a_table_is_no_row_of_it_though_a_mark_says_so() -> None:
    layout = layout_of(ACTIONS)
    contents = sheet(layout, {"actions[1].action": "Call", "actions[1].lead": "Ann"})
    row = row_of(contents, space(contents, layout, "actions[1].action"))
    head = contents.tables[0].rows[contents.tables[0].rows.index(row) - 1]
    for cell in head:
        cell.value = str(cell.value).upper()
        cell.anchors = next((one.anchors for one in row if one.column == cell.column), ())
    for cell in row:
        cell.anchors = ()
    returned = checked(without(placed(contents), Route.KEY), layout)
    assert rows_of(returned) == [{"action": "Call", "lead": "Ann"}]
    assert extras(returned) == []


def test_a_table_ends_where_other_questions_have_their_head_though_all_marks_and_codes_are_gone() -> None:
    layout = layout_of(ACTIONS, SEEN)
    contents = without(sheet(layout, {**THREE, "seen": "the nurse"}), *BOTH)
    for row in contents.tables[0].rows:
        row[:] = [cell for cell in row if cell.value not in ("Ref.", "A2")]
    returned = checked(placed(contents), layout)
    assert returned.values == {**THREE, "seen": "the nurse"}
    assert extras(returned) == []


def test_a_question_below_a_table_is_no_row_of_it_though_its_code_is_gone() -> None:
    layout = layout_of(ACTIONS, INVOLVED)
    contents = sheet(layout, THREE)
    contents.tables[0].rows = [row for row in contents.tables[0].rows if row[0].value != "Ref." or len(row) != 3]
    for row in contents.tables[0].rows:
        row[:] = [cell for cell in row if cell.value != "A2"]
    returned = checked(placed(contents), layout)
    assert returned.values == THREE


def test_the_names_of_a_table_on_another_head_mark_nothing() -> None:
    layout = layout_of(ACTIONS, SEEN)
    contents = sheet(layout, {"seen": "the nurse"})
    own = [cell for cell in cells(contents) if any(one.name == "actions[1].action" for one in cell.anchors)]
    last = [cell for row in contents.tables[0].rows for cell in row if cell.value == "Question"][-1]
    last.anchors = own[0].anchors
    for cell in cells(contents):
        if cell is not last and any("actions[" in one.name for one in cell.anchors):
            cell.anchors = ()
    returned = checked(without(placed(contents), Route.KEY), layout)
    assert returned.values == {"seen": "the nurse"}


def test_an_empty_row_between_is_no_row() -> None:
    layout = layout_of(ACTIONS)
    returned = checked(document(layout, {"actions[2].action": "Call"}), layout)
    assert rows_of(returned) == [{"action": "Call"}]


def test_a_column_that_somebody_added_to_a_table_is_an_extra_and_its_rows_count() -> None:
    layout = layout_of(ACTIONS)
    contents = document(layout, THREE)
    contents.tables[0].rows[0].append(Cell(3, "Cost", "head"))
    contents.tables[0].rows.append([Cell(0, "4", "new"), Cell(1, "Added", "new"), Cell(3, "£5", "new")])
    returned = checked(contents, layout)
    assert rows_of(returned)[3] == {"action": "Added"}
    assert extras(returned) == ["Cost", "£5"]


def test_a_row_moved_to_another_table_is_doubted() -> None:
    layout = layout_of(ACTIONS, OTHERS)
    contents = document(layout, {"actions[1].action": "Visit", "others[1].action": "Ask"})
    contents.tables[1].rows.append(contents.tables[0].rows.pop(1))
    returned = checked(placed(contents), layout)
    assert returned.values == {"actions[1].action": "Visit", "others[1].action": "Ask"}
    assert said(returned) == [(code(Code.DOUBTFUL_ROW), "actions[1].action")]


def test_tables_with_the_same_heads_and_no_marks_are_read_in_order_and_doubted() -> None:
    layout = layout_of(ACTIONS, OTHERS)
    values: dict[str, Value] = {"actions[1].action": "Visit", "others[1].action": "Ask"}
    returned = checked(without(document(layout, values), *BOTH), layout)
    assert returned.values == values
    assert {problem.code for problem in returned.problems} == {code(Code.BY_WORDING)}


def test_tables_with_the_same_heads_are_told_apart_by_the_title_above() -> None:
    layout = layout_of(ACTIONS, OTHERS)
    values: dict[str, Value] = {"actions[1].action": "Visit", "others[1].action": "Ask"}
    returned = checked(without(sheet(layout, values), *BOTH), layout)
    assert (returned.values, returned.problems) == (values, ())


def test_one_of_two_tables_with_the_same_heads_and_no_marks_is_nobodys() -> None:
    layout = layout_of(ACTIONS, OTHERS)
    contents = without(document(layout, {"others[1].action": "Ask"}), *BOTH)
    del contents.tables[0]
    returned = checked(contents, layout)
    assert returned.values == {}
    assert "Ask" in extras(returned)


def test_a_grid_is_not_taken_for_a_table_with_some_of_its_columns() -> None:
    columns = [*ACTIONS["columns"], {"id": "note", "title": "Note", "type": "text"}]
    layout = layout_of({**GRID, "columns": columns}, ACTIONS)
    contents = without(document(layout, {"core.plan.action": "in the grid"}), *BOTH)
    del contents.tables[1]
    assert checked(contents, layout).values == {"core.plan.action": "in the grid"}


def test_a_table_pasted_twice_is_read_once_and_what_differs_is_added_and_said() -> None:
    layout = layout_of(ACTIONS)
    contents = document(layout, THREE)
    copy = document(layout, THREE).tables
    copy[0].rows[2][1].value = "Call every day"
    contents.tables += copy
    returned = checked(placed(contents), layout)
    assert [row.get("action") for row in rows_of(returned)] == ["Visit", "Call", "Meet", "Call every day"]
    assert said(returned) == [(code(Code.COPIED_ROW), "actions[4].action")]


def test_a_table_pasted_twice_into_one_sheet_is_read_once_and_what_differs_is_added_and_said() -> None:
    layout = layout_of(ACTIONS)
    contents = sheet(layout, THREE)
    copy = sheet(layout, THREE).tables[0].rows
    contents.tables[0].rows += copy
    assert rows_of(checked(placed(contents), layout)) == rows_of(checked(sheet(layout, THREE), layout))
    next(cell for row in copy for cell in row if cell.value == "Call").value = "Call every day"
    returned = checked(placed(contents), layout)
    assert [row.get("action") for row in rows_of(returned)] == ["Visit", "Call", "Meet", "Call every day"]
    assert said(returned) == [(code(Code.COPIED_ROW), "actions[4].action")]


def pasted(layout: Layout, *answers: dict[str, Value]) -> Return:
    contents = sheet(layout, answers[0])
    for more in answers[1:]:
        contents.tables += sheet(layout, more).tables
    return checked(placed(contents), layout)


def test_boxes_that_are_ticked_otherwise_in_a_further_copy_are_asked_about_and_not_added() -> None:
    layout = layout_of(INVOLVED)
    first, second = (tick.level.code for tick in layout.fields[0].ticks[:2])
    returned = pasted(layout, {"involved": (first,)}, {"involved": (second,)})
    assert returned.values == {"involved": (first,)}
    assert said(returned) == [(code(Code.TWO_ANSWERS), "involved")]
    assert pasted(layout, {}, {"involved": (second,)}, {"involved": (second,)}).values == {"involved": (second,)}
    assert pasted(layout, {"involved": (second,)}, {}).problems == ()


def test_an_answer_from_a_further_copy_is_said_where_the_copies_differ() -> None:
    layout = layout_of(SEEN, HEARD)
    returned = pasted(layout, {"seen": "the nurse"}, {"seen": "nobody", "heard": "nothing"})
    assert returned.values == {"seen": "the nurse", "heard": "nothing"}
    assert said(returned) == [(code(Code.TWO_ANSWERS), "seen"), (code(Code.COPIED_ANSWER), "heard")]
    assert pasted(layout, {"seen": "the nurse"}, {"heard": "nothing"}).problems == ()


def test_of_a_form_pasted_twice_without_marks_the_filled_copy_is_read_wherever_it_stands() -> None:
    layout = layout_of(SEEN, {**INVOLVED, "id": "worked"}, HEARD, INVOLVED, GRID, ACTIONS)
    agencies = layout.fields[1].ticks
    values: dict[str, Value] = {
        "seen": "the nurse",
        "worked": (agencies[0].level.code,),
        "heard": "nothing",
        "involved": (agencies[1].level.code,),
        **GRID_ANSWERS,
        **THREE,
    }
    for order in (1, -1):
        contents = sheet(layout, values)
        contents.tables = [*contents.tables, *sheet(layout).tables][::order]
        returned = checked(without(placed(contents), *BOTH), layout)
        assert returned.values == values
        assert extras(returned) == []


def test_a_number_in_the_wrong_place_is_an_extra() -> None:
    layout = layout_of(ACTIONS)
    contents = document(layout, THREE)
    contents.tables[0].rows[1][0].value = "17"
    assert extras(checked(contents, layout)) == ["17"]


# Everything else


def test_comments_and_loose_text_come_out_with_their_places() -> None:
    layout = layout_of(SEEN)
    contents = document(layout, {"seen": "the nurse"})
    contents.loose.append(Extra("paragraph", "paragraph 9", "A. All of it\nwritten below"))
    contents.extras.append(Extra("comment", "table 1 row 2", "is this right?"))
    assert checked(contents, layout).extras == (
        Extra("text", "paragraph 9", "written below"),
        Extra("comment", "table 1 row 2", "is this right?"),
    )


def test_what_is_wrong_with_a_cell_is_said_even_where_nobody_looks_for_an_answer() -> None:
    layout = layout_of(SEEN)
    contents = document(layout)
    remark = Code.CELL_ERROR.problem(place="Z9", value="#REF!")
    contents.tables.append(Table("t", [[Cell(30, "", "Z9", (), (remark,))]]))
    assert remark in checked(contents, layout).problems


@pytest.mark.parametrize(("type_", "told"), [("month", []), ("date", ["SHOWN_IN_PART"])])
def test_that_a_cell_shows_only_the_month_of_a_date_is_told_where_the_day_was_asked_for(
    type_: str, told: list[str]
) -> None:
    layout = layout_of({"id": "when", "type": type_, "ask": "When did the visits begin?"})
    contents = sheet(layout)
    cell = space(contents, layout, "when")
    cell.value = date(2025, 3, 1)
    cell.remarks = (Code.SHOWN_IN_PART.problem(value="01/03/2025", shown="mmm-yy"),)
    returned = checked(contents, layout)
    assert list(returned.values) == ["when"]
    assert said(returned) == [(code(Code[name]), "when") for name in told]


def test_a_date_typed_outside_is_shown_as_people_see_it() -> None:
    layout = layout_of(SEEN)
    contents = document(layout)
    contents.tables.append(Table("t", [[Cell(30, date(2025, 3, 12), "Z9")]]))
    assert extras(checked(contents, layout)) == ["12/03/2025"]


def test_a_cell_of_megabytes_costs_no_time_to_compare() -> None:
    layout = layout_of(SEEN, HEARD)
    contents = without(document(layout), *BOTH)
    contents.tables[0].rows[1][1].value = "Who has seen " * 200_000
    assert checked(contents, layout).values == {}


def test_tens_of_thousands_of_rows_that_are_almost_questions_take_seconds() -> None:
    rows = [{"id": f"r{number}", "text": f"Is standard {number} met for this child?"} for number in range(300)]
    layout = layout_of({**GRID, "rows": rows})
    contents = without(document(layout), *BOTH)
    contents.tables.append(
        Table(
            "t",
            [[Cell(0, "A1.1", "p"), Cell(1, f"Is standard {n} met by the child {n}?", "p")] for n in range(30_000)],
        )
    )
    start = process_time()
    checked(contents, layout)
    assert process_time() - start < 30
