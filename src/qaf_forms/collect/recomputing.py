"""Works out the calculated answers of a return, and compares them with what stands in their spaces.

The answer is always the one that follows from the other answers. What was typed or stored in the space is looked at
only to see whether it differs, since then somebody counted otherwise, or an answer was changed afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from qaf_forms.collect.parsing import parse
from qaf_forms.collect.raw_values import text_of
from qaf_forms.collect.reading import RawAnswer, Reading
from qaf_forms.collect.returns import Answer, Return
from qaf_forms.define.condition import Value
from qaf_forms.issue.answers import printed_order
from qaf_forms.issue.calculating import calculated, is_calculated
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import show
from qaf_forms.plugin.interfaces import Raw, Route
from qaf_forms.problems import Code, Problem

_OF_RESULTS = frozenset(code.value.code for code in (Code.CALCULATED_OTHERWISE, Code.NOT_WORKED_OUT))
_BY_FORMULA = Code.BY_FORMULA.value.code


class Recomputed:
    """The calculated answers of one return. `given` are the answers that were read, without calculated ones."""

    def __init__(self, layout: Layout, given: Mapping[str, Value], reading: Reading) -> None:
        self._values = calculated(layout, given)
        self._spaces = {key: raw for key, raw in reading.answers.items() if raw.field.calculation}

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers by key, each with what stands in its space and where that is, if it is still there."""
        return {key: _answer(value, self._spaces.get(key)) for key, value in self._values.items()}

    def problems(self) -> Iterator[tuple[RawAnswer, Problem]]:
        """Everything that stands in a space and is not what the answers come to, with the space."""
        for key, raw in self._spaces.items():
            yield from ((raw, remark) for remark in raw.remarks if remark.code != _BY_FORMULA)
            problem = _difference(raw.field, raw.value, self._values.get(key), raw.place)
            if problem is not None:
                yield raw, problem


def worked_out_anew(layout: Layout, one: Return) -> Return:
    """A return put together from several, with its calculated answers as they follow from all that these say."""
    if not layout.calculates:
        return one
    given = {key: answer for key, answer in one.answers.items() if not is_calculated(layout.whole, key)}
    values = calculated(layout, {key: answer.value for key, answer in given.items()})
    empty = Answer("", "", "", Route.COMPUTED)
    answers = {**given, **{key: one.answers.get(key, empty)._replace(value=value) for key, value in values.items()}}
    order = printed_order(layout)
    problems = [said for problem in one.problems if (said := _judged(layout, values, problem)) is not None]
    known = {key: answers[key] for key in sorted(answers, key=order)}
    return replace(one, answers=known, problems=tuple(problems))


def _judged(layout: Layout, values: Mapping[str, Value], problem: Problem) -> Problem | None:
    """What is still to be said of what stands in a calculated space; any other problem as it was."""
    field = layout.field(problem.key)
    if problem.code not in _OF_RESULTS or field is None:
        return problem
    return _difference(field, problem.value, values.get(problem.key), problem.place)


def _difference(field: Field, raw: Raw, value: Value | None, place: str) -> Problem | None:
    shown = text_of(raw).strip()
    if not shown or (value is not None and _is_same(field, raw, value)):
        return None
    if value is None:
        return Code.NOT_WORKED_OUT.problem(key=field.key, place=place, value=shown)
    return Code.CALCULATED_OTHERWISE.problem(key=field.key, place=place, value=shown, computed=show(field, value))


def _answer(value: Value, space: RawAnswer | None) -> Answer:
    return Answer(value, text_of(space.value) if space else "", space.place if space else "", Route.COMPUTED)


def _is_same(field: Field, raw: Raw, value: Value) -> bool:
    """Whether what stands in a space is the value, to the last place that is shown of it."""
    typed = parse(field, raw).value
    if not isinstance(typed, Decimal) or not isinstance(value, Decimal):
        return typed == value
    _, _, decimals = show(field, value).rstrip("%").partition(".")
    return abs(typed - value) <= Decimal(5).scaleb(-len(decimals) - 1)
