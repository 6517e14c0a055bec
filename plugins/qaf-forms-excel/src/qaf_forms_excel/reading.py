"""Reads returned workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from qaf_forms.plugin import Contents, Limits
from qaf_forms_excel.known import Known
from qaf_forms_excel.old_workbooks import old_format, read_old

_CENTRAL_ENTRY = b"PK\x01\x02"
_NAME_AT, _NAME_LENGTH_AT = 46, 28
_EDGE = 65_536


class ExcelReader:
    """Says what stands where in a workbook (.xlsx, .xlsm, .xltx); decides nothing about what it means.

    A workbook of another format is read by way of calamine, where that is installed.
    """

    format = "excel"
    suffixes: Sequence[str] = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods")

    def __init__(self) -> None:
        self._known = Known()

    def recognises(self, data: bytes) -> bool:
        """Whether it is a zip file whose directory lists the parts of a workbook, or in another format of workbooks."""
        if old_format(data):
            return True
        head, tail = data[:_EDGE], data[-_EDGE:]
        if not head.startswith(b"PK"):
            return False
        if any(name.lstrip(b"/").lower().startswith(b"xl/") for name in _directory_names(tail)):
            return True
        # the directory was cut off, or is so long that its end says nothing
        return b"xl/w" in head and b"word/document" not in head

    def read(self, source: BinaryIO, limits: Limits) -> Contents:
        """Every cell with what it holds, and everything else in the file that says something."""
        from qaf_forms_excel.workbook import read_workbook

        data = source.read()
        if suffix := old_format(data):
            return read_old(data, suffix, limits)
        source.seek(0)
        self._known.keep_small()
        return read_workbook(source, limits, self._known)


def _directory_names(tail: bytes) -> list[bytes]:
    """The names in the zip directory at the end of a file."""
    names = []
    at = tail.find(_CENTRAL_ENTRY)
    while at >= 0:
        size = int.from_bytes(tail[at + _NAME_LENGTH_AT : at + _NAME_LENGTH_AT + 2], "little")
        names.append(tail[at + _NAME_AT : at + _NAME_AT + size])
        at = tail.find(_CENTRAL_ENTRY, at + 4)
    return names
