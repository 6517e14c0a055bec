"""Compares what comes back with what was already in the copy when it was issued.

What the form gives itself, and what a round puts into locked columns, stays as it was issued: rows of a table are known
by it wherever they stand, and if it was changed or is gone, that is told and nothing else. What the partnership wrote
into spaces of its own comes back as answers of its own: nothing to report, unless they changed on the way. And a return
in which nothing else stands is blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from qaf_forms.collect.last_answers import changed_last_answers, is_last_answer
from qaf_forms.collect.parsing import parse
from qaf_forms.collect.raw_values import text_of
from qaf_forms.collect.reading import RawAnswer, Reading
from qaf_forms.collect.returns import Answer, Return, Status
from qaf_forms.collect.same_rows import same_rows
from qaf_forms.define.condition import Value
from qaf_forms.define.questions import EVERY_ROLE
from qaf_forms.issue.fields import Field
from qaf_forms.issue.given import Issued
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import show
from qaf_forms.plugin.interfaces import Route
from qaf_forms.problems import Code, Problem

_OTHER_ROLE = Code.OTHER_ROLE.value.code
_Row = tuple[str, int]
"""A table's key and a row's number."""


class Kept(NamedTuple):
    """What was given stays the answer; `said` is what there is to say of it, `is_missing` of what is gone."""

    answer: Answer
    field: Field
    said: tuple[Problem, ...] = ()
    is_missing: bool = False


def in_place(reading: Reading, layout: Layout, issued: Issued) -> Reading:
    """The reading with the rows of each table under the numbers they were issued with, the respondent's own behind."""
    renamed: dict[str, str] = {}
    found = _found_rows(reading, layout)
    for table, rows in _issued_rows(layout, issued).items():
        marks = {number: reading.row_marks.get(f"{table}[{number}]", 0) for number in found.get(table, ())}
        renamed |= _renamed(table, found.get(table, {}), rows, marks)
    if not renamed:
        return reading
    answers = {}
    for key, raw in reading.answers.items():
        field = layout.field(_in_row(key, renamed))
        answers[field.key if field else key] = replace(raw, field=field) if field else raw
    problems = tuple(replace(problem, key=_in_row(problem.key, renamed)) for problem in reading.problems)
    return replace(reading, answers=answers, problems=problems)


def kept_given(reading: Reading, layout: Layout, issued: Issued) -> Iterator[Kept]:
    """Everything given, in a reading whose rows are in their places, with what became of it in the file."""
    present = {(table, number) for table, rows in _found_rows(reading, layout).items() for number in rows}
    told: set[_Row] = set()
    for key in issued.values:
        field = layout.field(key) if key in issued.given else None
        if field is None:
            continue
        row = _row_of(key)
        if field.table and row not in present:
            yield _row_gone(field, issued, layout, is_first=row not in told)
            told.add(row)
        else:
            yield _kept(field, issued.values[key], reading.answers.get(key))


def as_issued(returned: Return, layout: Layout, issued: Issued) -> Return:
    """The return with its problems as they are in the light of the answers that were issued with it."""
    if not (issued.values or layout.shows_last) or returned.status is Status.UNREADABLE:
        return returned
    values = {key: answer.value for key, answer in returned.answers.items() if answer.route is not Route.COMPUTED}
    kept = [
        problem
        for problem in returned.problems
        if problem.code != _OTHER_ROLE or values.get(problem.key) != issued.values.get(problem.key)
    ]
    open_ = {key: value for key, value in issued.values.items() if key not in issued.given}
    changed = [said for key, value in open_.items() if (said := _change(key, returned, layout, value))]
    changed += changed_last_answers(returned, layout, issued)
    own = ((key, value) for key, value in values.items() if not is_last_answer(layout, key))
    status = Status.BLANK if all(issued.has(key, value) for key, value in own) else returned.status
    return replace(returned, status=status, problems=tuple(kept + changed))


def _change(key: str, returned: Return, layout: Layout, issued: Value) -> Problem | None:
    """A problem, if something that was not the respondent's to change was changed."""
    field = layout.field(key)
    answer = returned.answers.get(key)
    if field is None or field.calculation or field.shows_last or returned.role in (field.role, EVERY_ROLE):
        return None
    if answer is not None and answer.value == issued:
        return None
    place = f"section {field.section}, question {field.code}"
    if answer is not None:
        place = f"{place}, {answer.place}"
    return Code.CHANGED_PREFILL.problem(
        key=key, place=place, value=answer.raw if answer else "", issued=show(field, issued), role=field.role_title
    )


def _kept(field: Field, given: Value, raw: RawAnswer | None) -> Kept:
    facts = {"key": field.key, "issued": show(field, given)}
    if raw is None or raw.value == "":
        place, remarks = (raw.place, tuple(raw.remarks)) if raw else ("", ())
        gone = Code.GIVEN_GONE.problem(place=place, **facts)
        return Kept(Answer(given, "", place, Route.GIVEN), field, (*remarks, gone), is_missing=True)
    typed = text_of(raw.value)
    answer = Answer(given, typed, raw.place, raw.route)
    if _is_unchanged(field, given, raw):
        return Kept(answer, field, tuple(raw.remarks))
    changed = Code.CHANGED_GIVEN.problem(place=raw.place, value=typed, **facts)
    return Kept(answer, field, (*raw.remarks, changed))


def _is_unchanged(field: Field, given: Value, raw: RawAnswer) -> bool:
    """Whether a space says what was given, and not a word besides."""
    if _words(text_of(raw.value)) == _words(show(field, given)):
        return True
    outcome = parse(field, raw.value)
    return outcome.value == given and not outcome.notes and not outcome.behind


def _row_gone(field: Field, issued: Issued, layout: Layout, *, is_first: bool) -> Kept:
    """One given cell of a row that did not come back; the first of them says so for the row."""
    answer = Answer(issued.values[field.key], "", "", Route.GIVEN)
    if not is_first:
        return Kept(answer, field)
    row = field.key.rpartition(".")[0]
    cells = (layout.field(f"{row}.{column.id}") for column in layout.tables[field.table].columns)
    words = " · ".join(show(cell, issued.values[cell.key]) for cell in cells if cell and cell.key in issued.given)
    gone = Code.GIVEN_ROW_GONE.problem(key=field.key, row=words)
    return Kept(answer, field, (gone,), is_missing=True)


def _issued_rows(layout: Layout, issued: Issued) -> dict[str, dict[int, dict[str, Value | None]]]:
    """By table and row, what was given in the columns that this copy shows."""
    rows: dict[str, dict[int, dict[str, Value | None]]] = {}
    for key in issued.given:
        field = layout.field(key)
        if field is not None and field.table:
            table, number = _row_of(key)
            rows.setdefault(table, {}).setdefault(number, {})[field.column] = _comparable(issued.values[key])
    return rows


def _found_rows(reading: Reading, layout: Layout) -> dict[str, dict[int, list[RawAnswer]]]:
    """By table and row, what was found in tables with locked columns."""
    rows: dict[str, dict[int, list[RawAnswer]]] = {}
    for key, raw in reading.answers.items():
        if raw.field.table and layout.tables[raw.field.table].locked:
            table, number = _row_of(key)
            rows.setdefault(table, {}).setdefault(number, []).append(raw)
    return rows


def _renamed(
    table: str,
    found: Mapping[int, list[RawAnswer]],
    issued: Mapping[int, Mapping[str, Value | None]],
    marks: Mapping[int, int],
) -> dict[str, str]:
    """The keys of rows that change their number, and their new ones."""
    columns = {column for cells in issued.values() for column in cells}
    read = {
        number: {raw.field.column: _read(raw) for raw in row if raw.field.column in columns}
        for number, row in found.items()
    }
    known = same_rows(read, issued, marks)
    free = (number for number in range(1, len(found) + len(issued) + 2) if number not in issued)
    numbers = {old: known[old] if old in known else next(free) for old in sorted(found)}
    return {f"{table}[{old}]": f"{table}[{new}]" for old, new in numbers.items() if old != new}


def _read(raw: RawAnswer) -> Value | None:
    value = parse(raw.field, raw.value).value
    return _comparable(value if value is not None else text_of(raw.value))


def _comparable(value: Value) -> Value:
    return _words(value) if isinstance(value, str) else value


def _words(text: str) -> str:
    """A text whatever the spaces in it, which programs change when they save it."""
    return " ".join(text.split())


def _row_of(key: str) -> _Row:
    table, _, rest = key.rpartition("[")
    number = rest.partition("]")[0]
    return (table, int(number)) if number.isdecimal() else ("", 0)


def _in_row(key: str, renamed: Mapping[str, str]) -> str:
    row, _, column = key.rpartition(".")
    return f"{renamed[row]}.{column}" if row in renamed else key
