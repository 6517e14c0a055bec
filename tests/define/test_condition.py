"""Conditions: how they are written, when they hold, and how they read in English."""

from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from qaf_forms.define.condition import All, Answered, AnyOf, AtLeast, Condition, Is, Not, Value, simple_parts, with_keys
from qaf_forms.issue.fields import GridBlock
from qaf_forms.issue.layout import Layout
from tests.define.forms import form_with

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)


@pytest.mark.parametrize(
    ("short", "tree"),
    [
        ({"a": "yes"}, Is(key="a", values=("yes",))),
        ({"a": ["yes", "no"]}, Is(key="a", values=("yes", "no"))),
        ({"a": True}, Is(key="a", values=("yes",))),
        ({"a": 3}, Is(key="a", values=("3",))),
        ({"a": "answered"}, Answered(key="a")),
        ({"a": {"at_least": 2.5}}, AtLeast(key="a", at_least=Decimal("2.5"))),
        ({"not": {"a": "no"}}, Not(condition=Is(key="a", values=("no",)))),
        ({"a": "x", "b": "y"}, All(conditions=(Is(key="a", values=("x",)), Is(key="b", values=("y",))))),
        ({"any": [{"a": "x"}]}, AnyOf(conditions=(Is(key="a", values=("x",)),))),
        ({"all": [{"a": "x"}]}, All(conditions=(Is(key="a", values=("x",)),))),
    ],
)
def test_the_short_form_means_this_tree_and_the_tree_means_itself(short: object, tree: Condition) -> None:
    assert CONDITION.validate_python(short) == tree
    assert CONDITION.validate_python(tree.model_dump()) == tree
    assert CONDITION.validate_json(CONDITION.dump_json(tree, exclude_defaults=True)) == tree


@pytest.mark.parametrize(
    ("short", "answers", "holds"),
    [
        ({"a": "yes"}, {"a": "yes"}, True),
        ({"a": "yes"}, {"a": "no"}, False),
        ({"a": "yes"}, {}, False),
        ({"a": ["x", "y"]}, {"a": ("y", "z")}, True),
        ({"a": ["x"]}, {"a": ()}, False),
        ({"a": 3}, {"a": 3}, True),
        ({"a": {"at_least": 2}}, {"a": 2}, True),
        ({"a": {"at_least": 2}}, {"a": Decimal("1.9")}, False),
        ({"a": {"at_least": 2}}, {"a": "many"}, False),
        ({"a": {"at_least": 0}}, {}, False),
        ({"a": "answered"}, {"a": ""}, True),
        ({"a": "answered"}, {}, False),
        ({"not": {"a": "yes"}}, {}, True),
        ({"a": "x", "b": "y"}, {"a": "x"}, False),
        ({"a": "x", "b": "y"}, {"a": "x", "b": "y"}, True),
        ({"any": [{"a": "x"}, {"b": "y"}]}, {"b": "y"}, True),
        ({"any": [{"a": "x"}, {"b": "y"}]}, {}, False),
    ],
)
def test_a_condition_holds_for_the_answers_it_names(short: object, answers: dict[str, Value], holds: bool) -> None:
    assert CONDITION.validate_python(short).holds(answers) is holds


def test_the_keys_of_a_condition_can_be_listed_and_changed() -> None:
    condition = CONDITION.validate_python({"not": {"any": [{"a": "x"}, {"all": [{"b": "answered"}]}]}})
    assert [part.key for part in simple_parts(condition)] == ["a", "b"]
    renamed = with_keys(condition, lambda key: f"g[1].{key}")
    assert [part.key for part in simple_parts(renamed)] == ["g[1].a", "g[1].b"]


ITEMS = """
- {id: a, type: choice, scale: ynna, ask: A?}
- {id: n, type: integer, ask: N?}
- id: core
  type: grid
  columns:
    - {id: answer, type: choice, scale: ynna, title: Answer}
    - {id: more, type: text, title: More, when: {answer: [no, na]}}
    - {id: why, type: text, title: Why, required: {when: {more: answered}}}
  rows: [{id: r1, text: Row?}]
- {id: b, type: text, ask: B?, when: CONDITION}
"""


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("{a: no}", "A1 is No"),
        ("{a: [no, na]}", "A1 is No or Not applicable"),
        ("{not: {a: no}}", "A1 is not No"),
        ("{n: {at_least: 2}}", "A2 is at least 2"),
        ("{not: {n: {at_least: 2}}}", "A2 is less than 2"),
        ("{n: answered}", "A2 is answered"),
        ("{not: {n: answered}}", "A2 is not answered"),
        ("{a: no, n: 3}", "A1 is No and A2 is 3"),
        ("{any: [{a: no}, {core.r1.answer: yes}]}", "A1 is No or A3.1 Answer is Yes"),
        ("{not: {any: [{a: no}, {n: answered}]}}", "it is not so that A1 is No or A2 is answered"),
    ],
)
def test_a_condition_reads_in_english_with_printed_codes_and_labels(condition: str, words: str) -> None:
    layout = Layout(form_with(ITEMS.replace("CONDITION", condition)))
    field = layout.field("b")
    assert field is not None
    assert field.when is not None
    assert layout.in_words(field.when) == words
    assert layout.asked_if(field.when) == f"Answer only if {words}."


def test_a_column_says_what_it_depends_on_by_the_titles_of_its_siblings() -> None:
    layout = Layout(form_with(ITEMS.replace("CONDITION", "{a: no}")))
    grid = next(block for block in layout.sections[0].blocks if isinstance(block, GridBlock))
    notes = [layout.column_note(column, grid.columns) for column in grid.columns]
    assert notes == ["", "Only if Answer is No or Not applicable.", "Needed if More is answered."]
