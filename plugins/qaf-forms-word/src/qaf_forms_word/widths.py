"""How wide columns must be, and when a page is too narrow for them. In twentieths of a point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qaf_forms.plugin import ColumnHead, Control, Field, GridBlock, Layout, TableBlock


@dataclass(frozen=True, slots=True)
class Page:
    """How much stands in a line: the text's width upright and on its side, and how much larger than usual print is."""

    upright: int = 9_638
    on_side: int = 14_570
    zoom: float = 1.0

    def few_lines(self, width: int) -> int:
        """How many lines take about a fifth of a page whose text is so wide."""
        return int((_FEW_UPRIGHT if width <= self.upright else _FEW_ON_SIDE) / self.zoom)


_FEW_UPRIGHT, _FEW_ON_SIDE = 7, 5
A4 = Page()
"""With margins of 2 cm."""

QUESTION_LEAST = 2_800
QUESTION_WEIGHT = 9
_QUESTION_EASY = 4_200
"""Below this a question beside its answers is a tall, thin block, on a page that has the room to do better."""
_CHARACTER = 145
_MARGINS = 260
_NARROWEST = 1_250
_WIDEST_LEAST = 2_600
_MOST_IN_HEAD = 20
"""So many letters of small print can stand in the head of a column. More stand above the table, once: a head is
repeated on every page."""
_NOTE_LINES = 3
_LEAST_FOR = {Control.LINES: 2_600, Control.LINE: 1_900, Control.SEVERAL_OF: 2_200, Control.DATE: 1_800}


def code_width(codes: Iterable[str], page: Page) -> int:
    """The width that the longest code needs on one line."""
    return int(max(max(len(code) for code in codes) * _CHARACTER + _MARGINS, 800) * page.zoom)


def fits_in_head(column: ColumnHead, note: str) -> bool:
    """Whether what is said of a column stands in its head."""
    return len(f"{column.help or ''} {note}") <= _MOST_IN_HEAD


def least_width(column: ColumnHead, field: Field, note: str) -> int:
    """The width below which a column's words break, or its head grows taller than its rows."""
    words = [*column.title.split(), *column.role_title.split()]
    if column.scale:
        words += [word for label in column.scale.labels for word in label.split()]
    longest = max(map(len, words), default=0) * _CHARACTER + _MARGINS
    note_width = len(f"{column.help or ''} {note}") * _CHARACTER // _NOTE_LINES if fits_in_head(column, note) else 0
    return min(max(longest, note_width, _LEAST_FOR.get(field.control, _NARROWEST)), _WIDEST_LEAST)


def least_widths(block: GridBlock | TableBlock, layout: Layout, page: Page) -> list[int]:
    """The least width of each column."""
    rows = [row.fields for row in block.rows] if isinstance(block, GridBlock) else block.rows
    fullest: tuple[Field, ...] = max(rows, key=len)
    return [
        int(least_width(column, field, layout.column_note(column, block.columns)) * page.zoom)
        for column, field in zip(block.columns, fullest, strict=True)
    ]


def is_stacked(block: GridBlock, layout: Layout, page: Page) -> bool:
    """Whether even a page on its side is too narrow for questions beside their answers: they stand above them."""
    codes = code_width([row.code for row in block.rows], page)
    return codes + _QUESTION_EASY * page.zoom + sum(least_widths(block, layout, page)) > page.on_side


def is_wide(block: GridBlock | TableBlock, layout: Layout, page: Page) -> bool:
    """Whether an upright page is too narrow for a grid or table."""
    first = QUESTION_LEAST + 1_000 if isinstance(block, GridBlock) else 700
    return sum(least_widths(block, layout, page)) + first * page.zoom > page.upright
