"""Every shipped form, filled, after a real LibreOffice opened it and saved it, also by way of its other formats."""

from __future__ import annotations

from pathlib import Path

import pytest

from qaf_forms.issue.answers import nest
from qaf_forms.plugin import Route
from tests.laws.filled import KIT, SHIPPED, filled
from tests.laws.judged import LEAST_RECOVERED, recovered, silently_wrong
from tests.office import fixtures
from tests.office.office import Office

pytestmark = pytest.mark.libreoffice
office = fixtures.office
TRIPS = {"docx": ["docx"], "odt": ["odt", "docx"], "rtf": ["rtf", "docx"], "doc": ["doc", "docx"]}


@pytest.mark.parametrize("trip", TRIPS)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_form_that_another_program_saved_is_read_as_it_was_filled_in(
    name: str, trip: str, office: Office, tmp_path: Path
) -> None:
    values, layout = filled(name), KIT.layout(KIT.form(name))
    path = tmp_path / "issued.docx"
    path.write_bytes(KIT.render(KIT.form(name), answers=nest(values), role=None))
    for number, suffix in enumerate(TRIPS[trip]):
        path = office.convert(path, tmp_path / f"saved {number}.{suffix}")
    returned = KIT.read(path, KIT.form(name))
    assert silently_wrong(returned, values, layout) == []
    assert recovered(returned, values, layout) >= LEAST_RECOVERED
    assert Route.WORDING not in {one.route for one in returned.answers.values()}
    assert returned.stamp is not None
