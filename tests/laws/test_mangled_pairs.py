"""Shipped forms after two things that happen to files: whatever marks are left, nothing is silently wrong."""

from __future__ import annotations

from functools import cache

import pytest

from qaf_forms.define.condition import Value
from qaf_forms.issue.answers import nest
from tests.laws.filled import KIT, told_apart
from tests.laws.judged import silently_wrong
from tests.laws.mangled_pairs import EXCEL, WORD, Pair, pairs_for_excel, pairs_for_word

FORMS = [
    "neglect_case_audit",
    "section_175_school_audit",
    "combined_action_plan",
    "walk_the_floor_visit",
    "student_voice_audit",
]
HALF = {"sparse": True, "full": False}


@cache
def answers(name: str, kind: str) -> dict[str, Value]:
    return told_apart(name, sparse=HALF[kind])


@cache
def issued(name: str, kind: str, to: str) -> bytes:
    return KIT.render(KIT.form(name), to, answers=nest(answers(name, kind)), role=None)


def wrong_after(pair: Pair, name: str, kind: str, to: str) -> list[str]:
    first, second = ((EXCEL if to == "excel" else WORD)[one] for one in pair)
    form = KIT.form(name)
    returned = KIT.read(second(first(issued(name, kind, to))), form)
    return silently_wrong(returned, answers(name, kind), KIT.layout(form))


@pytest.mark.parametrize(
    ("name", "kind", "pair"),
    [(name, kind, pair) for name in FORMS for kind in HALF for pair in pairs_for_excel(5, f"{name} {kind}")],
)
def test_a_workbook_to_which_two_things_happened_has_no_silent_error(name: str, kind: str, pair: Pair) -> None:
    assert wrong_after(pair, name, kind, "excel") == []


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    "pair",
    [
        ("columns moved, keys left behind", "sorted with the keys"),
        ("a row inserted by a library", "columns moved, keys left behind"),
        ("questions sorted without the keys", "sheets copied"),
        ("sheets copied", "all in one sheet"),
    ],
)
def test_pairs_that_misled_once_have_no_silent_error(name: str, pair: Pair) -> None:
    assert wrong_after(pair, name, "full", "excel") == []


@pytest.mark.parametrize(
    ("name", "kind", "pair"),
    [(name, kind, pair) for name in FORMS for kind in HALF for pair in pairs_for_word(2, f"{name} {kind}")],
)
def test_a_document_to_which_two_things_happened_has_no_silent_error(name: str, kind: str, pair: Pair) -> None:
    assert wrong_after(pair, name, kind, "word") == []
