"""The answer spaces of a form by key, and every condition in it: what the checks of conditions stand on.

Copies of a group and rows of a table are one space here (`child[].school`, `actions[].due`), since each is like the
other. How a key in a condition is meant follows `qaf_forms.issue.building`: sibling columns mean the same row, and
inside a group its items mean the same copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from qaf_forms.define.answer_types import Calculated, Choice, Choices, YesNo
from qaf_forms.define.companions import columns_of, companions_of, ids_in, numbered_columns
from qaf_forms.define.condition import Condition, Is, Not
from qaf_forms.define.form import NIL_KEY, Form
from qaf_forms.define.grid_rows import placed_rows
from qaf_forms.define.items import Grid, GridRow, Group, Note, SignOff, Table, TitleRow
from qaf_forms.define.last_answer import LastAnswer
from qaf_forms.define.questions import RequiredWhen
from qaf_forms.define.scale import YES_NO, Scale
from qaf_forms.define.yaml_source import Steps

_NUMBER = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Scope:
    """How keys are meant at one place: `row` and `columns` of a grid or table, `copy` and `siblings` of a group."""

    row: str = ""
    columns: frozenset[str] = frozenset()
    copy: str = ""
    siblings: frozenset[str] = frozenset()

    def whole(self, key: str) -> str:
        """The key of the space that `key` means here."""
        if key in self.columns:
            return f"{self.row}.{key}"
        own = self.copy if key.split(".")[0].split("[")[0] in self.siblings else ""
        return own + _NUMBER.sub("[]", key)


EVERYWHERE = Scope()
Scoped = tuple[Condition, Scope]
Columns = tuple[tuple[int | None, Any], ...]
"""Columns with their numbers as written."""


@dataclass(frozen=True, slots=True)
class Space:
    """One answer space: its key, the answer type, its scale if it has a known one, and all it depends on."""

    key: str
    answer: Any
    scale: Scale | None
    whens: tuple[Scoped, ...]


@dataclass(slots=True)
class Written:
    """A condition as it stands in the definition, with each scope it is meant in and the spaces it bears on.

    `before`: what holds already where it stands, by scope. `of_requirement`: it says when an answer is required.
    """

    condition: Condition
    steps: Steps
    of_requirement: bool = False
    scopes: list[Scope] = field(default_factory=list)
    before: list[tuple[Scoped, ...]] = field(default_factory=list)
    subjects: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Worked:
    """A calculated space: its key, the calculation, where that is written, and how keys are meant there."""

    key: str
    calculated: Calculated
    steps: Steps
    scope: Scope


@dataclass(frozen=True, slots=True)
class Carried:
    """A space that shows or begins with the last answer: its key, what asks for it, and how keys are meant there.

    `last` is what it shows, in the row that it stands in.
    """

    key: str
    asked: Any
    last: LastAnswer | None
    answer: Any
    steps: Steps
    scope: Scope


class Spaces:
    """All answer spaces, conditions and calculations of a form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.by_key: dict[str, Space] = {}
        self.written: dict[Steps, Written] = {}
        self.copies: dict[str, int] = {}
        self.worked: list[Worked] = []
        self.carried: list[Carried] = []
        outside: tuple[Scoped, ...] = ()
        if nil := form.nil_return:
            self._items((nil.as_question(),), ("nil_return", NIL_KEY), EVERYWHERE, ())
            self._items(nil.items, ("nil_return", "items"), EVERYWHERE, ())
            outside = self._unless_waived()
        for number, section in enumerate(form.sections):
            inner = (*outside, (section.when, EVERYWHERE)) if section.when else outside
            first = len(self.by_key)
            self._note(section.when, ("sections", number, "when"), EVERYWHERE, outside, [])
            self._items(section.items, ("sections", number, "items"), EVERYWHERE, inner)
            if section.when:
                self.written["sections", number, "when"].subjects[0].extend(list(self.by_key)[first:])

    def _unless_waived(self) -> tuple[Scoped, ...]:
        """What holds outside the first page: a nil return waives the rest."""
        nil, scale = self.form.nil_return, self.by_key[NIL_KEY].scale
        if nil is None or scale is None or set(nil.waives_when) >= {level.code for level in scale.levels}:
            return ()
        return ((Not(condition=Is(key=NIL_KEY, values=nil.waives_when)), EVERYWHERE),)

    def scale_of(self, answer: Any) -> Scale | None:
        """The scale that an answer of this type is given on; None too where there is none of its name."""
        if isinstance(answer, YesNo):
            return YES_NO
        if not isinstance(answer, Choice | Choices | Calculated) or answer.scale is None:
            return None
        return answer.scale if isinstance(answer.scale, Scale) else self.form.scales.get(answer.scale)

    def _items(self, items: tuple[Any, ...], steps: Steps, scope: Scope, before: tuple[Scoped, ...]) -> None:
        for number, item in enumerate(items):
            if isinstance(item, Note):
                continue
            self._item(item, (*steps, number), scope, before)
            for companion in companions_of(item, self.scale_of):  # nobody wrote it, so nothing stands at its steps
                self._item(companion, (*steps, number, companion.id), scope, before)

    def _item(self, item: Any, steps: Steps, scope: Scope, before: tuple[Scoped, ...]) -> None:
        item = item.as_grid() if isinstance(item, SignOff) else item
        first = len(self.by_key)
        inner = (*before, (item.when, scope)) if item.when else before
        if isinstance(item, Group):
            self.copies[item.id] = item.copies
            siblings = ids_in(item, self.scale_of)
            self._note(item.when, (*steps, "when"), scope, before, [])
            self._items(item.items, (*steps, "items"), Scope(copy=f"{item.id}[].", siblings=siblings), inner)
        elif isinstance(item, Grid | Table):
            self._note(item.when, (*steps, "when"), scope, before, [])
            columns = tuple(numbered_columns(item, self.scale_of))
            for key, row, whens, place in self._rows(item, steps, scope, inner):
                self._row(columns, scope.copy + key, row, steps, scope, whens, place)
        else:
            self._asked(item, item, scope.copy + item.id, steps, scope, before)
        if item.when and isinstance(item, Group | Grid | Table):
            self.written[*steps, "when"].subjects[0].extend(list(self.by_key)[first:])

    def _rows(
        self, block: Grid | Table, steps: Steps, scope: Scope, before: tuple[Scoped, ...]
    ) -> Iterator[tuple[str, GridRow | None, tuple[Scoped, ...], Steps]]:
        """Every row that is answered: its key, the row of a grid, what it depends on, and the way to it."""
        if isinstance(block, Table):
            yield f"{block.id}[]", None, before, steps
            return
        of_stem: dict[Steps, Condition] = {}
        for row, here in placed_rows(block, steps):
            if isinstance(row, TitleRow):
                continue
            stem = of_stem.get(here[:-2])
            outer = (*before, (stem, scope)) if stem else before
            rows = [row] if isinstance(row, GridRow) else row.prompts
            keys = [f"{scope.copy}{block.id}.{one.id}.{column.id}" for one in rows for column in block.columns]
            self._note(row.when, (*here, "when"), scope, outer, keys)
            if isinstance(row, GridRow):
                yield f"{block.id}.{row.id}", row, (*outer, (row.when, scope)) if row.when else outer, here
            elif row.when:
                of_stem[here] = row.when

    def _row(
        self,
        columns: Columns,
        key: str,
        row: GridRow | None,
        steps: Steps,
        scope: Scope,
        before: tuple[Scoped, ...],
        row_steps: Steps,
    ) -> None:
        here = Scope(key, frozenset(column.id for _, column in columns), scope.copy, scope.siblings)
        cells = row.cells if row else {}
        asked = {column.id for column in columns_of(row, (column for _, column in columns))}
        for number, column in columns:
            if column.id not in asked:
                continue
            place = column.id if number is None else number
            answer = cells.get(column.id, column)
            cell = (*row_steps, "cells", column.id) if column.id in cells else ()
            self._asked(column, answer, f"{key}.{column.id}", (*steps, "columns", place), here, before, cell, row)

    def _asked(
        self,
        asked: Any,
        answer: Any,
        key: str,
        steps: Steps,
        scope: Scope,
        before: tuple[Scoped, ...],
        cell: Steps = (),
        row: GridRow | None = None,
    ) -> None:
        whens = (*before, (asked.when, scope)) if asked.when else before
        if isinstance(answer, Calculated):
            self.worked.append(Worked(key, answer, cell or steps, scope))
        if asked.shows_last or asked.copy_forward:
            last = asked.shows_last.of_row(row) if asked.shows_last else None
            self.carried.append(Carried(key, asked, last, answer, steps, scope))
        self.by_key.setdefault(key, Space(key, answer, self.scale_of(answer), whens))
        self._note(asked.when, (*steps, "when"), scope, before, [key])
        if isinstance(asked.required, RequiredWhen):
            inner = (*steps, "required", "when")
            self._note(asked.required.when, inner, scope, whens, [key], of_requirement=True)

    def _note(
        self,
        condition: Condition | None,
        steps: Steps,
        scope: Scope,
        before: tuple[Scoped, ...],
        subjects: list[str],
        *,
        of_requirement: bool = False,
    ) -> None:
        if condition is None:
            return
        written = self.written.setdefault(steps, Written(condition, steps, of_requirement))
        written.scopes.append(scope)
        written.before.append(before)
        written.subjects.append(subjects)

    @property
    def showing(self) -> list[Carried]:
        """The spaces that show a last answer, so that nobody answers there."""
        return [one for one in self.carried if one.asked.shows_last]

    def find(self, key: str, scope: Scope) -> Space | None:
        """The space that a key in a condition means; none if there is no such question, row or copy."""
        return self.by_key.get(scope.whole(key)) if self.has_copies(key) else None

    def has_copies(self, key: str) -> bool:
        """Whether the copies of a group that a key names by number are printed."""
        found = re.findall(r"^([a-z0-9_]+)\[(\d+)\]", key)
        return all(1 <= int(number) <= self.copies.get(group, 10_000) for group, number in found)

    def keys_in(self, scope: Scope) -> Iterator[str]:
        """Every key that can be written in `scope`, the nearest first."""
        yield from sorted(scope.columns)
        for key in self.by_key:
            if scope.copy and key.startswith(scope.copy):
                yield key.removeprefix(scope.copy).replace("[]", "[1]")
        yield from (key.replace("[]", "[1]") for key in self.by_key)
