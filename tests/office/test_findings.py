"""What LibreOffice 7.4 writes, as FINDINGS.md says it: the numbers are its sections'."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from .actions import (
    AppendToCell,
    ChooseInControl,
    DeleteRows,
    ExcelAction,
    InsertRows,
    PickDateInControl,
    TickControl,
    TrackChanges,
    TypeInCell,
    TypeInControl,
    TypeInExcel,
    WordAction,
)
from .office import Office
from .parts import (
    answer_texts,
    answers,
    bookmark_names,
    custom_properties,
    defined_names,
    part,
    sheet_cells,
    sheet_states,
    validations,
)
from .processes import OfficeError
from .specimens import (
    CHECKBOX,
    COMBO,
    DATE,
    DROPDOWN,
    ITEMS,
    PLAIN,
    PROPERTIES,
    RICH,
    answer,
    bookmarked,
    control,
    excel_form,
    word_form,
)

pytestmark = pytest.mark.libreoffice
SHEET = "A Practice"
LIST = f"<w:dropDownList>{ITEMS}</w:dropDownList>"
WRITTEN_DATE = '<w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/></w:date>'
STATES = '<w14:checkedState w14:val="2612"/><w14:uncheckedState w14:val="2610"/>'
RUN = "<w:r></w:r>"


@pytest.fixture(autouse=True)
def _only_for_7_4(office: Office) -> None:
    if not office.version.startswith("7.4."):
        pytest.skip(f"measured with LibreOffice 7.4, not {office.version}")


def saved(office: Office, path: Path, *suffixes: str) -> Path:
    """Save `path` in one format after another."""
    for number, suffix in enumerate(suffixes):
        path = office.convert(path, path.with_name(f"{number}.{suffix}"))
    return path


def one(office: Office, folder: Path, xml: str, *trip: str | WordAction) -> str:
    """The cell that holds `xml` after the actions and the saves, as XML."""
    form = word_form(folder / "form.docx", [("A1", xml), ("A2", "")])
    actions = [step for step in trip if isinstance(step, WordAction)]
    filled = office.fill_word(form, folder / "filled.docx", actions)
    suffixes = [step for step in trip if isinstance(step, str)]
    return answers(saved(office, filled, *suffixes))["A1"]


def bare(start: str, mark: str, text: str, after: str = "") -> str:
    """A paragraph with a control in the shape LibreOffice 7.4 saves it."""
    return (
        f"<w:p><w:sdt><w:sdtPr>{start}</w:sdtPr><w:sdtContent>"
        f'<w:bookmarkStart w:name="{mark}"/>{RUN}<w:r><w:t>{text}</w:t></w:r>{after}'
        "</w:sdtContent></w:sdt><w:bookmarkEnd/></w:p>"
    )


# 1. Content controls


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize(
    ("kind", "written"),
    [(DROPDOWN, LIST), (COMBO, LIST), (DATE, f"<w:date>{WRITTEN_DATE}"), (RICH, "")],
    ids=["drop", "combo", "date", "rich"],
)
def test_1_1_a_control_keeps_its_kind_and_placeholder_and_loses_tag_id_lock_and_alias(
    office: Office, tmp_path: Path, kind: str, written: str, times: int
) -> None:
    xml = answer("key", kind, "Choose", placeholder=True, alias="Name")[1]
    expected = bare(f"<w:showingPlcHdr/>{written}", "qaf_key", "Choose")
    assert one(office, tmp_path, xml, *["docx"] * (times - 1)) == expected


def test_1_2_a_rich_or_checkbox_control_without_an_alias_is_saved_twice_one_inside_the_other(
    office: Office, tmp_path: Path
) -> None:
    xml = answer("key", RICH, "Filled")[1]
    assert one(office, tmp_path, xml) == (
        "<w:p><w:sdt><w:sdtPr><w:id/></w:sdtPr><w:sdtContent><w:sdt><w:sdtPr></w:sdtPr><w:sdtContent>"
        f'<w:bookmarkStart w:name="qaf_key"/>{RUN}<w:r><w:t>Filled</w:t></w:r>'
        "</w:sdtContent></w:sdt><w:bookmarkEnd/></w:sdtContent></w:sdt></w:p>"
    )


def test_1_3_a_checkbox_with_an_alias_is_saved_in_a_block_level_control_around_its_paragraph(
    office: Office, tmp_path: Path
) -> None:
    xml = answer("key", CHECKBOX, "☐", alias="Name")[1]
    inner = bare(f'<w14:checkbox><w14:checked w14:val="0"/>{STATES}</w14:checkbox>', "qaf_key", "☐")
    assert one(office, tmp_path, xml) == (
        f'<w:sdt><w:sdtPr><w:id/><w:alias w:val="Name"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'
    )


def test_1_4_a_plain_text_control_keeps_its_alias_and_loses_its_placeholder_state(
    office: Office, tmp_path: Path
) -> None:
    xml = answer("key", PLAIN, "Click here", placeholder=True, alias="Name")[1]
    assert one(office, tmp_path, xml) == (
        '<w:p><w:sdt><w:sdtPr><w:id/><w:text w:multiLine="1"/><w:alias w:val="Name"/></w:sdtPr>'
        '<w:sdtContent><w:bookmarkStart w:name="qaf_key"/><w:r><w:t>Click here</w:t></w:r>'
        "</w:sdtContent></w:sdt><w:bookmarkEnd/></w:p>"
    )


def test_1_5_by_way_of_odt_a_control_holds_its_whole_bookmark(office: Office, tmp_path: Path) -> None:
    xml = answer("key", RICH, "Choose", placeholder=True)[1]
    assert one(office, tmp_path, xml, "odt", "docx") == (
        "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f'{RUN}<w:bookmarkStart w:name="qaf_key"/><w:r><w:t>Choose</w:t></w:r><w:bookmarkEnd/>{RUN}'
        "</w:sdtContent></w:sdt></w:p>"
    )


def test_1_6_by_way_of_odt_a_plain_text_control_becomes_a_fillin_field(office: Office, tmp_path: Path) -> None:
    xml = answer("key", PLAIN, "Typed")[1]
    written = one(office, tmp_path, xml, "odt", "docx")
    assert written.startswith('<w:p><w:bookmarkStart w:name="qaf_key"/><w:r><w:fldChar')
    assert " FILLIN &quot;&quot;</w:instrText>" in written
    assert "<w:r><w:t>Typed</w:t></w:r>" in written
    assert "<w:sdt>" not in written


@pytest.mark.parametrize("suffix", ["rtf", "doc"])
def test_1_7_by_way_of_rtf_or_doc_only_the_bookmark_and_the_text_are_left(
    office: Office, tmp_path: Path, suffix: str
) -> None:
    xml = answer("key", DROPDOWN, "Yes")[1]
    expected = '<w:p><w:bookmarkStart w:name="qaf_key"/><w:r><w:t>Yes</w:t></w:r><w:bookmarkEnd/></w:p>'
    assert one(office, tmp_path, xml, suffix, "docx") == expected


@pytest.mark.parametrize(("suffix", "bookmarks"), [("rtf", ["qaf_key"]), ("doc", [])])
def test_1_8_by_way_of_rtf_or_doc_a_plain_text_control_becomes_a_formtext_field(
    office: Office, tmp_path: Path, suffix: str, bookmarks: list[str]
) -> None:
    """By way of doc the field takes over the bookmark's name, and the bookmark is gone."""
    form = word_form(tmp_path / "form.docx", [answer("key", PLAIN, "Typed")])
    written = saved(office, form, suffix, "docx")
    xml = answers(written)["key"]
    assert " FORMTEXT </w:instrText>" in xml
    assert ('<w:ffData><w:name w:val="qaf_key"/>' in xml) == (suffix == "doc")
    assert bookmark_names(written) == bookmarks
    assert answer_texts(written)["key"] == "Typed"


def test_1_9_of_two_checkboxes_in_a_paragraph_the_second_is_no_checkbox_after_two_saves(
    office: Office, tmp_path: Path
) -> None:
    """Its tick is left as text, outside any control."""
    yes, no = control("y", CHECKBOX, "☐"), control("n", CHECKBOX, "☐")
    xml = bookmarked("qaf_two", f"{yes}<w:r><w:t>Yes</w:t></w:r>{no}<w:r><w:t>No</w:t></w:r>")
    assert one(office, tmp_path, xml, TickControl(tag="n")).count("<w14:checkbox>") == 2
    again = one(office, tmp_path, xml, TickControl(tag="n"), "docx")
    assert again.count("<w14:checkbox>") == 1
    assert "<w:r><w:t>Yes</w:t></w:r><w:r><w:t>☒</w:t></w:r><w:sdt>" in again


def test_1_9_with_aliases_both_remain_checkboxes(office: Office, tmp_path: Path) -> None:
    yes, no = control("y", CHECKBOX, "☐", alias="Yes"), control("n", CHECKBOX, "☐", alias="No")
    xml = bookmarked("qaf_two", f"{yes}<w:r><w:t>Yes</w:t></w:r>{no}<w:r><w:t>No</w:t></w:r>")
    again = one(office, tmp_path, xml, TickControl(tag="n"), "docx", "docx")
    assert again.count("<w14:checkbox>") == 2
    assert again.count('<w14:checked w14:val="1"/>') == 1


# 2. Answers in controls


def test_2_1_the_placeholder_state_stays_after_someone_typed(office: Office, tmp_path: Path) -> None:
    xml = answer("key", RICH, "Click here", placeholder=True, alias="Name")[1]
    typed = one(office, tmp_path, xml, TypeInControl(tag="key", text="typed\vtwo\nthree"))
    lines = "typed</w:t><w:br/><w:t>two</w:t><w:br/><w:t>three"
    assert typed == bare("<w:showingPlcHdr/>", "qaf_key", lines, RUN)


def test_2_2_line_breaks_in_a_plain_text_control_are_saved_as_nothing_and_then_lost(
    office: Office, tmp_path: Path
) -> None:
    xml = answer("key", PLAIN, "Click here", placeholder=True)[1]
    typing = TypeInControl(tag="key", text="one\vtwo\nthree")
    assert "<w:r><w:t>one</w:t><w:t>two</w:t><w:t>three</w:t></w:r>" in one(office, tmp_path, xml, typing)
    assert "<w:r><w:t>onetwothree</w:t></w:r>" in one(office, tmp_path, xml, typing, "docx")


def test_2_3_a_drop_down_says_only_the_text_that_was_chosen(office: Office, tmp_path: Path) -> None:
    xml = answer("key", DROPDOWN, "Choose", placeholder=True)[1]
    chosen = one(office, tmp_path, xml, ChooseInControl(tag="key", choice="Partly"))
    assert chosen == bare(LIST, "qaf_key", "Partly", RUN)


def test_2_4_a_picked_date_is_saved_with_its_full_date(office: Office, tmp_path: Path) -> None:
    xml = answer("key", DATE, "Pick", placeholder=True)[1]
    picked = PickDateInControl(tag="key", iso="2025-03-12", text="12 March 2025")
    start = f'<w:date w:fullDate="2025-03-12T00:00:00Z">{WRITTEN_DATE}'
    assert one(office, tmp_path, xml, picked) == bare(start, "qaf_key", "12 March 2025", RUN)


def test_2_5_a_date_typed_over_a_picked_one_leaves_the_old_full_date(office: Office, tmp_path: Path) -> None:
    xml = answer("key", DATE, "Pick", placeholder=True)[1]
    picked = PickDateInControl(tag="key", iso="2025-03-12", text="12 March 2025")
    typed = TypeInControl(tag="key", text="1 April 2025")
    written = one(office, tmp_path, xml, picked, typed)
    assert 'w:fullDate="2025-03-12T00:00:00Z"' in written
    assert "<w:t>1 April 2025</w:t>" in written


def test_2_6_tracked_typing_in_a_plain_text_control_makes_a_file_that_is_not_xml(
    office: Office, tmp_path: Path
) -> None:
    form = word_form(tmp_path / "form.docx", [answer("key", PLAIN, "Click here")])
    actions = [TrackChanges(), TypeInControl(tag="key", text="typed")]
    filled = office.fill_word(form, tmp_path / "filled.docx", actions)
    with pytest.raises(ElementTree.ParseError, match="mismatched tag"):
        ElementTree.fromstring(part(filled, "word/document.xml"))


@pytest.mark.parametrize("kind", [RICH, PLAIN], ids=["rich", "plain"])
def test_2_7_a_long_answer_is_saved_whole(office: Office, tmp_path: Path, kind: str) -> None:
    text = "Seen. " * 5461
    form = word_form(tmp_path / "form.docx", [answer("key", kind, "Click here")])
    filled = office.fill_word(form, tmp_path / "f.docx", [TypeInControl(tag="key", text=text)])
    assert answer_texts(saved(office, filled, "odt", "docx"))["key"] == text


@pytest.mark.parametrize("kind", [RICH, PLAIN], ids=["rich", "plain"])
def test_2_8_nothing_can_be_typed_in_a_form_with_document_protection(office: Office, tmp_path: Path, kind: str) -> None:
    form = word_form(tmp_path / "form.docx", [answer("key", kind, "Click here")], protect="forms")
    with pytest.raises(OfficeError, match="InsertText changed nothing"):
        office.fill_word(form, tmp_path / "filled.docx", [TypeInControl(tag="key", text="typed")])


@pytest.mark.parametrize("kind", [RICH, DATE, PLAIN], ids=["rich", "date", "plain"])
def test_2_9_a_cleared_control_stays_a_control_and_takes_text_again(office: Office, tmp_path: Path, kind: str) -> None:
    xml = answer("key", kind, "Click here")[1]
    clear, again = TypeInControl(tag="key", text=""), TypeInControl(tag="key", text="again")
    assert "<w:sdtContent>" in one(office, tmp_path, xml, clear)
    written = one(office, tmp_path, xml, clear, again)
    assert "<w:t>again</w:t>" in written.split("</w:sdtContent>", maxsplit=1)[0]


# 3. Bookmarks


def test_3_1_typing_over_a_cell_leaves_the_bookmark_around_the_first_word(office: Office, tmp_path: Path) -> None:
    for xml in (
        answer("key", RICH, "Click", alias="Name")[1],
        bookmarked("qaf_key", "<w:r><w:t>x</w:t></w:r>"),
    ):
        typed = one(office, tmp_path, xml, TypeInCell(bookmark="qaf_key", text="one two\nthree"))
        assert typed == (
            '<w:p><w:bookmarkStart w:name="qaf_key"/><w:r><w:t>one</w:t></w:r><w:bookmarkEnd/>'
            '<w:r><w:t xml:space="preserve"> two</w:t></w:r></w:p><w:p><w:r><w:t>three</w:t></w:r></w:p>'
        )


def test_3_2_text_added_after_a_control_is_outside_control_and_bookmark(office: Office, tmp_path: Path) -> None:
    xml = answer("key", RICH, "Seen", alias="Name")[1]
    typed = one(office, tmp_path, xml, AppendToCell(table=0, cell="B1", text=" alone"))
    after = '</w:sdt><w:bookmarkEnd/><w:r><w:t xml:space="preserve"> alone</w:t></w:r></w:p>'
    assert typed == bare("", "qaf_key", "Seen").replace("</w:sdt><w:bookmarkEnd/></w:p>", after)


def test_3_3_an_empty_bookmark_is_started_twice_and_ended_once(office: Office, tmp_path: Path) -> None:
    form = word_form(tmp_path / "form.docx", [("A1", bookmarked("qaf_key", "")), ("A2", "")])
    assert bookmark_names(saved(office, form, "docx", "docx")) == ["qaf_key", "qaf_key"]
    by_rtf = ["qaf_key_Copy_1", "qaf_key", "qaf_key_Copy_1", "qaf_key"]
    assert bookmark_names(saved(office, form, "rtf", "docx")) == by_rtf
    typing = TypeInCell(bookmark="qaf_key", text="typed")
    filled = office.fill_word(form, tmp_path / "filled.docx", [typing])
    assert answers(filled)["A1"] == (
        '<w:p><w:bookmarkStart w:name="qaf_key"/><w:bookmarkEnd/><w:r><w:t>typed</w:t></w:r></w:p>'
    )


@pytest.mark.parametrize("space", [" ", "\u00a0"])
def test_3_4_a_bookmark_around_nothing_but_a_space_is_lost_with_the_space(
    office: Office, tmp_path: Path, space: str
) -> None:
    run = f'<w:r><w:t xml:space="preserve">{space}</w:t></w:r>'
    assert one(office, tmp_path, bookmarked("qaf_key", run)) == f"<w:p>{RUN}</w:p>"


@pytest.mark.parametrize("suffixes", [("docx",), ("odt", "docx"), ("rtf", "docx"), ("doc", "docx")])
def test_3_5_bookmarks_and_custom_properties_survive_every_format(
    office: Office, tmp_path: Path, suffixes: Iterable[str]
) -> None:
    kinds = {"rich": RICH, "check": CHECKBOX, "drop": DROPDOWN, "date": DATE}
    form = word_form(tmp_path / "form.docx", [answer(key, kind, "text") for key, kind in kinds.items()])
    written = saved(office, form, *suffixes)
    assert bookmark_names(written) == [f"qaf_{key}" for key in kinds]
    assert custom_properties(written) == PROPERTIES


# 4. Workbooks


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return excel_form(tmp_path / "form.xlsx")


@pytest.mark.parametrize("suffixes", [("xlsx",), ("ods", "xlsx"), ("xls", "xlsx")])
def test_4_1_names_lists_hidden_columns_and_properties_survive_every_format(
    office: Office, workbook: Path, suffixes: Iterable[str]
) -> None:
    written = saved(office, workbook, *suffixes)
    assert defined_names(written) == defined_names(workbook)
    assert validations(written) == validations(workbook)
    assert custom_properties(written) == PROPERTIES
    assert 'hidden="true"' in part(written, "xl/worksheets/sheet1.xml").split("<sheetData>", maxsplit=1)[0]
    assert sheet_states(written) == {SHEET: "visible", "Lists": "hidden", "Stamp": "hidden"}


def test_4_2_names_and_lists_follow_inserted_and_deleted_rows(office: Office, workbook: Path, tmp_path: Path) -> None:
    actions: list[ExcelAction] = [
        InsertRows(sheet=SHEET, row=3, count=2),
        DeleteRows(sheet=SHEET, row=6),
    ]
    written = office.fill_excel(workbook, tmp_path / "filled.xlsx", actions)
    names = defined_names(written)
    assert names["qaf_q2_answer"] == "'A Practice'!$C$5"
    assert names["qaf_q3_answer"] == "#REF!"
    assert names["qaf_practice"] == "'A Practice'!$A$2:$E$6"
    assert validations(written)["C2:C5"] == '"Yes,Partly,No"'


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("not on the list", "s", "not on the list"),
        ("3/4/25", "n", "45750"),
        ("2025-03-12", "n", "45728"),
        ("12 March 2025", "n", "45728"),
        ("March 2025", "n", "45717"),
        ("12th March 2025", "s", "12th March 2025"),
        ("12.3.25", "s", "12.3.25"),
        ("5/6 churches", "s", "5/6 churches"),
        ("5/60", "s", "5/60"),
        ("007", "n", "7"),
        ("07700900123", "n", "7700900123"),
        ("+44 7700 900123", "s", "+44 7700 900123"),
        ("'007", "s", "007"),
        ("'3/4/25", "s", "3/4/25"),
        ("'seen", "s", "'seen"),
        ("50%", "n", "0.5"),
        ("£1,234.50", "n", "1234.5"),
        ("1,234", "n", "1234"),
        ("1,5", "s", "1,5"),
        ("1e3", "n", "1000"),
        ("12:30", "n", "0.520833333333333"),
        ("TRUE", "b", "1"),
        ("-- none", "s", "-- none"),
        ("=1/0", "e", "#DIV/0!"),
        (" spaces ", "s", " spaces "),
        ("one\ntwo", "s", "one\ntwo"),
        ("x" * 32767, "s", "x" * 32767),
    ],
)
def test_4_3_what_is_typed_in_a_cell_is_saved_as(
    office: Office, workbook: Path, tmp_path: Path, typed: str, kind: str, value: str
) -> None:
    action = TypeInExcel(name="qaf_q1_answer", text=typed)
    written = office.fill_excel(workbook, tmp_path / "filled.xlsx", [action])
    assert sheet_cells(written)["C2"] == (kind, value)


def test_4_4_a_fraction_typed_in_a_cell_becomes_a_day_of_this_year(
    office: Office, workbook: Path, tmp_path: Path
) -> None:
    action = TypeInExcel(name="qaf_q1_answer", text="5/6")
    written = office.fill_excel(workbook, tmp_path / "filled.xlsx", [action])
    fifth_of_june = date(date.today().year, 6, 5) - date(1899, 12, 30)
    assert sheet_cells(written)["C2"] == ("n", str(fifth_of_june.days))


@pytest.mark.parametrize("suffixes", [("xlsx",), ("ods", "xlsx"), ("xls", "xlsx")])
def test_4_5_text_that_looks_like_a_number_stays_text_without_its_quote_prefix(
    office: Office, workbook: Path, suffixes: Iterable[str]
) -> None:
    book = openpyxl.load_workbook(workbook)
    sheet = book[SHEET]
    sheet["D2"], sheet["D3"] = "007", "3/4/25"
    sheet["D2"].quotePrefix = True
    sheet["D3"].number_format = "@"
    book.save(workbook)
    written = saved(office, workbook, *suffixes)
    cells = sheet_cells(written)
    assert (cells["D2"], cells["D3"]) == (("s", "007"), ("s", "3/4/25"))
    assert "quotePrefix" not in part(written, "xl/styles.xml")
