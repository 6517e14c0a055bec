"""Returns saved as .xls or .ods by a real LibreOffice, read by way of calamine in a process of its own."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qaf_forms import Form, Return, Toolkit
from qaf_forms.issue.answers import nest
from qaf_forms.plugin import Limits, Value
from qaf_forms.testing.contract import EVERYTHING
from qaf_forms_excel import old_workbooks
from tests.office import fixtures
from tests.office.office import Office

pytestmark = pytest.mark.libreoffice
office = fixtures.office
FORM = Form.model_validate(EVERYTHING)
ANSWERS: dict[str, Value] = {
    "case_ref": "N-07",
    "life": "Warm.\nFed.",
    "visits": 0,
    "hours": Decimal("2.5"),
    "seen_on": date(2025, 3, 12),
    "alone": "no",
    "overall": "na",
    "involved": ("police", "school"),
    "core.seen.answer": "partly",
    "core.seen.evidence": "=1+1",
    "core.heard.answer": "met",
    "actions[1].action": "Visit weekly",
    "actions[2].due": date(2025, 6, 1),
    "actions[3].action": "A third row",
}
PERCENT: dict[str, Any] = {
    "id": "figures",
    "version": "1",
    "title": "Figures",
    "kind": "data_return",
    "owner": "Anytown Safeguarding Partnership",
    "sections": [
        {"id": "s", "title": "Figures", "items": [{"id": "trained", "type": "percent", "ask": "Staff trained"}]}
    ],
}


def saved_as(suffix: str, office: Office, folder: Path, form: Form, values: dict[str, Value]) -> Path:
    issued = folder / "form.xlsx"
    issued.write_bytes(Toolkit().render(form, "excel", answers=nest(values), role=None))
    return office.convert(issued, folder / f"return.{suffix}")


def codes(returned: Return) -> list[str]:
    return [problem.code for problem in returned.problems]


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_every_answer_comes_back(suffix: str, office: Office, tmp_path: Path) -> None:
    returned = Toolkit().read(saved_as(suffix, office, tmp_path, FORM, ANSWERS), FORM)
    assert returned.values == ANSWERS
    assert returned.extras == ()
    assert returned.stamp is not None
    assert returned.file.format == "excel"
    assert set(codes(returned)) - {"R101"} == {"F019"}, (
        "what such a file may hold besides its cells is not read, and it says so"
    )


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_a_percentage_that_could_be_a_number_is_asked_about(suffix: str, office: Office, tmp_path: Path) -> None:
    form = Form.model_validate(PERCENT)
    returned = Toolkit().read(saved_as(suffix, office, tmp_path, form, {"trained": Decimal(150)}), form)
    assert returned.values == {}
    assert "R133" in codes(returned)


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_an_error_in_a_cell_cannot_be_told_from_nothing_and_that_is_said(
    suffix: str, office: Office, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(Toolkit().render(FORM, "excel", role=None)))
    sheet, cell = book.defined_names[anchor("visits")].attr_text.split("!")
    book[sheet.strip("'")][cell.replace("$", "")].value = "=1/0"
    path = tmp_path / "form.xlsx"
    book.save(path)
    returned = Toolkit().read(office.convert(path, tmp_path / f"return.{suffix}"), FORM)
    assert "visits" not in returned.values
    (said,) = [problem for problem in returned.problems if problem.code == "F019"]
    assert "error" in said.message


def anchor(key: str) -> str:
    field = Toolkit().layout(FORM).field(key)
    assert field is not None
    return field.anchor


def test_a_workbook_that_takes_too_long_or_too_much_is_one_unreadable_return(office: Office, tmp_path: Path) -> None:
    path = saved_as("xls", office, tmp_path, FORM, ANSWERS)
    assert codes(Toolkit(limits=Limits(seconds=0.01)).read(path, FORM)) == ["F017"]
    assert codes(Toolkit(limits=Limits(memory=8_000_000)).read(path, FORM)) == ["F018"]
    assert codes(Toolkit(limits=Limits(cells=10)).read(path, FORM)) == ["F007"]


def test_a_stray_cell_at_the_far_corner_of_a_sheet_ends_only_its_own_process(office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book["Sheet"]["A1"], book["Sheet"]["XFD1048576"] = "a", "b"
    path = tmp_path / "far.xlsx"
    book.save(path)
    returned = Toolkit().read(office.convert(path, tmp_path / "far.ods"), FORM)
    assert returned.status == "unreadable"
    assert codes(returned)[0] in ("F010", "F017", "F018")


def test_without_calamine_the_way_out_is_named(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved_as("xls", office, tmp_path, FORM, {})
    monkeypatch.setattr(old_workbooks, "find_spec", lambda name: None)
    (problem,) = Toolkit().read(path, FORM).problems
    assert problem.code == "F001"
    assert ".xlsx" in problem.fix
