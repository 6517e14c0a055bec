"""Text as SpreadsheetML stores it (ST_Xstring) and as people typed it.

A character that XML cannot hold stands in a file as `_x000D_`. Text that only looks like that has its first underscore
stored as `_x005F_`, so that it comes back as typed.
"""

from __future__ import annotations

import re

LONGEST_TEXT = 32_767
"""What a cell holds, in UTF-16 code units; Excel takes no more and openpyxl cuts the rest without a word."""

UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML, and so a workbook, cannot hold."""

START, END = "\ue000", "\ue001"
"""Around the name of a fact, where it will stand in a workbook that copies share."""

_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def stored(text: str) -> str:
    """Text as it is written into a cell."""
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    # a bare carriage return would be read as a line feed by any XML parser
    return text.replace("\r", "_x000D_") if "\r" in text else text


def cleaned(text: str) -> str:
    """Text without the characters that a workbook cannot hold."""
    return UNSTORABLE.sub("", text)


def as_typed(text: str) -> str:
    """Text of a cell as it was typed."""
    if "_x" not in text:
        return text
    typed = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    if any("\ud800" <= character <= "\udfff" for character in typed):
        typed = typed.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return typed


def left_as_stored(text: str) -> str:
    """Text of a cell from a program that does not escape what only looks escaped."""
    return text


def length(text: str) -> int:
    """How much of a cell the text takes."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
