"""Finds the spaces of questions and grids whose marks are still there.

A mark may have come away from its words: Excel leaves names where they are when rows are sorted, and copying a content
control copies its tag. Where the marks on a cell disagree, the code printed in the row decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qaf_forms.collect.boxes import BOXES, box_line
from qaf_forms.collect.heads import first_lines
from qaf_forms.collect.located import Located
from qaf_forms.collect.raw_values import text_of
from qaf_forms.define.scale import fold
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Cell, Route, Table
from qaf_forms.problems import Code


class _Mark(NamedTuple):
    """What an anchor says of its cell: it is the space of a field, or one tick of it."""

    space: Field
    level: str


class OtherAnchored(NamedTuple):
    """A cell with anchors, in row `number` of `table`, that is no space of a question or grid."""

    table: Table
    number: int
    cell: Cell


_Found = list[tuple[_Mark, Route]]
_Boxes = dict[str, dict[str, tuple[Cell, Route]]]


class AnchoredSpaces:
    """Reads the anchored spaces of one layout, apart from the respondent's own rows."""

    def __init__(self, layout: Layout) -> None:
        single = [space for space in layout.fields if not space.table]
        marks = [_Mark(space, "") for space in single]
        marks += [_Mark(space, tick.level.code) for space in single for tick in space.ticks]
        self._by_key = {f"{mark.space.key}#{mark.level}" if mark.level else mark.space.key: mark for mark in marks}
        self._by_name = {_anchor(mark): mark for mark in marks}
        self._words = {code: fold(words.split("\n")[0]) for code, words in layout.row_labels()}
        self._rows: dict[str, list[Field]] = {}
        for space in single:
            self._rows.setdefault(space.code, []).append(space)

    def take(self, tables: Iterable[Table], located: Located) -> list[OtherAnchored]:
        """Take every anchored space; give back the anchored cells that are none."""
        boxes: _Boxes = {}
        shared: list[tuple[Cell, _Found]] = []
        others: list[OtherAnchored] = []
        for table in tables:
            for number, row in enumerate(table.rows):
                code = None
                for cell in row:
                    if not cell.anchors:
                        continue
                    found = self._marks_on(cell)
                    if not found:
                        others.append(OtherAnchored(table, number, cell))
                        continue
                    if code is None:
                        code = self._code_in(row)
                    self._take_cell(cell, found, row, code, located, boxes, shared)
        for key, ticked in boxes.items():
            _join(self._by_key[key].space, ticked, located)
        for cell, found in shared:
            _take_shared(cell, found, located)
        return others

    def _marks_on(self, cell: Cell) -> _Found:
        """The different marks on a cell, each with the surest route to it."""
        found: _Found = []
        first = None
        for anchor in cell.anchors:
            route = anchor.route
            mark = (self._by_key if route is Route.KEY else self._by_name).get(anchor.name)
            if mark is None or mark is first:
                continue
            if first is None:
                first = mark
                found.append((mark, route))
            elif all(mark is not other for other, _ in found):
                found.append((mark, route))
        return found

    def _code_in(self, row: Sequence[Cell]) -> str:
        """The code printed in a row, or an empty string."""
        for cell in row:
            if not cell.anchors and cell.value in self._words:
                return str(cell.value)
        return ""

    def _take_cell(
        self,
        cell: Cell,
        found: _Found,
        row: Sequence[Cell],
        code: str,
        located: Located,
        boxes: _Boxes,
        shared: list[tuple[Cell, _Found]],
    ) -> None:
        mark, route = found[0]
        if len(found) > 1 and any(one.space is not mark.space for one, _ in found):
            beside = [(one, way) for one, way in found if one.space.code == code]
            if len(beside) != 1:
                shared.append((cell, found))
                return
            mark, route = beside[0]
        elif mark.level and _is_one_box(found, cell):
            self._note_box(mark, route, cell, row, located, boxes)
            return
        elif code and code != mark.space.code:
            self._take_moved(mark.space, cell, route, row, code, located)
            return
        located.take(mark.space, cell, route)

    def _take_moved(
        self, space: Field, cell: Cell, route: Route, row: Sequence[Cell], code: str, located: Located
    ) -> None:
        """Take a cell that is marked as one row's and stands in a row with another's code.

        With the other's words too, rows were sorted under their marks; with words of its own, somebody renumbered.
        """
        words = first_lines([other for other in row if not other.anchors])
        is_own = self._words[space.code] in words
        is_others = self._words[code] in words
        moved = next((one for one in self._rows[code] if one.column == space.column), None)
        if is_others and moved is not None and not is_own:
            located.take(moved, cell, Route.CODE)
        elif located.take(space, cell, route) and is_own is is_others:
            located.note(Code.DOUBTFUL_ROW, space.key, cell, cell.value, shown=code, name=space.name)

    def _note_box(
        self, mark: _Mark, route: Route, cell: Cell, row: Sequence[Cell], located: Located, boxes: _Boxes
    ) -> None:
        """Keep one box for later; the label printed beside it says which it is, and is nobody's answer."""
        space, code = mark
        beside = {fold(text_of(other.value)): other for other in row if other.value != "" and not other.anchors}
        labelled = [(tick.level.code, fold(tick.level.label)) for tick in space.ticks]
        printed = [(level, label) for level, label in labelled if label in beside]
        if len(printed) == 1:
            code = printed[0][0]
            located.claimed.add(id(beside[printed[0][1]]))
        ticked = boxes.setdefault(space.key, {})
        earlier = ticked.get(code)
        located.claimed.add(id(cell))
        if earlier is None or earlier[0].value == "":
            ticked[code] = cell, route
        elif cell.value not in ("", earlier[0].value):
            located.note(Code.TWO_ANSWERS, space.key, cell, cell.value)


def _anchor(mark: _Mark) -> str:
    if not mark.level:
        return mark.space.anchor
    return next(tick.anchor for tick in mark.space.ticks if tick.level.code == mark.level)


def _is_one_box(found: _Found, cell: Cell) -> bool:
    """Whether a cell is one box of a question: marked as such, and not full of boxes and labels."""
    return all(mark.level for mark, _ in found) and (len(found) == 1 or BOXES.isdisjoint(text_of(cell.value)))


def _join(space: Field, ticked: dict[str, tuple[Cell, Route]], located: Located) -> None:
    """Put the boxes that stand in cells of their own together: one line a box, as they stand in one cell."""
    lines = []
    for tick in space.ticks:
        found = ticked.get(tick.level.code)
        value = text_of(found[0].value).strip() if found else ""
        lines.append(box_line(value, tick.level.label))
    first, route = next(iter(ticked.values()))
    lost = [tick.level.label for tick in space.ticks if tick.level.code not in ticked]
    if lost:
        located.note(Code.SPACE_LOST, space.key, first, "; ".join(lost))
    remarks = [remark for cell, _ in ticked.values() for remark in cell.remarks]
    value = "\n".join(lines) if any(cell.value != "" for cell, _ in ticked.values()) else ""
    located.take(space, Cell(first.column, value, first.place, first.anchors, remarks), route)


def _take_shared(cell: Cell, found: _Found, located: Located) -> None:
    """Take a cell that is marked as the space of several questions: merged, or pasted over."""
    spaces = list({mark.space.key: mark.space for mark, _ in found}.values())
    open_ = [space for space in spaces if space.key not in located.answers]
    route = found[0][1]
    if len(open_) == 1:
        located.take(open_[0], cell, route)
        return
    located.claimed.add(id(cell))
    text = text_of(cell.value).strip()
    for space in spaces:
        text = text.replace(space.placeholder, "").strip()
    for space in open_ or spaces[:1]:
        if text == "":
            located.take(space, Cell(cell.column, "", cell.place, cell.anchors, cell.remarks), route)
        else:
            located.note(Code.SHARED_SPACE, space.key, cell, text, names=", ".join(one.name for one in spaces))
