"""Workbooks of other formats (.xls, .xlsb, .ods) by way of calamine, where it is installed.

Calamine gives the cells of the sheets and nothing else, and errors in cells as nothing, so a return says that it was
read without comments and the like.
It does not tell a percentage from a number either: the core is told, and asks wherever that matters. Of .xlsb files
that hold short records it gives the first cell of every row and no other: marked rows without words show that.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date, datetime
from importlib.util import find_spec
from typing import Any

from qaf_forms.plugin import (
    SHEET_NAME,
    Cell,
    Code,
    Contents,
    Extra,
    Limits,
    Problem,
    Raw,
    Route,
    Table,
    UnreadableFileError,
    opendocument_type,
    run_capped,
)
from qaf_forms_excel import marks
from qaf_forms_excel.known import Anchors
from qaf_forms_excel.marked_rows import FORM, MarkedRows
from qaf_forms_excel.references import column_letters
from qaf_forms_excel.typed_names import SheetWords

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book\0"))
_OTHERS = tuple(name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument"))
_EDGE = 65_536
_KINDS = {
    ".xls": "an old Excel workbook (.xls)",
    ".xlsb": "an Excel binary workbook (.xlsb)",
    ".ods": "an OpenDocument sheet (.ods)",
}
_SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
_MACROS = ("_VBA_PROJECT".encode("utf-16-le"), b"xl/vbaProject.bin", b"Basic/script-lc.xml", b"Scripts/python/")
_BROKEN = "\N{REPLACEMENT CHARACTER}"
"""Calamine gives two for an emoji of which an .xls file has one half at the end of a record."""
_DATES = {"date": date.fromisoformat, "datetime": datetime.fromisoformat}


def old_format(data: bytes) -> str:
    """The suffix of the format that `data` is in, if calamine can read it; otherwise empty."""
    if data.startswith(_OLE) and any(stream in data for stream in _STREAMS):
        return "" if any(other in data for other in _OTHERS) else ".xls"
    if not data.startswith(b"PK"):
        return ""
    if opendocument_type(data) == _SPREADSHEET:
        return ".ods"
    directory = data[-_EDGE:]
    return ".xlsb" if b"xl/workbook.bin" in directory and b"word/document" not in directory else ""


def read_old(data: bytes, suffix: str, limits: Limits) -> Contents:
    """Every cell of the workbook."""
    if find_spec("python_calamine") is None:
        advice = "ask for it as .xlsx, or install qaf-forms-excel[old], with which it is read as it is"
        raise UnreadableFileError(Code.NOT_A_FORM_FILE.problem(what=_KINDS[suffix], suggestion=advice))
    program = [sys.executable, "-P", "-m", "qaf_forms_excel.calamine_worker"]
    written = run_capped(program, data, seconds=limits.seconds, memory=limits.memory)
    contents = _contents(json.loads(written), limits, _remarks(data))
    if contents is None:
        advice = "ask for it as .xlsx: open it in Excel and save it as an Excel workbook"
        what = f"{_KINDS[suffix]} of which most cells cannot be read"
        raise UnreadableFileError(Code.NOT_A_FORM_FILE.problem(what=what, suggestion=advice))
    return contents


def _remarks(data: bytes) -> list[Problem]:
    found = [Code.READ_IN_PART.problem()]
    if any(mark in data for mark in _MACROS):
        found.append(Code.HAS_MACROS.problem(what="macros"))
    return found


def _contents(sheets: list[Any], limits: Limits, problems: list[Problem]) -> Contents | None:
    """Everything in the sheets; None if the words of marked rows are missing."""
    count = sum(len(cells) for _, cells in sheets)
    if len(sheets) > limits.sheets or count > limits.cells:
        what, size, limit = "the number of cells", count, limits.cells
        if len(sheets) > limits.sheets:
            what, size, limit = "the number of sheets", len(sheets), limits.sheets
        raise UnreadableFileError(Code.TOO_COMPLEX.problem(what=what, size=f"{size:,}", limit=f"{limit:,}"))
    properties: dict[str, str] = {}
    tables: list[Table] = []
    covers: list[Table] = []
    loose: list[Extra] = []
    words = SheetWords()
    worked_out: list[Raw] = []
    marked = with_words = 0
    for name, cells in sheets:
        rows = MarkedRows(f"sheet '{name}'", {}, Anchors(Route.KEY), sees_formulas=False)
        for number, column, kind, value in cells:
            _take(rows, number + 1, column, _DATES[kind](value) if kind in _DATES else value)
        table = rows.table()
        loose += _named(rows, words[name])
        marked += len(rows.marks.rows)
        with_words += sum(1 for number in rows.marks.rows if any(cell.value != "" for cell in rows.rows[number]))
        if FORM not in properties:
            properties |= rows.stamp
        worked_out += rows.worked_out
        if rows.marks.is_cover:
            covers.append(table)
        if table.rows:
            tables.append(table)
    for cover in covers:
        _drop_counts(cover, worked_out)
    if marked and not with_words:
        return None
    return Contents(properties=properties, tables=tables, loose=loose, problems=problems, knows_percentages=False)


def _named(rows: MarkedRows, words: str) -> list[Extra]:
    """What a sheet is called, if that may be somebody's words."""
    return [Extra(SHEET_NAME, rows.place, words)] if words and not rows.marks.is_made else []


def _drop_counts(cover: Table, worked_out: list[Raw]) -> None:
    """Drop the counts that the cover shows: numbers that the hidden sheet of formulas has as well."""
    left = Counter(worked_out)
    for row in cover.rows:
        for cell in [one for one in row if isinstance(one.value, int | float) and left[one.value] > 0]:
            left[cell.value] -= 1
            row.remove(cell)
    cover.rows[:] = [row for row in cover.rows if row]


def _take(rows: MarkedRows, number: int, column: int, value: Raw) -> None:
    if isinstance(value, str) and value.startswith(marks.PREFIX):
        rows.marks.note(number, column, value)
    elif value != "":
        place = f"{rows.prefix}{column_letters(column)}{number}"
        is_broken = isinstance(value, str) and _BROKEN in value
        remarks = (Code.BROKEN_CHARACTERS.problem(place=place, value=value),) if is_broken else ()
        rows.rows.setdefault(number, []).append(Cell(column, value, place, (), remarks))
