"""The words that are printed around the questions: every key with its English."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel
from tools.documented.markdown import doc, page, table

from qaf_forms.define.words import (
    ENGLISH,
    CalculationWords,
    CalendarWords,
    CellWords,
    ConditionWords,
    ProgressWords,
    RemarksWords,
    Words,
)

_HEADS = ("key", "in English", "what it is")
_PARTS = {
    "conditions": ConditionWords,
    "calculations": CalculationWords,
    "cells": CellWords,
    "progress": ProgressWords,
    "remarks": RemarksWords,
    "calendar": CalendarWords,
}


def printed_words() -> str:
    """The page of words."""
    intro = (
        "Every form prints these words around its own. A form has them in its `language`, if there is a file of that"
        " language, and can have others for some of them under `house:`."
        " [Put a form into another language](../how-to/translate-a-form.md) says how."
    )
    rest = "Words in braces are filled in when they are printed, and stand in a translation as well."
    parts = [f"## `{name}`\n\n{doc(kind)}\n\n{_keys(getattr(ENGLISH, name))}" for name, kind in _PARTS.items()]
    return page("Printed words", intro, rest, _keys(ENGLISH), *parts)


def _keys(words: BaseModel) -> str:
    return table(_HEADS, _rows(words))


def _rows(words: BaseModel) -> Iterator[tuple[str, str, str]]:
    for name, field in type(words).model_fields.items():
        value = getattr(words, name)
        if isinstance(value, BaseModel):
            yield f"`{name}`", "", f"see [below](#{name})"
        elif isinstance(value, dict):
            yield f"`{name}`", "", field.description or ""
            yield from ((f"`{name}: {{{key}: ...}}`", shown, "") for key, shown in value.items())
        elif isinstance(value, tuple):
            yield f"`{name}`", "<br>".join(f"{number}. {one}" for number, one in enumerate(value, 1)), _about(field)
        else:
            shown = str(value).lower() if isinstance(value, bool) else value
            yield f"`{name}`", shown, field.description or ""


def _about(field: object) -> str:
    return getattr(field, "description", None) or "A list"


def printed_words_models() -> set[str]:
    """The names of the models on this page."""
    return {Words.__name__, *(kind.__name__ for kind in _PARTS.values())}
