"""Answers that a copy is made with, where the form itself gives something."""

from __future__ import annotations

import pytest

from qaf_forms import AnswersError, Toolkit
from tests.define.forms import form_with

FORM = form_with("""
- id: visits
  type: grid
  columns:
    - {id: last, title: Last year, type: percent}
    - {id: now, title: This year, type: percent}
  rows: [{id: alone, text: Seen alone, given: {last: 62}}]
- id: asked
  type: table
  ask: Recommendations
  prefill: {locked: [number], rows: [{number: R1, by: The board}]}
  columns: [{id: number, title: No., type: text}, {id: by, title: By, type: text}]
""")


def test_an_answer_against_what_the_form_gives_is_refused_and_every_one_is_named() -> None:
    answers = {"visits": {"alone": {"last": 70, "now": 80}}, "asked": [{"number": "R9", "by": "Me"}]}
    with pytest.raises(AnswersError, match=r"the form gives '62%' at A1\.1 Last year, and something else") as refused:
        Toolkit().render(FORM, "text", answers=answers)
    assert [(one.code, one.key) for one in refused.value.problems] == [
        ("R157", "visits.alone.last"),
        ("R157", "asked[1].number"),
    ]


def test_an_answer_that_says_what_the_form_gives_or_changes_a_proposal_is_welcome() -> None:
    kit = Toolkit()
    answers = {"visits": {"alone": {"last": 62, "now": 80}}, "asked": [{"number": "R1", "by": "Me"}]}
    assert kit.read(kit.render(FORM, "text", answers=answers), FORM).data == answers
