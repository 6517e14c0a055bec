"""Conditions: when a question is asked, and when its answer is required.

A small typed tree, so that one definition has many readings: evaluated here, printed as English by
`qaf_forms.issue.layout`, and open to others (an Excel formula, XLSForm). There are no expression strings.

In a definition a condition is written short::

    when: {known: [not_known, unsure]}        # the answer to `known` is one of these
    when: {visits: {at_least: 1}}
    when: {why_not: answered}
    when: {any: [{core.seen.answer: no}, {core.heard.answer: no}]}
    when: {not: {known: not_known}}

Several keys side by side must all hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SerializerFunctionWrapHandler, WithJsonSchema, WrapSerializer
from pydantic_core import PydanticCustomError

from qaf_forms.define.scale import DefinitionModel

Value = str | int | Decimal | date | tuple[str, ...]
"""A typed answer: text or a level's code, a number, a date, or the codes of several levels."""

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\[\d+\])?(\.[a-z][a-z0-9_]*(\[\d+\])?)*$")]


class Is(DefinitionModel):
    """The answer to `key` is one of `values` (level codes; of a choice of several, any of them)."""

    test: Literal["is"] = "is"
    key: Key
    values: Annotated[tuple[str, ...], Field(min_length=1)]

    def holds(self, answers: Mapping[str, Value]) -> bool:
        """Whether it holds for these answers; unanswered is never one of the values."""
        answer = answers.get(self.key)
        if isinstance(answer, tuple):
            return any(code in self.values for code in answer)
        if isinstance(answer, Decimal):
            return any(_is_number(value, answer) for value in self.values)
        return answer is not None and str(answer) in self.values


class AtLeast(DefinitionModel):
    """The number given as the answer to `key` is `at_least` or more."""

    test: Literal["at_least"] = "at_least"
    key: Key
    at_least: Decimal

    def holds(self, answers: Mapping[str, Value]) -> bool:
        """Whether it holds for these answers; unanswered is not at least anything."""
        answer = answers.get(self.key)
        return isinstance(answer, int | Decimal) and answer >= self.at_least


class Answered(DefinitionModel):
    """The question `key` has an answer."""

    test: Literal["answered"] = "answered"
    key: Key

    def holds(self, answers: Mapping[str, Value]) -> bool:
        """Whether it holds for these answers."""
        return self.key in answers


class All(DefinitionModel):
    """Every one of `conditions` holds."""

    test: Literal["all"] = "all"
    conditions: Annotated[tuple[Condition, ...], Field(min_length=1)]

    def holds(self, answers: Mapping[str, Value]) -> bool:
        """Whether it holds for these answers."""
        return all(condition.holds(answers) for condition in self.conditions)


class AnyOf(DefinitionModel):
    """At least one of `conditions` holds."""

    test: Literal["any"] = "any"
    conditions: Annotated[tuple[Condition, ...], Field(min_length=1)]

    def holds(self, answers: Mapping[str, Value]) -> bool:
        """Whether it holds for these answers."""
        return any(condition.holds(answers) for condition in self.conditions)


class Not(DefinitionModel):
    """`condition` does not hold."""

    test: Literal["not"] = "not"
    condition: Condition

    def holds(self, answers: Mapping[str, Value]) -> bool:
        """Whether it holds for these answers."""
        return not self.condition.holds(answers)


def _is_number(written: str, number: Decimal) -> bool:
    """Whether a number is the one written, with however many noughts behind its point."""
    try:
        return Decimal(written) == number
    except InvalidOperation:
        return False


def _from_short(written: Any) -> Any:
    """Turn the short form of a definition into the tree that pydantic validates."""
    if isinstance(written, DefinitionModel):
        return written
    if not isinstance(written, dict) or not written:
        raise PydanticCustomError(
            "condition", "a condition is written {{question: answer}}, not {shown}", {"shown": repr(written)}
        )
    if "test" in written:
        return written
    parts = [_one_part(key, value) for key, value in written.items()]
    return parts[0] if len(parts) == 1 else {"test": "all", "conditions": parts}


def _one_part(key: Any, value: Any) -> dict[str, Any]:
    if key in ("all", "any") and isinstance(value, list):
        return {"test": key, "conditions": value}
    if key == "not":
        return {"test": "not", "condition": value}
    if value == "answered":
        return {"test": "answered", "key": key}
    if isinstance(value, dict):
        return _comparison(key, value)
    values = value if isinstance(value, list) else [value]
    return {"test": "is", "key": key, "values": [_as_written(one) for one in values]}


def _comparison(key: Any, value: dict[Any, Any]) -> dict[str, Any]:
    if set(value) != {"at_least"}:
        raise PydanticCustomError(
            "condition",
            "{key}: {shown} is not a comparison; write {{at_least: 3}}",
            {"key": key, "shown": repr(value)},
        )
    return {"test": "at_least", "key": key, "at_least": value["at_least"]}


def _as_written(value: Any) -> Any:
    """A level's code as text: `true` typed for a yes/no question means yes."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int) else value


def _with_its_test(condition: Any, serialize: SerializerFunctionWrapHandler) -> Any:
    """What is written names its test even where defaults are left out: `key` and `values` alone read as questions."""
    written = serialize(condition)
    return {"test": condition.test, **written} if isinstance(written, dict) else written


Condition = Annotated[
    Annotated[Is | AtLeast | Answered | All | AnyOf | Not, Field(discriminator="test")],
    BeforeValidator(_from_short),
    WrapSerializer(_with_its_test),
    WithJsonSchema(
        {
            "type": "object",
            "minProperties": 1,
            "title": "Condition",
            "description": "{question: answer}, {question: [answers]}, {question: answered}, {question: {at_least: 3}},"
            " {any: [...]}, {all: [...]}, {not: {...}}; several keys side by side must all hold",
        }
    ),
]
"""When something is asked or required. See the module's text for how it is written."""

All.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()

Simple = Is | AtLeast | Answered


def simple_parts(condition: Condition) -> Iterator[Simple]:
    """Every test of a single question inside `condition`, in order."""
    if isinstance(condition, All | AnyOf):
        for part in condition.conditions:
            yield from simple_parts(part)
    elif isinstance(condition, Not):
        yield from simple_parts(condition.condition)
    else:
        yield condition


def with_keys(condition: Condition, rename: Callable[[str], str]) -> Condition:
    """The same condition with every key passed through `rename`."""
    if isinstance(condition, All | AnyOf):
        return condition.model_copy(
            update={"conditions": tuple(with_keys(part, rename) for part in condition.conditions)}
        )
    if isinstance(condition, Not):
        return Not(condition=with_keys(condition.condition, rename))
    return condition.model_copy(update={"key": rename(condition.key)})
