"""Headings among the rows of a grid and stems over prompts: printed, never answered, in nobody's way."""

from __future__ import annotations

from typing import Any

import pytest

from qaf_forms.define.condition import Value
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.printed import printed_lines
from qaf_forms.plugin.interfaces import Cell, Contents, Route
from tests.collect.printing import checked, document, form_of, placed, sheet, space, without

GRID: dict[str, Any] = {
    "id": "core",
    "type": "grid",
    "ask": "Standards",
    "columns": [
        {"id": "answer", "title": "Level", "type": "choice", "scale": "met", "required": True},
        {"id": "evidence", "title": "Evidence", "type": "text"},
    ],
    "rows": [
        {"title": "1. Policies *and* plans", "help": "Those in force."},
        {"id": "policy", "text": "There is a policy for neglect"},
        {"title": "Evidence"},
        {
            "text": "How are children heard?",
            "help": "In their words.",
            "reference": "Children Act 2004",
            "prompts": [{"id": "planning", "text": "When plans are made"}, {"id": "review", "text": "At each review"}],
        },
        {"id": "lead", "text": "The lead worker is named"},
    ],
}
LAYOUT = Layout(form_of(GRID))
VALUES: dict[str, Value] = {
    "core.policy.answer": "met",
    "core.policy.evidence": "the policy itself",
    "core.planning.answer": "partly",
    "core.review.answer": "not_met",
    "core.review.evidence": "no record",
    "core.lead.answer": "met",
}
MARKS = (Route.TAG, Route.BOOKMARK, Route.NAME, Route.KEY)


def test_headings_take_no_number_and_prompts_have_letters_behind_that_of_their_stem() -> None:
    (block,) = LAYOUT.sections[0].blocks
    assert [row.code for row in block.rows] == ["", "A1.1", "", "A1.2", "A1.2a", "A1.2b", "A1.3"]  # type: ignore[union-attr]  # it is a grid
    assert [field.key for field in LAYOUT.fields if field.column == "answer"] == [
        "core.policy.answer",
        "core.planning.answer",
        "core.review.answer",
        "core.lead.answer",
    ]


def test_a_prompt_is_said_with_its_stem_where_the_stem_is_not_in_sight() -> None:
    field = LAYOUT.field("core.review.answer")
    assert field is not None
    assert (field.label, field.name) == ("How are children heard? At each review", "A1.2b Level")
    plain = Layout(form_of({**GRID, "rows": [{"text": "We hear children", "prompts": [{"id": "a", "text": "daily"}]}]}))
    assert plain.fields[0].label == "We hear children: daily"


def test_the_words_of_headings_and_stems_are_the_form_s_own() -> None:
    lines = printed_lines(LAYOUT)
    said = ("1 policies *and* plans", "those in force", "how are children heard", "based on: children act 2004")
    assert all(any(one in line or line in one for line in lines) for one in said)
    for printed in (document(LAYOUT), sheet(LAYOUT)):
        returned = checked(printed, LAYOUT)
        assert not returned.answers
        assert not returned.extras


@pytest.mark.parametrize("gone", [(), (Route.TAG, Route.NAME), MARKS])
def test_answers_around_headings_and_stems_are_found_by_any_mark_and_by_code(gone: tuple[Route, ...]) -> None:
    for printed in (document(LAYOUT, VALUES), sheet(LAYOUT, VALUES)):
        returned = checked(without(printed, *gone), LAYOUT)
        assert returned.values == VALUES
        assert not returned.extras


def test_answers_around_headings_and_stems_are_found_by_their_words_alone() -> None:
    contents = without(document(LAYOUT, VALUES), *MARKS)
    for row in contents.tables[0].rows[1:]:
        row[0].value = ""
    returned = checked(contents, LAYOUT)
    assert returned.values == VALUES
    assert not returned.extras


@pytest.mark.parametrize("gone", [(Route.KEY,), (Route.NAME, Route.KEY)])
def test_rows_sorted_in_a_workbook_among_headings_and_stems_are_read_by_what_they_say(gone: tuple[Route, ...]) -> None:
    contents = sheet(LAYOUT, VALUES)
    rows = contents.tables[0].rows[-7:]
    written = [_texts(row) for row in rows]
    for row, texts in zip(rows, [written[place] for place in (3, 6, 1, 5, 0, 2, 4)], strict=True):
        _write(row, texts)
    returned = checked(without(placed(contents), *gone), LAYOUT)
    assert returned.values == VALUES
    assert not returned.extras
    assert not returned.problems


def _texts(row: list[Cell]) -> dict[int, object]:
    return {cell.column: cell.value for cell in row}


def _write(row: list[Cell], texts: dict[int, object]) -> None:
    """Put other texts into the cells of a row, whose names and keys stay; cells that are missing are made."""
    known = {cell.column: cell for cell in row}
    for column in sorted({*known, *texts}):
        cell = known.get(column) or Cell(column, "", "")
        cell.value = texts.get(column, "")  # type: ignore[assignment]  # they are texts
        if column not in known:
            row.append(cell)


@pytest.mark.parametrize("number", [1, 4])
def test_what_is_written_beside_a_heading_or_stem_is_an_extra_with_and_without_marks(number: int) -> None:
    for gone in ((), MARKS):
        contents = document(LAYOUT, VALUES)
        contents.tables[0].rows[number].append(Cell(2, "Met", ""))
        returned = checked(without(placed(contents), *gone), LAYOUT)
        assert returned.values == VALUES
        assert [extra.text for extra in returned.extras] == ["Met"]


def test_what_is_written_beside_a_heading_that_was_sorted_to_an_answer_is_no_answer() -> None:
    contents = without(sheet(LAYOUT, {}), Route.KEY)
    here = _row_with(contents, space(contents, LAYOUT, "core.policy.answer"))
    here[0].value, here[1].value, here[2].value = "", "Evidence", "Met"
    returned = checked(contents, LAYOUT)
    assert not returned.answers
    assert [extra.text for extra in returned.extras] == ["Met"]
    assert ("R119", "core.policy.answer") in [(one.code, one.key) for one in returned.problems]


def _row_with(contents: Contents, cell: Cell) -> list[Cell]:
    return next(row for table in contents.tables for row in table.rows if any(one is cell for one in row))
