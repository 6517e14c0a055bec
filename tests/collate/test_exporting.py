"""The collation as tables, CSV, JSON and SQLite."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qaf_forms.collate.collation import Collation
from qaf_forms.collate.exporting import (
    CsvExporter,
    core_exporters,
    guarded,
    output_tables,
    unguarded,
    write_csv_folder,
)
from qaf_forms.collect.register import Register
from qaf_forms.collect.returns import Answer
from qaf_forms.define.form import Form
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Exporter, Extra, OutputCell, OutputTable, Route
from tests.collate.small_round import FORM, a_return, a_round, collated


def an_example(*, include_personal: bool = False) -> Collation:
    return collated(
        a_round("Police", "Health", "School", received={"health.docx": date(2025, 4, 14)}),
        a_return(
            "police",
            {
                "lead": "Beryl Oak",
                "visits": -3,
                "core.seen.answer": "no",
                "core.seen.evidence": '=HYPERLINK("http://example.org")',
                "agency_actions[1].action": "Train staff",
                "agency_actions[1].due": date(2025, 6, 1),
                "practice[1].what": "Toolkit\x0b",
            },
            extras=[Extra("comment", "page 1", "-1")],
        ),
        a_return("health", {"core.seen.answer": "yes"}),
        include_personal=include_personal,
    )


def tables_of(collation: Collation) -> dict[str, OutputTable]:
    return {table.name: table for table in output_tables(collation)}


def a_table(*rows: tuple[str | int | float | date | OutputCell | None, ...], name: str = "Answers") -> OutputTable:
    columns = tuple(f"c{number}" for number in range(len(rows[0])))
    return OutputTable(name, "Title", columns, tuple(10 for _ in columns), rows)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_tables_stand_in_the_order_people_read_them() -> None:
    assert list(tables_of(an_example())) == [
        "Overview",
        "Register",
        "Counts by question",
        "Heat map",
        "Answers by question",
        "Free text",
        "Actions",
        "Table B8",
        "To chase",
        "Extras",
        "Codebook",
    ]


def test_every_row_is_as_long_as_the_head_and_every_name_fits_a_sheet() -> None:
    for table in output_tables(an_example()):
        assert len(table.columns) == len(table.widths) == len(set(map(str.casefold, table.columns)))
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert len(table.name) <= 31
        assert not set(table.name) & set("[]:*?/\\")
        assert table.note.startswith("OFFICIAL-SENSITIVE")


def test_the_heat_map_has_a_coloured_cell_for_each_agency() -> None:
    heat = tables_of(an_example())["Heat map"]

    (row,) = (row for row in heat.rows if row[0] == "B3.1" and row[2] == "Answer")

    assert heat.columns[3:5] == ("Police", "Health")
    assert row[3:5] == (OutputCell("No", "#CC0000"), OutputCell("Yes", "#00AA00"))
    assert row[5:] == (2, 0, 0, 0)


def test_the_register_and_the_overview_say_who_is_late_and_who_is_missing() -> None:
    tables = tables_of(an_example())

    register = [(row[0], row[4], row[5], row[6]) for row in tables["Register"].rows]
    assert register == [
        ("Police", "complete", None, None),
        ("Health", "complete", date(2025, 4, 14), 3),
        ("School", "outstanding", None, None),
    ]
    facts = {str(row[0]): row[1] for row in tables["Overview"].rows}
    assert (facts["Expected"], facts["Returned"], facts["Late"], facts["Returned, % of expected"]) == (3, 2, 1, 66.7)


def test_numbers_and_days_stay_numbers_and_days() -> None:
    tables = tables_of(an_example())

    answers = {(row[0], row[2]): row[8] for row in tables["Answers by question"].rows if row[4] == "Police"}
    assert answers["B2", ""] == -3
    assert tables["Actions"].rows[0][6:9] == ("Train staff", "", date(2025, 6, 1))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("☐ Police\n☒ Health\n☐ School", ""),
        ("☐ Police\n☒ Health\n☐ School\nby phone", "☒ Health\n☐ School\nby phone"),
        ("☐ Police force\n☒ Health\n☐ School", "☐ Police force\n☒ Health"),
        ("health", "health"),
    ],
)
def test_boxes_that_were_left_empty_are_not_shown_as_typed(raw: str, shown: str) -> None:
    levels = [{"code": label.lower(), "label": label} for label in ("Police", "Health", "School")]
    item = {"id": "told", "type": "choices", "ask": "Who was told?", "scale": {"levels": levels}}
    form = Form.model_validate(
        {**FORM.model_dump(exclude_unset=True), "sections": [{"id": "s", "title": "S", "items": [item]}]}
    )
    round_, value = a_round("Police"), ("health",)
    returned = replace(a_return("police"), answers={"told": Answer(value, raw, "table 1 row 2", Route.TAG)})
    tables = tables_of(Collation(round_, Layout(form), Register.of(round_, form, [returned])))
    answers = {row[0]: row[12] for row in tables["Answers by question"].rows}
    assert answers["B1"] == shown


def test_characters_that_no_office_file_can_hold_are_replaced() -> None:
    assert tables_of(an_example())["Table B8"].rows[0][6] == "Toolkit�"


@pytest.mark.parametrize("format_", ["csv", "json", "sqlite"])
def test_personal_answers_leave_in_no_format_unless_asked_for(format_: str) -> None:
    exporter = core_exporters()[format_]

    def content(collation: Collation) -> bytes:
        data = exporter.export("t", output_tables(collation))
        if format_ != "csv":
            return data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())

    assert b"Beryl" not in content(an_example())
    assert b"Beryl" in content(an_example(include_personal=True))


@pytest.mark.parametrize("exporter", core_exporters().values(), ids=core_exporters().keys())
def test_the_same_tables_give_the_same_bytes(exporter: Exporter) -> None:
    assert isinstance(exporter, Exporter)
    tables = output_tables(an_example())

    assert exporter.export("t", tables) == exporter.export("t", tables)


LEADS = "=+-@\t\r\n\0＝＋－＠"


@given(st.text(alphabet=f"{LEADS}' a1", max_size=8) | st.text())
@example("=1+1")
@example("'=1+1")
@example("''=1")
@example("'tis")
def test_guarded_text_never_begins_a_formula_and_comes_back_unchanged(text: str) -> None:
    assert not guarded(text).startswith(tuple(LEADS))
    assert unguarded(guarded(text)) == text


def test_text_that_needs_no_guard_gets_none() -> None:
    assert [guarded(text) for text in ("", "Yes", "O'Brien", "'tis", "a=1")] == ["", "Yes", "O'Brien", "'tis", "a=1"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_text_goes_through_a_csv_file_and_back(texts: list[str]) -> None:
    data = CsvExporter().export("t", [a_table(*((text, 1) for text in texts))])

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rows = read_csv(archive.read("answers.csv"))

    assert [unguarded(row[0]) for row in rows[1:]] == texts


def test_in_csv_a_formula_is_text_and_a_negative_number_a_number(tmp_path: Path) -> None:
    table = a_table(("=1+1", -5, "-5", OutputCell("@x", "#FFFFFF"), date(2025, 3, 14), None, 0.5))

    (path,) = write_csv_folder(tmp_path / "new", [table])

    assert read_csv(path.read_bytes())[1] == ["'=1+1", "-5", "'-5", "'@x", "2025-03-14", "", "0.5"]


def test_a_column_named_like_a_formula_is_guarded_too() -> None:
    table = OutputTable("t", "t", ("=agency()",), (5,), [])

    with zipfile.ZipFile(io.BytesIO(CsvExporter().export("t", [table]))) as archive:
        assert read_csv(archive.read("t.csv")) == [["'=agency()"]]


def test_json_has_an_object_for_each_row() -> None:
    written = json.loads(core_exporters()["json"].export("A round", output_tables(an_example())))

    tables = {table["name"]: table for table in written["tables"]}
    assert written["title"] == "A round"
    assert tables["Actions"]["rows"][0]["Due"] == "2025-06-01"
    assert tables["Free text"]["rows"][0]["Text"] == "[withheld]"
    assert tables["Free text"]["rows"][1]["Text"] == '=HYPERLINK("http://example.org")'


def test_sqlite_has_a_table_for_each_and_says_what_they_are() -> None:
    data = core_exporters()["sqlite"].export("A round", output_tables(an_example()))

    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(data)
        title = database.execute('SELECT title FROM about WHERE "table" = ?', ("answers_by_question",)).fetchone()
        visits = database.execute(
            'SELECT "Answer", typeof("Answer") FROM answers_by_question WHERE "No." = ? AND "Agency" = ?',
            ("B2", "Police"),
        ).fetchone()
    finally:
        database.close()
    assert title == ("Every answer of every return that counts",)
    assert visits == (-3, "integer")


def test_tables_and_columns_of_one_name_are_told_apart() -> None:
    tables = [a_table(("a",), name="T 1"), a_table(("b",), name="t-1")]

    with zipfile.ZipFile(io.BytesIO(CsvExporter().export("t", tables))) as archive:
        assert archive.namelist() == ["t-1.csv", "t-1-2.csv"]
    assert core_exporters()["sqlite"].export("t", tables)
