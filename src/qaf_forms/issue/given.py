"""What stands in a copy before anybody writes in it, and which of it is not the respondent's to change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from qaf_forms.define.condition import Value
from qaf_forms.define.given import value_of
from qaf_forms.issue.fields import Field
from qaf_forms.issue.values import show
from qaf_forms.problems import Code, Problem

if TYPE_CHECKING:
    from qaf_forms.issue.layout import Layout


@dataclass(frozen=True, slots=True)
class Issued:
    """The answers in a copy as it goes out; `given` are the keys of those that nobody may change."""

    values: Mapping[str, Value]
    given: frozenset[str]

    def has(self, key: str, value: Value) -> bool:
        """Whether an answer was there from the start, so that no respondent gave it."""
        return self.values.get(key) == value


def with_given(
    fields: Iterable[Field], written: Mapping[str, Any], locked: Collection[str] | None = None
) -> tuple[Field, ...]:
    """The fields of a row with what the definition says in them: given in the columns `locked` (None: in all)."""
    return tuple(_with_given(field, written, locked) if field.column in written else field for field in fields)


def _with_given(field: Field, written: Mapping[str, Any], locked: Collection[str] | None) -> Field:
    value = value_of(field.answer, field.scale, written[field.column])
    if locked is None or field.column in locked:
        return replace(field, given=value, required=field.required if value is None else False)
    return replace(field, default=value)


def issued_in(layout: Layout, answers: Mapping[str, Value] | None = None, *, fresh: bool = True) -> Issued:
    """What stands in a copy with these answers: what the form gives, whatever the answers say; then the answers.

    In a `fresh` copy also the form's defaults, where there is no answer, and answers in the locked columns of a table
    are given, too: a round that puts its own rows into a copy means them to stay.
    """
    answers = answers or {}
    locked = {key for key in answers if fresh and _is_locked(layout, key)}
    values = {**(layout.defaults if fresh else {}), **answers, **layout.given}
    return Issued(values, frozenset(layout.given.keys() | locked))


def contradictions(layout: Layout, answers: Mapping[str, Value]) -> Iterator[Problem]:
    """Every answer where the form itself says something else, which nobody could see in the copy."""
    for key, value in answers.items():
        field = layout.field(key)
        if field is not None and field.given not in (None, value):
            facts = {"issued": show(field, field.given), "name": field.name, "value": show(field, value)}
            yield Code.AGAINST_GIVEN.problem(key=key, **facts)


def _is_locked(layout: Layout, key: str) -> bool:
    field = layout.field(key)
    return field is not None and bool(field.table) and field.column in layout.tables[field.table].locked
