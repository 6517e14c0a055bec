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
