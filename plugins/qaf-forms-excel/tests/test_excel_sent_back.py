"""A workbook that is sent back: a sheet that lists what is asked about, with links, and comes back without a word."""

import io
from typing import Any

from openpyxl import load_workbook

from qaf_forms import Form, Toolkit

KIT = Toolkit()
SHEET = "Please look at these answers"
FORM = Form.model_validate(
    {
        "id": "f", "version": "1", "title": "F", "kind": "record", "owner": "O",
        "sections": [{"id": "s", "title": "Visits", "items": [
            {"id": "visits", "type": "integer", "ask": "How many visits?"},
            {"id": "seen", "type": "yes_no", "ask": "Was the child seen?", "required": True},
        ]}],
    }
)  # fmt: skip


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def sent_back() -> bytes:
    """A return in which a number is not a number, a required answer is missing, and something stands beside."""
    book = opened(KIT.render(FORM, "excel"))
    book["A Visits"]["D4"] = "=1+1 or so"
    book["A Visits"]["D4"].data_type = "s"
    book["A Visits"]["C9"] = "please ring me"
    saved = io.BytesIO()
    book.save(saved)
    back = KIT.send_back(KIT.read(saved.getvalue(), FORM), FORM)
    assert back is not None
    return back


def test_every_problem_is_listed_with_a_link_to_its_cell() -> None:
    book = opened(sent_back())
    sheet = book[SHEET]
    assert (book.sheetnames[1], book.active.title) == (SHEET, SHEET)
    rows = [[cell.value for cell in row[1:6]] for row in sheet.iter_rows(min_row=5)]
    assert rows[0][:3] == ["A. Visits", "A1", "How many visits?"]
    assert "ref." not in rows[0][3]
    assert rows[0][4] == "=1+1 or so"
    assert rows[1][1:3] == ["A2", "Was the child seen?"]
    assert rows[2][1] == "Start here"
    assert "please ring me" in rows[2][3]
    links = [sheet[f"C{row}"].hyperlink.location for row in (5, 6, 7)]
    assert links == ["'A Visits'!D4", "'A Visits'!D5", "'Start here'!B1"]


def test_the_list_comes_back_without_a_word_and_what_is_written_on_it_is_told() -> None:
    back = sent_back()
    assert KIT.read(back, FORM).extras == ()
    book = opened(back)
    book[SHEET]["G6"] = "we never met"
    saved = io.BytesIO()
    book.save(saved)
    assert [one.text for one in KIT.read(saved.getvalue(), FORM).extras] == ["we never met"]


def test_the_column_of_links_is_as_wide_as_the_number_and_column_of_a_question_in_a_grid() -> None:
    assert opened(sent_back())[SHEET].column_dimensions["C"].width >= len("C6.3 How do you know this?")
