"""Grids and tables with a column to tick for each level: how they are written, and how they are read again."""

import io
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from qaf_forms import Form, Return, Route, Stamp, Toolkit
from qaf_forms.collect.sending_back import sent_back
from qaf_forms.issue.answers import nest
from qaf_forms.plugin import Copy, Field, Layout, Remark
from qaf_forms_excel import columns, widths
from qaf_forms_excel.rendering import ExcelRenderer
from tests.laws.mangled_excel import MANGLED, inserted_rows, no_keys, through

KIT = Toolkit()
LEVELS = [
    {"code": "met", "label": "Met", "score": 2},
    {"code": "partly", "label": "Partly met", "score": 1},
    {"code": "na", "label": "Not applicable", "is_na": True},
]
AGENCIES = [
    {"code": "police", "label": "Police"},
    {"code": "care", "label": "Children’s social care"},
    {"code": "school", "label": "School or college"},
]
WHO: dict[str, Any] = {"id": "who", "title": "Who was involved?", "type": "choices", "scale": "agencies"}
GRID: dict[str, Any] = {
    "id": "core",
    "type": "grid",
    "ask": "Meetings",
    "columns": [
        {"id": "level", "title": "Level", "type": "choice", "scale": "met"},
        {**WHO, "required": {"when": {"level": ["met"]}}, "help": "Those invited count too."},
        {"id": "acted", "title": "Who acted?", "type": "choices", "scale": "agencies"},
        {"id": "evidence", "title": "How do you know?", "type": "paragraph"},
    ],
    "rows": [
        {"id": "seen", "text": "The child was seen alone"},
        {"id": "heard", "text": "The child’s words were written down"},
        {"id": "told", "text": "Somebody told the child what follows"},
    ],
}
TABLE: dict[str, Any] = {
    "id": "actions",
    "type": "table",
    "ask": "Actions",
    "blank_rows": 3,
    "columns": [
        {"id": "what", "title": "What will change", "type": "text"},
        {**WHO, "title": "Who will do it", "required": True},
        {"id": "due", "title": "By when", "type": "date"},
    ],
}
ANSWERS: dict[str, Any] = {
    "ref": "N-07",
    "core": {
        "seen": {"level": "met", "who": ["police", "school"], "acted": ["care"], "evidence": "Notes"},
        "heard": {"who": ["care"], "acted": ["police", "care", "school"]},
        "told": {"level": "na", "evidence": "Nothing said"},
    },
    "actions": [
        {"what": "Visit weekly", "who": ["care"], "due": "2025-06-01"},
        {"what": "Write it down", "who": ["police", "care"]},
    ],
}


def form_of(*items: Mapping[str, Any]) -> Form:
    return Form.model_validate(
        {
            "id": "ticks",
            "version": "1",
            "title": "Ticks",
            "kind": "case_audit",
            "owner": "Anytown Safeguarding Partnership",
            "roles": {"agency": "Agency", "partnership": "Support Unit"},
            "scales": {"met": {"levels": LEVELS}, "agencies": {"levels": AGENCIES}},
            "sections": [{"id": "s", "title": "Questions", "items": list(items)}],
        }
    )


FORM = form_of({"id": "ref", "type": "text", "ask": "Case reference"}, GRID, TABLE)
LAYOUT = Layout(FORM)
SHEET = "A Questions"


def issued(answers: Mapping[str, Any] = ANSWERS, form: Form = FORM, **how: Any) -> bytes:
    return KIT.render(form, "excel", answers=answers, **how)


def space(key: str, layout: Layout = LAYOUT) -> Field:
    field = layout.field(key)
    assert field is not None
    return field


def place(book: Any, key: str, level: str = "", layout: Layout = LAYOUT) -> str:
    """Where the answer to `key` stands, or the tick of one of its levels."""
    field = space(key, layout)
    name = next((tick.anchor for tick in field.ticks if tick.level.code == level), field.anchor)
    return str(book.defined_names[name].attr_text.rpartition("!")[2].replace("$", ""))


def changed(change: Callable[[Any], None], data: bytes | None = None) -> bytes:
    """The workbook after something was typed into the sheet of its section."""
    book = load_workbook(io.BytesIO(data or issued()), rich_text=True)
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def typed(values: Mapping[tuple[str, str], Any], answers: Mapping[str, Any] | None = None) -> Return:
    """What is read after these values were typed into the cells of ticks, by key and level."""

    def change(book: Any) -> None:
        for (key, level), value in values.items():
            book[SHEET][place(book, key, level)] = value

    return KIT.read(changed(change, issued({} if answers is None else answers)), FORM)


def told(returned: Return) -> list[tuple[str, str, str]]:
    return [(one.code, one.key, one.value) for one in returned.problems if one.code != "R101"]


def test_each_level_of_a_grid_s_column_has_a_column_to_tick() -> None:
    book = load_workbook(io.BytesIO(issued()))
    sheet = book[SHEET]
    cells = [place(book, "core.seen.who", level["code"]) for level in AGENCIES]
    assert [cell[0] for cell in cells] == ["E", "F", "G"]
    assert [sheet[cell].value for cell in cells] == ["x", None, "x"]
    assert all(not sheet[cell].protection.locked for cell in cells)
    assert space("core.seen.who").anchor not in book.defined_names
    head = sheet[cells[0]].row - 1
    assert [sheet.cell(head, column).value for column in range(5, 8)] == [one["label"] for one in AGENCIES]
    assert str(sheet.cell(head - 1, 5).value).startswith("Who was involved?\nThose invited count too.")
    marks = [sheet.cell(head - 2, column).value for column in range(4, 12)]
    ticks = [f"qaf:{column}#{one['code']}" for column in ("who", "acted") for one in AGENCIES]
    assert marks == ["qaf:level", *ticks, "qaf:evidence"]
    assert sheet.row_dimensions[head - 2].hidden


def test_a_cell_to_tick_says_what_it_is_for_and_takes_an_x() -> None:
    book = load_workbook(io.BytesIO(issued()))
    cell = place(book, "actions[2].who", "school")
    rule = next(one for one in book[SHEET].data_validations.dataValidation if cell in one.sqref)
    assert (rule.type, rule.formula1, rule.errorStyle) == ("list", '"x"', "warning")
    assert rule.prompt == "Who will do it: School or college\nPut an x here if this applies."


def test_what_is_written_is_read_by_the_names_of_the_ticks() -> None:
    returned = KIT.read(issued(), FORM)
    assert nest(returned.values) == ANSWERS
    assert (returned.extras, told(returned)) == ((), [])
    assert {answer.route for answer in returned.answers.values()} == {Route.NAME}


def told_but_marks(returned: Return) -> list[str]:
    """The extras, without names and notes that were put in, and marks seen where the key column was deleted."""
    return [one.text for one in returned.extras if not one.text.startswith(("qaf:", "our note", "Bob's tab"))]


@pytest.mark.parametrize("way", MANGLED)
def test_ticks_are_read_however_the_workbook_was_treated(way: str) -> None:
    returned = KIT.read(MANGLED[way](issued()), FORM)
    assert nest(returned.values) == ANSWERS
    assert told_but_marks(returned) == []


@pytest.mark.parametrize("way", MANGLED)
def test_awkward_columns_to_tick_are_read_however_the_workbook_was_treated(way: str) -> None:
    """Scales of one level, scales that share some labels, ticks before everything else, and the same title twice."""
    one = {**WHO, "id": "one", "title": "Done?", "scale": {"levels": AGENCIES[:1]}}
    some = {
        **WHO,
        "id": "some",
        "title": "Who else?",
        "scale": {"levels": [*AGENCIES[:2], {"code": "z", "label": "Z"}]},
    }
    note = {"id": "note", "title": "Note", "type": "text"}
    first = {**GRID, "id": "first", "columns": [WHO, some, note], "rows": GRID["rows"][:2]}
    question = {"id": "there", "type": "choices", "ask": "Who was there?", "scale": "agencies"}
    second = {**GRID, "id": "second", "columns": [one, note, some]}
    own = {**TABLE, "columns": [some, note, one]}
    form = form_of(first, question, second, own)
    answers = {
        "first": {"seen": {"who": ["police"], "some": ["police", "z"]}, "heard": {"some": ["care"], "note": "Now"}},
        "there": ["care", "school"],
        "second": {"seen": {"one": ["police"], "note": "Then", "some": ["z"]}, "told": {"some": ["police"]}},
        "actions": [{"some": ["police", "care"], "note": "Soon"}, {"note": "Later", "one": ["police"]}],
    }
    data = KIT.render(form, "excel", answers=answers)
    returned, asked = KIT.read(MANGLED[way](data), form), set()
    if way == "rows inserted, names left behind, no keys":
        asked = {one.key for one in returned.problems}
    expected = KIT.read(data, form).values
    assert returned.values == {key: value for key, value in expected.items() if key not in asked}
    assert told_but_marks(returned) == []


def test_names_left_behind_in_a_row_of_text_do_not_make_ticks_of_it() -> None:
    """Rows were inserted by a library, and the hidden keys deleted: names of one grid stand in a row of another."""
    note = [{"id": one, "title": f"Note {one}", "type": "text"} for one in ("a", "b")]
    form = form_of({**GRID, "id": "notes", "columns": note}, {**GRID, "columns": [WHO, note[0]]})
    answers = {
        "notes": {row["id"]: {"a": f"First {row['id']}", "b": f"Second {row['id']}"} for row in GRID["rows"]},
        "core": {"seen": {"who": ["police"], "a": "Third"}},
    }
    data = KIT.render(form, "excel", answers=answers)
    returned = KIT.read(through(partial(inserted_rows, names=False), no_keys)(data), form)
    asked = {one.key for one in returned.problems}
    expected = KIT.read(data, form).values
    assert {key: one for key, one in returned.values.items() if expected[key] != one and key not in asked} == {}
    assert returned.values["notes.seen.a"] == "First seen"


@pytest.mark.parametrize("tick", ["x", "X", "v", "✓", "✔", "yes", "Yes", True, 1, "1", "Children’s social care"])
def test_a_tick_may_be_typed_in_many_ways(tick: Any) -> None:
    returned = typed({("core.seen.who", "care"): tick, ("actions[1].who", "care"): tick})
    assert returned.values == {"core.seen.who": ("care",), "actions[1].who": ("care",)}
    assert told(returned) == []


def test_labels_typed_into_one_cell_are_the_answer() -> None:
    returned = typed({("core.seen.who", "care"): "Police; School or college"})
    assert returned.values == {"core.seen.who": ("police", "school")}
    assert told(returned) == []


def test_labels_typed_into_one_cell_beside_ticks_are_asked_about() -> None:
    returned = typed({("core.seen.who", "police"): "Police; School or college", ("core.seen.who", "care"): "x"})
    assert [one[:2] for one in told(returned)] == [("R160", "core.seen.who")]
    assert "Police: Police; School or college" in {one[2] for one in told(returned)}


def test_the_label_of_another_level_is_asked_about() -> None:
    returned = typed({("core.seen.who", "police"): "School or college"})
    assert returned.values == {}
    assert told(returned) == [("R160", "core.seen.who", "Police: School or college")]


def test_words_in_a_cell_to_tick_are_asked_about_where_they_stand() -> None:
    returned = typed({("core.seen.who", "police"): "x", ("core.seen.who", "school"): "by telephone"})
    assert returned.values == {"core.seen.who": ("police",)}
    assert told(returned) == [("R102", "core.seen.who", "School or college: by telephone")]
    book = load_workbook(io.BytesIO(issued()))
    assert place(book, "core.seen.who", "school") in returned.problems[0].place


def test_rows_added_below_a_table_are_read() -> None:
    def change(book: Any) -> None:
        sheet = book[SHEET]
        row = sheet[place(book, "actions[3].what")].row
        for number, ticks in ((row, "EF"), (row + 1, "D"), (row + 2, "DF")):
            sheet.cell(number, 3).value = f"Row {number - row + 3}"
            for column in ticks:
                sheet[f"{column}{number}"] = "x"

    returned = KIT.read(changed(change), FORM)
    rows = nest(returned.values)["actions"][2:]
    assert rows == [
        {"what": "Row 3", "who": ["care", "school"]},
        {"what": "Row 4", "who": ["police"]},
        {"what": "Row 5", "who": ["police", "school"]},
    ]
    assert (returned.extras, told(returned)) == ((), [])


def test_a_row_that_was_deleted_is_missing_and_the_others_stay() -> None:
    def change(book: Any) -> None:
        row = book[SHEET][place(book, "core.heard.who", "care")].row
        book[SHEET].delete_rows(row)

    values = KIT.read(changed(change), FORM).values
    assert values["core.seen.who"] == ("police", "school")
    assert "core.heard.who" not in values
    assert values["actions[2].who"] == ("police", "care")


def test_the_row_of_two_columns_with_the_same_levels_is_read_by_their_titles() -> None:
    """Neither names nor keys are left, and a column was put in between."""

    def change(book: Any) -> None:
        book[SHEET].insert_cols(8)

    returned = KIT.read(MANGLED["no names, no keys"](changed(change)), FORM)
    assert nest(returned.values) == ANSWERS
    assert {answer.route for key, answer in returned.answers.items() if key.startswith("core")} == {Route.CODE}


@pytest.mark.parametrize("way", ["as it was issued", "no names", "no keys", "no names, no keys"])
def test_a_title_that_was_lost_is_not_missed_where_no_other_column_has_the_levels(way: str) -> None:
    form = form_of({**GRID, "columns": [GRID["columns"][0], *GRID["columns"][2:]]})
    core = {"seen": {"level": "met", "acted": ["care", "police"]}, "told": {"acted": ["school"], "evidence": "Notes"}}

    def change(book: Any) -> None:
        assert str(book[SHEET].cell(4, 5).value).startswith("Who acted?")
        book[SHEET].cell(4, 5).value = None

    returned = KIT.read(MANGLED[way](changed(change, KIT.render(form, "excel", answers={"core": core}))), form)
    core["seen"]["acted"] = ["police", "care"]
    assert nest(returned.values) == {"core": core}
    assert returned.extras == ()


def test_a_label_that_was_reworded_is_told_and_its_ticks_are_read_by_their_marks() -> None:
    def change(book: Any) -> None:
        head = book[SHEET][place(book, "actions[1].who", "school")].row - 1
        assert book[SHEET].cell(head, 6).value == "School or college"
        book[SHEET].cell(head, 6).value = "Schools"

    answers = {"actions": [{"what": "Call", "who": ["police", "school"]}]}
    returned = KIT.read(changed(change, issued(answers)), FORM)
    assert returned.values["actions[1].who"] == ("police", "school")
    assert ([one.text for one in returned.extras], told(returned)) == (["Schools"], [])


def test_rows_are_found_by_their_wording_without_codes() -> None:
    def change(book: Any) -> None:
        sheet = book[SHEET]
        for key in ("core.seen.level", "core.heard.level", "core.told.level"):
            sheet.cell(sheet[place(book, key)].row, 2).value = None

    returned = KIT.read(MANGLED["no names, no keys"](changed(change)), FORM)
    assert nest(returned.values) == ANSWERS
    assert {answer.route for key, answer in returned.answers.items() if key.startswith("core")} == {Route.WORDING}


def test_a_tick_column_that_was_deleted_is_told() -> None:
    def change(book: Any) -> None:
        for name in [tick.anchor for key in ("core.seen.who", "core.heard.who") for tick in space(key).ticks]:
            del book.defined_names[name]
        book[SHEET].delete_cols(6)

    returned = KIT.read(MANGLED["no names"](changed(change)), FORM)
    assert returned.values["core.seen.who"] == ("police", "school")
    assert ("R119", "core.seen.who", "Children’s social care") in told(returned)
    assert "core.heard.who" not in returned.values


@pytest.mark.parametrize(
    ("first", "last", "keys"),
    [
        (("core.seen.who", "police"), ("core.seen.who", "care"), {"core.seen.who"}),
        (("core.seen.who", "school"), ("core.seen.acted", "police"), {"core.seen.who", "core.seen.acted"}),
        (("core.seen.who", "police"), ("core.heard.who", "police"), {"core.seen.who", "core.heard.who"}),
        (("actions[1].who", "care"), ("actions[2].who", "care"), {"actions[1].who", "actions[2].who"}),
        (("core.seen.level", ""), ("core.seen.who", "police"), {"core.seen.level", "core.seen.who"}),
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_ticks_that_were_merged_are_asked_about(
    first: tuple[str, str], last: tuple[str, str], keys: set[str], marked: bool
) -> None:
    def change(book: Any) -> None:
        book[SHEET].merge_cells(f"{place(book, *first)}:{place(book, *last)}")

    data = changed(change)
    returned = KIT.read(data if marked else MANGLED["no names, no keys"](data), FORM)
    assert {one[1] for one in told(returned) if one[0] == "R123"} == keys
    assert not returned.values.keys() & keys


def test_a_tick_pushed_aside_in_its_row_is_asked_about() -> None:
    """Excel moves names along with cells that are pushed to the right, and hidden marks stay over their columns."""

    def change(book: Any) -> None:
        sheet = book[SHEET]
        row = sheet[place(book, "core.seen.who", "police")].row
        for column in range(11, 4, -1):
            sheet.cell(row, column + 1).value = sheet.cell(row, column).value
        sheet.cell(row, 5).value = None
        for field in LAYOUT.fields:
            for name in [field.anchor, *(tick.anchor for tick in field.ticks)]:
                found = book.defined_names.get(name)
                if found is not None and found.attr_text.endswith(f"${row}") and field.column != "level":
                    letters = found.attr_text.split("$")[1]
                    following = get_column_letter(sheet[f"{letters}1"].column + 1)
                    found.attr_text = found.attr_text.replace(f"${letters}$", f"${following}$")

    returned = KIT.read(changed(change), FORM)
    asked = {one[1] for one in told(returned)}
    for key in ("core.seen.who", "core.seen.acted"):
        assert key in asked or returned.values[key] == KIT.read(issued(), FORM).values[key]
    assert returned.values["core.heard.who"] == ("care",)


@pytest.fixture
def one_cell(monkeypatch: pytest.MonkeyPatch) -> Callable[..., bytes]:
    """Renders as workbooks were issued before each level had a column."""

    def render(answers: Mapping[str, Any] = ANSWERS) -> bytes:
        with monkeypatch.context() as patched:
            patched.setattr(columns, "levels_side_by_side", lambda block: {})
            return Toolkit().render(FORM, "excel", answers=answers)

    return render


@pytest.mark.parametrize("way", ["as it was issued", "no names", "no keys", "no names, no keys", "columns moved"])
def test_copies_issued_with_one_cell_for_all_levels_are_still_read(one_cell: Callable[..., bytes], way: str) -> None:
    data = one_cell()
    assert space("core.seen.who").anchor in load_workbook(io.BytesIO(data)).defined_names
    returned = KIT.read(MANGLED[way](data), FORM)
    assert nest(returned.values) == ANSWERS
    assert (returned.extras, told(returned)) == ((), [])


def test_a_column_of_which_a_row_asks_for_something_else_stays_one_cell() -> None:
    row = {"id": "other", "text": "Anything else?", "cells": {"who": {"type": "text"}}}
    form = form_of({**GRID, "rows": [GRID["rows"][0], row]})
    answers = {"core": {"seen": {"who": ["police", "school"]}, "other": {"who": "The aunt"}}}
    data = KIT.render(form, "excel", answers=answers)
    book = load_workbook(io.BytesIO(data))
    assert book[SHEET][place(book, "core.seen.who", layout=Layout(form))].value == "Police; School or college"
    returned = KIT.read(data, form)
    assert nest(returned.values) == answers
    assert returned.extras == ()


def test_what_is_needed_and_counted_follows_the_ticks() -> None:
    counted = {"id": "times", "type": "calculated", "ask": "Times", "calculate": "count", "of": ["core.who"]}
    asked = {"id": "why", "type": "text", "ask": "Why the police?", "when": {"core.seen.who": ["police"]}}
    form = form_of(GRID, {**counted, "levels": ["police"]}, asked)
    core = {"seen": {"level": "met", "who": ["police"]}, "heard": {"level": "met"}, "told": {"who": ["police"]}}
    returned = KIT.read(KIT.render(form, "excel", answers={"core": core}), form)
    assert returned.values["times"] == 2
    assert [one.key for one in returned.problems if one.code == "R101"] == ["core.heard.who"]
    book = load_workbook(io.BytesIO(KIT.render(form, "excel", answers={"core": core})))
    formula = book[SHEET][place(book, "times", layout=Layout(form))].value
    assert "$E$7:$E$9" in formula
    assert formula.count("SUMPRODUCT") == 2


def test_the_ticks_of_others_and_of_what_is_given_are_locked() -> None:
    theirs = {**GRID, "columns": [GRID["columns"][0], {**WHO, "filled_by": "partnership"}, *GRID["columns"][2:]]}
    given = {**TABLE, "prefill": {"rows": [{"what": "Visit", "who": ["police"]}], "locked": ["who"]}}
    form = form_of(theirs, given)
    layout = Layout(form)
    book = load_workbook(io.BytesIO(KIT.render(form, "excel")))
    sheet = book[SHEET]
    for level in AGENCIES:
        assert sheet[place(book, "core.seen.who", level["code"], layout)].protection.locked
        assert sheet[place(book, "actions[1].who", level["code"], layout)].protection.locked
        assert not sheet[place(book, "actions[2].who", level["code"], layout)].protection.locked
    assert sheet[place(book, "actions[1].who", "police", layout)].value == "x"
    first = sheet[place(book, "core.seen.who", "police", layout)]
    assert "Support Unit" in str(sheet.cell(first.row - 2, first.column).value)
    assert KIT.read(KIT.render(form, "excel"), form).values == {
        "actions[1].what": "Visit",
        "actions[1].who": ("police",),
    }


def test_what_is_sent_back_has_its_remark_and_what_was_typed_at_the_ticks() -> None:
    stamp = Stamp(FORM.id, FORM.version, LAYOUT.fingerprint, "round_1", "police")
    copy = Copy(
        stamp,
        typed={"core.seen.who": "☐ Police\n☐ Children’s social care\nperhaps\n☐ School or college"},
        remarks=(Remark("core.seen.who", "Please put an x."),),
    )
    book = load_workbook(io.BytesIO(next(iter(ExcelRenderer().render(LAYOUT, [copy])))))
    cells = [book[SHEET][place(book, "core.seen.who", one["code"])] for one in AGENCIES]
    assert [cell.value for cell in cells] == [None, "perhaps", None]
    assert cells[0].comment.text == "Please put an x."


def test_words_that_go_back_are_not_taken_for_the_tick_of_the_level_they_stand_at() -> None:
    stamp = Stamp(FORM.id, FORM.version, LAYOUT.fingerprint, "round_1", "police")
    typed_words = {"core.seen.who": "Children’s social care: Police"}
    data = next(iter(ExcelRenderer().render(LAYOUT, [Copy(stamp, typed=typed_words)])))
    returned = KIT.read(data, FORM)
    assert returned.values == {}
    assert told(returned) == [("R160", "core.seen.who", "Children’s social care: Police")]


def test_the_levels_that_lost_their_column_do_not_go_back_as_typed() -> None:
    def change(book: Any) -> None:
        for tick in space("core.told.who").ticks:
            del book.defined_names[tick.anchor]
        book[SHEET].delete_cols(6)

    returned = KIT.read(MANGLED["no names"](changed(change)), FORM)
    assert ("R119", "core.told.who", "Children’s social care") in told(returned)
    assert "core.told.who" not in sent_back(returned, LAYOUT).typed


def test_labels_are_written_upwards_where_they_would_make_the_sheet_too_wide() -> None:
    more = [{"code": f"l{number}", "label": f"Agency number {number}"} for number in range(12)]
    both = [
        {"id": one, "title": f"Who {one}?", "type": "choices", "scale": {"levels": more}} for one in ("knew", "acted")
    ]
    for number, is_turned in ((1, False), (2, True)):
        form = form_of({**GRID, "columns": [*both[:number], GRID["columns"][3]]})
        found = widths.column_widths(Layout(form).sections[0])
        assert sum(found) <= 205
        book = load_workbook(io.BytesIO(KIT.render(form, "excel")))
        head = book[SHEET].cell(5, 4)
        assert head.value == "Agency number 0"
        assert (head.alignment.textRotation == 90) is is_turned


def test_no_answers_are_merged_and_titles_stand_over_all_their_levels() -> None:
    sheet = load_workbook(io.BytesIO(issued()))[SHEET]
    merged = {str(one) for one in sheet.merged_cells.ranges if one.min_col > 2}
    assert merged == {"E7:G7", "H7:J7", "D14:F14"}


@pytest.mark.parametrize("way", ["as it was issued", "no names", "no names, no keys", "columns inserted"])
def test_grids_in_the_copies_of_a_group_are_told_apart(way: str) -> None:
    grid = {**GRID, "columns": GRID["columns"][:3], "rows": GRID["rows"][:1]}
    form = form_of({"id": "child", "type": "group", "ask": "Each child", "each": "Child", "copies": 2, "items": [grid]})
    answers = {
        "child": [
            {"core": {"seen": {"who": ["police"], "acted": ["care", "school"]}}},
            {"core": {"seen": {"level": "met", "who": ["care"], "acted": ["police"]}}},
        ]
    }
    returned = KIT.read(MANGLED[way](KIT.render(form, "excel", answers=answers)), form)
    assert nest(returned.values) == answers
    assert returned.extras == ()


def test_a_column_under_a_shared_head_has_three_rows_of_heads() -> None:
    under = {
        **GRID,
        "columns": [{**one, "under": "What was found"} for one in GRID["columns"][:2]] + GRID["columns"][2:],
    }
    form = form_of(under)
    data = KIT.render(form, "excel", answers={"core": ANSWERS["core"]})
    sheet = load_workbook(io.BytesIO(data))[SHEET]
    assert [str(sheet.cell(row, 4).value).split("\n")[0] for row in (4, 5, 6)] == ["What was found", "None", "Level"]
    assert [str(sheet.cell(row, 5).value).split("\n")[0] for row in (4, 5, 6)] == ["None", WHO["title"], "Police"]
    for way in ("as it was issued", "no names, no keys", "rows inserted", "columns moved"):
        returned = KIT.read(MANGLED[way](data), form)
        assert nest(returned.values) == {"core": ANSWERS["core"]}, way


def test_last_ticks_are_shown_and_locked() -> None:
    last = {**WHO, "id": "last", "title": "Last time", "shows_last": "who"}
    form = form_of({**GRID, "columns": [GRID["columns"][0], {**WHO, "title": "Now"}, last]})
    layout = Layout(form)
    stamp = Stamp(form.id, form.version, layout.fingerprint, "round_1", "police")
    copy = Copy(stamp, {"core.seen.last": ("care",)}, given=frozenset({"core.seen.last"}))
    data = next(iter(ExcelRenderer().render(layout, [copy])))
    book = load_workbook(io.BytesIO(data))
    cells = [book[SHEET][place(book, "core.seen.last", one["code"], layout)] for one in AGENCIES]
    assert [cell.value for cell in cells] == [None, "x", None]
    assert all(cell.protection.locked for cell in cells)
    returned = KIT.read(data, form)
    assert returned.values == {"core.seen.last": ("care",)}
    assert returned.extras == ()


def test_a_return_with_words_in_its_ticks_goes_back_and_is_asked_about_again() -> None:
    words = {("core.seen.who", "care"): "not sure", ("core.heard.acted", "police"): "x"}
    returned = typed(words)
    back = KIT.send_back(returned, FORM)
    assert back is not None
    again = KIT.read(back, FORM)
    assert again.values == {"core.heard.acted": ("police",)}
    assert told(again) == [("R102", "core.seen.who", "Children’s social care: not sure")]
    book = load_workbook(io.BytesIO(back))
    assert "not sure" in str(book[SHEET][place(book, "core.seen.who", "police")].comment.text)


def sent_back_cells(returned: Return) -> dict[str, Any]:
    """What stands in the cells to tick of `core.seen.who` in the copy that goes back."""
    back = KIT.send_back(returned, FORM)
    assert back is not None
    book = load_workbook(io.BytesIO(back))
    return {one["code"]: book[SHEET][place(book, "core.seen.who", one["code"])].value for one in AGENCIES}


def read_again(returned: Return) -> Return:
    back = KIT.send_back(returned, FORM)
    assert back is not None
    return KIT.read(back, FORM)


def test_words_at_a_level_go_back_to_that_level_though_others_are_ticked() -> None:
    words = {
        ("core.seen.who", "police"): "x",
        ("core.seen.who", "care"): "not sure; ask Ms N",
        ("core.seen.who", "school"): "by phone",
    }
    returned = typed(words)
    assert returned.values == {"core.seen.who": ("police",)}
    assert told(returned) == [
        ("R102", "core.seen.who", "Children’s social care: not sure; ask Ms N"),
        ("R102", "core.seen.who", "School or college: by phone"),
    ]
    first, second = [one.place.rpartition("cell ")[2] for one in returned.problems if one.code == "R102"]
    book = load_workbook(io.BytesIO(issued({})))
    assert (first, second) == tuple(place(book, "core.seen.who", level) for level in ("care", "school"))
    assert sent_back_cells(returned) == {level: value for (_, level), value in words.items()}
    assert told(read_again(returned)) == told(returned)


def test_the_same_words_in_two_boxes_are_told_and_go_back_in_both() -> None:
    returned = typed({("core.seen.who", level): "maybe" for level in ("police", "school")})
    assert [one[2] for one in told(returned)] == ["Police: maybe", "School or college: maybe"]
    assert sent_back_cells(returned) == {"police": "maybe", "care": None, "school": "maybe"}


@pytest.mark.parametrize("sign", ["x", "✗", "X?", "☒x", "two\ncrosses"])
def test_what_could_not_be_told_is_no_tick_when_it_comes_back_unchanged(sign: str) -> None:
    returned = typed({("core.seen.who", "police"): sign, ("core.seen.who", "care"): "yes"})
    first = returned.values.get("core.seen.who")
    again = read_again(returned)
    assert again.values.get("core.seen.who") == first
    assert [one[:2] for one in told(again)] == [one[:2] for one in told(returned)]


def test_a_no_with_a_question_mark_is_asked_about() -> None:
    returned = typed({("core.seen.who", "police"): "no?", ("core.seen.who", "care"): "x"})
    assert returned.values == {"core.seen.who": ("care",)}
    assert told(returned) == [("R102", "core.seen.who", "Police: no?")]


@pytest.mark.parametrize("label", ["Children’s social care (CSC)", ""])
def test_a_label_that_was_reworded_or_removed_costs_no_tick(label: str) -> None:
    def change(book: Any) -> None:
        row = book[SHEET][place(book, "core.seen.who", "care")].row
        column = book[SHEET][place(book, "core.seen.who", "care")].column
        head = next(one for one in range(row, 0, -1) if book[SHEET].cell(one, column).value == "Children’s social care")
        book[SHEET].cell(head, column).value = label

    assert nest(KIT.read(changed(change), FORM).values) == ANSWERS


def test_a_scale_of_forty_levels_still_has_a_column_for_each() -> None:
    many = [{"code": f"l{number}", "label": f"School number {number}"} for number in range(40)]
    column = {**WHO, "scale": {"levels": many}}
    form = form_of({**GRID, "columns": [column, GRID["columns"][3]]})
    answers = {"core": {"seen": {"who": ["l0", "l39"], "evidence": "Lists"}}}
    for way in ("as it was issued", "no names, no keys"):
        returned = KIT.read(MANGLED[way](KIT.render(form, "excel", answers=answers)), form)
        assert nest(returned.values) == answers


@pytest.mark.parametrize("way", ["as it was issued", "no names", "no keys"])
def test_rows_added_below_a_table_are_read_where_its_head_was_overwritten(way: str) -> None:
    def change(book: Any) -> None:
        sheet = book[SHEET]
        first = sheet[place(book, "actions[1].what")].row
        for merged in [one for one in sheet.merged_cells.ranges if one.min_row == first - 2]:
            sheet.unmerge_cells(str(merged))
        for column in range(2, 8):
            sheet.cell(first - 1, column).value = sheet.cell(first - 2, column).value = None
        for number in (first + 2, first + 3):
            sheet.cell(number, 3).value = f"Row {number - first + 1}"
            sheet.cell(number, 6).value = "x"

    returned = KIT.read(MANGLED[way](changed(change)), FORM)
    added = [{"what": "Row 3", "who": ["school"]}, {"what": "Row 4", "who": ["school"]}]
    assert nest(returned.values)["actions"] == [*ANSWERS["actions"], *added]


@pytest.mark.parametrize("way", ["as it was issued", "no names, no keys"])
def test_a_row_in_which_every_level_is_ticked_by_its_label_is_no_head(way: str) -> None:
    def change(book: Any) -> None:
        for key in ("core.seen.who", "actions[1].who"):
            for one in AGENCIES:
                book[SHEET][place(book, key, one["code"])] = one["label"]

    returned = KIT.read(MANGLED[way](changed(change)), FORM)
    everybody = tuple(one["code"] for one in AGENCIES)
    assert (returned.values["core.seen.who"], returned.values["actions[1].who"]) == (everybody, everybody)
    assert returned.values["core.heard.acted"] == ("police", "care", "school")
    assert returned.values["actions[2].who"] == ("police", "care")
    assert (returned.extras, told(returned)) == ((), [])


def test_the_same_words_in_a_row_of_another_table_are_its_answers() -> None:
    columns = [{"id": f"c{number}", "title": f"Note {number}", "type": "text"} for number in range(3)]
    notes = {"id": "notes", "type": "table", "ask": "Notes", "blank_rows": 2, "columns": columns}
    form = form_of(GRID, notes)
    words = {f"c{number}": one["label"] for number, one in enumerate(AGENCIES)}
    answers = {"core": ANSWERS["core"], "notes": [words, words]}
    for way in ("as it was issued", "no names", "no names, no keys"):
        returned = KIT.read(MANGLED[way](KIT.render(form, "excel", answers=answers)), form)
        assert nest(returned.values) == answers, way
        assert returned.extras == ()
