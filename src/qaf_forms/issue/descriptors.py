"""What the levels of a scale mean for single rows of a grid: short under the row, long at the end of the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qaf_forms.define.scale import Scale
from qaf_forms.issue.fields import Field, GridBlock, GridRowBlock
from qaf_forms.issue.layout import Layout

MOST_IN_PLACE = 250
"""Characters of descriptors that may stand under a row: a line or two for each of three levels. More would push the
answers apart."""


@dataclass(frozen=True, slots=True)
class Descriptors:
    """The descriptors of one row. `title` is the row's code and words; a line is such as `Met: everyone can find it`.

    Where several columns have their own, the column's title stands above its lines. `scales` are those of the levels.
    """

    title: str
    lines: tuple[str, ...]
    scales: tuple[Scale, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether they stand at the end of the form instead of under their row."""
        return sum(len(line) for line in self.lines) > MOST_IN_PLACE


def descriptors_of(row: GridRowBlock) -> Descriptors:
    """The descriptors of a row; none, if it has no `lines`."""
    groups: dict[tuple[str, ...], str] = {}
    for field in row.fields:
        if lines := _lines(field, row):
            groups.setdefault(lines, field.column_title)
    words = row.fields[0].label if row.is_prompt else row.words
    title = f"{row.code} {' '.join(words.split())}"
    scales = tuple(field.scale for field in row.fields if field.scale and field.column in row.descriptors)
    if len(groups) < 2:
        return Descriptors(title, next(iter(groups), ()), scales)
    return Descriptors(title, tuple(line for lines, column in groups.items() for line in (column, *lines)), scales)


def _lines(field: Field, row: GridRowBlock) -> tuple[str, ...]:
    found = row.descriptors.get(field.column, {})
    levels = field.scale.levels if field.scale else ()
    return tuple(f"{level.label}: {found[level.code]}" for level in levels if level.code in found)


def pointer(layout: Layout, row: GridRowBlock) -> str:
    """What stands under a row whose descriptors stand at the end of the form."""
    return layout.words.descriptors_behind.format(title=layout.words.levels, code=row.code)


def all_descriptors(layout: Layout) -> Iterator[Descriptors]:
    """The descriptors of every row that has some, in reading order."""
    for section in layout.sections:
        for block in section.blocks:
            if isinstance(block, GridBlock):
                yield from (found for row in block.rows if (found := descriptors_of(row)).lines)
