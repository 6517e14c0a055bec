"""Finds the spaces of questions and grids whose marks are still there.

A mark may have come away from its words: Excel leaves names where they are when rows are sorted, and copying a content
control copies its tag. Where the marks on a cell disagree, the code printed in the row decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from qaf_forms.collect.boxes import BOXES
from qaf_forms.collect.heads import first_lines
from qaf_forms.collect.located import Located
from qaf_forms.collect.raw_values import text_of
from qaf_forms.collect.tick_copies import Ticked, take_copies
from qaf_forms.collect.twin_questions import Codeless, Twin, TwinQuestions
from qaf_forms.define.scale import fold
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Cell, Route, Table
from qaf_forms.problems import Code

_MOST_NAMED = 30
"""Spaces that one cell is said to be shared by."""


class _Mark(NamedTuple):
    """What an anchor says of its cell: it is the space of a field, or one tick of it."""

    space: Field
    level: str


class OtherAnchored(NamedTuple):
    """A cell with anchors, in row `number` of `table`, that is no space of a question or grid."""

    table: Table
    number: int
    cell: Cell


class _Row:
    """What stands in a row beside the cells with marks, worked out once for all of these."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = cells

    @cached_property
    def words(self) -> frozenset[str]:
        """The first line of each cell, folded."""
        return frozenset(first_lines([one for one in self._cells if not one.anchors]))

    @cached_property
    def unmarked(self) -> dict[str, Cell]:
        """The cells that say something, by what they say, folded."""
        return {fold(text_of(one.value)): one for one in self._cells if one.value != "" and not one.anchors}


_Found = list[tuple[_Mark, Route]]


class _Later(NamedTuple):
    """What is decided when the whole file is known."""

    boxes: dict[str, list[Ticked]]
    """By key, once for each time that a question is in the file."""
    twins: list[Twin]
    counts: Counter[tuple[str, str]]
    """How often each box was found, by key and level."""
    codeless: list[Codeless]


class AnchoredSpaces:
    """Reads the anchored spaces of one layout, apart from the respondent's own rows."""

    def __init__(self, layout: Layout) -> None:
        single = [space for space in layout.fields if not space.table]
        marks = [_Mark(space, "") for space in layout.fields]
        marks += [_Mark(space, tick.level.code) for space in single for tick in space.ticks]
        self._by_key = {f"{mark.space.key}#{mark.level}" if mark.level else mark.space.key: mark for mark in marks}
        self._by_name = {_anchor(mark): mark for mark in marks}
        self._words = {code: fold(words.split("\n")[0]) for code, words in layout.row_labels()}
        self._by_words = _codes_by_words(layout, self._words)
        self._twins = TwinQuestions(self._words)
        self._unanswered = {fold(row.words.split("\n")[0]) for row in layout.unanswered_rows()}
        self._rows: dict[str, list[Field]] = {}
        for space in single:
            self._rows.setdefault(space.code, []).append(space)

    def take(self, tables: Sequence[Table], located: Located) -> list[OtherAnchored]:
        """Take every anchored space; give back the anchored cells that are none."""
        later = _Later({}, [], Counter(), [])
        shared: list[tuple[OtherAnchored, _Found]] = []
        others: list[OtherAnchored] = []
        for table in tables:
            for number, row in enumerate(table.rows):
                code = around = None
                for cell in row:
                    if not cell.anchors:
                        continue
                    found = self._marks_on(cell)
                    is_own_row = found[0][0].space.table if len(found) == 1 else _all_in_tables(found)
                    if is_own_row:
                        others.append(OtherAnchored(table, number, cell))
                        continue
                    if code is None or around is None:
                        code, around = self._code_in(row) or self._code_by_words(row, found[0][0]), _Row(row)
                    sure = found if len(found) == 1 else _beside(found, code)
                    if sure:
                        if sure is not found:
                            located.outvoted.append((cell, [mark.space for mark, _ in found]))
                        self._take_cell(cell, sure, around, code, located, later)
                    else:
                        shared.append((OtherAnchored(table, number, cell), found))
        self._twins.take(later.twins, tables if later.twins else (), located)
        for key, copies in later.boxes.items():
            take_copies(self._by_key[key].space, copies, located)
        others += [other for other, found in shared if not _take_shared(other.cell, found, located)]
        later.codeless.extend(one for other, found in shared for one in self._codeless_in(other, found, located))
        self._twins.doubt(later.codeless, located)
        return others

    def _marks_on(self, cell: Cell) -> _Found:
        """The different marks on a cell, each with the surest route to it. One that is not known is no field's."""
        found: _Found = []
        first = None
        known: set[int] | None = None
        for anchor in cell.anchors:
            route = anchor.route
            mark = (self._by_key if route is Route.KEY else self._by_name).get(anchor.name)
            if mark is None or mark is first:
                continue
            if first is None:
                first = mark
                found.append((mark, route))
                continue
            known = {id(first)} if known is None else known
            if id(mark) not in known:
                known.add(id(mark))
                found.append((mark, route))
        return found

    def _code_in(self, row: Sequence[Cell]) -> str:
        """The code printed in a row, or an empty string."""
        for cell in row:
            if not cell.anchors and cell.value in self._words:
                return str(cell.value)
        return ""

    def _code_by_words(self, row: Sequence[Cell], mark: _Mark) -> str:
        """The code of the only question, or row of the grid of `mark`, whose words stand where no code is printed."""
        if mark.level:
            return ""
        grid = _grid_of(mark.space)
        for cell in row:
            if cell.value != "" and not cell.anchors:
                words = fold(text_of(cell.value).split("\n", 1)[0])
                if code := self._by_words.get((grid, words)) or self._by_words.get(("", words)):
                    return code
        return ""

    def _take_cell(self, cell: Cell, found: _Found, row: _Row, code: str, located: Located, later: _Later) -> None:
        """Take a cell with the marks of one field."""
        mark, route = found[0]
        if code != mark.space.code and self._unanswered and self._is_unanswered(mark.space, row):
            return
        if mark.level and _is_one_box(found, cell):
            self._note_box(mark, route, cell, row, located, later)
        elif code and code != mark.space.code and code in self._rows:
            self._take_moved(mark.space, cell, route, row, code, located, later)
        elif located.take(mark.space, cell, route) and not code:
            if self._has_strange_mark(cell):
                located.note(
                    Code.DOUBTFUL_ROW, mark.space.key, cell, cell.value, shown="another mark", name=mark.space.name
                )
            later.codeless.extend(self._twins.codeless(mark.space, cell, row.words))

    def _is_unanswered(self, space: Field, row: _Row) -> bool:
        """Whether a heading or stem of a grid was sorted into the row that is marked as this question's.

        Then the question stands elsewhere, and what is written here is no answer to it.
        """
        words = row.words
        return not self._unanswered.isdisjoint(words) and self._words[space.code] not in words

    def _has_strange_mark(self, cell: Cell) -> bool:
        """Whether a cell also carries the mark of a row that somebody added, or of another version of the form."""
        return any(
            (self._by_key if anchor.route is Route.KEY else self._by_name).get(anchor.name) is None
            for anchor in cell.anchors
        )

    def _take_moved(
        self, space: Field, cell: Cell, route: Route, row: _Row, code: str, located: Located, later: _Later
    ) -> None:
        """Take a cell that is marked as one row's and stands in a row with another's code.

        With the other's words too, rows were sorted under their marks; with words of its own, somebody renumbered.
        """
        words = row.words
        is_own = self._words[space.code] in words
        is_others = self._words[code] in words
        moved = next((one for one in self._rows[code] if one.column == space.column), None)
        if is_others and moved is not None and is_own:
            later.twins.append(Twin(space, moved, cell, route))
        elif is_others and moved is not None:
            located.take(moved, cell, Route.CODE)
        elif located.take(space, cell, route) and is_own is is_others:
            located.note(Code.DOUBTFUL_ROW, space.key, cell, cell.value, shown=code, name=space.name)

    def _codeless_in(self, shared: OtherAnchored, found: _Found, located: Located) -> Iterator[Codeless]:
        """What was taken from a cell with several marks, if it is doubtful for want of a code in its row."""
        row = shared.table.rows[shared.number]
        for space in (mark.space for mark, _ in found if located.cells.get(mark.space.key) is shared.cell):
            if shared.cell.value != "" and not self._code_in(row):
                yield from self._twins.codeless(space, shared.cell, _Row(row).words)

    def _note_box(self, mark: _Mark, route: Route, cell: Cell, row: _Row, located: Located, later: _Later) -> None:
        """Keep one box for later; the label printed beside it says which it is, and is nobody's answer."""
        space, code = mark
        beside = row.unmarked
        labels = {tick.level.code: tick.level.label for tick in space.ticks}
        printed = [(level, fold(label)) for level, label in labels.items() if fold(label) in beside]
        if len(printed) == 1:
            code, label = printed[0]
            if text_of(beside[label].value).strip() == labels[code]:
                located.claimed.add(id(beside[label]))
        located.claimed.add(id(cell))
        copies = later.boxes.setdefault(space.key, [])
        earlier = later.counts[space.key, code]
        later.counts[space.key, code] += 1
        if earlier == len(copies):
            copies.append({})
        copies[earlier][code] = cell, route


def _codes_by_words(layout: Layout, words: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """The code of every question by its words, and of every row of a grid by the grid's key and its words.

    Words that several have lead to none of them.
    """
    grids = {space.code: _grid_of(space) for space in layout.fields}
    places = [(place, code) for code in words for place in {("", words[code]), (grids.get(code, ""), words[code])}]
    counts = Counter(place for place, _ in places)
    return {place: code for place, code in places if counts[place] == 1 and place[1]}


def _grid_of(space: Field) -> str:
    """The key of the grid that a space is in."""
    return space.key.rpartition(".")[0].rpartition(".")[0] if space.column else ""


def _all_in_tables(found: _Found) -> bool:
    return all(mark.space.table for mark, _ in found)


def _anchor(mark: _Mark) -> str:
    if not mark.level:
        return mark.space.anchor
    return next(tick.anchor for tick in mark.space.ticks if tick.level.code == mark.level)


def _is_one_box(found: _Found, cell: Cell) -> bool:
    """Whether a cell is one box of a question: marked as such, and not full of boxes and labels."""
    return all(mark.level for mark, _ in found) and (len(found) == 1 or BOXES.isdisjoint(text_of(cell.value)))


def _beside(found: _Found, code: str) -> _Found:
    """Of several marks on a cell those that certainly hold: all of one field, or those of the code in the row."""
    if all(mark.space is found[0][0].space for mark, _ in found):
        return found
    beside = [(mark, route) for mark, route in found if mark.space.code == code]
    return beside if len(beside) == 1 else []


def _take_shared(cell: Cell, found: _Found, located: Located) -> bool:
    """Take a cell that is marked as the space of several questions: merged, or pasted over.

    False if it turns out to be the space of a respondent's own row.
    """
    spaces = list({mark.space.key: mark.space for mark, _ in found if not mark.space.table}.values())
    open_ = [space for space in spaces if space.key not in located.answers or located.answers[space.key].value == ""]
    is_in_table = any(mark.space.table for mark, _ in found)
    if is_in_table and not open_:
        return False
    is_copied = any(located.answers[one.key].value == cell.value for one in spaces if one not in open_)
    if len(open_) == 1 and not is_in_table and not is_copied:
        located.take(open_[0], cell, found[0][1])
        return True
    located.claimed.add(id(cell))
    text = text_of(cell.value).strip()
    for mark, _ in found:
        text = text.replace(mark.space.placeholder, "").strip()
    names = ", ".join(mark.space.name for mark, _ in found[:_MOST_NAMED])
    names += f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    for space in open_ or spaces[:1]:
        if text:
            located.note(Code.SHARED_SPACE, space.key, cell, text, names=names)
        else:
            located.take(space, Cell(cell.column, "", cell.place, cell.anchors, cell.remarks), found[0][1])
    return True
