"""Conditions and agency types of sections and of the rows of grids."""

from __future__ import annotations

import pytest

from qaf_forms import Toolkit
from qaf_forms.define.form import Form
from qaf_forms.define.loading import load_definition
from qaf_forms.issue.fields import GridBlock
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.printed import note_lines, row_note_lines

DEFINITION = """
id: audit
version: "1"
title: Audit
kind: record
owner: A partnership
sections:
  - id: start
    title: Start
    items:
      - {id: visited, type: yes_no, ask: Was there a visit?}
  - id: visit
    title: The visit
    when: {visited: "yes"}
    items:
      - {id: seen_on, type: date, ask: When?, required: true}
      - {id: why, type: text, ask: Why?, when: {seen_on: answered}}
      - id: core
        type: grid
        ask: Standards
        columns: [{id: answer, title: Met?, type: yes_no, required: true}]
        rows:
          - title: At home
          - {id: home, text: The home is warm, applies_to: [Housing]}
          - title: At school
          - {id: lunch, text: The child has lunch, applies_to: [School]}
          - {id: late, text: The child is on time, when: {seen_on: answered}}
          - text: Are these in place?
            applies_to: [School]
            when: {why: answered}
            prompts: [{id: club, text: A breakfast club}, {id: bus, text: A bus}]
      - id: actions
        type: table
        ask: Actions
        min_rows: 1
        columns: [{id: action, title: Action, type: text}]
"""


def form() -> Form:
    loaded = load_definition(DEFINITION, {}, "audit.yaml")
    assert loaded.problems == ()
    assert loaded.form is not None
    return loaded.form


def keys(variant: str | None) -> list[str]:
    return [field.key for field in Layout(form(), variant).fields if field.key.startswith("core")]


def core_of(layout: Layout) -> GridBlock:
    (found,) = (block for block in layout.sections[1].blocks if isinstance(block, GridBlock))
    return found


def test_a_row_is_for_the_agencies_it_applies_to_and_keeps_its_number() -> None:
    assert keys("Housing") == ["core.home.answer", "core.late.answer"]
    assert keys("School") == ["core.lunch.answer", "core.late.answer", "core.club.answer", "core.bus.answer"]
    assert len(keys(None)) == 5
    codes = {field.key: field.code for field in Layout(form(), "School").fields}
    assert codes["core.late.answer"] == "B3.3"
    assert codes["core.club.answer"] == "B3.4a"


def test_a_heading_over_nothing_is_left_out() -> None:
    grid = core_of(Layout(form(), "Housing"))
    assert [row.text for row in grid.rows] == ["At home", "The home is warm", "At school", "The child is on time"]
    grid = core_of(Layout(form(), "Police"))
    assert [row.text for row in grid.rows] == ["At school", "The child is on time"]


def test_a_sections_condition_is_printed_once_and_holds_for_all_of_it() -> None:
    layout = Layout(form())
    why = layout.field("why")
    assert why is not None
    assert layout.asked_if(layout.sections[1].when) == "Answer only if A1 is Yes."
    assert note_lines(layout, why) == ["Answer only if B1 is answered."]
    assert why.when is not None
    assert not why.when.holds({"seen_on": "x"})
    assert why.when.holds({"seen_on": "x", "visited": "yes"})


def test_a_rows_condition_is_printed_under_it() -> None:
    layout = Layout(form())
    grid = core_of(layout)
    notes = {row.text: row_note_lines(layout, row) for row in grid.rows}
    assert notes["The child is on time"] == ["Answer only if B1 is answered."]
    assert notes["Are these in place?"] == ["Answer only if B2 is answered."]
    assert notes["A bus"] == []


@pytest.mark.parametrize("format_", ["word", "excel"])
def test_what_is_not_asked_is_not_missing(format_: str) -> None:
    kit = Toolkit()

    def missing(**answers: object) -> set[str]:
        data = kit.render(form(), format_, answers=answers)
        returned = kit.read(data, form())
        assert returned.extras == ()
        assert returned.data == answers
        return {problem.key for problem in returned.problems}

    assert missing(visited="no") == set()
    assert missing(visited="yes") == {"seen_on", "core.home.answer", "core.lunch.answer", "actions"}
    every = {"visited": "yes", "seen_on": "2025-03-01", "why": "To see"}
    assert missing(**every) == {f"core.{row}.answer" for row in ("home", "lunch", "late", "club", "bus")} | {"actions"}


def test_check_looks_into_the_conditions_of_sections_and_rows() -> None:
    text = DEFINITION.replace('when: {visited: "yes"}', "when: {visitd: yes}").replace(
        "when: {why: answered}", "when: {visited: maybe}"
    )
    found = [(one.code, one.place) for one in load_definition(text, {}, "audit.yaml").problems]
    assert found == [("D009", "audit.yaml:14:12"), ("D010", "audit.yaml:30:29")]
