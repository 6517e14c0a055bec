"""Boxes that stand in cells of their own: what counts as a tick, and what is asked about."""

from __future__ import annotations

import pytest

from qaf_forms.collect.returns import Return
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Cell, Route
from tests.collect.printing import cells, checked, form_of, placed, sheet, without

INVOLVED = {"id": "involved", "type": "choices", "ask": "Who was involved with the family?", "scale": "agencies"}
LAYOUT = Layout(form_of(INVOLVED))
_FIELD = LAYOUT.fields[0]
FIRST, SECOND = (tick.level for tick in _FIELD.ticks[:2])


def ticked(*values: str, marks: bool = True) -> Return:
    contents = sheet(LAYOUT)
    boxes = [cell for cell in cells(contents) if any(anchor.name.startswith("involved#") for anchor in cell.anchors)]
    for box, value in zip(boxes, values, strict=False):
        box.value = value
    return checked(contents if marks else without(contents, Route.NAME, Route.KEY), LAYOUT)


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize("sign", ["x", "X", "✓", "✗", "✘", "yes", "1", "☒"])
def test_one_sign_alone_is_a_tick(sign: str, marks: bool) -> None:
    assert ticked(sign, marks=marks).values == {"involved": (FIRST.code,)}


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize(("tick", "cross"), [("✓", "✗"), ("✔", "x"), ("☑", "✘"), ("yes", "x")])
def test_a_cross_beside_a_tick_says_that_something_was_not_chosen_or_is_asked_about(
    tick: str, cross: str, marks: bool
) -> None:
    returned = ticked(tick, cross, marks=marks)
    assert returned.values == {"involved": (FIRST.code,)}
    assert [problem.key for problem in returned.problems] == ["involved"]
    assert cross in returned.problems[0].value


def test_of_two_boxes_with_one_label_and_no_marks_the_second_is_told() -> None:
    contents = without(sheet(LAYOUT, {"involved": (FIRST.code,)}), Route.NAME, Route.KEY)
    rows = contents.tables[0].rows
    number, row = next(pair for pair in enumerate(rows) if any(cell.value == FIRST.label for cell in pair[1]))
    rows.insert(number + 1, [Cell(cell.column, "later" if cell.value == "x" else cell.value, "") for cell in row])
    returned = checked(placed(contents), LAYOUT)
    assert returned.values == {"involved": (FIRST.code,)}
    assert "later" in [problem.value for problem in returned.problems]


@pytest.mark.parametrize("marks", [True, False])
def test_the_label_of_another_level_in_a_box_chooses_neither(marks: bool) -> None:
    returned = ticked(SECOND.label, marks=marks)
    assert returned.values == {}
    assert [(problem.key, problem.value) for problem in returned.problems] == [
        ("involved", f"{FIRST.label}: {SECOND.label}")
    ]


@pytest.mark.parametrize("marks", [True, False])
def test_the_own_label_in_a_box_is_a_tick(marks: bool) -> None:
    assert ticked(FIRST.label, marks=marks).values == {"involved": (FIRST.code,)}


@pytest.mark.parametrize("marks", [True, False])
def test_a_tick_with_a_question_mark_is_read_and_said(marks: bool) -> None:
    returned = ticked("x?", marks=marks)
    assert returned.values == {"involved": (FIRST.code,)}
    assert [(problem.key, problem.code) for problem in returned.problems] == [("involved", "R117")]
