"""Every shipped form, filled, after all that happens to workbooks: nothing is silently wrong, and little is lost."""

from __future__ import annotations

from functools import cache

import pytest

from qaf_forms.issue.answers import nest
from qaf_forms.plugin import SHEET_NAME, Code
from tests.laws.filled import KIT, SHIPPED, filled
from tests.laws.judged import LEAST_RECOVERED, recovered, silently_wrong
from tests.laws.mangled_excel import MANGLED, by_words_alone

OF_ANOTHER_RETURN = {Code.OTHER_RETURN.value.code, Code.PERHAPS_ANOTHERS.value.code}


@cache
def issued(name: str) -> bytes:
    return KIT.render(KIT.form(name), "excel", answers=nest(filled(name)), role=None)


@pytest.mark.parametrize("way", MANGLED)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_workbook_that_went_through_much_is_read_as_it_was_filled_in(name: str, way: str) -> None:
    values, form = filled(name), KIT.form(name)
    returned = KIT.read(MANGLED[way](issued(name)), form)
    assert silently_wrong(returned, values, KIT.layout(form)) == []
    assert recovered(returned, values, KIT.layout(form)) >= LEAST_RECOVERED
    assert OF_ANOTHER_RETURN.isdisjoint(problem.code for problem in returned.problems)
    names = [extra.text for extra in returned.extras if extra.kind == SHEET_NAME]
    assert [name for name in names if not name.startswith("Bob's tab")] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_where_words_alone_are_left_nothing_is_silently_wrong(name: str) -> None:
    values, form = filled(name), KIT.form(name)
    assert silently_wrong(KIT.read(by_words_alone(issued(name)), form), values, KIT.layout(form)) == []


def test_a_hidden_mark_is_nobodys_text_whatever_happened_to_the_others() -> None:
    form = KIT.form("neglect_case_audit")
    for way in ("no key column", "no key column, no names", "no keys", "all in one sheet"):
        extras = KIT.read(MANGLED[way](issued(form.id)), form).extras
        assert [extra for extra in extras if extra.text.startswith("qaf:")] == []
