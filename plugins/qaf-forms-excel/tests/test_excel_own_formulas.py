"""Formulas without a result, as libraries save them that do not calculate: ours say nothing, others are told."""

import io
from collections.abc import Mapping
from typing import Any

import pytest
from openpyxl import load_workbook

from qaf_forms import Form, Return, Status, Toolkit

KIT = Toolkit()
WHOLE = {"id": "number", "type": "integer", "ask": "How many?"}
MORE = {"id": "more", "type": "integer", "ask": "How many more?"}
SUM = {"id": "sum", "type": "calculated", "ask": "Together", "calculate": "sum", "of": ["number", "more"]}
ROWS = {
    "id": "risks",
    "type": "table",
    "ask": "Risks",
    "blank_rows": 2,
    "columns": [
        {"id": "likelihood", "title": "Likelihood", "type": "integer"},
        {"id": "impact", "title": "Impact", "type": "integer"},
        {"id": "score", "title": "Score", "type": "calculated", "calculate": "product", "of": ["likelihood", "impact"]},
    ],
}
BELOW = {"id": "total", "type": "calculated", "ask": "All scores", "calculate": "sum", "of": ["risks.score"]}
FORM = Form.model_validate(
    {
        "id": "audit",
        "version": "1",
        "title": "Audit",
        "kind": "case_audit",
        "owner": "Anytown Partnership",
        "sections": [{"id": "all", "title": "All", "items": [WHOLE, MORE, SUM, ROWS, BELOW]}],
    }
)
RISKS = [{"likelihood": 2, "impact": number} for number in range(1, 5)]


def read_again(form: Form, answers: Mapping[str, Any] | None = None, typed: Mapping[str, str] | None = None) -> Return:
    """What comes back when openpyxl has saved a copy with these answers, and this typed into cells of such names."""
    book = load_workbook(io.BytesIO(KIT.render(form, "excel", answers=answers)))
    for name, value in (typed or {}).items():
        ((sheet, reference),) = next(
            one for key, one in book.defined_names.items() if key.startswith(name)
        ).destinations
        book[sheet][reference.replace("$", "")] = value
    out = io.BytesIO()
    book.save(out)
    return KIT.read(out.getvalue(), form)


def test_our_own_formulas_without_a_result_are_nothing_that_anybody_typed() -> None:
    blank = read_again(FORM)
    assert (blank.status, blank.values, blank.problems) == (Status.BLANK, {}, ())


def test_what_they_come_to_is_worked_out_also_in_rows_beyond_those_of_a_blank_copy() -> None:
    one = read_again(FORM, {"number": 2, "more": 3, "risks": RISKS})
    assert (one.values["sum"], one.values["risks[4].score"], one.values["total"]) == (5, 8, 20)
    assert (one.problems, one.answers["sum"].raw) == ((), "")


@pytest.mark.parametrize("formula", ["=1+1", "=SUM($C$6:$C$7)", "=IF(1,2,3)"])
def test_a_formula_that_somebody_typed_into_a_calculated_cell_is_told(formula: str) -> None:
    blank = read_again(FORM, typed={"qf_sum_": formula, "qf_risks_1_score": formula})
    assert [(one.code, one.value) for one in blank.problems] == [("R147", formula)] * 2
    answered = read_again(FORM, {"number": 2, "more": 3}, {"qf_sum_": formula})
    assert [(one.code, one.value) for one in answered.problems] == [("R146", formula)]


def test_our_formula_in_another_cell_is_told() -> None:
    book = load_workbook(io.BytesIO(KIT.render(FORM, "excel")))
    ((sheet, reference),) = next(
        one for key, one in book.defined_names.items() if key.startswith("qf_sum_")
    ).destinations
    ours = book[sheet][reference.replace("$", "")].value
    told = read_again(FORM, typed={"qf_total_": ours, "qf_number_": ours}).problems
    assert {(one.key, one.value) for one in told} >= {("total", ours), ("number", ours)}


@pytest.mark.parametrize("name", [one.id for one in KIT.forms()])
def test_no_shipped_form_that_a_library_saved_has_anything_in_a_calculated_cell(name: str) -> None:
    told = read_again(KIT.form(name)).problems
    assert [one for one in told if one.code in ("R115", "R146", "R147")] == []
