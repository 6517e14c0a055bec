"""The least that reading a file can cost: unpack it, parse it, walk it once."""

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


def rezip(data: bytes, times: int) -> Callable[[], int]:
    """The least that so many files can cost: their parts packed again, without a change."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def run() -> int:
        size = 0
        for _ in range(times):
            file = io.BytesIO()
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, content in parts.items():
                    archive.writestr(name, content)
            size += len(file.getvalue())
        return size

    return run
