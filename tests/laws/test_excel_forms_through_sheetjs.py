"""Every shipped form, filled, as SheetJS saves it: nothing is silently wrong, and little is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from qaf_forms.issue.answers import nest
from tests.laws.filled import KIT, SHIPPED, filled
from tests.laws.judged import recovered, silently_wrong
from tests.sheetjs.installation import Asked, sheetjs_or_skip

pytestmark = pytest.mark.xdist_group("sheetjs")
_SAVED = {"with styles": (".xlsx", True), "without styles": (".xlsx", False), "ods": (".ods", False)}
_LEAST_RECOVERED = 0.995
_ASKED_ABOUT = frozenset({"percent"})
"""Without styles and in other formats a percentage cannot be told from a number: the agency is asked."""


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all forms, saved in every way by one process."""
    sheetjs, folder = sheetjs_or_skip(), tmp_path_factory.mktemp("sheetjs")
    asked = []
    for name in SHIPPED:
        source = folder / f"{name}.xlsx"
        source.write_bytes(KIT.render(KIT.form(name), "excel", answers=nest(filled(name)), role=None))
        asked += [Asked(source, folder / f"{name}, {way}{suffix}", keep) for way, (suffix, keep) in _SAVED.items()]
    sheetjs.save(asked)
    return folder


@pytest.mark.parametrize("way", _SAVED)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_form_that_sheetjs_saved_is_read_as_it_was_filled_in(saved: Path, name: str, way: str) -> None:
    form = KIT.form(name)
    layout = KIT.layout(form)
    values = filled(name)
    returned = KIT.read(saved / f"{name}, {way}{_SAVED[way][0]}", form)
    assert silently_wrong(layout, returned, values) == []
    fields = ((key, layout.field(key)) for key in values)
    sure = {key: values[key] for key, field in fields if field and field.type not in _ASKED_ABOUT}
    assert recovered(returned, sure if way != "with styles" else values) >= _LEAST_RECOVERED
