"""The least that reading a file can cost: unpack it, parse it, walk it once; and what others do instead."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from lxml import etree

_MAIN = {
    "word": ("word/document.xml",),
    "excel": ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/"),
}


def floor(data: bytes, format_: str) -> Callable[[], int]:
    """Unzip, parse and walk the parts that hold what people write."""

    def run() -> int:
        count = 0
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if name.startswith(_MAIN[format_]) and name.endswith(".xml"):
                    for element in etree.fromstring(archive.read(name)).iter():
                        count += element.text is not None
        return count

    return run


def usual_reading(data: bytes) -> Callable[[], object]:
    """What a user would write instead for Word: open it with python-docx and take the text of every cell."""
    import docx

    def run() -> object:
        tables = docx.Document(io.BytesIO(data)).tables
        return [[cell.text for cell in row.cells] for table in tables for row in table.rows]

    return run


def usual_library(data: bytes, format_: str) -> Callable[[], object]:
    """Merely opening the file with the library that people reach for."""
    if format_ == "word":
        import docx

        return lambda: docx.Document(io.BytesIO(data))
    import openpyxl

    return lambda: openpyxl.load_workbook(io.BytesIO(data))
