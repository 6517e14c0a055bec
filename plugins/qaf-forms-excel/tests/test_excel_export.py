"""The workbook of a collation."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from qaf_forms.plugin import OutputCell, OutputTable
from qaf_forms_excel.exporting import WorkbookExporter


def table(
    *rows: tuple[Any, ...], name: str = "Answers", columns: tuple[str, ...] = ("Agency", "Answer")
) -> OutputTable:
    return OutputTable(name, f"All {name.lower()}", ("Agency", "Answer"), (20, 40), rows, note="As returned.")


def exported(*tables: OutputTable) -> Any:
    return load_workbook(io.BytesIO(WorkbookExporter().export("Neglect audit", tables)))


def test_each_table_has_a_sheet_with_title_note_head_and_rows() -> None:
    sheet = exported(table(("Police", "Yes")))["Answers"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["All answers", None],
        ["As returned.", None],
        ["Agency", "Answer"],
        ["Police", "Yes"],
    ]
    assert sheet.auto_filter.ref == "A3:B4"
    assert sheet.freeze_panes == "A4"


def test_the_first_sheet_links_to_the_others() -> None:
    book = exported(table(("Police", "Yes")), table(name="Heat map: all [areas] of enquiry, by agency"))
    names = book.sheetnames
    assert names == ["Contents", "Answers", "Heat map all areas of enquiry"]
    contents = book["Contents"]
    assert [contents.cell(row, 1).hyperlink.location for row in (4, 5)] == [f"'{name}'!A1" for name in names[1:]]
    assert [contents.cell(row, 3).value for row in (4, 5)] == [1, 0]


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-5", "@SUM(A1)", "007", "_x000D_", " two  spaces "])
def test_text_stays_text(text: str) -> None:
    cell = exported(table(("Police", text)))["Answers"]["B4"]
    assert (cell.value, cell.data_type) == (text if text != "_x000D_" else "_x005F_x000D_", "s")


def test_dates_are_dates_and_numbers_numbers() -> None:
    sheet = exported(table((date(2025, 3, 12), 7), (0.5, None)))["Answers"]
    assert [sheet["A4"].value, sheet["B4"].value] == [datetime(2025, 3, 12), 7]
    assert sheet["A4"].number_format == "dd/mm/yyyy"
    assert [sheet["A5"].value, sheet["B5"].value] == [0.5, None]


def test_a_long_text_goes_on_in_the_next_column_and_is_never_cut() -> None:
    text = "safeguarding " * 6_000
    sheet = exported(table(("Police", text), ("Health", "short")))["Answers"]
    assert [cell.value for cell in sheet[3]] == ["Agency", "Answer", "Answer (continued)", "Answer (continued)"]
    pieces = [cell.value for cell in sheet[4]][1:]
    assert "".join(pieces) == text
    assert all(len(piece) <= 32_767 for piece in pieces)
    assert [cell.value for cell in sheet[5]] == ["Health", "short", None, None]


def test_a_character_of_two_units_is_not_split() -> None:
    text = "x" * 32_766 + "🙂" + "y"
    sheet = exported(table(("Police", text)))["Answers"]
    assert [sheet["B4"].value, sheet["C4"].value] == ["x" * 32_766, "🙂y"]


def test_colours_fill_their_cell_and_leave_the_words_readable() -> None:
    sheet = exported(table((OutputCell("Yes", "#1B7F3B"), OutputCell("Partly", "#FFBF00"))))["Answers"]
    assert [sheet["A4"].fill.fgColor.rgb, sheet["B4"].fill.fgColor.rgb] == ["FF1B7F3B", "FFFFBF00"]
    assert [sheet["A4"].font.color.rgb, sheet["B4"].font.color.rgb] == ["FFFFFFFF", "FF000000"]


def test_characters_that_no_workbook_can_hold_are_left_out() -> None:
    assert exported(table(("Police", "a\x00b\x0bc")))["Answers"]["B4"].value == "abc"


def test_exporting_twice_gives_the_same_bytes() -> None:
    tables = [table(("Police", "Yes"), (date(2025, 3, 12), OutputCell("No", "#C62828")))]
    data = WorkbookExporter().export("Neglect audit", tables)
    assert data == WorkbookExporter().export("Neglect audit", tables)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert parts.testzip() is None


def test_a_colour_stays_in_its_own_cell() -> None:
    sheet = exported(table((OutputCell("Yes", "#1B7F3B"), "plain"), ("Police", OutputCell("No", "#C62828"))))["Answers"]
    fills = [[cell.fill.fgColor.rgb for cell in sheet[row]] for row in (4, 5)]
    assert fills == [["FF1B7F3B", "00000000"], ["00000000", "FFC62828"]]


def test_the_title_of_the_first_sheet_is_set_as_one() -> None:
    assert exported(table(("Police", "Yes")))["Contents"]["A1"].font.size == 16
