"""What an author gives in a form: how it may be written, and what is told where it does not fit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from qaf_forms.define.condition import Value
from qaf_forms.define.form import Form
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import from_json, to_json
from qaf_forms.testing.generated_forms import forms
from tests.collect.printing import form_of
from tests.define.forms import FIRST_ITEM, form_with, problems_of, told, with_items

GRID = """
- id: core
  type: grid
  columns:
    - {id: owner, type: text, title: Owner}
    - {id: target, type: percent, title: Target, maximum: 100}
    - {id: since, type: date, title: Since}
    - {id: last, type: choice, scale: ynna, title: Last time, required: true}
  rows:
    - {id: seen, text: Seen?, given: %s}
"""
TABLE = """
- id: recs
  type: table
  ask: Recommendations
  columns: [{id: ref, type: text, title: Ref}, {id: text, type: text, title: Text}, {id: due, type: date, title: Due}]
  prefill:
    locked: %s
    rows:
      - %s
      - %s
"""
GIVEN_LINE = FIRST_ITEM + 8


def given_in(form: Form) -> dict[str, Value]:
    return {key.rpartition(".")[2]: value for key, value in Layout(form).given.items()}


def test_cells_are_given_as_a_respondent_would_write_them() -> None:
    form = form_with(GRID % "{owner: 007, target: 45%, since: 12/03/2025, last: n/a}")
    assert given_in(form) == {
        "owner": "007",
        "target": Decimal(45),
        "since": date(2025, 3, 12),
        "last": "na",
    }


@pytest.mark.parametrize(
    ("type_", "written", "value"),
    [
        ({"type": "text"}, 1.5, "1.5"),
        ({"type": "paragraph"}, "One\ntwo", "One\ntwo"),
        ({"type": "integer"}, "1,200", 1200),
        ({"type": "decimal"}, 2.5, Decimal("2.5")),
        ({"type": "percent"}, 45, Decimal(45)),
        ({"type": "money"}, "£1,200.50", Decimal("1200.50")),
        ({"type": "money", "unit": "EUR"}, "12 EUR", Decimal(12)),
        ({"type": "fraction"}, "5/6", "5/6"),
        ({"type": "month"}, "March 2025", "2025-03"),
        ({"type": "month"}, "2025-03", "2025-03"),
        ({"type": "date"}, "2025-03-12", date(2025, 3, 12)),
        ({"type": "date"}, date(2025, 3, 12), date(2025, 3, 12)),
        ({"type": "yes_no"}, "Yes", "yes"),
        ({"type": "choices", "scale": "agencies"}, "School or “early years”; police", ("police", "school")),
        ({"type": "choices", "scale": "agencies"}, ["health"], ("health",)),
        ({"type": "names"}, ["A. Person", "B. Person"], ("A. Person", "B. Person")),
        ({"type": "names"}, "A. Person\nB. Person", ("A. Person", "B. Person")),
        ({"type": "email"}, "a.person@example.org", "a.person@example.org"),
        ({"type": "phone"}, "020 7946 0018", "020 7946 0018"),
    ],
)
def test_every_type_can_be_given(type_: dict[str, Any], written: Any, value: Value) -> None:
    columns = [{"id": "x", "title": "X", **type_}]
    row = {"id": "a", "text": "A", "given": {"x": written}}
    form = form_of({"id": "core", "type": "grid", "columns": columns, "rows": [row]})
    assert given_in(form) == {"x": value}
    assert Form.model_validate_json(form.model_dump_json()) == form


@given(form=forms())
def test_what_is_given_is_an_answer_that_json_can_hold(form: Form) -> None:
    layout = Layout(form)
    for key, value in {**layout.given, **layout.defaults}.items():
        field = layout.field(key)
        assert field is not None
        assert from_json(field, to_json(value)) == value


@pytest.mark.parametrize(
    ("written", "column", "advice"),
    [
        ("{since: 31/02/2025}", "Since", "give a day such as 12/03/2025 or 2025-03-12"),
        ("{target: lots}", "Target", "give a percentage, such as 45 (maximum 100)"),
        ("{target: 101}", "Target", "give a percentage, such as 45 (maximum 100)"),
        ("{last: perhaps}", "Last time", "give one of: Yes, No, Not applicable"),
        ("{last: [yes, no]}", "Last time", "give one of: Yes, No, Not applicable"),
        ('{owner: "One\\ntwo"}', "Owner", "give words on one line"),
    ],
)
def test_what_does_not_fit_its_column_is_told_with_what_would(written: str, column: str, advice: str) -> None:
    (problem,) = problems_of(with_items(GRID % written))
    assert (problem.code, problem.fix) == ("D032", advice)
    assert problem.place.startswith(f"audit.yaml:{GIVEN_LINE}:")
    assert column in problem.message


def test_a_column_that_there_is_not_and_a_value_that_is_none_are_told_at_their_places() -> None:
    assert told(GRID % "{ownr: Us}") == [("D017", f"{GIVEN_LINE}:45", "did you mean 'owner'?")]
    ((code, place, _),) = told(GRID % "{owner: {a: b}}")
    assert (code, place.split(":")[0]) == ("D004", str(GIVEN_LINE))
    ((code, _, fix),) = told(GRID % "{owner: }")
    assert (code, fix) == ("D004", "write it after the colon, or remove the key")


def test_nobody_is_asked_for_what_is_given() -> None:
    (field,) = [field for field in Layout(form_with(GRID % "{last: yes}")).fields if field.column == "last"]
    assert (field.given, field.required) == ("yes", False)


def test_what_is_worked_out_cannot_be_given() -> None:
    items = """
        - id: g
          type: grid
          columns:
            - {id: n, type: integer, title: N}
            - {id: twice, type: calculated, of: [n], calculate: sum, title: Sum}
          rows: [{id: a, text: A, given: {twice: 4}}]
        """
    assert [code for code, _, _ in told(items)] == ["D032"]


def test_rows_of_a_table_are_given_in_locked_columns_and_defaults_elsewhere() -> None:
    rows = ("{ref: 1.10, text: See, due: 2025-05-01}", "{ref: R2}")
    layout = Layout(form_with(TABLE % ("[ref, text]", *rows)))
    assert layout.given == {"recs[1].ref": "1.10", "recs[1].text": "See", "recs[2].ref": "R2"}
    assert layout.defaults == {"recs[1].due": date(2025, 5, 1)}
    assert len(layout.tables["recs"].rows) == 7
    added = layout.field("recs[8].ref")
    assert added is not None
    assert (added.code, added.given) == ("A1 row 8", None)


@pytest.mark.parametrize(
    ("locked", "first", "second", "code", "line"),
    [
        ("[reff]", "{ref: a}", "{ref: b}", "D017", 5),
        ("[ref]", "{ref: a}", "{text: b}", "D033", 8),
        ("[ref]", "{ref: a, text: x}", "{ref: a, text: y}", "D034", 8),
        ("[]", "{due: soon}", "{ref: b}", "D032", 7),
        ("[]", "{ref: a}", "{whom: b}", "D017", 8),
    ],
)
def test_rows_that_could_not_be_known_again_are_told(
    locked: str, first: str, second: str, code: str, line: int
) -> None:
    problems = problems_of(with_items(TABLE % (locked, first, second)))
    assert [problem.code for problem in problems][-1:] == [code]
    assert problems[-1].place.startswith(f"audit.yaml:{FIRST_ITEM + line}:")


def test_rows_that_a_table_comes_with_count_among_those_that_are_needed() -> None:
    three = TABLE.replace("ask: Rec", "blank_rows: 1\n  min_rows: 3\n  ask: Rec") % ("[ref]", "{ref: a}", "{ref: b}")
    form_with(three)
    assert [code for code, _, _ in told(three.replace("min_rows: 3", "min_rows: 4"))] == ["D004"]


def test_what_is_given_in_a_block_keeps_its_words() -> None:
    source = with_items(GRID % "{owner: 1.10}")
    assert '"1.10"' not in source
    assert given_in(form_with(GRID % "{owner: 1.10}"))["owner"] == "1.10"
