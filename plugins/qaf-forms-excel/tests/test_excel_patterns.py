"""What a cell for a text of a certain form lets pass without a question, as a real program works it out."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from qaf_forms import Form, Toolkit
from qaf_forms.issue.layout import Layout
from tests.office.fixtures import office
from tests.office.office import Office

__all__ = ["office"]
TYPED = {
    "fraction": {
        "5/6": True,
        "0/4": True,
        " 5 / 6 ": True,
        "6/5": False,
        "5/6/7": False,
        "five": False,
        "5/6 churches": False,
    },
    "email": {"lead@example.org": True, "lead.example.org": False, "a@b@example.org": False, "lead@example": False},
    "phone": {
        "01793 000000": True,
        "+44 (0)1793 000000 ext 4": True,
        "(01793) 000000": True,
        "ask the office": False,
        "101": False,
    },
    "month": {"March 2025": True, "2025-03": True, "Mar 25": True, "3/2025": True, "2025": False, "in spring": False},
}


def rule(type_: str) -> tuple[Any, str]:
    """The validation of a cell for answers of a type, and the cell's address."""
    form = Form.model_validate(
        {
            "id": "f", "version": "1", "title": "F", "kind": "record", "owner": "O",
            "sections": [{"id": "s", "title": "S", "items": [{"id": "one", "type": type_, "ask": "Which?"}]}],
        }
    )  # fmt: skip
    book: Any = load_workbook(io.BytesIO(Toolkit().render(form, "excel")))
    sheet, _, address = book.defined_names[Layout(form).fields[0].anchor].attr_text.rpartition("!")
    cell = address.replace("$", "")
    found = book[sheet.strip("'")].data_validations.dataValidation
    return next(one for one in found if cell in one.sqref), cell


@pytest.mark.parametrize("type_", TYPED)
def test_what_looks_wrong_is_asked_about_and_may_stay(type_: str) -> None:
    validation, _ = rule(type_)
    assert (validation.type, validation.errorStyle, validation.showErrorMessage) == ("custom", "warning", True)
    assert len(validation.errorTitle) <= 32
    assert len(validation.formula1) <= 255


@pytest.mark.libreoffice
@pytest.mark.parametrize("type_", TYPED)
def test_a_real_program_lets_pass_what_is_right(type_: str, office: Office, tmp_path: Path) -> None:
    validation, cell = rule(type_)
    book: Any = Workbook()
    sheet = book.active
    for row, typed in enumerate(TYPED[type_], start=1):
        sheet.cell(row, 1, typed)
        sheet.cell(row, 2, f"=IFERROR({validation.formula1.replace(cell, f'A{row}')},FALSE)")
    book.save(tmp_path / "typed.xlsx")
    office.convert(tmp_path / "typed.xlsx", tmp_path / "worked_out.xlsx")
    worked_out: Any = load_workbook(tmp_path / "worked_out.xlsx", data_only=True).active
    found = {sheet.cell(row, 1).value: worked_out.cell(row, 2).value for row in range(1, len(TYPED[type_]) + 1)}
    assert found == TYPED[type_]
