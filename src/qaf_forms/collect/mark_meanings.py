"""What the marks of one layout mean: which space of which block, in which row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from qaf_forms.collect.heads import HeadWords
from qaf_forms.define.scale import fold
from qaf_forms.issue.fields import LONGEST_ANCHOR, Field, GridBlock, QuestionBlock, TableBlock, anchor_for
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Anchor, Route

_ROW_KEY = re.compile(r"((.+)\[[0-9]{1,6}\])\.([a-z][a-z0-9_]*)")


_CUT = LONGEST_ANCHOR - 9
"""Behind so many characters of a name comes the mark that keeps names apart."""


class Meaning(NamedTuple):
    """What one mark says.

    `key` says it in full. `block` is the key of a grid or table, or a number for the questions under one head; `row` is
    the key of the row, without the id of its `column`. The mark on the head of a table has no row.
    """

    key: str
    block: str
    row: str
    column: str


class BlockHead(NamedTuple):
    """The head over a block: the ids of the answer columns by their folded titles, if no two have the same."""

    columns: dict[str, str]
    beside: frozenset[str]
    """What stands beside the titles, folded."""

    def is_in(self, words: Sequence[str]) -> bool:
        """Whether a row with these words is this head, as it was printed or nearly so."""
        titles = sum(1 for title in self.columns if title in words)
        others = sum(1 for word in self.beside if word in words)
        if titles == len(self.columns):
            return titles + others > 1
        return titles > 0 and titles + others > 2


class MarkMeanings:
    """Knows the marks of one layout."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._known: dict[str, Meaning] = {}
        self.heads: dict[str, BlockHead] = {}
        self.labels = {code: fold(text.split("\n")[0]) for code, text in layout.row_labels()}
        """The first line of what is printed beside each code, folded."""
        self.codes: dict[str, str] = {}
        """The code printed in each row, by the row's key; rows of tables have none."""
        self.blocks: dict[str, str] = {}
        """The block that the row with each code is in."""
        self._row_names = tuple(f"{anchor_for(key).rpartition('_')[0]}_"[:_CUT] for key in layout.tables)
        """How the names of the rows of tables begin."""
        self.boxes: dict[str, str] = {}
        """The label beside each box that is one of several, by the box's key, folded."""
        words = HeadWords(layout.words)
        run = 0
        for section in layout.sections:
            was_question = False
            for block in section.blocks:
                is_question = isinstance(block, QuestionBlock)
                run += is_question and not was_question
                was_question = is_question
                if isinstance(block, QuestionBlock):
                    self._learn([block.field], str(run))
                    answer = {fold(layout.words.answer): ""}
                    self.heads[str(run)] = BlockHead(answer, frozenset({words.question, words.code}))
                elif isinstance(block, GridBlock):
                    self._learn((field for row in block.rows for field in row.fields), block.key)
                    self.heads[block.key] = _head(block, frozenset({words.question, words.code}))
                elif isinstance(block, TableBlock):
                    self._learn((field for row in block.rows for field in row), block.key)
                    self.heads[block.key] = _head(block, words.numbers)
                    self._note(f"{block.key}[]", block.anchor, block.key, "", "")

    def _learn(self, fields: Iterable[Field], block: str) -> None:
        for field in fields:
            row = field.key.rpartition(".")[0] if field.column else field.key
            self._note(field.key, field.anchor, block, row, field.column)
            if not field.table:
                self.codes[row] = field.code
                self.blocks[field.code] = block
            for tick in field.ticks:
                key = f"{field.key}#{tick.level.code}"
                self._note(key, tick.anchor, block, row, field.column)
                if not field.column:  # in grids and tables a label stands over its boxes
                    self.boxes[key] = fold(tick.level.label)

    def _note(self, key: str, anchor: str, block: str, row: str, column: str) -> None:
        self._known[key] = self._known[anchor] = Meaning(key, block, row, column)

    def of(self, anchor: Anchor) -> Meaning | None:
        """What an anchor means, if it is this layout's."""
        found = self._known.get(anchor.name)
        if found is None and anchor.route is Route.KEY and (match := _ROW_KEY.fullmatch(anchor.name)):
            return Meaning(anchor.name, match[2], match[1], match[3]) if match[2] in self._layout.tables else None
        return found

    def is_own(self, anchor: Anchor) -> bool:
        """Whether a mark could be this layout's, as are the names of rows that somebody added to a table."""
        if anchor.route is Route.KEY:
            return self.of(Anchor(Route.KEY, anchor.name.partition("#")[0])) is not None
        return anchor.name in self._known or anchor.name.startswith(self._row_names)

    def agree(self, anchors: Sequence[Anchor]) -> bool:
        """Whether the two marks that a space has mean the same."""
        if len(anchors) != 2:
            return False
        first = self._known.get(anchors[0].name)
        return first is not None and first is self._known.get(anchors[1].name)

    def printed_lines(self) -> Iterator[str]:
        """The first line of everything that is printed in rows and is no answer, as it stands there."""
        yield from (self._layout.words.answer, self._layout.words.question, self._layout.words.code)
        for code, words in self._layout.row_labels():
            yield code
            yield words.split("\n")[0]
        for section in self._layout.sections:
            for block in section.blocks:
                if isinstance(block, GridBlock | TableBlock):
                    yield from (column.title for column in block.columns)


def _head(block: GridBlock | TableBlock, beside: frozenset[str]) -> BlockHead:
    titles = [fold(column.title) for column in block.columns]
    columns = {title: one.id for title, one in zip(titles, block.columns, strict=True) if titles.count(title) == 1}
    return BlockHead(columns, beside)
