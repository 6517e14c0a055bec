"""Checks of calculations: each fault its own message at its own place."""

from __future__ import annotations

import pytest

from tests.define.forms import FIRST_ITEM, problems_of, told, with_items

LINE = FIRST_ITEM
MET = """
scales:
  met:
    levels:
      - {code: met, label: Met, score: 2}
      - {code: not_met, label: Not met, score: 0}
      - {code: na, label: N/A, is_na: true}
"""
WORDS = "scales: {words: {levels: [{code: a, label: A}, {code: b, label: B, score: 1}]}}"
GRID = """
- id: g
  type: grid
  columns: [{id: rating, type: choice, scale: met, title: Rating}, {id: note, type: text, title: Note}]
  rows: [{id: r, text: R?}, {id: s, text: S?}]
"""


def messages(items: str, head: str = "") -> list[tuple[str, str]]:
    """Code and message of every problem in a form with these items."""
    return [(problem.code, problem.message) for problem in problems_of(with_items(items, head))]


def calculated(keys: str) -> str:
    """A calculated question with these keys, behind a grid of ratings and two numbers."""
    numbers = "\n- {id: n, type: integer, ask: N?}\n- {id: m, type: percent, ask: M?}\n- {id: t, type: text, ask: T?}\n"
    return GRID + numbers + f"- {{id: c, type: calculated, ask: C, {keys}}}"


@pytest.mark.parametrize(
    "keys",
    [
        "calculate: sum, of: [g.rating, n]",
        "calculate: mean, of: [g.r.rating, g.s.rating]",
        "calculate: count, of: [g.note, t]",
        "calculate: count, of: [g.rating], levels: [na]",
        "calculate: percent_of_level, of: [g.rating], levels: [met], over: all",
        "calculate: percent_of_possible, of: [g.rating, m]",
        "calculate: ratio, of: [n, m], per: 100, places: 2, unit: visits",
        "calculate: band, of: [m], scale: met, bands: {not_met: 0, met: 50}",
    ],
)
def test_a_sound_calculation_has_no_faults(keys: str) -> None:
    assert messages(calculated(keys), MET) == []


@pytest.mark.parametrize(
    ("keys", "code", "fix"),
    [
        ("calculate: sum, of: [g.ratng]", "D009", "did you mean 'g.rating'?"),
        ("calculate: sum, of: [m, q]", "D009", "the questions are g.r.rating"),
        ("calculate: sum, of: [t]", "D035", "name another answer"),
        ("calculate: percent_of_possible, of: [n]", "D035", "give it a maximum"),
        ("calculate: difference, of: [g.rating, n]", "D035", "name a single answer, or a calculation of them"),
        ("calculate: percent_of_level, of: [n], levels: [met]", "D035", "name an answer that is chosen from a scale"),
        ("calculate: percent_of_level, of: [g.rating], levels: [mett]", "D010", "did you mean 'met'?"),
        ("calculate: percent_of_level, of: [g.rating], levels: [na]", "D037", "count it instead"),
        ("calculate: percent_of_level, of: [g.rating]", "D037", "add levels: [...]"),
        ("calculate: difference, of: [n]", "D037", "name two answers"),
        ("calculate: sum, of: [n], levels: [met]", "D037", "remove it, or choose another calculation"),
        ("calculate: mean, of: [n], over: all", "D037", "remove it, or choose another calculation"),
        ("calculate: band, of: [n], scale: met", "D037", "add bands: ..."),
        ("calculate: band, of: [n], bands: {met: 1}", "D037", "add scale: ..."),
        ("calculate: band, of: [n, m], scale: met, bands: {met: 1}", "D037", "name one answer, such as a percentage"),
        ("calculate: band, of: [n], scale: met, bands: {mett: 1}", "D010", "did you mean 'met'?"),
        ("calculate: band, of: [n], scale: mett, bands: {met: 1}", "D008", "did you mean 'met'?"),
        (
            "calculate: band, of: [n], scale: met, bands: {met: 50, not_met: 50}",
            "D037",
            "write the bands from the lowest to the highest",
        ),
        ("calculate: sum, of: [n], required: true", "D004", "remove it"),
    ],
)
def test_a_fault_is_told_on_the_line_of_the_calculation(keys: str, code: str, fix: str) -> None:
    ((found, place, advice),) = told(calculated(keys), MET)
    assert (found, place.split(":")[0]) == (code, str(LINE + 8))
    assert advice.startswith(fix)


def test_a_level_without_a_score_is_told_unless_levels_are_only_counted() -> None:
    items = """
        - {id: a, type: choice, scale: words, ask: A?}
        - {id: b, type: yes_no, ask: B?}
        - {id: s, type: calculated, ask: S, calculate: sum, of: [a]}
        - {id: t, type: calculated, ask: T, calculate: mean, of: [b]}
        - {id: u, type: calculated, ask: U, calculate: count, of: [a, b], levels: [a, yes]}
        """
    assert messages(items, WORDS) == [
        ("D035", "'a' cannot be calculated with: the level a has no score"),
        ("D035", "'b' cannot be calculated with: the levels of its scale have no scores"),
    ]


def test_an_answer_of_several_levels_is_counted_but_has_no_score() -> None:
    items = """
        - {id: a, type: choices, scale: met, ask: A?}
        - {id: s, type: calculated, ask: S, calculate: sum, of: [a]}
        - {id: c, type: calculated, ask: C, calculate: count, of: [a], levels: [met]}
        """
    assert messages(items, MET) == [("D035", "'a' cannot be calculated with: it can have several answers at once")]


def test_a_circle_of_calculations_is_told_once_and_so_is_one_through_a_condition() -> None:
    items = """
        - {id: a, type: calculated, ask: A, calculate: sum, of: [n, b]}
        - {id: b, type: calculated, ask: B, calculate: sum, of: [a]}
        - {id: c, type: calculated, ask: C, calculate: sum, of: [c]}
        - {id: n, type: integer, ask: N?}
        - {id: p, type: integer, ask: P?, when: {q: {at_least: 1}}}
        - {id: q, type: calculated, ask: Q, calculate: sum, of: [p]}
        """
    assert messages(items) == [
        ("D036", "'a' is calculated from itself through 'b'"),
        ("D036", "'c' is calculated from itself"),
        ("D014", "'p' depends on its own answer through 'q'"),
    ]


def test_a_row_may_total_its_column_but_two_columns_not_each_other() -> None:
    items = """
        - id: g
          type: grid
          columns: [{id: n, type: integer, title: N}]
          rows:
            - {id: a, text: A}
            - {id: b, text: B}
            - {id: total, text: Total, cells: {n: {type: calculated, calculate: sum, of: [g.n]}}}
        - id: t
          type: table
          ask: T
          columns:
            - {id: x, type: calculated, title: X, calculate: sum, of: [y]}
            - {id: y, type: calculated, title: Y, calculate: sum, of: [x]}
        """
    assert messages(items) == [("D036", "'t[1].x' is calculated from itself through 't[1].y'")]


def test_a_sibling_is_one_answer_and_a_column_of_a_table_is_several() -> None:
    items = """
        - id: risks
          type: table
          ask: Risks
          columns:
            - {id: likelihood, type: integer, title: Likelihood}
            - {id: impact, type: integer, title: Impact}
            - {id: score, type: calculated, title: Score, calculate: product, of: [likelihood, impact]}
        - {id: worst, type: calculated, ask: Worst, calculate: product, of: [risks.score, risks.impact]}
        - id: child
          type: group
          ask: Child
          copies: 2
          items:
            - {id: own, type: integer, ask: Own?}
            - {id: their, type: integer, ask: Their?}
            - {id: gap, type: calculated, ask: Gap, calculate: difference, of: [own, their]}
        - {id: gaps, type: calculated, ask: Gaps, calculate: difference, of: [child.own, "child[3].own"]}
        - {id: first, type: calculated, ask: First, calculate: difference, of: ["child[1].own", "child[2].own"]}
        """
    assert [(code, place.split(":")[0]) for code, place, _ in told(items)] == [
        ("D035", str(LINE + 7)),
        ("D035", str(LINE + 7)),
        ("D035", str(LINE + 16)),
        ("D009", str(LINE + 16)),
    ]


def test_a_weight_that_nothing_uses_is_a_warning() -> None:
    items = """
        - id: g
          type: grid
          columns: [{id: rating, type: choice, scale: met, title: Rating}]
          rows: [{id: r, text: R?, weight: 5}]
        - {id: a, type: integer, ask: A?, weight: 2}
        - {id: b, type: integer, ask: B?, weight: 3}
        - id: child
          type: group
          ask: Child
          copies: 2
          items: [{id: level, type: choice, scale: met, ask: L?, weight: 4}]
        - {id: s, type: calculated, ask: S, calculate: sum, of: [g.rating, a, child.level]}
        - {id: d, type: calculated, ask: D, calculate: difference, of: [a, b]}
        """
    (problem,) = problems_of(with_items(items, MET))
    assert (problem.code, problem.value, problem.is_warning) == ("D038", "3", True)


def test_a_condition_may_ask_about_a_calculated_answer() -> None:
    items = """
        - {id: n, type: integer, ask: N?}
        - {id: c, type: calculated, ask: C, calculate: sum, of: [n]}
        - {id: b, type: calculated, ask: B, calculate: band, of: [c], scale: met, bands: {not_met: 0, met: 5}}
        - {id: why, type: text, ask: Why?, when: {c: {at_least: 5}, b: met}}
        """
    assert messages(items, MET) == []
