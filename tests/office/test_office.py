"""The harness itself: it starts, does each thing a respondent does, and ends."""

import os
import sys
from pathlib import Path

import openpyxl
import pytest

from .actions import (
    AddComment,
    AddNote,
    AddSheet,
    AppendRow,
    AppendToCell,
    ChooseInControl,
    DeleteRow,
    DeleteRows,
    InsertParagraph,
    InsertRows,
    PickDateInControl,
    PutNumber,
    PutText,
    RenameSheet,
    TickControl,
    TrackChanges,
    TypeInCell,
    TypeInControl,
    TypeInExcel,
    WordAction,
    WriteBelow,
)
from .installation import Installation, find_libreoffice
from .office import Office
from .parts import (
    answer_texts,
    answers,
    body_text,
    defined_names,
    formulas,
    part,
    sheet_cells,
    sheet_states,
)
from .processes import OfficeError
from .specimens import CHECKBOX, DATE, DROPDOWN, PLAIN, RICH, answer, excel_form, word_form

pytestmark = pytest.mark.libreoffice
SHEET = "A Practice"


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Word form with a control of each kind."""
    path = tmp_path_factory.mktemp("word") / "form.docx"
    return word_form(
        path,
        [
            answer("plain", PLAIN, "Click here", placeholder=True),
            answer("rich", RICH, "Click here", placeholder=True),
            answer("check", CHECKBOX, "☐"),
            answer("drop", DROPDOWN, "Choose", placeholder=True),
            answer("date", DATE, "Pick a date", placeholder=True),
            answer("spare", RICH, "Click here", placeholder=True),
        ],
    )


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An Excel form."""
    return excel_form(tmp_path_factory.mktemp("excel") / "form.xlsx")


def test_an_office_that_is_not_there_is_named(tmp_path: Path) -> None:
    missing = Installation(tmp_path / "soffice", Path(sys.executable))
    with pytest.raises(OfficeError, match="did not start"):
        Office(missing).start()


def test_an_office_that_ends_at_once_is_reported_with_its_last_words(office: Office, tmp_path: Path) -> None:
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\necho no display >&2\nexit 3\n")
    broken.chmod(0o755)
    found = find_libreoffice()
    assert isinstance(found, Installation)
    with pytest.raises(OfficeError, match="exit 3; no display"):
        Office(Installation(broken, found.python), start_timeout=1).start()


def test_a_call_that_takes_too_long_ends_that_office_and_the_next_call_has_another(form: Path, tmp_path: Path) -> None:
    with Office() as impatient:
        first = impatient.start()
        impatient.call_timeout = 0.001
        with pytest.raises(OfficeError, match=r"no answer in 0\.001 s"):
            impatient.convert(form, tmp_path / "a.pdf")
        assert not first.soffice.running
        assert not first.bridge.running
        impatient.call_timeout = 60
        assert impatient.convert(form, tmp_path / "a.pdf").is_file()


def test_closing_leaves_no_process_and_no_profile() -> None:
    with Office() as closing:
        session = closing.start()
        folder = session.folder
        assert folder.is_dir()
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.killpg(session.soffice.popen.pid, 0)


@pytest.mark.parametrize("suffix", ["docx", "odt", "rtf", "doc", "pdf"])
def test_a_document_is_saved_in_every_format(office: Office, form: Path, tmp_path: Path, suffix: str) -> None:
    saved = office.convert(form, tmp_path / f"form.{suffix}")
    assert saved.stat().st_size > 0
    if suffix != "pdf":
        again = office.convert(saved, tmp_path / "again.docx")
        assert answer_texts(again)["rich"] == "Click here"


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls", "pdf"])
def test_a_workbook_is_saved_in_every_format(office: Office, workbook: Path, tmp_path: Path, suffix: str) -> None:
    saved = office.convert(workbook, tmp_path / f"form.{suffix}")
    assert saved.stat().st_size > 0
    if suffix != "pdf":
        again = office.convert(saved, tmp_path / "again.xlsx")
        assert sheet_cells(again)["B2"] == ("s", "Question 1")


def test_a_form_is_filled_in_as_a_person_would(office: Office, form: Path, tmp_path: Path) -> None:
    filled = office.fill_word(
        form,
        tmp_path / "filled.docx",
        [
            TypeInControl(tag="plain", text="two words"),
            TypeInControl(tag="rich", text="a line\vbroken"),
            TickControl(tag="check"),
            ChooseInControl(tag="drop", choice="Partly"),
            PickDateInControl(tag="date", iso="2025-03-12", text="12 March 2025"),
            TypeInCell(bookmark="qaf_spare", text="one\ntwo\vthree"),
        ],
    )
    assert answer_texts(filled) == {
        "plain": "two words",
        "rich": "a line\vbroken",
        "check": "☒",
        "drop": "Partly",
        "date": "12 March 2025",
        "spare": "one\ntwo\vthree",
    }
    assert '<w14:checked w14:val="1"/>' in answers(filled)["check"]
    assert 'w:fullDate="2025-03-12T00:00:00Z"' in answers(filled)["date"]


def test_a_control_is_found_by_the_bookmark_beside_it(office: Office, form: Path, tmp_path: Path) -> None:
    """As it must be in a file LibreOffice has saved before, where no tags are left."""
    saved = office.convert(form, tmp_path / "saved.odt")
    actions = [
        TypeInControl(bookmark="qaf_rich", text="typed"),
        TypeInControl(bookmark="qaf_plain", text="typed too"),
        TickControl(bookmark="qaf_check"),
    ]
    filled = office.fill_word(saved, tmp_path / "filled.odt", actions)
    texts = answer_texts(office.convert(filled, tmp_path / "filled.docx"))
    assert (texts["rich"], texts["plain"], texts["check"]) == ("typed", "typed too", "☒")


def test_rows_and_paragraphs_are_added_and_deleted(office: Office, form: Path, tmp_path: Path) -> None:
    filled = office.fill_word(
        form,
        tmp_path / "filled.docx",
        [
            AppendRow(bookmark="qaf_rich", cells=("mine", "my own\nrow")),
            AppendRow(table=0, cells=("mine too",)),
            DeleteRow(bookmark="qaf_check"),
            DeleteRow(table=0, row=0),
            AppendToCell(table=0, cell="B1", text=" and more"),
            InsertParagraph(text="above", before_table=0),
            InsertParagraph(text="below\nand further"),
        ],
    )
    assert answer_texts(filled) == {
        "rich": "Click here and more",
        "drop": "Choose",
        "date": "Pick a date",
        "spare": "Click here",
        "mine": "my own\nrow",
        "mine too": "",
    }
    assert body_text(filled).split("\n") == [*("Introduction", "above", "The end", "below", "and further")]


def test_a_comment_is_added_at_a_bookmark(office: Office, form: Path, tmp_path: Path) -> None:
    comment = AddComment(bookmark="qaf_rich", text="Who knows?", author="PC 1")
    filled = office.fill_word(form, tmp_path / "filled.docx", [comment])
    comments = part(filled, "word/comments.xml")
    assert "Who knows?" in comments
    assert 'w:author="PC 1"' in comments
    assert "<w:commentReference" in answers(filled)["rich"]


def test_changes_are_tracked_when_asked(office: Office, form: Path, tmp_path: Path) -> None:
    actions = [TrackChanges(), TypeInControl(tag="rich", text="typed")]
    filled = office.fill_word(form, tmp_path / "filled.docx", actions)
    xml = answers(filled)["rich"]
    assert "<w:del><w:r><w:delText>Click here</w:delText></w:r></w:del>" in xml
    assert "<w:ins><w:r><w:t>typed</w:t></w:r></w:ins>" in xml


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        (TypeInControl(tag="absent", text=""), "no control tagged 'absent'"),
        (TypeInControl(bookmark="absent", text=""), "no bookmark 'absent'"),
        (ChooseInControl(tag="drop", choice="Maybe"), "'Maybe' is not in the list"),
        (AppendToCell(table=0, cell="Z9", text=""), "table 0 has no cell 'Z9'"),
        (AppendToCell(table=7, cell="A1", text=""), "action 1, AppendToCell"),
    ],
)
def test_what_cannot_be_done_says_why_and_writes_nothing(
    office: Office, form: Path, tmp_path: Path, action: WordAction, reason: str
) -> None:
    with pytest.raises(OfficeError, match=reason):
        office.fill_word(form, tmp_path / "filled.docx", [action])
    assert not (tmp_path / "filled.docx").exists()


def test_a_workbook_is_not_filled_in_as_a_document(office: Office, workbook: Path, tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match=r"form\.xlsx is not a document"):
        office.fill_word(workbook, tmp_path / "filled.docx", [])
    with pytest.raises(OfficeError, match=r"cannot be saved as form\.docx"):
        office.convert(workbook, tmp_path / "form.docx")


def test_cells_take_what_is_typed(office: Office, workbook: Path, tmp_path: Path) -> None:
    filled = office.fill_excel(
        workbook,
        tmp_path / "filled.xlsx",
        [
            TypeInExcel(name="qaf_q1_answer", text="Yes"),
            TypeInExcel(sheet=SHEET, address="E2", text="3/4/25"),
            TypeInExcel(sheet=SHEET, address="F2", text='=CONCATENATE("a","b")'),
            TypeInExcel(sheet=SHEET, address="F3", text="1.50"),
            TypeInExcel(sheet=SHEET, address="D2", text="one\ntwo"),
            PutText(sheet=SHEET, address="E3", text="3/4/25"),
            PutNumber(name="qaf_q2_answer", number=2.5),
        ],
    )
    cells = sheet_cells(filled)
    assert cells["C2"] == ("s", "Yes")
    assert cells["E2"] == ("n", "45750")  # 3 April 2025
    assert cells["F2"] == ("str", "ab")
    assert formulas(filled) == {"F2": 'CONCATENATE("a","b")'}
    assert cells["F3"] == ("n", "1.5")
    assert cells["D2"] == ("s", "one\ntwo")
    assert cells["E3"] == ("s", "3/4/25")
    assert cells["C3"] == ("n", "2.5")


def test_rows_notes_and_sheets_are_added(office: Office, workbook: Path, tmp_path: Path) -> None:
    filled = office.fill_excel(
        workbook,
        tmp_path / "filled.xlsx",
        [
            AddNote(name="qaf_q2_answer", text="Ask Ann"),
            InsertRows(sheet=SHEET, row=3, count=2),
            DeleteRows(sheet=SHEET, row=6),
            WriteBelow(sheet=SHEET, text="a stray remark", column="B"),
            RenameSheet(sheet=SHEET, new_name="Bob's"),
            AddSheet(sheet="Mine"),
            PutText(sheet="Mine", address="B2", text="my own"),
        ],
    )
    assert list(sheet_states(filled)) == ["Bob's", "Lists", "Stamp", "Mine"]
    assert sheet_cells(filled, 4)["B2"] == ("s", "my own")
    assert sheet_cells(filled)["B8"] == ("s", "a stray remark")
    assert '<comment ref="C5"' in part(filled, "xl/comments1.xml")
    names = defined_names(filled)
    assert names["qaf_q2_answer"] == "'Bob''s'!$C$5"
    assert names["qaf_q3_answer"] == "#REF!"
    assert names["qaf_practice"] == "'Bob''s'!$A$2:$E$6"


def test_a_locked_cell_refuses_what_is_typed(office: Office, workbook: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book[SHEET].protection.sheet = True
    book.save(tmp_path / "locked.xlsx")
    allowed = TypeInExcel(name="qaf_q1_answer", text="Yes")
    refused = TypeInExcel(sheet=SHEET, address="B2", text="Another question")
    filled = office.fill_excel(tmp_path / "locked.xlsx", tmp_path / "filled.xlsx", [allowed])
    assert sheet_cells(filled)["C2"] == ("s", "Yes")
    with pytest.raises(OfficeError, match="is locked"):
        office.fill_excel(tmp_path / "locked.xlsx", tmp_path / "f.xlsx", [refused])
