"""Every shipped form, filled, as SheetJS saves it: nothing is silently wrong, and little is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from qaf_forms import Status
from qaf_forms.define.condition import Value
from qaf_forms.issue.answers import nest
from qaf_forms.issue.layout import Layout
from tests.laws.filled import KIT, SHIPPED, filled
from tests.laws.judged import LEAST_RECOVERED, recovered, silently_wrong
from tests.sheetjs.installation import Asked, sheetjs_or_skip

pytestmark = pytest.mark.xdist_group("sheetjs")
_SAVED = {"with styles": (".xlsx", True), "without styles": (".xlsx", False)}
_LIKELY_DAYS = (date(1950, 1, 1), date(2100, 12, 31))


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
    assert silently_wrong(returned, values, layout) == []
    sure = values if way == "with styles" else dict(_without_what_is_asked_about(layout, values))
    assert recovered(returned, sure, layout) >= LEAST_RECOVERED


def _without_what_is_asked_about(layout: Layout, values: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    """Without styles a percentage cannot be told from a number, nor an unlikely day."""
    for key, value in values.items():
        field = layout.field(key)
        is_unlikely = isinstance(value, date) and not _LIKELY_DAYS[0] <= value <= _LIKELY_DAYS[1]
        if field is not None and field.type != "percent" and not is_unlikely:
            yield key, value


def test_an_opendocument_sheet_of_sheetjs_that_calamine_cannot_open_is_refused(tmp_path: Path) -> None:
    source, target = tmp_path / "form.xlsx", tmp_path / "form.ods"
    source.write_bytes(KIT.render(KIT.form(SHIPPED[0]), "excel"))
    sheetjs_or_skip().save([Asked(source, target)])
    returned = KIT.read(target, KIT.form(SHIPPED[0]))
    assert (returned.status, [problem.code for problem in returned.problems]) == (Status.UNREADABLE, ["F018"])
