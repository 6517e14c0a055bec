"""Law 2 on files that a real office program filled in and saved: every answer typed comes back.

The form is the shipped neglect audit, at its real size; answers are generated for every one of its questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from qaf_forms import Form, Return, Toolkit
from qaf_forms.define.answer_types import Control
from qaf_forms.define.condition import Value
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from tests import respondent
from tests.office import Office
from tests.office.actions import (
    AddComment,
    AddNote,
    AddSheet,
    AppendRow,
    InsertParagraph,
    PutText,
)

pytestmark = pytest.mark.libreoffice

_WORDS = (
    "Seen alone at home on three visits; her own words are in the record.",
    "Line one\nLine two, after a break",
    "“Quoted” & <marked> – it’s O’Neill’s note",
    "=1+1",
    "007",
    "Yes",
    "3/4",
)


def _answer(field: Field, number: int) -> Value:
    if field.scale:
        codes = [level.code for level in field.scale.levels]
        return tuple(codes[:2]) if field.ticks else codes[number % len(codes)]
    if field.control is Control.NUMBER:
        low = int(field.answer.minimum or 0)
        return Decimal(low + number % 5) if field.type == "decimal" else low + number % 5
    if field.control is Control.DATE:
        return date(2024, 10, 1) + timedelta(days=number)
    if field.type == "email":
        return f"person{number}@agency.example"
    text = _WORDS[number % len(_WORDS)]
    return text if field.control is Control.LINES else text.replace("\n", "; ")


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return Toolkit()


@pytest.fixture(scope="module")
def form(toolkit: Toolkit) -> Form:
    return toolkit.form("neglect_case_audit")


@pytest.fixture(scope="module")
def layout(toolkit: Toolkit, form: Form) -> Layout:
    return toolkit.layout(form)


@pytest.fixture(scope="module")
def answers(layout: Layout) -> dict[str, Value]:
    """An answer for every space the agency fills; the partnership's are not its to fill."""
    return {field.key: _answer(field, number) for number, field in enumerate(layout.fields) if field.role == "agency"}


@pytest.fixture(scope="module")
def word(
    office: Office,
    toolkit: Toolkit,
    form: Form,
    layout: Layout,
    answers: dict[str, Value],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The Word form, filled in and saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("word")
    blank = folder / "blank.docx"
    blank.write_bytes(toolkit.render(form, "word"))
    return office.fill_word(blank, folder / "filled.docx", respondent.in_word(layout, answers))


@pytest.fixture(scope="module")
def excel(
    office: Office,
    toolkit: Toolkit,
    form: Form,
    layout: Layout,
    answers: dict[str, Value],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The workbook, filled in and saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("excel")
    blank = folder / "blank.xlsx"
    blank.write_bytes(toolkit.render(form, "excel"))
    return office.fill_excel(blank, folder / "filled.xlsx", respondent.in_excel(layout, answers))


def _assert_all_came_back(returned: Return, answers: Mapping[str, Value]) -> None:
    values = returned.values
    wrong = {key: (values.get(key), value) for key, value in answers.items() if values.get(key) != value}
    assert not wrong
    assert values.keys() == answers.keys()
    assert not returned.extras


def test_every_answer_typed_into_word_comes_back(toolkit: Toolkit, word: Path, answers: dict[str, Value]) -> None:
    _assert_all_came_back(toolkit.read(word), answers)


@pytest.mark.parametrize("by_way_of", ["odt", "docx"])
def test_every_answer_comes_back_from_word_saved_again(
    office: Office, toolkit: Toolkit, word: Path, answers: dict[str, Value], by_way_of: str, tmp_path: Path
) -> None:
    between = office.convert(word, tmp_path / f"between.{by_way_of}")
    _assert_all_came_back(toolkit.read(office.convert(between, tmp_path / "again.docx")), answers)


def test_every_answer_typed_into_excel_comes_back(toolkit: Toolkit, excel: Path, answers: dict[str, Value]) -> None:
    _assert_all_came_back(toolkit.read(excel), answers)


@pytest.mark.parametrize("by_way_of", ["ods", "xlsx"])
def test_every_answer_comes_back_from_excel_saved_again(
    office: Office, toolkit: Toolkit, excel: Path, answers: dict[str, Value], by_way_of: str, tmp_path: Path
) -> None:
    between = office.convert(excel, tmp_path / f"between.{by_way_of}")
    _assert_all_came_back(toolkit.read(office.convert(between, tmp_path / "again.xlsx")), answers)


def test_word_and_excel_of_one_form_give_the_same_answers(toolkit: Toolkit, word: Path, excel: Path) -> None:
    assert toolkit.read(word).data == toolkit.read(excel).data


def test_a_blank_form_saved_by_libreoffice_says_nothing(
    office: Office, toolkit: Toolkit, form: Form, tmp_path: Path
) -> None:
    for format_ in ("word", "excel"):
        suffix = toolkit.suffix(format_)
        blank = tmp_path / f"blank{suffix}"
        blank.write_bytes(toolkit.render(form, format_))
        returned = toolkit.read(office.convert(blank, tmp_path / f"saved{suffix}"))
        assert returned.status == "blank"
        assert not returned.values
        assert not returned.extras


def test_what_was_written_outside_the_spaces_of_word_is_an_extra_with_its_place(
    office: Office, toolkit: Toolkit, word: Path, layout: Layout, answers: dict[str, Value], tmp_path: Path
) -> None:
    reference = layout.field("case_ref")
    assert reference is not None
    actions = [
        InsertParagraph(text="We could not open the archive."),
        AddComment(bookmark=reference.anchor, text="Is this the right reference?"),
    ]
    returned = toolkit.read(office.fill_word(word, tmp_path / "more.docx", actions))
    said = {(extra.kind, extra.text) for extra in returned.extras}
    assert ("text", "We could not open the archive.") in said
    assert any(kind == "comment" and "Is this the right reference?" in text for kind, text in said)
    assert all(extra.place for extra in returned.extras)
    assert returned.values == answers


def test_a_row_added_to_a_word_table_is_read_after_the_printed_ones(
    office: Office, toolkit: Toolkit, word: Path, layout: Layout, tmp_path: Path
) -> None:
    table = layout.tables["actions"]
    cells = ("", "Joint visit", "Seen together", "Team manager", "01/06/2025", "Not started")
    action = AppendRow(bookmark=table.rows[-1][0].anchor, cells=cells[: len(table.columns) + 1])
    returned = toolkit.read(office.fill_word(word, tmp_path / "row.docx", [action]))
    assert returned.data["actions"][-1]["action"] == "Joint visit"
    assert len(returned.data["actions"]) == len(table.rows) + 1
    assert not returned.extras


def test_what_was_written_outside_the_spaces_of_excel_is_an_extra_with_its_place(
    office: Office, toolkit: Toolkit, excel: Path, layout: Layout, answers: dict[str, Value], tmp_path: Path
) -> None:
    reference = layout.field("case_ref")
    assert reference is not None
    actions = [
        AddNote(name=reference.anchor, text="Is this the right reference?"),
        AddSheet(sheet="Notes from us"),
        PutText(sheet="Notes from us", address="B3", text="We could not open the archive."),
        PutText(sheet="Notes from us", address="B4", text="Yes"),
    ]
    returned = toolkit.read(office.fill_excel(excel, tmp_path / "more.xlsx", actions))
    said = {extra.text: extra.place for extra in returned.extras}
    assert "'Notes from us', cell B3" in said["We could not open the archive."]
    assert "'Notes from us', cell B4" in said["Yes"]
    assert any("Is this the right reference?" in text for text in said)
    assert returned.values == answers
