"""The shipped assurance request, sent with each agency's own recommendations in it, and sent back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qaf_forms import Return, Toolkit

ROUND = """
id: sar-24-02
form: single_agency_assurance_request
issued: 2025-03-01
return_by: 2025-03-31
return_to: audits@partnership.example
recipients: [{agency: Riverside, format: excel}, {agency: Hilltop}]
prefill: requests
"""
MOVES = {"number": "R3", "recommendation": "Name one worker for each move into adult services."}
LETTERS = {"number": "R7", "recommendation": "Write to the GP before the move."}
ASKED = {"riverside": [MOVES, LETTERS], "hilltop": [LETTERS]}
ANSWER = {"accepted": "yes", "progress": "in_progress", "done": "Begun in May.", "own_assurance": "partial"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "round.yaml").write_text(ROUND, encoding="utf-8")
    (tmp_path / "requests").mkdir()
    for agency, rows in ASKED.items():
        (tmp_path / "requests" / f"{agency}.json").write_text(json.dumps({"responses": rows}), encoding="utf-8")
    return tmp_path


def sent_back(folder: Path, answers: dict[str, Any]) -> Return:
    """What Riverside sends back with these answers in its copy, as it is collected."""
    kit = Toolkit()
    round_ = kit.round(folder / "round.yaml")
    stamp = next(copy.stamp for copy, _ in kit.issue(round_) if copy.recipient.id == "riverside")
    path = folder / "back.xlsx"
    path.write_bytes(kit.render(kit.round_form(round_), "excel", answers=answers, stamp=stamp))
    return kit.collect(round_, [path]).returns[0]


def said_of_responses(one: Return) -> list[tuple[str, str]]:
    return [(problem.code, problem.key) for problem in one.problems if problem.key.startswith("responses")]


def test_each_agency_finds_its_own_recommendations(folder: Path) -> None:
    kit = Toolkit()
    round_ = kit.round(folder / "round.yaml")
    found = {copy.recipient.id: kit.read(data, kit.round_form(round_)).data for copy, data in kit.issue(round_)}
    assert found == {agency: {"responses": rows} for agency, rows in ASKED.items()}


def test_an_answer_is_needed_to_every_recommendation_and_to_no_other_row(folder: Path) -> None:
    one = sent_back(folder, {"nil_return": "applies", "responses": [MOVES, {**LETTERS, **ANSWER}]})
    assert said_of_responses(one) == [("R101", "responses[1].accepted"), ("R101", "responses[1].done")]


def test_a_recommendation_that_somebody_typed_over_is_told_and_stays(folder: Path) -> None:
    softer = {**MOVES, "recommendation": "Think about naming a worker.", **ANSWER}
    one = sent_back(folder, {"responses": [softer, {**LETTERS, **ANSWER}]})
    assert one.data["responses"] == [{**MOVES, **ANSWER}, {**LETTERS, **ANSWER}]
    assert [key for _, key in said_of_responses(one)] == ["responses[1].recommendation"]


def test_next_steps_go_into_the_action_plan(folder: Path) -> None:
    kit = Toolkit()
    step = {"number": "R3", "action": "Name the workers", "lead_role": "Team manager", "due_on": "2025-06-30"}
    sent_back(folder, {"responses": [{**MOVES, **ANSWER}, {**LETTERS, **ANSWER}], "actions": [step]})
    collation = kit.collate(kit.collect(kit.round(folder / "round.yaml"), [folder / "back.xlsx"]))
    assert [row.cells["action"].value for row in collation.actions.rows] == ["Name the workers"]
