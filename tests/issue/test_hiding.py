"""Copies for one role that leave out what only other roles fill."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from qaf_forms import QafFormsError, Stamp, Toolkit
from qaf_forms.define.form import Form
from qaf_forms.issue.fields import GridBlock, TableBlock
from qaf_forms.issue.layout import Layout
from tests.define.forms import form_with

FORM = Form.model_validate(
    {
        "id": "two_judges",
        "version": "1",
        "title": "Two judges",
        "kind": "self_assessment",
        "owner": "Anytown Safeguarding Partnership",
        "roles": {"agency": "Agency", "moderator": "Moderator", "friend": "Critical friend"},
        "nil_return": {"ask": "Is this yours to do?", "scale": "yes_no", "waives_when": ["no"]},
        "scales": {"yes_no": {"levels": [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]}},
        "sections": [
            {
                "id": "claims",
                "title": "What you claim",
                "items": [
                    {"type": "note", "text": "Be honest."},
                    {"id": "lead", "type": "text", "ask": "Who leads?", "required": True},
                    {
                        "id": "core",
                        "type": "grid",
                        "ask": "Standards",
                        "columns": [
                            {"id": "own", "title": "Your rating", "type": "choice", "scale": "yes_no"},
                            {
                                "id": "theirs",
                                "title": "Moderated",
                                "type": "choice",
                                "scale": "yes_no",
                                "filled_by": "moderator",
                                "required": {"when": {"own": "yes"}},
                            },
                        ],
                        "rows": [{"id": "seen", "text": "Children are seen"}, {"id": "heard", "text": "and heard"}],
                    },
                    {
                        "id": "child",
                        "type": "group",
                        "ask": "Each child",
                        "each": "Child",
                        "copies": 2,
                        "items": [
                            {"type": "note", "text": "One a child."},
                            {"id": "age", "type": "integer", "ask": "Age"},
                        ],
                    },
                ],
            },
            {"id": "prose", "title": "What happens next", "items": [{"type": "note", "text": "We read it."}]},
            {
                "id": "moderation",
                "title": "Moderation",
                "items": [
                    {"type": "note", "text": "For the panel."},
                    {"id": "view", "type": "paragraph", "ask": "Your view", "filled_by": "moderator", "required": True},
                    {
                        "id": "questions",
                        "type": "table",
                        "ask": "Questions back",
                        "columns": [
                            {"id": "what", "title": "Question", "type": "text", "filled_by": "moderator"},
                            {"id": "reply", "title": "Reply", "type": "text"},
                        ],
                    },
                    {
                        "id": "why",
                        "type": "paragraph",
                        "ask": "Why?",
                        "filled_by": "moderator",
                        "when": {"core.seen.own": "no"},
                        "required": True,
                    },
                ],
            },
        ],
    }
)


def names(role: str) -> list[str]:
    """What a copy for one role asks, by the printed names."""
    found = Layout(FORM, only_for=role).fields
    return [field.name for field in found if not field.table or "[1]" in field.key]


def test_a_copy_has_the_spaces_of_its_role_under_the_codes_of_the_whole_form() -> None:
    whole = {field.key: field.name for field in Layout(FORM).fields}
    assert names("agency") == [
        "A1",
        "B1",
        "B2.1 Your rating",
        "B2.2 Your rating",
        "B3-1.1",
        "B3-2.1",
        "D2 row 1 Question",
        "D2 row 1 Reply",
    ]
    assert names("moderator") == ["B2.1 Moderated", "B2.2 Moderated", "D1", "D2 row 1 Question", "D3"]
    for role in ("agency", "moderator"):
        assert all(whole[field.key] == field.name for field in Layout(FORM, only_for=role).fields)


def test_a_section_that_only_others_fill_vanishes_and_prose_of_its_own_stays() -> None:
    assert [section.code for section in Layout(FORM, only_for="moderator").sections] == ["B", "C", "D"]
    form = FORM.model_copy(
        update={
            "sections": (*FORM.sections[:2], FORM.sections[2].model_copy(update={"items": FORM.sections[2].items[:2]}))
        }
    )
    assert [section.code for section in Layout(form, only_for="agency").sections] == ["A", "B", "C"]


def test_a_repeated_block_that_others_fill_leaves_no_heading_behind() -> None:
    blocks = [block for section in Layout(FORM, only_for="moderator").sections for block in section.blocks]
    assert [type(block).__name__ for block in blocks] == [
        *("Prose", "GridBlock", "Prose", "Prose", "QuestionBlock", "TableBlock", "QuestionBlock")
    ]


def test_the_columns_of_grids_and_tables_are_those_of_the_role() -> None:
    blocks = [block for section in Layout(FORM, only_for="agency").sections for block in section.blocks]
    heads = [[head.id for head in block.columns] for block in blocks if isinstance(block, GridBlock | TableBlock)]
    assert heads == [["own"], ["what", "reply"]], "a row without its first column could be about anything"
    blocks = [block for section in Layout(FORM, only_for="moderator").sections for block in section.blocks]
    heads = [[head.id for head in block.columns] for block in blocks if isinstance(block, GridBlock | TableBlock)]
    assert heads == [["theirs"], ["what"]]


def test_a_condition_on_a_hidden_question_is_still_said_in_words() -> None:
    layout = Layout(FORM, only_for="moderator")
    why = layout.field("why")
    assert why is not None
    assert why.when is not None
    assert layout.in_words(why.when) == "B2.1 Your rating is No"
    grid = next(block for section in layout.sections for block in section.blocks if isinstance(block, GridBlock))
    assert layout.column_note(grid.columns[0], grid.columns) == "Needed if Your rating is Yes."


def test_the_fingerprint_is_that_of_the_whole_form() -> None:
    assert Layout(FORM, only_for="moderator").fingerprint == Layout(FORM).fingerprint


@pytest.mark.parametrize("format_", ["word", "excel"])
def test_a_hidden_copy_says_so_and_is_read_by_what_it_shows(format_: str) -> None:
    kit = Toolkit()
    answers = {"lead": "A. Person", "core": {"seen": {"own": "no", "theirs": "yes"}}, "view": "Fair."}
    data = kit.render(FORM, format_, role="moderator", hide_others=True, answers=answers)
    returned = kit.read(data, FORM)
    assert returned.stamp is not None
    assert (returned.role, returned.stamp.others) == ("moderator", "hide")
    assert returned.data == {"core": {"seen": {"theirs": "yes"}}, "view": "Fair."}
    assert (returned.status, returned.problems, returned.extras) == ("complete", (), ())


@pytest.mark.parametrize("format_", ["word", "excel"])
def test_whose_questions_must_be_answered_is_decided_by_the_stamp_and_then_by_the_caller(format_: str) -> None:
    kit = Toolkit()
    data = kit.render(FORM, format_, role="moderator", answers={"nil_return": "yes"})
    missing = {problem.key for problem in kit.read(data, FORM).problems if problem.code == "R101"}
    assert missing == {"view"}
    missing = {problem.key for problem in kit.read(data, FORM, role="agency").problems if problem.code == "R101"}
    assert missing == {"lead"}
    everybody = kit.read(data, FORM, role="all").problems
    assert {problem.key for problem in everybody if problem.code == "R101"} == {"lead", "view"}


def test_a_role_that_a_form_does_not_have_is_a_bad_call() -> None:
    kit = Toolkit()
    data = kit.render(FORM)
    with pytest.raises(QafFormsError, match="no role 'modrator'; it has: agency, moderator, friend"):
        kit.read(data, FORM, role="modrator")


def test_a_stamp_with_a_role_that_nobody_knows_is_read_as_the_agencys() -> None:
    kit = Toolkit()
    stamp = Stamp(FORM.id, FORM.version, Layout(FORM).fingerprint, role="x", others="hide")
    copy = kit.render(FORM, "text", answers={"lead": "A. Person", "nil_return": "yes"}, stamp=stamp)
    odd = copy.replace(b"% qaf_role agency", b"% qaf_role nobody").replace(b"% qaf_others lock", b"% qaf_others hide")
    assert odd != copy
    assert kit.read(odd, FORM).status == "complete"


def test_nothing_to_show_and_nobody_to_hide_from_are_bad_calls() -> None:
    kit = Toolkit()
    with pytest.raises(QafFormsError, match="asks nothing of 'friend'"):
        kit.render(FORM, role="friend", hide_others=True)
    with pytest.raises(QafFormsError, match="name one role"):
        kit.render(FORM, role=None, hide_others=True)


JUDGED = """
- id: core
  type: grid
  columns:
    - {id: own, title: Self, type: integer}
    - {id: theirs, title: Moderated, type: integer, filled_by: moderator}
    - {id: gap, title: Chasm, type: calculated, calculate: difference, of: [own, theirs]}
    - {id: twice, title: Doubled, type: calculated, calculate: sum, of: [own, own]}
  rows: [{id: seen, text: Children are seen}]
- {id: mean_gap, type: calculated, ask: Average of gaps, calculate: mean, of: [core.gap]}
- {id: total, type: calculated, ask: All of your points, calculate: sum, of: [core.own]}
- id: again
  type: group
  ask: Once more
  copies: 2
  items:
    - {id: view, type: integer, ask: View of the panel, filled_by: moderator}
    - {id: shown, type: calculated, ask: The view again, calculate: sum, of: [view]}
- id: actions
  type: table
  ask: Actions
  columns:
    - {id: action, title: Action, type: text}
    - {id: points, title: Points, type: integer, filled_by: moderator}
    - {id: worth, title: Worth, type: calculated, calculate: product, of: [points, points]}
- {id: last, type: text, ask: Anything else}
"""
ROLES = "roles: {agency: Agency, moderator: Moderator}"


def test_what_is_worked_out_from_hidden_answers_is_left_out_and_codes_stay() -> None:
    layout = Layout(form_with(JUDGED, ROLES), only_for="agency")
    found = [field.name for field in layout.fields if not field.table or "[1]" in field.key]
    assert found == ["A1.1 Self", "A1.1 Doubled", "A3", "A5 row 1 Action", "A6"]
    assert "Once more" not in str(layout.sections)
    assert layout.fingerprint == Layout(form_with(JUDGED, ROLES)).fingerprint


@pytest.mark.parametrize("format_", ["word", "excel"])
def test_no_word_of_a_copy_tells_of_what_it_leaves_out(format_: str) -> None:
    form = form_with(JUDGED, ROLES)
    answers = {"core": {"seen": {"own": 2, "theirs": 3}}, "actions": [{"action": "Visit", "points": 4}]}
    data = Toolkit().render(form, format_, hide_others=True, answers=answers)
    with ZipFile(BytesIO(data)) as package:
        text = " ".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    for word in ("Chasm", "gaps", "Moderated", "Once more", "Worth", "The view"):
        assert word not in text
    assert "Doubled" in text
    returned = Toolkit().read(data, form)
    assert returned.data == {
        "core": {"seen": {"own": 2, "twice": 4}},
        "total": 2,
        "actions": [{"action": "Visit"}],
    }
    assert (returned.problems, returned.extras) == ((), ())
