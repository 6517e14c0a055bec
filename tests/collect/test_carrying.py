"""Last year's answers in this year's copies: shown, or to begin with; across versions and forms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from qaf_forms import RoundError, Toolkit
from qaf_forms.issue.issuing import IssuedCopy

OLD = """
id: school
version: "2024"
title: School
kind: self_assessment
owner: Anytown Safeguarding Partnership
roles: {agency: School, panel: Panel}
scales:
  grade: {levels: [{code: good, label: Good}, {code: fair, label: Fair}, {code: poor, label: Poor}]}
sections:
  - id: s
    title: S
    items:
      - {id: q1j, type: text, ask: Who is the link governor?}
      - {id: size, type: integer, ask: How many pupils?}
      - id: core
        type: grid
        columns:
          - {id: rating, title: Rating, type: choice, scale: grade}
          - {id: judged, title: Judged, type: choice, scale: grade, filled_by: panel}
        rows: [{id: seen, text: Seen?}, {id: heard, text: Heard?}]
      - id: actions
        type: table
        ask: Actions
        columns:
          - {id: what, title: What, type: text}
          - {id: status, title: Status, type: choice, scale: grade}
"""
NEW = """
id: school
version: "2025"
title: School
kind: self_assessment
owner: Anytown Safeguarding Partnership
roles: {agency: School, panel: Panel}
changes:
  "2024":
    q1j: {now: governor, how: reworded}
    core.heard: {now: core.listened, how: replaced}
scales:
  grade: {levels: [{code: good, label: Good}, {code: middling, label: fair}, {code: bad, label: Bad}]}
sections:
  - id: s
    title: S
    items:
      - {id: q1j, type: integer, ask: How many staff are trained?, copy_forward: true}
      - {id: governor, type: text, ask: Who is the governor for safeguarding?, copy_forward: true}
      - {id: size, type: integer, ask: How many pupils?}
      - {id: last_size, type: paragraph, ask: Pupils last year, shows_last: size}
      - id: core
        type: grid
        columns:
          - {id: last, title: Last time, type: choice, scale: grade, shows_last: rating}
          - {id: rating, title: Rating, type: choice, scale: grade, required: true}
          - {id: judged, title: Judged, type: choice, scale: grade, filled_by: panel}
        rows: [{id: seen, text: Seen?}, {id: listened, text: Listened to?}]
      - id: actions
        type: table
        ask: Actions
        columns:
          - {id: what, title: What, type: text, copy_forward: true}
          - {id: was, title: Last status, type: choice, scale: grade, shows_last: status}
          - {id: status, title: Status, type: choice, scale: grade, required: true}
"""
ROUND = """
id: ROUND
form: FORM
issued: 2025-03-01
return_by: 2025-03-31
return_to: audits@partnership.example
recipients: [{agency: Oak}, {agency: Elm, format: excel}]
"""
LAST: dict[str, Any] = {
    "q1j": "B. Person",
    "size": 210,
    "core": {"seen": {"rating": "good", "judged": "fair"}, "heard": {"rating": "fair"}},
    "actions": [{"what": "Train", "status": "fair"}, {"what": "Visit", "status": "good"}],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("old", OLD), ("new", NEW)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        round_ = ROUND.replace("ROUND", name).replace("FORM", f"{name}.yaml")
        (tmp_path / f"{name}-round.yaml").write_text(round_, encoding="utf-8")
    with (tmp_path / "new-round.yaml").open("a", encoding="utf-8") as file:
        file.write("previous: collected\n")
    collected(tmp_path, LAST)
    return tmp_path


def collected(folder: Path, answers: Mapping[str, Any]) -> None:
    """What Oak answered last year, collected."""
    kit = Toolkit()
    round_ = kit.round(folder / "old-round.yaml")
    kit.collect(round_, [sent_back(folder, "old", answers)]).save(folder / "collected")


def sent_back(folder: Path, name: str, answers: Mapping[str, Any], role: str = "agency") -> Path:
    """The file that Oak sends back with these answers in its copy."""
    kit = Toolkit()
    round_ = kit.round(folder / f"{name}-round.yaml")
    stamp = next(copy.stamp for copy, _ in kit.issue(round_) if copy.recipient.id == "oak")
    path = folder / f"{name}-oak-{role}.docx"
    path.write_bytes(kit.render(kit.round_form(round_), answers=answers, role=role, stamp=stamp))
    return path


def issued(folder: Path) -> dict[str, tuple[IssuedCopy, dict[str, Any]]]:
    """Each copy of this year, with the answers that stand in it."""
    kit = Toolkit()
    round_ = kit.round(folder / "new-round.yaml")
    form = kit.round_form(round_)
    return {copy.recipient.id: (copy, kit.read(data, form).data) for copy, data in kit.issue(round_)}


CARRIED: dict[str, Any] = {
    "governor": "B. Person",
    "last_size": "210",
    "core": {"seen": {"last": "good"}},
    "actions": [{"what": "Train", "was": "middling"}, {"what": "Visit", "was": "good"}],
}


def test_answers_go_to_the_question_that_they_were_to_whatever_its_id_now_means(folder: Path) -> None:
    copies = issued(folder)
    assert copies["oak"][1] == CARRIED
    assert copies["elm"][1] == {}


def test_what_does_not_fit_any_more_is_told_and_not_dropped_unseen(folder: Path) -> None:
    collected(folder, {**LAST, "actions": [{"what": "Train", "status": "poor"}]})
    copy, found = issued(folder)["oak"]
    assert found["actions"] == [{"what": "Train"}]
    (problem,) = copy.problems
    assert (problem.code, problem.place, problem.key, problem.value) == ("G006", "oak", "actions[1].was", "Poor")
    assert problem.message == (
        "the last answer 'Poor' was not carried over: A6 row 1 Last status has no such answer any more"
    )


def test_an_answer_written_for_a_recipient_comes_before_a_carried_one_and_so_do_its_rows(
    folder: Path,
) -> None:
    (folder / "prefill").mkdir()
    written = '{"governor": "C. Person", "actions": [{"what": "Begin anew"}]}'
    (folder / "prefill" / "oak.json").write_text(written, encoding="utf-8")
    with (folder / "new-round.yaml").open("a", encoding="utf-8") as file:
        file.write("prefill: prefill\n")
    expected = {**CARRIED, "governor": "C. Person", "actions": [{"what": "Begin anew"}]}
    assert issued(folder)["oak"][1] == expected


def test_a_copy_sent_back_as_it_was_is_blank_and_a_changed_last_answer_is_no_answer(folder: Path) -> None:
    kit = Toolkit()
    round_ = kit.round(folder / "new-round.yaml")
    (one,) = kit.collect(round_, [sent_back(folder, "new", CARRIED)]).returns
    assert one.status == "blank"
    assert {problem.code for problem in one.problems} == {"R101"}

    changed = {**CARRIED, "core": {"seen": {"last": "bad"}}}
    (one,) = kit.collect(round_, [sent_back(folder, "new", changed)]).returns
    assert one.status == "blank"
    (problem,) = (problem for problem in one.problems if problem.code == "R134")
    assert problem.key == "core.seen.last"
    assert problem.message == (
        "Anytown Safeguarding Partnership wrote 'Good' here when the form was issued, and it came back as 'Bad'"
    )


def test_rows_that_were_sorted_or_deleted_take_their_last_answers_with_them(folder: Path) -> None:
    answers = {
        **CARRIED,
        "core": {"seen": {"last": "good", "rating": "good"}, "listened": {"rating": "good"}},
        "actions": [{"what": "Visit", "was": "good", "status": "good"}],
    }
    kit = Toolkit()
    (one,) = kit.collect(kit.round(folder / "new-round.yaml"), [sent_back(folder, "new", answers)]).returns
    assert (one.status, one.problems) == ("complete", ())


def test_what_is_typed_where_no_last_answer_stands_is_kept_and_told(folder: Path) -> None:
    answers = {**CARRIED, "core": {"seen": {"last": "good"}, "listened": {"last": "bad"}}}
    kit = Toolkit()
    (one,) = kit.collect(kit.round(folder / "new-round.yaml"), [sent_back(folder, "new", answers)]).returns
    assert ("R152", "core.listened.last") in [(problem.code, problem.key) for problem in one.problems]
    assert one.values["core.listened.last"] == "bad"


def test_words_that_are_no_level_are_kept_without_making_the_return_partial(folder: Path) -> None:
    kit = Toolkit()
    form = kit.form(folder / "new.yaml")
    text = kit.render(form, "text", answers={"core": {"seen": {"rating": "good"}, "listened": {"rating": "good"}}})
    typed = text.replace(b"[core.seen.last]\n| ", b"[core.seen.last]\n| see last year")
    one = kit.read(typed, form)
    assert [(problem.code, problem.value) for problem in one.problems] == [("R152", "see last year")]
    assert one.status == "complete"


def test_the_panels_judgement_of_last_time_can_be_shown_as_well(folder: Path) -> None:
    (folder / "new.yaml").write_text(NEW.replace("shows_last: rating", "shows_last: judged"), encoding="utf-8")
    kit = Toolkit()
    round_ = kit.round(folder / "old-round.yaml")
    files = [sent_back(folder, "old", LAST), sent_back(folder, "old", LAST, "panel")]
    kit.collect(round_, files).save(folder / "collected")
    assert issued(folder)["oak"][1]["core"] == {"seen": {"last": "middling"}}


FOLLOWING = """
id: following
version: "1"
title: Following up
kind: self_assessment
owner: Anytown Safeguarding Partnership
scales:
  grade: {levels: [{code: good, label: Good}, {code: fair, label: Fair}]}
sections:
  - id: s
    title: S
    items:
      - {id: rated, type: choice, scale: grade, ask: What you said, shows_last: {form: school, key: core.seen.rating}}
      - id: actions
        type: table
        ask: Your actions
        columns:
          - {id: action, title: Action, type: text, shows_last: {form: school, key: actions.what}}
          - {id: result, title: What came of it, type: text}
"""


def test_a_form_can_show_the_answers_to_another_one(folder: Path) -> None:
    (folder / "new.yaml").write_text(FOLLOWING, encoding="utf-8")
    assert issued(folder)["oak"][1] == {"rated": "good", "actions": [{"action": "Train"}, {"action": "Visit"}]}


CHECKING = """
id: checking
version: "1"
title: Checking what was said
kind: self_assessment
owner: Anytown Safeguarding Partnership
follows: [school]
scales:
  grade: {levels: [{code: good, label: Good}, {code: fair, label: Fair}]}
sections:
  - id: s
    title: S
    items:
      - {id: size, type: integer, ask: How many pupils?, copy_forward: true}
      - {id: q1j, type: text, ask: Who is the link governor?}
      - id: claims
        type: grid
        columns:
          - {id: said, title: You said, type: choice, scale: grade, shows_last: {form: school, key: "*.rating"}}
          - {id: found, title: We found, type: text}
        rows: [{id: alone, text: Seen?, shows_row: core.seen}, {id: voice, text: Heard?, shows_row: core.heard}]
      - id: core
        type: grid
        columns:
          - {id: was, title: You said, type: choice, scale: grade, shows_last: {form: school, key: core.*.rating}}
        rows: [{id: heard, text: Heard?}]
      - id: actions
        type: table
        ask: Your actions
        columns:
          - {id: what, title: What, type: text, copy_forward: true}
          - {id: result, title: What came of it, type: text}
"""


def test_a_form_shows_the_rows_of_another_and_goes_on_from_what_was_answered_there(folder: Path) -> None:
    (folder / "new.yaml").write_text(CHECKING, encoding="utf-8")
    assert issued(folder)["oak"][1] == {
        "size": 210,
        "claims": {"alone": {"said": "good"}, "voice": {"said": "fair"}},
        "core": {"heard": {"was": "fair"}},
        "actions": [{"what": "Train"}, {"what": "Visit"}],
    }


def test_a_form_that_another_does_not_follow_is_not_copied_into_it(folder: Path) -> None:
    (folder / "new.yaml").write_text(CHECKING.replace("follows: [school]", "follows: [another]"), encoding="utf-8")
    assert issued(folder)["oak"][1].keys() == {"claims", "core"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("form: school,", "form: other,", "are of the form school, of which following shows nothing"),
        ("id: following", "id: following", "none of this round's recipients has a return in collected"),
    ],
)
def test_returns_that_cannot_be_meant_stop_the_round(folder: Path, old: str, new: str, said: str) -> None:
    (folder / "new.yaml").write_text(FOLLOWING.replace(old, new), encoding="utf-8")
    if old == new:
        text = (folder / "new-round.yaml").read_text(encoding="utf-8")
        (folder / "new-round.yaml").write_text(text.replace("Oak", "Beech").replace("Elm", "Ash"), encoding="utf-8")
    with pytest.raises(RoundError, match=said):
        issued(folder)


def test_a_folder_without_returns_is_a_fault_of_the_round(folder: Path) -> None:
    text = (folder / "new-round.yaml").read_text(encoding="utf-8")
    (folder / "new-round.yaml").write_text(text.replace("collected", "nowhere"), encoding="utf-8")
    with pytest.raises(RoundError) as raised:
        Toolkit().round(folder / "new-round.yaml")
    assert [(problem.code, problem.message) for problem in raised.value.problems] == [
        ("G001", "there are no returns in 'nowhere'")
    ]


def test_last_answers_are_not_counted_among_this_years(folder: Path) -> None:
    answers = {**CARRIED, "core": {"seen": {"last": "good", "rating": "bad"}, "listened": {"rating": "good"}}}
    kit = Toolkit()
    collation = kit.collate(kit.collect(kit.round(folder / "new-round.yaml"), [sent_back(folder, "new", answers)]))
    assert [row.field.key for row in collation.heat] == ["core.seen.rating", "core.listened.rating"]
    assert not {count.question for count in collation.counts} & {"core.seen.last", "last_size", "actions[].was"}
