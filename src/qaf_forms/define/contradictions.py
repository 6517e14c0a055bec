"""Whether a condition can hold at all, given what its questions can be answered with and when they are asked.

Conditions are spread into alternatives, each a list of tests that all must hold; an alternative is impossible when the
tests of one question contradict each other. A question that must be answered brings in the conditions of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from itertools import product

from qaf_forms.define.answer_types import Control, Integer
from qaf_forms.define.condition import All, AnyOf, AtLeast, Condition, Is, Not, Simple
from qaf_forms.define.form import NIL_KEY
from qaf_forms.define.spaces import Scope, Scoped, Space, Spaces

_MOST_ALTERNATIVES = 500
Test = tuple[str, Simple, bool]
"""The key of a space, a test of it, and whether the test must hold or fail."""


def why_never(conditions: Iterable[Scoped], spaces: Spaces) -> str | None:
    """Why these conditions can never hold together; None when they can, or when that is too long to find out."""
    try:
        return _why_none(_alternatives(conditions), frozenset(), spaces)
    except _TooManyError:
        return None


class _TooManyError(Exception): ...


def _why_none(alternatives: list[list[Test]], opened: frozenset[str], spaces: Spaces) -> str | None:
    why = None
    for alternative in alternatives:
        reason = _contradiction(alternative, spaces)
        needed = {key for key, _, holds in alternative if holds} - opened
        if reason is None and needed:
            inner = [scoped for key in sorted(needed) if key in spaces.by_key for scoped in spaces.by_key[key].whens]
            if inner:
                more = [alternative + extra for extra in _alternatives(inner)]
                reason = _why_none(more, opened | needed, spaces)
        if reason is None:
            return None
        why = why or reason
    return why


def _alternatives(conditions: Iterable[Scoped]) -> list[list[Test]]:
    found: list[list[Test]] = [[]]
    for condition, scope in conditions:
        found = _joined([found, _spread(condition, scope, True)])
    return found


def _spread(condition: Condition, scope: Scope, holds: bool) -> list[list[Test]]:
    if isinstance(condition, Not):
        return _spread(condition.condition, scope, not holds)
    if isinstance(condition, All | AnyOf):
        parts = [_spread(part, scope, holds) for part in condition.conditions]
        if isinstance(condition, All) == holds:
            return _joined(parts)
        return [alternative for part in parts for alternative in part]
    return [[(scope.whole(condition.key), condition, holds)]]


def _joined(parts: list[list[list[Test]]]) -> list[list[Test]]:
    count = 1
    for part in parts:
        count *= len(part)
    if count > _MOST_ALTERNATIVES:
        raise _TooManyError
    return [[test for alternative in chosen for test in alternative] for chosen in product(*parts)]


def _contradiction(tests: list[Test], spaces: Spaces) -> str | None:
    by_key: dict[str, list[tuple[Simple, bool]]] = {}
    for key, test, holds in tests:
        by_key.setdefault(key, []).append((test, holds))
    for key, of_key in by_key.items():
        space = spaces.by_key.get(key)
        reason = _why_not(space, of_key) if space else None
        if reason is not None:
            return reason.format(name=key.replace("[]", "[1]")) if key != NIL_KEY else _nil_reason(reason, of_key)
    return None


def _nil_reason(reason: str, of_key: list[tuple[Simple, bool]]) -> str:
    if any(isinstance(test, Is) and not holds for test, holds in of_key):
        return f"a return with that answer to {NIL_KEY} leaves out all but its first page"
    return reason.format(name=NIL_KEY)


def _why_not(space: Space, tests: list[tuple[Simple, bool]]) -> str | None:
    """Why no answer to one question passes all of these tests."""
    unanswered = any(test.test == "answered" and not holds for test, holds in tests)
    if unanswered:
        answered = any(holds for _, holds in tests)
        return "{name} would have to be answered and unanswered at once" if answered else None
    wanted = [frozenset(test.values) for test, holds in tests if isinstance(test, Is) and holds]
    barred = frozenset[str]().union(*(test.values for test, holds in tests if isinstance(test, Is) and not holds))
    control = space.answer.control
    if control is Control.SEVERAL_OF:
        return _why_not_several(space, wanted, barred)
    if control is Control.NUMBER:
        return _why_not_number(space, tests, wanted, barred)
    return _why_not_one(space, wanted, barred)


def _why_not_several(space: Space, wanted: list[frozenset[str]], barred: frozenset[str]) -> str | None:
    levels = {level.code for level in space.scale.levels} if space.scale else None
    if levels is not None and levels <= barred:
        return "it leaves no answer to {name}"
    if any(one <= barred for one in wanted):
        return "{name} would have to contain an answer and not contain it"
    return None


def _why_not_one(space: Space, wanted: list[frozenset[str]], barred: frozenset[str]) -> str | None:
    if wanted:
        left = frozenset.intersection(*wanted)
        if not left:
            return "{name} would have to be " + " and ".join("/".join(sorted(one)) for one in wanted) + " at once"
        return "{name} would have to be an answer and not be it" if left <= barred else None
    levels = {level.code for level in space.scale.levels} if space.scale else None
    return "it leaves no answer to {name}" if levels is not None and levels <= barred else None


def _why_not_number(
    space: Space, tests: list[tuple[Simple, bool]], wanted: list[frozenset[str]], barred: frozenset[str]
) -> str | None:
    floors = [test.at_least for test, holds in tests if isinstance(test, AtLeast) and holds]
    ceilings = [test.at_least for test, holds in tests if isinstance(test, AtLeast) and not holds]
    low, high = getattr(space.answer, "minimum", None), getattr(space.answer, "maximum", None)
    floor = max([*floors, *([low] if low is not None else [])], default=None)
    ceiling = min(ceilings, default=None)
    if floor is not None and high is not None and floor > high:
        return f"{{name}} is at most {high}"
    if floor is not None and ceiling is not None and floor >= ceiling:
        return f"{{name}} would have to be at least {floor} and less than {ceiling}"
    if wanted:
        left = [value for value in frozenset.intersection(*wanted) - barred if _between(value, floor, high, ceiling)]
        return None if left else "no number that {name} can be passes every part of it"
    if floor is not None and high is not None and isinstance(space.answer, Integer):
        return None if floor.to_integral_value("ROUND_CEILING") <= high else "{name} has no whole number there"
    return None


def _between(value: str, floor: Decimal | None, high: Decimal | None, ceiling: Decimal | None) -> bool:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    above = floor is None or number >= floor
    return above and (high is None or number <= high) and (ceiling is None or number < ceiling)
