"""Several copies of one form for one recipient: the agency's, a moderator's, a critical friend's; stage by stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from qaf_forms import QafFormsError, Return, Stamp, Toolkit
from qaf_forms.collect.merging import latest, merged
from qaf_forms.define.condition import Value
from qaf_forms.define.form import Form
from qaf_forms.issue.answers import nest
from qaf_forms.issue.calculating import with_calculated, without_calculated
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Extra
from qaf_forms.testing.generated_answers import filled_forms

KIT = Toolkit()
RATED = {"type": "choice", "scale": "met"}
FORM = Form.model_validate(
    {
        "id": "rated",
        "version": "1",
        "title": "Rated",
        "kind": "self_assessment",
        "owner": "Anytown Safeguarding Partnership",
        "roles": {"agency": "Agency", "moderator": "Moderator", "friend": "Critical friend"},
        "scales": {"met": {"levels": [{"code": "met", "label": "Met"}, {"code": "not", "label": "Not met"}]}},
        "sections": [
            {
                "id": "all",
                "title": "All",
                "items": [
                    {"id": "lead", "type": "text", "ask": "Who leads?", "required": True},
                    {
                        "id": "core",
                        "type": "grid",
                        "columns": [
                            {"id": "own", "title": "Your rating", **RATED},
                            {
                                "id": "theirs",
                                "title": "Moderated",
                                **RATED,
                                "filled_by": "moderator",
                                "required": {"when": {"own": "met"}},
                            },
                        ],
                        "rows": [{"id": "seen", "text": "Seen"}, {"id": "heard", "text": "Heard"}],
                    },
                    {
                        "id": "why",
                        "type": "text",
                        "ask": "Why differ?",
                        "filled_by": "moderator",
                        "when": {"core.seen.own": "met"},
                    },
                    {"id": "advice", "type": "text", "ask": "Advice", "filled_by": "friend"},
                    {
                        "id": "actions",
                        "type": "table",
                        "ask": "Actions",
                        "columns": [
                            {"id": "what", "title": "What", "type": "text"},
                            {"id": "lead", "title": "Lead", "type": "text"},
                            {"id": "note", "title": "Challenge", "type": "text", "filled_by": "moderator"},
                        ],
                    },
                ],
            }
        ],
    }
)
LAYOUT = Layout(FORM)


def a_copy(
    role: str, answers: Mapping[str, Any], name: str = "", stage: str = "initial", *, hide: bool = False
) -> Return:
    """What one role sends back."""
    stamp = Stamp(FORM.id, FORM.version, LAYOUT.fingerprint, "r1", "police", stage=stage)
    data = KIT.render(FORM, "text", answers=answers, role=role, stamp=stamp, hide_others=hide)
    return KIT.read(data, FORM, name=name or f"{role}.txt")


AGENCY = {"lead": "A. Person", "core": {"seen": {"own": "met"}, "heard": {"own": "not"}}}
JUDGED = {"core": {"seen": {"theirs": "not"}}, "why": "Two of five"}


def said(one: Return) -> list[tuple[str, str]]:
    return [(problem.code, problem.key) for problem in one.problems]


def test_each_answer_is_taken_from_the_return_of_the_role_that_fills_it() -> None:
    returns = [
        a_copy("moderator", JUDGED, hide=True),
        a_copy("agency", AGENCY),
        a_copy("friend", {"advice": "Ask staff"}, hide=True),
    ]
    whole = KIT.merge(returns, FORM)["initial"]
    assert whole.data == {
        "lead": "A. Person",
        "core": {"seen": {"own": "met", "theirs": "not"}, "heard": {"own": "not"}},
        "why": "Two of five",
        "advice": "Ask staff",
    }
    assert (whole.status, said(whole)) == ("complete", [])
    assert whole.roles == {"agency", "moderator", "friend"}
    assert whole.file.name == "agency.txt"
    assert whole.answers["why"].place.startswith("moderator.txt, ")


def test_the_same_answer_in_two_copies_is_one_answer_and_no_problem() -> None:
    shown = {**AGENCY, "core": {"seen": {"own": "met", "theirs": "not"}, "heard": {"own": "not"}}, "why": "Two of five"}
    moderated = a_copy("moderator", shown)
    assert {problem.code for problem in moderated.problems} == {"R113"}
    whole = merged(LAYOUT, [a_copy("agency", AGENCY), moderated])["initial"]
    assert (whole.data, said(whole)) == (shown, [])


def test_what_another_role_says_otherwise_is_kept_with_both_names_and_the_owner_is_believed() -> None:
    theirs = {"core": {"seen": {"own": "not"}}, "why": "I changed it"}
    whole = merged(LAYOUT, [a_copy("agency", AGENCY), a_copy("moderator", theirs)])["initial"]
    assert whole.values["core.seen.own"] == "met"
    (problem,) = (one for one in whole.problems if one.code == "R149")
    assert problem.key == "core.seen.own"
    assert problem.value == "Not met"
    assert problem.message == "Moderator has 'Not met' here, and Agency says 'Met' in agency.txt, which was taken"
    assert problem.place.startswith("moderator.txt, section A, question A2.1, ")


def test_an_answer_that_only_another_role_gave_is_kept_with_its_warning() -> None:
    whole = merged(LAYOUT, [a_copy("agency", {"core": AGENCY["core"]}), a_copy("friend", {"lead": "B. Person"})])[
        "initial"
    ]
    assert whole.values["lead"] == "B. Person"
    assert ("R113", "lead") in said(whole)
    assert ("R101", "lead") not in said(whole)


def test_two_returns_of_one_role_and_stage_are_both_heard() -> None:
    second = {"lead": "B. Person", "actions": [{"what": "Train", "lead": "C"}]}
    whole = merged(LAYOUT, [a_copy("agency", AGENCY), a_copy("agency", second, "again.txt")])["initial"]
    assert (whole.values["lead"], whole.values["actions[1].what"]) == ("A. Person", "Train")
    (problem,) = (one for one in whole.problems if one.code == "R150")
    assert (
        problem.message == "a second return of Agency says 'B. Person' here, and 'A. Person' was taken from agency.txt"
    )


def test_what_depends_on_the_other_copy_is_judged_when_both_are_there() -> None:
    blank = a_copy("moderator", {"why": "Late"}, hide=True)
    assert said(blank) == [], "what the agency answered cannot be known from this copy"
    whole = merged(LAYOUT, [a_copy("agency", AGENCY), blank])["initial"]
    assert said(whole) == [("R101", "core.seen.theirs")]
    assert whole.status == "partial"
    assert whole.problems[0].place.startswith("moderator.txt, section A, question A2.1, Moderated")
    unseen = {"lead": "A", "core": {"seen": {"own": "not"}}}
    whole = merged(LAYOUT, [a_copy("agency", unseen), blank])["initial"]
    assert said(whole) == [("R111", "why")]


def test_what_is_missing_in_the_agencys_return_is_still_missing_where_it_was() -> None:
    agency = a_copy("agency", {"core": AGENCY["core"]})
    whole = merged(LAYOUT, [agency, a_copy("moderator", JUDGED, hide=True)])["initial"]
    assert said(whole) == [("R101", "lead")]
    assert whole.problems[0].place == f"agency.txt, {agency.problems[0].place}"


def test_rows_are_matched_by_what_the_agency_wrote_in_them_not_by_number() -> None:
    agency = {**AGENCY, "actions": [{"what": "Train", "lead": "A"}, {"what": "Visit", "lead": "B"}]}
    rows = [{"what": "Visit", "lead": "B", "note": "How often?"}, {"what": "Train", "lead": "A", "note": "By when?"}]
    for hide in (True, False):
        moderated = a_copy("moderator", {**JUDGED, "actions": rows}, hide=hide)
        whole = merged(LAYOUT, [a_copy("agency", agency), moderated])["initial"]
        assert whole.data["actions"] == [
            {"what": "Train", "lead": "A", "note": "By when?"},
            {"what": "Visit", "lead": "B", "note": "How often?"},
        ]
        assert said(whole) == []


def test_a_row_that_matches_none_stands_alone_and_says_so() -> None:
    agency = {**AGENCY, "actions": [{"what": "Train"}]}
    moderated = a_copy("moderator", {**JUDGED, "actions": [{"note": "Of which action?"}]})
    whole = merged(LAYOUT, [a_copy("agency", agency), moderated])["initial"]
    assert whole.data["actions"] == [{"what": "Train"}, {"note": "Of which action?"}]
    assert said(whole) == [("R151", "actions[2].note")]
    assert "moderator.txt alone: it matches no row in agency.txt" in whole.problems[0].message


def test_extras_and_problems_of_every_file_keep_its_name() -> None:
    agency = replace(a_copy("agency", AGENCY), extras=(Extra("comment", "page 2", "See attached"),))
    moderated = replace(a_copy("moderator", JUDGED), extras=(Extra("text", "page 9", "Well done"),))
    whole = merged(LAYOUT, [agency, moderated])["initial"]
    assert [(one.place, one.text) for one in whole.extras] == [
        ("agency.txt, page 2", "See attached"),
        ("moderator.txt, page 9", "Well done"),
    ]


def test_stages_are_kept_apart_and_a_single_return_is_as_it_was() -> None:
    first, later = a_copy("agency", AGENCY), a_copy("agency", {"lead": "B"}, "later.txt", stage="3_months")
    found = merged(LAYOUT, [later, first])
    assert list(found) == ["initial", "3_months"]
    assert found["initial"] is first
    assert found["3_months"] is later


def test_the_latest_view_has_each_answer_from_the_latest_stage_that_gives_one() -> None:
    first = {**AGENCY, "actions": [{"what": "Train", "lead": "A"}, {"what": "Visit"}]}
    later = {"core": {"heard": {"own": "met"}}, "actions": [{"what": "Write"}, {"what": "Train"}]}
    stages = merged(LAYOUT, [a_copy("agency", first), a_copy("agency", later, stage="our own review", name="z.txt")])
    assert latest(LAYOUT, stages).data == {
        "lead": "A. Person",
        "core": {"seen": {"own": "met"}, "heard": {"own": "met"}},
        "actions": [{"what": "Write"}, {"what": "Train", "lead": "A"}],
    }
    assert KIT.latest(stages.values(), FORM) == latest(LAYOUT, stages)


@pytest.mark.parametrize("what", ["recipient", "form"])
def test_returns_of_different_recipients_or_forms_cannot_be_merged(what: str) -> None:
    one = a_copy("agency", AGENCY)
    assert one.stamp is not None
    other = (
        replace(one, stamp=replace(one.stamp, recipient="school")) if what == "recipient" else replace(one, form="z")
    )
    with pytest.raises(QafFormsError, match=f"returns of one {what} can be merged"):
        merged(LAYOUT, [one, other])


@given(filled=filled_forms())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_copies_of_two_roles_come_back_as_what_both_wrote(filled: tuple[Form, dict[str, Value]]) -> None:
    form, values = filled
    layout = Layout(form)
    begun = {key: value for key, value in values.items() if _row_begins(layout, key, values)}
    values = with_calculated(layout, without_calculated(layout, begun))
    returns = []
    for role, hide in (("agency", True), ("partnership", False)):
        if Layout(form, only_for=role).fields:
            data = KIT.render(form, "text", role=role, hide_others=hide, answers=nest(values))
            returns.append(KIT.read(data, form, name=role))
    assume(returns)
    whole = merged(layout, returns)["initial"]
    expected = values if len(returns) == 2 or returns[0].role == "partnership" else returns[0].values
    assert _by_row(layout, whole.values) == _by_row(layout, expected)
    assert not {problem.code for problem in whole.problems} & {"R149", "R150", "R151"}


def _row_begins(layout: Layout, key: str, values: Mapping[str, Value]) -> bool:
    """Whether a key is of a question or grid, or of a row that says in its first column what it is about."""
    field = layout.field(key)
    assert field is not None
    if not field.table:
        return True
    return f"{key.rpartition('.')[0]}.{layout.tables[field.table].columns[0].id}" in values


def _by_row(layout: Layout, values: Mapping[str, Value]) -> dict[str, Any]:
    """The answers, those of tables as rows in any order."""
    found: dict[str, Any] = {}
    rows: dict[str, dict[str, Value]] = {}
    for key, value in values.items():
        field = layout.field(key)
        assert field is not None
        if field.table:
            rows.setdefault(key.rpartition(".")[0], {})[field.column] = value
        else:
            found[key] = value
    for row, cells in rows.items():
        found.setdefault(row.rpartition("[")[0], []).append(sorted(cells.items(), key=str))
    return {key: sorted(value, key=str) if isinstance(value, list) else value for key, value in found.items()}
