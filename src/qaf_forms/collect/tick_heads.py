"""Finds the heads over columns to tick: the labels of the levels, and above them the title of their column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from qaf_forms.collect.heads import HeadWords
from qaf_forms.collect.raw_values import text_of
from qaf_forms.define.scale import fold
from qaf_forms.issue.fields import Field
from qaf_forms.plugin.interfaces import Cell, Route

_ROWS_ABOVE = 3
"""How far above the labels the title is looked for."""
_LONGEST = 500


class Shape(NamedTuple):
    """What is printed over a column with levels to tick, folded."""

    title: str
    labels: tuple[str, ...]


def shape_of(space: Field) -> Shape:
    """The head over the column of a field that has levels to tick."""
    return Shape(fold(space.column_title), tuple(fold(tick.level.label) for tick in space.ticks))


@dataclass(slots=True)
class TickColumn:
    """One answer column of a sheet: the codes of its levels by their places. `space` is any field that looks so.

    `title` is the place at which its title is put, and each answer; without a head that of the leftmost cell.
    """

    space: Field
    places: dict[int, str] = field(default_factory=dict)
    title: int | None = None

    @property
    def first(self) -> int:
        """The place that stands for all."""
        return min(self.places) if self.title is None else self.title

    def label(self, code: str) -> str:
        """What is printed over the cells of a level."""
        return next((one.level.label for one in self.space.ticks if one.level.code == code), "")


@dataclass(slots=True)
class TickHead:
    """A head row, by its number and that of the row with the titles, if that was found.

    `labels` are all places over which a label stands, folded; `doubtful` are the columns of which nobody can tell by
    the head where they are.
    """

    number: int
    titles: int
    columns: Sequence[TickColumn]
    labels: Mapping[int, str] = field(default_factory=dict)
    doubtful: frozenset[Shape] = frozenset()


class TickHeads:
    """Knows what is printed over the columns to tick of one layout."""

    def __init__(self, spaces: Iterable[Field], words: HeadWords, titles: Iterable[str]) -> None:
        """`titles` are those of all columns, folded."""
        self._in_one_row = frozenset((words.code, words.question))
        self._beside = frozenset((words.code, words.question, *titles))
        self._spaces: dict[Shape, Field] = {}
        for space in spaces:
            self._spaces.setdefault(shape_of(space), space)
        self._titles = frozenset(shape.title for shape in self._spaces)
        self._labels = frozenset(label for shape in self._spaces for label in shape.labels)
        self._printed = frozenset(tick.level.label for space in self._spaces.values() for tick in space.ticks)

    def at(self, rows: Sequence[Sequence[Cell]], number: int, above: TickHead | None) -> TickHead | None:
        """The head that the row `number` is, if it is one; `above` is the head which that row stands under so far."""
        row = rows[number]
        if not any(isinstance(cell.value, str) and cell.value in self._printed for cell in row):
            return None
        if any(one.route is Route.KEY and not one.name.endswith("]") for cell in row for one in cell.anchors):
            return None
        words = list(first_words(row))
        if self._beside.isdisjoint(word for _, word in words):
            return None  # labels that somebody typed as an answer
        labels = {place: word for place, word in words if word in self._labels}
        upper, titles = self._titles_over(rows, number, -1 if above is None else above.number)
        if not titles and any(cell.anchors for cell in row):
            return None
        shapes = self._shapes_for(titles, labels)
        columns = list(self._columns(shapes, titles, labels))
        found = {shape_of(column.space) for column in columns}
        return TickHead(number, upper, columns, labels, frozenset(shapes) - found) if shapes else None

    def printed_in(self, row: Iterable[Cell], head: TickHead) -> Iterator[int]:
        """The ids of the cells of a head row with the labels of levels, as they are printed."""
        return (id(cell) for cell in row if cell.column in head.labels and text_of(cell.value).strip() in self._printed)

    def _titles_over(
        self, rows: Sequence[Sequence[Cell]], number: int, above: int
    ) -> tuple[int, list[tuple[int, str]]]:
        """The nearest row with titles below the head `above`, and the places of these."""
        for upper in range(number - 1, max(above, number - 1 - _ROWS_ABOVE, -1), -1):
            words = list(first_words(rows[upper]))
            titles = [(place, word) for place, word in words if word in self._titles]
            if any(word in self._in_one_row for _, word in words):
                break  # a head of one row, and what stands under it are answers
            if titles:
                return upper, titles
        return -1, []

    def _shapes_for(self, titles: Sequence[tuple[int, str]], labels: Mapping[int, str]) -> list[Shape]:
        """The columns that may be here: those whose title is, or without any title those whose labels all are."""
        words, written = {word for _, word in titles}, frozenset(labels.values())
        if not titles:
            return [one for one in self._spaces if written.issuperset(one.labels)]
        return [
            one
            for one in self._spaces
            if one.title in words and len(written.intersection(one.labels)) >= _fewest(one.labels)
        ]

    def _columns(
        self, shapes: Sequence[Shape], titles: Sequence[tuple[int, str]], labels: Mapping[int, str]
    ) -> Iterator[TickColumn]:
        words = [word for _, word in titles]
        shared = {label for one in shapes for label in one.labels if sum(label in other.labels for other in shapes) > 1}
        alone = [one for one in shapes if shared.isdisjoint(one.labels) and words.count(one.title) < 2]
        for shape in alone:
            yield from self._column(shape, labels, least=_fewest(shape.labels))
        if titles:
            others = [one for one in shapes if one not in alone]
            yield from self._told_by_titles(others, titles, labels)

    def _column(self, shape: Shape, labels: Mapping[int, str], least: int) -> Iterator[TickColumn]:
        """The column whose labels stand here, each once, if they are at least so many."""
        space, written = self._spaces[shape], Counter(labels.values())
        codes = dict(zip(shape.labels, (tick.level.code for tick in space.ticks), strict=True))
        places = {place: codes[word] for place, word in labels.items() if word in codes and written[word] == 1}
        if len(places) >= least:
            yield TickColumn(space, places, min(places))

    def _told_by_titles(
        self, shapes: Sequence[Shape], titles: Sequence[tuple[int, str]], labels: Mapping[int, str]
    ) -> Iterator[TickColumn]:
        """Columns with the same labels: those from one title to the next, if every label falls to one of them.

        Where columns were moved one by one, a title can stand over the last of its levels.
        """
        known = {label for shape in shapes for label in shape.labels}
        wanted = {place: word for place, word in labels.items() if word in known}
        ends = [min(wanted, default=0) - 1, *sorted(place for place, _ in titles), max(wanted, default=0) + 1]
        words = dict(titles)
        rightward = [(words[start], range(start, end)) for start, end in pairwise(ends[1:])]
        leftward = [(words[end], range(start + 1, end + 1)) for start, end in pairwise(ends[:-1])]
        ways = [list(self._within(way, shapes, wanted)) for way in (rightward, leftward)]
        whole = [way for way in ways if sum(len(column.places) for column in way) == len(wanted)]
        if whole and whole[0] == whole[-1]:
            yield from whole[0]

    def _within(
        self, stretches: Iterable[tuple[str, range]], shapes: Sequence[Shape], labels: Mapping[int, str]
    ) -> Iterator[TickColumn]:
        """The columns that fill the stretches under their titles."""
        for title, places in stretches:
            within = {place: word for place, word in labels.items() if place in places}
            whole = [one for one in shapes if one.title == title and sorted(one.labels) == sorted(within.values())]
            for one in whole[:1]:
                yield from self._column(one, within, least=len(within))


def _fewest(labels: Sequence[str]) -> int:
    """So many labels of a column have to be left."""
    return max((len(labels) + 1) // 2, min(len(labels), 2))


def first_words(row: Iterable[Cell]) -> Iterator[tuple[int, str]]:
    """The first line of each cell that says something, folded, with its place."""
    for cell in row:
        text = text_of(cell.value)[:_LONGEST].split("\n", 1)[0]
        if text:
            yield cell.column, fold(text)
