"""Reads returned workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from qaf_forms.plugin import Anchor, Contents, Limits, Route

_CENTRAL_ENTRY = b"PK\x01\x02"
_NAME_AT, _NAME_LENGTH_AT = 46, 28
_MOST_KEPT = 100_000


class ExcelReader:
    """Says what stands where in a workbook (.xlsx, .xlsm, .xltx); decides nothing about what it means."""

    format = "excel"
    suffixes: Sequence[str] = (".xlsx", ".xlsm", ".xltx", ".xltm")

    def __init__(self) -> None:
        # returns of one form have the same anchors, and making them anew costs a tenth of a reading
        self._anchors: dict[tuple[Route, str], Anchor] = {}

    def recognises(self, head: bytes, tail: bytes) -> bool:
        """Whether it is a zip file whose directory lists the parts of a workbook."""
        if not head.startswith(b"PK"):
            return False
        names = list(_directory_names(tail))
        if names:
            return any(name.lstrip(b"/").lower().startswith(b"xl/") for name in names)
        return b"xl/w" in head and b"word/document" not in head

    def read(self, source: BinaryIO, limits: Limits) -> Contents:
        """Every cell with what it holds, and everything else in the file that says something."""
        from qaf_forms_excel.workbook import read_workbook

        if len(self._anchors) > _MOST_KEPT:
            self._anchors = {}
        return read_workbook(source, limits, self._anchors)


def _directory_names(tail: bytes) -> list[bytes]:
    """The names in the zip directory at the end of a file."""
    names = []
    at = tail.find(_CENTRAL_ENTRY)
    while at >= 0:
        size = int.from_bytes(tail[at + _NAME_LENGTH_AT : at + _NAME_LENGTH_AT + 2], "little")
        names.append(tail[at + _NAME_AT : at + _NAME_AT + size])
        at = tail.find(_CENTRAL_ENTRY, at + 4)
    return names
