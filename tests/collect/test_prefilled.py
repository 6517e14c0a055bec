"""Copies that are issued with answers in them, and come back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from qaf_forms import Return, RoundError, Status, Toolkit
from qaf_forms.issue.answers import nest

FORM = """
id: assurance
version: "1"
title: Assurance request
kind: assurance_request
owner: Anytown Safeguarding Partnership
roles: {agency: Agency, partnership: Partnership}
sections:
  - id: request
    title: Request
    items:
      - id: recommendations
        type: table
        ask: Recommendations
        blank_rows: 2
        columns:
          - {id: text, type: text, title: Recommendation, filled_by: partnership}
          - {id: done, type: paragraph, title: What was done}
"""
ROUND = """
id: r1
form: assurance.yaml
issued: 2025-03-01
return_by: 2025-03-31
return_to: audits@partnership.example
recipients: [{agency: Police}, {agency: School}]
prefill: prefill
"""
ISSUED = {"recommendations": [{"text": "See every child alone"}, {"text": "Use one plan"}]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "assurance.yaml").write_text(FORM, encoding="utf-8")
    (tmp_path / "round.yaml").write_text(ROUND, encoding="utf-8")
    (tmp_path / "prefill").mkdir()
    (tmp_path / "prefill" / "police.json").write_text(json.dumps(ISSUED), encoding="utf-8")
    return tmp_path


def returned(folder: Path, answers: Mapping[str, Any], format_: str = "word") -> Path:
    """What the police send back with these answers in their copy."""
    kit = Toolkit()
    round_ = kit.round(folder / "round.yaml")
    stamp = next(issued.stamp for issued, _ in kit.issue(round_) if issued.recipient.id == "police")
    path = folder / f"police{kit.suffix(format_)}"
    path.write_bytes(kit.render(kit.round_form(round_), format_, answers=answers, stamp=stamp))
    return path


def test_each_recipient_gets_the_answers_written_for_it(folder: Path) -> None:
    kit = Toolkit()
    files = {issued.recipient.id: data for issued, data in kit.issue(kit.round(folder / "round.yaml"))}
    form = kit.form(folder / "assurance.yaml")
    assert kit.read(files["police"], form).data == ISSUED
    assert kit.read(files["school"], form).data == {}


def test_what_was_issued_is_no_problem_when_it_comes_back(folder: Path) -> None:
    answers = {"recommendations": [{**row, "done": "Yes, in May"} for row in ISSUED["recommendations"]]}
    kit = Toolkit()
    collection = kit.collect(kit.round(folder / "round.yaml"), [returned(folder, answers)])
    (one,) = collection.returns
    assert (one.status, one.problems, one.data) == (Status.COMPLETE, (), answers)


def test_a_copy_sent_back_as_it_was_issued_is_blank(folder: Path) -> None:
    kit = Toolkit()
    (one,) = kit.collect(kit.round(folder / "round.yaml"), [returned(folder, ISSUED)]).returns
    assert one.status is Status.BLANK


def test_what_was_not_theirs_to_change_is_named_with_both_wordings(folder: Path) -> None:
    answers = {"recommendations": [{"text": "See most children", "done": "Done"}, {"text": "Use one plan"}]}
    kit = Toolkit()
    (one,) = kit.collect(kit.round(folder / "round.yaml"), [returned(folder, answers)]).returns
    problem = next(problem for problem in one.problems if problem.code == "R134")
    assert "'See every child alone'" in problem.message
    assert "'See most children'" in problem.message
    assert nest(one.values) == answers


def test_answers_written_for_spaces_that_the_copies_hide_stop_the_round(folder: Path) -> None:
    text = FORM.replace("columns:", "columns:\n          - {id: ref, type: text, title: Ref, filled_by: partnership}")
    (folder / "assurance.yaml").write_text(text, encoding="utf-8")
    (folder / "round.yaml").write_text(f"{ROUND}others: hide\n", encoding="utf-8")
    kit = Toolkit()
    with pytest.raises(RoundError) as raised:
        list(kit.issue(kit.round(folder / "round.yaml")))
    (problem,) = raised.value.problems
    assert (problem.code, problem.place) == ("G005", "police")
    assert problem.value == "A1 row 1 Recommendation, A1 row 2 Recommendation"


def test_what_the_first_column_says_stands_in_copies_that_hide_the_rest(folder: Path) -> None:
    (folder / "round.yaml").write_text(f"{ROUND}others: hide\n", encoding="utf-8")
    kit = Toolkit()
    round_ = kit.round(folder / "round.yaml")
    files = {issued.recipient.id: data for issued, data in kit.issue(round_)}
    assert kit.read(files["police"], kit.round_form(round_)).data == ISSUED


def test_answers_for_nobody_in_the_round_are_a_fault_of_the_round(folder: Path) -> None:
    (folder / "prefill" / "polise.json").write_text("{}", encoding="utf-8")
    (folder / "prefill" / "school.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(RoundError) as raised:
        Toolkit().round(folder / "round.yaml")
    assert [(problem.code, problem.place) for problem in raised.value.problems] == [
        ("G004", "prefill/polise.json"),
        ("G004", "prefill/school.json"),
    ]


MODERATED = FORM.replace("partnership: Partnership}", "partnership: Partnership, panel: Panel}").replace(
    "          - {id: done,",
    "          - {id: view, type: text, title: View, filled_by: panel}\n          - {id: done,",
)


def test_a_moderators_copies_hold_what_the_agencies_answered(folder: Path) -> None:
    (folder / "assurance.yaml").write_text(MODERATED, encoding="utf-8")
    kit = Toolkit()
    done = {"recommendations": [{**row, "done": "Yes, in May"} for row in ISSUED["recommendations"]]}
    kit.collect(kit.round(folder / "round.yaml"), [returned(folder, done)]).save(folder / "collected")
    panel = ROUND.replace("prefill: prefill", "prefill: collected\nrole: panel")
    (folder / "panel.yaml").write_text(panel, encoding="utf-8")
    round_ = kit.round(folder / "panel.yaml")
    files = {copy.recipient.id: (copy, data) for copy, data in kit.issue(round_)}
    copy, data = files["police"]
    assert copy.file_name == "assurance-police-panel.docx"
    form = kit.round_form(round_)
    assert kit.read(data, form).data == done
    assert kit.read(files["school"][1], form).data == {}

    judged = {"recommendations": [{**row, "view": "Good"} for row in done["recommendations"]]}
    judged["recommendations"][1]["done"] = "No, in June"
    path = folder / "panel.docx"
    path.write_bytes(kit.render(form, answers=judged, role="panel", stamp=copy.stamp))
    (one,) = kit.collect(round_, [path]).returns
    assert [(problem.code, problem.key) for problem in one.problems] == [
        ("R113", "recommendations[2].done"),
        ("R134", "recommendations[2].done"),
    ]

    both = kit.collect(kit.round(folder / "round.yaml"), [path, folder / "police.docx"])
    (whole,) = both.register.counted
    assert whole.data["recommendations"][1] == {"text": "Use one plan", "view": "Good", "done": "Yes, in May"}
    assert [(problem.code, problem.value) for problem in whole.problems] == [("R149", "No, in June")]


def test_copies_cannot_hold_the_answers_to_another_version(folder: Path) -> None:
    kit = Toolkit()
    kit.collect(kit.round(folder / "round.yaml"), []).save(folder / "collected")
    (folder / "assurance.yaml").write_text(MODERATED.replace('version: "1"', 'version: "2"'), encoding="utf-8")
    (folder / "panel.yaml").write_text(ROUND.replace("prefill: prefill", "prefill: collected"), encoding="utf-8")
    kit = Toolkit()
    with pytest.raises(RoundError, match="assurance version 1"):
        list(kit.issue(kit.round(folder / "panel.yaml")))


LOCKED = FORM.replace(
    "        blank_rows: 2\n",
    """        blank_rows: 2
        prefill: {locked: [ref, text], rows: [{ref: R0, text: Keep a chronology, done: Nothing yet}]}
""",
).replace(
    "        columns:\n",
    "        columns:\n          - {id: ref, type: text, title: Ref}\n",
)
THEIRS: list[dict[str, str]] = [
    {"done": ""},
    {"ref": "R1", "text": "See every child alone"},
    {"ref": "R2", "text": "Use one plan"},
]
GIVEN = [{"ref": "R0", "text": "Keep a chronology"}, *THEIRS[1:]]


@pytest.fixture
def locked(folder: Path) -> Path:
    (folder / "assurance.yaml").write_text(LOCKED, encoding="utf-8")
    issue_to_police(folder, [{}, *THEIRS[1:]])
    return folder


def issue_to_police(folder: Path, rows: list[dict[str, str]]) -> None:
    (folder / "prefill" / "police.json").write_text(json.dumps({"recommendations": rows}), encoding="utf-8")


def collected(folder: Path, rows: list[dict[str, str]], format_: str = "word") -> Return:
    kit = Toolkit()
    path = returned(folder, {"recommendations": rows}, format_)
    (one,) = kit.collect(kit.round(folder / "round.yaml"), [path]).returns
    return one


@pytest.mark.parametrize("format_", ["word", "excel"])
def test_rows_of_a_round_stand_behind_those_of_the_form_and_both_are_locked(locked: Path, format_: str) -> None:
    kit = Toolkit()
    round_ = kit.round(locked / "round.yaml")
    layout = kit.layout(kit.round_form(round_))
    copies = [kit.read(data, layout.form) for _, data in kit.issue(round_)]
    assert copies[0].data == {"recommendations": [{**GIVEN[0], "done": "Nothing yet"}, *GIVEN[1:]]}
    assert copies[1].data == {"recommendations": [{**GIVEN[0], "done": "Nothing yet"}]}
    done = [{**row, "done": f"Done {number}"} for number, row in enumerate(GIVEN)]
    one = collected(locked, done, format_)
    assert (one.status, one.problems, one.data) == (Status.COMPLETE, (), {"recommendations": done})


def test_what_a_round_puts_into_an_open_cell_takes_the_place_of_the_form_s_default(locked: Path) -> None:
    issue_to_police(locked, [{"done": "See the last return"}])
    kit = Toolkit()
    data = next(data for issued, data in kit.issue(kit.round(locked / "round.yaml")) if issued.recipient.id == "police")
    assert (
        kit.read(data, kit.form(locked / "assurance.yaml")).data["recommendations"][0]["done"] == "See the last return"
    )
    assert collected(locked, [{**GIVEN[0], "done": "See the last return"}]).status is Status.BLANK
    assert collected(locked, [{**GIVEN[0], "done": "Nothing yet"}]).status is not Status.BLANK


def test_rows_that_a_round_put_in_are_known_again_and_keep_their_words(locked: Path) -> None:
    back = [
        {"ref": "R2", "text": "Use one plan", "done": "Done"},
        {"ref": "Ours", "done": "More"},
        {"ref": "R1", "text": "See some"},
    ]
    one = collected(locked, [{"done": "Read"}, *back])
    assert one.data == {
        "recommendations": [
            {**GIVEN[0], "done": "Read"},
            GIVEN[1],
            {**GIVEN[2], "done": "Done"},
            {"ref": "Ours", "done": "More"},
        ]
    }
    assert [(problem.code, problem.key, problem.value) for problem in one.problems] == [
        ("R143", "recommendations[2].text", "See some")
    ]


def test_a_row_that_a_round_put_in_and_that_is_gone_is_named(locked: Path) -> None:
    one = collected(locked, [{"done": "Read"}, {**GIVEN[1], "done": "Done"}])
    assert one.data["recommendations"][2] == GIVEN[2]
    assert [(problem.code, problem.key) for problem in one.problems] == [("R145", "recommendations[3].ref")]


def test_a_round_that_contradicts_what_the_form_gives_is_stopped(locked: Path) -> None:
    issue_to_police(locked, [{"ref": "R9"}])
    kit = Toolkit()
    with pytest.raises(RoundError) as raised:
        list(kit.issue(kit.round(locked / "round.yaml")))
    (problem,) = raised.value.problems
    assert (problem.code, problem.place, problem.value) == ("R157", "police", "R9")
    assert "'R0'" in problem.message


def test_locked_rows_of_a_round_are_read_by_worker_processes_as_well(locked: Path) -> None:
    kit = Toolkit()
    done = [{**row, "done": "Done"} for row in GIVEN]
    path = returned(locked, {"recommendations": [done[0], done[2], done[1]]})
    with ThreadPoolExecutor() as executor:
        (one,) = kit.collect(kit.round(locked / "round.yaml"), [path], executor=executor).returns
    assert one.data == {"recommendations": done}
