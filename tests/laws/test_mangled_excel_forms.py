"""Every shipped form, filled, after all that happens to workbooks: nothing is silently wrong, and little is lost."""

from __future__ import annotations

from functools import cache

import pytest

from qaf_forms.issue.answers import nest
from tests.laws.filled import KIT, SHIPPED, filled
from tests.laws.judged import LEAST_RECOVERED, recovered, silently_wrong
from tests.laws.mangled_excel import MANGLED


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
