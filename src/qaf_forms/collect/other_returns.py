"""Tells what stands in a file and is of another return: sheets of another form, or of another copy of this one.

Forms ask the same things, such as the agency and who filled it in, under the same marks. Whatever a sheet of another
return says there is no answer of this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from qaf_forms.collect.located import Located
from qaf_forms.collect.raw_values import text_of
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.stamp import Stamp
from qaf_forms.plugin.interfaces import Contents, Table
from qaf_forms.problems import Code

_STAMPED = " · Copy"
"""In every line of a stamp, whatever else it says."""
_MOST_NAMED = 30
"""Places that one problem names."""


class Known(NamedTuple):
    """How many rows of a table are the form's, and how many are another's, by their marks or codes."""

    own: int
    others: int


class OtherReturns:
    """Looks through the tables of one file. `stamp` is what the file says of itself, if it does."""

    def __init__(self, layout: Layout, stamp: Stamp | None, located: Located) -> None:
        self._located = located
        self._stamp = stamp
        self._tells_forms = stamp is None or (
            stamp.version == layout.form.version and stamp.fingerprint in ("", layout.fingerprint)
        )
        """Whether a row that the form does not have is another's, and not one of another version of it."""
        self._others: dict[str, list[str]] = {}
        self._holds_others = False
        self._mixed: set[int] = set()

    def without_stamped(self, tables: list[Table]) -> list[Table]:
        """The tables but for those whose feet say that they are of another copy; the same list if there are none."""
        stamp = self._stamp
        feet = {table.foot for table in tables}
        feet.discard("")
        if stamp is None or not feet or (len(feet) == 1 and stamp.line in next(iter(feet)).split("\n")):
            return tables
        lines = {foot: found for foot in feet if (found := Stamp.from_line(foot)) is not None}
        if not lines:
            return tables
        own = _as_spelt(stamp)
        if any(_return_of(one) == _return_of(stamp) for one in lines.values()):
            own = {_return_of(stamp)}  # older copies did not say their stage
        strange = {foot: one.line for foot, one in lines.items() if _return_of(one) not in own}
        return self._without(tables, {id(one): strange[one.foot] for one in tables if one.foot in strange})

    def without_strange(self, tables: list[Table], known: Mapping[int, Known]) -> list[Table]:
        """The tables but for those that are mostly another form's; the same list if there are none.

        `known` is what there is of another form in tables, by the identity of the table.
        """
        if not known or not self._tells_forms:
            return tables
        self._holds_others = True
        self._mixed |= known.keys()
        return self._without(tables, {key: "" for key, rows in known.items() if rows.others > rows.own})

    def _without(self, tables: list[Table], strange: Mapping[int, str]) -> list[Table]:
        if not strange:
            return tables
        self._holds_others = True
        for table in tables:
            if id(table) in strange:
                self._others.setdefault(strange[id(table)], []).append(table.place)
        return [table for table in tables if id(table) not in strange]

    def tell(self, tables: Iterable[Table], contents: Contents) -> None:
        """Say what is of another return, and ask about the answers in `tables` that may be."""
        located = self._located
        for line, places in self._others.items():
            more = f" and {len(places) - _MOST_NAMED} more" if len(places) > _MOST_NAMED else ""
            named = ", ".join(places[:_MOST_NAMED]) + more
            located.problems.append(Code.OTHER_RETURN.problem(place=named, value=line or "another form"))
        if not self._holds_others and not (located.uneven and self._has_other_line(contents)):
            located.doubt_copies()
            return
        stamped = [table for table in tables if _STAMPED in table.foot and id(table) not in self._mixed]
        sure = {cell.place for table in stamped for row in table.rows for cell in row}
        told = {_row_of(problem.key) for problem in located.problems if problem.code == Code.COPIED_ROW.value.code}
        for key in self._doubtful(located, sure):
            raw = located.answers[key]
            if raw.value != "" and _said_of(raw.field, key) not in told:
                told.add(_said_of(raw.field, key))
                located.note(Code.PERHAPS_ANOTHERS, key, located.cells[key], raw.value)

    def _doubtful(self, located: Located, sure: set[str]) -> Iterator[str]:
        """The keys of the answers that may be another return's. Those at places that are `sure` are not.

        If there are none, those are asked about that one copy of the question has and another has not.
        """
        uneven = located.uneven
        for key, raw in located.answers.items():
            if raw.place not in sure and (sure or key in uneven or raw.field.table in uneven):
                yield key

    def _has_other_line(self, contents: Contents) -> bool:
        """Whether the line of another return's stamp stands anywhere in a file."""
        found = {_return_of(one) for text in _texts(contents) if (one := Stamp.from_line(text)) is not None}
        return len(found) > 1 if self._stamp is None else not found <= _as_spelt(self._stamp)


def _texts(contents: Contents) -> Iterator[str]:
    """The texts of a file that may hold the line of a stamp."""
    yield from (one.text for one in contents.loose if _STAMPED in one.text)
    cells = (text_of(cell.value) for table in contents.tables for row in table.rows for cell in row)
    yield from (text for text in cells if _STAMPED in text)


def _return_of(stamp: Stamp) -> Sequence[str]:
    """What tells one return from another. Which of its prints or wordings it stands in makes no difference."""
    return stamp.form, stamp.version, stamp.round, stamp.recipient, stamp.role, stamp.stage


def _as_spelt(stamp: Stamp) -> set[Sequence[str]]:
    """What tells a return from another, by every line that its copies may have."""
    lines = (Stamp.from_line(line) for line in stamp.spellings)
    return {_return_of(one) for one in (stamp, *lines) if one is not None}


def _said_of(field: Field, key: str) -> str:
    """What one question is asked about: an answer, or a whole row of the respondent's own."""
    return _row_of(key) if field.table else key


def _row_of(key: str) -> str:
    return key.rpartition(".")[0]
