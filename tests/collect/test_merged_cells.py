"""Cells that somebody merged: what stands there for several spaces is nobody's answer, and is said for each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qaf_forms import Return
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Cell, Contents, Route
from qaf_forms.problems import Code
from tests.collect.printing import document, form_of, read, row_of, space, without

COLUMNS = [
    {"id": "answer", "title": "Answer", "type": "yes_no"},
    {"id": "evidence", "title": "Evidence", "type": "paragraph"},
    {"id": "note", "title": "Comment", "type": "text"},
]
ROWS = [
    {"id": "seen", "text": "Was the child seen alone?"},
    {"id": "heard", "text": "Were the child’s wishes recorded?"},
]
ACTIONS = [{"id": "what", "title": "Action", "type": "text"}, {"id": "lead", "title": "Lead", "type": "text"}]
FORM = form_of(
    {"id": "name", "type": "text", "ask": "What is your service called?"},
    {"id": "core", "type": "grid", "ask": "Practice", "columns": COLUMNS, "rows": ROWS},
    {"id": "acts", "type": "table", "ask": "Actions", "blank_rows": 3, "columns": ACTIONS},
)
LAYOUT = Layout(FORM)
DUE = {"id": "due", "title": "By when", "type": "date", "required": True}
DATED = form_of(
    {"id": "name", "type": "text", "ask": "What is your service called?"},
    {"id": "core", "type": "grid", "ask": "Practice", "columns": COLUMNS, "rows": ROWS},
    {"id": "acts", "type": "table", "ask": "Actions", "blank_rows": 3, "columns": [ACTIONS[0], DUE]},
)
ANSWERS = {
    "name": "Early Help",
    "core.seen.answer": "yes",
    "core.seen.evidence": "minutes one",
    "core.seen.note": "note one",
    "core.heard.answer": "no",
    "core.heard.evidence": "minutes two",
    "core.heard.note": "note two",
    "acts[1].what": "Train staff",
    "acts[1].lead": "Ann",
    "acts[2].what": "Write policy",
    "acts[2].lead": "Bob",
}
MARKS = [(), (Route.TAG,), (Route.TAG, Route.BOOKMARK)]
Merge = Callable[..., None]


def down(contents: Contents, first: str, further: str, layout: Layout = LAYOUT) -> None:
    """Everything goes into the first cell; the further one stays in its row as an empty part of it."""
    one, other = space(contents, layout, first), space(contents, layout, further)
    one.value = f"{one.value}\n{other.value}"
    one.anchors = (*one.anchors, *other.anchors)
    other.value, other.anchors, other.into = "", (), one


def across(contents: Contents, first: str, further: str, layout: Layout = LAYOUT) -> None:
    """The first cell is as wide as both; there is no other any more."""
    one, other = space(contents, layout, first), space(contents, layout, further)
    one.value = f"{one.value}\n{other.value}"
    one.anchors = (*one.anchors, *other.anchors)
    one.across = 2
    row = row_of(contents, other)
    row[:] = [cell for cell in row if cell is not other]


def shared(returned: Return) -> set[str]:
    return {one.key for one in returned.problems if one.code == Code.SHARED_SPACE.value.code}


@pytest.mark.parametrize("gone", MARKS)
@pytest.mark.parametrize(
    ("merge", "first", "further"),
    [
        (down, "core.seen.evidence", "core.heard.evidence"),
        (down, "core.seen.answer", "core.heard.answer"),
        (across, "core.seen.evidence", "core.seen.note"),
        (down, "acts[1].lead", "acts[2].lead"),
        (across, "acts[1].what", "acts[1].lead"),
    ],
)
def test_what_stands_in_merged_spaces_is_said_for_each(
    merge: Merge, first: str, further: str, gone: tuple[Route, ...]
) -> None:
    contents = document(LAYOUT, ANSWERS)
    merge(contents, first, further)
    returned = read(without(contents, *gone), FORM)
    assert shared(returned) == {first, further}
    assert returned.values == {key: value for key, value in ANSWERS.items() if key not in (first, further)}


def test_one_text_kept_for_two_rows_is_asked_about() -> None:
    contents = document(LAYOUT, ANSWERS)
    down(contents, "core.seen.answer", "core.heard.answer")
    space(contents, LAYOUT, "core.seen.answer").value = "Yes"
    assert shared(read(contents, FORM)) == {"core.seen.answer", "core.heard.answer"}


def test_empty_spaces_that_were_merged_are_no_matter() -> None:
    contents = document(LAYOUT)
    down(contents, "core.seen.evidence", "core.heard.evidence")
    assert shared(read(contents, FORM)) == set()


@pytest.mark.parametrize("gone", MARKS)
@pytest.mark.parametrize(
    ("merge", "first", "further"),
    [
        (down, "name", "core.seen.answer"),
        (down, "core.seen.answer", "core.heard.evidence"),
        (across, "core.seen.answer", "core.seen.evidence"),
        (across, "acts[1].what", "acts[1].due"),
        (down, "acts[1].due", "acts[2].due"),
    ],
)
def test_placeholders_that_merging_brought_together_are_no_answer_and_no_row(
    merge: Merge, first: str, further: str, gone: tuple[Route, ...]
) -> None:
    layout = Layout(DATED)
    contents = document(layout)
    merge(contents, first, further, layout)
    returned = read(without(contents, *gone), DATED)
    assert (returned.values, returned.problems, returned.extras) == ({}, (), ())


def test_a_whole_row_merged_into_the_one_above_is_asked_about() -> None:
    contents = document(LAYOUT, ANSWERS)
    down(contents, "acts[1].what", "acts[2].what")
    down(contents, "acts[1].lead", "acts[2].lead")
    assert shared(read(contents, FORM)) == {"acts[1].what", "acts[1].lead", "acts[2].what", "acts[2].lead"}


def test_a_wide_cell_over_the_columns_of_nothing_else_is_read_as_ever() -> None:
    contents = document(LAYOUT, ANSWERS)
    space(contents, LAYOUT, "name").across = 3
    space(contents, LAYOUT, "core.heard.note").across = 2
    returned = read(without(contents, Route.TAG, Route.BOOKMARK), FORM)
    assert returned.values == ANSWERS
    assert shared(returned) == set()


def test_an_answer_moved_into_the_space_of_another_with_its_mark_is_asked_about() -> None:
    contents = document(LAYOUT, ANSWERS)
    taken, gone = (space(contents, LAYOUT, f"core.{row}.evidence") for row in ("seen", "heard"))
    taken.value, taken.anchors = f"{taken.value}\n{gone.value}", (*taken.anchors, *gone.anchors)
    row = row_of(contents, gone)
    row[row.index(gone)] = Cell(gone.column, "", gone.place)
    returned = read(contents, FORM)
    assert shared(returned) == {"core.seen.evidence", "core.heard.evidence"}
    assert "core.seen.evidence" not in returned.values
