"""Repeated blocks: what their copies are called, what is asked in some of them, and which may stay empty."""

from __future__ import annotations

import pytest

from qaf_forms.issue.fields import Heading
from qaf_forms.issue.layout import Layout
from tests.define.forms import FIRST_ITEM, form_with, told


def laid_out(keys: str, items: str = "- {id: a, type: text, ask: A?}") -> Layout:
    inner = "\n".join(f"    {line}" for line in items.splitlines())
    return Layout(form_with(f"- id: g\n  type: group\n  ask: Each child\n  {keys}\n  items:\n{inner}"))


def headings(layout: Layout) -> list[str]:
    blocks = [block for section in layout.sections for block in section.blocks]
    return [f"{block.code} {block.text}" for block in blocks if isinstance(block, Heading)]


def test_copies_are_numbered_unless_they_have_titles() -> None:
    assert headings(laid_out("copies: 2")) == ["A1 Each child", "A1-1 Copy 1", "A1-2 Copy 2"]
    assert headings(laid_out("{copies: 2, each: Child}".strip("{}").replace(", ", "\n  "))) == [
        *("A1 Each child", "A1-1 Child 1", "A1-2 Child 2")
    ]
    assert headings(laid_out("copies: 2\n  titles: [Initial, Review]"))[1:] == ["A1-1 Initial", "A1-2 Review"]


@pytest.mark.parametrize(
    ("least", "said"),
    [
        ("", None),
        ("min_copies: 3", None),
        ("min_copies: 0", "Fill in as many of these blocks as you need, and leave the others empty."),
        ("min_copies: 1", "Fill in at least 1 of these blocks, and leave any that you do not need empty."),
        ("min_copies: 2\n  help: By age.", "By age.\n\nFill in at least 2 of these blocks"),
    ],
)
def test_a_group_says_which_of_its_copies_may_stay_empty(least: str, said: str | None) -> None:
    heading = laid_out(f"copies: 3\n  {least}").sections[0].blocks[0]
    assert isinstance(heading, Heading)
    assert heading.help == said if said is None else (heading.help or "").startswith(said)


def test_an_item_can_stand_in_some_copies_and_codes_stay_those_of_the_whole_group() -> None:
    layout = laid_out(
        "copies: 3",
        "- {id: a, type: text, ask: A?, in_copies: [1, 3], comment: true}\n"
        "- {type: note, text: Look., in_copies: [2]}\n"
        "- {id: b, type: text, ask: B?}",
    )
    assert [(field.key, field.code) for field in layout.fields] == [
        ("g[1].a", "A1-1.1"),
        ("g[1].a_comment", "A1-1.1a"),
        ("g[1].b", "A1-1.2"),
        ("g[2].b", "A1-2.2"),
        ("g[3].a", "A1-3.1"),
        ("g[3].a_comment", "A1-3.1a"),
        ("g[3].b", "A1-3.2"),
    ]


def test_copies_that_cannot_be_are_told_where_they_stand() -> None:
    items = """
        - {id: outside, type: text, ask: O?, in_copies: [1]}
        - id: g
          type: group
          ask: G
          copies: 2
          min_copies: 3
          titles: [Initial]
          items: [{id: a, type: text, ask: A?, in_copies: [1, 3]}]
        """
    assert told(items) == [
        ("D030", f"{FIRST_ITEM}:44", "leave out in_copies"),
        ("D030", f"{FIRST_ITEM + 5}:21", "raise copies or lower it"),
        ("D030", f"{FIRST_ITEM + 6}:9", "give as many titles"),
        ("D030", f"{FIRST_ITEM + 7}:61", "name copies that there are"),
    ]


def test_a_condition_on_a_question_that_its_own_copy_does_not_ask_is_told() -> None:
    items = """
        - id: g
          type: group
          ask: G
          copies: 3
          items:
            - {id: first, type: yes_no, ask: First?, in_copies: [1, 2], comment: true}
            - {id: fine, type: text, ask: Fine?, in_copies: [2], when: {first: yes}}
            - {id: every, type: text, ask: Every?, when: {first: yes}}
            - id: t
              type: table
              ask: T
              in_copies: [1, 3]
              columns: [{id: c, type: text, title: C, required: {when: {first_comment: answered}}}]
        - {id: out, type: text, ask: Out?, when: {"g[3].first": yes}}
        - {id: well, type: text, ask: Well?, when: {"g[2].first": yes}}
        """
    assert [(code, place.split(":")[0]) for code, place, _ in told(items)] == [
        ("D031", str(FIRST_ITEM + 7)),
        ("D031", str(FIRST_ITEM + 12)),
        ("D031", str(FIRST_ITEM + 13)),
    ]
