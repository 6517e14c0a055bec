"""What stands in a section: notes, questions, grids, tables and groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from qaf_forms.define import answer_types as types
from qaf_forms.define.answer_types import AnswerType
from qaf_forms.define.condition import Condition
from qaf_forms.define.scale import DefinitionModel, Identifier, Line

Markdown = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Wording = Annotated[str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True)]
AGENCY = "agency"


class RequiredWhen(DefinitionModel):
    """An answer is required only when a condition holds."""

    when: Condition


class Asked(DefinitionModel):
    """What questions and columns have in common."""

    id: Identifier
    help: Markdown | None = Field(default=None, description="Printed small under the question")
    required: bool | RequiredWhen = False
    when: Condition | None = Field(default=None, description="Asked only when this holds")
    filled_by: Identifier = Field(default=AGENCY, description="The role that answers")
    personal: bool = Field(default=False, description="Identifies a person; left out of exports unless asked for")
    placeholder: Line | None = Field(
        default=None, description="What the empty space says; a wording that fits the type otherwise"
    )


class Question(Asked):
    """One thing a respondent is asked. Its `id` names the answer in every output."""

    ask: Wording
    reference: Line | None = Field(default=None, description="Statute or guidance it rests on; printed, read-only")
    applies_to: tuple[Line, ...] = Field(default=(), description="Agency types it is for; all when left out")


class TextQuestion(Question, types.Text): ...


class ParagraphQuestion(Question, types.Paragraph): ...


class IntegerQuestion(Question, types.Integer): ...


class DecimalQuestion(Question, types.DecimalNumber): ...


class DateQuestion(Question, types.Date): ...


class YesNoQuestion(Question, types.YesNo): ...


class ChoiceQuestion(Question, types.Choice): ...


class ChoicesQuestion(Question, types.Choices): ...


class EmailQuestion(Question, types.Email): ...


AnyQuestion = (
    TextQuestion
    | ParagraphQuestion
    | IntegerQuestion
    | DecimalQuestion
    | DateQuestion
    | YesNoQuestion
    | ChoiceQuestion
    | ChoicesQuestion
    | EmailQuestion
)


class Column(Asked):
    """A column of a grid or table. A condition that names a sibling column means the same row."""

    title: Line
    under: Line | None = Field(default=None, description="The head printed over several columns")
    width: Annotated[int, Field(ge=1, le=20)] | None = Field(
        default=None, description="Share of the page, beside the other columns'"
    )


class TextColumn(Column, types.Text): ...


class ParagraphColumn(Column, types.Paragraph): ...


class IntegerColumn(Column, types.Integer): ...


class DecimalColumn(Column, types.DecimalNumber): ...


class DateColumn(Column, types.Date): ...


class YesNoColumn(Column, types.YesNo): ...


class ChoiceColumn(Column, types.Choice): ...


class ChoicesColumn(Column, types.Choices): ...


class EmailColumn(Column, types.Email): ...


AnyColumn = Annotated[
    TextColumn
    | ParagraphColumn
    | IntegerColumn
    | DecimalColumn
    | DateColumn
    | YesNoColumn
    | ChoiceColumn
    | ChoicesColumn
    | EmailColumn,
    Field(discriminator="type"),
]


class Note(DefinitionModel):
    """Prose between questions; nothing is answered."""

    type: Literal["note"]
    id: Identifier | None = None
    text: Markdown
    applies_to: tuple[Line, ...] = ()


class GridRow(DefinitionModel):
    """One row of a grid: a requirement or question that every column is answered for."""

    id: Identifier
    text: Wording
    help: Markdown | None = None
    reference: Line | None = None
    cells: Mapping[Identifier, AnswerType] = Field(default={}, description="Columns whose type differs in this row")
    descriptors: Mapping[Identifier, Mapping[Identifier, Line]] = Field(
        default={}, description="By column, what each level means for this row"
    )


class Grid(DefinitionModel):
    """Fixed rows by typed columns: the commonest shape in audit tools."""

    type: Literal["grid"]
    id: Identifier
    ask: Wording | None = None
    help: Markdown | None = None
    when: Condition | None = None
    applies_to: tuple[Line, ...] = ()
    columns: Annotated[tuple[AnyColumn, ...], Field(min_length=1)]
    rows: Annotated[tuple[GridRow, ...], Field(min_length=1)]


class Table(DefinitionModel):
    """The respondent's own rows. A copy prints `blank_rows` of them; any number may come back."""

    type: Literal["table"]
    id: Identifier
    ask: Wording
    help: Markdown | None = None
    when: Condition | None = None
    applies_to: tuple[Line, ...] = ()
    columns: Annotated[tuple[AnyColumn, ...], Field(min_length=1)]
    blank_rows: Annotated[int, Field(ge=1, le=200)] = 5
    min_rows: Annotated[int, Field(ge=0, le=200)] = Field(default=0, description="Rows a complete return has at least")


class Group(DefinitionModel):
    """A block of questions that is printed once for each child, adult or auditor."""

    type: Literal["group"]
    id: Identifier
    ask: Wording
    each: Line = Field(default="Copy", description="What one copy is about: Child, Auditor")
    help: Markdown | None = None
    when: Condition | None = None
    applies_to: tuple[Line, ...] = ()
    copies: Annotated[int, Field(ge=1, le=30)]
    items: Annotated[tuple[InGroup, ...], Field(min_length=1)]


InGroup = Annotated[
    Note
    | TextQuestion
    | ParagraphQuestion
    | IntegerQuestion
    | DecimalQuestion
    | DateQuestion
    | YesNoQuestion
    | ChoiceQuestion
    | ChoicesQuestion
    | EmailQuestion
    | Grid
    | Table,
    Field(discriminator="type"),
]
Item = Annotated[
    Note
    | TextQuestion
    | ParagraphQuestion
    | IntegerQuestion
    | DecimalQuestion
    | DateQuestion
    | YesNoQuestion
    | ChoiceQuestion
    | ChoicesQuestion
    | EmailQuestion
    | Grid
    | Table
    | Group,
    Field(discriminator="type"),
]
"""Anything that can stand in a section."""

Group.model_rebuild()


def inside(items: tuple[Any, ...]) -> Iterator[Any]:
    """Every item, and after a group the items in it."""
    for item in items:
        yield item
        if isinstance(item, Group):
            yield from item.items
