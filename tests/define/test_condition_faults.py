"""Faults of conditions: questions and answers that there are not, circles, and what can never hold."""

import pytest

from tests.define.forms import FIRST_ITEM, form_with, problems_of, told, with_items

QUESTIONS = """
- {id: seen, type: yes_no, ask: Seen?}
- {id: grade, type: choice, scale: ynna, ask: Grade?}
- {id: some, type: choices, scale: ynna, ask: Some?}
- {id: visits, type: integer, ask: Visits?, minimum: 0, maximum: 10}
- {id: on, type: date, ask: On?}
- {id: words, type: text, ask: Words?}
- {id: heard, type: yes_no, ask: Heard?, when: {seen: yes}}
- id: core
  type: grid
  columns:
    - {id: answer, type: choice, scale: ynna, title: Answer}
    - {id: more, type: text, title: More, when: {answer: no}, required: {when: {seen: no}}}
  rows: [{id: r1, text: Row?}, {id: r2, text: Other row?, cells: {answer: {type: text}}}]
- id: actions
  type: table
  ask: Actions
  columns: [{id: what, type: text, title: What}, {id: by, type: date, title: By, when: {what: answered}}]
- id: child
  type: group
  ask: Children
  copies: 2
  items:
    - {id: school, type: yes_no, ask: At school?}
    - {id: which, type: text, ask: Which school?, when: {school: yes, seen: yes}}
"""
ASKED = FIRST_ITEM + QUESTIONS.strip().count("\n") + 1


def with_condition(condition: str) -> list[tuple[str, str, str]]:
    return told(f"{QUESTIONS.strip()}\n- {{id: last, type: text, ask: Last?, when: {condition}}}")


@pytest.mark.parametrize(
    "condition",
    [
        "{seen: yes}",
        "{seen: [yes, no]}",
        "{grade: na, visits: {at_least: 10}}",
        "{core.r1.answer: no}",
        "{core.r2.answer: anything}",
        "{core.r1.more: answered}",
        "{'actions[1].by': answered}",
        "{'actions[9].what': answered}",
        "{'child[2].school': no}",
        "{on: 2025-03-31}",
        "{visits: 3}",
        "{words: x}",
        "{heard: answered}",
        "{not: {seen: yes}}",
        "{not: {heard: answered}}",
        "{any: [{seen: yes}, {seen: no}]}",
        "{all: [{some: yes}, {some: no}]}",
        "{all: [{some: yes}, {not: {some: no}}]}",
        "{all: [{visits: {at_least: 2}}, {not: {visits: {at_least: 3}}}]}",
        "{not: {all: [{seen: yes}, {grade: yes}]}}",
    ],
)
def test_a_condition_that_can_hold_is_sound(condition: str) -> None:
    assert with_condition(condition) == []


@pytest.mark.parametrize(
    ("condition", "fix"),
    [
        ("{sen: yes}", "did you mean 'seen'?"),
        ("{core.r1: yes}", "did you mean 'core.r1.answer'?"),
        ("{core: answered}", "did you mean 'core.r1.answer'?"),
        ("{answer: yes}", "did you mean 'core.r1.answer'?"),
        ("{actions.by: answered}", "did you mean 'actions[1].by'?"),
        ("{child.school: yes}", "did you mean 'child[1].school'?"),
        ("{'child[3].school': yes}", "did you mean 'child[1].school'?"),
        ("{school: yes}", "did you mean 'child[1].school'?"),
    ],
)
def test_a_condition_on_a_question_that_does_not_exist_suggests_one(condition: str, fix: str) -> None:
    assert with_condition(condition) == [("D009", f"{ASKED}:{_column(condition)}", fix)]


def _column(condition: str) -> int:
    return len("      - {id: last, type: text, ask: Last?, when: {") + 1


@pytest.mark.parametrize(
    ("condition", "fix"),
    [
        ("{seen: maybe}", "choose from yes and no"),
        ("{grade: n/a}", "did you mean 'na'?"),
        ("{grade: Not applicable}", "did you mean 'na'?"),
        ("{grade: [yes, nope]}", "did you mean 'no'?"),
        ("{some: yse}", "did you mean 'yes'?"),
        ("{visits: several}", "write a number, or at_least: and a number"),
        ("{on: 31/03/2025}", "write a date as year-month-day, such as 2025-03-31"),
        ("{not: {seen: perhaps}}", "choose from yes and no"),
    ],
)
def test_a_condition_on_an_answer_that_cannot_be_given_suggests_one(condition: str, fix: str) -> None:
    ((code, place, advice),) = with_condition(condition)
    assert (code, place.split(":")[0], advice) == ("D010", str(ASKED), fix)


def test_the_place_of_a_wrong_answer_is_its_own_in_a_nested_condition() -> None:
    items = """
        - {id: a, type: yes_no, ask: A?}
        - id: b
          type: text
          ask: B?
          when:
            any:
              - {a: yes}
              - not:
                  a:
                    - no
                    - perhaps
              - a: never
                c: answered
        """
    assert [(code, place) for code, place, _ in told(items)] == [
        ("D010", f"{FIRST_ITEM + 10}:21"),
        ("D010", f"{FIRST_ITEM + 11}:18"),
        ("D009", f"{FIRST_ITEM + 12}:15"),
    ]


def test_at_least_needs_a_number() -> None:
    ((code, _, fix),) = with_condition("{words: {at_least: 2}}")
    assert code == "D021"
    assert "integer or decimal" in fix


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("{all: [{seen: yes}, {seen: no}]}", "seen would have to be yes and no at once"),
        ("{visits: {at_least: 11}}", "visits is at most 10"),
        ("{all: [{visits: {at_least: 5}}, {not: {visits: {at_least: 5}}}]}", "at least 5 and less than 5"),
        ("{visits: 12}", "no number that visits can be"),
        ("{not: {grade: [yes, no, na]}}", "it leaves no answer to grade"),
        ("{not: {any: [{grade: [yes, no]}, {grade: na}]}}", "it leaves no answer to grade"),
        ("{all: [{some: yes}, {not: {some: [yes, no]}}]}", "some would have to contain an answer"),
        ("{all: [{words: answered}, {not: {words: answered}}]}", "words would have to be answered and unanswered"),
        ("{seen: no, heard: answered}", "seen would have to be no and yes at once"),
        ("{any: [{seen: no, heard: no}, {visits: 11}]}", "seen would have to be no and yes at once"),
        ("{core.r1.answer: yes, core.r1.more: answered}", "core.r1.answer would have to be yes and no at once"),
        ("{seen: no, 'child[1].which': answered}", "seen would have to be no and yes at once"),
    ],
)
def test_a_condition_that_can_never_hold_says_why(condition: str, reason: str) -> None:
    (problem,) = problems_of(
        with_items(f"{QUESTIONS.strip()}\n- {{id: last, type: text, ask: Last?, when: {condition}}}")
    )
    assert (problem.code, problem.key) == ("D011", "sections[0].items[10].when")
    assert reason in problem.message


def test_a_requirement_that_its_own_question_rules_out_can_never_hold() -> None:
    items = """
        - {id: a, type: yes_no, ask: A?}
        - {id: b, type: text, ask: B?, when: {a: yes}, required: {when: {a: no}}}
        """
    assert [code for code, _, _ in told(items)] == ["D011"]


def test_a_question_that_the_nil_return_waives_cannot_depend_on_that_answer() -> None:
    nil = """
        nil_return:
          ask: Known?
          waives_when: [not_known]
          items: [{id: searched, type: text, ask: Where did you look?, when: {nil_return: not_known}}]
        """
    (problem,) = problems_of(with_items("- {id: a, type: text, ask: A?, when: {nil_return: not_known}}", nil))
    assert (problem.code, problem.key) == ("D011", "sections[0].items[0].when")
    assert "leaves out all but its first page" in problem.message
    form_with("- {id: a, type: text, ask: A?, when: {nil_return: known}}", nil)


def test_what_stands_in_a_block_that_is_never_asked_is_not_told_again() -> None:
    items = """
        - {id: a, type: yes_no, ask: A?}
        - id: g
          type: group
          ask: G
          copies: 1
          when: {all: [{a: yes}, {a: no}]}
          items: [{id: b, type: yes_no, ask: B?}, {id: c, type: text, ask: C?, when: {b: yes}}]
        """
    assert [code for code, _, _ in told(items)] == ["D011"]


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ("- {id: a, type: yes_no, ask: A?, when: {a: yes}}", "'a' depends on its own answer"),
        ("- {id: a, type: yes_no, ask: A?, required: {when: {a: yes}}}", "'a' depends on its own answer"),
        (
            "- {id: a, type: yes_no, ask: A?, when: {b: yes}}\n- {id: b, type: yes_no, ask: B?, when: {a: yes}}",
            "'a' depends on its own answer through 'b'",
        ),
        (
            "- {id: t, type: table, ask: T, when: {'t[1].c': answered}, columns: [{id: c, type: text, title: C}]}",
            "'t[1].c' depends on its own answer",
        ),
    ],
)
def test_a_circle_of_conditions_is_told_once(items: str, message: str) -> None:
    (problem,) = problems_of(with_items(items))
    assert (problem.code, problem.message) == ("D014", message)


def test_a_condition_may_look_forward() -> None:
    form_with("- {id: a, type: text, ask: A?, when: {b: yes}}\n- {id: b, type: yes_no, ask: B?}")


def test_so_many_alternatives_that_nobody_can_try_them_all_are_taken_to_be_possible() -> None:
    parts = ", ".join(f"{{any: [{{a: {n}}}, {{a: {n + 1}}}]}}" for n in range(30))
    form_with(f"- {{id: a, type: text, ask: A?}}\n- {{id: b, type: text, ask: B?, when: {{all: [{parts}]}}}}")
