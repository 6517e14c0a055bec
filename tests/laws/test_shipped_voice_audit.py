"""The shipped student voice audit, with a school's own questions in it: its core stays what it is in every school."""

from __future__ import annotations

from pathlib import Path

import pytest

from qaf_forms import Toolkit
from qaf_forms.define.items import Grid
from qaf_forms.issue.layout import Layout

OURS = """
id: brookside_voice
version: "1"
title: Student voice at Brookside
extends: student_voice_audit
namespace: brookside
sections:
  - id: secondary_questions
    items:
      - {id: brookside_bus, type: choice, scale: young5, ask: Does somebody on the bus help if things go wrong?}
"""
SHEETS = ("primary_questions", "secondary_questions")


def check(folder: Path, text: str) -> list[tuple[str, str]]:
    (folder / "ours.yaml").write_text(text, encoding="utf-8")
    return [(problem.code, problem.key) for problem in Toolkit([folder]).check(folder / "ours.yaml")]


def test_every_question_to_pupils_and_every_count_of_their_answers_is_fixed() -> None:
    form = Toolkit().form("student_voice_audit")
    to_pupils = [item for section in form.sections if section.id in SHEETS for item in section.items]
    counts = [item for item in form.items() if isinstance(item, Grid) and item.id.endswith("counts")]
    assert len(to_pupils) == 12
    assert len(counts) == 2
    assert [item.id for item in (*to_pupils, *counts) if not getattr(item, "fixed", False)] == []


@pytest.mark.parametrize("format_", ["word", "excel"])
def test_a_school_adds_a_question_and_the_core_answers_keep_their_names(tmp_path: Path, format_: str) -> None:
    assert check(tmp_path, OURS) == []
    toolkit = Toolkit([tmp_path])
    core, ours = toolkit.form("student_voice_audit"), toolkit.form("brookside_voice")
    names = {field.key: field.scale for field in Layout(core).fields}
    assert {field.key: field.scale for field in Layout(ours).fields} == {
        **names,
        "brookside_bus": ours.scale_named("young5"),
    }
    answers = {"s_telling": {"s_tell": {"answer": "sort_of"}}, "s_age": "age_11_13"}
    both = {**answers, "brookside_bus": "no"}
    returned = toolkit.read(toolkit.render(ours, format_, variant="secondary", answers=both), ours)
    assert returned.data == both
    assert toolkit.read(toolkit.render(core, format_, variant="secondary", answers=answers), core).data == answers


@pytest.mark.parametrize(
    ("section", "item", "fixed"),
    [
        ("secondary_questions", "{id: s_change, ask: What would you change?}", "s_change"),
        ("primary_questions", "{id: p_telling, ask: Whom do you tell?}", "p_telling"),
        ("results", "{id: counts, rows: [{id: adults, text: Know nobody}]}", "counts"),
    ],
)
def test_a_core_question_cannot_be_reworded(tmp_path: Path, section: str, item: str, fixed: str) -> None:
    text = OURS[: OURS.index("  - id: secondary")] + f"  - id: {section}\n    items:\n      - {item}\n"
    assert check(tmp_path, text) == [("D026", fixed)]


def test_the_answers_of_a_core_question_cannot_be_changed_either(tmp_path: Path) -> None:
    other = 'scales: {young5: {levels: [{code: yes, label: "Yes"}, {code: no, label: "No"}]}}\n'
    assert ("D026", "p_telling") in check(tmp_path, OURS + other)


def test_what_is_not_core_can_be_refined_for_the_school(tmp_path: Path) -> None:
    help_ = "{id: chosen_how, help: Think of those who come by bus.}"
    text = OURS[: OURS.index("  - id: secondary")] + f"  - id: setting\n    items:\n      - {help_}\n"
    assert check(tmp_path, text) == []
