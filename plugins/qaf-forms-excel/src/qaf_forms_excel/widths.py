"""How wide the columns of a section's sheet are: one set of widths for all blocks that stand in it."""

from __future__ import annotations

from collections.abc import Iterator

from qaf_forms.plugin import (
    ColumnHead,
    Control,
    Field,
    GridBlock,
    QuestionBlock,
    SectionLayout,
    TableBlock,
)

_MARKS, _CODES, _WORDS = 3.0, 7.0, 50.0
_PER_SHARE, _LEAST, _MOST = 7.5, 13.0, 60.0
_LONGEST_LABEL, _WITH_NOTES = 26.0, 22.0
_BESIDE_A_GRID, _BESIDE_A_WIDE_GRID, _WIDE_GRID = 44.0, 24.0, 6
_MOST_BY_ITSELF = 64.0
_FIRST_ANSWER = 3
_QUESTION_WIDTHS = {Control.LINES: 64.0, Control.LINE: 44.0, Control.NUMBER: 18.0, Control.DATE: 18.0}
_TICK = 10.0
_WIDEST, _NARROWEST = 205.0, 16.0
"""A wider sheet prints on A4, one page across, in letters too small to read; in a narrower column words break."""


def column_widths(section: SectionLayout) -> list[float]:
    """The widths from column A on, in characters."""
    widths = [_MARKS, _CODES, _WORDS, _LEAST]
    for column, width in _wanted(section, _room_beside_grids(section)):
        while len(widths) <= column:
            widths.append(_LEAST)
        widths[column] = max(widths[column], width)
    return _narrowed(widths)


def _narrowed(widths: list[float]) -> list[float]:
    """The widths of a sheet that is too wide to print, each nearer to the narrowest by the same share."""
    spare = [max(width - _NARROWEST, 0.0) for width in widths]
    too_wide = sum(widths) - _WIDEST
    if too_wide <= 0:
        return widths
    share = min(too_wide / sum(spare), 1.0)
    return [round(width - share * more, 1) for width, more in zip(widths, spare, strict=True)]


def _room_beside_grids(section: SectionLayout) -> float:
    """The most that a question may ask of the column that it shares with the first of a grid's."""
    columns = max((len(block.columns) for block in section.blocks if isinstance(block, GridBlock)), default=0)
    return _BESIDE_A_WIDE_GRID if columns >= _WIDE_GRID else _BESIDE_A_GRID if columns > 1 else _MOST_BY_ITSELF


def _wanted(section: SectionLayout, room: float) -> Iterator[tuple[int, float]]:
    for block in section.blocks:
        if isinstance(block, QuestionBlock):
            yield _FIRST_ANSWER, min(_question_width(block.field), room)
            yield 1, len(block.field.code) + 3.0
        elif isinstance(block, GridBlock):
            yield from ((_FIRST_ANSWER + place, _head_width(head)) for place, head in enumerate(block.columns))
            yield from ((1, len(row.code) + 3.0) for row in block.rows)
        elif isinstance(block, TableBlock):
            yield from ((_FIRST_ANSWER - 1 + place, _head_width(head)) for place, head in enumerate(block.columns))


def _question_width(field: Field) -> float:
    if field.control is Control.ONE_OF and field.scale:
        return min(max(*map(len, field.scale.labels), 14) + 5.0, 44.0)
    return _TICK if field.ticks else _QUESTION_WIDTHS.get(field.control, 44.0)


def _head_width(head: ColumnHead) -> float:
    longest_word = max((len(word) for word in head.title.split()), default=0) + 3.0
    longest_label = max(map(len, head.scale.labels)) + 4.0 if head.scale else 0.0
    notes = _WITH_NOTES if head.when or head.help or not isinstance(head.required, bool) else 0.0
    return min(max(_LEAST, longest_word, min(longest_label, _LONGEST_LABEL), notes, head.width * _PER_SHARE), _MOST)
