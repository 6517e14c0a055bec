"""What a space shows of the answers that the same agency gave last time."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from qaf_forms.define.condition import Key
from qaf_forms.define.scale import DefinitionModel, Identifier


class LastAnswer(DefinitionModel):
    """The question whose last answer is shown: a sibling column's id, or a key of this form or of another one."""

    key: Key
    form: Identifier | None = Field(default=None, description="The other form, by id, that the last return is of")


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
