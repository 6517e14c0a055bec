"""Law 2, over generated forms, answers and accidents: nothing typed is lost, and nothing wrong is said in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from qaf_forms.collect.returns import Return
from qaf_forms.define.condition import Value
from qaf_forms.define.form import Form
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import show
from qaf_forms.plugin.interfaces import Anchor, Cell, Contents, Route, Table
from qaf_forms.problems import Code
from qaf_forms.testing.generated_answers import filled_forms
from tests.collect.printing import cells, checked, document, placed, sheet, without

_PRINTS: Mapping[str, Callable[[Layout, Mapping[str, Value]], Contents]] = {"document": document, "sheet": sheet}
_FIRST = {"document": Route.TAG, "sheet": Route.NAME}
_SECOND = {"document": Route.BOOKMARK, "sheet": Route.KEY}
_STRAYS = ("No", "Yes", "2", "0", "Fully met", "N/A", "x", "a stray remark", "another\nin two lines", "12/03/2025", "!")
_IN_COPY = "an answer in the copy"
_SLOW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)


@pytest.mark.parametrize("kind", _PRINTS)
@given(filled=filled_forms())
@_SLOW
def test_while_one_kind_of_mark_survives_every_answer_comes_back(
    kind: str, filled: tuple[Form, dict[str, Value]]
) -> None:
    form, values = filled
    layout = Layout(form)
    for route in (_FIRST[kind], _SECOND[kind]):
        returned = checked(without(_PRINTS[kind](layout, values), route), layout)
        assert returned.values == values
        assert returned.extras == ()


@pytest.mark.parametrize("kind", _PRINTS)
@given(filled=filled_forms())
@_SLOW
def test_without_any_mark_what_is_read_is_right(kind: str, filled: tuple[Form, dict[str, Value]]) -> None:
    form, values = filled
    layout = Layout(form)
    contents = without(_PRINTS[kind](layout, values), _FIRST[kind], _SECOND[kind])
    typed = _texts(layout, values)
    returned = checked(contents, layout)
    _assert_nothing_lost(typed, returned)
    _assert_nothing_silently_wrong(layout, values, returned)


@pytest.mark.parametrize("kind", _PRINTS)
@given(filled=filled_forms(), data=st.data())
@_SLOW
def test_whatever_happens_to_a_return_nothing_typed_is_lost(
    kind: str, filled: tuple[Form, dict[str, Value]], data: st.DataObject
) -> None:
    form, values = filled
    layout = Layout(form)
    contents = _PRINTS[kind](layout, values)
    typed = _texts(layout, values)
    for accident in sorted(
        data.draw(st.lists(st.sampled_from(_ACCIDENTS), min_size=1, max_size=4)), key=_ACCIDENTS.index
    ):
        note(accident.__name__)
        typed.update(accident(contents, data.draw))
    placed(contents)
    returned = checked(contents, layout)
    note("\n".join(_lines(contents)))
    _assert_nothing_lost(typed, returned)
    _assert_nothing_silently_wrong(layout, values, returned)


def _lines(contents: Contents) -> list[str]:
    rows = [row for table in contents.tables for row in [*table.rows, []]]
    return [str([(cell.column, cell.value, [one.name for one in cell.anchors]) for cell in row]) for row in rows]


def _strip(route: Route) -> Callable[[Contents, Any], list[str]]:
    def strip(contents: Contents, draw: Any) -> list[str]:
        """Some or all marks of one kind are gone."""
        every = draw(st.booleans())
        for cell in cells(contents):
            if cell.anchors and (every or draw(st.booleans())):
                cell.anchors = tuple(anchor for anchor in cell.anchors if anchor.route is not route)
        return []

    strip.__name__ = f"strip {route}"
    return strip


def _shuffle_rows(contents: Contents, draw: Any) -> list[str]:
    """Rows are sorted with their marks, heads too."""
    table = draw(st.sampled_from(contents.tables)) if contents.tables else None
    if table:
        table.rows[:] = draw(st.permutations(table.rows))
    return []


def _sort_under_names(contents: Contents, draw: Any) -> list[str]:
    """Excel sorts the rows of one block, keys too; names stay."""
    for table in contents.tables:
        for rows in _runs(table):
            names = [[[one for one in cell.anchors if one.route is Route.NAME] for cell in row] for row in rows]
            order = draw(st.permutations(range(len(rows))))
            for row, number in zip(rows, order, strict=True):
                for cell, marks in zip(row, names[number], strict=True):
                    cell.anchors = (*marks, *(one for one in cell.anchors if one.route is not Route.NAME))
    return []


def _runs(table: Table) -> list[list[list[Cell]]]:
    """The rows of each block: those that follow each other with marks on the same columns, heads apart."""
    runs: dict[tuple[int, ...], list[list[Cell]]] = {}
    head = 0
    for number, row in enumerate(table.rows):
        marks = [one for cell in row for one in cell.anchors]
        if not marks or any(one.name.endswith("[]") for one in marks):
            head = number
        else:
            shape = (head, *(cell.column for cell in row if cell.anchors))
            runs.setdefault(shape, []).append(row)
    return [rows for rows in runs.values() if len({len(row) for row in rows}) == 1 and len(rows) > 1]


def _shuffle_tables(contents: Contents, draw: Any) -> list[str]:
    contents.tables[:] = draw(st.permutations(contents.tables))
    return []


def _paste_twice(contents: Contents, draw: Any) -> list[str]:
    """A table stands in the file again, with its marks or without, and perhaps with something else in it."""
    if not contents.tables:
        return []
    table = draw(st.sampled_from(contents.tables))
    marked = draw(st.booleans())
    copy = [[Cell(one.column, one.value, "", one.anchors if marked else ()) for one in row] for row in table.rows]
    contents.tables.insert(draw(st.integers(0, len(contents.tables))), Table("", copy))
    spaces = [
        (copied, one)
        for row, rows in zip(copy, table.rows, strict=True)
        for copied, one in zip(row, rows, strict=True)
        if one.anchors
    ]
    if spaces and draw(st.booleans()):
        return _write(draw(st.sampled_from(spaces))[0], _IN_COPY)
    return []


def _write(cell: Cell, text: str) -> list[str]:
    cell.value = text
    return text.split("\n")


def _add_column(contents: Contents, draw: Any) -> list[str]:
    """Somebody puts a column of their own into a table."""
    if not contents.tables:
        return []
    table = draw(st.sampled_from(contents.tables))
    at = draw(st.integers(0, 5))
    typed = []
    for row in table.rows:
        for cell in row:
            cell.column += cell.column >= at
        if draw(st.booleans()):
            text = draw(st.sampled_from(_STRAYS))
            row.insert(sum(cell.column < at for cell in row), Cell(at, text, ""))
            typed += text.split("\n")
    return typed


def _scatter(contents: Contents, draw: Any) -> list[str]:
    """Things are typed where the form has no space."""
    typed = []
    for table in contents.tables:
        for number in range(len(table.rows), -1, -1):
            if draw(st.integers(0, 4)) == 0:
                text = draw(st.sampled_from(_STRAYS))
                table.rows.insert(number, [Cell(draw(st.integers(0, 6)), text, "")])
                typed += text.split("\n")
    return typed


def _write_into_words(contents: Contents, draw: Any) -> list[str]:
    """An answer stands under the question, in the question's cell."""
    typed = []
    for cell in cells(contents):
        if not cell.anchors and cell.value != "" and draw(st.integers(0, 5)) == 0:
            text = draw(st.sampled_from(_STRAYS))
            cell.value = f"{cell.value}\n{text}"
            typed += text.split("\n")
    return typed


def _edit_words(contents: Contents, draw: Any) -> list[str]:
    """Questions, heads and codes are reworded; what was printed is nobody's answer."""
    for cell in cells(contents):
        if not cell.anchors and cell.value != "" and draw(st.integers(0, 5)) == 0:
            cell.value = draw(st.sampled_from(["Our own heading", "A2", "B1", f"{cell.value} (changed)", ""]))
    return []


def _delete_blank_rows(contents: Contents, draw: Any) -> list[str]:
    for table in contents.tables:
        table.rows[:] = [row for row in table.rows if _written(row) or draw(st.booleans())]
    return []


def _written(row: list[Cell]) -> bool:
    return any(cell.anchors and cell.value != "" and not str(cell.value).startswith("[") for cell in row)


def _copy_marks(contents: Contents, draw: Any) -> list[str]:
    """The marks of one space stand on another one as well: merged or pasted over."""
    spaces = [cell for cell in cells(contents) if cell.anchors]
    if len(spaces) > 1:
        one, other = draw(st.sampled_from(spaces)), draw(st.sampled_from(spaces))
        marks: tuple[Anchor, ...] = (*other.anchors, *one.anchors)
        other.anchors = tuple(dict.fromkeys(marks))
        if draw(st.booleans()):
            one.anchors = ()
    return []


_ACCIDENTS = [
    _sort_under_names, _delete_blank_rows, _edit_words,
    *map(_strip, (Route.TAG, Route.BOOKMARK, Route.NAME, Route.KEY)),
    _copy_marks, _paste_twice,
    _shuffle_rows, _shuffle_tables, _add_column, _scatter, _write_into_words,
]  # fmt: skip
"""In the order in which they happen, so that none undoes what was typed in another."""


def _texts(layout: Layout, values: Mapping[str, Value]) -> Counter[str]:
    """The lines that were typed, and how often. Boxes are ticked, not typed."""
    typed: Counter[str] = Counter()
    for key, value in values.items():
        field = layout.field(key)
        assert field is not None
        if not field.ticks:
            typed.update(line.strip() for line in show(field, value).split("\n"))
    return typed


def _assert_nothing_lost(typed: Counter[str], returned: Return) -> None:
    found: Counter[str] = Counter()
    for text in (
        *(answer.raw for answer in returned.answers.values()),
        *(problem.value for problem in returned.problems),
        *(extra.text for extra in returned.extras),
    ):
        found.update(line.strip() for line in text.split("\n"))
    lost = {line: count for line, count in (typed - found).items() if line}
    assert not lost


def _assert_nothing_silently_wrong(layout: Layout, values: Mapping[str, Value], returned: Return) -> None:
    rows = Counter(_rows(layout, values))
    doubted = {problem.key for problem in returned.problems}
    doubted_rows = {key.rpartition(".")[0] for key in doubted}
    merged = {Code.SHARED_SPACE.value.code, Code.DOUBTFUL_ROW.value.code}
    shared = any(problem.code in merged for problem in returned.problems)
    for key, answer in returned.answers.items():
        field = layout.field(key)
        assert field is not None
        if not field.table and answer.value != values.get(key):
            assert key in doubted or answer.raw == _IN_COPY, f"{key}: {answer}"
    for row, key in _rows_with_keys(layout, returned.values):
        raws = [answer.raw for one, answer in returned.answers.items() if one.startswith(f"{key}.")]
        is_written_in = any(raw in (*_STRAYS, _IN_COPY) for raw in raws)
        assert row in rows or key in doubted_rows or is_written_in or shared, row


def _rows_with_keys(layout: Layout, values: Mapping[str, Value]) -> list[tuple[tuple[str, frozenset[Any]], str]]:
    rows: dict[tuple[str, str], set[tuple[str, Value]]] = {}
    for key, value in values.items():
        field = layout.field(key)
        assert field is not None
        if field.table:
            rows.setdefault((field.table, key.rpartition(".")[0]), set()).add((field.column, value))
    return [((table, frozenset(row)), key) for (table, key), row in rows.items()]


def _rows(layout: Layout, values: Mapping[str, Value]) -> list[tuple[str, frozenset[Any]]]:
    return [row for row, _ in _rows_with_keys(layout, values)]
