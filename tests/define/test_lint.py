"""The checks beyond types: each fault its own message at its own place."""

import pytest

from tests.define.forms import FIRST_ITEM, form_with, problems_of, told, with_items

LINE = FIRST_ITEM


def test_an_unknown_scale_suggests_the_closest_of_the_form_and_the_shared_ones() -> None:
    own = "scales: {grade: {levels: [{code: x, label: X}]}}"
    items = """
        - {id: a, type: choice, scale: grad, ask: A?}
        - {id: b, type: choices, scale: knwon, ask: B?}
        - {id: c, type: choice, scale: grade, ask: C?}
        """
    assert told(items, own) == [
        ("D008", f"{LINE}:38", "did you mean 'grade'?"),
        ("D008", f"{LINE + 1}:39", "did you mean 'known'?"),
    ]


def test_an_item_id_used_twice_is_told_with_the_first_line_wherever_the_two_stand() -> None:
    items = """
        - {id: a, type: text, ask: A?}
        - id: g
          type: group
          ask: G
          copies: 2
          items:
            - {id: a, type: text, ask: Again?}
        """
    (problem,) = problems_of(with_items(items))
    assert (problem.code, problem.place) == ("D006", f"audit.yaml:{LINE + 6}:18")
    assert f"first used on line {LINE}" in problem.message


def test_ids_of_columns_rows_sections_and_levels_differ() -> None:
    items = """
        - id: g
          type: grid
          columns: [{id: c, type: text, title: One}, {id: c, type: text, title: Two}]
          rows: [{id: r, text: First?}, {id: r, text: Second?}]
        - {id: x, type: choice, ask: X?, scale: {levels: [{code: k, label: K}, {code: k, label: L}]}}
        """
    found = [(problem.code, problem.key) for problem in problems_of(with_items(items))]
    assert found == [
        ("D006", "sections[0].items[0].columns[1].id"),
        ("D006", "sections[0].items[0].rows[1].id"),
        ("D006", "sections[0].items[1].scale.levels[1].code"),
    ]
    twice = with_items("- {id: a, type: text, ask: A?}") + "  - {id: s, title: T, items: [{type: note, text: N}]}\n"
    assert [(problem.code, problem.key) for problem in problems_of(twice)] == [("D006", "sections[1].id")]


def test_the_same_label_or_alias_for_two_levels_is_told_whatever_its_case_and_punctuation() -> None:
    scale = "{levels: [{code: a, label: Not known, aliases: [n/k]}, {code: b, label: not-known, aliases: [NK]}]}"
    found = problems_of(with_items(f"- {{id: x, type: choice, ask: X?, scale: {scale}}}"))
    assert [(problem.code, problem.value) for problem in found] == [("D019", "not-known"), ("D019", "NK")]
    assert found[0].message == "'not-known' stands for two levels, a and b"


def test_cells_and_descriptors_name_columns_and_levels_that_there_are() -> None:
    items = """
        - id: g
          type: grid
          columns: [{id: answer, type: choice, scale: ynna, title: Answer}, {id: note, type: text, title: Note}]
          rows:
            - {id: r, text: R?, cells: {anwser: {type: text}}, descriptors: {nots: {yes: x}, answer: {yep: x, no: y}}}
            - {id: q, text: Q?, descriptors: {note: {yes: x}}}
        """
    assert [(code, fix) for code, _, fix in told(items)] == [
        ("D017", "did you mean 'answer'?"),
        ("D017", "did you mean 'note'?"),
        ("D010", "did you mean 'yes'?"),
        ("D010", "only columns with a scale have levels to describe"),
    ]


def test_an_unknown_role_suggests_the_closest_and_agency_is_always_one() -> None:
    roles = "roles: {partnership: Unit}"
    items = """
        - {id: a, type: text, ask: A?, filled_by: agency}
        - {id: b, type: text, ask: B?, filled_by: partnrship}
        """
    assert told(items, roles) == [("D012", f"{LINE + 1}:49", "did you mean 'partnership'?")]


@pytest.mark.parametrize(
    ("waives", "code", "message"),
    [
        ("[not_knwon]", "D010", "'not_knwon' is not an answer that nil_return can have"),
        ("[known, not_known]", "D004", "every answer to nil_return waives the rest of the form"),
    ],
)
def test_the_answers_that_waive_the_form_are_some_on_its_scale(waives: str, code: str, message: str) -> None:
    nil = f"nil_return: {{ask: Known?, waives_when: {waives}}}"
    (problem,) = problems_of(with_items("- {id: a, type: text, ask: A?}", nil))
    assert (problem.code, problem.message) == (code, message)


@pytest.mark.parametrize("taken", ["nil_return", "any", "not", "all", "test"])
def test_an_id_that_means_something_else_is_refused(taken: str) -> None:
    (problem,) = problems_of(with_items(f"- {{id: {taken}, type: text, ask: A?}}"))
    assert (problem.code, problem.value) == ("D018", taken)


def test_limits_that_contradict_each_other_are_told() -> None:
    items = """
        - {id: a, type: date, ask: A?, earliest: 2025-02-01, latest: 2025-01-01}
        - {id: t, type: table, ask: T, blank_rows: 1, min_rows: 2, columns: [{id: c, type: text, title: C}]}
        """
    assert [(code, fix) for code, _, fix in told(items)] == [
        ("D004", "change one of them"),
        ("D004", "raise blank_rows or lower min_rows"),
    ]


def test_a_scale_that_nothing_uses_is_a_warning() -> None:
    own = "scales: {spare: {levels: [{code: x, label: X}]}}"
    (problem,) = problems_of(with_items("- {id: a, type: text, ask: A?}", own))
    assert (problem.code, problem.value, problem.is_warning) == ("D020", "spare", True)


def test_two_questions_with_one_wording_are_a_warning_unless_no_agency_meets_both() -> None:
    items = """
        - {id: a, type: text, ask: What went **well**?, applies_to: [police]}
        - {id: b, type: text, ask: what went well, applies_to: [health]}
        - {id: c, type: text, ask: What went well?}
        """
    (problem,) = problems_of(with_items(items))
    assert (problem.code, problem.place, problem.is_warning) == ("D016", f"audit.yaml:{LINE + 2}:34", True)
    assert f"on line {LINE}" in problem.message


def test_two_columns_with_one_title_are_a_warning_unless_they_stand_under_different_heads() -> None:
    items = """
        - id: t
          type: table
          ask: T
          columns:
            - {id: a, type: text, title: Date, under: Start}
            - {id: b, type: text, title: Date, under: End}
            - {id: c, type: text, title: date, under: End}
        """
    assert [(code, place.split(":")[0]) for code, place, _ in told(items)] == [("D022", str(LINE + 6))]


def test_a_sound_form_has_no_problems() -> None:
    form = form_with("- {id: a, type: yes_no, ask: A?}\n- {id: b, type: text, ask: B?, when: {a: yes}}")
    assert [item.id for item in form.items()] == ["a", "b"]


def test_no_role_is_called_all_since_that_is_everybody() -> None:
    ((code, place, fix),) = told("- {id: a, type: text, ask: A?}", "roles: {agency: Agency, all: Everyone}")
    assert (code, place, fix) == ("D018", f"{LINE + 1}:25", "choose another id")
