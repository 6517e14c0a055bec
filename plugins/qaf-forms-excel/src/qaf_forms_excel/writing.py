"""Puts a workbook into bytes: the same bytes for the same workbook, and nothing on disk.

`Workbook.save` of openpyxl stamps the clock into the file and writes every sheet to a temporary file first, where
answers could be found afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml.etree import Element, SubElement
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_STYLE

from qaf_forms_excel.fonts import fonts_in_order
from qaf_forms_excel.logo import Drawing
from qaf_forms_excel.loose_types import Book, Sheet
from qaf_forms_excel.sheet_data import sheet_data

_NO_ROWS = b"<sheetData/>"
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE_BY_ALL = 0o644 << 16
_NO_WARNINGS = {
    "sqref": "A1:XFD1048576",
    "numberStoredAsText": "1",
    "twoDigitTextYear": "1",
    "formula": "1",
    "formulaRange": "1",
}
"""What Excel would put a green triangle on: texts that look like numbers or dates, which it offers to make numbers of,
and formulas that differ from their neighbours or leave some out."""
_BY_NUMBER = re.compile(rb"&#([0-9]{3,7});")


def workbook_bytes(workbook: Book) -> bytes:
    """The file of a workbook."""
    return zipped(workbook_parts(workbook))


def workbook_parts(workbook: Book) -> dict[str, bytes]:
    """The parts of a workbook by name, in order."""
    workbook.properties.created = workbook.properties.modified = datetime(*_NO_TIME)
    archive = _Parts()
    writer: Any = _InMemoryWriter
    writer(workbook, archive).write_data()
    return archive.parts


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The file that parts make."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            entry = ZipInfo(name, _NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = _READABLE_BY_ALL
            archive.writestr(entry, data)
    return out.getvalue()


class _Parts:
    """What openpyxl takes for a zip archive."""

    def __init__(self) -> None:
        self.parts: dict[str, bytes] = {}

    def writestr(self, name: str, data: str | bytes) -> None:
        """Add a part."""
        content = data.encode() if isinstance(data, str) else data
        content = fonts_in_order(content) if name == ARC_STYLE else content
        self.parts[name] = in_utf_8(content) if name.endswith((".xml", ".rels")) else content

    def namelist(self) -> list[str]:
        """The names of the parts so far."""
        return list(self.parts)


def in_utf_8(data: bytes) -> bytes:
    """XML with its characters as themselves. By number, as openpyxl writes them, some programs cut emoji in half."""
    return _BY_NUMBER.sub(lambda match: chr(int(match[1])).encode(), data)


class _SheetWriter(WorksheetWriter):
    """Writes everything of a sheet around its rows, and the rows apart."""

    rows_written = b""

    def write_rows(self) -> None:
        stream: Any = self
        self.rows_written = sheet_data(stream.ws)
        stream.xf.send(Element("sheetData"))

    def write_drawings(self) -> None:
        stream: Any = self
        warnings = Element("ignoredErrors")
        SubElement(warnings, "ignoredError", _NO_WARNINGS)
        stream.xf.send(warnings)
        super().write_drawings()


class _InMemoryWriter(ExcelWriter):
    def write_worksheet(self, ws: Sheet) -> None:
        ws._drawing = Drawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        out = BytesIO()
        writer: Any = _SheetWriter(ws, out)
        writer.write()
        ws._rels = writer._rels
        archive: _Parts = self._archive  # type: ignore[attr-defined]  # the stubs lack it
        archive.writestr(ws.path[1:], out.getvalue().replace(_NO_ROWS, writer.rows_written))
        self.manifest.append(ws)
