"""A form's answers as a typed pydantic model, for programs that take answers in or hand them on.

The model has the shape of the nested answers: `{"core": {"seen_alone": {"answer": "no"}}, "actions": [{...}]}`.
Everything may be missing, since whether an answer is needed depends on other answers; checking says that.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model
from pydantic_core import PydanticCustomError

from qaf_forms.define import answer_types as types
from qaf_forms.define.companions import columns_of, expanded
from qaf_forms.define.form import Form
from qaf_forms.define.items import Grid, GridRow, Group, Note, SignOff, Table
from qaf_forms.define.scale import Scale
from qaf_forms.define.score import MOST_DIGITS
from qaf_forms.define.written_forms import EXAMPLES, IS_WRITTEN, PATTERNS

_STRICT = ConfigDict(extra="forbid", frozen=True)


def answer_model(form: Form) -> type[BaseModel]:
    """The model of a form's answers, named after the form. Its JSON Schema is `model_json_schema()`."""
    fields: dict[str, Any] = {}
    if form.nil_return:
        fields |= _fields((form.nil_return.as_question(), *form.nil_return.items), form)
    for section in form.sections:
        fields |= _fields(section.items, form)
    return _model(form.id, fields)


def _fields(items: tuple[Any, ...], form: Form) -> dict[str, Any]:
    return {item.id: _field(item, form) for item in expanded(items, form.scale_of) if not isinstance(item, Note)}


def _field(item: Any, form: Form) -> Any:
    item = item.as_grid() if isinstance(item, SignOff) else item
    if isinstance(item, Grid):
        rows = {row.id: _optional(_row(item, form, row), row.text) for row in item.asked}
        return _optional(_model(item.id, rows), item.ask or "")
    if isinstance(item, Table):
        return _optional(list[_row(item, form)], item.ask)  # type: ignore[misc]  # a model made here is no static type
    if isinstance(item, Group):
        copy = _model(item.id, _fields(item.items, form))
        copies = Annotated[list[copy], Field(max_length=item.copies)]  # type: ignore[valid-type]  # as above
        return _optional(copies, item.ask)
    return _optional(_type_of(item, form), item.ask)


def _row(block: Grid | Table, form: Form, row: GridRow | None = None) -> type[BaseModel]:
    columns = {
        column.id: _optional(_type_of(row.cells.get(column.id, column) if row else column, form), column.title)
        for column in columns_of(row, block.columns)
    }
    return _model(f"{block.id}_{row.id}" if row else f"{block.id}_row", columns)


def _type_of(answer: Any, form: Form) -> Any:
    scale = form.scale_of(answer)
    if scale is not None:
        return list[_one_of(scale)] if isinstance(answer, types.Choices) else _one_of(scale)  # type: ignore[misc]  # made here
    if isinstance(answer, types.Calculated):
        return Annotated[Decimal, Field(description="worked out from other answers")]
    if isinstance(answer, types.Integer | types.DecimalNumber | types.Percent | types.Money):
        return _number(answer)
    if isinstance(answer, types.Names):
        return list[str]
    if answer.type in PATTERNS:
        return _written(answer.type)
    return date if isinstance(answer, types.Date) else str


def _number(answer: types.Integer | types.DecimalNumber | types.Percent | types.Money) -> Any:
    if isinstance(answer, types.Integer):
        return Annotated[int, Field(ge=answer.minimum, le=answer.maximum)]
    places = 2 if isinstance(answer, types.Money) else None
    words = "in points: 45 means 45 %" if isinstance(answer, types.Percent) else None
    limits = Field(
        ge=answer.minimum, le=answer.maximum, max_digits=MOST_DIGITS, decimal_places=places, description=words
    )
    return Annotated[Decimal, limits]


def _written(type_: str) -> Any:
    """A text that is written in one way only, which its pattern tells other programs too."""

    def check(text: str) -> str:
        if not IS_WRITTEN[type_](text):
            raise PydanticCustomError("written", "{text} is not {wanted}", {"text": text, "wanted": EXAMPLES[type_]})
        return text

    return Annotated[str, Field(pattern=f"^{PATTERNS[type_]}$"), AfterValidator(check)]


def _one_of(scale: Scale) -> Any:
    return Literal[tuple(level.code for level in scale.levels)]


def _optional(type_: Any, words: str) -> Any:
    return (type_ | None, Field(default=None, description=words or None))


def _model(name: str, fields: dict[str, Any]) -> type[BaseModel]:
    title = "".join(part.capitalize() for part in name.split("_"))
    made: type[BaseModel] = create_model(title, __config__=_STRICT, **fields)
    return made
