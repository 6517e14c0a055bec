"""Returns that were treated roughly: their answers are found by the next anchor, and nothing in them is lost.

Each test changes one part of an issued and filled workbook as an office program would, then reads it with the toolkit.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from html import unescape
from typing import Any

from qaf_forms import Form, Limits, Return, Route, Stamp, Toolkit
from qaf_forms.plugin import Code, Copy, Layout, Value
from qaf_forms_excel.reading import ExcelReader
from qaf_forms_excel.rendering import ExcelRenderer

SCALE = {"levels": [{"code": "met", "label": "Met"}, {"code": "partly", "label": "Partly, so far"}]}
FORM = Form.model_validate(
    {
        "id": "small_form",
        "version": "1",
        "title": "A small form",
        "kind": "case_audit",
        "owner": "Anytown Safeguarding Partnership",
        "scales": {"met": SCALE},
        "sections": [
            {
                "id": "case",
                "title": "The case",
                "items": [
                    {"id": "case_ref", "type": "text", "ask": "Audit case reference"},
                    {"id": "who", "type": "choices", "ask": "Which were met?", "scale": "met"},
                    {
                        "id": "core",
                        "type": "grid",
                        "ask": "Standards",
                        "columns": [
                            {"id": "answer", "title": "Level", "type": "choice", "scale": "met"},
                            {"id": "evidence", "title": "How do you know?", "type": "paragraph"},
                        ],
                        "rows": [
                            {"id": "seen", "text": "Children are seen alone"},
                            {"id": "heard", "text": "Their words are written down"},
                        ],
                    },
                    {
                        "id": "actions",
                        "type": "table",
                        "ask": "Actions",
                        "blank_rows": 3,
                        "columns": [
                            {"id": "what", "title": "What will change", "type": "text"},
                            {"id": "due", "title": "By when", "type": "date"},
                        ],
                    },
                ],
            }
        ],
    }
)
ANSWERS: dict[str, Value] = {
    "case_ref": "N-07",
    "who": ("partly",),
    "core.seen.answer": "met",
    "core.seen.evidence": "Visit notes",
    "core.heard.answer": "partly",
    "core.heard.evidence": "Case file",
    "actions[1].what": "Visit weekly",
    "actions[2].what": "Write it down",
    "actions[2].due": date(2025, 6, 1),
}
SECTION = "xl/worksheets/sheet2.xml"
BOOK = "xl/workbook.xml"
Change = Callable[[str], str]


def filled(answers: Mapping[str, Value] = ANSWERS) -> bytes:
    layout = Layout(FORM)
    stamp = Stamp(FORM.id, FORM.version, layout.fingerprint, "round_1", "police")
    return next(iter(ExcelRenderer().render(layout, [Copy(stamp, answers)])))


def changed(changes: Mapping[str, Change], data: bytes | None = None) -> bytes:
    """The workbook with each change made to the XML of its part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or filled())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, changes[name](text.decode()) if name in changes else text)
    return out.getvalue()


def read(changes: Mapping[str, Change]) -> Return:
    return Toolkit().read(changed(changes), FORM)


def without_names(text: str) -> str:
    return re.sub(r"<definedNames>.*</definedNames>", "", text)


def without_marks(text: str) -> str:
    return re.sub(r'<c r="[A-Z]+\d+"[^>]*><is><t>qaf:[^<]*</t></is></c>', "", text)


def with_rows_moved(moved: Callable[[int], int]) -> Change:
    """Cells keep what they hold and come to stand in other rows; names do not follow, as when a range is sorted."""

    def change(text: str) -> str:
        text = re.sub(r'(<c r="[A-Z]+)(\d+)"', lambda match: f'{match[1]}{moved(int(match[2]))}"', text)
        return re.sub(r'(<row r=")(\d+)"', lambda match: f'{match[1]}{moved(int(match[2]))}"', text)

    return change


def routes(returned: Return) -> set[Route]:
    return {answer.route for answer in returned.answers.values()}


def test_everything_is_found_by_name_first() -> None:
    returned = read({})
    assert returned.values == ANSWERS
    assert routes(returned) == {Route.NAME}
    assert returned.extras == ()


def test_without_names_the_hidden_marks_lead_to_every_answer() -> None:
    returned = read({BOOK: without_names})
    assert returned.values == ANSWERS
    assert routes(returned) == {Route.KEY}
    assert returned.extras == ()


def test_marks_travel_with_rows_that_are_inserted_between() -> None:
    returned = read({BOOK: without_names, SECTION: with_rows_moved(lambda row: row * 3)})
    assert returned.values == ANSWERS
    assert routes(returned) == {Route.KEY}


def test_marks_are_found_in_any_order_of_rows() -> None:
    grid_rows = {11: 12, 12: 11}
    returned = read({BOOK: without_names, SECTION: with_rows_moved(lambda row: grid_rows.get(row, row))})
    assert returned.values == ANSWERS


def test_marks_are_found_when_columns_are_inserted_before_them() -> None:
    def shift(text: str) -> str:
        return re.sub(r'<c r="([A-E])(\d+)"', lambda match: f'<c r="{chr(ord(match[1]) + 2)}{match[2]}"', text)

    returned = read({BOOK: without_names, SECTION: shift})
    assert returned.values == ANSWERS


def test_without_names_and_marks_the_printed_codes_lead_to_the_answers() -> None:
    returned = read({BOOK: without_names, SECTION: without_marks})
    single = {key: value for key, value in ANSWERS.items() if key != "who"}
    assert {key: value for key, value in returned.values.items() if key != "who"} == single
    assert Route.KEY not in routes(returned)


def test_a_sheet_that_was_renamed_is_no_other_sheet() -> None:
    def renamed(text: str) -> str:
        return text.replace("A The case", "Police")

    returned = read({BOOK: renamed})
    assert returned.values == ANSWERS
    assert "sheet 'Police'" in returned.answers["case_ref"].place


def test_two_different_answers_under_one_name_are_both_told() -> None:
    def doubled(text: str) -> str:
        return text.replace(
            "</definedNames>", f'<definedName name="{anchor}" localSheetId="1">{cell}</definedName></definedNames>'
        )

    field = Layout(FORM).field("case_ref")
    assert field is not None
    anchor, cell = field.anchor, "'A The case'!$F$30"
    extra = '<row r="30"><c r="F30" t="inlineStr"><is><t>N-08</t></is></c></row></sheetData>'
    returned = read({BOOK: doubled, SECTION: lambda text: text.replace("</sheetData>", extra)})
    assert "R109" in {problem.code for problem in returned.problems}


def test_what_is_typed_beside_the_answers_is_an_extra_with_its_place() -> None:
    extra = '<row r="30"><c r="G30" t="inlineStr"><is><t>See also page 4</t></is></c></row></sheetData>'
    returned = read({SECTION: lambda text: text.replace("</sheetData>", extra)})
    assert returned.values == ANSWERS
    assert [(one.place, one.text) for one in returned.extras] == [("sheet 'A The case', cell G30", "See also page 4")]


def test_marks_of_columns_that_were_left_in_their_hidden_row_are_nobodys_text() -> None:
    def no_key_column(text: str) -> str:
        return re.sub(r'<c r="A\d+"[^>]*?(/>|>.*?</c>)', "", text)

    returned = read({SECTION: no_key_column})
    assert returned.values == ANSWERS
    assert returned.extras == ()
    typed = '<row r="40"><c r="H40" t="inlineStr"><is><t>qaf:who</t></is></c></row></sheetData>'
    returned = read({SECTION: lambda text: no_key_column(text).replace("</sheetData>", typed)})
    assert [extra.text for extra in returned.extras] == ["qaf:who"]


def test_words_typed_over_a_hidden_mark_are_an_extra() -> None:
    returned = read({SECTION: lambda text: text.replace("qaf:case_ref", "do not look here")})
    assert returned.values == ANSWERS
    assert [one.text for one in returned.extras] == ["do not look here"]


def test_a_hidden_list_is_silent_until_somebody_writes_in_it() -> None:
    assert b"Partly, so far" in contents_of(filled(), "xl/worksheets/sheet3.xml")
    assert read({}).extras == ()
    returned = read({"xl/worksheets/sheet3.xml": lambda text: text.replace("Partly, so far", "Partly, I fear")})
    assert "Partly, I fear" in [one.text for one in returned.extras]


def test_what_is_typed_on_the_hidden_stamp_sheet_is_an_extra() -> None:
    extra = '<row r="40"><c r="C40" t="inlineStr"><is><t>secret</t></is></c></row></sheetData>'
    returned = read({"xl/worksheets/sheet5.xml": lambda text: text.replace("</sheetData>", extra)})
    assert [one.text for one in returned.extras] == ["secret"]


def test_what_is_typed_where_formulas_work_things_out_is_told() -> None:
    toolkit = Toolkit()
    form = toolkit.form("adult_exploitation_case_audit")
    blank = toolkit.render(form, "excel")
    with zipfile.ZipFile(io.BytesIO(blank)) as archive:
        working = next(name for name in archive.namelist() if b"<t>qaf:working</t>" in archive.read(name))
    assert toolkit.read(blank, form).extras == ()
    own = '<row r="9001"><c r="A9001"><f>LEN(&quot;x&quot;)</f><v>1</v></c></row>'
    words = '<row r="9002"><c r="C9002" t="inlineStr"><is><t>secret</t></is></c><c r="D9002"><v>7</v></c></row>'
    calls = '<row r="9003"><c r="A9003"><f>WEBSERVICE(A1)</f><v>1</v></c></row>'
    change = {working: lambda text: text.replace("</sheetData>", f"{own}{words}{calls}</sheetData>")}
    returned = toolkit.read(changed(change, blank), form)
    assert "secret" in returned.extras[0].text
    assert "7" in " ".join(one.text for one in returned.extras)
    assert [one.value for one in returned.problems if one.code == Code.HAS_LINKS.value.code] == ["=WEBSERVICE(A1)"]


def test_the_hidden_sheet_holds_the_stamp_when_the_properties_are_gone() -> None:
    returned = read({"docProps/custom.xml": lambda _: '<Properties xmlns="urn:none"/>'})
    assert returned.stamp == Stamp("small_form", "1", Layout(FORM).fingerprint, "round_1", "police")


def test_of_a_second_hidden_stamp_nothing_is_taken() -> None:
    """It came with sheets of another copy, which is for an agency type and in a wording."""

    def another(text: str) -> str:
        other = text.replace("police", "health").replace("</sheetData>", f"{more}</sheetData>")
        return other.replace("qaf_stage", "qaf_print")

    cells = (
        f'<c r="{column}90" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in (("A", "qaf_variant"), ("B", "school"))
    )
    more = f'<row r="90">{"".join(cells)}</row>'
    returned = read({"xl/worksheets/sheet5.xml": another})
    assert returned.stamp == Stamp("small_form", "1", Layout(FORM).fingerprint, "round_1", "police")
    assert returned.values == ANSWERS


def test_a_row_added_to_a_table_is_read_with_the_others() -> None:
    row = (
        '<row r="18"><c r="C18" t="inlineStr"><is><t>A row of my own</t></is></c>'
        '<c r="D18" t="inlineStr"><is><t>2 July 2025</t></is></c></row></sheetData>'
    )
    returned = read({SECTION: lambda text: text.replace("</sheetData>", row)})
    assert returned.values == {**ANSWERS, "actions[3].what": "A row of my own", "actions[3].due": date(2025, 7, 2)}


def test_a_text_where_a_date_belongs_is_read_as_people_write_dates() -> None:
    def typed(text: str) -> str:
        return re.sub(r'(<c r="D17"[^>]*) t="n"><v>\d+</v>', r'\1 t="inlineStr"><is><t>1st June 2025</t></is>', text)

    assert b"<v>45809</v>" in contents_of(filled(), SECTION)
    assert b"1st June" in contents_of(changed({SECTION: typed}), SECTION)
    assert read({SECTION: typed}).values == ANSWERS


def test_every_text_of_a_filled_workbook_is_told() -> None:
    """Conservation: whatever text is in the cells comes out as a value, except the hidden marks, lists and stamp."""
    data = filled()
    contents = ExcelReader().read(io.BytesIO(data), Limits())
    told = {str(cell.value) for table in contents.tables for row in table.rows for cell in row}
    told |= {text for pair in contents.properties.items() for text in pair} | set(SCALE_LABELS)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        texts = [item for name in names for item in re.findall(r"<is>(.*?)</is>", parts.read(name).decode(), re.DOTALL)]
    typed = [unescape("".join(re.findall(r"<t[^>]*>([^<]*)</t>", item))) for item in texts]
    assert [text for text in typed if text not in told and not text.startswith("qaf:")] == []


SCALE_LABELS = [str(level["label"]) for level in SCALE["levels"]]


def contents_of(data: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.read(part)


def test_reading_keeps_nothing_of_one_file_for_the_next() -> None:
    reader = ExcelReader()
    first: Any = reader.read(io.BytesIO(filled()), Limits())
    second: Any = reader.read(io.BytesIO(filled({"case_ref": "N-08"})), Limits())
    values = [[cell.value for table in one.tables for row in table.rows for cell in row] for one in (first, second)]
    assert "N-07" in values[0]
    assert "N-07" not in values[1]


def test_what_somebody_typed_is_no_mark_though_it_looks_like_one() -> None:
    answers = ANSWERS | {"case_ref": "qaf:cover", "core.seen.evidence": "qaf:columns", "actions[1].what": "qaf:stamp"}
    for change in ({}, {BOOK: without_names}):
        returned = Toolkit().read(changed(change, filled(answers)), FORM)
        assert returned.values == answers
        assert returned.extras == ()


def test_what_looks_like_a_mark_on_a_sheet_of_ones_own_is_an_extra() -> None:
    typed = '<row r="9"><c r="D9" t="inlineStr"><is><t>qaf:who</t></is></c></row></sheetData>'
    returned = read({"xl/worksheets/sheet1.xml": lambda text: re.sub("</sheetData>", typed, text)})
    assert [extra.text for extra in returned.extras] == ["qaf:who"]
    assert returned.values == ANSWERS
