"""Carries the answers of earlier returns into the copies of a new round: shown, or as this year's starting point.

What an answer was to is followed by the form's `changes`, never by printed numbers. What does not fit any more is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from qaf_forms.collect.collection import Collection
from qaf_forms.collect.matching_rows import rows_of
from qaf_forms.collect.returns import Return
from qaf_forms.define.changes import Changes
from qaf_forms.define.condition import Value
from qaf_forms.errors import RoundError
from qaf_forms.issue.fields import Field, TableBlock
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import expected, from_json, show, to_json
from qaf_forms.problems import Code, Problem

_ROW = re.compile(r"\[(\d+)\](?=\.[^.\[\]]+$)")
_SHOW_ANYTHING = ("text", "paragraph")


@dataclass(slots=True)
class Carried:
    """What one recipient's copy gets of earlier answers, and what could not be carried."""

    values: dict[str, Value] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Carrier:
    """Carries answers into copies of one form. `layout` is that of the whole form."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._showing: dict[tuple[str, str], list[Field]] = {}
        self._showing_rows: dict[tuple[str, str], list[Field]] = {}
        for space in layout.fields:
            if space.shows_last is None:
                continue
            form, key = space.shows_last.form or layout.form.id, space.shows_last.key
            if not space.table:
                self._showing.setdefault((form, key), []).append(space)
            elif space.key.startswith(f"{space.table}[1]."):
                self._showing_rows.setdefault((form, _of_any_row(key)), []).append(space)

    @property
    def forms(self) -> frozenset[str]:
        """The forms whose returns can be carried into this one."""
        shown = {form for form, _ in (*self._showing, *self._showing_rows)}
        return frozenset({self.layout.form.id, *self.layout.form.follows, *shown})

    def carry(self, earlier: Collection, returns: Mapping[str, Return], into: Mapping[str, Carried], name: str) -> None:
        """Carry what each recipient answered in an earlier round; later calls come before earlier ones."""
        form = earlier.form
        if form.id not in self.forms:
            reason = f"the returns in {name} are of the form {form.id}, of which {self.layout.form.id} shows nothing"
            advice = f"name a folder of returns of {' or '.join(sorted(self.forms))}"
            raise RoundError("previous", [Code.WRONG_PREVIOUS.problem(place=name, reason=reason, suggestion=advice)])
        if not returns.keys() & into.keys():
            reason = f"none of this round's recipients has a return in {name}"
            advice = "give the recipients the same ids in both rounds"
            raise RoundError("previous", [Code.WRONG_PREVIOUS.problem(place=name, reason=reason, suggestion=advice)])
        journey = _Journey(self.layout, earlier)
        for recipient, carried in into.items():
            if recipient in returns:
                self._carry_one(journey, returns[recipient], carried, recipient)

    def _carry_one(self, journey: _Journey, one: Return, carried: Carried, recipient: str) -> None:
        numbers = journey.row_numbers(one)
        for key, answer in one.answers.items():
            source = journey.old.field(key)
            now = journey.now(key, numbers)
            if source is None or now is None or source.shows_last is not None:
                continue
            for target in self._targets(journey.form, now):
                value = _fitting(target, source, answer.value)
                if value is None:
                    carried.problems.append(_not_carried(target, show(source, answer.value), recipient))
                else:
                    carried.values[target.key] = value

    def _targets(self, form: str, key: str) -> Iterator[Field]:
        """The spaces that a last answer goes to, by the key that its question has now."""
        own = self.layout.field(key) if form in (self.layout.form.id, *self.layout.form.follows) else None
        if own is not None and own.copies_forward and own.given is None:
            yield own
        yield from self._showing.get((form, key), ())
        row = _ROW.search(key)
        for first in self._showing_rows.get((form, _of_any_row(key)), ()) if row else ():
            space = self.layout.table_field(first.table, int(row[1]), first.column) if row else None
            if space is not None:
                yield space


class _Journey:
    """The way from the questions of one earlier collection to those of now."""

    def __init__(self, layout: Layout, earlier: Collection) -> None:
        self.layout, self.old, self.form = layout, Layout(earlier.form), earlier.form.id
        same = earlier.form.version == layout.form.version or self.form != layout.form.id
        self._changes = None if same else Changes(layout.form, earlier.form.version)

    def now(self, key: str, numbers: Mapping[str, str]) -> str | None:
        """The key that a question has now, None where its answers cannot be carried; of another form as it was."""
        row, _, column = key.rpartition(".")
        if row in numbers:
            key = f"{numbers[row]}.{column}" if numbers[row] else ""
        if not key or self._changes is None:
            return key or None
        became = self._changes.became(key)
        return became.key if became.carries else None

    def row_numbers(self, one: Return) -> dict[str, str]:
        """Rows of tables that the form begins itself, by their old keys: those it still gives, then people's own."""
        if self.form != self.layout.form.id:
            return {}
        found: dict[str, str] = {}
        for key, block in self.old.tables.items():
            new = self.layout.tables.get(key)
            if new is not None and (block.locked or new.locked):
                found |= dict(_renumbered(key, block, new, rows_of(one, key)))
        return found


def _renumbered(
    table: str, old: TableBlock, new: TableBlock, rows: Mapping[int, Mapping[str, Value]]
) -> Iterator[tuple[str, str]]:
    given = [{space.column: space.given for space in row if space.given is not None} for row in new.rows]
    free = sum(bool(cells) for cells in given)
    for number, row in rows.items():
        begun = number <= len(old.rows) and any(space.given is not None for space in old.rows[number - 1])
        at = next((place for place, cells in enumerate(given, start=1) if cells and cells.items() <= row.items()), 0)
        if not at and not begun:
            free = at = free + 1
        yield f"{table}[{number}]", f"{table}[{at}]" if at else ""


def _of_any_row(key: str) -> str:
    """The key of a column, whichever row: `actions[2].due` and `actions.due` are `actions[].due`."""
    if _ROW.search(key):
        return _ROW.sub("[]", key)
    table, _, column = key.rpartition(".")
    return f"{table}[].{column}"


def _fitting(target: Field, source: Field, value: Value) -> Value | None:
    """An earlier answer as this space can hold it, or None."""
    if target.type != source.type and target.type in _SHOW_ANYTHING:
        words = show(source, value)
        return " ".join(words.split()) if target.type == "text" else words
    found = from_json(target, to_json(value))
    if found is None and target.scale and source.scale:
        labels = [level.label for code in _codes(value) if (level := source.scale.level(code))]
        levels = [level.code for label in labels if (level := target.scale.recognise(label))]
        if labels and len(levels) == len(labels):
            found = from_json(target, levels if isinstance(value, tuple) else levels[0])
    return found


def _codes(value: Value) -> Iterable[str]:
    return value if isinstance(value, tuple) else (str(value),)


def _not_carried(target: Field, shown: str, recipient: str) -> Problem:
    reason = (
        f"{target.name} has no such answer any more" if target.scale else f"{target.name} asks for {expected(target)}"
    )
    return Code.NOT_CARRIED.problem(key=target.key, place=recipient, value=shown, reason=reason)
