"""The shipped self-assessments: for whom each topic is, where its evidence lies, and which settings are asked what."""

from __future__ import annotations

from collections import Counter

import pytest

from qaf_forms import Form, Toolkit
from qaf_forms.define.items import Grid
from qaf_forms.issue.layout import Layout


def shipped(name: str) -> Form:
    return Toolkit().form(name)


@pytest.mark.parametrize("format_", ["word", "excel"])
def test_each_topic_of_section_11_says_for_whom_it_is_and_nobody_answers_that(format_: str) -> None:
    form = shipped("section_11_self_assessment")
    topics = [row for item in form.items() if isinstance(item, Grid) for row in item.asked if row.given]
    assert Counter(row.given["for_whom"] for row in topics) == {"Both": 32, "Children": 3, "Adults": 5}
    returned = Toolkit().read(Toolkit().render(form, format_), form)
    assert returned.status == "blank"
    assert Counter(returned.values.values()) == {"Both": 32, "Children": 3, "Adults": 5}


def test_evidence_is_logged_with_where_it_is_and_who_may_see_it() -> None:
    form = shipped("section_11_self_assessment")
    item = {
        "topics": "B1.2",
        "what": "Minutes of the board, March",
        "held": "Board portal; company secretary",
        "dated": "2025-03-04",
        "supplied": "no",
        "restricted": "yes",
    }
    returned = Toolkit().read(Toolkit().render(form, "excel", answers={"evidence_log": [item]}), form)
    assert returned.data["evidence_log"] == [item]


@pytest.mark.parametrize(
    ("kind", "asked"), [("Academy", {"trust"}), ("Maintained school", {"maintained"}), ("College", set())]
)
def test_a_school_is_asked_what_goes_with_who_runs_it(kind: str, asked: set[str]) -> None:
    form = shipped("section_175_school_audit")
    variant = kind if kind == "College" else f"Primary school; {kind}"
    keys = {field.key.split(".")[0] for field in Layout(form, variant=variant).fields}
    assert keys & {"trust", "maintained"} == asked
    assert ("younger" in keys) == (kind != "College")


def test_a_special_school_can_be_an_academy_too() -> None:
    form = shipped("section_175_school_audit")
    both = {"type": ["academy", "special"]}
    assert Toolkit().read(Toolkit().render(form, "word", answers=both), form).data == both
