"""What happens to workbooks on their way: marks lost, rows and columns moved, values typed anew."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial, reduce

import openpyxl
from lxml import etree

Element = etree._Element
Step = Callable[["Book"], None]
_Where = Callable[[int, int], tuple[int, int]]
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MAIN = f"{{{_SPACE}}}"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STRICT = {
    _SPACE: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    _RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": (
        "http://purl.oclc.org/ooxml/officeDocument/customProperties"
    ),
}
_SECTION = re.compile(r"[A-Z]{1,2} ")
_CODE_COLUMN, _QUESTION_COLUMN = 2, 3
_DAY_BEFORE = date(1899, 12, 30)


def _main(name: str) -> str:
    return f"{MAIN}{name}"


class Book:
    """A workbook's parts, with its sheets and their names parsed."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.root = etree.fromstring(self.parts["xl/workbook.xml"])
        self.relations = etree.fromstring(self.parts["xl/_rels/workbook.xml.rels"])
        targets = {str(one.get("Id")): str(one.get("Target")) for one in self.relations}
        self.listed = {str(one.get("name")): one for one in self.root.iterfind(f"{_main('sheets')}/*")}
        self._part = {name: _part(targets[str(one.get(f"{{{_RELATIONS}}}id"))]) for name, one in self.listed.items()}
        self.sheets = {name: etree.fromstring(self.parts[part]) for name, part in self._part.items()}

    @property
    def sections(self) -> dict[str, Element]:
        """The sheets with questions, by name."""
        return {name: root for name, root in self.sheets.items() if _SECTION.match(name)}

    @property
    def names(self) -> list[Element]:
        """The names of answer cells."""
        found = self.root.iterfind(f"{_main('definedNames')}/{_main('definedName')}")
        return [one for one in found if str(one.get("name")).startswith("qf_")]

    def add_sheet(self, name: str, root: Element) -> int:
        """Put a sheet behind the others, and give its place."""
        number = len(self.listed) + 100
        part = f"xl/worksheets/sheet{number}.xml"
        kind = f"{_RELATIONS}/worksheet"
        facts = {"Id": f"copy{number}", "Type": kind, "Target": f"/{part}"}
        etree.SubElement(self.relations, f"{{{_PACKAGE}/relationships}}Relationship", facts)
        sheets = self.root.find(_main("sheets"))
        assert sheets is not None
        self.listed[name] = etree.SubElement(sheets, _main("sheet"), {"name": name, "sheetId": str(number)})
        self.listed[name].set(f"{{{_RELATIONS}}}id", f"copy{number}")
        types = etree.fromstring(self.parts["[Content_Types].xml"])
        facts = {"PartName": f"/{part}", "ContentType": _SHEET_TYPE}
        etree.SubElement(types, f"{{{_PACKAGE}/content-types}}Override", facts)
        self.parts["[Content_Types].xml"] = etree.tostring(types)
        self._part[name], self.sheets[name] = part, root
        return len(self.listed) - 1

    def saved(self) -> bytes:
        """The file."""
        self.parts["xl/workbook.xml"] = etree.tostring(self.root)
        self.parts["xl/_rels/workbook.xml.rels"] = etree.tostring(self.relations)
        self.parts |= {part: etree.tostring(self.sheets[name]) for name, part in self._part.items()}
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self.parts.items():
                package.writestr(name, content)
        return file.getvalue()


def _part(target: str) -> str:
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _rows(root: Element) -> list[Element]:
    return root.findall(f"{_main('sheetData')}/{_main('row')}")


def _text(cell: Element) -> str:
    return "".join(one.text or "" for one in cell.iter(_main("t"))) or cell.findtext(_main("v")) or ""


def _place(cell: Element) -> tuple[int, int]:
    """Column, from 1, and row."""
    match = re.fullmatch(r"([A-Z]+)([0-9]+)", str(cell.get("r")))
    assert match is not None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(match[2])


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _mark(row: Element) -> str:
    """What the hidden first column says of a row."""
    return next((_text(cell)[4:] for cell in row if _place(cell)[0] == 1 and _text(cell).startswith("qaf:")), "")


def _move(book: Book, sheet: str, where: _Where, *, names: bool) -> None:
    """Move the cells of a sheet, and with `names` what marks them."""
    root = book.sheets[sheet]
    data = root.find(_main("sheetData"))
    assert data is not None
    moved: dict[int, list[tuple[int, Element]]] = {}
    looks: dict[int, dict[str, str]] = {}
    for row in _rows(root):
        for cell in row:
            column, number = where(*_place(cell))
            cell.set("r", f"{_letters(column)}{number}")
            moved.setdefault(number, []).append((column, cell))
            looks.setdefault(number, {str(key): str(value) for key, value in row.attrib.items()})
        data.remove(row)
    for number in sorted(moved):
        row = etree.SubElement(data, _main("row"), {**looks[number], "r": str(number)})
        row.extend(cell for _, cell in sorted(moved[number], key=lambda pair: pair[0]))
    for tag in ("mergeCells", "dataValidations", "hyperlinks", "conditionalFormatting"):
        for one in root.findall(_main(tag)):
            root.remove(one)
    if names:
        _move_names(book, sheet, where)


def _move_names(book: Book, sheet: str, where: _Where) -> None:
    quoted = "'" + sheet.replace("'", "''") + "'!"
    for name in book.names:
        match = re.fullmatch(re.escape(quoted) + r"\$([A-Z]+)\$([0-9]+)", str(name.text))
        if match:
            column, number = where(*_place(etree.Element("c", {"r": match[1] + match[2]})))
            name.text = f"{quoted}${_letters(column)}${number}"


def no_names(book: Book) -> None:
    for name in book.names:
        name.getparent().remove(name)  # type: ignore[union-attr]  # it was found in its parent


def broken_names(book: Book) -> None:
    for name in book.names:
        name.text = f"{str(name.text).rpartition('!')[0]}!#REF!"


def no_keys(book: Book) -> None:
    """The hidden column and rows of keys are empty."""
    for root in book.sections.values():
        for row in _rows(root):
            for cell in list(row):
                if _text(cell).startswith("qaf:") and (_place(cell)[0] == 1 or row.get("hidden") in ("1", "true")):
                    row.remove(cell)


def no_printed_codes(book: Book) -> None:
    """The column of references is emptied, as somebody does who finds them in the way."""
    for root in book.sections.values():
        for row in _rows(root):
            for cell in [cell for cell in row if _place(cell)[0] == _CODE_COLUMN and len(row) > 1]:
                row.remove(cell)


def no_line_breaks(book: Book) -> None:
    """What the form prints in several lines stands in one, as the function CLEAN leaves it."""
    for root in book.sections.values():
        answers = {cell.get("r") for block in _blocks(root) for cell in _answers(block)}
        for cell in (cell for row in _rows(root) for cell in row):
            if cell.get("r") not in answers and "\n" in _text(cell):
                _type(cell, _text(cell).replace("\n", ""))


def no_key_column(book: Book, *, names: bool = True) -> None:
    """The hidden column is deleted, so that everything stands one column to the left."""
    for sheet, root in book.sections.items():
        for row in _rows(root):
            for cell in [cell for cell in row if _place(cell)[0] == 1]:
                row.remove(cell)
        for widths in root.findall(_main("cols")):
            root.remove(widths)
        _move(book, sheet, lambda column, row: (column - 1, row), names=names)


def inserted_rows(book: Book, *, names: bool) -> None:
    """An empty row after every second one."""
    for sheet in book.sections:
        _move(book, sheet, lambda column, row: (column, row + row // 3), names=names)


def one_inserted_row(book: Book) -> None:
    """As a library inserts it, which leaves all names where they are."""
    for sheet in book.sections:
        _move(book, sheet, lambda column, row: (column, row + (row > 6)), names=False)


def inserted_columns(book: Book) -> None:
    """An empty column before the first answers, and one before the second."""
    for sheet in book.sections:
        _move(book, sheet, lambda column, row: (column + (column > 3) + (column > 4), row), names=True)


class _Block:
    """The rows under one row of column keys; `key` is that of a grid or table, and nothing for questions."""

    def __init__(self, key: str, keys: Element) -> None:
        self.key, self.keys = key, keys
        self.rows: list[Element] = []

    @property
    def is_table(self) -> bool:
        return any(_mark(row).startswith(f"{self.key}[") for row in self.rows)


def _blocks(root: Element) -> list[_Block]:
    blocks: dict[str, _Block] = {}
    for row in _rows(root):
        mark = _mark(row)
        if mark.startswith("columns"):
            key = mark.removeprefix("columns").strip()
            blocks[key] = _Block(key, row)
        elif mark and not mark.endswith("[]"):
            key = re.sub(r"\[[0-9]+\]$", "", mark) if mark.endswith("]") else mark.rpartition(".")[0]
            block = blocks.get(key) or blocks.get("")
            if block is not None and "#" not in mark:
                block.rows.append(row)
    return list(blocks.values())


def _answers(block: _Block) -> Iterator[Element]:
    columns = {column for column, _ in map(_place, block.keys) if column > 1}
    return (cell for row in block.rows for cell in row if _place(cell)[0] in columns)


def sorted_rows(book: Book, *, with_keys: bool, questions: bool = False) -> None:
    """The rows of every grid, or all questions of a sheet, in another order. Names stay where they are."""
    chance = random.Random(3)
    for sheet, root in book.sections.items():
        order: dict[int, int] = {}
        for block in _blocks(root):
            if block.is_table or bool(block.key) is questions:
                continue
            numbers = [int(str(row.get("r"))) for row in block.rows]
            order |= dict(zip(numbers, chance.sample(numbers, len(numbers)), strict=True))
        _move(book, sheet, partial(_sorted, order, with_keys), names=False)


def _sorted(order: Mapping[int, int], with_keys: bool, column: int, row: int) -> tuple[int, int]:
    return column, order.get(row, row) if with_keys or column > 1 else row


def moved_columns(book: Book, *, names: bool, keys: bool = True) -> None:
    """The answer columns of every grid and table in reverse order, with their heads."""
    for sheet, root in book.sections.items():
        turned: dict[int, Mapping[int, int]] = {}
        for block in _blocks(root):
            if not block.key or not block.rows:
                continue
            columns = [column for column, _ in map(_place, block.keys) if column > 1]
            places = dict(zip(columns, reversed(columns), strict=True))
            first, last = int(str(block.keys.get("r"))), int(str(block.rows[-1].get("r")))
            turned |= dict.fromkeys(range(first + (not keys), last + 1), places)
        _move(book, sheet, partial(_turned, turned), names=names)


def _turned(turned: Mapping[int, Mapping[int, int]], column: int, row: int) -> tuple[int, int]:
    return turned.get(row, {}).get(column, column), row


def cut_rows(book: Book, *, questions: bool = False) -> None:
    """What people see of the rows was cut and pasted in another order: names go with it, and hidden marks stay."""
    chance = random.Random(4)
    for sheet, root in book.sections.items():
        order: dict[int, int] = {}
        for block in _blocks(root):
            if not block.is_table and bool(block.key) is not questions:
                numbers = [int(str(row.get("r"))) for row in block.rows]
                order |= dict(zip(numbers, chance.sample(numbers, len(numbers)), strict=True))
        _move(book, sheet, partial(_sorted, order, False), names=True)


def a_column_of_notes(book: Book) -> None:
    """A column between the questions and their answers, in which the agency noted something for itself."""
    for sheet, root in book.sections.items():
        marked = [int(str(row.get("r"))) for row in _rows(root) if _mark(row) and not _mark(row).startswith("columns")]
        _move(book, sheet, lambda column, row: (column + (column > _QUESTION_COLUMN), row), names=True)
        for row in _rows(book.sheets[sheet]):
            if int(str(row.get("r"))) in marked and not _mark(row).endswith("]"):
                place = sum(1 for cell in row if _place(cell)[0] <= _QUESTION_COLUMN)
                note = etree.Element(_main("c"), {"r": f"{_letters(_QUESTION_COLUMN + 1)}{row.get('r')}"})
                _type(note, f"our note {row.get('r')}")
                row.insert(place, note)


def in_one_sheet(book: Book) -> None:
    """Every section was put below the first, and its own sheet is empty."""
    first, *others = book.sections
    data = book.sheets[first].find(_main("sheetData"))
    assert data is not None
    book.sheets[first][:] = [data]
    for sheet in others:
        below = int(str(_rows(book.sheets[first])[-1].get("r"))) + 1
        _move(book, sheet, lambda column, row, down=below: (column, row + down), names=True)  # type: ignore[misc]  # a default fixes the number
        for row in _rows(book.sheets[sheet]):
            data.append(row)
        quoted = "'" + sheet.replace("'", "''") + "'!"
        for name in book.names:
            name.text = str(name.text).replace(quoted, "'" + first.replace("'", "''") + "'!")


def renamed_sheets(book: Book) -> None:
    for number, sheet in enumerate(book.sections):
        new = f"Bob's tab {number}"
        book.listed[sheet].set("name", new)
        quoted = "'" + sheet.replace("'", "''") + "'!"
        for name in book.names:
            name.text = str(name.text).replace(quoted, f"'Bob''s tab {number}'!")


def reordered_sheets(book: Book) -> None:
    sheets = book.root.find(_main("sheets"))
    assert sheets is not None
    sheets[:] = reversed(list(sheets))
    for name in book.root.findall(f"{_main('definedNames')}/{_main('definedName')}"):
        if name.get("localSheetId"):
            name.getparent().remove(name)  # type: ignore[union-attr]  # it was found in its parent


def copied_sheets(book: Book) -> None:
    """Every section a second time, as Excel copies it: with names of its own."""
    defined = book.root.find(_main("definedNames"))
    for sheet, root in book.sections.items():
        twin = copy.deepcopy(root)
        for tag in ("hyperlinks", "legacyDrawing"):
            for one in twin.findall(_main(tag)):
                twin.remove(one)
        title = f"{sheet[:27]} (2)"
        place = book.add_sheet(title, twin)
        quoted = "'" + sheet.replace("'", "''") + "'!"
        for name in book.names if defined is not None else ():
            if str(name.text).startswith(quoted) and not name.get("localSheetId"):
                facts = {"name": str(name.get("name")), "localSheetId": str(place)}
                etree.SubElement(defined, _main("definedName"), facts).text = str(name.text).replace(  # type: ignore[arg-type]
                    quoted, "'" + title.replace("'", "''") + "'!"
                )


def copied_and_emptied(book: Book) -> None:
    """Every section a second time, and the answers are in the copy alone."""
    originals = dict(book.sections)
    copied_sheets(book)
    for root in originals.values():
        for cell in (cell for block in _blocks(root) for cell in _answers(block)):
            _empty(cell)


def _empty(cell: Element) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", "")


def typed_as_text(book: Book) -> None:
    """Every number and date as the text that people see."""
    styles = etree.fromstring(book.parts["xl/styles.xml"])
    codes = {str(one.get("numFmtId")): str(one.get("formatCode")) for one in styles.iter(_main("numFmt"))}
    formats = [str(one.get("numFmtId")) for one in styles.iterfind(f"{_main('cellXfs')}/*")]
    for root in book.sections.values():
        for cell in (cell for row in _rows(root) for cell in row):
            stored = cell.findtext(_main("v"))
            if stored and cell.get("t") in (None, "n") and _place(cell)[0] >= _QUESTION_COLUMN:
                number = formats[int(cell.get("s", "0"))]
                _type(cell, _seen(stored, number, codes.get(number, "")))


def _seen(stored: str, number: str, code: str) -> str:
    if "yy" in code or number == "14":
        return f"{_DAY_BEFORE + timedelta(int(float(stored))):%d/%m/%Y}"
    if "%" in code or number in ("9", "10"):
        return f"{(Decimal(stored) * 100).normalize():f}%"
    return f"{Decimal(f'{float(stored):.15g}'):f}"


def _type(cell: Element, text: str) -> None:
    _empty(cell)
    cell.set("t", "inlineStr")
    etree.SubElement(etree.SubElement(cell, _main("is")), _main("t")).text = text


def _through(steps: Sequence[Step], data: bytes) -> bytes:
    book = Book(data)
    for step in steps:
        step(book)
    return book.saved()


def through(*steps: Step) -> Callable[[bytes], bytes]:
    """One way to mangle a file out of several steps."""
    return partial(_through, steps)


def strict(data: bytes) -> bytes:
    """The same file in the namespaces of ISO Strict."""
    book = Book(data)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in book.parts.items():
            package.writestr(name, _in_strict(content) if name.endswith((".xml", ".rels")) else content)
    return file.getvalue()


def _in_strict(content: bytes) -> bytes:
    return reduce(lambda text, pair: text.replace(pair[0].encode(), pair[1].encode()), _STRICT.items(), content)


def loaded_and_saved(data: bytes) -> bytes:
    """As openpyxl saves what it loaded."""
    file = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(file)
    return file.getvalue()


def pasted(data: bytes, *, with_keys: bool) -> bytes:
    """The values of the sections pasted into a new workbook: without the stamp and names, or also without keys."""
    new = openpyxl.Workbook()
    new.remove(new.worksheets[0])
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        if not _SECTION.match(sheet.title):
            continue
        target = new.create_sheet(sheet.title)
        hidden = (row for row, look in sheet.row_dimensions.items() if look.hidden)
        left_out = set() if with_keys else set(hidden)
        number = 0
        for row in sheet.iter_rows(min_col=1 if with_keys else 2):
            if row[0].row in left_out:
                continue
            number += 1
            for cell in row:
                if cell.value is not None:
                    pasted_cell = target.cell(number, cell.column - (not with_keys), cell.value)
                    pasted_cell.data_type = cell.data_type
                    pasted_cell.number_format = cell.number_format
    file = io.BytesIO()
    new.save(file)
    return file.getvalue()


def _ways() -> Iterator[tuple[str, Callable[[bytes], bytes]]]:
    yield "as it was issued", through()
    yield "no names", through(no_names)
    yield "broken names", through(broken_names)
    yield "no keys", through(no_keys)
    yield "no names, no keys", through(no_names, no_keys)
    yield "no key column", through(no_key_column)
    yield "no key column, no names", through(no_key_column, no_names)
    yield "no key column, names left behind", through(partial(no_key_column, names=False))
    yield "no printed codes", through(no_printed_codes)
    yield "no printed codes, no names", through(no_printed_codes, no_names)
    yield "no line breaks, no names, no keys", through(no_line_breaks, no_names, no_keys)
    yield "a row inserted by a library", through(one_inserted_row)
    yield "a row inserted by a library, no keys", through(one_inserted_row, no_keys)
    yield "rows inserted", through(partial(inserted_rows, names=True))
    yield "rows inserted, names left behind", through(partial(inserted_rows, names=False))
    yield "rows inserted, no names", through(partial(inserted_rows, names=False), no_names)
    yield "rows inserted, names left behind, no keys", through(partial(inserted_rows, names=False), no_keys)
    yield "columns inserted", through(inserted_columns)
    yield "sorted with the keys", through(partial(sorted_rows, with_keys=True))
    yield "sorted with the keys, no names", through(partial(sorted_rows, with_keys=True), no_names)
    yield "sorted without the keys", through(partial(sorted_rows, with_keys=False))
    yield "sorted without the keys, no names", through(partial(sorted_rows, with_keys=False), no_names)
    yield (
        "sorted without the keys, no printed codes",
        through(partial(sorted_rows, with_keys=False), no_printed_codes),
    )
    yield "questions sorted with the keys", through(partial(sorted_rows, with_keys=True, questions=True))
    yield "rows of grids cut, keys left behind", through(cut_rows)
    yield "rows of grids cut, no keys", through(cut_rows, no_keys)
    yield "questions cut, keys left behind", through(partial(cut_rows, questions=True))
    yield "a column of notes", through(a_column_of_notes)
    yield "a column of notes, no names, no keys", through(a_column_of_notes, no_names, no_keys)
    yield "all in one sheet", through(in_one_sheet)
    yield "all in one sheet, no names, no keys", through(in_one_sheet, no_names, no_keys)
    yield "columns moved", through(partial(moved_columns, names=True))
    yield "columns moved, names left behind", through(partial(moved_columns, names=False))
    yield "columns moved, no names", through(partial(moved_columns, names=False), no_names)
    yield "columns moved, names and keys left behind", through(partial(moved_columns, names=False, keys=False))
    yield (
        "columns moved, keys left behind, no names",
        through(partial(moved_columns, names=False, keys=False), no_names),
    )
    yield "sheets renamed", through(renamed_sheets)
    yield "sheets renamed, no names", through(no_names, renamed_sheets)
    yield "sheets in another order", through(reordered_sheets)
    yield "sheets copied", through(copied_sheets)
    yield "sheets copied, the first emptied", through(copied_and_emptied)
    yield "sheets copied, the first emptied, no names, no keys", through(copied_and_emptied, no_names, no_keys)
    yield "typed as text", through(typed_as_text)
    yield "Strict", strict
    yield "saved by openpyxl", loaded_and_saved
    yield "pasted with the keys", partial(pasted, with_keys=True)
    yield "pasted as people see it", partial(pasted, with_keys=False)


by_words_alone = through(no_names, no_keys, no_printed_codes)
"""No mark is left: a question is known by its words, which is said."""

MANGLED: Mapping[str, Callable[[bytes], bytes]] = dict(_ways())
"""After each of these every answer is still in the file, with a name, a key or its printed code."""
