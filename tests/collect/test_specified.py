"""What becomes of the words that a level asks for, wherever they were typed."""

from __future__ import annotations

import pytest

from qaf_forms.collect.returns import Return, Status
from qaf_forms.define.condition import Value
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Contents
from qaf_forms.problems import Code
from tests.collect.printing import cells, checked, document, form_of, row_of, sheet, space

LEVELS = [
    {"code": "us", "label": "Our own agency"},
    {"code": "other", "label": "Other", "specify": "Which agency?"},
    {"code": "abroad", "label": "Abroad", "specify": "Which country?"},
]
WHO = {"id": "who", "type": "choice", "ask": "Who?", "scale": {"levels": LEVELS}, "required": True}
ALL = {"id": "all", "type": "choices", "ask": "Who was involved?", "scale": {"levels": LEVELS}, "comment": True}
LEAD = {"id": "lead", "type": "choice", "title": "Lead", "scale": {"levels": LEVELS}}
ACTIONS = {"id": "actions", "type": "table", "ask": "Actions", "blank_rows": 2, "columns": [LEAD]}


def said(returned: Return) -> list[tuple[str, str]]:
    names = {code.value.code: code.name for code in Code}
    return [(names[problem.code], problem.key) for problem in returned.problems]


def typed(form_items: tuple[dict[str, object], ...], **spaces: str) -> Return:
    layout = Layout(form_of(*form_items))
    contents = document(layout)
    for key, text in spaces.items():
        space(contents, layout, key.replace("__1__", "[1].")).value = text
    return checked(contents, layout)


def test_the_words_are_needed_when_the_level_is_chosen_and_only_then() -> None:
    assert said(typed((WHO,), who="Other")) == [("REQUIRED", "who_specify")]
    assert typed((WHO,), who="Other").status is Status.PARTIAL
    assert said(typed((WHO,), who="Our own agency")) == []
    assert said(typed((WHO,), who="Our own agency", who_specify="x")) == [("NOT_ASKED", "who_specify")]
    assert said(typed((ALL,), all="☒ Our own agency\n☒ Abroad")) == [("REQUIRED", "all_specify")]


@pytest.mark.parametrize(
    "written",
    [
        "Other: knitting club",
        "Other - knitting club",
        "other (knitting club)",
        "Other\nknitting club",
        "OTHER; - knitting club",
    ],
)
def test_words_in_the_choice_itself_become_the_answer_with_a_warning(written: str) -> None:
    one = typed((WHO,), who=written)
    assert one.values == {"who": "other", "who_specify": "knitting club"}
    assert said(one) == [("MORE_THAN_THE_LEVEL", "who")]
    assert one.problems[0].value == written
    assert one.answers["who_specify"].place == one.answers["who"].place
    assert one.status is Status.COMPLETE


def test_words_behind_several_levels_stand_together() -> None:
    one = typed((ALL,), all="☒ Other: knitting club\n☐ Our own agency\n☒ Abroad, France")
    assert one.values == {"all": ("other", "abroad"), "all_specify": "knitting club; France"}


def test_what_stands_in_the_space_itself_holds() -> None:
    one = typed((WHO,), who="Other: knitting club", who_specify="Sewing club")
    assert one.values == {"who": "other", "who_specify": "Sewing club"}
    assert said(one) == [("MORE_THAN_THE_LEVEL", "who")]


def test_words_behind_a_level_that_asks_for_none_are_only_kept_in_the_warning() -> None:
    one = typed((WHO,), who="Our own agency: the night team")
    assert one.values == {"who": "us"}
    assert said(one) == [("MORE_THAN_THE_LEVEL", "who")]


def test_in_a_row_of_ones_own_the_words_belong_to_the_same_row() -> None:
    one = typed((ACTIONS,), actions__1__lead="Other: knitting club")
    assert one.values == {"actions[1].lead": "other", "actions[1].lead_specify": "knitting club"}
    assert said(typed((ACTIONS,), actions__1__lead="Other")) == [("REQUIRED", "actions[1].lead_specify")]


def test_the_words_are_found_even_where_their_own_space_was_deleted() -> None:
    layout = Layout(form_of(WHO))
    contents = document(layout)
    space(contents, layout, "who").value = "Other: knitting club"
    _delete_row(contents, layout, "who_specify")
    one = checked(contents, layout)
    assert one.values == {"who": "other", "who_specify": "knitting club"}
    assert one.status is Status.COMPLETE


def test_companions_are_found_by_their_printed_codes() -> None:
    layout = Layout(form_of(WHO, ALL))
    answers: dict[str, Value] = {
        "who": "other",
        "who_specify": "A",
        "all": ("abroad",),
        "all_specify": "B",
        "all_comment": "C\nD",
    }
    contents = sheet(layout, answers)
    for cell in cells(contents):
        if not any("#" in anchor.name for anchor in cell.anchors):
            cell.anchors = ()
    contents.tables[0].rows = [[cell for cell in row if cell.value != ""] for row in contents.tables[0].rows]
    one = checked(contents, layout)
    assert one.values["who_specify"] == "A"
    assert one.values["all_specify"] == "B"
    assert one.values["all_comment"] == "C\nD"


def _delete_row(contents: Contents, layout: Layout, key: str) -> None:
    row = row_of(contents, space(contents, layout, key))
    for table in contents.tables:
        table.rows = [one for one in table.rows if one is not row]
