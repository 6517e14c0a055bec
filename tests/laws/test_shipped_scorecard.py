"""The shipped scorecard works out how each share stands against its target; an agency can say otherwise, with why."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from qaf_forms import Return, Toolkit
from qaf_forms.define.answer_types import Calculated
from qaf_forms.define.items import Grid, GridRow

SHARE = {"numerator": 80, "denominator": 100}


@cache
def toolkit() -> Toolkit:
    return Toolkit()


def returned(format_: str, **answers: Any) -> Return:
    form = toolkit().form("quarterly_scorecard")
    return toolkit().read(toolkit().render(form, format_, answers=answers), form)


def colour(format_: str, row: str, target: float | None) -> str | None:
    share = SHARE if target is None else {**SHARE, "target": target}
    data = returned(format_, neglect_shares={row: share}).data
    found: str | None = data.get("neglect_colours", {}).get(row, {}).get("colour")
    return found


def worked_out(row: GridRow, column: str) -> tuple[str, ...]:
    """What the row's own cell of a column is worked out from."""
    cell = row.cells.get(column)
    return cell.of if isinstance(cell, Calculated) else ()


@pytest.mark.parametrize("format_", ["word", "excel"])
def test_the_colour_follows_the_target(format_: str) -> None:
    higher = {target: colour(format_, "tool_used", target) for target in (75, 80, 85, 90, 90.5)}
    assert higher == {75: "green", 80: "green", 85: "amber", 90: "amber", 90.5: "red"}
    lower = {target: colour(format_, "repeat_plan", target) for target in (85, 80, 75, 60)}
    assert lower == {85: "green", 80: "green", 75: "amber", 60: "red"}
    assert colour(format_, "tool_used", None) is None


def test_red_needs_its_story_and_so_does_another_colour() -> None:
    red = {"neglect_shares": {"tool_used": {**SHARE, "target": 95}}}
    own = {"neglect_colours": {"tool_used": {"rag": "green"}}}
    told = {
        "neglect_colours": {"tool_used": {"rag": "green", "story": "Eighteen of the twenty came in the last week."}}
    }
    lacking = "neglect_colours.tool_used.story"
    for answers, missing in ((red, True), ({**red, **own}, True), ({**red, **told}, False), (own, False)):
        one = returned("excel", **answers)
        assert (lacking in {problem.key for problem in one.problems}) is missing


def test_every_share_has_its_colour_and_lower_is_better_where_the_row_says_so() -> None:
    grids = {item.id: item for item in toolkit().form("quarterly_scorecard").items() if isinstance(item, Grid)}
    shares = {name: grid for name, grid in grids.items() if name.endswith("_shares")}
    assert len(shares) == 5
    for name, grid in shares.items():
        colours = grids[name.replace("shares", "colours")]
        assert [row.id for row in colours.asked] == [row.id for row in grid.asked]
        for row, shown in zip(grid.asked, colours.asked, strict=True):
            assert worked_out(shown, "colour") == (f"{name}.{row.id}.gap",)
            assert ("Lower is better" in (row.help or "")) == ("gap" in row.cells)
            assert worked_out(row, "gap") in ((), ("target", "value"))
