"""Checks of conditions: they ask about questions there are, for answers there can be, and can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from qaf_forms.define.answer_types import Control
from qaf_forms.define.condition import AtLeast, Is, Simple
from qaf_forms.define.condition_places import located_tests, value_steps
from qaf_forms.define.contradictions import why_never
from qaf_forms.define.findings import Findings
from qaf_forms.define.operands import Named, reachable
from qaf_forms.define.spaces import Scope, Space, Spaces, Written
from qaf_forms.define.stand_ins import PREFIX, is_stand_in
from qaf_forms.define.suggesting import closest, listed
from qaf_forms.define.yaml_source import Steps
from qaf_forms.problems import Code


def check_conditions(spaces: Spaces, findings: Findings) -> None:
    """Report every fault of every condition."""
    sound: list[Written] = []
    for written in spaces.written.values():
        checks = [_check_test(test, steps, written, spaces, findings) for test, steps in _tests(written, findings)]
        if all(checks):
            sound.append(written)
    in_cycle = _check_cycles(spaces, findings)
    never: set[int] = set()
    for written in sound:
        if written.steps not in in_cycle:
            _check_can_hold(written, spaces, findings, never)


def _tests(written: Written, findings: Findings) -> Iterator[tuple[Simple, Steps]]:
    yield from located_tests(written.condition, findings.source.find(written.steps), written.steps)


def _check_test(test: Simple, steps: Steps, written: Written, spaces: Spaces, findings: Findings) -> bool:
    """Check one test; whether it is sound."""
    found = [(scope, space) for scope in written.scopes if (space := spaces.find(test.key, scope))]
    if not found:
        scope = written.scopes[0]
        report_unknown(test.key, steps, scope, spaces, findings, spaces.keys_in(scope))
        return False
    if isinstance(test, AtLeast):
        if any(space.answer.control is Control.NUMBER for _, space in found):
            return True
        findings.add(Code.NO_NUMBER, steps, at_key=True, value=test.key)
        return False
    if isinstance(test, Is):
        answers = [space for _, space in found]
        fits = [_value_fits(test, number, steps, answers, findings) for number in range(len(test.values))]
        return all(fits)
    return True


def report_unknown(
    key: str, steps: Steps, scope: Scope, spaces: Spaces, findings: Findings, names: Iterable[str]
) -> None:
    """Report a key that no question has; `names` are those that could stand there."""
    if findings.is_doubtful_id(key) or _may_be_lost(key, scope, spaces):
        return
    known = list(dict.fromkeys(name for name in names if PREFIX not in name))
    within = [name for name in known if key in name.split(".") or name.startswith((f"{key}.", f"{key}["))]
    meant = (within[0] if within else None) or closest(key, known)
    if meant is None and any(is_stand_in(name) for name in spaces.by_key):
        return  # some question has lost its id, and this may have been it
    advice = f"did you mean {meant!r}?" if meant else f"the questions are {listed(known)}"
    if not known:
        advice = "ask that question first"
    findings.add(Code.UNKNOWN_QUESTION, steps, at_key=True, value=key, suggestion=advice)


def _may_be_lost(key: str, scope: Scope, spaces: Spaces) -> bool:
    """Whether a key may be that of a row, column or sibling whose id is faulty."""
    if any(is_stand_in(name) for name in (*scope.columns, *scope.siblings)):
        return True
    block = scope.whole(key).split(".")[0]
    return any(PREFIX in name for name in spaces.by_key if name.split(".")[0] == block)


def _value_fits(test: Is, number: int, steps: Steps, spaces: list[Space], findings: Findings) -> bool:
    """Check that one value is an answer in one of the spaces meant."""
    value = test.values[number]
    advice = [_advice(space, value) for space in spaces]
    if None in advice:
        return True
    where = value_steps(test, number, findings.source.find(steps), steps)
    findings.add(Code.NOT_A_LEVEL, where, value=value, question=test.key, suggestion=advice[0])
    return False


def _advice(space: Space, value: str) -> str | None:
    """What to write instead of `value`; None when the question can have it for an answer."""
    control = space.answer.control
    if control in (Control.ONE_OF, Control.SEVERAL_OF):
        return _advice_on_level(space, value)
    if control is Control.NUMBER:
        return None if _is_number(value) else "write a number, or at_least: and a number"
    if control is Control.DATE:
        return None if _is_date(value) else "write a date as year-month-day, such as 2025-03-31"
    return None


def _advice_on_level(space: Space, value: str) -> str | None:
    scale = space.scale
    if scale is None or scale.level(value) or any(is_stand_in(level.code) for level in scale.levels):
        return None
    codes = [level.code for level in scale.levels]
    recognised = scale.recognise(value)
    meant = recognised.code if recognised else closest(value, codes)
    return f"did you mean {meant!r}?" if meant else f"choose from {listed(codes)}"


def _is_number(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _check_cycles(spaces: Spaces, findings: Findings) -> set[Steps]:
    """Report each circle of questions once, and give the conditions that are part of one."""
    edges = _edges(spaces)
    reached = reachable(edges)
    told: set[frozenset[str]] = set()
    part: set[Steps] = set()
    for written in spaces.written.values():
        for test, steps, subject, target in _links(written, findings):
            if subject != target and (written.of_requirement or subject not in reached.get(target, ())):
                continue
            part.add(written.steps)
            circle = frozenset({subject, *_circle(subject, reached)})
            if circle not in told:
                told.add(circle)
                facts = {"value": _shown(subject), "through": "" if subject == target else f" through {test.key!r}"}
                findings.add(Code.CONDITION_ON_ITSELF, steps, at_key=True, **facts)
    return part


def _links(written: Written, findings: Findings) -> Iterator[tuple[Simple, Steps, str, str]]:
    """Every test with its place, a question that it bears on and the question that it asks about."""
    for test, steps in _tests(written, findings):
        for scope, subjects in zip(written.scopes, written.subjects, strict=True):
            for subject in subjects:
                yield test, steps, subject, scope.whole(test.key)


def _shown(key: str) -> str:
    return key.replace("[]", "[1]")


def _edges(spaces: Spaces) -> dict[str, set[str]]:
    """By question, the questions that decide whether it is asked, or that it is worked out from."""
    edges: dict[str, set[str]] = {key: set() for key in spaces.by_key}
    for written in spaces.written.values():
        if written.of_requirement:
            continue
        for scope, subjects in zip(written.scopes, written.subjects, strict=True):
            targets = {scope.whole(test.key) for test, _ in located_tests(written.condition, None, ())}
            for subject in subjects:
                edges[subject] |= targets
    if spaces.worked:
        for key, operands in Named(spaces).edges().items():
            edges[key] |= operands
    return edges


def _circle(key: str, reached: dict[str, set[str]]) -> set[str]:
    return {other for other in reached.get(key, ()) if key in reached.get(other, ())}


def _check_can_hold(written: Written, spaces: Spaces, findings: Findings, never: set[int]) -> None:
    """Report a condition that no answers fulfil, in any row it stands for; one inside such a one is not reported."""
    reasons = []
    for scope, before in zip(written.scopes, written.before, strict=True):
        if any(id(condition) in never for condition, _ in before):
            return
        reasons.append(why_never((*before, (written.condition, scope)), spaces))
    reason = reasons[0]
    if reason is not None and None not in reasons:
        never.add(id(written.condition))
        findings.add(Code.NEVER_HOLDS, written.steps, at_key=True, value=_shown_tests(written), reason=reason)


def _shown_tests(written: Written) -> str:
    tests = (test for test, _ in located_tests(written.condition, None, ()))
    return ", ".join(dict.fromkeys(test.key for test in tests))
