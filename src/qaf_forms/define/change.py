"""What became of a question since an earlier version of its form.

::

    changes:
      "2023.1":
        core.alone: {now: core.seen_alone, how: reworded}    # the same question in better words
        q1j: {now: q1k, how: same}                           # moved, or its id was changed
        core.*.proof: {now: core.*.evidence, how: same}      # a column, in every row
        grade: {now: overall_grade, how: replaced}           # another question has taken its place
        old_note: dropped
        online_safety: new

What is not named kept its key, and is the same question. Copies and rows are not numbered here: `child.age`,
`actions.due`. A key whose question was moved away means a new question, if it is still there.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from qaf_forms.define.scale import DefinitionModel

How = Literal["same", "reworded", "replaced", "dropped", "new"]


class Change(DefinitionModel):
    """What became of one question, or of all in a grid, table or group.

    Answers to questions that stayed the `same` or were `reworded` can be carried over and compared; those to one that
    was `replaced` cannot. `dropped` and `new` have no `now`, and are written alone.
    """

    how: How
    now: str | None = Field(default=None, description="The key that it has in this version")

    @model_validator(mode="after")
    def _is_whole(self) -> Change:
        if (self.now is None) != (self.how in ("dropped", "new")):
            reason = "names no key that it has now" if self.now is None else f"is {self.how}, and has no key now"
            advice = "write dropped, new, or {{now: its key, how: same}}"
            raise PydanticCustomError("change", "it {reason}; " + advice, {"reason": reason})
        return self


def _from_short(written: Any) -> Any:
    if written in ("dropped", "new"):
        return {"how": written}
    if not isinstance(written, dict | Change):
        raise PydanticCustomError(
            "change",
            "{shown} does not say what became of the question; write dropped, new, or {{now: its key, how: same}}",
            {"shown": repr(written)},
        )
    return written


Becoming = Annotated[
    Change,
    BeforeValidator(_from_short),
    WithJsonSchema(
        {
            "title": "Change",
            "description": "dropped, new, or {now: its key, how: same | reworded | replaced}",
            "anyOf": [
                {"enum": ["dropped", "new"]},
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["now", "how"],
                    "properties": {"now": {"type": "string"}, "how": {"enum": ["same", "reworded", "replaced"]}},
                },
            ],
        }
    ),
]
"""A change as it is written in a definition."""
