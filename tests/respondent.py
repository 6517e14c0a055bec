"""A respondent: types given answers into a form with a real office program, space by space."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from qaf_forms.define.answer_types import Control
from qaf_forms.define.condition import Value
from qaf_forms.issue.fields import Field, GridBlock, TableBlock
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.side_by_side import levels_side_by_side
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
    boxed = {space.key for space in layout.fields if space.ticks and _is_ticked(layout, space)}
    return [action for field, value in _printed(layout, answers) for action in _excel(field, value, field.key in boxed)]


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


def _is_ticked(layout: Layout, field: Field) -> bool:
    """Whether a workbook has a cell to tick for each level; otherwise labels are typed into one cell."""
    blocks = (block for section in layout.sections for block in section.blocks)
    grids = [block for block in blocks if isinstance(block, GridBlock | TableBlock)]
    own = next((one for one in grids if field.key.startswith((f"{one.key}.", f"{one.key}["))), None)
    return own is None or not field.column or field.column in levels_side_by_side(own)


def _excel(field: Field, value: Value, is_ticked: bool) -> Iterator[ExcelAction]:
    if is_ticked:
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
