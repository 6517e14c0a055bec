"""Answers that a definition gives itself: cells of a grid that are filled in already, rows that a table comes with.

They are written as a respondent would write them: the label or code of a level, 12/03/2025 or 2025-03-12, 45 or 45%.
Numbers and words need no quotation marks: they are taken as typed, so that 007 keeps its zeros.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticKnownError

from qaf_forms.define.condition import Value
from qaf_forms.define.scale import DefinitionModel, Identifier, Scale
from qaf_forms.define.score import MOST_DIGITS
from qaf_forms.define.written_forms import EXAMPLES, is_email, is_fraction, is_month
from qaf_forms.define.yaml_source import Node

_LONGEST = 2_000


def _as_typed(written: Any) -> str | tuple[str, ...]:
    if isinstance(written, list | tuple):
        return tuple(_text_of(one) for one in written)
    return _text_of(written)


def _text_of(written: Any) -> str:
    if isinstance(written, date):
        return written.isoformat()
    text = str(written) if isinstance(written, int | float | Decimal) else written
    if not isinstance(text, str) or isinstance(written, bool):
        raise PydanticKnownError("string_type")
    if not text.strip():
        raise PydanticKnownError("string_too_short", {"min_length": 1})
    if len(text) > _LONGEST:
        raise PydanticKnownError("string_too_long", {"max_length": _LONGEST})
    return text


_TEXT = {"type": ["string", "number"], "minLength": 1, "maxLength": _LONGEST}
GivenValue = Annotated[
    str | tuple[str, ...],
    PlainValidator(_as_typed),
    PlainSerializer(lambda written: written, return_type=Any),
    WithJsonSchema({"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}),
]
"""An answer as written, or the parts of one that has several."""


class Prefill(DefinitionModel):
    """The rows that a table comes with, before its blank ones."""

    rows: tuple[Mapping[Identifier, GivenValue], ...] = Field(
        default=(), description="By column, what stands in the row; what is not locked can be changed"
    )
    locked: tuple[Identifier, ...] = Field(
        default=(), description="Columns that nobody may change in these rows, nor in those that a round puts in"
    )


def keep_as_typed(root: Node) -> None:
    """Take the words of what is given as they were typed: for YAML, 007 and 1.10 are numbers."""
    for name in ("sections", "nil_return"):
        for items in _item_lists(root.child(name)):
            for item in items:
                _keep_in_item(item)


def _item_lists(node: Node | None) -> Iterator[list[Node]]:
    """Every list of items in there."""
    if node is None:
        return
    if isinstance(node.children, list):
        for child in node.children:
            yield from _item_lists(child)
    elif (items := node.child("items")) and isinstance(items.children, list):
        yield items.children
        for item in items.children:
            yield from _item_lists(item)


def _keep_in_item(item: Node) -> None:
    for row in _entries(item.child("rows")):
        for one in (row, *_entries(row.child("prompts"))):
            _take_texts(one.child("given"))
    prefill = item.child("prefill")
    for row in _entries(prefill.child("rows") if prefill else None):
        _take_texts(row)


def _entries(node: Node | None) -> list[Node]:
    return node.children if node is not None and isinstance(node.children, list) else []


def _take_texts(node: Node | None) -> None:
    if node is None or node.children is None:
        return
    children = node.children.items() if isinstance(node.children, dict) else enumerate(node.children)
    for key, child in children:
        if child.children is not None:
            _take_texts(child)
        elif isinstance(child.data, int | float) and not isinstance(child.data, bool):
            child.data = node.data[key] = child.text


def value_of(answer: Any, scale: Scale | None, written: str | tuple[str, ...]) -> Value | None:
    """The answer that `written` stands for, or None if it does not fit the type or its limits."""
    parts = written if isinstance(written, tuple) else (written,)
    if any(unicodedata.category(mark) in ("Cc", "Cs") and mark not in "\n\t" for part in parts for mark in part):
        return None
    if answer.type == "calculated":
        return None
    if scale is not None:
        return _levels(answer, scale, parts)
    if answer.type == "names":
        return tuple(name for part in parts for line in part.split("\n") if (name := line.strip())) or None
    reader = _READERS.get(answer.type)
    value = reader(answer, parts[0].strip()) if reader and len(parts) == 1 else None
    return value if value is not None and _is_within(answer, value) else None


def wanted(answer: Any, scale: Scale | None) -> str:
    """What `value_of` takes, as advice."""
    if scale is not None and answer.type != "calculated":
        labels = ", ".join(scale.labels)
        return f"give a list of some of: {labels}" if answer.type == "choices" else f"give one of: {labels}"
    limits = [f"{name} {limit}" for name in _LIMITS if (limit := getattr(answer, name, None)) is not None]
    return f"give {_WANTED.get(answer.type, 'a text')}" + (f" ({', '.join(limits)})" if limits else "")


def _levels(answer: Any, scale: Scale, parts: tuple[str, ...]) -> Value | None:
    is_several = answer.type == "choices"
    words = [word for part in parts for word in (part.split(";") if is_several else (part,))]
    found = [scale.recognise(word.strip()) for word in words]
    if None in found or not (is_several or len(found) == 1):
        return None
    codes = {level.code for level in found if level}
    chosen = tuple(level.code for level in scale.levels if level.code in codes)
    return chosen if is_several else chosen[0]


def _text(answer: Any, text: str) -> str | None:
    return text if answer.type == "paragraph" or "\n" not in text else None


def _number(answer: Any, text: str) -> int | Decimal | None:
    unit = getattr(answer, "unit", None) or ""
    try:
        number = Decimal(text.replace(",", "").removeprefix(unit).removesuffix(unit).strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or len(number.normalize().as_tuple().digits) > MOST_DIGITS:
        return None
    if answer.type == "integer":
        return int(number) if number == number.to_integral_value() else None
    return None if answer.type == "money" and number != round(number, 2) else number


def _day(_: Any, text: str) -> date | None:
    match = _DAY_FIRST.fullmatch(text)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(text)
    except ValueError:
        return None


def _month(_: Any, text: str) -> str | None:
    match = _NAMED_MONTH.fullmatch(text)
    name = match[1][:3].casefold() if match else ""
    if match and name in _MONTHS:
        return f"{match[2]}-{_MONTHS.index(name) + 1:02}"
    return text if is_month(text) else None


def _fraction(_: Any, text: str) -> str | None:
    return text if is_fraction(text) else None


def _email(_: Any, text: str) -> str | None:
    return text if is_email(text) else None


def _is_within(answer: Any, value: Value) -> bool:
    limits = {name: getattr(answer, name, None) for name in _LIMITS}
    size = len(value) if isinstance(value, str) else value
    compared: Iterator[bool] = (_LIMITS[name](size, limit) for name, limit in limits.items() if limit is not None)
    return all(compared)


_LIMITS: Mapping[str, Callable[[Any, Any], bool]] = {
    "minimum": lambda value, limit: value >= limit,
    "maximum": lambda value, limit: value <= limit,
    "earliest": lambda value, limit: value >= limit,
    "latest": lambda value, limit: value <= limit,
    "max_length": lambda value, limit: value <= limit,
}
_READERS: Mapping[str, Callable[[Any, str], Value | None]] = {
    **dict.fromkeys(("text", "paragraph", "phone"), _text),
    **dict.fromkeys(("integer", "decimal", "percent", "money"), _number),
    "date": _day,
    "month": _month,
    "fraction": _fraction,
    "email": _email,
}
_WANTED = {
    "text": "words on one line",
    "integer": "a whole number",
    "decimal": "a number",
    "percent": "a percentage, such as 45",
    "money": "an amount with at most two decimals",
    "date": "a day such as 12/03/2025 or 2025-03-12",
    **EXAMPLES,
    "month": "a month such as March 2025 or 2025-03",
    "names": "a list of names",
    "calculated": "nothing: the answer is worked out",
}
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_NAMED_MONTH = re.compile(r"([A-Za-z]{3,9}) (\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
