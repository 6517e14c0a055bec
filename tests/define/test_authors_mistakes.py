"""What an author gets wrong in the first hour: every mistake at once, each with the line as it should be."""

from __future__ import annotations

from pathlib import Path

from qaf_forms.define.library import Library
from qaf_forms.define.loading import load_definition
from qaf_forms.define.yaml_source import read_text
from qaf_forms.problems import Problem

FIRST_TRY = """\
id: first_try
version: "1"
title: Audit: a first try
kind: case_audit
owner: Us & Them
intro: @everyone
summary: One agency's answer
summary: Two answers
scales:
  rag: [Red, Amber, Green]
  grade:
    levels:
      - {code: 1, label: Good}
      - {code: poor, label: Poor}
sections:
  - id: about
    title: 'The child's life'
    applies_to: schools
    items:
      - {id: seen_on, type: date, ask: Date: when seen?}
      - {id: born, type: date, ask: Date of birth}
      - {id: seen, type: yes_no, ask: Was the child seen and heard?, mandatory: yes}
      - {id: q4, type: yes_no, ask: "Was the "plan" shared?"}
      - id: told
        type: yesno
        question: Who was told?
      - id: grade
        type: choice
        options: [Good, Poor]
        ask: 5. Which grade?
      - id: why
        type: paragraph
        ask: %age and reasons
        when: seen = no
      - id: alone
        type: text
        ask: Which visit?
        when: {seen: No}
      - id: core
        type: grid
        columns: [Answer, {id: more, type: paragraph, title: More}]
        rows:
          - Was the home safe?
          - {id: safe, text: Was review #3 held?, help: See the guide}
"""


def told() -> list[Problem]:
    return list(load_definition(FIRST_TRY, name="try.yaml").advised)


def test_a_first_try_with_25_mistakes_gets_each_told_at_its_line() -> None:
    found = [(problem.code, int(problem.place.split(":")[1])) for problem in told()]
    assert found == [
        ("D001", 3),
        ("D062", 4),
        ("D001", 6),
        ("D013", 8),
        ("D004", 10),
        ("D007", 13),
        ("D001", 17),
        ("D004", 18),
        ("D001", 20),
        ("D052", 21),
        ("D053", 22),
        ("D002", 22),
        ("D056", 23),
        ("D001", 23),
        ("D005", 25),
        ("D002", 26),
        ("D002", 29),
        ("D004", 29),
        ("D056", 30),
        ("D001", 33),
        ("D004", 34),
        ("D010", 38),
        ("D004", 41),
        ("D004", 43),
        ("D001", 44),
    ]
    assert len(found) == 25


def test_what_was_written_in_short_is_told_in_full_and_ready_to_be_copied() -> None:
    fixes = {int(problem.place.split(":")[1]): problem.fix for problem in told()}
    assert fixes[3] == "put the text in quotes: title: 'Audit: a first try'"
    assert fixes[10] == "write rag: {levels: [{code: red, label: Red}, {code: amber, label: Amber}, ...]}"
    assert fixes[17] == 'put the text in quotes: title: "The child\'s life"'
    assert fixes[18] == "write applies_to: [schools]"
    assert fixes[20] == "put the text in quotes: - {id: seen_on, type: date, ask: 'Date: when seen?'}"
    assert fixes[26] == "did you mean 'ask'?"
    assert fixes[41] == "write {id: answer, title: Answer, type: paragraph}"
    assert fixes[44] == "put the text in quotes: - {id: safe, text: 'Was review #3 held?', help: See the guide}"
    assert fixes[43] == "write {id: was_the_home_safe, text: Was the home safe?}"


def test_indentation_is_not_guessed_and_is_told_once() -> None:
    for text, place in (
        ("a:\n  - id: x\n   title: Y\nb: it's: so\n", "t:3:4"),
        ("a:\n\t- id: x\n", "t:2:1"),
        ("a: 1\n b: 2\n", "t:2:3"),
        ("owner Us\nmarking: X\n", "t:2:8"),
    ):
        source = read_text(text, "t")
        assert [(problem.code, problem.place) for problem in source.problems] == [("D001", place)], text
        assert source.root is None
        assert source.problems[0].fix == "mend the line, or the one above it"


def test_a_text_in_need_of_quotes_behind_sound_ones_is_found_and_the_rest_is_read() -> None:
    source = read_text("a: \"it's\"\nb: it's: so\nc: [x, y]\nd: “Smart: quotes”\ne: '50% of \"it\"': all\n", "t")
    assert [problem.place.split(":")[1] for problem in source.problems] == ["2", "4", "5"]
    assert source.root is not None
    assert source.root.data == {"a": "it's", "b": "it's: so", "c": ["x", "y"], "d": "Smart: quotes"} | {
        "e": '50% of "it"\': all'
    }


def test_words_behind_a_number_sign_are_not_lost_in_silence(tmp_path: Path) -> None:
    head = 'id: a\nversion: "1"\ntitle: A\nkind: record\nowner: Us\nsections:\n  - id: s\n    title: S # of the year\n'
    items = "    items:\n      - {id: x, type: text, ask: Which C#?}\n      - id: y\n        type: text\n"
    path = tmp_path / "a.yaml"
    path.write_text(head + items + "        ask: Was review #3 held?\n        help: Look  #why\n", encoding="utf-8")
    (problem,) = Library([tmp_path]).check(path)
    assert (problem.code, problem.place, problem.value) == ("D063", f"{path}:13:25", "#3 held?")
    assert problem.is_warning
    path.write_text(head + items + '        ask: "Was review #3 held?"\n', encoding="utf-8")
    assert Library([tmp_path]).check(path) == ()
