"""What an author may have got wrong: each warning where it belongs, and none on what is well made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from qaf_forms.define.library import Library
from qaf_forms.define.loading import load_definition
from qaf_forms.problems import Problem
from tests.define.forms import FIRST_ITEM, SHARED, with_items

LINE = FIRST_ITEM
YES_NO_SCALE = "{levels: [{code: met, label: Met}, {code: not_met, label: Not met}]}"


def advised(items: str, head: str = "", kind: str = "record") -> list[Problem]:
    """The problems that `check` gives on a form with these items."""
    text = with_items(items, head).replace("kind: record", f"kind: {kind}")
    return list(load_definition(text, SHARED, "audit.yaml").advised)


def told(items: str, head: str = "", kind: str = "record") -> list[tuple[str, int, str]]:
    """Of each: its code, its line, and the value it is about."""
    return [(p.code, int(p.place.split(":")[1]), p.value) for p in advised(items, head, kind)]


def asked(words: str, type_: str = "yes_no") -> list[str]:
    """The codes for one question in these words."""
    return [problem.code for problem in advised(f"- {{id: x, type: {type_}, ask: '{words}'}}")]


# A scale that leaves nobody without an answer


def grid(column: str, rows: int) -> str:
    lines = [f"- id: core\n  type: grid\n  columns:\n    - {{id: answer, title: Met?, {column}}}\n  rows:"]
    lines += [f"    - {{id: row_{letter}, text: Standard {letter}}}" for letter in "abcdefgh"[:rows]]
    return "\n".join(lines)


def test_a_grid_of_judgements_that_must_be_answered_has_a_way_to_say_that_a_row_does_not_apply() -> None:
    required = f"type: choice, scale: {YES_NO_SCALE}, required: true"
    (problem,) = advised(grid(required, 4), kind="self_assessment")
    assert (problem.code, problem.key) == ("D050", "sections[0].items[0].columns[0].scale")
    assert "'Met?' must be answered in 4 rows" in problem.message
    assert told(grid("type: yes_no, required: true", 4), kind="survey") == [("D050", LINE + 3, "Met?")]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("{id: one, text: Standard one}", "in 1 row,"),
        ("{id: one, text: Standard one, when: {x: yes}}, {id: two, text: Standard two}", "in 1 row,"),
        ("{text: 'Standard', prompts: [{id: one, text: one}, {id: two, text: two}]}", "in 2 rows,"),
        ("{id: one, text: Standard one, when: {x: yes}}", ""),
        ("{id: one, text: Standard one, applies_to: [School]}", ""),
        ("{text: 'Standard', applies_to: [School], prompts: [{id: one, text: one}, {id: two, text: two}]}", ""),
    ],
)
def test_few_rows_need_a_way_out_as_many_do_unless_it_is_said_when_each_applies(rows: str, said: str) -> None:
    grid = "- {id: x, type: yes_no, ask: X?}\n- id: core\n  type: grid\n"
    grid += f"  columns: [{{id: answer, title: Met?, type: yes_no, required: true}}]\n  rows: [{rows}]"
    found = [problem.message for problem in advised(grid, kind="self_assessment") if problem.code == "D050"]
    assert len(found) == bool(said)
    assert all(said in message for message in found)


@pytest.mark.parametrize(
    ("column", "rows", "kind"),
    [
        ("type: choice, scale: ynna, required: true", 8, "self_assessment"),
        (f"type: choice, scale: {YES_NO_SCALE}", 8, "self_assessment"),
        (f"type: choice, scale: {YES_NO_SCALE}, required: true", 8, "data_return"),
        ("type: text, required: true", 8, "self_assessment"),
    ],
)
def test_no_way_out_is_needed_where_nothing_is_or_every_row_is_known_to_apply(
    column: str, rows: int, kind: str
) -> None:
    assert advised(grid(column, rows), kind=kind) == []


# Levels that leave open what is meant


def with_level(level: str, more: str = "") -> list[tuple[str, int, str]]:
    scale = f"scales:\n  source:\n    levels:\n      - {{code: audit, label: An audit}}\n      - {level}\n"
    return told(f"- {{id: source, type: choice, scale: source, ask: Where was it found?}}\n{more}", scale)


@pytest.mark.parametrize(
    "label",
    [
        "Other",
        "other (please specify)",
        "Something else",
        "Somebody else: who?",
        "Another way",
        "Other source",
        "Others…",
    ],
)
def test_a_level_that_means_other_gives_space_to_say_what(label: str) -> None:
    assert with_level(f'{{code: other, label: "{label}"}}') == [("D065", LINE + 5, label)]
    assert with_level(f'{{code: other, label: "{label}", specify: which?}}') == []
    inline = f'[{{code: audit, label: An audit}}, {{code: other, label: "{label}"}}]'
    assert told(f"- {{id: source, type: choices, ask: Where?, scale: {{levels: {inline}}}}}") == [("D065", LINE, label)]


def test_the_words_may_be_asked_for_in_a_question_of_its_own() -> None:
    asked = "- {id: which, type: text, ask: Where else?, when: {source: other}}\n"
    assert with_level("{code: other, label: Somewhere else}", asked) == []
    assert with_level("{code: other, label: Somewhere else}", asked.replace("source: other", "source: audit")) != []


@pytest.mark.parametrize(
    "level",
    [
        "{code: none_of_them, label: None of these}",
        "{code: other_enquiry, label: Other safeguarding enquiry}",
        "{code: by_partner, label: Done by another agency}",
        "{code: other_language, label: In another language}",
        "{code: mother, label: Mother}",
        "{code: other, label: Somebody else, is_na: true}",
        "{code: other, label: Other, is_nonresponse: true}",
    ],
)
def test_a_level_that_says_what_it_means_needs_no_more_words(level: str) -> None:
    assert with_level(level) == []


# Nil returns

NIL = """
nil_return:
  ask: Is the child known to you?
  scale: known
  waives_when: [not_known]
  items:
    - {id: looked, type: text, ask: Where did you look?, required: true}
    - {id: gone, type: text, ask: Where did they move?, required: true, when: {%s: %s}}
"""


def test_the_first_page_does_not_depend_on_what_a_nil_return_waives() -> None:
    items = "- {id: moved, type: yes_no, ask: Did the child move away?}"
    first = (
        LINE
        + 2
        + NIL.split("\n").index(
            "    - {id: gone, type: text, ask: Where did they move?, required: true, when: {%s: %s}}"
        )
        - 1
    )
    assert told(items, NIL % ("moved", "yes")) == [("D051", first, "moved")]
    assert told(items, NIL % ("looked", "answered")) == []
    assert told(items, NIL % ("nil_return", "known")) == []


def test_a_case_audit_has_a_way_to_say_that_the_person_was_not_known() -> None:
    items = "- {id: moved, type: yes_no, ask: Did the child move away?, required: true}"
    assert told(items, kind="case_audit") == [("D062", 4, "case_audit")]
    assert told(items, kind="self_assessment") == []
    assert told(items, NIL % ("looked", "answered"), kind="case_audit") == []
    assert told(items.replace(", required: true", ""), kind="case_audit") == []


# Personal data


@pytest.mark.parametrize(
    ("type_", "words"),
    [
        ("text", "Name of the parent"),
        ("text", "Child’s initials"),
        ("date", "Date of birth"),
        ("date", "When was the child born?"),
        ("text", "What is your full name?"),
        ("text", "NHS number"),
        ("paragraph", "Names and roles of those who were there"),
        ("text", "Home address"),
        ("text", "Their current address"),
        ("text", "Telephone"),
        ("names", "Names of staff who were present"),
        ("email", "Where can we reach you?"),
        ("phone", "Out of hours"),
    ],
)
def test_what_identifies_a_person_is_marked_or_said_not_to(type_: str, words: str) -> None:
    assert asked(words, type_) == ["D052"]
    for said in ("true", "false"):
        assert advised(f"- {{id: x, type: {type_}, ask: '{words}', personal: {said}}}") == []


@pytest.mark.parametrize(
    ("type_", "words"),
    [
        ("text", "Name of your agency"),
        ("text", "Name of the review"),
        ("text", "School name"),
        ("paragraph", "Name three things that went well"),
        ("paragraph", "How did you address the concern?"),
        ("paragraph", "Was a phone or tablet used?"),
        ("date", "Date of signature"),
        ("integer", "How many names are on the list?"),
        ("yes_no", "Is a named person in charge?"),
        ("names", "Which of your services does this cover?"),
    ],
)
def test_the_name_of_a_thing_and_a_count_identify_nobody(type_: str, words: str) -> None:
    assert asked(words, type_) == []


def test_columns_and_rows_of_grids_are_looked_at_for_personal_data_too() -> None:
    items = """
        - id: people
          type: table
          ask: Who was there
          columns: [{id: who, type: text, title: Name}, {id: role, type: text, title: Role}]
        - id: head
          type: grid
          columns: [{id: answer, type: text, title: Answer}]
          rows: [{id: born, text: Date of birth}, {id: heard, text: Was the child asked about their home and heard?}]
        """
    assert told(items) == [("D052", LINE + 3, "Name"), ("D052", LINE + 7, "Date of birth")]
    assert (
        told(
            items.replace("title: Name", "title: Name, personal: true").replace(
                "title: Answer", "title: Answer, personal: false"
            )
        )
        == []
    )


# Two questions at once


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Was the child seen? Was the home seen?", "? Was the home seen?"),
        ("Were the police and/or health told?", "and/or"),
        ("Was a plan made, and did the family agree?", "and did the"),
        ("Was the child seen, and was a plan made?", "and was a"),
        ("Was the child seen? If not, why not", "If not"),
        ("Was the plan changed and why?", "and why?"),
        ("Did staff assess and record the risk?", "assess and record"),
        ("Was the risk shared and reviewed?", "shared and reviewed"),
    ],
)
def test_two_questions_in_one_are_told_with_the_words_that_bring_in_the_second(words: str, found: str) -> None:
    (problem,) = advised(f"- {{id: x, type: yes_no, ask: '{words}'}}")
    assert (problem.code, problem.place, problem.value) == ("D053", f"audit.yaml:{LINE}:36", found)


def test_a_number_or_date_answers_one_question_only() -> None:
    assert asked("How many visits were there and when was the last?", "integer") == ["D053"]
    assert asked("After how many of them was a talk held?", "integer") == []
    assert asked("People whose role needs a check, and who have one", "fraction") == []


@pytest.mark.parametrize(
    "words",
    [
        "Were health and housing told?",
        "Did the plan cover safety and wellbeing?",
        "Was the worker a friend of the child and family?",
        "Did a manager plan and report on time?",
        "Were children and their parents seen?",
        "Did staff see whether and how the home changed?",
        "Is there anybody, such as an aunt and uncle, who could help?",
    ],
)
def test_two_things_in_one_question_are_not_two_questions(words: str) -> None:
    assert asked(words) == []


def test_two_verbs_are_one_question_where_an_answer_can_say_that_a_part_holds_or_sentences_can() -> None:
    partly = "{levels: [{code: yes, label: Yes}, {code: partly, label: Partly}, {code: no, label: No}]}"
    words = "Did staff assess and record the risk?"
    assert advised(f"- {{id: x, type: choice, scale: {partly}, ask: '{words}'}}") == []
    assert asked("What did you assess and record, and why?", "paragraph") == []


# Reading age and plain words

HARD = """
- id: core
  type: grid
  columns: [{id: how, type: paragraph, title: How}]
  rows:
    - id: thresholds
      text: >-
        Practitioners demonstrate consistent understanding of applicable multi-agency safeguarding thresholds, utilising
        contextual information proportionately in order to facilitate appropriate identification of vulnerability.
    - id: governance
      text: >-
        Organisational governance arrangements incorporate comprehensive accountability mechanisms, ensuring
        that recommendations originating from statutory reviews are systematically implemented, monitored and evaluated.
    - {id: seen, text: Was the child seen at home in the last month?}
    - {id: heard, text: Did staff ask the child what they want to change?}
    - id: engagement
      text: >-
        Documentation evidences meaningful participation of individuals, families and communities in collaborative
        decision-making, reflecting considerations of diversity, intersectionality and cultural competence.
    - id: escalation
      text: >-
        Professional disagreements concerning intervention necessity are appropriately escalated utilising established
        interagency resolution protocols, with chronologically documented outcomes communicated to partners.
    - id: supervision
      text: >-
        Reflective supervision opportunities are consistently facilitated, incorporating critical analysis of
        assumptions and ensuring that organisational learning influences subsequent practitioner interventions.
"""


def test_a_section_that_is_harder_to_read_than_its_target_is_told_with_its_hardest_sentences() -> None:
    (problem,) = advised(HARD)
    assert (problem.code, problem.key) == ("D054", "sections[0].title")
    assert "need a reading age of over 18; the target is 14" in problem.message
    assert f"line {LINE + 5} “Practitioners demonstrate" in problem.message
    assert "Was the child seen" not in problem.message


def test_the_target_is_the_section_s_or_the_form_s_or_that_of_whom_it_asks() -> None:
    assert advised(HARD, "language: cy\n") == []
    plain = "\n".join(
        f"- {{id: x{letter}, type: paragraph, ask: 'What did the worker do about {letter} that helped the family?'}}"
        for letter in "abcdefghij"
    )
    targets = {
        "": [],
        "reading_age: 6\n": ["D054"],
        "audience: young_people\n": [],
        "audience: young_people\nreading_age: 7\n": ["D054"],
    }
    for head, codes in targets.items():
        assert [p.code for p in advised(plain, head)] == codes, head
    section = plain.replace("- {id: xa", "- {id: xa", 1)
    text = with_items(section, "reading_age: 6\n").replace("    title: S\n", "    title: S\n    reading_age: 12\n")
    assert load_definition(text, SHARED, "audit.yaml").advised == ()


def test_a_few_long_words_in_a_short_section_are_no_reading_age() -> None:
    assert advised("- {id: x, type: text, ask: Safeguarding accountability arrangements documentation}") == []


LONG_QUESTION = "If you were to tell one of the grown-ups here about a worry that you have, would it be okay?"


def test_a_question_to_young_people_is_plain_or_has_help() -> None:
    items = """
- {id: a, type: yes_no, ask: Do you feel safe here?}
- {id: b, type: yes_no, ask: Do you understand confidentiality?}
- {id: c, type: yes_no, ask: Do you understand confidentiality here?, help: Who else is told what you say.}
- {id: d, type: yes_no, ask: Does everybody know who to go to?}
"""
    items += f'- {{id: e, type: yes_no, ask: "{LONG_QUESTION}"}}'
    assert told(items) == []
    assert told(items, "audience: young_people\n") == [
        ("D055", LINE + 1, "the word 'confidentiality'"),
        ("D055", LINE + 4, "a question of 20 words"),
    ]


# Numbers, scales, requirements


@pytest.mark.parametrize(
    ("id_", "words", "found"),
    [
        ("q1", "Was it so?", "q1"),
        ("b2_3", "Was it so?", "b2_3"),
        ("question_14a", "Was it so?", "question_14a"),
        ("seen", "1.4 Was it so?", "1.4"),
        ("seen", "B2: Was it so?", "B2:"),
        ("seen", "3) Was it so?", "3)"),
        ("seen", "Q7 Was it so?", "Q7"),
    ],
)
def test_numbers_that_were_typed_are_told_for_the_form_prints_its_own(id_: str, words: str, found: str) -> None:
    (problem,) = advised(f"- {{id: {id_}, type: yes_no, ask: '{words}'}}")
    assert (problem.code, problem.value) == ("D056", found)


@pytest.mark.parametrize(
    ("id_", "words"),
    [("year_2024", "Was it so?"), ("over_16s", "16 and 17 year olds"), ("half_days", "How many?"), ("a", "5-a-side")],
)
def test_an_id_or_a_wording_with_a_number_in_it_is_no_printed_number(id_: str, words: str) -> None:
    assert advised(f"- {{id: {id_}, type: yes_no, ask: '{words}'}}") == []


def test_scales_of_one_level_long_labels_and_scores_that_nobody_can_count_are_told() -> None:
    long = "An answer that goes on for so long that it fits neither the list it is chosen from nor a table"
    items = f"""
        - {{id: x, type: choice, ask: X?, scale: {{levels: [{{code: only, label: Only}}]}}}}
        - {{id: y, type: choices, ask: Y?, scale: {{levels: [{{code: only, label: Only one}}]}}}}
        - id: z
          type: choice
          ask: Z?
          scale:
            levels:
              - {{code: good, label: Good, score: 2}}
              - {{code: fair, label: Fair}}
              - {{code: poor, label: {long}, score: 0}}
              - {{code: na, label: Not applicable, score: 0, is_na: true}}
        """
    assert told(items) == [
        ("D057", LINE, "Only"),
        ("D059", LINE + 8, "Fair"),
        ("D058", LINE + 9, long),
        ("D059", LINE + 10, "0"),
    ]


@pytest.mark.parametrize(("count", "codes"), [(12, []), (13, [("D067", LINE + 4, "Who was told?")])])
@pytest.mark.parametrize("type_", ["grid", "table"])
def test_more_than_a_dozen_boxes_in_every_row_are_too_many(type_: str, count: int, codes: list[object]) -> None:
    levels = ", ".join(f"{{code: a{number}, label: Agency {number}}}" for number in range(count))
    rows = "  rows:\n    - {id: seen, text: Seen?}" if type_ == "grid" else "  blank_rows: 2"
    column = f"{{id: who, title: Who was told?, type: choices, scale: {{levels: [{levels}]}}}}"
    assert told(f"- id: core\n  type: {type_}\n  ask: Who?\n  columns:\n    - {column}\n{rows}") == codes


def test_rows_that_are_needed_need_something_and_copies_that_may_stay_empty_do_not() -> None:
    items = """
        - {id: t, type: table, ask: T, min_rows: 2, columns: [{id: what, type: text, title: What}]}
        - {id: u, type: table, ask: U, min_rows: 2, columns: [{id: what, type: text, title: What, required: true}]}
        - id: child
          type: group
          ask: Each child
          each: Child
          copies: 3
          items:
            - {id: code, type: text, ask: Code of this child}
            - {id: seen, type: yes_no, ask: Was this child seen?, required: true}
            - {id: plan, type: yes_no, ask: Is there a plan?, required: {when: {code: answered}}}
        """
    assert told(items) == [("D060", LINE, "2"), ("D061", LINE + 9, "Child")]
    for settled in ("copies: 1", "copies: 3\n          min_copies: 0", "copies: 3\n          titles: [A, B, C]"):
        assert told(items.replace("copies: 3", settled)) == [("D060", LINE, "2")]


# Where advice is given, and where not


def test_advice_never_stops_a_form_and_is_given_beside_its_faults(tmp_path: Path) -> None:
    sound = tmp_path / "sound.yaml"
    sound.write_text(with_items("- {id: q1, type: text, ask: Your initials}"), encoding="utf-8")
    library = Library([tmp_path])
    assert [problem.code for problem in library.check(sound)] == ["D056", "D052"]
    assert all(problem.is_warning for problem in library.check(sound))
    assert library.form(sound).id == "audit"
    faulty = with_items("- {id: q1, type: text, ask: Your initials}\n- {id: y, type: txt, ask: Y?}")
    assert [problem.code for problem in load_definition(faulty).advised] == ["D056", "D052", "D005"]


def test_blocks_and_files_of_scales_get_advice_too(tmp_path: Path) -> None:
    (tmp_path / "blocks").mkdir()
    block = tmp_path / "blocks" / "who.yaml"
    block.write_text("block: who\nitems:\n  - {id: who, type: text, ask: Your full name}\n", encoding="utf-8")
    scales = tmp_path / "scales.yaml"
    scales.write_text("odd: {levels: [{code: a, label: A, score: 1}, {code: b, label: B}]}\n", encoding="utf-8")
    assert [(p.code, p.place) for p in Library([tmp_path]).check(block)] == [("D052", f"{block}:3:32")]
    assert [(p.code, p.place) for p in Library([tmp_path]).check(scales)] == [("D059", f"{scales}:1:64")]


def test_a_form_is_loaded_without_the_list_of_words_that_advice_needs() -> None:
    load = "Toolkit().form('section_11_self_assessment')"
    code = f"from qaf_forms import Toolkit; import sys; {load}; print('syllapy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
