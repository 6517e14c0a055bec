"""Calculations on answers as they see them, worked by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from qaf_forms.define.condition import Is
from qaf_forms.define.scale import Level, Scale
from qaf_forms.define.score import Calculation, Operand, most_of, names_of, unscored, worked_out

NOT_APPLICABLE = Operand(applies=False, codes=("na",), most=Decimal(3))
DONT_KNOW = Operand(codes=("dont_know",), most=Decimal(3))
BLANK = Operand(most=Decimal(3))
CODES = {3: "met", 2: "partly", 1: "not_met"}


def level(score: int, weight: int = 1) -> Operand:
    """An answer on a scale of three."""
    return Operand(True, True, (CODES[score],), Decimal(score), Decimal(3), Decimal(weight))


def number(value: str) -> Operand:
    """A number given as an answer."""
    return Operand(True, True, (), Decimal(value))


def result(operands: list[Operand], calculate: str, **keys: Any) -> Decimal | str | None:
    """What a calculation of one column comes to."""
    return worked_out(Calculation.model_validate({"calculate": calculate, "of": ["g.c"], **keys}), [operands])


def of_each(operands: list[Operand], calculate: str, **keys: Any) -> Decimal | str | None:
    """What a calculation of single answers comes to."""
    keys = {"of": [f"a{place}" for place in range(len(operands))], **keys}
    return worked_out(Calculation.model_validate({"calculate": calculate, **keys}), [[one] for one in operands])


MIXED = [level(3), level(3), level(2), level(1), NOT_APPLICABLE, DONT_KNOW, BLANK]


@pytest.mark.parametrize(
    ("calculate", "keys", "expected"),
    [
        ("sum", {}, "9"),
        ("mean", {}, "2.3"),  # 9 / 4 = 2.25, half up
        ("mean", {"places": 2}, "2.25"),
        ("count", {}, "4"),
        ("count", {"levels": ["met", "partly"]}, "3"),
        ("count", {"levels": ["na"]}, "1"),
        ("percent_of_level", {"levels": ["met"]}, "50.0"),  # 2 of 4 answered
        ("percent_of_level", {"levels": ["met"], "over": "all"}, "33.3"),  # 2 of 6: not the one N/A
        ("percent_of_level", {"levels": ["dont_know"], "over": "all"}, "16.7"),
        ("percent_of_possible", {}, "75.0"),  # 9 of 12
        ("percent_of_possible", {"over": "all"}, "50.0"),  # 9 of 18
    ],
)
def test_na_is_in_no_denominator_and_blanks_and_non_response_are_in_all_of_them(
    calculate: str, keys: dict[str, Any], expected: str
) -> None:
    assert str(result(MIXED, calculate, **keys)) == expected


@pytest.mark.parametrize(
    ("calculate", "keys"),
    [
        ("sum", {}),
        ("mean", {}),
        ("count", {}),
        ("percent_of_level", {"levels": ["met"]}),
        ("percent_of_level", {"levels": ["met"], "over": "all"}),
        ("percent_of_possible", {"over": "all"}),
    ],
)
@pytest.mark.parametrize("operands", [[], [BLANK, BLANK]])
def test_where_nothing_is_answered_nothing_is_worked_out(
    operands: list[Operand], calculate: str, keys: dict[str, Any]
) -> None:
    assert result(operands, calculate, **keys) is None


@pytest.mark.parametrize("over", ["answered", "all"])
def test_where_nothing_applies_there_is_no_percentage(over: str) -> None:
    operands = [NOT_APPLICABLE, NOT_APPLICABLE]
    assert result(operands, "percent_of_level", levels=["met"], over=over) is None
    assert result(operands, "percent_of_possible", over=over) is None
    assert result(operands, "mean") is None
    assert result(operands, "sum") is None


def test_criteria_weighted_to_100_share_the_weight_of_one_that_does_not_apply() -> None:
    weights = [25, 20, 20, 15, 15, 5]
    scores = [3, 2, 3, 1, 2, 3]
    all_apply = [level(score, weight) for score, weight in zip(scores, weights, strict=True)]
    assert result(all_apply, "sum") == 235  # 75 + 40 + 60 + 15 + 30 + 15
    assert result(all_apply, "percent_of_possible") == Decimal("78.3")  # 235 of 300
    assert result(all_apply, "mean", places=2) == Decimal("2.35")
    all_apply[3] = Operand(applies=False, codes=("na",), most=Decimal(3), weight=Decimal(15))
    assert result(all_apply, "percent_of_possible") == Decimal("86.3")  # 220 of 255
    assert result(all_apply, "mean", places=2) == Decimal("2.59")  # 220 / 85


def test_a_difference_may_be_negative_and_needs_both_sides() -> None:
    assert of_each([level(2), level(3)], "difference") == -1
    assert of_each([level(2), BLANK], "difference") is None
    assert of_each([NOT_APPLICABLE, level(3)], "difference") is None


def test_a_risk_of_five_by_five_is_likelihood_times_impact() -> None:
    assert of_each([number("4"), number("5")], "product") == 20
    assert of_each([number("4"), BLANK], "product") is None


@pytest.mark.parametrize(
    ("parts", "keys", "expected"),
    [
        (("30", "120"), {"per": 100}, "25.0"),
        (("7", "42000"), {"per": 10000, "places": 2}, "1.67"),
        (("1", "0"), {"per": 100}, None),
        (("0", "12"), {}, "0.0"),
    ],
)
def test_a_ratio_is_given_for_each_so_many(
    parts: tuple[str, str], keys: Mapping[str, Any], expected: str | None
) -> None:
    found = of_each([number(parts[0]), number(parts[1])], "ratio", **keys)
    assert found == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("points", "expected"),
    [("0", "low"), ("39.9", "low"), ("40", "some"), ("64", "some"), ("65", "good"), ("100", "good"), ("-1", None)],
)
def test_a_band_begins_at_its_number(points: str, expected: str | None) -> None:
    bands = {"low": 0, "some": 40, "good": 65}
    assert of_each([number(points)], "band", scale="grades", bands=bands) == expected


def test_a_single_row_may_stand_for_a_key_but_several_never_do() -> None:
    two = Calculation.model_validate({"calculate": "difference", "of": ["a", "g.c"]})
    assert worked_out(two, [[number("3")], [number("1"), number("2")]]) is None
    assert worked_out(two, [[number("3")], [number("1")]]) == 2
    assert worked_out(two, [[number("3")], []]) is None


@pytest.mark.parametrize(
    ("numbers", "places", "shown"),
    [
        (["0.125"], 2, "0.13"),
        (["-0.125"], 2, "-0.13"),
        (["-0.04"], 1, "0.0"),
        (["2.50", "0.50"], None, "3"),
        (["100"], None, "100"),
        (["999999999999999", "0.5"], None, "1000000000000000"),
        (["100000000000000", "2"], 10, "100000000000002"),
    ],
)
def test_results_are_rounded_half_up_to_what_a_spreadsheet_keeps(
    numbers: list[str], places: int | None, shown: str
) -> None:
    assert str(result([number(one) for one in numbers], "sum", places=places)) == shown


def test_only_levels_that_say_something_have_scores() -> None:
    scale = Scale(
        levels=(
            Level(code="good", label="Good", score=Decimal(4)),
            Level(code="weak", label="Weak"),
            Level(code="none", label="No submission", is_nonresponse=True, score=Decimal(9)),
            Level(code="na", label="N/A", is_na=True),
        )
    )
    assert most_of(scale) == 4
    assert unscored(scale) == ["weak"]


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("total", ["total"]),
        ("standards.seen.rating", ["standards.seen.rating", "standards.rating"]),
        ("actions[].cost", ["actions[].cost", "actions.cost"]),
        ("child[2].level", ["child[2].level", "child.level"]),
        ("child[2].own[3].cost", ["child[2].own[3].cost", "child.own.cost", "child[2].own.cost"]),
        (
            "child[2].needs.food.level",
            ["child[2].needs.food.level", "child[2].needs.level", "child.needs.food.level", "child.needs.level"],
        ),
    ],
)
def test_an_answer_is_named_alone_or_with_the_others_of_its_kind(key: str, names: list[str]) -> None:
    assert names_of(key) == names


def test_a_row_that_differs_from_its_column_is_no_part_of_it() -> None:
    assert names_of("counts.total.number", own_cell=True) == ["counts.total.number"]


def test_a_condition_compares_numbers_not_how_they_are_written() -> None:
    assert Is(key="total", values=("66",)).holds({"total": Decimal("66.0")})
    assert not Is(key="total", values=("66", "x")).holds({"total": Decimal("66.5")})
