"""Takes off the names of cells that stayed where they were when the cells moved.

The hidden keys of a workbook stand in its cells, and move with them. Its names stand beside the sheets. Where the keys
are gone, names are believed unless several of them stand beside words that are not theirs.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from qaf_forms.collect.heads import first_lines
from qaf_forms.collect.mark_meanings import MarkMeanings, Meaning
from qaf_forms.collect.raw_values import text_of
from qaf_forms.define.scale import fold
from qaf_forms.plugin.interfaces import Anchor, Cell, Route, Table

_SEVERAL = 2
_LONGEST_NUMBER = 5


class _Name(NamedTuple):
    number: int
    cell: Cell
    anchor: Anchor
    meaning: Meaning


class _Unconfirmed(NamedTuple):
    """A name without a key or words of its own beside it; `is_wrong` if words must stand there."""

    name: _Name
    is_wrong: bool


class NamesLeftBehind:
    """Compares the names in a table with its keys."""

    def __init__(self, meanings: MarkMeanings) -> None:
        self._meanings = meanings
        self._twins: dict[str, list[str]] = {}
        """The codes of the rows with the same words."""
        for code, label in meanings.labels.items():
            self._twins.setdefault(label, []).append(code)

    def take_off(self, table: Table) -> None:
        """Take the names off cells whose keys stand elsewhere, and if those are several all that have no key."""
        if not self._differ(table):
            return
        names, keyed = self._names_and_keys(table)
        at_home = {one.meaning.key for one in names if (one.number, id(one.cell)) in keyed.get(one.meaning.key, ())}
        away = [one for one in names if (one.number, id(one.cell)) not in keyed.get(one.meaning.key, ())]
        elsewhere = [one for one in away if one.meaning.key in keyed and one.meaning.key not in at_home]
        held = self._may_hold(elsewhere, table.rows, keyed)
        gone = [one for one in _without_pushed(elsewhere, names, keyed) if id(one) not in held]
        alone = [one for one in away if one.meaning.key not in keyed]
        if alone:
            lost = self._unconfirmed(alone, table.rows)
            if len(elsewhere) >= _SEVERAL or sum(one.is_wrong for one in lost) >= _SEVERAL:
                gone += self._with_other_boxes([one.name for one in lost], alone)
            else:
                gone += [one.name for one in lost if one.is_wrong and self._stands_elsewhere(one.name, table.rows)]
        for name in gone:
            name.cell.anchors = tuple(anchor for anchor in name.cell.anchors if anchor is not name.anchor)

    def _may_hold(
        self, names: Sequence[_Name], rows: Sequence[Sequence[Cell]], keyed: Mapping[str, set[tuple[int, int]]]
    ) -> set[int]:
        """The identities of the names beside their words that several questions have, where no code says whose.

        None, if several stand beside other words: then names were left behind, and these fit by chance.
        """
        numbers = _rows_with(names, keyed)
        lines = {number: frozenset(first_lines(rows[number])) for number in {one.number for one in names}}
        found, strange = set(), 0
        for name in names:
            label = self._meanings.labels.get(self._meanings.codes.get(name.meaning.row, ""), "")
            if not label or name.number in numbers[name.meaning.key]:
                continue  # the key stands in the same row: it is about the same child
            words, twins = lines[name.number], self._twins[label]
            strange += label not in words
            if label in words and len(twins) > 1 and words.isdisjoint(map(fold, twins)):
                found.add(id(name))
        return found if strange < _SEVERAL else set()

    def _stands_elsewhere(self, name: _Name, rows: Iterable[Sequence[Cell]]) -> bool:
        """Whether the words that belong to a name stand in another row, with their code."""
        code = self._meanings.codes.get(name.meaning.row)
        if code is None:  # a row of a table has none
            return False
        found = (first_lines(row) for row in rows if any(cell.value == code for cell in row))
        return any(self._meanings.labels[code] in words for words in found)

    def _with_other_boxes(self, lost: Sequence[_Name], names: Iterable[_Name]) -> list[_Name]:
        """These names, and those of all other boxes of their questions: boxes are found together or not at all."""
        questions = {one.meaning.row for one in lost if one.meaning.key in self._meanings.boxes}
        cells = {id(one.cell) for one in lost}
        boxes = (one for one in names if one.meaning.key in self._meanings.boxes and one.meaning.row in questions)
        return [*lost, *(one for one in boxes if id(one.cell) not in cells)]

    def _names_and_keys(self, table: Table) -> tuple[list[_Name], dict[str, set[tuple[int, int]]]]:
        """Every name, and by the full key the numbers of rows and the identities of cells that have it."""
        names: list[_Name] = []
        keyed: dict[str, set[tuple[int, int]]] = {}
        marked = ((number, cell) for number, row in enumerate(table.rows) for cell in row if cell.anchors)
        for number, cell, anchor in ((*pair, anchor) for pair in marked for anchor in pair[1].anchors):
            meaning = self._meanings.of(anchor)
            if meaning is None:
                continue
            if anchor.route is Route.KEY:
                keyed.setdefault(meaning.key, set()).add((number, id(cell)))
            elif anchor.route is Route.NAME:
                names.append(_Name(number, cell, anchor, meaning))
        return names, keyed

    def _unconfirmed(self, names: Iterable[_Name], rows: Sequence[Sequence[Cell]]) -> list[_Unconfirmed]:
        """The names in whose rows nothing is printed that belongs to them."""
        found = []
        names = list(names)
        lines = {number: frozenset(first_lines(rows[number])) for number in {name.number for name in names}}
        blocks = {number: self._blocks_in(rows[number]) for number in lines}
        numbers = {number: _number_in(rows[number]) for number in lines}
        codes = [self._meanings.codes.get(name.meaning.row, "") for name in names]
        at_home = {code for name, code in zip(names, codes, strict=True) if code and fold(code) in lines[name.number]}
        for name, code in zip(names, codes, strict=True):
            words = lines[name.number]
            box = self._meanings.boxes.get(name.meaning.key)
            if code and box is None and not self._is_beside(code, words, at_home):
                found.append(_Unconfirmed(name, name.meaning.block not in blocks[name.number]))
            elif box is not None and box not in words:
                found.append(_Unconfirmed(name, is_wrong=True))
            elif not code:  # a row of a table, which has a number where others have a code
                number = numbers[name.number] if name.meaning.row else ""
                found.append(_Unconfirmed(name, is_wrong=number not in ("", _last_number(name.meaning.row))))
        return found

    def _is_beside(self, code: str, words: Container[str], at_home: Container[str]) -> bool:
        """Whether a row has a code or its words; not where the code of another row with these words is there.

        The other row's name must be gone from it (`at_home` are the codes that have theirs): whoever copies a row over
        another, code and all, leaves both names where they belong.
        """
        label = self._meanings.labels[code]
        if fold(code) in words or label not in words:
            return fold(code) in words
        return not any(fold(one) in words and one not in at_home for one in self._twins.get(label, ()))

    def _blocks_in(self, row: Sequence[Cell]) -> frozenset[str | None]:
        """The blocks whose rows stand here: names stay when the rows of a block are sorted."""
        return frozenset(self._meanings.blocks.get(str(cell.value)) for cell in row if not cell.anchors)

    def _differ(self, table: Table) -> bool:
        """Whether any cell has a name and not the key that goes with it."""
        agree = self._meanings.agree
        for row in table.rows:
            for cell in row:
                anchors = cell.anchors
                if anchors and not agree(anchors) and any(anchor.route is Route.NAME for anchor in anchors):
                    return True
        return False


def _number_in(row: Sequence[Cell]) -> str:
    """What is printed before a row of a table, if that is its number."""
    first = next((cell for cell in row if cell.value != ""), None)
    text = "" if first is None or first.anchors else text_of(first.value).strip()
    return text if text.isdecimal() and len(text) < _LONGEST_NUMBER else ""


def _last_number(row: str) -> str:
    return row[row.rfind("[") + 1 : -1]


def _rows_with(names: Iterable[_Name], keyed: Mapping[str, set[tuple[int, int]]]) -> dict[str, set[int]]:
    """By the key of each name, the numbers of the rows in which that key stands."""
    keys = {one.meaning.key for one in names}
    return {key: {number for number, _ in keyed.get(key, ())} for key in keys}


def _without_pushed(
    gone: Sequence[_Name], names: Iterable[_Name], keyed: dict[str, set[tuple[int, int]]]
) -> list[_Name]:
    """These without those of cells that somebody pushed aside in some rows of a block only.

    There the name is with the answer and the key with the column: it cannot be told which of them holds.
    """
    numbers = _rows_with(gone, keyed)
    aside = {(one.meaning.block, one.number) for one in gone if one.number in numbers[one.meaning.key]}
    rows = (one for one in names if one.meaning.row)
    at_home = (one for one in rows if (one.number, id(one.cell)) in keyed.get(one.meaning.key, ()))
    straight = {one.meaning.block for one in at_home if (one.meaning.block, one.number) not in aside}
    return [one for one in gone if (one.meaning.block, one.number) not in aside or one.meaning.block not in straight]
