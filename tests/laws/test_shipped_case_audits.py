"""The five multi-agency audits ask the same core questions, and none of them comes back without its evidence."""

from __future__ import annotations

from functools import cache

import pytest

from qaf_forms import Form, Return, Toolkit
from qaf_forms.define.condition import Value
from qaf_forms.define.items import Grid
from qaf_forms.issue.layout import Layout
from qaf_forms.problems import Code
from tests.collect.printing import checked, document

AUDITS = (
    "adult_exploitation_case_audit",
    "child_exploitation_case_audit",
    "family_help_case_audit",
    "neglect_case_audit",
    "self_neglect_case_audit",
)
CORE = ("lived", "early", "working", "governance")
WITH_CHILDREN = ("family_help_case_audit", "neglect_case_audit")


@cache
def layout(name: str) -> Layout:
    return Layout(Toolkit().form(name))


def grids(form: Form) -> dict[str, Grid]:
    return {item.id: item for item in form.items() if isinstance(item, Grid)}


def returned(name: str, values: dict[str, Value]) -> Return:
    return checked(document(layout(name), values), layout(name))


def missing(one: Return) -> set[str]:
    return {problem.key for problem in one.problems if problem.code == Code.REQUIRED.value.code}


def test_all_audits_ask_the_same_core_questions_in_the_four_key_areas() -> None:
    asked = [{area: [row.id for row in grids(layout(name).form)[area].asked] for area in CORE} for name in AUDITS]
    assert asked == asked[:1] * len(AUDITS)
    assert sum(len(rows) for rows in asked[0].values()) == 22


@pytest.mark.parametrize("name", AUDITS)
def test_a_judgement_of_any_kind_comes_with_what_shows_it_or_why_not(name: str) -> None:
    judged = [
        field.key
        for field in layout(name).fields
        if field.scale is not None and field.key.endswith(".answer") and field.scale.level("partly")
    ]
    assert len(judged) > 22
    for answer in ("yes", "partly", "no", "na"):
        bare = missing(returned(name, {"nil_return": "known", **dict.fromkeys(judged, answer)}))
        assert {key.replace(".answer", ".evidence") for key in judged} <= bare
    unanswered = missing(returned(name, {"nil_return": "known"}))
    assert set(judged) <= unanswered
    assert not any(key.endswith(".evidence") for key in unanswered), "one row is asked for once"


@pytest.mark.parametrize("name", WITH_CHILDREN)
def test_an_audit_of_a_family_has_a_child_in_it(name: str) -> None:
    lacking = missing(returned(name, {"nil_return": "known"}))
    assert {"child[1].child_code", "child[1].child_age"} <= lacking
    assert not any(key.startswith("child[2].") for key in lacking)
    assert not any(key.startswith("child[") for key in missing(returned(name, {"nil_return": "not_known"})))
