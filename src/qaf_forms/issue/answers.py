"""Answers between their two shapes: flat by key, and nested like the form (as JSON has them)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from qaf_forms.define.condition import Value
from qaf_forms.errors import AnswersError
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import expected, from_json, to_json
from qaf_forms.problems import Code, Problem

Answers = Mapping[str, Value]
"""Typed answers by key. Rows of a table are numbered from 1 without gaps."""
_DEEPEST = 10
"""No form has answers deeper down than half of that."""


def nest(answers: Answers) -> dict[str, Any]:
    """Flat answers as JSON mirrors the form: `{"core": {"seen": {"answer": "no"}}, "actions": [{"due": ...}]}`."""
    root: dict[str, Any] = {}
    for key, value in answers.items():
        *path, last = _parts(key)
        _descend(root, path)[last] = to_json(value)
    return root


def flatten(layout: Layout, nested: Mapping[str, Any]) -> dict[str, Value]:
    """Typed answers by key from their JSON shape; `AnswersError` names everything that does not fit."""
    answers: dict[str, Value] = {}
    problems: list[Problem] = []
    for key, written in _leaves("", nested):
        field = layout.field(key)
        if written is None:
            continue
        if field is None:
            problems.append(Code.NOT_IN_FORM.problem(key=key, value=key, suggestion="check the key against the form"))
        elif (value := from_json(field, written)) is None:
            problems.append(Code.UNFIT_VALUE.problem(key=key, value=_shown(written), expected=expected(field)))
        else:
            answers[key] = value
    if problems:
        raise AnswersError(problems)
    return {key: answers[key] for key in sorted(answers, key=printed_order(layout))}


def printed_order(layout: Layout) -> Callable[[str], tuple[int, int, int]]:
    """A sort key that puts keys in printed order: a table's added rows behind its printed ones, other keys last."""
    order = {field.key: place for place, field in enumerate(layout.fields)}
    columns = {key: [field.column for field in block.rows[0]] for key, block in layout.tables.items()}

    def place(key: str) -> tuple[int, int, int]:
        found = order.get(key)
        table, _, rest = key.rpartition("[")
        if found is not None or table not in columns:
            return len(order) if found is None else found, 0, 0
        row, _, column = rest.partition("].")
        last = order[layout.tables[table].rows[-1][-1].key]
        return last, int(row), columns[table].index(column)

    return place


def _parts(key: str) -> list[str | int]:
    parts: list[str | int] = []
    for part in key.split("."):
        name, _, index = part.partition("[")
        parts.append(name)
        if index:
            parts.append(int(index[:-1]) - 1)
    return parts


def _descend(root: dict[str, Any], path: list[str | int]) -> Any:
    """The container at `path`, made where it is missing; a number is a place in a list."""
    container: Any = root
    for place, part in enumerate(path):
        empty: Any = [] if place + 1 < len(path) and isinstance(path[place + 1], int) else {}
        if isinstance(part, int):
            while len(container) <= part:
                container.append({})
            container = container[part]
        else:
            container = container.setdefault(part, empty)
    return container


def _shown(written: Any) -> str:
    """What was given, for the problem's `value`."""
    try:
        return repr(written)
    except (ValueError, RecursionError):  # a number of thousands of digits, or lists in lists without end
        return type(written).__name__


def _leaves(prefix: str, nested: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    if isinstance(nested, Mapping) and depth < _DEEPEST:
        for name, inner in nested.items():
            yield from _leaves(f"{prefix}.{name}" if prefix else str(name), inner, depth + 1)
    elif isinstance(nested, list) and all(isinstance(inner, Mapping) for inner in nested) and nested:
        for number, inner in enumerate(nested, start=1):
            yield from _leaves(f"{prefix}[{number}]", inner, depth)
    else:
        yield prefix, nested
