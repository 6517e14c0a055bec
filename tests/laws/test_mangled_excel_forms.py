"""Every shipped form, filled, after all that happens to workbooks: nothing is silently wrong, and little is lost."""

from __future__ import annotations

from functools import cache

import pytest

from qaf_forms.issue.answers import nest
from tests.laws.filled import KIT, SHIPPED, filled
from tests.laws.judged import recovered, silently_wrong
from tests.laws.mangled_excel import MANGLED

_LEAST_RECOVERED = 0.995


@cache
def issued(name: str) -> bytes:
    return KIT.render(KIT.form(name), "excel", answers=nest(filled(name)), role=None)


@pytest.mark.parametrize("way", MANGLED)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_workbook_that_went_through_much_is_read_as_it_was_filled_in(name: str, way: str) -> None:
    values = filled(name)
    returned = KIT.read(MANGLED[way](issued(name)), KIT.form(name))
    assert silently_wrong(KIT.layout(KIT.form(name)), returned, values) == []
    assert recovered(returned, values) >= _LEAST_RECOVERED
