"""Calculations in the words that forms print."""

from __future__ import annotations

import pytest

from qaf_forms.issue.fields import GridBlock, TableBlock
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.printed import note_lines, row_note_lines
from tests.issue.test_calculating import RISKS, form_of, grid

LEFT_OUT = "what does not apply is left out"
ITEMS = (
    grid("g", 1, 1, 1)
    + """
- {id: n, type: integer, ask: N?}
- {id: m, type: integer, ask: M?}
"""
    + RISKS
    + """
- id: child
  type: group
  ask: Child
  copies: 2
  items: [{id: level, type: choice, scale: met, ask: Level?}]
- {id: it, type: calculated, ask: It, %s}
"""
)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("calculate: sum, of: [n, m]", "sum of A2 and A3"),
        ("calculate: mean, of: [g.rating]", f"average of Rating in A1.1 to A1.3; {LEFT_OUT}"),
        ("calculate: count, of: [risks.risk, n]", "number of answers in Risk in every row of A4 and A2"),
        (
            "calculate: count, of: [child.level], levels: [met, partly]",
            "number of answers “Fully met” or “Partly met” in A7-1.1 to A7-2.1",
        ),
        (
            "calculate: percent_of_level, of: [g.rating], levels: [met], over: all",
            f"percentage of “Fully met” in Rating in A1.1 to A1.3, of all that apply; {LEFT_OUT}",
        ),
        (
            "calculate: percent_of_possible, of: [g.r1.rating]",
            f"points in A1.1 Rating as a percentage of the most there can be, of those answered; {LEFT_OUT}",
        ),
        ("calculate: difference, of: [n, m]", "A2 less A3"),
        ('calculate: product, of: [n, "risks[2].score"]', "A2 × A4 row 2 Score"),
        ("calculate: ratio, of: [n, m]", "A2 divided by A3"),
        ('calculate: ratio, of: [n, m], per: 100, unit: "%"', "A2 as a percentage of A3"),
        ("calculate: ratio, of: [n, m], per: 10000", "A2 for every 10,000 of A3"),
        (
            "calculate: band, of: [n], scale: met, bands: {not_met: 0, met: 4.5}",
            "A2 as a level: Not met from 0, Fully met from 4.5",
        ),
    ],
)
def test_a_question_says_how_it_is_worked_out(keys: str, words: str) -> None:
    layout = Layout(form_of((ITEMS % keys).replace(", weight: 1", "")))
    field = layout.field("it")
    assert field is not None
    assert note_lines(layout, field)[0] == f"Worked out for you: {words}."


TWO_GRIDS = (
    grid("g", 1, 1)
    + """
- {id: n, type: integer, ask: N?}
"""
    + grid("h", 1, 1, 1)
)


@pytest.mark.parametrize(
    ("more", "keys", "words"),
    [
        ("", "of: [g.rating, h.rating]", "Rating in A1.1 to A3.3"),
        ("", "of: [n, h.rating, g.rating]", "A2 and Rating in A1.1 to A3.3"),
        (grid("i", 1, 1), "of: [g.rating, i.rating]", "Rating in A1.1 to A1.2 and A4.1 to A4.2"),
        (grid("i", 1, 1), "of: [h.rating, i.rating]", "Rating in A3.1 to A4.2"),
        ("", "of: [g.r1.rating, h.rating]", "A1.1 Rating and Rating in A3.1 to A3.3"),
    ],
)
def test_columns_of_one_title_are_named_together(more: str, keys: str, words: str) -> None:
    items = f"{TWO_GRIDS}{more}\n- {{id: it, type: calculated, ask: It, calculate: count, {keys}}}\n"
    layout = Layout(form_of(items.replace(", weight: 1", "")))
    field = layout.field("it")
    assert field is not None
    assert note_lines(layout, field)[0] == f"Worked out for you: number of answers in {words}."


def test_weights_are_printed_with_the_row_and_with_what_they_count_for() -> None:
    items = grid("g", 40, 60) + "- {id: s, type: calculated, ask: S, calculate: sum, of: [g.rating], unit: points}"
    layout = Layout(form_of(items))
    block = next(one for one in layout.sections[0].blocks if isinstance(one, GridBlock))
    assert [row_note_lines(layout, row) for row in block.rows] == [["Weight: 40"], ["Weight: 60"]]
    field = layout.field("s")
    assert field is not None
    assert note_lines(layout, field) == [
        "Worked out for you: sum of Rating in A1.1 to A1.2, each by its weight.",
        "(points)",
    ]


def test_a_column_says_it_with_the_titles_of_its_siblings_and_a_cell_of_its_own_in_its_row() -> None:
    layout = Layout(form_of(RISKS))
    table = next(one for one in layout.sections[0].blocks if isinstance(one, TableBlock))
    score = table.columns[-1]
    assert layout.column_note(score, table.columns) == "Worked out for you: Likelihood × Impact."
    items = """
        - id: staff
          type: grid
          columns: [{id: number, type: integer, title: Number}]
          rows:
            - {id: nurses, text: Nurses}
            - {id: police, text: Police officers}
            - {id: total, text: Total, cells: {number: {type: calculated, calculate: sum, of: [staff.number]}}}
        """
    layout = Layout(form_of(items))
    block = next(one for one in layout.sections[0].blocks if isinstance(one, GridBlock))
    assert row_note_lines(layout, block.rows[2]) == ["Number: Worked out for you: sum of Number in A1.1 to A1.2."]
