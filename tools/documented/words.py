"""The type of a key in a definition, in words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from qaf_forms.define.answer_types import AnswerType
from qaf_forms.define.condition import Condition
from qaf_forms.define.form import Version
from qaf_forms.define.given import GivenValue
from qaf_forms.define.items import AnyRow, InGroup, Item
from qaf_forms.define.questions import AnyColumn, Markdown, Wording
from qaf_forms.define.scale import Colour, Identifier, Label, Line

_NAMED: tuple[tuple[Any, str], ...] = (
    (Identifier, "id"),
    (Version, "version, such as `2024.1`"),
    (Label, "text on one line"),
    (Line, "text on one line"),
    (Wording, "text"),
    (Markdown, "prose ([Markdown](#prose))"),
    (Colour, "colour, such as `#1B7F3B`"),
    (Condition, "[condition](#conditions)"),
    (Item, "[item](#items)"),
    (InGroup, "[item](#items), but no group"),
    (AnyColumn, "[column](#columns)"),
    (GivenValue, "an answer, written as a respondent would"),
    (AnyRow, "[row](#rows-of-a-grid)"),
    (AnswerType, "[answer type](answer-types.md)"),
)
_PLAIN: Mapping[Any, str] = {
    str: "text",
    bool: "`true` or `false`",
    int: "whole number",
    Decimal: "number",
    datetime.date: "day, such as `2025-03-14`",
}


def in_words(annotation: Any) -> str:
    """What may stand behind a key."""
    for known, words in _NAMED:
        if annotation == known:
            return words
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, type):
        return _class_in_words(annotation)
    return _combined_in_words(get_origin(annotation), get_args(annotation))


def _class_in_words(annotation: type) -> str:
    if issubclass(annotation, Enum):
        return " or ".join(f"`{one.value}`" for one in annotation)
    return LINKS[annotation.__name__] if issubclass(annotation, BaseModel) else "text"


def _combined_in_words(origin: Any, arguments: tuple[Any, ...]) -> str:
    if origin is Annotated:
        return in_words(arguments[0]) + _bounds(arguments[1:])
    if origin in (Union, UnionType):
        return " or ".join(in_words(one) for one in arguments if one is not NoneType)
    if origin is Literal:
        return " or ".join(f"`{one}`" for one in arguments)
    if origin is tuple:
        return f"list of {in_words(arguments[0])}"
    if origin is Mapping:
        return f"by {in_words(arguments[0])}, {in_words(arguments[1])}"
    return "text"


LINKS = {
    "LastAnswer": "a key, or `{form: ..., key: ...}`",
    "Change": "[what became of it](#what-became-of-a-question)",
    "GridRow": "[row](#rows-of-a-grid)",
    "Level": "[level](#scales)",
    "Prefill": "[prefill](#prefill)",
    "NilReturn": "[nil return](#nil-return)",
    "RequiredWhen": "`when:` and a [condition](#conditions)",
    "Scale": "[scale](#scales)",
    "Section": "[section](#sections)",
    "Signatory": "[signatory](#sign_off)",
    "Words": "[printed words](printed-words.md)",
    "FormWords": "[words](#words)",
    "NilReturnWords": "[its words](#nil-return)",
    "SectionWords": "[its words](#sections)",
    "ItemWords": "[its words](#items)",
    "ColumnWords": "[its words](#columns)",
    "RowWords": "[its words](#rows-of-a-grid)",
    "CellWords": "[its words](#cells)",
    "SignatoryWords": "[its words](#signatories)",
    "ScaleWords": "[its words](#scales)",
    "LevelWords": "[its words](#levels)",
}


def _bounds(metadata: tuple[Any, ...]) -> str:
    parts = [part for one in metadata for part in (one, *getattr(one, "metadata", ()))]
    low = next((part.ge for part in parts if hasattr(part, "ge")), None)
    high = next((part.le for part in parts if hasattr(part, "le")), None)
    return f", {low:,} to {high:,}" if low is not None and high is not None else ""
