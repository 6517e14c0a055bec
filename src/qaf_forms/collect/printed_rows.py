"""Finds printed rows (questions, rows of grids) whose marks are gone: by printed code, then by wording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from qaf_forms.collect.heads import HeadWords, columns_under, first_lines
from qaf_forms.collect.likeness import Likeness
from qaf_forms.collect.located import Located
from qaf_forms.collect.merged_cells import cell_at
from qaf_forms.collect.other_returns import Known
from qaf_forms.collect.raw_values import text_of
from qaf_forms.collect.tick_cells import together
from qaf_forms.define.markup import plain
from qaf_forms.define.scale import fold
from qaf_forms.issue.fields import Field, GridBlock, QuestionBlock
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Cell, Extra, Route, Table
from qaf_forms.problems import Code

_SAME_QUESTION = 0.6
"""Below this likeness (0 to 1) a row with the right code is taken for another question, renumbered by hand."""
_CLOSE = 0.88
"""From this likeness on a row without a code is taken for the question."""
_CODE = re.compile(r"[a-z]{1,3}[0-9]+([.-][0-9]+)*")
_LEAST_WORDING = 6
"""Shorter wordings, folded, could be anything."""


@dataclass(frozen=True, slots=True)
class _PrintedRow:
    """A row of the form. One in which nothing is answered has no fields: it is here so that its words are its own."""

    code: str
    label: str
    fields: tuple[Field, ...]
    heads: tuple[str, ...]
    words: HeadWords


@dataclass(slots=True)
class _Written:
    """A row in a file: row `number` of `rows`. `head` is the nearest row above it that holds column heads."""

    cells: list[Cell]
    words: list[str]
    head: list[Cell]
    rows: Sequence[list[Cell]]
    number: int


class PrintedRows:
    """Finds the printed rows of one layout by what people can read of them."""

    def __init__(self, layout: Layout) -> None:
        self._words = HeadWords(layout.words)
        self._rows = tuple(_printed_rows(layout, self._words))
        self._by_label: dict[str, list[_PrintedRow]] = {}
        for row in self._rows:
            self._by_label.setdefault(row.label, []).append(row)
        self._by_code = {row.code.casefold(): row for row in self._rows if row.code}
        self._head_words = frozenset(head for row in self._rows for head in row.heads)

    def take(self, missing: Iterable[Field], tables: Iterable[Table], located: Located) -> None:
        """Take the spaces of the missing fields that a code or a wording leads to."""
        wanted = {space.key for space in missing}
        unmatched = []
        likeness = Likeness()
        for row in self._unread(tables, located):
            printed, place = self._by_printed_code(row, likeness)
            if printed is None:
                unmatched.append(row)
            elif not _stands_over_its_answers(row, printed):
                _take_row(printed, row, place, Route.CODE, wanted, located)
        wanted -= located.answers.keys()
        if wanted:
            self._take_by_wording(unmatched, wanted, likeness, located)

    def known_in(self, tables: Iterable[Table]) -> dict[int, Known]:
        """What there is, in tables without marks, of rows with a code and another form's words beside it.

        By the identity of the table; those in which nothing is the form's are left out, as nothing is read from them.
        """
        likeness = Likeness()
        found: dict[int, Known] = {}
        for table in tables:
            if any(cell.anchors for row in table.rows for cell in row):
                continue
            rows = list(self._unread([table], Located()))
            own = sum(1 for row in rows if self._by_printed_code(row, likeness)[0] is not None)
            others = sum(1 for row in rows if self._is_anothers(row, likeness)) if own else 0
            if others:
                found[id(table)] = Known(own, others)
        return found

    def _is_anothers(self, row: _Written, likeness: Likeness) -> bool:
        """Whether a row begins with what could be a code, and other words than the form's stand beside it."""
        first, *others = [place for place, cell in enumerate(row.cells) if cell.value != ""]
        code = _code_in(row.cells[first])
        if not others or not _CODE.fullmatch(code) or self._by_printed_code(row, likeness)[0] is not None:
            return False
        printed = self._by_code.get(code)
        return printed is None or not row.words[others[0]].startswith(printed.label)

    def _unread(self, tables: Iterable[Table], located: Located) -> Iterator[_Written]:
        """Every row with something in it that is not accounted for, heads apart."""
        for table in tables:
            head: list[Cell] = []
            for number, row in enumerate(table.rows):
                words = first_lines(row)
                if self._is_head(row, words):
                    head = row
                elif any(cell.value != "" and id(cell) not in located.claimed for cell in row):
                    yield _Written(row, words, head, table.rows, number)

    def _is_head(self, row: Sequence[Cell], words: Sequence[str]) -> bool:
        """Whether a row has the titles of columns in it, and is no question whose answer happens to be a title."""
        written = [word for word in words if word]
        if len(written) == 1 and written[0] in self._by_label:
            return False  # a heading among the rows of a grid can be worded like one of its columns
        titles = sum(1 for word in words if word in self._head_words)
        if not titles and (self._words.question not in words or self._words.code not in words):
            return False
        if self._words.question not in words and titles < len(written) - 2:
            return False
        return not any(
            text_of(cell.value).strip().rstrip(".:").casefold() in self._by_code
            or any(label.fields for label in self._by_label.get(word, ()))
            for cell, word in zip(row, words, strict=True)
        )

    def _by_printed_code(self, row: _Written, likeness: Likeness) -> tuple[_PrintedRow | None, int]:
        """The row whose code stands first in `row` with its words beside it, and the place of the words."""
        written = [place for place, cell in enumerate(row.cells) if cell.value != ""]
        printed = self._by_code.get(_code_in(row.cells[written[0]]))
        if printed is None:
            return None, 0
        if len(written) == 1 or _stands_below_its_question(row, printed):
            return printed, written[0]
        return (printed, written[1]) if self._is_row(printed, row.words[written[1]], likeness) else (None, 0)

    def _is_row(self, printed: _PrintedRow, words: str, likeness: Likeness) -> bool:
        """Whether the words beside a code are the question's, more or less, and no other's."""
        if words == printed.label:
            return True
        if words in self._by_label:
            return False
        own = likeness.of(words, printed.label, _SAME_QUESTION)
        return own > 0 and not any(
            likeness.of(words, label, own) > own for label in self._by_label if label != printed.label
        )

    def _take_by_wording(
        self, rows: Iterable[_Written], wanted: set[str], likeness: Likeness, located: Located
    ) -> None:
        """Take rows by their words. Where several rows of the form have the same words, as many must be there."""
        found: dict[str, list[tuple[_Written, int]]] = {}
        for row in rows:
            for place, (cell, words) in enumerate(zip(row.cells, row.words, strict=True)):
                if len(words) < _LEAST_WORDING or id(cell) in located.claimed:
                    continue
                label = self._closest(words, wanted, likeness)
                if label:
                    found.setdefault(label, []).append((row, place))
                    break
        for label, places in found.items():
            printed = [row for row in self._by_label[label] if any(space.key in wanted for space in row.fields)]
            if len(printed) == 1:
                printed *= len(places)
            if len(printed) == len(places):
                for one, (row, place) in zip(printed, places, strict=True):
                    _take_row(one, row, place, Route.WORDING, wanted, located)

    def _closest(self, words: str, wanted: set[str], likeness: Likeness) -> str:
        """The label that `words` are, or are very like, if it is one that is looked for."""
        best = words if words in self._by_label else ""
        closest = _CLOSE
        for label in () if best else self._by_label:
            found = likeness.of(words, label, closest)
            if found > closest or (found and not best):
                best, closest = label, found
        rows = self._by_label.get(best, ())
        return best if any(space.key in wanted for row in rows for space in row.fields) else ""


def _stands_below_its_question(row: _Written, printed: _PrintedRow) -> bool:
    """Whether the row above has the same code and the question: wide grids print it over its answers."""
    above = row.rows[row.number - 1] if row.number else []
    return _is_question_alone(above, printed)


def _stands_over_its_answers(row: _Written, printed: _PrintedRow) -> bool:
    """Whether the answers to the question in this row stand in the row below, which has the same code."""
    below = row.rows[row.number + 1] if row.number + 1 < len(row.rows) else []
    return _is_question_alone(row.cells, printed) and bool(below) and _code_in(below[0]) == printed.code.casefold()


def _is_question_alone(cells: Sequence[Cell], printed: _PrintedRow) -> bool:
    """Whether a row has the code and the question of a printed row, and no space for an answer."""
    if len(cells) != 2 or not printed.fields:
        return False
    return _code_in(cells[0]) == printed.code.casefold() and first_lines(cells)[1] == printed.label


def _code_in(cell: Cell) -> str:
    return text_of(cell.value).strip().rstrip(".:").casefold()


def _take_row(
    printed: _PrintedRow, row: _Written, place: int, route: Route, wanted: set[str], located: Located
) -> None:
    """Take the cells of a row whose words stand at `place`, and keep what stands in it besides."""
    cells = _answer_cells(printed, row, place)
    is_doubtful = len(cells) > 1 and (not row.head or _end(row.cells) > _end(row.head))
    for space, cell in zip(printed.fields, cells, strict=False):  # a row may have no field in the last column
        if space.key not in wanted or cell is None or id(cell) in located.claimed or cell.anchors:
            continue
        filled = _with_boxes(space, cell, row, located) if space.ticks and cell.value == "" else cell
        if not located.take(space, filled, route):
            continue
        if route is Route.WORDING:
            located.note(Code.BY_WORDING, space.key, cell, filled.value)
        elif is_doubtful:
            located.note(Code.BY_POSITION, space.key, cell, filled.value)
    for cell in row.cells[place + 1 :]:
        if id(cell) not in located.claimed and not cell.anchors and cell.value != "":
            # said here, since words like those that the form prints would be passed over where they stand elsewhere
            located.claimed.add(id(cell))
            located.extras.append(Extra("text", cell.place, text_of(cell.value)))


def _answer_cells(printed: _PrintedRow, row: _Written, place: int) -> list[Cell | None]:
    """The cell of each field: under the head of its column; without a head, just behind the words."""
    start = row.cells[place].column
    if row.head:
        places = columns_under(printed.heads, row.head, printed.words, start)
        return [None if column is None else cell_at(column, row.cells) for column in places]
    if len(printed.fields) == 1 and place + 1 == len(row.cells):
        return [cell_at(start + 1, row.cells)]
    behind = row.cells[place + 1 :][: len(printed.fields)]
    in_order = [cell.column for cell in behind] == list(range(start + 1, start + 1 + len(printed.fields)))
    return [*behind] if in_order else [None] * len(printed.fields)


def _end(row: Sequence[Cell]) -> int:
    """The place of the column behind a row."""
    return max(cell.column + cell.across for cell in row)


def _with_boxes(space: Field, answer: Cell, row: _Written, located: Located) -> Cell:
    """The boxes that stand in rows of their own below a question: label, then box."""
    levels = {fold(tick.level.label): tick.level for tick in space.ticks}
    boxes: dict[str, Cell] = {}
    for below in islice(row.rows, row.number + 1, None):
        if all(cell.value == "" for cell in below):
            continue
        label = next((cell for cell in below if fold(text_of(cell.value)) in levels), None)
        box = next((cell for cell in below if cell.column == answer.column and cell is not label), None)
        if label is None or label.column >= answer.column:
            break
        level = levels[fold(text_of(label.value))]
        if text_of(label.value).strip() == level.label:
            located.claimed.add(id(label))
        earlier = boxes.setdefault(level.code, Cell(answer.column, "", answer.place))
        if box is None or box.value == "" or id(box) in located.claimed:
            continue
        located.claimed.add(id(box))
        if earlier.value == "":
            boxes[level.code] = box
        elif earlier.value != box.value:
            located.note(Code.TWO_ANSWERS, space.key, box, box.value)
    return together(space, boxes, answer.column, answer.anchors) if boxes else answer


def _printed_rows(layout: Layout, words: HeadWords) -> Iterator[_PrintedRow]:
    answer = (fold(layout.words.answer),)
    for section in layout.sections:
        for block in section.blocks:
            if isinstance(block, QuestionBlock):
                yield _PrintedRow(
                    block.field.code, fold(plain(block.ask).split("\n")[0]), (block.field,), answer, words
                )
            elif isinstance(block, GridBlock):
                titles = tuple(fold(column.title) for column in block.columns)
                for row in block.rows:
                    heads = titles if row.fields else ()
                    yield _PrintedRow(row.code, fold(row.words.split("\n")[0]), row.fields, heads, words)
