"""What a space shows of the answers that the same agency gave last time."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from qaf_forms.define.scale import DefinitionModel, Identifier

OF_THE_ROW = "*"
_LastKey = Annotated[str, Field(pattern=r"^(\*|[a-z][a-z0-9_]*(\[\d+\])?)(\.(\*|[a-z][a-z0-9_]*(\[\d+\])?))*$")]


class LastAnswer(DefinitionModel):
    """The question whose last answer is shown: a sibling column's id, or a key of this form or of another one.

    In a column of a grid `*` stands for the row: for its id, or for what its `shows_row` says.
    """

    key: _LastKey
    form: Identifier | None = Field(default=None, description="The other form, by id, that the last return is of")

    def of_row(self, row: Any) -> LastAnswer:
        """What is shown in one row of a grid; None is a row of a table, in which `*` stands for nothing."""
        if row is None or OF_THE_ROW not in self.key:
            return self
        return self.model_copy(update={"key": self.key.replace(OF_THE_ROW, row.shows_row or row.id)})


def _from_short(written: Any) -> Any:
    return {"key": written} if isinstance(written, str) else written


ShownLast = Annotated[
    LastAnswer,
    BeforeValidator(_from_short),
    WithJsonSchema(
        {
            "title": "LastAnswer",
            "description": "a column's id or a question's key, or {form: another form's id, key: a key of that form}",
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["key"],
                    "properties": {"key": {"type": "string"}, "form": {"type": "string"}},
                },
            ],
        }
    ),
]
"""A last answer as it is written in a definition."""
