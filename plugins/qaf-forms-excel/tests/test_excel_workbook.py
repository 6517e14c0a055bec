"""The workbook that goes out: what stands in it, what it accepts, and that it is always the same."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from qaf_forms import Form, QafFormsError, Stamp, Toolkit
from qaf_forms.plugin import Copy, Layout, Value
from qaf_forms_excel.rendering import ExcelRenderer
from qaf_forms_excel.widths import column_widths

MET = {"levels": [{"code": "met", "label": "Met"}, {"code": "not_met", "label": "Not met"}]}
SPOKEN = {"levels": [{"code": "yes", "label": "Yes, alone"}, {"code": "no", "label": "No, with a parent"}]}


def form_of(*items: Mapping[str, Any], title: str = "Early help") -> Form:
    return Form.model_validate(
        {
            "id": "small_form",
            "version": "1",
            "title": "A small form",
            "kind": "case_audit",
            "owner": "Anytown Safeguarding Partnership",
            "roles": {"agency": "Auditing agency", "partnership": "Support Unit"},
            "scales": {"met": MET, "spoken": SPOKEN},
            "sections": [{"id": "part", "title": title, "items": list(items)}],
        }
    )


def rendered(form: Form, answers: Mapping[str, Value] | None = None, role: str | None = "agency") -> bytes:
    layout = Layout(form)
    stamp = Stamp(form.id, form.version, layout.fingerprint, "round_1", "police", cover={"return_by": "1 May 2025"})
    return next(iter(ExcelRenderer().render(layout, [Copy(stamp, answers or {}, role)])))


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def named(book: Any, key: str, form: Form) -> Any:
    """The cell that the name of this key marks."""
    field = Layout(form).field(key)
    assert field is not None
    sheet, _, address = book.defined_names[field.anchor].attr_text.rpartition("!")
    return book[sheet.strip("'").replace("''", "'")][address.replace("$", "")]


def validation_of(cell: Any) -> Any:
    return next(one for one in cell.parent.data_validations.dataValidation if cell.coordinate in one.sqref)


def test_a_choice_offers_its_levels_in_a_list() -> None:
    form = form_of({"id": "level", "type": "choice", "ask": "Which?", "scale": "met"})
    rule = validation_of(named(opened(rendered(form)), "level", form))
    assert (rule.type, rule.formula1) == ("list", '"Met,Not met"')
    assert "list" in rule.prompt
    assert "choose" in rule.error


def test_levels_with_commas_stand_on_a_hidden_sheet() -> None:
    form = form_of({"id": "level", "type": "choice", "ask": "Spoken to?", "scale": "spoken"})
    book = opened(rendered(form))
    assert validation_of(named(book, "level", form)).formula1 == "'Lists'!$A$2:$A$3"
    assert book["Lists"].sheet_state == "hidden"
    assert [book["Lists"]["A2"].value, book["Lists"]["A3"].value] == ["Yes, alone", "No, with a parent"]


def test_a_whole_number_is_asked_for_within_its_bounds() -> None:
    form = form_of({"id": "visits", "type": "integer", "ask": "Visits?", "minimum": 0, "maximum": 30})
    cell = named(opened(rendered(form)), "visits", form)
    rule = validation_of(cell)
    assert (rule.type, rule.formula1, rule.formula2) == ("whole", "0", "30")
    assert "from 0 to 30" in rule.error
    assert cell.number_format == "0"


def test_a_date_cell_shows_day_month_and_year() -> None:
    form = form_of({"id": "seen_on", "type": "date", "ask": "Seen on?"})
    cell = named(opened(rendered(form, {"seen_on": date(2025, 3, 12)})), "seen_on", form)
    assert cell.value == datetime(2025, 3, 12)
    assert cell.number_format == "dd/mm/yyyy"
    assert validation_of(cell).type == "date"


def test_a_date_that_programs_disagree_on_is_written_as_text() -> None:
    form = form_of({"id": "born", "type": "date", "ask": "Born?"})
    cell = named(opened(rendered(form, {"born": date(1900, 2, 28)})), "born", form)
    assert cell.value == "28/02/1900"


@pytest.mark.parametrize("text", ["=1+1", "+44 20 7946 0000", "-5", "@home", "007", "12/03/2025", "1E5", "TRUE"])
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    form = form_of({"id": "note", "type": "text", "ask": "Note?"})
    cell = named(opened(rendered(form, {"note": text})), "note", form)
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_text_longer_than_a_cell_is_refused_by_its_key_and_never_cut() -> None:
    form = form_of({"id": "life", "type": "paragraph", "ask": "Life?"})
    with pytest.raises(QafFormsError, match=r"life: 32,768 characters") as raised:
        rendered(form, {"life": "x" * 32_768})
    assert "xxx" not in str(raised.value)


def test_escapes_do_not_make_a_long_text_too_long() -> None:
    form = form_of({"id": "life", "type": "paragraph", "ask": "Life?"})
    text = "_x000D_" * 4_681
    returned = Toolkit().read(rendered(form, {"life": text}), form)
    assert returned.values == {"life": text}


def test_only_answers_are_open_and_no_password_is_needed() -> None:
    form = form_of({"id": "note", "type": "text", "ask": "Note?"})
    book = opened(rendered(form))
    sheet = book["A Early help"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not sheet.protection.formatRows
    assert not named(book, "note", form).protection.locked
    assert sheet["C3"].protection.locked


def test_what_is_worked_out_is_locked_for_every_role_and_shown_with_its_places() -> None:
    number = {"id": "n", "type": "integer", "ask": "How many?"}
    share: dict[str, Any] = {
        "id": "share",
        "type": "calculated",
        "ask": "Share",
        "calculate": "ratio",
        "of": ["n", "n"],
    }
    share |= {"per": 100, "unit": "%", "places": 2}
    total = {"id": "total", "type": "calculated", "ask": "Total", "calculate": "sum", "of": ["n"]}
    form = form_of(number, share, total)
    for role in ("agency", None):
        book = opened(rendered(form, role=role))
        cells = [named(book, key, form) for key in ("share", "total")]
        assert [str(one.value)[:1] for one in cells] == ["=", "="]
        assert [one.protection.locked for one in cells] == [True, True]
        assert [one.number_format for one in cells] == ['0.00"%"', "General"]
        assert not any(cells[0].coordinate in one.sqref for one in cells[0].parent.data_validations.dataValidation)
    filled = load_workbook(io.BytesIO(Toolkit().render(form, "excel", answers={"n": 4})), data_only=True)
    assert [named(filled, key, form).value for key in ("share", "total")] == [100, 4]
    words = str(named(filled, "share", form).parent["C5"].value)
    assert words.endswith("Worked out for you: A1 as a percentage of A1.")


def test_the_cells_of_another_role_are_locked_and_say_whose_they_are() -> None:
    form = form_of(
        {"id": "grade", "type": "choice", "ask": "Grade?", "scale": "met", "filled_by": "partnership"},
        {"id": "note", "type": "text", "ask": "Note?"},
    )
    book = opened(rendered(form))
    cell = named(book, "grade", form)
    assert cell.protection.locked
    assert "For Support Unit to complete" in str(cell.offset(0, -1).value)
    for role, locked in (("partnership", False), (None, False)):
        assert named(opened(rendered(form, role=role)), "grade", form).protection.locked is locked


def test_each_level_of_a_question_with_several_answers_has_a_cell_to_tick() -> None:
    form = form_of({"id": "who", "type": "choices", "ask": "Who?", "scale": "met"})
    book = opened(rendered(form, {"who": ("not_met",)}))
    field = Layout(form).field("who")
    assert field is not None
    assert field.anchor not in book.defined_names
    sheet = book["A Early help"]
    cells = [sheet[book.defined_names[tick.anchor].attr_text.rpartition("$")[0][-1] + "5"] for tick in field.ticks]
    assert [cell.column_letter for cell in cells] == ["D", "D"]
    assert [sheet["C5"].value, sheet["D5"].value] == ["Met", None]
    assert [sheet["C6"].value, sheet["D6"].value] == ["Not met", "x"]


def test_a_table_prints_as_many_rows_as_its_answers_need() -> None:
    table = {
        "id": "actions",
        "type": "table",
        "ask": "Actions",
        "blank_rows": 2,
        "columns": [{"id": "what", "title": "What", "type": "text"}],
    }
    form = form_of(table)
    book = opened(rendered(form, {"actions[4].what": "A fourth"}))
    assert named(book, "actions[4].what", form).value == "A fourth"
    block = Layout(form).tables["actions"]
    assert book.defined_names[block.anchor].attr_text == "'A Early help'!$C$4"


def test_columns_that_belong_together_have_a_head_above_theirs() -> None:
    grid = {
        "id": "core",
        "type": "grid",
        "columns": [
            {"id": "own", "title": "Your view", "type": "choice", "scale": "met", "under": "Judgement"},
            {"id": "ours", "title": "Our view", "type": "choice", "scale": "met", "under": "Judgement"},
        ],
        "rows": [{"id": "seen", "text": "Seen"}],
    }
    sheet = opened(rendered(form_of(grid)))["A Early help"]
    assert [sheet["D3"].value, sheet["E3"].value] == ["Judgement", None]
    assert [sheet["D4"].value, sheet["E4"].value] == ["Your view", "Our view"]


def test_no_answer_cell_is_merged() -> None:
    form = form_of({"id": "note", "type": "text", "ask": "Note?"}, {"type": "note", "text": "Some prose."})
    book = opened(rendered(form))
    cell = named(book, "note", form)
    assert not any(cell.coordinate in merged for merged in cell.parent.merged_cells.ranges)


def test_answer_rows_grow_when_more_is_typed() -> None:
    form = form_of({"id": "life", "type": "paragraph", "ask": "Life?"})
    with zipfile.ZipFile(io.BytesIO(rendered(form))) as parts:
        sheet = parts.read("xl/worksheets/sheet2.xml").decode()
    assert '<row r="4" ht="58">' in sheet


def test_sheet_names_are_plain_short_and_different() -> None:
    long = "Working together: sharing [information] across all agencies/services"
    sections = [
        {"id": f"part_{number}", "title": long, "items": [{"type": "note", "text": "Prose"}]} for number in range(3)
    ]
    form = form_of({"id": "note", "type": "text", "ask": "Note?"})
    form = Form.model_validate({**form.model_dump(mode="json", exclude_defaults=True), "sections": sections})
    names = opened(rendered(form)).sheetnames[1:4]
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert len({name.casefold() for name in names}) == 3
    assert names[0] == "A Working together sharing"


def test_sheets_print_on_a4_across_one_page_with_their_head_repeated() -> None:
    sheet = opened(rendered(form_of({"id": "note", "type": "text", "ask": "Note?"})))["A Early help"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "A4"


def a_grid(id: str, last: str = "Evidence") -> dict[str, Any]:
    columns = [{"id": "answer", "title": "Answer", "type": "text"}, {"id": "last", "title": last, "type": "text"}]
    return {"id": id, "type": "grid", "columns": columns, "rows": [{"id": "r", "text": "Seen alone?"}]}


@pytest.mark.parametrize(
    ("second", "repeated", "frozen"), [("Evidence", "$3:$3", "A4"), ("Action", "$1:$1", "A2"), ("", "$2:$2", "A3")]
)
def test_heads_that_say_the_same_are_kept_in_sight_and_repeated(second: str, repeated: str, frozen: str) -> None:
    other = a_grid("two", second) if second else {"id": "note", "type": "text", "ask": "Note?"}
    sheet = opened(rendered(form_of(a_grid("one"), other)))["A Early help"]
    assert (sheet.print_title_rows, sheet.freeze_panes) == (repeated, frozen)


def test_a_sheet_opens_with_its_first_answer_that_is_open_chosen() -> None:
    moderated = {"id": "moderated", "type": "text", "ask": "Moderated?", "filled_by": "partnership"}
    book = opened(rendered(form_of(moderated, {"id": "note", "type": "text", "ask": "Note?"})))
    view = book["A Early help"].sheet_view
    assert [(one.pane, one.activeCell, one.sqref) for one in view.selection] == [("bottomLeft", "D5", "D5")]
    assert [one.activeCell for one in book["Start here"].sheet_view.selection] == ["B1"]
    assert not any(sheet.sheet_view.tabSelected for sheet in book)


def test_excel_does_not_offer_to_make_numbers_of_texts() -> None:
    data = rendered(form_of({"id": "note", "type": "text", "ask": "Note?"}), {"note": "007"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) > 2
    for sheet in sheets:
        (ignored,) = etree.fromstring(sheet).iter("{*}ignoredError")
        assert (ignored.get("sqref"), ignored.get("numberStoredAsText")) == ("A1:XFD1048576", "1")


def test_the_stamp_is_on_the_cover_in_the_properties_and_on_a_hidden_sheet() -> None:
    book = opened(rendered(form_of({"id": "note", "type": "text", "ask": "Note?"})))
    words = [cell.value for row in book["Start here"].iter_rows() for cell in row if cell.value]
    assert "1 May 2025" in words
    assert any("Recipient police" in str(word) for word in words)
    assert book.custom_doc_props["qaf_recipient"].value == "police"
    assert book["qaf"].sheet_state == "veryHidden"
    assert ("qaf_recipient", "police") in [(row[0].value, row[1].value) for row in book["qaf"].iter_rows()]


def test_nothing_of_the_clock_is_in_the_file() -> None:
    form = form_of({"id": "note", "type": "text", "ask": "Note?"})
    data = rendered(form)
    assert data == rendered(form)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in parts.read("docProps/core.xml")


def test_characters_stand_in_the_file_as_themselves() -> None:
    form = form_of({"id": "life", "type": "text", "ask": "Life? 🙂"}, title="Dzieci ąę")
    with zipfile.ZipFile(io.BytesIO(rendered(form, {"life": "Zoë 🙂 &#128578;\n中"}))) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    assert not [number for part in parts for number in re.findall(rb"&#[0-9]{3,7};", part)]
    assert any("Zoë 🙂 &amp;#128578;".encode() in part for part in parts)


def test_nothing_is_written_to_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", refuse)
    assert rendered(form_of({"id": "note", "type": "text", "ask": "Note?"}))


def test_a_heading_among_rows_and_a_stem_stand_in_cells_of_their_own_without_answers() -> None:
    rows = [
        {"title": "2. Policies"},
        {"id": "r", "text": "A row"},
        {"text": "A stem", "prompts": [{"id": "p", "text": "First"}]},
    ]
    columns = [{"id": "level", "title": "Level", "type": "choice", "scale": "met"}]
    form = form_of({"id": "core", "type": "grid", "ask": "Standards", "columns": columns, "rows": rows})
    book = opened(rendered(form))
    first = named(book, "core.r.level", form)
    sheet = first.parent
    heading, stem = (sheet.cell(first.row + place, 4) for place in (-1, 1))
    assert [sheet.cell(one.row, 3).value for one in (heading, stem)] == ["2. Policies", "A stem"]
    assert sheet.cell(stem.row + 1, 2).value == "A1.2a"
    assert all(one.value is None and one.protection.locked for one in (heading, stem))
    assert not any(
        one.coordinate in rule.sqref for one in (heading, stem) for rule in sheet.data_validations.dataValidation
    )
    merged = {row for one in sheet.merged_cells.ranges for row in range(one.min_row, one.max_row + 1)}
    assert merged.isdisjoint(range(heading.row, stem.row + 2)), "rows with merged cells cannot be sorted"
    fills = {sheet.cell(heading.row, column).fill.fgColor.rgb for column in (2, 3, 4)}
    assert len(fills) == 1
    assert fills != {first.fill.fgColor.rgb}


def test_what_is_given_is_locked_and_shaded_takes_no_choice_and_belongs_to_nobody() -> None:
    columns = [
        {"id": "standard", "title": "Standard", "type": "choice", "scale": "met", "required": True},
        {"id": "level", "title": "Level", "type": "choice", "scale": "met"},
    ]
    rows = [{"id": "r", "text": "A row", "given": {"standard": "Met"}}]
    table = {
        "id": "t",
        "type": "table",
        "ask": "Rows",
        "prefill": {"locked": ["u"], "rows": [{"u": "R1", "v": "By May"}]},
        "columns": [{"id": "u", "title": "U", "type": "text"}, {"id": "v", "title": "V", "type": "text"}],
    }
    form = form_of({"id": "core", "type": "grid", "ask": "Standards", "columns": columns, "rows": rows}, table)
    book = opened(Toolkit().render(form, "excel", role=None))
    given, open_ = named(book, "core.r.standard", form), named(book, "core.r.level", form)
    assert (given.value, given.protection.locked, open_.protection.locked) == ("Met", True, False)
    assert given.fill.fgColor.rgb == "FFE4E4E4"
    assert not any(given.coordinate in rule.sqref for rule in given.parent.data_validations.dataValidation)
    ref, proposed, blank = (named(book, key, form) for key in ("t[1].u", "t[1].v", "t[2].u"))
    assert [one.value for one in (ref, proposed, blank)] == ["R1", "By May", None]
    assert [one.protection.locked for one in (ref, proposed, blank)] == [True, False, False]
    words = [str(cell.value) for row in given.parent.iter_rows() for cell in row]
    assert not [word for word in words if "leave this empty" in word or "Answer needed" in word]


def test_long_descriptors_stand_on_the_sheet_of_meanings_and_short_ones_under_their_row_as_well() -> None:
    rows = [
        {"id": "r", "text": "A row", "descriptors": {"level": {"met": "Everyone can find it. " * 15}}},
        {"id": "q", "text": "Another row", "descriptors": {"level": {"not_met": "Nobody can find it."}}},
    ]
    columns = [{"id": "level", "title": "Level", "type": "choice", "scale": "met"}]
    form = form_of({"id": "core", "type": "grid", "ask": "Standards", "columns": columns, "rows": rows})
    book = opened(rendered(form))
    first = named(book, "core.r.level", form)
    words = [str(first.parent.cell(first.row + place, 3).value) for place in (0, 1)]
    assert "What each answer means here: see “What the answers mean” at the end, A1.1." in words[0]
    assert "Everyone" not in words[0]
    assert "Not met: Nobody can find it." in words[1]
    meanings = [str(cell.value) for row in book["What the answers mean"].iter_rows() for cell in row if cell.value]
    assert meanings[1:] == [
        "A1.1 A row",
        f"Met: {'Everyone can find it. ' * 15}".strip(),
        "A1.2 Another row",
        words[1].split("\n")[1],
    ]


def test_a_formula_in_a_calculated_cell_is_nothing_to_speak_of_and_a_stale_result_is() -> None:
    form = form_of(
        {"id": "n", "type": "integer", "ask": "How many?"},
        {"id": "total", "type": "calculated", "ask": "Total", "calculate": "sum", "of": ["n"]},
    )
    data = Toolkit().render(form, "excel", answers={"n": 4})
    assert Toolkit().read(data, form).problems == ()
    stale = changed(data, rb"</f><v>4</v>", rb"</f><v>5</v>")
    assert [one.code for one in Toolkit().read(stale, form).problems] == ["R146"]
    typed = changed(data, rb"<v>4</v></c></row>", rb"<f>2+2</f><v>4</v></c></row>")
    assert [(one.code, one.key) for one in Toolkit().read(typed, form).problems] == [("R115", "n")]


def test_no_word_of_the_form_or_of_an_answer_becomes_a_part_of_a_formula() -> None:
    label = 'Met")+1+("<&> =1'
    scale = {"levels": [{"code": "met", "label": label, "score": 1}, {"code": "not", "label": "Not", "score": 0}]}
    form = form_of(
        {"id": "level", "type": "choice", "ask": "Which?", "scale": scale},
        {"id": "note", "type": "text", "ask": "Note?"},
        {"id": "points", "type": "calculated", "ask": "Points", "calculate": "sum", "of": ["level"]},
        title="It's =1+1",
    )
    book = opened(Toolkit().render(form, "excel", answers={"level": "met", "note": "=1+1"}))
    formula = str(named(book, "points", form).value)
    assert formula.count('"Met"")+1+(""<&> =1"') == 2
    assert "Not" in formula
    assert [one.value for row in book["A It's =1+1"] for one in row if one.data_type == "f"] == [formula]


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with something in its first section's sheet replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "xl/worksheets/sheet2.xml":
                assert old in part
                part = part.replace(old, new, 1)
            after.writestr(name, part)
    return out.getvalue()


def test_screen_readers_are_told_which_cells_are_heads() -> None:
    columns = [{"id": "level", "title": "Level", "type": "choice", "scale": "met"}]
    form = form_of(
        {"id": "note", "type": "text", "ask": "Note?"},
        {"id": "core", "type": "grid", "columns": columns, "rows": [{"id": "seen", "text": "Seen?"}]},
    )
    book = opened(rendered(form))
    regions = {name: one.attr_text for name, one in book.defined_names.items() if name.startswith("TitleRegion")}
    assert regions == {
        "TitleRegion201.B3.D4.2": "'A Early help'!$B$3",
        "TitleRegion202.B6.D7.2": "'A Early help'!$B$6",
    }
    sheet = book["A Early help"]
    assert [sheet[place].value for place in ("B3", "D3", "B6", "D6")] == ["Ref.", "Answer", "Ref.", "Level"]


def test_no_cells_are_merged_where_answers_stand() -> None:
    form = Toolkit().form("section_11_self_assessment")
    book = opened(Toolkit().render(form, "excel"))
    for field in Layout(form).fields:
        for anchor in [tick.anchor for tick in field.ticks] or [field.anchor]:
            sheet, _, address = book.defined_names[anchor].attr_text.rpartition("!")
            merged = book[sheet.strip("'").replace("''", "'")].merged_cells.ranges
            assert not [one for one in merged if address.replace("$", "") in one]


def test_a_sheet_of_many_columns_prints_in_letters_that_can_be_read() -> None:
    """Across one page of A4 on its side, 205 digits of 10 points are about 6.5 points high."""
    columns = [{"id": f"c{number}", "title": f"What {number}", "type": "paragraph"} for number in range(8)]
    row = {
        "id": "r",
        "text": "How well do you know the children who live with neglect in your area?",
    }
    form = form_of({"id": "g", "type": "grid", "columns": columns, "rows": [row]})
    widths = column_widths(Layout(form).sections[0])
    assert sum(widths) == pytest.approx(205, abs=2)
    assert min(widths[2:]) >= 16
