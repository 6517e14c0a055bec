"""Generated answers to any form, of every kind that its questions take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from math import ceil, floor
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from qaf_forms.define.answer_types import Control
from qaf_forms.define.condition import Value
from qaf_forms.define.form import Form
from qaf_forms.define.items import Group
from qaf_forms.issue.answers import printed_order
from qaf_forms.issue.calculating import with_calculated
from qaf_forms.issue.fields import Field, TableBlock
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import UNSEEN, clean
from qaf_forms.testing.generated_forms import forms

_YES_OR_NO = st.booleans()
_CONTROL_FREE = st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\t")
_AWKWARD = st.sampled_from(
    [
        "=1+1",
        "+44 20 7946 0000",
        "@home",
        "-5",
        "007",
        "12/03/2025",
        "O’Neill “said” 'no' & <left>",
        "_x000D_ is not a line end",
        "{{ answer }} {% if %}",
        "two  spaces and\ta tab",
        "é́ 中文 🙂 \u200dZWJ \u202eRTL",
        "TRUE",
        "1E5",
        "'quoted",
        "☒ not a box",
        "• not a list",
        "#REF!",
        "Yes",
        "1",
    ]
)
_RANGES = {"integer": (Decimal(1 - 10**15), Decimal(10**15 - 1)), "percent": (Decimal(0), Decimal(100))}
_NAME = st.sampled_from(["A. Person", "O’Neill & Co", "=Head", "x y z", "Zoë"])
_OF_TYPE: Mapping[str, SearchStrategy[Any]] = {
    "fraction": st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda two: f"{min(two)}/{max(two)}"),
    "month": st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(lambda day: f"{day:%Y-%m}"),
    "names": st.lists(_NAME, min_size=1, max_size=4).map(tuple),
    "phone": st.sampled_from(["020 7946 0018", "+44 117 496 0123", "(0117) 496 0123 ext 12"]),
}


@st.composite
def filled_forms(draw: DrawFn) -> tuple[Form, dict[str, Value]]:
    """A form with answers to it."""
    form = draw(forms())
    return form, draw(answers(form))


def answers(form: Form) -> SearchStrategy[dict[str, Value]]:
    """Valid answers to any of the form's questions, and to rows beyond those printed."""
    return answers_for(Layout(form))


def answers_for(layout: Layout, *, every: bool = False) -> SearchStrategy[dict[str, Value]]:
    """Valid answers to a layout's questions: to any of them, or with `every` to all, and to a row beyond those printed.

    What the form gives itself is among them, since it is among those of every return.
    They keep to the limits of each question. That a condition asks for them is not looked at.
    """
    return _every_answer(layout) if every else _answers(layout)


@st.composite
def _answers(draw: DrawFn, layout: Layout) -> dict[str, Value]:
    single = [field for field in layout.fields if not field.table and not field.calculation]
    found: dict[str, Value] = {}
    for field in single:
        if draw(_YES_OR_NO):
            found[field.key] = draw(_value(field))
    for table in layout.tables.values():
        locked = len({key.rpartition(".")[0] for key in layout.given if key.startswith(f"{table.key}[")})
        for field in [field for row in table.rows[:locked] for field in row if not field.calculation]:
            if draw(_YES_OR_NO):
                found[field.key] = draw(_value(field))
        for number in range(locked + 1, draw(st.integers(locked, len(table.rows) + 2)) + 1):
            found |= _own_row(draw, layout, table.key, number, _filled_in(table))
    found = with_calculated(layout, {**_without_gaps(layout, found), **layout.given})
    return {key: found[key] for key in sorted(found, key=printed_order(layout))}


def _filled_in(table: TableBlock) -> list[str]:
    """The columns of a table that are not worked out."""
    return [column.id for column in table.columns if not column.calculation]


def _without_gaps(layout: Layout, found: dict[str, Value]) -> dict[str, Value]:
    """The same without empty copies before filled ones, where those are spare."""
    for group in layout.form.items():
        if not isinstance(group, Group) or not group.has_spare or group.has_fixed_places:
            continue
        starts = [f"{group.id}[{copy}]." for copy in range(1, group.copies + 1)]
        filled = [start for start in starts if any(key.startswith(start) for key in found)]
        for old, new in zip(filled, starts, strict=False):
            found = {key.replace(old, new, 1) if key.startswith(old) else key: found[key] for key in found}
    return found


@st.composite
def _every_answer(draw: DrawFn, layout: Layout) -> dict[str, Value]:
    more = [
        field
        for table in layout.tables.values()
        for column in table.columns
        if (field := layout.table_field(table.key, len(table.rows) + 1, column.id))
    ]
    asked = [field for field in (*layout.fields, *more) if not field.calculation]
    return with_calculated(layout, {field.key: draw(_value(field)) for field in asked} | dict(layout.given))


def _own_row(draw: DrawFn, layout: Layout, table: str, number: int, columns: list[str]) -> dict[str, Value]:
    """A row with at least one answer: an empty row is no row."""
    filled = draw(st.sets(st.sampled_from(columns), min_size=1))
    fields = [field for id_ in columns if id_ in filled and (field := layout.table_field(table, number, id_))]
    return {field.key: draw(_value(field)) for field in fields}


def _value(field: Field) -> SearchStrategy[Any]:
    if field.control is Control.ONE_OF and field.scale:
        return st.sampled_from([level.code for level in field.scale.levels])
    if field.control is Control.SEVERAL_OF and field.scale:
        codes = [level.code for level in field.scale.levels]
        return st.sets(st.sampled_from(codes), min_size=1).map(lambda some: tuple(c for c in codes if c in some))
    if field.control is Control.NUMBER:
        return _numbers(field)
    if field.type in _OF_TYPE:
        return _OF_TYPE[field.type]
    if field.type == "email":
        return st.sampled_from(["a.person@example.org", "safeguarding+qa@police.example"])
    if field.control is Control.DATE:
        return st.dates(field.answer.earliest or date(1900, 1, 1), field.answer.latest or date(2199, 12, 31))
    longest = getattr(field.answer, "max_length", None)
    return texts(lines=field.control is Control.LINES, longest=longest)


def _numbers(field: Field) -> SearchStrategy[Any]:
    """Numbers within the question's limits, nought among them where it is one of them."""
    low, high = _RANGES.get(field.type, (Decimal(-(10**6)), Decimal(10**6)))
    low = low if field.answer.minimum is None else field.answer.minimum
    high = field.answer.maximum if field.answer.maximum is not None else max(high, low + 100)
    noughts = [st.just(Decimal(0))] if low <= 0 <= high else []
    if field.type == "integer":
        return st.one_of(*noughts, st.integers(ceil(low), floor(high))).map(int)
    places = getattr(field.answer, "places", None)
    return st.one_of(*noughts, st.decimals(low, high, places=2 if field.type != "decimal" else min(places or 4, 4)))


def texts(*, lines: bool, longest: int | None = None) -> SearchStrategy[str]:
    """Text as people type it and as they would not; of several lines if `lines`, of at most `longest` characters."""
    line = st.one_of(_AWKWARD, st.text(_CONTROL_FREE, min_size=1, max_size=40))
    if lines:
        line = st.lists(line, min_size=1, max_size=4).map("\n".join)
    return line.map(lambda text: clean(clean(text)[:longest])).filter(
        lambda text: not UNSEEN.fullmatch(text) and not text.startswith("[") and not text.endswith("]")
    )
