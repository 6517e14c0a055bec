"""Every shipped form, filled, as LibreOffice saves it in other formats: nothing is silently wrong, and little is lost.

Saving in the same format is tried with all forms and wordings in `test_shipped_forms_filled`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from qaf_forms.define.condition import Value
from qaf_forms.issue.answers import nest
from tests.laws.filled import KIT, SHIPPED, filled
from tests.laws.judged import LEAST_RECOVERED, recovered, silently_wrong
from tests.office import Office

pytestmark = pytest.mark.libreoffice


def without_tabs(values: Mapping[str, Value]) -> dict[str, Value]:
    """The answers without tabs, which nobody can type into a cell, and which LibreOffice drops on the way to ods."""
    return {key: value.replace("\t", " ") if isinstance(value, str) else value for key, value in values.items()}


@pytest.mark.parametrize("ways", [("ods", "xlsx"), ("xls", "xlsx"), ("xls",)], ids=" ".join)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_form_that_libreoffice_saved_is_read_as_it_was_filled_in(
    office: Office, tmp_path: Path, name: str, ways: tuple[str, ...]
) -> None:
    form = KIT.form(name)
    layout = KIT.layout(form)
    values = without_tabs(filled(name))
    path = tmp_path / "0.xlsx"
    path.write_bytes(KIT.render(form, "excel", answers=nest(values), role=None))
    for number, suffix in enumerate(ways, start=1):
        path = office.convert(path, tmp_path / f"{number}.{suffix}")
    returned = KIT.read(path, form)
    assert silently_wrong(returned, values, layout) == []
    fields = {key: layout.field(key) for key in values}
    is_direct = path.suffix != ".xlsx"
    sure = {key: values[key] for key, field in fields.items() if field and not (is_direct and field.type == "percent")}
    assert recovered(returned, sure, layout) >= LEAST_RECOVERED
