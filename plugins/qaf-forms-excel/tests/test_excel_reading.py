"""What the reader says of cells, names and everything else in a workbook. The files are written out here, by hand."""

import io
import random
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from time import process_time
from typing import Any

import pytest

from qaf_forms import Limits, UnreadableFileError
from qaf_forms.plugin import Cell, Contents, Route
from qaf_forms_excel.known import Known
from qaf_forms_excel.reading import ExcelReader

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def relationships(*entries: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}">{"".join(entries)}</Relationships>'


def related(id_: str, kind: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="{id_}" Type="{RELATIONS}/{kind}" Target="{target}" {more}/>'


def workbook_parts(
    rows: str = "",
    names: str = "",
    strings: str = "",
    formats: str = "",
    properties: str = "",
    after: str = "",
    parts: Mapping[str, str] = {},
) -> dict[str, str]:
    """The parts of a workbook with one sheet, `My sheet`."""
    return {
        "_rels/.rels": relationships(related("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr {properties}/>'
        f'<sheets><sheet name="My sheet" sheetId="1" r:id="rId1"/></sheets>'
        f"<definedNames>{names}</definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": relationships(
            related("rId1", "worksheet", "worksheets/sheet1.xml"),
            related("rId2", "sharedStrings", "sharedStrings.xml"),
            related("rId3", "styles", "styles.xml"),
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" count="999999999" uniqueCount="1">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{formats}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}"><dimension ref="A1:XFD1048576"/>'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>",
        **parts,
    }


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(parts: Mapping[str, str | bytes], limits: Limits | None = None) -> Contents:
    return ExcelReader().read(io.BytesIO(zipped(parts)), limits or Limits())


def cells(contents: Contents) -> list[Cell]:
    return [cell for table in contents.tables for row in table.rows for cell in row]


def only_cell(**parts: Any) -> Cell:
    found = cells(read(workbook_parts(**parts)))
    assert len(found) == 1
    return found[0]


def codes(contents: Contents) -> list[str]:
    return [problem.code for problem in contents.problems]


FORMATS = (
    '<numFmts><numFmt numFmtId="164" formatCode="[$-809]dd\\ mmmm\\ yyyy;@"/>'
    '<numFmt numFmtId="165" formatCode="&quot;days&quot; 0"/></numFmts>'
    "<cellXfs>" + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 164, 20, 46, 9, 165, 22)) + "</cellXfs>"
)
PLAIN, DATE, LONG_DATE, TIME, ELAPSED, PERCENT, DAYS, DATE_TIME = range(8)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<v>12</v>", 12),
        ("<v>12.0</v>", 12),
        ("<v>0.1</v>", 0.1),
        ("<v>1E+30</v>", 1e30),
        ("<v>123456789012345</v>", 123456789012345),
        ("<v>nan</v>", "nan"),
        ("<v>1_000</v>", "1_000"),
    ],
)
def test_a_number_is_a_number(cell: str, value: object) -> None:
    found = only_cell(rows=f'<row r="1"><c r="A1">{cell}</c></row>').value
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("style", "serial", "value"),
    [
        (DATE, "45728", date(2025, 3, 12)),
        (LONG_DATE, "45728", date(2025, 3, 12)),
        (DATE_TIME, "45728.5", datetime(2025, 3, 12, 12)),
        (DATE, "45728.99999999", date(2025, 3, 13)),
        (DATE, "59", date(1900, 2, 28)),
        (DATE, "60", "29/02/1900"),
        (DATE, "61", date(1900, 3, 1)),
        (DATE, "1", date(1900, 1, 1)),
        (DATE, "-3", -3),
        (DATE, "99999999", 99999999),
        (TIME, "0.520833333333333", "12:30"),
        (ELAPSED, "1.5", "36:00"),
        (PERCENT, "0.5", "50%"),
        (PERCENT, "0.125", "12.5%"),
        (DAYS, "3", "days 3"),
        (PLAIN, "45728", 45728),
        (99, "45728", 45728),
    ],
)
def test_a_format_says_what_a_number_is(style: int, serial: str, value: object) -> None:
    found = only_cell(rows=f'<row r="1"><c r="A1" s="{style}"><v>{serial}</v></c></row>', formats=FORMATS).value
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("code", "stored", "seen"),
    [
        ("000", "7", "007"),
        ("000", "1234", "1234"),
        ("000", "-7", "-007"),
        ("&quot;N-&quot;00", "7", "N-07"),
        ("\\N\\-00", "7", "N-07"),
        ("00-00-00", "123456", "12-34-56"),
        ("00000 000000", "7700900123", "07700 900123"),
        ("&quot;$&quot;#,##0.00", "1234.5", "$1234.50"),
        ("[$$-409]#,##0", "12", "$12"),
        ("[$€-2] 0", "12", "€ 12"),
        ("0;&quot;N/A&quot;", "-1", "N/A"),
        ("0;&quot;N/A&quot;", "1", 1),
        ("0;-0;&quot;none&quot;", "0", "none"),
        ("&quot;Not known&quot;", "7", "Not known"),
        ("0&quot;%&quot;", "50", "50%"),
        ("General&quot; visits&quot;", "3", "3 visits"),
        ("0.00&quot; kg&quot;", "2.125", "2.125 kg"),
        ("#,##0.00", "1234.5", 1234.5),
        ("[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00", "-12.5", -12.5),
        ("_(* #,##0_);_(* (#,##0);_(* &quot;-&quot;??_);_(@_)", "0", 0),
        ("0.00E+00", "12", 12),
        ("@", "12", 12),
    ],
)
def test_a_number_is_what_its_format_shows(code: str, stored: str, seen: object) -> None:
    formats = f'<numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs>'
    cell = only_cell(rows=f'<row r="1"><c r="A1" s="0"><v>{stored}</v></c></row>', formats=formats)
    assert (cell.value, cell.remarks) == (seen, ())


@pytest.mark.parametrize("code", [";;;", "#,##0,&quot;k&quot;", "[&lt;5]&quot;few&quot;;0", "# ?/?", "000.0"])
def test_a_number_that_is_not_seen_as_it_is_stored_is_told(code: str) -> None:
    formats = f'<numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs>'
    cell = only_cell(rows='<row r="1"><c r="A1" s="0"><v>7</v></c></row>', formats=formats)
    assert (cell.value, [remark.code for remark in cell.remarks]) == (7, ["R171"])


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("mmm\\-yy", ["R175"]),
        ("d\\-mmm", ["R175"]),
        ("yyyy", ["R175"]),
        ("dddd", ["R175"]),
        ("ddd mmm yy", ["R175"]),
        ("[$-809]dddd, d mmmm yyyy", []),
        ("d/m/yy hh:mm", []),
        ("&quot;day&quot; dd&quot;.&quot;mm&quot;.&quot;yyyy", []),
    ],
)
def test_a_date_of_which_a_part_is_hidden_is_told(code: str, told: list[str]) -> None:
    formats = f'<numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="170"/></cellXfs>'
    cell = only_cell(rows='<row r="1"><c r="A1" s="0"><v>45728</v></c></row>', formats=formats)
    assert (cell.value, [remark.code for remark in cell.remarks]) == (date(2025, 3, 12), told)


@pytest.mark.parametrize(("built_in", "told"), [(14, []), (15, []), (16, ["R175"]), (17, ["R175"]), (22, [])])
def test_so_it_is_with_the_formats_that_every_program_has(built_in: int, told: list[str]) -> None:
    formats = f'<cellXfs><xf numFmtId="{built_in}"/></cellXfs>'
    cell = only_cell(rows='<row r="1"><c r="A1" s="0"><v>45728</v></c></row>', formats=formats)
    assert [remark.code for remark in cell.remarks] == told


def test_a_third_that_is_shown_as_a_percentage_has_no_more_digits_than_a_spreadsheet_keeps() -> None:
    cell = only_cell(
        rows='<row r="1"><c r="A1" s="0"><v>0.33333333333333331</v></c></row>',
        formats='<cellXfs><xf numFmtId="9"/></cellXfs>',
    )
    assert cell.value == "33.3333333333333%"


_STRIKE = "<r><rPr><strike/></rPr><t>gone</t></r>"


@pytest.mark.parametrize("kind", ["inlineStr", "s"])
@pytest.mark.parametrize(
    ("runs", "kept", "struck"),
    [
        ("<r><t>keep </t></r>" + _STRIKE, "keep ", "gone"),
        (_STRIKE, "", "gone"),
        ('<r><rPr><b/><strike val="0"/></rPr><t>keep</t></r>', "keep", ""),
        ("<r><rPr><strike/></rPr><t>_x005F_x000D_</t></r><r><t>_x005F_x000D_</t></r>", "_x000D_", "_x000D_"),
    ],
)
def test_words_that_are_struck_out_are_left_out_and_told(kind: str, runs: str, kept: str, struck: str) -> None:
    held = f"<is>{runs}</is>" if kind == "inlineStr" else "<v>0</v>"
    strings = f"<si>{runs}</si>" if kind == "s" else ""
    cell = only_cell(rows=f'<row r="1"><c r="A1" t="{kind}">{held}</c></row>', strings=strings)
    told = [("R161", struck)] if struck else []
    assert (cell.value, [(remark.code, remark.value) for remark in cell.remarks]) == (kept, told)


@pytest.mark.parametrize(("cell", "value"), [("<v>12</v>", "12"), ("<is><t>Met</t></is>", "Met"), ("", "")])
def test_a_cell_whose_style_strikes_it_out_is_no_answer(cell: str, value: str) -> None:
    formats = (
        '<fonts><font/><font><strike val="true"/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs>'
    )
    found = cells(read(workbook_parts(rows=f'<row r="1"><c r="A1" s="1">{cell}</c></row>', formats=formats)))
    told = [("", "R161", value)] if value else []
    assert [(one.value, *((remark.code, remark.value) for remark in one.remarks)) for one in found] == [
        (shown, (code, text)) for shown, code, text in told
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_what_is_struck_out_is_seen_in_any_encoding(part: str, encoding: str) -> None:
    struck = "<r><rPr><strike/></rPr><t>gone</t></r>"
    formats = "<fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId='0'/><xf fontId='1'/></cellXfs>"
    held = {
        "xl/styles.xml": '<c r="A1" s="1" t="inlineStr"><is><t>gone</t></is></c>',
        "xl/sharedStrings.xml": '<c r="A1" t="s"><v>0</v></c>',
        "xl/worksheets/sheet1.xml": f'<c r="A1" t="inlineStr"><is>{struck}</is></c>',
    }
    row = f'<row r="1">{held[part]}</row>'
    parts: dict[str, str | bytes] = {**workbook_parts(rows=row, formats=formats, strings=f"<si>{struck}</si>")}
    parts[part] = f'<?xml version="1.0" encoding="{encoding}"?>{parts[part]!s}'.encode(encoding)
    (cell,) = cells(read(parts))
    assert (cell.value, [(one.code, one.value) for one in cell.remarks]) == ("", [("R161", "gone")])


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    rows = f'<row r="1"><c r="A1" s="{DATE}"><v>44266</v></c></row>'
    assert only_cell(rows=rows, formats=FORMATS, properties='date1904="1"').value == date(2025, 3, 12)


def test_an_iso_date_is_a_date() -> None:
    assert only_cell(rows='<row r="1"><c r="A1" t="d"><v>2025-03-12</v></c></row>').value == date(2025, 3, 12)


def test_true_is_true() -> None:
    assert only_cell(rows='<row r="1"><c r="A1" t="b"><v>1</v></c></row>').value is True


@pytest.mark.parametrize(("style", "stored", "value"), [(1, 0, "☐"), (1, 1, True), (0, 0, False)])
def test_a_box_in_a_cell_that_nobody_ticked_is_empty_and_does_not_say_no(
    style: int, stored: int, value: object
) -> None:
    box = '<extLst><ext xmlns:xfpb="urn:feature"><xfpb:xfComplement i="0"/></ext></extLst>'
    cell = only_cell(
        rows=f'<row r="1"><c r="A1" s="{style}" t="b"><v>{stored}</v></c></row>',
        formats=f"<cellXfs><xf/><xf>{box}</xf></cellXfs>",
    )
    assert cell.value == value


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<t>plain</t>", "plain"),
        ('<t xml:space="preserve">  two\nlines </t>', "  two\nlines "),
        ("<r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r>", "rich text"),
        ("<r><t>one run</t></r>", "one run"),
        ('<t>漢字</t><rPh sb="0" eb="2"><t>かんじ</t></rPh><phoneticPr fontId="1"/>', "漢字"),
        ("<t>a_x000D_b</t>", "a\rb"),
        ("<t>_x005F_x000D_</t>", "_x000D_"),
        ("<t>_xD83D__xDE42_</t>", "🙂"),
        ("<t>007</t>", "007"),
        ("<t>'quoted</t>", "'quoted"),
    ],
)
@pytest.mark.parametrize("kind", ["shared", "inline"])
def test_text_is_as_typed(kind: str, item: str, text: str) -> None:
    if kind == "shared":
        rows, strings = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', f"<si>{item}</si>"
    else:
        rows, strings = f'<row r="1"><c r="A1" t="inlineStr"><is>{item}</is></c></row>', ""
    assert only_cell(rows=rows, strings=strings).value == text


@pytest.mark.parametrize(("program", "text"), [("Microsoft Excel", "a\rb"), ("SheetJS", "a_x000D_b")])
@pytest.mark.parametrize("kind", ["s", "inlineStr"])
def test_what_looks_escaped_is_text_where_a_program_does_not_escape(program: str, text: str, kind: str) -> None:
    app = f"<Properties><Application>{program}</Application></Properties>"
    held = "<v>0</v>" if kind == "s" else "<is><t>a_x000D_b</t></is>"
    rows = f'<row r="1"><c r="A1" t="{kind}">{held}</c></row>'
    strings = "<si><t>a_x000D_b</t></si>"
    assert only_cell(rows=rows, strings=strings, parts={"docProps/app.xml": app}).value == text


def test_a_formula_gives_its_last_result_and_says_so() -> None:
    cell = only_cell(rows='<row r="1"><c r="A1"><f>SUM(B1:B9)</f><v>7</v></c></row>')
    assert cell.value == 7
    assert [(one.code, one.place) for one in cell.remarks] == [("R115", "sheet 'My sheet', cell A1")]


@pytest.mark.parametrize("result", ["", "<v/>", "<v></v>"])
def test_a_formula_without_a_result_is_shown_as_it_stands(result: str) -> None:
    cell = only_cell(rows=f'<row r="1"><c r="A1"><f>SUM(B1:B9)</f>{result}</c></row>')
    assert (cell.value, cell.remarks[0].code) == ("=SUM(B1:B9)", "R115")


@pytest.mark.parametrize(
    "formula",
    [
        "cmd|'/C calc'!A0",
        "DDE(&quot;a&quot;;&quot;b&quot;)",
        "WEBSERVICE(B1)",
        "_xlfn.IMAGE(&quot;https://example.org/a.png&quot;)",
        "HYPERLINK(&quot;https://example.org/plan&quot;,&quot;our plan&quot;)",
    ],
)
def test_a_formula_that_asks_another_program_is_named(formula: str) -> None:
    contents = read(workbook_parts(rows=f'<row r="1"><c r="A1"><f>{formula}</f><v>7</v></c></row>'))
    assert [problem.code for problem in contents.problems] == ["F009"]
    assert cells(contents)[0].value == 7


def test_a_stroke_in_the_text_of_a_formula_is_no_link() -> None:
    contents = read(workbook_parts(rows='<row r="1"><c r="A1" t="str"><f>"a|"&amp;B1</f><v>a|b</v></c></row>'))
    assert codes(contents) == []


def test_a_formula_whose_result_is_empty_is_an_empty_cell() -> None:
    rows = '<row r="1"><c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c></row>'
    assert cells(read(workbook_parts(rows=rows))) == []


@pytest.mark.parametrize(
    "cell",
    ["<c><is><t>x</t></is></c>", '<c t="inlineStr"><v>x</v></c>', '<c t="str"><v>x</v></c>', "<c><v>x</v></c>"],
)
def test_text_is_read_wherever_a_careless_program_put_it(cell: str) -> None:
    assert only_cell(rows=f"<row>{cell}<extLst><ext><v>y</v></ext></extLst></row>").value == "x"


def test_a_true_that_came_by_way_of_ods_is_no_formula() -> None:
    cell = only_cell(rows='<row r="1"><c r="A1" t="b"><f>TRUE()</f><v>1</v></c></row>')
    assert (cell.value, cell.remarks) == (True, ())


def test_an_error_is_no_answer_and_is_named() -> None:
    cell = only_cell(rows='<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c></row>')
    assert (cell.value, [(one.code, one.value) for one in cell.remarks]) == ("", [("R116", "#DIV/0!")])


def test_a_picture_in_a_cell_is_no_error_of_its_formula_and_the_picture_is_listed() -> None:
    parts = workbook_parts(
        rows='<row r="1"><c r="A1" t="e" vm="1"><v>#VALUE!</v></c></row>',
        parts={
            "xl/richData/richValueRel.xml": "<richValueRels/>",
            "xl/richData/_rels/richValueRel.xml.rels": relationships(related("rId1", "image", "../media/image1.png")),
            "xl/media/image1.png": "",
        },
    )
    contents = read(parts)
    assert [remark.code for cell in cells(contents) for remark in cell.remarks] == ["R177"]
    assert [(extra.kind, extra.place, extra.text) for extra in contents.extras] == [
        ("picture", "the workbook", "image1.png")
    ]


def test_a_shared_string_that_is_not_there_is_named() -> None:
    cell = only_cell(rows='<row r="1"><c r="A1" t="s"><v>5</v></c></row>')
    assert [one.code for one in cell.remarks] == ["R116"]


def test_rows_and_cells_without_references_follow_each_other() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>"
    found = cells(read(workbook_parts(rows=rows)))
    assert [(cell.value, cell.column, cell.place[-2:]) for cell in found] == [(1, 0, "A1"), (2, 1, "B1"), (3, 1, "B2")]


def test_rows_out_of_order_are_read_from_the_top() -> None:
    rows = '<row r="9"><c r="A9"><v>9</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    assert [cell.value for cell in cells(read(workbook_parts(rows=rows)))] == [2, 9]


@pytest.mark.parametrize(
    "target",
    [
        "'My sheet'!$B$2",
        "'My sheet'!B2",
        "'My sheet'!$B$2:$D$9",
        "'My sheet'!$B$2:'My sheet'!$D$9",
        "'My sheet'!$B$2,Z!$A$1",
    ],
)
def test_a_name_marks_its_first_cell(target: str) -> None:
    cell = only_cell(names=f'<definedName name="qf_a_1">{target}</definedName>')
    assert (cell.column, cell.value, cell.place) == (1, "", "sheet 'My sheet', cell B2")
    assert [(anchor.route, anchor.name) for anchor in cell.anchors] == [(Route.NAME, "qf_a_1")]


@pytest.mark.parametrize("target", ["#REF!", "'My sheet'!#REF!", "Gone!$A$1", "[1]Other!$A$1", "", "42"])
def test_a_broken_name_marks_nothing(target: str) -> None:
    assert cells(read(workbook_parts(names=f'<definedName name="qf_a_1">{target}</definedName>'))) == []


def test_names_of_a_sheet_and_several_on_one_cell_are_all_given() -> None:
    names = (
        '<definedName name="qf_a_1" localSheetId="0">\'My sheet\'!$A$1</definedName>'
        "<definedName name=\"qf_b_2\">'My sheet'!$A$1</definedName>"
        "<definedName name=\"other\">'My sheet'!$A$1</definedName>"
    )
    cell = only_cell(names=names, rows='<row r="1"><c r="A1"><v>7</v></c></row>')
    assert (cell.value, [anchor.name for anchor in cell.anchors]) == (7, ["qf_a_1", "qf_b_2"])


def test_a_strict_workbook_is_read_like_any_other() -> None:
    parts = workbook_parts(
        rows='<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        strings="<si><t>strict</t></si>",
        names="<definedName name=\"qf_a_1\">'My sheet'!$A$1</definedName>",
    )
    strict = {
        name: text.replace(MAIN, STRICT_MAIN).replace(RELATIONS, STRICT_RELATIONS) for name, text in parts.items()
    }
    assert [(cell.value, len(cell.anchors)) for cell in cells(read(strict))] == [("strict", 1)]


def test_notes_comments_and_text_boxes_are_extras_with_their_places() -> None:
    start = "<xdr:from><xdr:col>{}</xdr:col><xdr:row>{}</xdr:row></xdr:from>"
    words = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>in a box</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    picture = '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="1" name="Picture 1" descr="A genogram"/></xdr:nvPicPr></xdr:pic>'
    drawing = (
        '<xdr:wsDr xmlns:xdr="urn:d" xmlns:a="urn:a">'
        f"<xdr:twoCellAnchor>{start.format(2, 4)}{words}</xdr:twoCellAnchor>"
        f"<xdr:oneCellAnchor>{start.format(0, 0)}{picture}</xdr:oneCellAnchor></xdr:wsDr>"
    )
    notes = (
        '<comment ref="B2"><text><t>a note</t></text></comment>'
        '<comment ref="C3"><text><t>[Threaded comment]\n\nComment:\n  hidden copy</t></text></comment>'
    )
    parts = workbook_parts(
        parts={
            "xl/worksheets/_rels/sheet1.xml.rels": relationships(
                related("rId1", "comments", "../comments1.xml"),
                related("rId2", "threadedComment", "../threadedComments/threadedComment1.xml"),
                related("rId3", "drawing", "../drawings/drawing1.xml"),
            ),
            "xl/comments1.xml": f'<comments xmlns="{MAIN}"><commentList>{notes}</commentList></comments>',
            "xl/threadedComments/threadedComment1.xml": '<ThreadedComments xmlns="urn:t"><threadedComment ref="C3">'
            "<text>a comment</text></threadedComment></ThreadedComments>",
            "xl/drawings/drawing1.xml": drawing,
        }
    )
    assert [(extra.kind, extra.place, extra.text) for extra in read(parts).extras] == [
        ("note", "sheet 'My sheet', cell B2", "a note"),
        ("comment", "sheet 'My sheet', cell C3", "a comment"),
        ("textbox", "sheet 'My sheet', cell C5", "in a box"),
        ("picture", "sheet 'My sheet', cell A1", "A genogram"),
    ]


VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:shapetype id="_x0000_t201"/>{}</xml>'
)


def control(kind: str, label: str, facts: str = "") -> str:
    box = f"<v:textbox><div><font>{label}</font></div></v:textbox>" if label else ""
    anchor = "<x:Anchor>\n    3, 10, 3, 2, 4, 30, 4, 1</x:Anchor>"
    return f'<v:shape id="a">{box}<x:ClientData ObjectType="{kind}">{anchor}{facts}</x:ClientData></v:shape>'


def controls_in(shapes: str) -> list[tuple[str, str, str]]:
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relationships(
            related("rId1", "vmlDrawing", "../drawings/vmlDrawing1.vml")
        ),
        "xl/drawings/vmlDrawing1.vml": VML.format(shapes),
    }
    return [(extra.kind, extra.place, extra.text) for extra in read(workbook_parts(parts=parts)).extras]


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        (control("Checkbox", "Yes, we did", "<x:Checked>1</x:Checked>"), "☒ Yes, we did"),
        (control("Checkbox", "Not yet"), "☐ Not yet"),
        (control("Radio", "Both<br>of us", "<x:Checked>1</x:Checked>"), "☒ Both\nof us"),
        (control("Drop", "", "<x:FmlaRange>$A$1:$A$3</x:FmlaRange><x:Sel>2</x:Sel>"), "item 2 of $A$1:$A$3"),
        (control("Spin", "", "<x:Val>7</x:Val>"), "7"),
        (control("Label", "See the plan"), "See the plan"),
    ],
)
def test_a_form_control_is_an_extra_with_what_was_ticked_or_chosen(shape: str, text: str) -> None:
    assert controls_in(shape) == [("control", "sheet 'My sheet', cell D4", text)]


def test_the_box_that_a_note_is_drawn_in_says_nothing() -> None:
    assert controls_in(control("Note", "")) == []


def test_a_drawing_of_controls_that_is_no_xml_is_told_by_its_words() -> None:
    assert controls_in("<v:shape><p>said</v:shape>") == [("control", "sheet 'My sheet'", "said")]


def test_words_in_diagrams_and_charts_ink_and_alternatives_are_told() -> None:
    start = "<xdr:from><xdr:col>2</xdr:col><xdr:row>4</xdr:row></xdr:from>"
    words = "<xdr:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></xdr:txBody>"
    named = '<xdr:nvX><xdr:cNvPr id="4" name="Diagram 3"/></xdr:nvX>'
    mirrored = (
        '<xdr:nvSpPr><xdr:cNvPr id="9" name="Check Box 1"><a14:compatExt spid="_x0000_s1025"/></xdr:cNvPr></xdr:nvSpPr>'
    )
    drawing = (
        '<xdr:wsDr xmlns:xdr="urn:d" xmlns:a="urn:a" xmlns:a14="urn:a14" xmlns:mc="urn:mc" xmlns:r="urn:r">'
        f'<xdr:twoCellAnchor>{start}<xdr:graphicFrame>{named}<a:d r:dm="rId1"/></xdr:graphicFrame></xdr:twoCellAnchor>'
        f'<xdr:twoCellAnchor>{start}<xdr:contentPart r:id="rId2"/></xdr:twoCellAnchor>'
        f"<mc:AlternateContent><mc:Choice><xdr:twoCellAnchor>{start}<xdr:sp>{words.format('in a box')}</xdr:sp>"
        f"<xdr:sp>{mirrored}{words.format('a control')}</xdr:sp></xdr:twoCellAnchor></mc:Choice></mc:AlternateContent>"
        "</xdr:wsDr>"
    )
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relationships(related("rId3", "drawing", "../drawings/drawing1.xml")),
        "xl/drawings/drawing1.xml": drawing,
        "xl/drawings/_rels/drawing1.xml.rels": relationships(related("rId1", "diagramData", "../diagrams/data1.xml")),
        "xl/diagrams/data1.xml": '<d:m xmlns:d="urn:dgm" xmlns:a="urn:a"><a:p><a:r><a:t>First</a:t></a:r></a:p></d:m>',
    }
    found = read(workbook_parts(parts=parts)).extras
    assert [(extra.kind, extra.text) for extra in found] == [
        ("chart", "Diagram 3\nFirst"),
        ("picture", "drawn by hand"),
        ("textbox", "in a box"),
    ]
    assert {extra.place for extra in found} == {"sheet 'My sheet', cell C5"}


def test_headers_and_footers_are_told_without_their_codes() -> None:
    footer = "&LOFFICIAL && more&C&P&R&8 Page &P of &N".replace("&", "&amp;")
    after = f"<headerFooter><oddFooter>{footer}</oddFooter></headerFooter>"
    found = read(workbook_parts(after=after)).loose[1:]  # the first is the sheet's name
    assert [(extra.kind, extra.text) for extra in found] == [("footer", "OFFICIAL & more"), ("footer", "Page  of")]


def test_a_sheet_has_the_words_of_its_feet() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    feet = "<oddHeader>&amp;Lhead</oddHeader><oddFooter>&amp;Lone &amp;&amp; all&amp;Rtwo</oddFooter>"
    more = "<evenFooter>&amp;Cthree</evenFooter>"
    (table,) = read(workbook_parts(rows=rows, after=f"<headerFooter>{feet}{more}</headerFooter>")).tables
    assert table.foot == "one & all\ntwo\nthree"


def test_a_link_is_an_extra_unless_its_cell_says_as_much() -> None:
    links = '<hyperlinks><hyperlink ref="A1" r:id="rId1"/><hyperlink ref="A2" r:id="rId2"/></hyperlinks>'
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a@b.example</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>our policy</t></is></c></row>'
    )
    rels = relationships(
        related("rId1", "hyperlink", "mailto:a@b.example", 'TargetMode="External"'),
        related("rId2", "hyperlink", "https://example.org/policy", 'TargetMode="External"'),
    )
    found = read(workbook_parts(rows=rows, after=links, parts={"xl/worksheets/_rels/sheet1.xml.rels": rels})).extras
    assert [(one.kind, one.place[-2:], one.text) for one in found] == [("link", "A2", "https://example.org/policy")]


def test_macros_and_links_to_other_files_are_named() -> None:
    link = f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>'
    contents = read(
        workbook_parts(
            rows='<row r="1"><c r="A1"><f>DDE("cmd","x","y")</f><v>1</v></c></row>',
            parts={
                "xl/vbaProject.bin": "x",
                "xl/externalLinks/externalLink1.xml": link,
                "xl/macrosheets/sheet9.xml": "<x/>",
            },
        )
    )
    assert codes(contents) == ["F008", "F008", "F009", "F009"]
    assert contents.problems[2].value == "cmd|/C calc"


def test_a_far_cell_costs_nothing_and_no_hint_is_believed() -> None:
    rows = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    cell = only_cell(rows=rows)
    assert (cell.column, cell.place) == (16_383, "sheet 'My sheet', cell XFD1048576")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_document_type_is_refused_in_any_encoding(part: str, encoding: str) -> None:
    parts = workbook_parts(rows='<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e "canary">]>{parts[part]}'
    with pytest.raises(UnreadableFileError, match="document type") as raised:
        read({**parts, part: text.encode(encoding)})
    assert raised.value.problem.code == "F006"


def test_entities_that_multiply_are_refused() -> None:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE x [<!ENTITY e0 "ha">{lines}]><worksheet xmlns="{MAIN}" a="&e9;"><sheetData/></worksheet>'
    with pytest.raises(UnreadableFileError):
        read(workbook_parts(parts={"xl/worksheets/sheet1.xml": text}))


def test_what_a_file_makes_long_is_not_kept_for_the_next_one() -> None:
    known = Known()
    long, short = "qf_" + "a" * 5_000, "qf_case_ref_e52dd1d6"
    assert [known.names[name].name for name in (long, short)] == [long, short]
    assert [known.targets[f"'{'S' * size}'!$D$5"] for size in (5_000, 4)] == [("S" * 5_000, "D5"), ("SSSS", "D5")]
    assert (list(known.names), list(known.targets)) == ([short], ["'SSSS'!$D$5"])


def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(zipped(workbook_parts()))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("XL/Workbook.xml", "<x/>")
    with pytest.raises(UnreadableFileError, match="two parts"):
        ExcelReader().read(out, Limits())


def test_a_truncated_file_is_damaged() -> None:
    data = zipped(workbook_parts())
    for cut in (10, len(data) // 2, len(data) - 5):
        with pytest.raises(UnreadableFileError) as raised:
            ExcelReader().read(io.BytesIO(data[:cut]), Limits())
        assert raised.value.problem.code == "F004"


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        (Limits(cells=5), "number of cells"),
        (Limits(rows=1), "number of rows"),
        (Limits(sheets=0), "number of sheets"),
        (Limits(elements=4), "number of elements"),
    ],
)
def test_limits_are_kept(limits: Limits, what: str) -> None:
    row = "<row>" + "<c><v>1</v></c>" * 3 + "</row>"
    with pytest.raises(UnreadableFileError, match=what) as raised:
        read(workbook_parts(rows=row * 2), limits)
    assert raised.value.problem.code == "F007"


def test_deep_xml_is_refused() -> None:
    text = f'<worksheet xmlns="{MAIN}">{"<a>" * 300}{"</a>" * 300}</worksheet>'
    with pytest.raises(UnreadableFileError, match="nesting"):
        read(workbook_parts(parts={"xl/worksheets/sheet1.xml": text}))


def test_xml_deeper_than_the_limit_that_was_set_is_refused() -> None:
    text = f'<worksheet xmlns="{MAIN}">{"<a>" * 30}{"</a>" * 30}</worksheet>'
    parts = workbook_parts(parts={"xl/worksheets/sheet1.xml": text})
    with pytest.raises(UnreadableFileError, match=r"nesting.*30 levels"):
        read(parts, Limits(depth=30))
    read(parts, Limits(depth=31))


@pytest.mark.parametrize(
    "target", ["./worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml"]
)
def test_a_sheet_is_found_however_its_part_is_referred_to(target: str) -> None:
    parts = workbook_parts(rows='<row r="1"><c r="A1"><v>7</v></c></row>')
    parts["xl/_rels/workbook.xml.rels"] = relationships(related("rId1", "worksheet", target))
    assert [cell.value for cell in cells(read(parts))] == [7]


def test_a_sheet_that_is_missing_is_damage_and_not_silence() -> None:
    parts = workbook_parts()
    del parts["xl/worksheets/sheet1.xml"]
    with pytest.raises(UnreadableFileError, match="'My sheet' is missing"):
        read(parts)


def test_a_binary_workbook_that_is_none_is_reported_with_the_way_out() -> None:
    parts = {"_rels/.rels": relationships(related("rId1", "officeDocument", "xl/workbook.bin")), "xl/workbook.bin": "x"}
    with pytest.raises(UnreadableFileError, match=r"save it as .*\.xlsx"):
        read(parts)


def test_description_and_keywords_of_the_file_are_extras() -> None:
    core = '<c:p xmlns:c="urn:c" xmlns:d="urn:d"><d:title>Form</d:title><d:description>See page 2</d:description></c:p>'
    found = read(workbook_parts(parts={"docProps/core.xml": core})).extras
    assert [(one.kind, one.text) for one in found] == [("property", "See page 2")]


def test_a_workbook_is_recognised_and_a_document_is_not() -> None:
    reader = ExcelReader()
    book, document = zipped(workbook_parts()), zipped({"word/document.xml": "<x/>", "word/embeddings/book.xlsx": "x"})
    assert reader.recognises(book)
    assert not reader.recognises(document)
    assert not reader.recognises(b"%PDF-1.7 xl/workbook.xml")


@pytest.mark.parametrize("seed", range(40))
def test_only_our_own_error_escapes_from_a_file_with_a_changed_byte(seed: int) -> None:
    chance = random.Random(seed)
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45728</v></c></row>'
    parts = workbook_parts(rows=rows, strings="<si><t>x</t></si>", formats=FORMATS)
    name = chance.choice(list(parts))
    text = bytearray(parts[name].encode())
    for _ in range(3):
        text[chance.randrange(len(text))] = chance.randrange(256)
    changed: dict[str, str | bytes] = {**parts, name: bytes(text)}
    with suppress(UnreadableFileError):
        read(changed)


def test_the_whole_sheet_as_one_cell_costs_nothing() -> None:
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, 1001))
    after = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    started = process_time()
    assert len(cells(read(workbook_parts(rows=rows, after=after)))) == 1000
    assert process_time() - started < 10


def test_more_merged_cells_than_a_sheet_can_have_are_refused() -> None:
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, 2001))
    after = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 20_000 + "</mergeCells>"
    started = process_time()
    with pytest.raises(UnreadableFileError, match="merged"):
        read(workbook_parts(rows=rows, after=after))
    assert process_time() - started < 10
