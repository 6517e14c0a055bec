"""Loading: keys and values that do not fit are told in plain words; what is sound is still checked."""

import pytest

from qaf_forms.define.loading import load_definition, load_scales
from tests.define.forms import FIRST_ITEM, HEAD, SHARED, form_with, problems_of, told, with_items

LINE = FIRST_ITEM
SCALES = "scales:\n  grade:\n    levels:\n"


def test_a_sound_form_holds_the_shared_scales_it_uses_and_no_others() -> None:
    form = form_with("- {id: a, type: choice, scale: ynna, ask: A?}")
    assert list(form.scales) == ["ynna"]
    assert form.scale_named("ynna").labels == ("Yes", "No", "Not applicable")


def test_a_scale_of_the_form_goes_before_a_shared_one_of_that_name() -> None:
    own = "scales: {ynna: {levels: [{code: maybe, label: Maybe}]}}"
    assert form_with("- {id: a, type: choice, scale: ynna, ask: A?}", own).scale_named("ynna").labels == ("Maybe",)


def test_warnings_do_not_keep_a_form_from_loading() -> None:
    loaded = load_definition(with_items("- {id: a, type: text, ask: A?}\n- {id: b, type: text, ask: a}"), SHARED)
    assert loaded.form is not None
    assert [problem.code for problem in loaded.problems] == ["D016"]
    assert loaded.problems[0].is_warning


def test_a_misspelt_key_suggests_the_right_one() -> None:
    item = "- {id: a, type: text, ask: A?, requred: true}"
    assert told(item) == [("D002", f"{LINE}:38", "did you mean 'required'?")]


def test_a_misspelt_key_that_is_needed_is_told_once_and_what_it_holds_is_checked() -> None:
    text = with_items("- {id: a, type: text, aks: A?}").replace("items:", "itmes:").replace("id: a,", "id: A,")
    assert [(problem.code, problem.value, problem.fix[:20]) for problem in problems_of(text)] == [
        ("D002", "itmes", "did you mean 'items'"),
        ("D007", "A", "use small letters, d"),
        ("D002", "aks", "did you mean 'ask'?"),
    ]


def test_a_comma_that_ends_a_text_without_quotes_is_told_as_that() -> None:
    advice = "put quotes around the whole text: inside { } a comma ends it"
    assert told("- {id: a, type: text, ask: Who, when and where?}") == [("D002", f"{LINE}:39", advice)]
    assert "quotes" not in told("- id: a\n  type: text\n  ask: A?\n  help text:")[0][2]


def test_a_misspelt_type_key_is_recognised() -> None:
    assert told("- {id: a, tpye: text, ask: A?}") == [("D002", f"{LINE}:17", "did you mean 'type'?")]


def test_a_key_like_no_other_is_told_with_the_keys_that_can_stand_there() -> None:
    ((_, _, fix),) = told("- {type: note, text: Hello, zzz: 1}")
    assert fix == "remove it, or use one of id, applies_to and in_copies"


def test_a_key_much_like_one_that_is_there_says_so() -> None:
    ((_, _, fix),) = told("- {type: note, text: Hello, txt: 1}")
    assert fix == f"remove it: 'text' stands on line {LINE} already"


@pytest.mark.parametrize(
    ("item", "code", "message", "fix"),
    [
        ("{id: a, type: text}", "D003", "an item of type text has no 'ask'", "add ask: ..."),
        ("{id: a, ask: A?}", "D003", "an item has no 'type'", "add type: ..."),
        ("{id: a, type: textt, ask: A?}", "D005", "there is no item type 'textt'", "did you mean 'text'?"),
        ("{id: a, type: radio, scale: ynna, ask: A?}", "D005", "item type 'radio'", "did you mean 'choice'?"),
        ("{id: A-1, type: text, ask: A?}", "D007", "'A-1' cannot be an id", "use small letters"),
        ("{id: a, type: text, ask: 12}", "D004", "12 is taken for a number", 'put quotes around it: ask: "12"'),
        ("{id: a, type: text, ask: true}", "D004", "true is taken for true or false", "put quotes around it"),
        (
            "{id: a, type: text, ask: A?, evidence: true}",
            "D004",
            "true is taken for",
            "write the words that are to stand",
        ),
        ("{id: a, type: text, ask: }", "D004", "ask is empty", "write it after the colon"),
        ('{id: a, type: text, ask: ""}', "D004", "ask is empty", "write something between the quotes"),
        ("{id: a, type: text, ask: [x]}", "D004", "a list stands where a text is expected", "write one text"),
        ("{id: a, type: text, ask: A?, required: perhaps}", "D004", "neither true nor false", "when: and a condition"),
        ("{id: a, type: text, ask: A?, required: [a]}", "D004", "neither true nor false", "when: and a condition"),
        ("{id: a, type: text, ask: A?, personal: maybe}", "D004", "neither true nor false", "write true or false"),
        ("{id: a, type: text, ask: A?, max_length: 0}", "D004", "max_length is 0, which is below 1", "larger"),
        ("{id: a, type: integer, ask: A?, maximum: lots}", "D004", "where a number is expected", "digits"),
        ("{id: a, type: integer, ask: A?, maximum: .inf}", "D004", "where a number is expected", "digits"),
        ("{id: a, type: decimal, ask: A?, places: 1.5}", "D004", "where a whole number is expected", "digits"),
        ("{id: a, type: integer, ask: A?, minimum: 2, maximum: 1}", "D004", "minimum 2 is above", "change one"),
        ("{id: a, type: date, ask: A?, earliest: soon}", "D004", "where a date is expected", "2025-03-31"),
        ("{id: a, type: choice, ask: A?, scale: 5}", "D004", "5 is taken for a number", "put quotes"),
        ("{id: a, type: choice, ask: A?, scale: [x]}", "D004", "a list stands where a scale", "write scale: {levels:"),
        ("{id: a, type: choice, ask: A?, scale: {levels: []}}", "D004", "levels has no entries", "at least one"),
        ("{id: a, type: choice, ask: A?, scale: Good Bad}", "D004", "cannot be the name of a scale", "under scales"),
        (
            "{id: a, type: text, ask: A?, applies_to: police}",
            "D004",
            "where a list is expected",
            "applies_to: [police]",
        ),
        ("{id: a, type: text, ask: A?, when: b}", "D004", "a condition is written {question: answer}", "when:"),
        ("{id: a, type: text, ask: A?, when: {b: {over: 1}}}", "D004", "is not a comparison", "{at_least: 3}"),
        ("{id: a, type: text, ask: A?, when: {B: x}}", "D004", "'B' cannot be the key of a question", "its id"),
        ("{id: a, type: text, ask: A?, when: {b: {at_least: x}}}", "D004", "a number is expected", "digits"),
        ("just words", "D004", "'just words' stands alone where an entry", "write {id: just_words"),
        ("{id: a, type: group, ask: A?, copies: 31, items: [{type: note, text: t}]}", "D004", "above 30", "smaller"),
        (
            "{id: a, type: group, ask: A?, copies: 1, items: [{id: b, type: group}]}",
            "D004",
            "cannot be a group",
            "note",
        ),
    ],
)
def test_what_does_not_fit_is_told_in_plain_words(item: str, code: str, message: str, fix: str) -> None:
    (problem,) = problems_of(with_items(f"- {item}"))
    assert problem.code == code
    assert message in problem.message
    assert fix in problem.fix
    assert problem.place.startswith(f"audit.yaml:{LINE}:")


def test_a_version_without_quotes_is_told_with_the_quotes_to_write() -> None:
    text = with_items("- {id: a, type: text, ask: A?}").replace('version: "1"', "version: 2024.10")
    (problem,) = problems_of(text)
    assert (problem.place, problem.fix) == ("audit.yaml:2:10", 'put quotes around it: version: "2024.10"')


@pytest.mark.parametrize(
    ("text", "message"),
    [("- a\n- b\n", "the file holds a list"), ("just a text", "the file holds a single text"), ("", "is empty")],
)
def test_a_file_that_is_no_definition_says_what_it_is(text: str, message: str) -> None:
    (problem,) = problems_of(text)
    assert problem.code == "D015"
    assert message in problem.message


def test_a_form_without_anything_is_told_all_that_it_lacks() -> None:
    missing = [problem.value for problem in problems_of("summary: A form")]
    assert sorted(missing) == ["id", "kind", "owner", "sections", "title", "version"]
    assert [problem.value for problem in problems_of(HEAD + "sections:\n")] == [""]


def test_a_faulty_question_does_not_make_its_key_unknown() -> None:
    items = """
        - {id: a, type: zzz, ask: A?}
        - just words
        - {id: b, type: text, ask: B?, when: {a: answered}}
        - {id: c, type: text, ask: C?, when: {d: answered}}
        """
    assert [code for code, _, _ in told(items)] == ["D005", "D004", "D009"]


def test_a_faulty_scale_does_not_make_its_name_or_its_levels_unknown() -> None:
    own = "scales:\n  grade: {levels: [{code: Good, label: G}, {code: poor, label: P}]}\n  bad: nothing\n"
    items = """
        - {id: a, type: choice, scale: grade, ask: A?}
        - {id: b, type: choice, scale: bad, ask: B?, when: {a: fine}}
        """
    assert [code for code, _, _ in told(items, own)] == ["D007", "D004"]


def test_scales_load_with_their_faults_and_the_sound_ones_remain() -> None:
    scales, problems = load_scales("a: {levels: [{code: x, label: X}]}\nb: {levels: [{code: x}]}\nC: 1\n", "s.yaml")
    assert list(scales) == ["a"]
    assert [(problem.code, problem.place) for problem in problems] == [
        ("D003", "s.yaml:2:14"),
        ("D007", "s.yaml:3:1"),
        ("D004", "s.yaml:3:4"),
    ]


def test_a_condition_on_what_has_lost_its_id_is_not_told_as_well() -> None:
    items = """
        - id: g
          type: grid
          columns: [{type: text, title: One}, {id: two, type: text, title: Two, when: {one: answered}}]
          rows: [{id: r, text: R?}]
        - {id: b, type: text, ask: B?, when: {g.r.one: answered}}
        - {id: c, type: text, ask: C?, when: {bb: answered}}
        """
    assert [code for code, _, _ in told(items)] == ["D003", "D009"]
