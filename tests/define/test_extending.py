"""Extended forms: local additions to a form whose core stays comparable."""

from __future__ import annotations

from pathlib import Path

import pytest

from qaf_forms.define.library import Library

BASE = """
id: voice
version: "1"
title: Student voice
kind: survey
owner: Anytown Safeguarding Partnership
scales:
  safe: {levels: [{code: safe, label: Safe}, {code: not_safe, label: Not safe}]}
sections:
  - id: school
    title: Your school
    items:
      - {id: class, type: choice, scale: safe, ask: How safe do you feel in class?, fixed: true}
      - {id: change, type: paragraph, ask: What one thing would you change?}
"""
LOCAL = """
extends: voice
namespace: brookside
id: brookside_voice
version: "1"
title: Student voice at Brookside
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "voice.yaml").write_text(BASE, encoding="utf-8")
    return tmp_path


def write(folder: Path, rest: str) -> Path:
    path = folder / "brookside.yaml"
    path.write_text(LOCAL + rest, encoding="utf-8")
    return path


def test_a_form_takes_all_of_another_and_adds_questions_and_sections(folder: Path) -> None:
    path = write(
        folder,
        """
sections:
  - id: school
    items:
      - {id: brookside_canteen, type: choice, scale: safe, ask: How safe do you feel in the canteen?}
  - id: brookside_bus
    title: The bus
    items:
      - {id: brookside_stop, type: text, ask: Which stop do you use?}
""",
    )
    form = Library([folder]).form(path)
    assert (form.id, form.title, form.kind, form.owner) == (
        "brookside_voice",
        "Student voice at Brookside",
        "survey",
        "Anytown Safeguarding Partnership",
    )
    assert [section.id for section in form.sections] == ["school", "brookside_bus"]
    assert [item.id for item in form.items()] == ["class", "change", "brookside_canteen", "brookside_stop"]
    assert form.extends == "voice"


def test_a_question_that_is_not_fixed_can_be_refined(folder: Path) -> None:
    refined = "{id: change, ask: What one thing would make you feel safer?}"
    path = write(folder, f"\nsections:\n  - id: school\n    items:\n      - {refined}\n")
    change = list(Library([folder]).form(path).items())[1]
    assert change.ask == "What one thing would make you feel safer?"
    assert change.type == "paragraph"


@pytest.mark.parametrize(
    "rest",
    [
        "\nsections:\n  - id: school\n    items:\n      - {id: class, ask: Is class safe?}\n",
        "\nscales:\n  safe: {levels: [{code: safe, label: Safe}, {code: mostly, label: Mostly}]}\n",
    ],
    ids=["its words", "its scale"],
)
def test_a_fixed_question_cannot_change(folder: Path, rest: str) -> None:
    (problem,) = Library([folder]).check(write(folder, rest))
    assert (problem.code, problem.key) == ("D026", "class")
    assert problem.place.endswith(":2:10")
    assert "voice@1" in problem.message


def test_what_is_added_stands_in_the_namespace_of_the_form(folder: Path) -> None:
    added = "{id: canteen, type: text, ask: What about the canteen?}"
    path = write(folder, f"\nsections:\n  - id: school\n    items:\n      - {added}\n")
    (problem,) = Library([folder]).check(path)
    assert problem.code == "D027"
    assert problem.fix == "call it brookside_canteen"
    assert ":11:14" in problem.place


def test_extending_what_is_not_there_is_a_fault_that_says_so(folder: Path) -> None:
    path = write(folder, "")
    path.write_text(LOCAL.replace("extends: voice", "extends: vioce"), encoding="utf-8")
    (problem,) = Library([folder]).check(path)
    assert problem.code == "D028"
    assert "did you mean 'voice'?" in problem.message


def test_a_form_that_extends_itself_is_refused(folder: Path) -> None:
    path = write(folder, "")
    path.write_text(LOCAL.replace("extends: voice", "extends: brookside_voice"), encoding="utf-8")
    assert [problem.code for problem in Library([folder]).check(path)] == ["D028"]


def test_an_extended_form_is_listed_with_what_it_takes_of_the_other(folder: Path) -> None:
    bare = "extends: %s\nnamespace: brook\nid: brook_voice\nversion: '2'\n"
    (folder / "brook.yaml").write_text(bare % "voice", encoding="utf-8")
    library = Library([folder])
    base, brook = library.form("voice"), next(one for one in library.summaries() if one.id == "brook_voice")
    assert (brook.title, brook.kind, brook.fault) == (base.title, base.kind.value, "")
    for lost in ("vioce", "voice@9", "brook_voice"):
        (folder / "brook.yaml").write_text(bare % lost, encoding="utf-8")
        brook = next(one for one in Library([folder]).summaries() if one.id == "brook_voice")
        assert brook.fault == f"the form that it extends is not there: {lost}"
