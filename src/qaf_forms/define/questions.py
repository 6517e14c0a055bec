"""Questions and columns: the words around one answer space, for every type of answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from qaf_forms.define import answer_types as types
from qaf_forms.define.condition import Condition
from qaf_forms.define.last_answer import ShownLast
from qaf_forms.define.scale import DefinitionModel, Identifier, Line
from qaf_forms.define.story import Story

Markdown = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Wording = Annotated[str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True)]
Weight = Annotated[Decimal, Field(gt=0, le=1000)]
CopyNumbers = Annotated[
    tuple[Annotated[int, Field(ge=1, le=30)], ...],
    Field(description="In a group: the numbers of the copies that have it; all of them when left out"),
]
AGENCY = "agency"
EVERY_ROLE = "all"
"""What a copy is for that is open to everybody; no role of a form can be called so."""


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
    shows_last: ShownLast | None = Field(
        default=None, description="Shows what was answered to this last time, for nobody to change; see `previous`"
    )
    copy_forward: bool = Field(
        default=False, description="Last time's answer stands there already, for this year's to begin with"
    )


class Question(Asked, Story):
    """One thing a respondent is asked. Its `id` names the answer in every output."""

    ask: Wording
    reference: Line | None = Field(default=None, description="Statute or guidance it rests on; printed, read-only")
    evidence: Line | None = Field(default=None, description="What would show it; printed small under the question")
    applies_to: tuple[Line, ...] = Field(default=(), description="Agency types it is for; all when left out")
    in_copies: CopyNumbers = ()
    fixed: bool = Field(default=False, description="Forms that extend this one may not change it")
    weight: Weight = Field(default=Decimal(1), description="How much it counts in a sum, mean or percent_of_possible")
    comment: bool | Wording = Field(
        default=False, description="Room for a comment below it, under these words or the usual ones; never needed"
    )


class TextQuestion(Question, types.Text): ...


class ParagraphQuestion(Question, types.Paragraph): ...


class IntegerQuestion(Question, types.Integer): ...


class DecimalQuestion(Question, types.DecimalNumber): ...


class PercentQuestion(Question, types.Percent): ...


class MoneyQuestion(Question, types.Money): ...


class FractionQuestion(Question, types.Fraction): ...


class DateQuestion(Question, types.Date): ...


class MonthQuestion(Question, types.Month): ...


class YesNoQuestion(Question, types.YesNo): ...


class ChoiceQuestion(Question, types.Choice): ...


class ChoicesQuestion(Question, types.Choices): ...


class NamesQuestion(Question, types.Names): ...


class EmailQuestion(Question, types.Email): ...


class PhoneQuestion(Question, types.Phone): ...


class CalculatedQuestion(Question, types.Calculated): ...


AnyQuestion = (
    TextQuestion
    | ParagraphQuestion
    | IntegerQuestion
    | DecimalQuestion
    | PercentQuestion
    | MoneyQuestion
    | FractionQuestion
    | DateQuestion
    | MonthQuestion
    | YesNoQuestion
    | ChoiceQuestion
    | ChoicesQuestion
    | NamesQuestion
    | EmailQuestion
    | PhoneQuestion
    | CalculatedQuestion
)
"""A question of any type; `type` tells which."""


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


class PercentColumn(Column, types.Percent): ...


class MoneyColumn(Column, types.Money): ...


class FractionColumn(Column, types.Fraction): ...


class DateColumn(Column, types.Date): ...


class MonthColumn(Column, types.Month): ...


class YesNoColumn(Column, types.YesNo): ...


class ChoiceColumn(Column, types.Choice): ...


class ChoicesColumn(Column, types.Choices): ...


class NamesColumn(Column, types.Names): ...


class EmailColumn(Column, types.Email): ...


class PhoneColumn(Column, types.Phone): ...


class CalculatedColumn(Column, types.Calculated): ...


AnyColumn = Annotated[
    TextColumn
    | ParagraphColumn
    | IntegerColumn
    | DecimalColumn
    | PercentColumn
    | MoneyColumn
    | FractionColumn
    | DateColumn
    | MonthColumn
    | YesNoColumn
    | ChoiceColumn
    | ChoicesColumn
    | NamesColumn
    | EmailColumn
    | PhoneColumn
    | CalculatedColumn,
    Field(discriminator="type"),
]
"""A column of any type; `type` tells which."""
