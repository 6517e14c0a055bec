"""What happens to Word forms on their way: marks lost, rows moved, text cut up."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import partial

import docx
from docx.oxml.ns import qn
from lxml import etree

Element = etree._Element
Mangling = Callable[[Element], None]
ADDED = "added below table {:03}"
_DOCUMENT = "word/document.xml"


def mangled(data: bytes, *manglings: Mangling) -> bytes:
    """A file after its body went through something."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts[_DOCUMENT])
    for mangling in manglings:
        mangling(root)
    parts[_DOCUMENT] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as changed:
        for name, content in parts.items():
            changed.writestr(name, content)
    return file.getvalue()


def pasted(data: bytes) -> bytes:
    """The whole body pasted into a new document, which has no stamp and no styles of ours."""
    new = docx.Document()
    body = new.element.body
    last = body[-1]
    for element in docx.Document(io.BytesIO(data)).element.body:
        if element.tag != qn("w:sectPr"):
            last.addprevious(deepcopy(element))
    for properties in list(body.iter(qn("w:sectPr")))[:-1]:
        properties.getparent().remove(properties)
    file = io.BytesIO()
    new.save(file)
    return file.getvalue()


def no_tags(root: Element) -> None:
    _remove(root, "w:tag")


def no_bookmarks(root: Element) -> None:
    _remove(root, "w:bookmarkStart")
    _remove(root, "w:bookmarkEnd")


def no_controls(root: Element) -> None:
    for control in list(root.iter(qn("w:sdt"))):
        for inner in list(control.iterfind(f"{qn('w:sdtContent')}/*")):
            control.addprevious(inner)
        control.getparent().remove(control)  # type: ignore[union-attr]  # a control always stands in something


def split_runs(root: Element) -> None:
    for run in list(root.iter(qn("w:r"))):
        texts = run.findall(qn("w:t"))
        words = texts[0].text or "" if texts else ""
        if len(texts) == 1 and len(run) <= 2 and len(words) > 1 and not words.isspace():
            second = deepcopy(run)
            texts[0].text, second.find(qn("w:t")).text = words[: len(words) // 2], words[len(words) // 2 :]  # type: ignore[union-attr]
            run.addnext(second)


def tracked(root: Element) -> None:
    """Every answer was typed while changes were tracked, over words that were there before."""
    for number, content in enumerate(root.iter(qn("w:sdtContent"))):
        for run in content.findall(qn("w:r")):
            facts = {qn("w:id"): str(10_000 + number), qn("w:author"): "Z", qn("w:date"): "2025-03-01T00:00:00Z"}
            typed = etree.Element(qn("w:ins"), facts)
            run.addprevious(typed)
            typed.append(run)
            deleted = etree.Element(qn("w:del"), {**facts, qn("w:id"): str(20_000 + number)})
            gone = etree.SubElement(etree.SubElement(deleted, qn("w:r")), qn("w:delText"))
            gone.text = "an older answer"
            typed.addprevious(deleted)


def shuffled_rows(root: Element) -> None:
    """The printed rows in another order. The order of a respondent's own rows is what they say it is."""
    chance = random.Random(7)
    for table in _form_tables(root):
        rows = _printed_rows(table)
        for row in rows:
            table.remove(row)
        chance.shuffle(rows)
        table.extend(rows)


def reversed_columns(root: Element) -> None:
    """The answer columns of grids in reverse order, as far as no cell goes over several."""
    for table in _form_tables(root):
        rows = table.findall(qn("w:tr"))
        if any(row.find(f".//{qn('w:gridSpan')}") is not None for row in rows) or len(rows[0]) <= 4:
            continue
        for row in rows:
            cells = row.findall(qn("w:tc"))[2:]
            for cell in cells:
                row.remove(cell)
            row.extend(reversed(cells))


def deleted_rows(root: Element) -> None:
    """Every fifth printed row is gone, and the second of the respondent's own in each table."""
    for table in _form_tables(root):
        for row in [*_printed_rows(table)[4::5], *_own_rows(table)[1:2]]:
            table.remove(row)


def added_rows(root: Element) -> int:
    """A row of one's own below every table: it says in its last cell which it is. How many there are."""
    tables = [table for table in _form_tables(root) if _data_rows(table)]
    for number, table in enumerate(tables):
        rows = _data_rows(table)
        row = deepcopy(rows[-1])
        paragraphs = [cell.findall(qn("w:p")) for cell in row.findall(qn("w:tc"))]
        for inner in [inner for cell in paragraphs for paragraph in cell for inner in paragraph]:
            inner.getparent().remove(inner)  # type: ignore[union-attr]  # it was found in its parent
        run = etree.SubElement(paragraphs[-1][0], qn("w:r"))
        etree.SubElement(run, qn("w:t")).text = ADDED.format(number)
        table.append(row)
    return len(tables)


def reversed_own_rows(root: Element) -> None:
    """The respondent's own rows in reverse order."""
    for table in _form_tables(root):
        rows = _own_rows(table)
        for row in rows:
            table.remove(row)
        table.extend(reversed(rows))


def merged_down(root: Element) -> None:
    """In every table the last cells of the first two rows of answers are one."""
    for table in _form_tables(root):
        rows = _answer_rows(table)
        if len(rows) > 1:
            first, further = (row.findall(qn("w:tc"))[-1] for row in rows[:2])
            etree.SubElement(_properties(first), qn("w:vMerge")).set(qn("w:val"), "restart")
            etree.SubElement(_properties(further), qn("w:vMerge"))
            for paragraph in further.findall(qn("w:p")):
                first.append(paragraph)
            etree.SubElement(further, qn("w:p"))


def merged_across(root: Element) -> None:
    """In every table the last two cells of the third row of answers, or of the last, are one."""
    for table in _form_tables(root):
        rows = [row for row in _answer_rows(table) if _is_space(row.findall(qn("w:tc"))[-2])]
        if rows:
            first, second = rows[:3][-1].findall(qn("w:tc"))[-2:]
            etree.SubElement(_properties(first), qn("w:gridSpan")).set(qn("w:val"), "2")
            for paragraph in second.findall(qn("w:p")):
                first.append(paragraph)
            second.getparent().remove(second)  # type: ignore[union-attr]  # a cell stands in its row


def anchors_in(data: bytes) -> set[str]:
    """The names of the bookmarks in a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read(_DOCUMENT))
    return {str(mark.get(qn("w:name"))) for mark in root.iter(qn("w:bookmarkStart"))}


def _answer_rows(table: Element) -> list[Element]:
    """The rows with an answer in their last cell, and no cell over several columns."""
    rows = [row for row in _data_rows(table) if row.find(f".//{qn('w:gridSpan')}") is None]
    return [row for row in rows if len(row.findall(qn("w:tc"))) > 2 and _is_space(row.findall(qn("w:tc"))[-1])]


def _is_space(cell: Element) -> bool:
    return cell.find(f".//{qn('w:sdt')}") is not None


def _properties(cell: Element) -> Element:
    found = cell.find(qn("w:tcPr"))
    if found is None:
        found = etree.Element(qn("w:tcPr"))
        cell.insert(0, found)
    return found


def _form_tables(root: Element) -> Iterator[Element]:
    caption = f"{qn('w:tblPr')}/{qn('w:tblCaption')}"
    return (table for table in root.iter(qn("w:tbl")) if table.find(caption) is not None)


def _words(cells: Iterator[Element]) -> str:
    """What stands in the first of some cells."""
    return "".join(text.text or "" for text in next(cells).iter(qn("w:t")))


def _data_rows(table: Element) -> list[Element]:
    return [row for row in table.findall(qn("w:tr")) if row.find(f".//{qn('w:tblHeader')}") is None]


def _printed_rows(table: Element) -> list[Element]:
    """The rows that are not the respondent's own, which are numbered."""
    return [row for row in _data_rows(table) if not _words(row.iterfind(qn("w:tc"))).isdigit()]


def _own_rows(table: Element) -> list[Element]:
    """The rows of a respondent's own."""
    return [row for row in _data_rows(table) if _words(row.iterfind(qn("w:tc"))).isdigit()]


def _remove(root: Element, name: str) -> None:
    for element in list(root.iter(qn(name))):
        element.getparent().remove(element)  # type: ignore[union-attr]  # none of them is the root


def without(*steps: Mangling) -> Callable[[bytes], bytes]:
    """One way to mangle a file out of several."""
    return partial(_through, steps)


def _through(steps: tuple[Mangling, ...], data: bytes) -> bytes:
    return mangled(data, *steps)


MANGLED: Mapping[str, Callable[[bytes], bytes]] = {
    "as it was issued": without(),
    "no tags": without(no_tags),
    "no bookmarks": without(no_bookmarks),
    "no tags, no bookmarks": without(no_tags, no_bookmarks),
    "no controls": without(no_controls),
    "no controls, no bookmarks": without(no_controls, no_bookmarks),
    "every run split": without(split_runs),
    "tracked changes": without(tracked),
    "rows shuffled": without(shuffled_rows),
    "columns reversed": without(reversed_columns),
    "columns reversed, no marks": without(reversed_columns, no_tags, no_bookmarks),
    "pasted into a new document": pasted,
    "pasted without controls": lambda data: pasted(mangled(data, no_controls)),
}
"""After each of these every answer is still in the file, with a mark or its printed code."""
