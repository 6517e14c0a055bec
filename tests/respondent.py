"""A respondent: types given answers into a form with a real office program, space by space."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from qaf_forms.define.answer_types import Control
from qaf_forms.define.condition import Value
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import show
from tests.office.actions import (
    ChooseInControl,
    ExcelAction,
    PutNumber,
    PutText,
    TickControl,
    TypeInControl,
    TypeInExcel,
    WordAction,
)

_ENTER, _SHIFT_ENTER = "\n", "\v"


def in_word(layout: Layout, answers: Mapping[str, Value]) -> list[WordAction]:
    """What fills a Word form in: choosing from lists, ticking boxes, typing."""
    return [action for field, value in _printed(layout, answers) for action in _word(field, value)]


def in_excel(layout: Layout, answers: Mapping[str, Value]) -> list[ExcelAction]:
    """What fills a workbook in: literal text in text cells, dates and numbers as typed."""
    return [action for field, value in _printed(layout, answers) for action in _excel(field, value)]


def _printed(layout: Layout, answers: Mapping[str, Value]) -> Iterator[tuple[Field, Value]]:
    """The spaces to fill; nobody types what is worked out."""
    for key, value in answers.items():
        field = layout.field(key)
        assert field is not None, key
        if field.calculation is None:
            yield field, value


def _word(field: Field, value: Value) -> Iterator[WordAction]:
    if field.control is Control.SEVERAL_OF:
        assert isinstance(value, tuple)
        for tick in field.ticks:
            if tick.level.code in value:
                yield TickControl(tag=tick.anchor)
    elif field.control is Control.ONE_OF:
        yield ChooseInControl(tag=field.anchor, choice=show(field, value))
    else:
        yield TypeInControl(tag=field.anchor, text=show(field, value).replace(_ENTER, _SHIFT_ENTER))


def _excel(field: Field, value: Value) -> Iterator[ExcelAction]:
    if field.ticks and not field.column:
        assert isinstance(value, tuple)
        for tick in field.ticks:
            if tick.level.code in value:
                yield PutText(name=tick.anchor, text="x")
    elif field.control is Control.NUMBER:
        yield PutNumber(name=field.anchor, number=float(value))  # type: ignore[arg-type]  # a number's answer is one
    elif isinstance(value, date):
        yield TypeInExcel(name=field.anchor, text=show(field, value))
    else:
        yield PutText(name=field.anchor, text=show(field, value))
