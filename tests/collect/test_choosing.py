"""Levels are recognised in whatever was typed, and a long text costs no more than reading it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from qaf_forms import Toolkit
from qaf_forms.collect.choosing import choose_one, choose_several
from qaf_forms.collect.outcome import Outcome
from qaf_forms.issue.fields import Field
from tests.collect.printing import form_of

FORM = form_of({"id": "seen", "type": "yes_no", "ask": "Was the child seen?"})


@pytest.fixture(scope="module")
def space() -> Field:
    found = Toolkit().layout(FORM).field("seen")
    assert found is not None
    return found


@pytest.mark.parametrize("choose", [choose_one, choose_several])
@pytest.mark.parametrize("typed", ["a, ", "a:", "(", "((a)", "£1,", "yes no, ", "a - b ", ". "])
def test_a_long_text_costs_no_more_than_reading_it(
    space: Field, choose: Callable[[Field, str], Outcome], typed: str
) -> None:
    text = typed * (100_000 // len(typed))
    started = time.process_time()
    assert not choose(space, text).value
    assert time.process_time() - started < 3


@pytest.mark.parametrize("spaces", [0, 1, 60])
def test_a_level_before_other_words_may_have_any_spaces(space: Field, spaces: int) -> None:
    outcome = choose_one(space, f"{' ' * spaces}yes{' ' * spaces}: seen in March, and again in April")
    assert outcome.value == "yes"
    assert outcome.behind == [("yes", " seen in March, and again in April")]
