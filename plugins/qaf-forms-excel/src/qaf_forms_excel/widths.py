"""How wide the columns of a section's sheet are: one set of widths for all blocks that stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from qaf_forms.plugin import (
    ColumnHead,
    Control,
    Field,
    GridBlock,
    QuestionBlock,
    SectionLayout,
    TableBlock,
)
from qaf_forms_excel.columns import SheetColumn, columns_of

_MARKS, _CODES, _WORDS = 3.0, 7.0, 50.0
_PER_SHARE, _LEAST, _MOST = 7.5, 13.0, 60.0
_LONGEST_LABEL, _WITH_NOTES = 26.0, 22.0
_BESIDE_A_GRID, _BESIDE_A_WIDE_GRID, _WIDE_GRID = 44.0, 24.0, 6
_MOST_BY_ITSELF = 64.0
_FIRST_ANSWER = 3
_QUESTION_WIDTHS = {Control.LINES: 64.0, Control.LINE: 44.0, Control.NUMBER: 18.0, Control.DATE: 18.0}
_TICK, _TICK_LEAST = 10.0, 7.0
_TURNED_LINE, _HEIGHT_OF_LETTER = 28, 4.8
"""Of labels that are written upwards: the letters in a line, and the points that each takes."""
_WIDEST, _NARROWEST = 205.0, 16.0
"""A wider sheet prints on A4, one page across, in letters too small to read; in a narrower column words break."""


def column_widths(section: SectionLayout) -> list[float]:
    """The widths from column A on, in characters."""
    return _narrowed(_widths(section, turned=_turns_labels(section)))


def _turns_labels(section: SectionLayout) -> bool:
    """Whether labels over columns to tick are written upwards.

    They are where the other columns would have to lose most of what they can, for labels abreast to fit on a page.
    """
    if not any(column.levels for column in _columns(section)):
        return False
    widths = _widths(section, turned=False)
    return sum(widths) - _WIDEST > sum(_spare(widths)) / 2


def is_turned(label: str, width: float) -> bool:
    """Whether the label over a column to tick is written upwards in a column of this width."""
    return width < _label_width(label)


def turned_height(label: str) -> float:
    """How high a head must be for a label that is written upwards."""
    return ceil(len(label) / _turned_lines(label)) * _HEIGHT_OF_LETTER + 12.0


def _widths(section: SectionLayout, *, turned: bool) -> list[float]:
    widths = [_MARKS, _CODES, _WORDS]
    for column, width in _wanted(section, _room_beside_grids(section), turned=turned):
        widths += [0.0] * (column + 1 - len(widths))
        widths[column] = max(widths[column], width)
    return [*widths, _LEAST] if len(widths) == _FIRST_ANSWER else widths


def _narrowed(widths: list[float]) -> list[float]:
    """The widths of a sheet that is too wide to print, each nearer to the narrowest by the same share."""
    spare = _spare(widths)
    too_wide = sum(widths) - _WIDEST
    if too_wide <= 0:
        return widths
    share = min(too_wide / sum(spare), 1.0)
    return [round(width - share * more, 1) for width, more in zip(widths, spare, strict=True)]


def _spare(widths: list[float]) -> list[float]:
    return [max(width - _NARROWEST, 0.0) for width in widths]


def _columns(section: SectionLayout) -> Iterator[SheetColumn]:
    for block in section.blocks:
        if isinstance(block, GridBlock):
            yield from columns_of(block, _FIRST_ANSWER + 1)
        elif isinstance(block, TableBlock):
            yield from columns_of(block, _FIRST_ANSWER)


def _room_beside_grids(section: SectionLayout) -> float:
    """The most that a question may ask of the column that it shares with the first of a grid's."""
    grids = (columns_of(block, 0) for block in section.blocks if isinstance(block, GridBlock))
    columns = max((columns[-1].last + 1 for columns in grids), default=0)
    return _BESIDE_A_WIDE_GRID if columns >= _WIDE_GRID else _BESIDE_A_GRID if columns > 1 else _MOST_BY_ITSELF


def _wanted(section: SectionLayout, room: float, *, turned: bool) -> Iterator[tuple[int, float]]:
    for block in section.blocks:
        if isinstance(block, QuestionBlock):
            yield _FIRST_ANSWER, max(min(_question_width(block.field), room), _LEAST)
            yield 1, len(block.field.code) + 3.0
        elif isinstance(block, GridBlock):
            yield from ((1, len(row.code) + 3.0) for row in block.rows)
    for column in _columns(section):
        yield from zip((place - 1 for place in column.places), _of_column(column, turned=turned), strict=True)


def _of_column(column: SheetColumn, *, turned: bool) -> list[float]:
    if not column.levels:
        return [_head_width(column.head)]
    least = max(_longest_word(column.head.title) + 3.0, _room_for_notes(column.head)) / len(column.levels)
    labels = [level.label for level in column.levels]
    return [max(least, _turned_width(label) if turned else _label_width(label)) for label in labels]


def _label_width(label: str) -> float:
    """Of a column to tick, so that no word of its label breaks, and the label takes four lines or a few more."""
    return min(max(_TICK_LEAST, _longest_word(label) + 1.5, len(label) / 4 + 2.0), _NARROWEST)


def _turned_lines(label: str) -> int:
    return ceil(len(label) / _TURNED_LINE)


def _turned_width(label: str) -> float:
    return 3.0 + 2.0 * _turned_lines(label)


def _question_width(field: Field) -> float:
    if field.control is Control.ONE_OF and field.scale:
        return min(max(*map(len, field.scale.labels), 14) + 5.0, 44.0)
    return _TICK if field.ticks else _QUESTION_WIDTHS.get(field.control, 44.0)


def _head_width(head: ColumnHead) -> float:
    longest_word = _longest_word(head.title) + 3.0
    longest_label = max(map(len, head.scale.labels)) + 4.0 if head.scale else 0.0
    labels = min(longest_label, _LONGEST_LABEL)
    return min(max(_LEAST, longest_word, labels, _room_for_notes(head), head.width * _PER_SHARE), _MOST)


def _room_for_notes(head: ColumnHead) -> float:
    return _WITH_NOTES if head.when or head.help or not isinstance(head.required, bool) else 0.0


def _longest_word(text: str) -> int:
    return max((len(word) for word in text.split()), default=0)
