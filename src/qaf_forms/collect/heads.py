"""Recognises the head rows of grids and tables by the titles in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qaf_forms.collect.raw_values import text_of
from qaf_forms.define.scale import fold
from qaf_forms.define.words import Words
from qaf_forms.issue.fields import GridBlock, TableBlock
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Cell

_SEVERAL = 2
_LONGEST_TITLE = 200


class HeadWords:
    """What a form prints in its head rows beside the titles of columns, folded."""

    def __init__(self, words: Words) -> None:
        self.question = fold(words.question)
        self.code = fold(words.code)
        self.numbers = frozenset({self.code, fold(words.row)})
        """What heads the column of codes or of row numbers."""
        self.no_titles = frozenset({*self.numbers, "", self.question})


@dataclass(frozen=True, slots=True)
class Head:
    """What a block prints in its head row: `titles` are folded, `wanted` is how often each must stand there."""

    block: GridBlock | TableBlock
    titles: tuple[str, ...]
    wanted: Mapping[str, int]


class Heads:
    """The head rows of every grid and table of one layout."""

    def __init__(self, layout: Layout) -> None:
        blocks = [block for section in layout.sections for block in section.blocks]
        self._heads = [
            _head(block, HeadWords(layout.words)) for block in blocks if isinstance(block, GridBlock | TableBlock)
        ]
        self._words = frozenset(title for head in self._heads for title in head.titles)
        beside = HeadWords(layout.words).no_titles - {""}
        self._printed = {beside.union(head.titles) for head in self._heads} | {beside | {fold(layout.words.answer)}}
        self._any = frozenset().union(*self._printed)

    def is_head(self, row: Sequence[Cell]) -> bool:
        """Whether several cells of a row are written in, and all with the words of one head, numbers apart."""
        written = [cell for cell in row if cell.value != "" and not isinstance(cell.value, int)]
        if len(written) < _SEVERAL or first_lines(written[:1])[0] not in self._any:
            return False
        words = first_lines(written)
        return any(printed.issuperset(words) for printed in self._printed)

    def tables_headed(self, row: Sequence[Cell]) -> list[TableBlock]:
        """The tables whose head this can be. A head that has more in common with a grid's is the grid's."""
        words = first_lines(row)
        if self._words.isdisjoint(words):
            return []
        found = [head for head in self._heads if all(words.count(one) >= times for one, times in head.wanted.items())]
        most = max((len(head.wanted) for head in found), default=0)
        best = [head.block for head in found if len(head.wanted) == most]
        return [block for block in best if isinstance(block, TableBlock)] if len(best) == _tables_in(best) else []


def _tables_in(blocks: Sequence[GridBlock | TableBlock]) -> int:
    return sum(isinstance(block, TableBlock) for block in blocks)


def _head(block: GridBlock | TableBlock, words: HeadWords) -> Head:
    titles = tuple(fold(column.title) for column in block.columns)
    every = (*titles, words.question) if isinstance(block, GridBlock) else titles
    return Head(block, titles, {title: every.count(title) for title in every})


_folded = lru_cache(maxsize=4096)(fold)
"""Titles and questions are the same in every file, and folding one takes longer than all else that is done with it."""


def first_lines(row: Sequence[Cell]) -> list[str]:
    """The first line of each cell, folded: in a head the title, in a question its words."""
    lines = (text_of(cell.value).split("\n", 1)[0] for cell in row)
    return [_folded(line) if len(line) < _LONGEST_TITLE else fold(line) for line in lines]


def columns_under(
    titles: Sequence[str], head: Sequence[Cell], words: HeadWords, right_of: int = -1
) -> list[int | None]:
    """The place of each title's column by the cells of a head row; None where that is not certain.

    A title that stands more or less often than it should leads nowhere. One title that somebody changed is found by
    being the only one left over.
    """
    written = [
        (word, cell.column) for word, cell in zip(first_lines(head), head, strict=True) if cell.column > right_of
    ]
    places: list[int | None] = [None] * len(titles)
    for title in set(titles):
        columns = [column for word, column in written if word == title]
        wanted = [number for number, other in enumerate(titles) if other == title]
        if title in words.numbers and len(columns) == len(wanted) + 1:
            del columns[0]  # the head over the printed numbers says the same
        if len(columns) == len(wanted):
            for number, column in zip(wanted, columns, strict=True):
                places[number] = column
    unknown = [number for number, place in enumerate(places) if place is None]
    if len(unknown) == 1:
        left = [column for word, column in written if word not in words.no_titles and column not in places]
        places[unknown[0]] = left[0] if len(left) == 1 else None
    return places
