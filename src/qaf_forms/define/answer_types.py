"""The types of answer a question, a grid column or a table column can ask for.

Each type says which `control` a form shows for it. Renderers and readers know controls only, so a new type of answer
that uses an old control needs nothing from any format.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from qaf_forms.define.scale import YES_NO, DefinitionModel, Identifier, Line, Scale
from qaf_forms.define.score import PERCENTAGES, Calculation, Method


class Control(StrEnum):
    """What a respondent meets in the form."""

    LINE = "line"
    LINES = "lines"
    NUMBER = "number"
    DATE = "date"
    ONE_OF = "one_of"
    SEVERAL_OF = "several_of"


class _AnswerType(DefinitionModel):
    control: ClassVar[Control]


class Text(_AnswerType):
    """A few words on one line."""

    control: ClassVar[Control] = Control.LINE
    type: Literal["text"]
    max_length: Annotated[int, Field(ge=1, le=32_767)] | None = Field(
        default=None, description="Characters; more is a warning"
    )


class Paragraph(_AnswerType):
    """Sentences, on as many lines as it takes."""

    control: ClassVar[Control] = Control.LINES
    type: Literal["paragraph"]
    max_length: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        default=None, description="Characters; more is a warning"
    )


class _Range(_AnswerType):
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: Line | None = Field(default=None, description="Printed behind the answer space: days, visits, GBP")

    @model_validator(mode="after")
    def _is_not_empty(self) -> _Range:
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise PydanticCustomError(
                "range",
                "the minimum {low} is above the maximum {high}",
                {"low": str(self.minimum), "high": str(self.maximum)},
            )
        return self


class Integer(_Range):
    """A whole number."""

    control: ClassVar[Control] = Control.NUMBER
    type: Literal["integer"]


class DecimalNumber(_Range):
    """A number that may have decimal places. At most 15 digits: a spreadsheet keeps no more."""

    control: ClassVar[Control] = Control.NUMBER
    type: Literal["decimal"]
    places: Annotated[int, Field(ge=0, le=10)] | None = None


class Percent(_Range):
    """A percentage, in points: 45 means 45 %."""

    control: ClassVar[Control] = Control.NUMBER
    type: Literal["percent"]
    unit: Line | None = "%"


class Money(_Range):
    """An amount of money, in pounds unless `unit` names another currency."""

    control: ClassVar[Control] = Control.NUMBER
    type: Literal["money"]
    unit: Line | None = "£"


class Fraction(_AnswerType):
    """So many of so many: `5/6`. Never a date, whatever a spreadsheet makes of it."""

    control: ClassVar[Control] = Control.LINE
    type: Literal["fraction"]
    unit: Line | None = Field(default=None, description="What is counted: churches, files")


class Month(_AnswerType):
    """A month of a year: `March 2025`."""

    control: ClassVar[Control] = Control.LINE
    type: Literal["month"]


class Names(_AnswerType):
    """Several names or short entries, one a line."""

    control: ClassVar[Control] = Control.LINES
    type: Literal["names"]


class Phone(_AnswerType):
    """One telephone number, kept as typed."""

    control: ClassVar[Control] = Control.LINE
    type: Literal["phone"]


class Date(_AnswerType):
    """A calendar day, written day first."""

    control: ClassVar[Control] = Control.DATE
    type: Literal["date"]
    earliest: date | None = None
    latest: date | None = None


class YesNo(_AnswerType):
    """Yes or No, and nothing else. For "not applicable" use a choice on a scale that has it."""

    control: ClassVar[Control] = Control.ONE_OF
    type: Literal["yes_no"]
    scale: ClassVar[Scale] = YES_NO


class Choice(_AnswerType):
    """One level of a scale."""

    control: ClassVar[Control] = Control.ONE_OF
    type: Literal["choice"]
    scale: Identifier | Scale = Field(description="The name of a scale, or a scale written out here")


class Choices(_AnswerType):
    """Any number of the levels of a scale."""

    control: ClassVar[Control] = Control.SEVERAL_OF
    type: Literal["choices"]
    scale: Identifier | Scale = Field(description="The name of a scale, or a scale written out here")


class Email(_AnswerType):
    """One e-mail address."""

    control: ClassVar[Control] = Control.LINE
    type: Literal["email"]


class Calculated(_AnswerType, Calculation):
    """Worked out from other answers, and never filled in. See [calculations](#calculations)."""

    type: Literal["calculated"]
    minimum: ClassVar[None] = None
    maximum: ClassVar[None] = None

    @property
    def control(self) -> Control:  # type: ignore[override]  # the one type whose control depends on its keys
        """A number, or a level of the scale of a band."""
        return Control.ONE_OF if self.calculate is Method.BAND else Control.NUMBER


AnswerType = Annotated[
    Text
    | Paragraph
    | Integer
    | DecimalNumber
    | Percent
    | Money
    | Fraction
    | Date
    | Month
    | YesNo
    | Choice
    | Choices
    | Names
    | Email
    | Phone
    | Calculated,
    Field(discriminator="type"),
]
"""What one answer space takes, apart from the words around it."""


def highest_number(answer: Any) -> Decimal | None:
    """The highest number that can be given as an answer; None where there is no limit."""
    if isinstance(answer, Calculated):
        return Decimal(100) if answer.calculate in PERCENTAGES else None
    most: Decimal | None = getattr(answer, "maximum", None)
    return Decimal(100) if most is None and isinstance(answer, Percent) else most
