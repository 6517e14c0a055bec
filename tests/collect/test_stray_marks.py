"""Marks that came away from what they marked: names left behind, heads moved without their marks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from qaf_forms.define.condition import Value
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Anchor, Cell, Contents, Route
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
        {"id": "gap", "title": "What is missing", "type": "text"},
    ],
    "rows": [
        {"id": "plan", "text": "There is one shared plan"},
        {"id": "lead", "text": "The lead worker is named"},
        {"id": "view", "text": "The child's view is written down"},
    ],
}
ACTIONS: dict[str, Any] = {
    "id": "actions",
    "type": "table",
    "ask": "Actions for us",
    "blank_rows": 3,
    "columns": [
        {"id": "action", "title": "Action", "type": "text"},
        {"id": "lead", "title": "Lead", "type": "text"},
        {"id": "why", "title": "Why", "type": "text"},
    ],
}
VALUES: dict[str, Value] = {
    "seen": "the nurse",
    "heard": "a lot",
    "core.plan.answer": "met",
    "core.plan.evidence": "minutes",
    "core.plan.gap": "none of it",
    "core.lead.answer": "not_met",
    "core.lead.evidence": "no file",
    "core.lead.gap": "the name",
    "core.view.answer": "met",
    "core.view.evidence": "drawing",
    "core.view.gap": "a date",
    "actions[1].action": "write",
    "actions[1].lead": "Head",
    "actions[1].why": "late",
    "actions[2].action": "call",
    "actions[2].lead": "Nurse",
    "actions[2].why": "soon",
}
LAYOUT = Layout(form_of(SEEN, GRID, ACTIONS, HEARD))
_ANSWERS = range(3, 6)
"""The columns in which answers stand on the sheet of this form."""


def shifted_names(contents: Contents, down: int = 0, right: int = 0) -> Contents:
    """Every name stands so far below, and to the right of, the cell that it marked."""
    for table in contents.tables:
        rows = table.rows
        named = [
            (number, cell, anchor)
            for number, row in enumerate(rows)
            for cell in row
            for anchor in cell.anchors
            if anchor.route is Route.NAME
        ]
        for _, cell, anchor in named:
            cell.anchors = [one for one in cell.anchors if one is not anchor]
        for number, cell, anchor in named:
            if 0 <= number + down < len(rows):
                other = _at(rows[number + down], cell.column + right)
                other.anchors = (anchor, *other.anchors)
    return placed(contents)


def _at(row: list[Cell], column: int) -> Cell:
    cell = next((one for one in row if one.column == column), None)
    if cell is None:
        cell = Cell(column, "", "")
        row.append(cell)
        row.sort(key=lambda one: one.column)
    return cell


def _values(row: list[Cell]) -> list[object]:
    return [cell.value for cell in row]


def _reverse(cells_: list[Cell], *, with_marks: bool) -> None:
    values = [cell.value for cell in cells_]
    for cell, value in zip(cells_, reversed(values), strict=True):
        cell.value = value
    if with_marks:
        anchors = [cell.anchors for cell in cells_]
        for cell, one in zip(cells_, reversed(anchors), strict=True):
            cell.anchors = one


@pytest.mark.parametrize("down", [1, 2, -1, 7])
@pytest.mark.parametrize("gone", [(), (Route.KEY,)])
def test_names_that_stayed_where_they_were_when_rows_moved_are_not_believed(down: int, gone: tuple[Route, ...]) -> None:
    contents = shifted_names(without(sheet(LAYOUT, VALUES), *gone), down=down)
    returned = checked(contents, LAYOUT)
    assert returned.values == VALUES
    assert returned.extras == ()


@pytest.mark.parametrize("down", [1, -1])
def test_names_on_rows_of_a_table_with_other_numbers_are_not_believed(down: int) -> None:
    layout = Layout(form_of(ACTIONS))
    values = {key: value for key, value in VALUES.items() if key.startswith("actions")}
    contents = without(shifted_names(sheet(layout, values), down=down), Route.KEY)
    returned = checked(contents, layout)
    assert returned.values == values
    assert returned.extras == ()


CHILDREN: dict[str, Any] = {
    "id": "child",
    "type": "group",
    "ask": "The children",
    "each": "Child",
    "copies": 3,
    "items": [{"id": "age", "type": "integer", "ask": "How old is the child?"}, HEARD],
}


def test_names_beside_the_same_question_about_another_child_are_not_believed() -> None:
    layout = Layout(form_of(CHILDREN))
    values: dict[str, Value] = {f"child[{number}].age": number + 7 for number in (1, 2, 3)}
    spaces = [field.code for field in layout.fields if field.key.endswith("age")]
    contents = sheet(layout, values)
    numbers = [
        number for number, row in enumerate(contents.tables[0].rows) if row and row[0].value in (spaces[0], spaces[1])
    ]
    returned = checked(without(shifted_names(contents, down=numbers[1] - numbers[0]), Route.KEY), layout)
    assert returned.values == values


@pytest.mark.parametrize("down", [1, -1, 2])
def test_names_of_boxes_that_stayed_where_they_were_are_not_believed(down: int) -> None:
    involved = {"id": "involved", "type": "choices", "ask": "Who was involved?", "scale": "agencies"}
    layout = Layout(form_of(SEEN, involved, HEARD))
    levels = tuple(tick.level.code for tick in layout.fields[1].ticks)
    values: dict[str, Value] = {"seen": "the nurse", "involved": (levels[0], levels[-1]), "heard": "a lot"}
    contents = shifted_names(without(sheet(layout, values), Route.KEY), down=down)
    returned = checked(contents, layout)
    assert returned.values == values
    assert returned.extras == ()


def test_one_name_beside_nothing_is_not_believed_while_its_question_stands_elsewhere() -> None:
    layout = Layout(form_of(SEEN))
    contents = shifted_names(without(sheet(layout, {"seen": "the nurse"}), Route.KEY), down=-1)
    returned = checked(contents, layout)
    assert returned.values == {"seen": "the nurse"}
    assert returned.extras == ()


def test_when_some_names_of_boxes_stayed_behind_all_are_found_by_their_labels() -> None:
    involved = {"id": "involved", "type": "choices", "ask": "Who was involved?", "scale": "agencies"}
    layout = Layout(form_of(SEEN, involved, HEARD))
    levels = tuple(tick.level.code for tick in layout.fields[1].ticks)
    values: dict[str, Value] = {"seen": "the nurse", "involved": (levels[0], levels[-1]), "heard": "a lot"}
    contents = without(sheet(layout, values), Route.KEY)
    name = layout.fields[1].ticks[0].anchor
    first = next(cell for cell in cells(contents) if any(one.name == name for one in cell.anchors))
    shifted_names(contents, down=1)
    for cell in cells(contents):
        cell.anchors = [one for one in cell.anchors if one.name != name]
    first.anchors = (Anchor(Route.NAME, name),)
    returned = checked(contents, layout)
    assert returned.values == values
    assert returned.extras == ()


@pytest.mark.parametrize("typed", ["A1", "A2.1", "Who has seen the child in the period?", "Evidence"])
@pytest.mark.parametrize("key", ["seen", "core.plan.gap", "actions[1].lead"])
@pytest.mark.parametrize("printed", [document, sheet])
def test_an_answer_in_the_words_of_the_form_keeps_its_mark(
    printed: Callable[..., Contents], key: str, typed: str
) -> None:
    returned = checked(printed(LAYOUT, {**VALUES, key: typed}), LAYOUT)
    assert returned.values == {**VALUES, key: typed}
    assert returned.answers[key].route in (Route.TAG, Route.NAME)
    assert returned.extras == ()


def test_names_that_stayed_where_they_were_when_columns_moved_are_not_believed() -> None:
    contents = shifted_names(sheet(LAYOUT, VALUES), right=1)
    returned = checked(contents, LAYOUT)
    assert returned.values == VALUES
    assert returned.extras == ()


def test_heads_say_which_column_is_which_also_where_names_stayed_behind_in_sorted_rows() -> None:
    contents = sheet(LAYOUT, VALUES)
    plan, lead, view = (
        row_of(contents, space(contents, LAYOUT, f"core.{row}.gap")) for row in ("plan", "lead", "view")
    )
    head = next(row for row in contents.tables[0].rows if "Level" in _values(row))
    for row in (head, plan, lead, view):
        keys = [[one for one in cell.anchors if one.route is Route.KEY] for cell in row[2:]]
        _reverse(row[2:], with_marks=True)
        for cell, one in zip(row[2:], keys, strict=True):
            cell.anchors = [*(name for name in cell.anchors if name.route is Route.NAME), *one]
    _swap(lead, view, keeping=Route.NAME)
    returned = checked(placed(contents), LAYOUT)
    assert returned.values == VALUES
    assert returned.problems == ()


def _swap(one: list[Cell], other: list[Cell], keeping: Route) -> None:
    """Change what stands in two rows, but for the marks of one route."""
    for first, second in zip(one, other, strict=True):
        first.value, second.value = second.value, first.value
        kept = [[mark for mark in cell.anchors if mark.route is keeping] for cell in (first, second)]
        moved = [[mark for mark in cell.anchors if mark.route is not keeping] for cell in (second, first)]
        first.anchors, second.anchors = ([*left, *new] for left, new in zip(kept, moved, strict=True))


def test_names_that_a_library_left_behind_give_way_also_in_the_one_row_that_did_not_move_down() -> None:
    contents = sheet(LAYOUT, VALUES)
    rows = [row_of(contents, space(contents, LAYOUT, f"actions[{number}].lead")) for number in (1, 2, 3)]
    named = [[_taken(cell, Route.NAME) for cell in row[1:]] for row in rows]
    head = next(row for row in contents.tables[0].rows if "Lead" in _values(row))
    _reverse(head[1:], with_marks=False)
    for row, names in zip(rows, [named[0], named[2], []], strict=True):
        _reverse(row[1:], with_marks=True)
        for cell, one in zip(row[1:], names, strict=False):
            cell.anchors = [*one, *cell.anchors]
    returned = checked(placed(contents), LAYOUT)
    assert returned.values == VALUES
    assert returned.problems == ()


def _taken(cell: Cell, route: Route) -> list[Anchor]:
    """The marks of a route, taken off their cell."""
    found = [one for one in cell.anchors if one.route is route]
    cell.anchors = [one for one in cell.anchors if one.route is not route]
    return found


def test_the_head_far_above_counts_though_the_names_in_one_row_are_left() -> None:
    rows = [{"id": f"row{number}", "text": f"Standard of number {number}"} for number in range(12)]
    layout = Layout(form_of({**GRID, "rows": rows}))
    values: dict[str, Value] = {f"core.row{number}.gap": f"gap {number}" for number in range(12)}
    values |= {f"core.row{number}.evidence": f"file {number}" for number in range(12)}
    contents = without(shifted_names(sheet(layout, values), right=1), Route.KEY)
    rows_ = [row for row in contents.tables[0].rows if any(cell.anchors for cell in row)]
    for row in rows_[:-1]:
        for cell in row:
            cell.anchors = []
    assert checked(contents, layout).values == values


def test_one_answer_pushed_aside_in_its_row_is_not_decided_by_its_key_alone() -> None:
    contents = sheet(LAYOUT, VALUES)
    cell = space(contents, LAYOUT, "core.lead.evidence")
    row = row_of(contents, cell)
    beside = _at(row, cell.column + 1)
    name, moved = next(one for one in cell.anchors if one.route is Route.NAME), cell.value
    cell.anchors = [one for one in cell.anchors if one is not name]
    beside.anchors = [name, *beside.anchors]
    beside.value, cell.value = moved, ""
    returned = checked(placed(contents), LAYOUT)
    told = {problem.key for problem in returned.problems}
    assert "core.lead.gap" not in returned.values or "core.lead.gap" in told


def test_heads_that_moved_without_their_marks_say_which_column_is_which() -> None:
    contents = _turned_blocks(sheet(LAYOUT, VALUES))
    returned = checked(contents, LAYOUT)
    assert returned.values == VALUES
    assert returned.extras == ()


def test_in_a_document_too_heads_say_which_column_is_which() -> None:
    contents = _turned_blocks(document(LAYOUT, VALUES), first=2)
    returned = checked(contents, LAYOUT)
    assert returned.values == VALUES


def _turned_blocks(contents: Contents, first: int = 3) -> Contents:
    """Words change places, marks stay."""
    for table in contents.tables:
        for row in table.rows:
            values = [cell for cell in row if cell.column >= first]
            if len(values) == 3:
                _reverse(values, with_marks=False)
            elif len(values) == 2 and row[0].column == first - 2 and len(row) == 4:
                _reverse(row[1:], with_marks=False)
    return placed(contents)


def test_an_answer_column_moved_before_the_question_is_found() -> None:
    layout = Layout(form_of(SEEN, HEARD))
    contents = sheet(layout, {"seen": "the nurse", "heard": "a lot"})
    for row in contents.tables[0].rows:
        if len(row) == 3:
            row[1].value, row[2].value = row[2].value, row[1].value
    returned = checked(placed(contents), layout)
    assert returned.values == {"seen": "the nurse", "heard": "a lot"}


def test_a_head_that_was_reworded_leaves_its_marks_alone() -> None:
    contents = sheet(LAYOUT, VALUES)
    next(cell for cell in cells(contents) if cell.value == "Evidence").value = "Proof"
    returned = checked(contents, LAYOUT)
    assert returned.values == VALUES
    assert [extra.text for extra in returned.extras] == ["Proof"]


def test_an_answer_worded_like_a_head_is_an_answer() -> None:
    values = {**VALUES, "core.plan.evidence": "Evidence", "actions[1].action": "Action", "seen": "Question"}
    assert checked(sheet(LAYOUT, values), LAYOUT).values == values


def test_a_column_head_is_never_an_answer() -> None:
    contents = without(sheet(LAYOUT, VALUES), Route.KEY)
    head = next(cell for cell in cells(contents) if cell.value == "Evidence")
    head.anchors = space(contents, LAYOUT, "core.plan.evidence").anchors
    returned = checked(contents, LAYOUT)
    assert returned.values == VALUES
    assert Code.TWO_ANSWERS.value.code not in {problem.code for problem in returned.problems}


def test_a_question_is_never_an_answer() -> None:
    contents = without(sheet(LAYOUT, VALUES), Route.KEY)
    question = next(cell for cell in cells(contents) if cell.value == HEARD["ask"])
    answer = space(contents, LAYOUT, "heard")
    question.anchors, answer.anchors = answer.anchors, ()
    returned = checked(contents, LAYOUT)
    assert returned.values == VALUES


def test_a_key_in_a_row_below_the_printed_ones_outranks_a_name() -> None:
    values = {**VALUES, **{f"actions[{number}].action": f"more {number}" for number in range(3, 7)}}
    contents = shifted_names(sheet(LAYOUT, values), down=1)
    assert checked(contents, LAYOUT).values == values


def test_the_name_of_another_version_does_not_disturb() -> None:
    contents = sheet(LAYOUT, VALUES)
    cell = space(contents, LAYOUT, "seen")
    cell.anchors = (*cell.anchors, Anchor(Route.NAME, "qf_something_else_00000000"))
    returned = checked(contents, LAYOUT)
    assert returned.values == VALUES


def test_an_empty_box_whose_mark_was_left_beside_it_is_not_lost() -> None:
    layout = Layout(form_of({"id": "who", "type": "choices", "ask": "Who was involved?", "scale": "agencies"}))
    first = layout.fields[0].ticks[0].level.code
    contents = shifted_names(sheet(layout, {"who": (first,)}), right=1)
    for table in contents.tables:
        for row in table.rows:
            row[:] = [cell for cell in row if cell.value != "" or any(one.route is Route.NAME for one in cell.anchors)]
    returned = checked(without(contents, Route.KEY), layout)
    assert returned.values == {"who": (first,)}
    assert returned.problems == ()
    assert returned.extras == ()


@pytest.mark.parametrize("gone", [(Route.NAME,), ()])
def test_questions_that_were_moved_without_their_hidden_keys_and_codes_are_known_by_their_words(
    gone: tuple[Route, ...],
) -> None:
    layout = Layout(form_of(SEEN, HEARD))
    contents = sheet(layout, {"seen": "the nurse", "heard": "a lot"})
    rows = [row_of(contents, space(contents, layout, key)) for key in ("seen", "heard")]
    texts = [[cell.value for cell in row] for row in rows]
    for row, values in zip(rows, reversed(texts), strict=True):
        for cell, value in zip(row, values, strict=True):
            cell.value = value
    for row in rows:
        row[:] = [cell for cell in row if cell.value not in ("A1", "A2")]
    returned = checked(without(contents, *gone), layout)
    assert returned.values == {"seen": "the nurse", "heard": "a lot"}


def test_the_same_question_about_another_child_is_known_by_its_code_unless_that_stands_there_twice() -> None:
    layout = Layout(form_of(CHILDREN))
    values: dict[str, Value] = {"child[1].age": 8, "child[2].age": 9, "child[3].age": 10}
    contents = sheet(layout, values)
    rows = [row_of(contents, space(contents, layout, key)) for key in values]
    texts = [[cell.value for cell in row] for row in rows]
    for row, moved in zip(rows, [texts[2], texts[0], texts[1]], strict=True):
        for cell, value in zip(row, moved, strict=True):
            cell.value = value
    assert checked(without(placed(contents), Route.NAME), layout).values == values
    for cell, value in zip(rows[1], texts[2], strict=True):
        cell.value = value
    returned = checked(contents, layout)
    assert returned.values["child[2].age"] == 10
    assert ("R124", "child[2].age") in [(problem.code, problem.key) for problem in returned.problems]


def test_sheets_that_were_copied_do_not_change_which_child_a_code_means() -> None:
    layout = Layout(form_of(CHILDREN))
    values: dict[str, Value] = {"child[1].age": 8, "child[2].age": 9, "child[3].age": 10}
    sheets = [without(sheet(layout, values), Route.NAME) for _ in range(2)]
    for one in sheets:
        rows = [row_of(one, space(one, layout, key)) for key in values]
        _swap(rows[0], rows[1], keeping=Route.KEY)
        _swap(rows[1], rows[2], keeping=Route.KEY)
    sheets[0].tables += sheets[1].tables
    returned = checked(placed(sheets[0]), layout)
    assert returned.values == values
    assert returned.problems == ()


def _without_codes(contents: Contents, layout: Layout) -> Contents:
    codes = {field.code for field in layout.fields}
    for table in contents.tables:
        for row in table.rows:
            row[:] = [cell for cell in row if cell.value not in codes]
    return placed(contents)


def test_without_codes_the_same_question_is_asked_about_where_name_and_key_mean_different_children() -> None:
    layout = Layout(form_of(CHILDREN))
    values: dict[str, Value] = {"child[1].age": 8, "child[2].age": 9, "child[3].age": 10}
    contents = sheet(layout, values)
    rows = [row_of(contents, space(contents, layout, key)) for key in values]
    _swap(rows[0], rows[1], keeping=Route.KEY)
    returned = checked(_without_codes(contents, layout), layout)
    assert returned.values == {"child[3].age": 10}
    asked = [(problem.code, problem.key) for problem in returned.problems]
    assert sorted({*asked}) == [("R123", "child[1].age"), ("R123", "child[2].age")]


@pytest.mark.parametrize("down", [1, 2, -1])
def test_without_codes_names_that_a_library_left_behind_are_asked_about_nowhere(down: int) -> None:
    layout = Layout(form_of(CHILDREN))
    values: dict[str, Value] = {f"child[{number}].age": number for number in (1, 2, 3)}
    contents = _without_codes(shifted_names(sheet(layout, values), down=down), layout)
    returned = checked(contents, layout)
    assert returned.values == values
    assert returned.problems == ()


def test_without_codes_answers_beside_the_words_of_other_questions_make_all_of_these_doubtful() -> None:
    layout = Layout(form_of(CHILDREN))
    values: dict[str, Value] = {f"child[{number}].age": number for number in (1, 2, 3)}
    values |= {f"child[{number}].heard": f"answer {number}" for number in (1, 2, 3)}
    contents = sheet(layout, values)
    rows = {key: row_of(contents, space(contents, layout, key)) for key in values}
    assert checked(_without_codes(sheet(layout, values), layout), layout).problems == ()
    for one, other in (("child[1].age", "child[2].heard"), ("child[1].heard", "child[3].heard")):
        for first, second in zip(rows[one], rows[other], strict=True):
            first.value, second.value = second.value, first.value
    returned = checked(_without_codes(contents, layout), layout)
    assert {problem.key for problem in returned.problems} == values.keys()


def test_a_column_that_is_headed_like_the_printed_numbers_moves_with_the_others() -> None:
    columns = [{"id": "ref", "title": "Ref.", "type": "text"}, *ACTIONS["columns"]]
    layout = Layout(form_of({**ACTIONS, "columns": columns}))
    values: dict[str, Value] = {"actions[1].ref": "N-7", "actions[1].action": "write", "actions[2].ref": "N-8"}
    contents = sheet(layout, values)
    rows = contents.tables[0].rows
    first = next(number for number, row in enumerate(rows) if any(cell.value == "Action" for cell in row))
    for row in rows[first:]:
        marked = {cell.column: cell.anchors for cell in row}
        for cell in row:
            cell.column += 2
            cell.anchors = marked.get(cell.column, ())
        left = [Cell(column, "", "", marked[column]) for column in sorted(marked)[:2] if marked[column]]
        row[:] = [*left, *row]
    returned = checked(without(placed(contents), Route.NAME), layout)
    assert returned.values == values
