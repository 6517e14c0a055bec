"""Builds the fields of a layout: the spaces for answers, also those of rows that are typed below the printed ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from qaf_forms.define.answer_types import AnswerType, Calculated, Choices
from qaf_forms.define.condition import Condition, with_keys
from qaf_forms.define.last_answer import LastAnswer
from qaf_forms.define.questions import RequiredWhen
from qaf_forms.define.scale import Scale
from qaf_forms.define.words import Words
from qaf_forms.issue.fields import Field, TableBlock, Tick, anchor_for
from qaf_forms.issue.place import Place, both_of

_NOTHING = "–"
"""What stands where no last answer can be shown."""


def answer_field(
    asked: Any,
    answer: AnswerType | Any,
    key: str,
    code: str,
    label: str,
    place: Place,
    when: Condition | None,
) -> Field:
    required = asked.required
    scale = place.form.scale_of(answer)
    return Field(
        key=key,
        code=code,
        label=label,
        answer=answer,
        scale=scale,
        section=place.section,
        anchor=anchor_for(key),
        role=asked.filled_by,
        role_title=place.form.roles.get(asked.filled_by, asked.filled_by),
        required=place.whole(required.when) or False if isinstance(required, RequiredWhen) else required,
        when=both_of(place.section_when, when),
        printed_when=when,
        help=asked.help,
        placeholder=asked.placeholder or (_NOTHING if asked.shows_last else place.words.placeholders[answer.type]),
        personal=asked.personal,
        in_nil_page=place.nil_page,
        reference=getattr(asked, "reference", None),
        evidence=getattr(asked, "evidence", None),
        ticks=ticks_of(key, scale) if isinstance(answer, Choices) else (),
        weight=getattr(asked, "weight", Decimal(1)),
        words=place.words,
        shows_last=with_whole_key(asked.shows_last, place.key),
        copies_forward=asked.copy_forward,
    )


def ticks_of(key: str, scale: Scale | None) -> tuple[Tick, ...]:
    return tuple(Tick(level, anchor_for(f"{key}#{level.code}")) for level in scale.levels) if scale else ()


def with_whole_key(last: LastAnswer | None, whole_key: Callable[[str], str]) -> LastAnswer | None:
    """The last answer that is shown, under its whole key; one of another form is not known by the keys of this."""
    return last.model_copy(update={"key": whole_key(last.key)}) if last and last.form is None else last


def with_operands(answer: Any, rename: Callable[[str], str]) -> Any:
    """An answer type with every key of its calculation, if it has one, passed through `rename`."""
    if not isinstance(answer, Calculated):
        return answer
    return answer.model_copy(update={"of": tuple(rename(key) for key in answer.of)})


def table_row(block: TableBlock, number: int) -> tuple[Field, ...]:
    """The fields of a row (from 1) that was not printed, after the pattern of the last, in which nothing is given."""
    old, new = f"{block.key}[{len(block.rows)}].", f"{block.key}[{number}]."
    return tuple(_moved(field, old, new, row_code(block.code, number, field.words)) for field in block.rows[-1])


def row_code(table: str, number: int, words: Words) -> str:
    return words.table_row.format(code=table, number=number)


def _moved(field: Field, old: str, new: str, code: str) -> Field:
    def moved(key: str) -> str:
        return key.replace(old, new, 1) if key.startswith(old) else key

    key = moved(field.key)
    return replace(
        field,
        key=key,
        anchor=anchor_for(key),
        code=code,
        required=field.required if isinstance(field.required, bool) else with_keys(field.required, moved),
        when=with_keys(field.when, moved) if field.when else None,
        printed_when=with_keys(field.printed_when, moved) if field.printed_when else None,
        ticks=ticks_of(key, field.scale) if field.ticks else (),
        answer=with_operands(field.answer, moved),
        shows_last=with_whole_key(field.shows_last, moved),
    )
