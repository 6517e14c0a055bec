"""Conditions as formulas: which cells turn grey, which are still needed, and what a condition can be about."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from qaf_forms import Form, Toolkit
from qaf_forms.plugin import Layout

KIT = Toolkit()
SCALE = {
    "levels": [
        {"code": "red", "label": 'Red, "now"', "colour": "#C62828"},
        {"code": "green", "label": "Green", "colour": "#2E7D32"},
    ]
}


def form_of(*sections: list[dict[str, Any]]) -> Form:
    return Form.model_validate(
        {
            "id": "f", "version": "1", "title": "F", "kind": "record", "owner": "O", "scales": {"rag": SCALE},
            "sections": [
                {"id": f"s{number}", "title": f"Part {number}", "items": items} for number, items in enumerate(sections)
            ],
        }
    )  # fmt: skip


def rules(form: Form, key: str) -> list[tuple[str, str, str]]:
    """Type, formula and fill of every rule that the cell of a key falls under, in order."""
    book: Any = load_workbook(io.BytesIO(KIT.render(form, "excel")))
    field = Layout(form).field(key)
    assert field is not None
    sheet, _, address = book.defined_names[field.anchor].attr_text.replace("$", "").rpartition("!")
    found = [
        (rule.priority, rule.type, rule.formula[0], rule.dxf.fill.bgColor.rgb)
        for formats in book[sheet.strip("'")].conditional_formatting
        if address in formats.sqref
        for rule in formats.rules
    ]
    return [tuple(one[1:]) for one in sorted(found)]


def test_a_cell_turns_grey_where_its_condition_does_not_hold_and_is_needed_where_it_does() -> None:
    form = form_of(
        [
            {"id": "seen", "type": "yes_no", "ask": "Seen?"},
            {"id": "why", "type": "text", "ask": "Why not?", "when": {"seen": "no"}, "required": True},
        ]
    )
    grey, amber = rules(form, "why")
    assert grey == ("expression", '((((($D$4="No"))>0)*1)*1)=0', "FFD9D9D9")
    assert amber == ("expression", '((((($D$4="No"))>0)*1)*((LEN(TRIM($D5)))=0)*1)=1', "FFFFE4BD")


def test_rows_that_depend_on_their_own_cells_alike_share_one_rule() -> None:
    columns = [
        {"id": "level", "title": "Level", "type": "choice", "scale": "rag"},
        {"id": "why", "title": "Why", "type": "text", "when": {"level": "red"}},
    ]
    rows = [{"id": f"r{number}", "text": f"Row {number}"} for number in range(9)]
    form = form_of([{"id": "core", "type": "grid", "columns": columns, "rows": rows}])
    assert rules(form, "core.r0.why") == rules(form, "core.r8.why")
    assert len(rules(form, "core.r0.why")) == 1


def test_a_condition_on_another_sheet_is_asked_of_a_name() -> None:
    form = form_of(
        [{"id": "seen", "type": "yes_no", "ask": "Seen?"}],
        [{"id": "why", "type": "text", "ask": "Why not?", "when": {"seen": "no"}}],
    )
    ((_, formula, _),) = rules(form, "why")
    assert "!" not in formula
    assert "qaf_when_" in formula


def test_a_level_has_its_colour_and_letters_that_can_be_read_on_it() -> None:
    form = form_of([{"id": "level", "type": "choice", "ask": "Level?", "scale": "rag"}])
    assert rules(form, "level") == [
        ("cellIs", '"Red, ""now"""', "FFC62828"),
        ("cellIs", '"Green"', "FF2E7D32"),
    ]


@pytest.mark.parametrize("answer", ["not_a_month", "2025-13", "2025-03"])
def test_a_condition_may_name_what_nobody_can_answer(answer: str) -> None:
    form = form_of(
        [
            {"id": "month", "type": "month", "ask": "Month?"},
            {"id": "day", "type": "date", "ask": "Day?", "when": {"month": answer}},
            {"id": "number", "type": "integer", "ask": "Number?", "when": {"day": answer}},
            {"id": "note", "type": "text", "ask": "Note?", "when": {"number": answer}},
        ]
    )
    assert ("March 2025" in rules(form, "day")[0][1]) == (answer == "2025-03")
    assert rules(form, "note")[0][1] == "(0*1)=0"


def test_what_is_counted_alike_in_a_column_is_one_formula() -> None:
    columns = [
        {"id": "level", "title": "Level", "type": "choice", "scale": "rag", "required": True},
        {"id": "why", "title": "Why", "type": "text", "required": {"when": {"level": "red"}}},
    ]
    rows = [{"id": f"r{number}", "text": f"Row {number}"} for number in range(30)]
    form = form_of([{"id": "core", "type": "grid", "columns": columns, "rows": rows}])
    working: Any = load_workbook(io.BytesIO(KIT.render(form, "excel")))["Working"]
    assert working.max_row == 5, "a mark, and answered and needed, of the section and in all"
