"""Files that hold the parts of two returns: sheets copied into another workbook, documents pasted into another."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable

import openpyxl
from docx.oxml.ns import qn
from lxml import etree

from tests.laws.mangled_excel import MAIN, Book, pasted, typed_as_text

_LEFT_BEHIND = ("hyperlinks", "legacyDrawing", "conditionalFormatting", "dataValidations")
_DOCUMENT = "word/document.xml"


def with_sheets(
    data: bytes, others: bytes, *, names: bool = True, feet: bool = True, is_copied: Callable[[str], bool] = bool
) -> bytes:
    """The sections of a second workbook behind the sheets of the first, as Excel copies sheets into a workbook.

    Pasted into new sheets they have no `names` and no `feet`. `is_copied` says which sheets are, by their names.
    """
    book, other = Book(data), Book(others)
    typed_as_text(other)
    defined = book.root.find(f"{MAIN}definedNames")
    assert defined is not None
    for sheet, root in other.sections.items():
        if not is_copied(sheet):
            continue
        for tag in (*_LEFT_BEHIND, *(() if feet else ("headerFooter",))):
            for one in root.findall(f"{MAIN}{tag}"):
                root.remove(one)
        for cell in root.iter(f"{MAIN}c"):
            cell.attrib.pop("s", "")
        title = f"{sheet[:26]} (2)"
        place = str(book.add_sheet(title, root))
        of_sheet, of_copy = (f"'{name.replace(chr(39), chr(39) * 2)}'!" for name in (sheet, title))
        for name in other.names if names else ():
            if str(name.text).startswith(of_sheet):
                facts = {"name": str(name.get("name")), "localSheetId": place}
                new = etree.SubElement(defined, f"{MAIN}definedName", facts)
                new.text = str(name.text).replace(of_sheet, of_copy)
    return book.saved()


def with_sheets_in_front(data: bytes, others: bytes) -> bytes:
    """The sections of a second workbook before the sheets of the first."""
    book = Book(with_sheets(data, others, names=False))
    sheets = book.root.find(f"{MAIN}sheets")
    assert sheets is not None
    sheets[:] = reversed(list(sheets))
    for name in book.root.findall(f"{MAIN}definedNames/{MAIN}definedName"):
        if name.get("localSheetId"):
            name.getparent().remove(name)  # type: ignore[union-attr]  # it was found in its parent
    return book.saved()


def pasted_together(data: bytes, others: bytes, *, with_keys: bool) -> bytes:
    """What stands in the sections of both, pasted into a new workbook."""
    book = openpyxl.load_workbook(io.BytesIO(pasted(data, with_keys=with_keys)))
    for sheet in openpyxl.load_workbook(io.BytesIO(pasted(others, with_keys=with_keys))).worksheets:
        target = book.create_sheet(f"{sheet.title[:26]} (2)")
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            new = target.cell(cell.row, cell.column, cell.value)
            new.data_type, new.number_format = cell.data_type, cell.number_format
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def one_document(first: bytes, second: bytes, *, stamped_as: bytes) -> bytes:
    """The bodies of two documents below each other, in a file that is otherwise one of them."""
    roots = [etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(_DOCUMENT)) for data in (first, second)]
    body = roots[0][0]
    for element in copy.deepcopy(list(roots[1][0])):
        if element.tag != qn("w:sectPr"):
            body[-1].addprevious(element)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(stamped_as)) as package, zipfile.ZipFile(file, "w") as changed:
        for name in package.namelist():
            changed.writestr(name, etree.tostring(roots[0]) if name == _DOCUMENT else package.read(name))
    return file.getvalue()
