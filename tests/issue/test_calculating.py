"""Calculated answers of whole forms, worked by hand on shapes that partnerships use."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from qaf_forms.define.condition import Value
from qaf_forms.define.form import Form
from qaf_forms.define.loading import load_definition, load_scales
from qaf_forms.define.yaml_source import read_text
from qaf_forms.issue.calculating import calculated, with_calculated
from qaf_forms.issue.layout import Layout
from tests.define.forms import with_items

SCALES, _ = load_scales(
    """
met:
  levels:
    - {code: met, label: Fully met, score: 3}
    - {code: partly, label: Partly met, score: 2}
    - {code: not_met, label: Not met, score: 1}
    - {code: na, label: N/A, is_na: true}
    - {code: dont_know, label: Don't know, is_nonresponse: true}
grade:
  levels:
    - {code: inadequate, label: Inadequate, score: 1}
    - {code: requires_improvement, label: Requires improvement, score: 2}
    - {code: good, label: Good, score: 3}
    - {code: outstanding, label: Outstanding, score: 4}
""",
    "scales.yaml",
)
PAIR = """
block: pair
items:
  - {id: n, type: integer, ask: "{what}?"}
  - {id: twice, type: calculated, ask: "{what} twice", calculate: sum, of: [n, n, other]}
"""
BANDS = "scale: grade, bands: {inadequate: 0, requires_improvement: 40, good: 65, outstanding: 85}"


def form_of(items: str, head: str = "") -> Form:
    """A sound form with these items."""
    loaded = load_definition(with_items(items, head), SCALES, "audit.yaml", {"pair": read_text(PAIR, "pair.yaml")})
    assert loaded.form is not None, loaded.problems
    assert loaded.problems == ()
    return loaded.form


def worked_out(items: str, answers: dict[str, Any], head: str = "", variant: str | None = None) -> dict[str, Value]:
    """The calculated answers of a form with these items."""
    return calculated(Layout(form_of(items, head), variant), answers)


def grid(id_: str, *weights: int) -> str:
    """A grid of ratings with a row for each weight."""
    rows = ", ".join(f"{{id: r{place}, text: {id_} {place}, weight: {w}}}" for place, w in enumerate(weights, 1))
    columns = "[{id: rating, type: choice, scale: met, title: Rating}]"
    return f"\n- {{id: {id_}, type: grid, columns: {columns}, rows: [{rows}]}}\n"


def test_criteria_weighted_to_100_are_a_percentage_of_what_applies_with_a_grade() -> None:
    items = (
        grid("g", 25, 20, 20, 15, 15, 5)
        + f"""
- {{id: points, type: calculated, ask: Points, calculate: percent_of_possible, of: [g.rating]}}
- {{id: grade, type: calculated, ask: Grade, calculate: band, of: [points], {BANDS}}}
"""
    )
    levels = ["met", "partly", "met", "not_met", "partly", "met"]
    given = {f"g.r{place}.rating": level for place, level in enumerate(levels, 1)}
    assert worked_out(items, given) == {"points": Decimal("78.3"), "grade": "good"}  # 235 of 300
    given["g.r4.rating"] = "na"
    assert worked_out(items, given) == {"points": Decimal("86.3"), "grade": "outstanding"}  # 220 of 255


def test_each_section_has_its_percentage_fully_met_with_both_denominators() -> None:
    items = "".join(
        grid(name, 1, 1, 1, 1).replace(", weight: 1", "")
        + "".join(
            f"- {{id: {name}_{over}, type: calculated, ask: {name} {over}, calculate: percent_of_level,"
            f" of: [{name}.rating], levels: [met], over: {over}, places: 0}}\n"
            for over in ("answered", "all")
        )
        for name in ("leadership", "policy", "training")
    )
    given = {
        "leadership.r1.rating": "met",
        "leadership.r2.rating": "partly",
        "leadership.r3.rating": "na",
        "policy.r1.rating": "met",
        "policy.r2.rating": "dont_know",
    }
    assert worked_out(items, given) == {
        "leadership_answered": 50,  # 1 of 2
        "leadership_all": 33,  # 1 of 3
        "policy_answered": 100,  # 1 of 1
        "policy_all": 25,  # 1 of 4
    }


def test_own_and_moderated_ratings_differ_row_by_row_and_on_average() -> None:
    items = """
        - id: g
          type: grid
          columns:
            - {id: own, type: choice, scale: met, title: Own}
            - {id: moderated, type: choice, scale: met, title: Moderated, filled_by: unit}
            - {id: gap, type: calculated, title: Difference, calculate: difference, of: [moderated, own]}
          rows: [{id: a, text: A?}, {id: b, text: B?}, {id: c, text: C?}]
        - {id: gap, type: calculated, ask: Average difference, calculate: mean, of: [g.gap], places: 2}
        """
    given = {
        "g.a.own": "met",
        "g.a.moderated": "not_met",
        "g.b.own": "partly",
        "g.b.moderated": "met",
        "g.c.own": "na",
        "g.c.moderated": "met",
    }
    found = worked_out(items, given, "\nroles: {unit: Unit}")
    assert found == {"g.a.gap": -2, "g.b.gap": 1, "gap": Decimal("-0.5")}


RISKS = """
- id: risks
  type: table
  ask: Risks
  blank_rows: 2
  columns:
    - {id: risk, type: text, title: Risk}
    - {id: likelihood, type: integer, title: Likelihood, minimum: 1, maximum: 5}
    - {id: impact, type: integer, title: Impact, minimum: 1, maximum: 5}
    - {id: score, type: calculated, title: Score, calculate: product, of: [likelihood, impact]}
- {id: how_many, type: calculated, ask: How many, calculate: count, of: [risks.risk]}
- {id: average, type: calculated, ask: Average, calculate: mean, of: [risks.score]}
"""


def test_a_risk_of_five_by_five_is_scored_in_every_row_that_was_written() -> None:
    given = {
        "risks[1].risk": "Drift",
        "risks[1].likelihood": 4,
        "risks[1].impact": 5,
        "risks[3].risk": "Waiting times",
        "risks[3].likelihood": 2,
        "risks[3].impact": 3,
        "risks[4].risk": "Not scored yet",
        "risks[4].impact": 3,
    }
    assert worked_out(RISKS, given) == {
        "risks[1].score": 20,
        "risks[3].score": 6,
        "how_many": 3,
        "average": 13,
    }


def test_items_of_a_group_mean_their_own_copy_and_from_outside_every_copy_that_is_used() -> None:
    items = """
        - id: child
          type: group
          ask: Child
          copies: 3
          items:
            - {id: age, type: integer, ask: Age?}
            - {id: level, type: choice, scale: met, ask: Level?}
            - {id: needs, type: grid, columns: [{id: met, type: choice, scale: met, title: Met}],
               rows: [{id: food, text: Food}, {id: sleep, text: Sleep}]}
            - {id: own, type: calculated, ask: Own, calculate: mean, of: [level, needs.met]}
        - {id: levels, type: calculated, ask: Levels, calculate: percent_of_level, of: [child.level],
           levels: [met], over: all}
        - {id: needs_met, type: calculated, ask: All needs, calculate: sum, of: [child.needs.met]}
        - {id: sleep, type: calculated, ask: All sleep, calculate: sum, of: [child.needs.sleep.met]}
        - {id: first, type: calculated, ask: First, calculate: sum, of: ["child[1].needs.met"]}
        """
    given = {
        "child[1].level": "met",
        "child[1].needs.food.met": "partly",
        "child[1].needs.sleep.met": "not_met",
        "child[2].age": 7,
    }
    assert worked_out(items, given) == {
        "child[1].own": 2,
        "levels": 50,  # the third copy is not used
        "needs_met": 3,
        "sleep": 1,
        "first": 3,
    }


def test_what_is_not_asked_does_not_apply_or_is_waived_is_left_out() -> None:
    items = """
        - {id: open, type: yes_no, ask: Open?}
        - {id: a, type: choice, scale: met, ask: A?}
        - {id: b, type: choice, scale: met, ask: B?, when: {open: yes}}
        - {id: c, type: choice, scale: met, ask: C?, applies_to: [health]}
        - {id: met, type: calculated, ask: Met, calculate: percent_of_level, of: [a, b, c], levels: [met], over: all}
        """
    nil = "\nnil_return: {ask: Known?, scale: {levels: [{code: k, label: K}, {code: n, label: N}]}, waives_when: [n]}"
    given = {"a": "met", "b": "partly"}
    assert worked_out(items, given, nil) == {"met": 50}  # a of a and c
    assert worked_out(items, given, nil, variant="police") == {"met": 100}
    assert worked_out(items, {**given, "open": "yes"}, nil, variant="police") == {"met": 50}
    assert worked_out(items, {**given, "nil_return": "n"}, nil) == {}


def test_a_calculated_answer_decides_what_is_asked_before_that_is_counted() -> None:
    items = """
        - {id: n, type: integer, ask: N?}
        - {id: total, type: calculated, ask: Total, calculate: sum, of: [n]}
        - {id: plan, type: integer, ask: Plan?, when: {total: {at_least: 10}}}
        - {id: plans, type: calculated, ask: Plans, calculate: sum, of: [plan, n]}
        - {id: big, type: calculated, ask: Big, calculate: sum, of: [n], when: {plans: {at_least: 15}}}
        """
    assert worked_out(items, {"n": 9, "plan": 5}) == {"total": 9, "plans": 9}
    assert worked_out(items, {"n": 10, "plan": 5}) == {"total": 10, "plans": 15, "big": 10}


def test_a_row_that_totals_its_column_is_no_part_of_it() -> None:
    items = """
        - id: staff
          type: grid
          columns: [{id: number, type: integer, title: Number}]
          rows:
            - {id: nurses, text: Nurses}
            - {id: police, text: Police officers}
            - {id: total, text: Total, cells: {number: {type: calculated, calculate: sum, of: [staff.number]}}}
            - {id: mean, text: Average, cells: {number: {type: calculated, calculate: mean, of: [staff.number]}}}
        """
    found = worked_out(items, {"staff.nurses.number": 3, "staff.police.number": 4})
    assert found == {"staff.total.number": 7, "staff.mean.number": Decimal("3.5")}


def test_a_band_is_found_for_the_number_that_is_shown() -> None:
    items = f"""
        - {{id: n, type: percent, ask: N?}}
        - {{id: shown, type: calculated, ask: Shown, calculate: mean, of: [n], places: 0}}
        - {{id: grade, type: calculated, ask: Grade, calculate: band, of: [shown], {BANDS}}}
        """
    assert worked_out(items, {"n": Decimal("84.5")}) == {"shown": 85, "grade": "outstanding"}


def test_what_stands_in_a_calculated_space_is_not_used() -> None:
    form = form_of(RISKS)
    answers: dict[str, Value] = {
        "risks[1].likelihood": 2,
        "risks[1].impact": 2,
        "risks[1].score": Decimal(25),
        "risks[2].score": 9,
    }
    assert with_calculated(Layout(form), answers) == {
        "risks[1].likelihood": 2,
        "risks[1].impact": 2,
        "risks[1].score": 4,
        "average": 4,
    }


def test_blocks_name_their_own_questions_in_calculations_whatever_their_prefix() -> None:
    items = """
        - {id: other, type: integer, ask: Other?}
        - {use: pair, prefix: first, with: {what: First}}
        """
    assert worked_out(items, {"first_n": 2, "other": 1}) == {"first_twice": 5}
