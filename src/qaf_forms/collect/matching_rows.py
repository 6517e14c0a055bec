"""Matches the rows of one table in several copies of a form: rows have numbers, but no names.

A row is known by what stands in it. Another role's copy may hold the same rows in another order, some of them, or rows
of its own. What matches no row is kept as a further one, never put beside a row that it may not be about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qaf_forms.collect.returns import Answer, Return
from qaf_forms.define.condition import Value
from qaf_forms.define.questions import EVERY_ROLE
from qaf_forms.issue.fields import TableBlock
from qaf_forms.problems import Code, Problem

Rows = Mapping[int, Mapping[str, Value]]
"""By number, the values of a row by column."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Where the rows of one copy stand among those of another: new numbers by old ones. `alone` matched none."""

    numbers: Mapping[int, int]
    alone: frozenset[int]


def rows_of(one: Return, table: str) -> dict[int, dict[str, Value]]:
    """The rows of a table in a return."""
    rows: dict[int, dict[str, Value]] = {}
    start = f"{table}["
    for key, answer in one.answers.items():
        if key.startswith(start):
            number, _, column = key[len(start) :].partition("].")
            rows.setdefault(int(number), {})[column] = answer.value
    return rows


def leading(block: TableBlock, returns: Sequence[Return]) -> Return | None:
    """The return whose rows the others' are matched with: that of the role which fills the first column."""
    with_rows = [one for one in returns if rows_of(one, block.key)]
    wanted = (block.columns[0].role, EVERY_ROLE)
    return next((one for role in wanted for one in with_rows if one.role == role), with_rows[0] if with_rows else None)


def match_rows(block: TableBlock, lead: Return, other: Return, taken: int) -> Matching:
    """Where the rows of `other` stand. New rows are numbered after the first `taken`."""
    known = rows_of(lead, block.key)
    telling = _telling(block, lead, other)
    free = dict(known)
    numbers: dict[int, int] = {}
    rows = rows_of(other, block.key)
    for is_exact in (True, False):
        for number, row in rows.items():
            if number in numbers:
                continue
            best = max(free, key=lambda at: (_likeness(free[at], row, telling), -at), default=None)
            if best is not None and _is_same(free[best], row, telling, is_exact):
                numbers[number] = best
                del free[best]
    alone = [number for number in sorted(rows) if number not in numbers]
    numbers |= {number: taken + place for place, number in enumerate(alone, start=1)}
    return Matching(numbers, frozenset(alone))


def _telling(block: TableBlock, lead: Return, other: Return) -> list[str]:
    """The columns by which rows are known: those that the lead fills, as far as the other's copy shows them."""
    first, *more = (column for column in block.columns if column.calculation is None)
    hides = other.stamp is not None and other.stamp.hides_others
    if first.role == lead.role:
        more = [column for column in more if column.role == lead.role]
    return [first.id, *(column.id for column in more if not hides or column.role == other.role)]


def _likeness(row: Mapping[str, Value], other: Mapping[str, Value], telling: Sequence[str]) -> tuple[bool, int]:
    equal = sum(column in row and row[column] == other.get(column) for column in telling)
    differing = sum(column in row and column in other and row[column] != other[column] for column in telling)
    first = telling[0]
    return first in row and row[first] == other.get(first), equal - differing


def _is_same(row: Mapping[str, Value], other: Mapping[str, Value], telling: Sequence[str], is_exact: bool) -> bool:
    """Whether two rows are surely about the same: all that tells is equal, or at least the first column is."""
    if is_exact:
        found = any(column in other for column in telling)
        return found and all(row.get(column) == other.get(column) for column in telling)
    return _likeness(row, other, telling)[0]


def renumbered(one: Return, block: TableBlock, matching: Matching, lead: Return) -> Return:
    """The return with the rows of a table under their new numbers, and a problem for each that stands alone."""
    names: dict[str, str] = {}
    for old, new in matching.numbers.items():
        for column in block.columns:
            names[f"{block.key}[{old}].{column.id}"] = f"{block.key}[{new}].{column.id}"
    answers: dict[str, Answer] = {names.get(key, key): answer for key, answer in one.answers.items()}
    problems = [replace(said, key=names.get(said.key, said.key)) for said in one.problems]
    for number in sorted(matching.alone):
        first = next(column.id for column in block.columns if f"{block.key}[{number}].{column.id}" in one.answers)
        problems.append(_stands_alone(one, names[f"{block.key}[{number}].{first}"], answers, block, lead))
    return replace(one, answers=answers, problems=tuple(problems))


def _stands_alone(one: Return, key: str, answers: Mapping[str, Answer], block: TableBlock, lead: Return) -> Problem:
    answer = answers[key]
    section = block.rows[0][0].section
    place = f"section {section}, question {block.code}, {answer.place}"
    return Code.ROW_ALONE.problem(key=key, place=place, value=answer.raw, file=one.file.name, other=lead.file.name)
