"""Why a question is asked, who uses the answer, what would show it: what is printed, and what is not."""

from __future__ import annotations

import pytest

from qaf_forms import Toolkit
from qaf_forms.collate.codebook import codebook
from qaf_forms.issue.layout import Layout
from tests.define.forms import form_with

ITEMS = """
- id: seen
  type: yes_no
  ask: Was the child seen?
  reference: Working Together 2023
  evidence: Visit notes, with the child's own words
  why: A review found children who nobody had seen.
- id: core
  type: grid
  used_by: The performance sub-group
  columns: [{id: met, type: yes_no, title: Met?}, {id: how, type: paragraph, title: How}]
  rows:
    - {id: policy, text: Is there a policy?, evidence: The policy and its date}
    - {id: lead, text: Is there a lead?, used_by: The board}
- id: child
  type: group
  ask: Each child
  copies: 2
  items:
    - {id: school, type: text, ask: Which school?}
    - {id: visits, type: table, ask: Visits, why: Gaps show here, columns: [{id: on, type: date, title: On}]}
- {id: signed, type: sign_off, ask: Sign-off, signatories: [{id: head, text: Head}]}
"""
FORM = form_with(ITEMS, "why: To learn\n")


def test_the_codebook_tells_each_question_s_story_and_takes_what_is_left_out_from_what_it_stands_in() -> None:
    told = {entry.key: (entry.why, entry.used_by, entry.evidence) for entry in codebook(Layout(FORM))}
    assert told == {
        "seen": ("A review found children who nobody had seen.", "", "Visit notes, with the child's own words"),
        "core.policy.met": ("To learn", "The performance sub-group", "The policy and its date"),
        "core.policy.how": ("To learn", "The performance sub-group", "The policy and its date"),
        "core.lead.met": ("To learn", "The board", ""),
        "core.lead.how": ("To learn", "The board", ""),
        "child[].school": ("To learn", "", ""),
        "child[].visits[].on": ("Gaps show here", "", ""),
        "signed.head.name": ("To learn", "", ""),
        "signed.head.role": ("To learn", "", ""),
        "signed.head.date": ("To learn", "", ""),
    }


@pytest.mark.parametrize("format_", ["word", "excel"])
def test_evidence_is_printed_and_why_is_not_and_none_of_it_comes_back_as_somebody_s_words(format_: str) -> None:
    toolkit = Toolkit()
    other = form_with(ITEMS)
    assert toolkit.render(FORM, format_) == toolkit.render(other, format_)
    silent = form_with(ITEMS.replace("evidence: The policy", "why: The policy"))
    assert toolkit.render(FORM, format_) != toolkit.render(silent, format_)
    answers = {"seen": "yes", "core": {"policy": {"how": "What would show it"}}}
    returned = toolkit.read(toolkit.render(FORM, format_, answers=answers), FORM)
    assert (returned.data, returned.extras) == (answers, ())


def test_a_prompt_takes_its_story_from_its_stem() -> None:
    rows = (
        "[{title: Policies}, {text: Who?, why: To learn, prompts: [{id: a, text: One}, {id: b, text: Two, why: Why}]}]"
    )
    columns = "[{id: x, type: text, title: X}]"
    told = codebook(Layout(form_with(f"- {{id: g, type: grid, columns: {columns}, rows: {rows}}}")))
    assert [(entry.key, entry.why) for entry in told] == [("g.a.x", "To learn"), ("g.b.x", "Why")]
