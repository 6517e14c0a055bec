"""Formulas of workbooks: LibreOffice recalculates them, and they come to what QAF Forms works out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from openpyxl import load_workbook

from qaf_forms import Form
from qaf_forms.define.condition import Value
from qaf_forms.issue.answers import nest
from qaf_forms.issue.calculating import calculated
from qaf_forms.plugin import Layout, show
from qaf_forms.testing import filled_forms
from tests.laws.filled import KIT, SHIPPED, filled
from tests.laws.generated import generated
from tests.office import Office, actions
from tests.office.fixtures import office

__all__ = ["office"]
pytestmark = pytest.mark.libreoffice

_RESULT = re.compile(rb'( t="str")?>(<f>[^<]*</f>)<v>[^<]*</v>')
_RATED = {
    "levels": [
        {"code": "met", "label": "Met", "score": 2},
        {"code": "partly", "label": "Partly, \"so far\"", "score": 1},
        {"code": "not_met", "label": "<1 & none*", "score": 0},
        {"code": "no_score", "label": "Other"},
        {"code": "na", "label": "N/A", "is_na": True},
        {"code": "unsure", "label": "Don't know", "is_nonresponse": True},
    ]
}  # fmt: skip
_METHODS: list[dict[str, Any]] = [
    {"calculate": "sum"},
    {"calculate": "mean"},
    {"calculate": "count"},
    {"calculate": "count", "levels": ["met", "na"]},
    {"calculate": "percent_of_level", "levels": ["met", "unsure"]},
    {"calculate": "percent_of_level", "levels": ["met", "unsure"], "over": "all"},
    {"calculate": "percent_of_possible", "places": 3},
    {"calculate": "percent_of_possible", "over": "all"},
]
_SEVERAL = ["rows.rating", "rows.ticks", "own.rating", "child.rating", "child.ticks"]


def _everything() -> Form:
    """A form in which every calculation is made of every shape of question that it can be made of."""
    rating = {"type": "choice", "scale": "rated"}
    ticks = {"type": "choices", "scale": "rated"}
    columns = [
        {"id": "rating", "title": "Rating", **rating},
        {"id": "ticks", "title": "Ticks", **ticks, "when": {"rating": ["met", "partly"]}},
        {"id": "days", "title": "Days", "type": "integer", "maximum": 9},
        {"id": "product", "title": "Product", "type": "calculated", "calculate": "product", "of": ["rating", "days"]},
    ]
    rows: list[dict[str, Any]] = [
        {"id": f"r{number}", "text": f"Row {number}", "weight": number} for number in (1, 2, 3)
    ]
    rows[1]["when"] = {"gate": "yes"}
    worked: list[dict[str, Any]] = []
    for of in _SEVERAL:
        for method in _METHODS:
            if "ticks" in of and method["calculate"] in ("sum", "mean", "percent_of_possible"):
                continue
            worked.append(
                {"id": f"w{len(worked)}", "type": "calculated", "ask": f"Worked out {of}", "of": [of], **method}
            )
    for names in (["rows.days"], ["own.days"], ["child.share"], ["rows.product", "own.product"]):
        for calculate in ("sum", "mean", "count"):
            worked.append(
                {"id": f"w{len(worked)}", "type": "calculated", "ask": "W", "of": names, "calculate": calculate}
            )
    pair = ["number", "share"]
    for calculate in ("difference", "product", "ratio"):
        worked.append({"id": f"w{len(worked)}", "type": "calculated", "ask": "W", "of": pair, "calculate": calculate})
    bands = {"not_met": 0, "partly": 40, "met": Decimal("66.7")}
    worked.append(
        {"id": "band", "type": "calculated", "ask": "Band", "calculate": "band", "of": ["w0"], "scale": "rated"}
    )
    worked[-1]["bands"] = bands
    worked.append({"id": "late", "type": "calculated", "ask": "Late", "calculate": "sum", "of": ["w0", "number"]})
    worked[-1]["when"] = {"all": [{"number": {"at_least": 2}}, {"not": {"band": "met"}}, {"share": "answered"}]}
    written = {
        "id": "everything", "version": "1", "title": "Everything", "kind": "record", "owner": "Anytown",
        "scales": {"rated": _RATED, "known": {"levels": [{"code": "yes", "label": "Y"}, {"code": "no", "label": "N"}]}},
        "nil_return": {"ask": "Known?", "scale": "known", "waives_when": ["no"]},
        "sections": [
            {"id": "first", "title": "The owner's part", "items": [
                {"id": "gate", "type": "yes_no", "ask": "Gate?"},
                {"id": "number", "type": "decimal", "ask": "Number?"},
                {"id": "share", "type": "percent", "ask": "Share?"},
                {"id": "rows", "type": "grid", "columns": columns, "rows": rows},
                {"id": "own", "type": "table", "ask": "Own rows", "blank_rows": 2, "columns": columns},
                {"id": "child", "type": "group", "ask": "Children", "each": "Child", "copies": 2, "items": [
                    {"id": "rating", "ask": "Rating?", **rating},
                    {"id": "ticks", "ask": "Ticks?", **ticks},
                    {"id": "share", "ask": "Share?", "type": "percent", "when": {"rating": "answered"}},
                ]},
            ]},
            {"id": "second", "title": "Worked out", "items": worked},
        ],
    }  # fmt: skip
    return Form.model_validate(written)


EVERYTHING = _everything()


@cache
def several(name: str) -> list[dict[str, Value]]:
    """A dozen sets of answers to a shipped form or to `EVERYTHING`, and none."""
    form = KIT.form(name) if name in SHIPPED else EVERYTHING
    return [{}, *generated(Layout(form), 12)]


def without_results(workbook: bytes) -> bytes:
    """The workbook with formulas that nobody has worked out yet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, _RESULT.sub(rb">\2", old.read(name)))
    return out.getvalue()


def recalculated(office: Office, workbook: bytes, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it when it has worked out everything."""
    source = folder / "form.xlsx"
    source.write_bytes(without_results(workbook))
    return office.fill_excel(source, folder / "saved.xlsx", [actions.Recalculate()]).read_bytes()


def assert_same(office: Office, form: Form, values: Mapping[str, Value], folder: Path) -> None:
    """Every calculated cell shows what QAF Forms works out, and reading it finds nothing to say about one."""
    layout = Layout(form)
    given = {key: value for key, value in values.items() if (field := layout.field(key)) and not field.calculation}
    saved = recalculated(office, KIT.render(form, "excel", answers=nest(given), role=None), folder)
    book = load_workbook(io.BytesIO(saved), data_only=True)
    expected = calculated(layout, given)
    for key in {one.key for one in layout.fields if one.calculation} | expected.keys():
        field = layout.field(key)
        assert field is not None
        value = cell(book, field.anchor)
        wanted = expected.get(key)
        if isinstance(wanted, Decimal):
            assert value == pytest.approx(float(wanted), abs=1e-9), (key, given)
        else:
            assert value == (None if wanted is None else show(field, wanted)) or (wanted is None and value == ""), key
    returned = KIT.read(saved, form)
    assert returned.values == {**layout.given, **given, **expected}
    assert [one for one in returned.problems if one.code in ("R115", "R146", "R147")] == []
    assert returned.extras == ()
    needed = [one.key for one in returned.problems if one.code == "R101"]
    assert cell(book, "qaf_needed_all") == len(needed), needed
    answered = given.keys() - layout.given.keys() - layout.last_answers(given)
    assert cell(book, "qaf_answered_all") == len(answered)
    assert_counted_before(form, given, (len(answered), len(needed)))


def assert_counted_before(form: Form, given: Mapping[str, Value], counted: tuple[int, int]) -> None:
    """The counts that the workbook is issued with are what its formulas come to."""
    issued = load_workbook(io.BytesIO(KIT.render(form, "excel", answers=nest(given), role=None)), data_only=True)
    assert (cell(issued, "qaf_answered_all"), cell(issued, "qaf_needed_all")) == counted


def cell(book: Any, name: str) -> Any:
    sheet, _, address = book.defined_names[name].attr_text.rpartition("!")
    return book[sheet.strip("'").replace("''", "'").removeprefix("$").strip("'")][address.replace("$", "")].value


@pytest.mark.parametrize("name", SHIPPED)
def test_results_and_counts_of_shipped_forms_come_to_the_same(office: Office, name: str, tmp_path: Path) -> None:
    form = KIT.form(name)
    for values in (filled(name), *several(name)[:2]):
        assert_same(office, form, values, tmp_path)


@pytest.mark.parametrize("number", range(13))
def test_every_calculation_comes_to_the_same(office: Office, number: int, tmp_path: Path) -> None:
    assert_same(office, EVERYTHING, several(EVERYTHING.id)[number], tmp_path)


def test_a_weight_changes_nothing_that_is_worked_out_of_one_answer_each(office: Office, tmp_path: Path) -> None:
    pair = ["rating", "days"]
    columns: list[dict[str, Any]] = [
        {"id": "rating", "title": "Rating", "type": "choice", "scale": "rated"},
        {"id": "days", "title": "Days", "type": "integer"},
        *(
            {"id": method, "title": method, "type": "calculated", "calculate": method, "of": pair}
            for method in ("product", "difference", "ratio")
        ),
        {"id": "band", "title": "Band", "type": "calculated", "calculate": "band", "of": ["days"], "scale": "rated",
         "bands": {"not_met": 0, "partly": 5, "met": 10}},
    ]  # fmt: skip
    rows = [{"id": "one", "text": "Once", "weight": 1}, {"id": "three", "text": "Three times", "weight": 3}]
    grid = {"type": "grid", "id": "rows", "columns": columns, "rows": rows}
    form = Form.model_validate(
        {
            "id": "weighed", "version": "1", "title": "Weighed", "kind": "record", "owner": "Anytown",
            "scales": {"rated": _RATED}, "sections": [{"id": "s", "title": "S", "items": [grid]}],
        }
    )  # fmt: skip
    values: dict[str, Value] = {
        "rows.one.rating": "met", "rows.one.days": 4, "rows.three.rating": "met", "rows.three.days": 4
    }  # fmt: skip
    worked_out = calculated(Layout(form), values)
    for method in ("product", "difference", "ratio", "band"):
        assert worked_out[f"rows.one.{method}"] == worked_out[f"rows.three.{method}"]
    assert_same(office, form, values, tmp_path)


@given(made=filled_forms())
@settings(max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_results_and_counts_of_any_form_come_to_the_same(
    office: Office, made: tuple[Form, dict[str, Value]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert_same(office, *made, tmp_path_factory.mktemp("book"))
