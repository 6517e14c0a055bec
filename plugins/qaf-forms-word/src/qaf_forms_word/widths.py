"""How wide columns must be, and when a page is too narrow for them. In twentieths of a point."""

from __future__ import annotations

from collections.abc import Iterable

from qaf_forms.plugin import ColumnHead, Control, Field, GridBlock, Layout, TableBlock

PORTRAIT = 9_638
LANDSCAPE = 14_570
"""The text's width on an A4 page with margins of 2 cm."""

QUESTION_LEAST = 2_800
QUESTION_WEIGHT = 6
_QUESTION_EASY = 4_200
"""Below this a question beside its answers is a tall, thin block, on a page that has the room to do better."""
_CHARACTER = 145
_MARGINS = 260
_NARROWEST = 1_250
_WIDEST_LEAST = 2_600
_NOTE_LINES = 6
_LEAST_FOR = {Control.LINES: 2_600, Control.LINE: 1_900, Control.SEVERAL_OF: 2_200, Control.DATE: 1_700}


def code_width(codes: Iterable[str]) -> int:
    """The width that the longest code needs on one line."""
    return max(max(len(code) for code in codes) * _CHARACTER + _MARGINS, 800)


def least_width(column: ColumnHead, field: Field, note: str) -> int:
    """The width below which a column's words break, or its head grows taller than its rows."""
    words = [*column.title.split(), *column.role_title.split()]
    if column.scale:
        words += [word for label in column.scale.labels for word in label.split()]
    longest = max(map(len, words), default=0) * _CHARACTER + _MARGINS
    note_width = len(f"{column.help or ''} {note}") * _CHARACTER // _NOTE_LINES
    return min(max(longest, note_width, _LEAST_FOR.get(field.control, _NARROWEST)), _WIDEST_LEAST)


def least_widths(block: GridBlock | TableBlock, layout: Layout) -> list[int]:
    """The least width of each column."""
    rows = [row.fields for row in block.rows if row.fields] if isinstance(block, GridBlock) else block.rows
    return [
        least_width(column, field, layout.column_note(column, block.columns))
        for column, field in zip(block.columns, rows[0], strict=True)
    ]


def is_stacked(block: GridBlock, layout: Layout) -> bool:
    """Whether even a page on its side is too narrow for questions beside their answers: they stand above them."""
    codes = code_width([row.code for row in block.rows])
    return codes + _QUESTION_EASY + sum(least_widths(block, layout)) > LANDSCAPE


def is_wide(block: GridBlock | TableBlock, layout: Layout) -> bool:
    """Whether an upright page is too narrow for a grid or table."""
    first = QUESTION_LEAST + 1_000 if isinstance(block, GridBlock) else 700
    return sum(least_widths(block, layout)) + first > PORTRAIT
