"""Spaces that show last answers, and those that begin with them: what `check` says of them."""

from __future__ import annotations

import pytest

from tests.define.forms import FIRST_ITEM as LINE
from tests.define.forms import form_with, told

GRID = """
- id: core
  type: grid
  columns:
    - {id: rating, title: Rating, type: choice, scale: known}
    - {id: last, title: Last time, LAST}
  rows: [{id: a, text: A?}, {id: b, text: B?}]
- {id: visits, type: integer, ask: How many visits?}
"""
COLUMN = f"{LINE + 4}"


def faults(last: str) -> list[tuple[str, str, str]]:
    found = told(GRID.replace("LAST", last))
    return [(code, place.split(":")[0], fix) for code, place, fix in found]


@pytest.mark.parametrize(
    "last",
    [
        "type: choice, scale: known, shows_last: rating",
        "type: paragraph, shows_last: rating",
        "type: integer, shows_last: visits",
        "type: decimal, shows_last: visits",
        "type: text, shows_last: {form: other_form, key: whatever.it.was}",
        "type: text, copy_forward: true",
    ],
)
def test_a_space_may_show_the_last_answer_to_a_question_of_its_type_or_in_words(last: str) -> None:
    assert faults(last) == []
    form_with(GRID.replace("LAST", last))


def test_a_last_answer_is_one_to_a_question_that_there_is_and_that_people_answer() -> None:
    assert faults("type: choice, scale: known, shows_last: ratin") == [("D009", COLUMN, "did you mean 'rating'?")]
    advice = "name a question that people answer"
    assert faults("type: choice, scale: known, shows_last: last") == [("D009", COLUMN, advice)]


def test_a_last_answer_that_cannot_stand_in_its_space_is_a_fault() -> None:
    advice = "give it the type choice, with the same scale, or paragraph, which shows any answer"
    assert faults("type: choice, scale: ynna, shows_last: rating") == [("D004", COLUMN, advice)]
    assert faults("type: integer, shows_last: rating") == [("D004", COLUMN, advice)]


def test_nobody_can_be_asked_for_last_answers() -> None:
    shows = "type: choice, scale: known, shows_last: rating"
    assert faults(f"{shows}, required: true") == [("D004", COLUMN, "remove required")]
    assert faults(f"{shows}, copy_forward: true") == [("D004", COLUMN, "remove copy_forward")]


TABLES = """
- id: actions
  type: table
  ask: Actions
  columns: [{id: what, title: What, type: text}, {id: due, title: Due, type: date}]
- id: followed
  type: table
  ask: What became of last year's actions
  columns: [{id: planned, title: What you planned, LAST}, {id: became, title: What came of it, type: text}]
- {id: first, type: text, ask: The first action, ONE}
"""


def test_a_column_of_a_table_may_show_that_of_another_table_row_by_row() -> None:
    whole = TABLES.replace("ONE", "shows_last: 'actions[1].what'")
    assert told(whole.replace("LAST", "type: text, shows_last: actions.what")) == []
    (fault,) = told(whole.replace("LAST", "type: date, shows_last: actions.what"))
    assert fault[0] == "D004"


def test_a_single_space_shows_no_column() -> None:
    whole = TABLES.replace("LAST", "type: text, shows_last: actions.what")
    assert [fault[0] for fault in told(whole.replace("ONE", "shows_last: actions.what"))] == ["D009"]


GRIDS = """
- id: rated
  type: grid
  columns: [{id: rating, title: Rating, type: choice, scale: known}]
  rows: [{id: a, text: A?}, {id: b, text: B?}]
- id: seen
  type: grid
  columns:
    - {id: was, title: Rated, type: choice, scale: known, shows_last: 'KEY'}
    - {id: found, title: Found, type: text}
  rows: [{id: a, text: Is A so?}, {id: c, text: Is B so?, shows_row: rated.b}]
"""


def test_a_star_stands_for_the_row_by_its_id_or_as_the_row_says() -> None:
    assert [fault[0] for fault in told(GRIDS.replace("KEY", "rated.*.rating"))] == ["D009"]
    rows_named = GRIDS.replace("shows_row: rated.b", "shows_row: b").replace("KEY", "rated.*.rating")
    assert told(rows_named) == []
    assert (
        told(GRIDS.replace("id: a, text: Is", "id: a, shows_row: rated.a, text: Is").replace("KEY", "*.rating")) == []
    )


def test_a_star_stands_for_nothing_outside_a_grid() -> None:
    whole = TABLES.replace("LAST", "type: text, shows_last: {form: other, key: '*.what'}").replace("ONE", "")
    ((code, _, fix),) = told(whole)
    assert (code, fix) == ("D004", "name the question")


def test_a_row_names_another_one_only_where_a_column_shows_it() -> None:
    ((code, _, fix),) = told(GRIDS.replace("KEY", "rated.a.rating"))
    assert (code, fix) == ("D004", "give a column shows_last: {form: ..., key: '*.rating'}")


def test_a_form_does_not_follow_itself() -> None:
    ((code, _, fix),) = told("- {id: one, type: text, ask: One?, copy_forward: true}", "follows: [audit]")
    assert (code, fix) == ("D004", "remove it")


SHARE = """
- {id: rate, type: calculated, ask: Rate, calculate: ratio, of: [visits, due], UNIT}
- {id: visits, type: integer, ask: Visits}
- {id: due, type: integer, ask: Visits due}
- {id: last_rate, type: percent, ask: Last time, shows_last: rate}
"""


def test_a_percentage_that_was_worked_out_is_shown_as_one() -> None:
    assert told(SHARE.replace("UNIT", "per: 100, unit: '%'")) == []
    assert [fault[0] for fault in told(SHARE.replace("UNIT", "unit: visits"))] == ["D004"]
