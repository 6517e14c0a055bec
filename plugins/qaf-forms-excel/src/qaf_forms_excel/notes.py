"""Notes on cells: what is asked about an answer in a workbook that is sent back."""

from __future__ import annotations

from openpyxl.comments import Comment

from qaf_forms_excel.loose_types import Cell
from qaf_forms_excel.strings import UNSTORABLE

_WIDTH, _LINE, _LETTERS = 320, 20, 42
"""Of a note, in pixels, and how many letters fit a line."""


def add_note(cell: Cell, text: str, author: str) -> None:
    """A note in a box that shows all of it."""
    text = UNSTORABLE.sub("", text)
    lines = sum(1 + len(line) // _LETTERS for line in text.split("\n"))
    cell.comment = Comment(text, author, height=_LINE * (lines + 1), width=_WIDTH)
