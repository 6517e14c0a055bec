"""Small files to try LibreOffice on: a Word form and a workbook with every anchor."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.package import Package
from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
PROPERTIES = {"qaf_form": "neglect_audit", "qaf_version": "2024.1"}
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_RELATION = f"{RELATIONSHIP_TYPE.OFFICE_DOCUMENT.rsplit('/', 1)[0]}/custom-properties"
FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"

PLAIN = '<w:text w:multiLine="1"/>'
RICH = ""
CHECKBOX = (
    '<w14:checkbox><w14:checked w14:val="0"/>'
    '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
)
ITEMS = (
    '<w:listItem w:displayText="Choose" w:value=""/>'
    '<w:listItem w:displayText="Yes" w:value="yes"/>'
    '<w:listItem w:displayText="Partly" w:value="partly"/>'
)
DROPDOWN = f"<w:dropDownList>{ITEMS}</w:dropDownList>"
COMBO = f"<w:comboBox>{ITEMS}</w:comboBox>"
DATE = (
    '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/>'
    '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
)


def control(tag: str, kind: str, text: str, *, placeholder: bool = False, alias: str = "") -> str:
    """An inline w:sdt that shows `text`."""
    shown = escape(text)
    style = '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>' if placeholder else ""
    named = f'<w:alias w:val="{alias}"/>' if alias else ""
    return (
        f'<w:sdt><w:sdtPr>{named}<w:tag w:val="{tag}"/><w:id w:val="{_number(tag)}"/>'
        f'<w:lock w:val="sdtLocked"/>{"<w:showingPlcHdr/>" if placeholder else ""}'
        f"{kind}</w:sdtPr><w:sdtContent><w:r>{style}<w:t>{shown}</w:t></w:r>"
        "</w:sdtContent></w:sdt>"
    )


def bookmarked(name: str, xml: str) -> str:
    """A bookmark around `xml`."""
    number = _number(name)
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{xml}<w:bookmarkEnd w:id="{number}"/>'


def answer(key: str, kind: str, text: str, **options: Any) -> tuple[str, str]:
    """A code and its answer space: a control tagged `key` inside bookmark `qaf_key`."""
    return key, bookmarked(f"qaf_{key}", control(key, kind, text, **options))


def word_form(path: Path, answers: Iterable[tuple[str, str]], *, protect: str = "") -> Path:
    """Write a docx with an introduction, a table of codes and answers, and an end.

    `protect` is the w:edit of its w:documentProtection, without one when empty.
    """
    document = docx.Document()
    document.styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER)
    document.add_paragraph("Introduction")
    table = document.add_table(rows=0, cols=2)
    for code, xml in answers:
        cells = table.add_row().cells
        cells[0].text = code
        paragraph = f'<w:p {nsdecls("w")} xmlns:w14="{W14}">{xml}</w:p>'
        cells[1]._tc.replace(cells[1].paragraphs[0]._p, parse_xml(paragraph))
    document.add_paragraph("The end")
    if protect:
        edit = f'<w:documentProtection {nsdecls("w")} w:edit="{protect}" w:enforcement="1"/>'
        document.settings.element.append(parse_xml(edit))
    package = document.part.package
    assert package is not None
    _add_properties(package)
    document.save(str(path))
    return path


def excel_form(path: Path) -> Path:
    """Write an xlsx with names, lists, a hidden key column, a hidden sheet, locks."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "A Practice"
    sheet.append(["key", "Question", "Answer", "Evidence", "Due"])
    for row in range(2, 6):
        sheet.append([f"practice.q{row - 1}", f"Question {row - 1}"])
        for column in "CDE":
            sheet[f"{column}{row}"].protection = Protection(locked=False)
        sheet[f"D{row}"].alignment = Alignment(wrap_text=True)
        sheet[f"E{row}"].number_format = "dd/mm/yyyy"
        _name(book, f"qaf_q{row - 1}_answer", f"'A Practice'!$C${row}")
        _name(book, f"qaf_q{row - 1}_evidence", f"'A Practice'!$D${row}")
    _name(book, "qaf_practice", "'A Practice'!$A$2:$E$5")
    sheet.column_dimensions["A"].hidden = True
    _lists(book)
    _validate(sheet)
    properties: Any = vars(book)["custom_doc_props"]  # unknown to openpyxl's type stubs
    for key, value in PROPERTIES.items():
        properties.append(StringProperty(name=key, value=value))
    book.save(path)
    return path


def _lists(book: Workbook) -> None:
    lists = book.create_sheet("Lists")
    for level in ("Yes", "Partly", "No"):
        lists.append([level])
    lists.sheet_state = "hidden"
    stamp = book.create_sheet("Stamp")
    stamp["A1"] = "neglect_audit"
    stamp.sheet_state = "veryHidden"


def _validate(sheet: Any) -> None:
    inline = DataValidation("list", formula1='"Yes,Partly,No"', showErrorMessage=True, allow_blank=True)
    ranged = DataValidation("list", formula1="Lists!$A$1:$A$3", showErrorMessage=True)
    dates = DataValidation("date", operator="greaterThan", formula1=str((date(2020, 1, 1) - date(1899, 12, 30)).days))
    for rule, cells in ((inline, "C2:C3"), (ranged, "C4:C5"), (dates, "E2:E5")):
        rule.add(cells)
        sheet.add_data_validation(rule)


def _name(book: Workbook, name: str, target: str) -> None:
    book.defined_names[name] = DefinedName(name, attr_text=target)


def _add_properties(package: Package) -> None:
    held = "".join(
        f'<property fmtid="{FMTID}" pid="{pid}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for pid, (name, value) in enumerate(PROPERTIES.items(), 2)
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    blob = (
        f'<Properties xmlns="{office}/custom-properties" xmlns:vt="{office}/docPropsVTypes">{held}</Properties>'
    ).encode()
    part = Part(PackURI("/docProps/custom.xml"), CUSTOM_TYPE, blob, package)
    package.relate_to(part, CUSTOM_RELATION)


def _number(text: str) -> int:
    """A small number that is always the same for the same text."""
    return sum((i + 1) * ord(c) for i, c in enumerate(text)) % 30000 + 1
