"""Blocks: written once, used by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from qaf_forms.define.library import Library
from qaf_forms.problems import Problem

HEAD = """
id: audit
version: "1"
title: An audit
kind: case_audit
owner: Anytown Safeguarding Partnership
"""
JUDGEMENT = """
block: judgement
items:
  - {id: strengths, type: paragraph, ask: "What was done well in {area}?"}
  - {id: grade, type: yes_no, ask: "Is {area} good enough?"}
  - {id: why, type: paragraph, ask: "Why not, in {area}?", required: {when: {grade: no}}, when: {any: [{grade: no}]}}
"""
CLOSE = """
block: close
section:
  id: close
  title: To close
  items:
    - {id: learning, type: paragraph, ask: What should change?}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "blocks").mkdir()
    (tmp_path / "blocks" / "judgement.yaml").write_text(JUDGEMENT, encoding="utf-8")
    (tmp_path / "blocks" / "close.yaml").write_text(CLOSE, encoding="utf-8")
    return tmp_path


def write(folder: Path, sections: str) -> Path:
    path = folder / "audit.yaml"
    path.write_text(HEAD + sections, encoding="utf-8")
    return path


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, problem.place.split(":", 1)[1]) for problem in problems]


def test_a_block_is_used_twice_with_its_own_ids_and_words(folder: Path) -> None:
    path = write(
        folder,
        """
sections:
  - id: areas
    title: Areas
    items:
      - {use: judgement, prefix: lived, with: {area: lived experience}}
      - {id: between, type: text, ask: Anything else?}
      - {use: judgement, prefix: gov, with: {area: governance}}
""",
    )
    form = Library([folder]).form(path)
    assert [item.id for item in form.items()] == [
        "lived_strengths",
        "lived_grade",
        "lived_why",
        "between",
        "gov_strengths",
        "gov_grade",
        "gov_why",
    ]
    why = list(form.items())[2]
    assert why.ask == "Why not, in lived experience?"
    assert why.when.conditions[0].key == "lived_grade"
    assert why.required.when.key == "lived_grade"


def test_a_section_of_a_block_takes_a_title_and_further_questions_of_the_form(folder: Path) -> None:
    path = write(
        folder,
        """
sections:
  - use: close
    title: Before you send it
    items:
      - {id: pledge, type: text, ask: What will you do first?}
""",
    )
    (section,) = Library([folder]).form(path).sections
    assert section.title == "Before you send it"
    assert [item.id for item in section.items] == ["learning", "pledge"]


def test_faults_of_using_blocks_are_reported_where_the_use_stands(folder: Path) -> None:
    path = write(
        folder,
        """
sections:
  - use: judgement
  - use: clse
  - id: areas
    title: Areas
    items:
      - {use: judgement, prefix: a}
""",
    )
    assert codes(Library([folder]).check(path)) == [("D024", "9:5"), ("D023", "10:5"), ("D025", "14:10")]


def test_a_block_is_checked_by_itself(folder: Path) -> None:
    path = folder / "blocks" / "judgement.yaml"
    assert Library([folder]).check(path) == ()
    path.write_text(JUDGEMENT.replace("grade: no}}", "grde: no}}"), encoding="utf-8")
    (problem,) = Library([folder]).check(path)
    assert problem.code == "D009"
    assert "'grade'" in problem.fix


def test_blocks_are_not_listed_as_forms(folder: Path) -> None:
    assert not [form for form in Library([folder]).summaries() if folder in form.path.parents]


def test_a_form_can_use_the_same_block_without_a_prefix_once_only(folder: Path) -> None:
    path = write(folder, "\nsections:\n  - use: close\n  - use: close\n")
    assert "D006" in {problem.code for problem in Library([folder]).check(path)}


ROWS = """
block: heard
rows:
  - {id: seen, text: "Was {whom} seen alone?", help: Look at the last three visits.}
  - {id: heard, text: "Was {whom} asked what should change?", cells: {answer: {type: text}}}
"""
CORE = """
block: core
items:
  - {id: intro_question, type: text, ask: "Who led the work?"}
  - id: core
    type: grid
    columns: [{id: answer, type: yes_no, title: Answer}, {id: how, type: text, title: How}]
    rows: [{id: plan, text: Is there a plan?}]
"""


@pytest.fixture
def rows_folder(folder: Path) -> Path:
    (folder / "blocks" / "heard.yaml").write_text(ROWS, encoding="utf-8")
    (folder / "blocks" / "core.yaml").write_text(CORE, encoding="utf-8")
    return folder


def test_a_block_of_rows_stands_among_the_rows_of_a_grid(rows_folder: Path) -> None:
    path = write(
        rows_folder,
        """
sections:
  - id: s
    title: S
    items:
      - id: g
        type: grid
        columns: [{id: answer, type: yes_no, title: Answer}]
        rows:
          - {id: first, text: Was it so?}
          - {use: heard, with: {whom: the adult}}
          - {use: heard, prefix: child, with: {whom: the child}}
""",
    )
    (grid,) = Library([rows_folder]).form(path).items()
    assert [(row.id, row.text) for row in grid.asked] == [
        ("first", "Was it so?"),
        ("seen", "Was the adult seen alone?"),
        ("heard", "Was the adult asked what should change?"),
        ("child_seen", "Was the child seen alone?"),
        ("child_heard", "Was the child asked what should change?"),
    ]
    assert grid.asked[4].cells["answer"].type == "text"


def test_a_used_grid_is_given_more_rows_and_faults_in_them_stand_where_they_are_written(rows_folder: Path) -> None:
    text = """
sections:
  - id: s
    title: S
    items:
      - use: core
        rows:
          - {id: own, text: Was it reviewed?}
          - {use: heard, with: {whom: the adult}}
"""
    path = write(rows_folder, text)
    first, grid = Library([rows_folder]).form(path).items()
    assert first.id == "intro_question"
    assert [row.id for row in grid.asked] == ["plan", "own", "seen", "heard"]
    faulty = write(rows_folder, text.replace("text: Was it reviewed?", "txt: Was it reviewed?"))
    assert codes(Library([rows_folder]).check(faulty)) == [("D002", "14:23")]


def test_rows_beside_a_block_without_one_grid_and_keys_that_mean_nothing_there_are_faults(rows_folder: Path) -> None:
    path = write(
        rows_folder,
        """
sections:
  - id: s
    title: S
    items:
      - {use: judgement, with: {area: work}, rows: [{id: own, text: Was it so?}]}
      - {use: core, requird: true}
""",
    )
    assert codes(Library([rows_folder]).check(path)) == [("D024", "12:46"), ("D002", "13:21")]


def test_a_used_section_is_given_items_before_its_own_and_after_them(folder: Path) -> None:
    path = write(
        folder,
        """
sections:
  - use: close
    before: [{id: one, type: text, ask: One?}]
    items: [{id: three, type: text, ask: Three?}]
""",
    )
    assert [item.id for item in Library([folder]).form(path).items()] == ["one", "learning", "three"]


def test_a_block_of_rows_is_checked_with_the_columns_it_names_or_the_usual_ones(rows_folder: Path) -> None:
    path = rows_folder / "blocks" / "heard.yaml"
    assert Library([rows_folder]).check(path) == ()
    path.write_text(ROWS.replace("cells: {answer:", "cells: {met:"), encoding="utf-8")
    assert codes(Library([rows_folder]).check(path)) == [("D017", "5:71")]
    columns = "columns: [{id: met, type: yes_no, title: Met?}]\n"
    path.write_text(ROWS.replace("cells: {answer:", "cells: {met:") + columns, encoding="utf-8")
    assert Library([rows_folder]).check(path) == ()


def test_a_word_that_fills_no_blank_is_told_and_so_is_a_text_that_a_comma_ended(folder: Path) -> None:
    path = write(
        folder,
        """
sections:
  - id: s
    title: S
    items:
      - {use: judgement, with: {area: the home, school and street, arae: home}}
      - {id: own, type: text, ask: Which home, school or street?}
""",
    )
    found = [(p.code, p.value, p.fix.split(":")[0]) for p in Library([folder]).check(path)]
    comma = "put quotes around the whole text"
    assert found == [
        ("D064", "school and street", comma),
        ("D064", "arae", "did you mean 'area'?"),
        ("D002", "school or street?", comma),
    ]
