"""Where each part of a condition stands in its definition, which writes conditions in their short form."""

from __future__ import annotations

from collections.abc import Iterator

from qaf_forms.define.condition import All, AnyOf, AtLeast, Condition, Is, Not, Simple
from qaf_forms.define.yaml_source import Node, Steps


def located_tests(condition: Condition, node: Node | None, steps: Steps) -> Iterator[tuple[Simple, Steps]]:
    """Every test of one question in `condition`, with the way to the key that names the question."""
    entries = node.children if node else None
    if not isinstance(entries, dict) or "test" in entries:
        yield from ((test, steps) for test in _tests(condition))
    elif len(entries) > 1 and isinstance(condition, All):
        for part, (key, child) in zip(condition.conditions, entries.items(), strict=True):
            yield from _located_part(part, child, (*steps, key))
    else:
        for key, child in entries.items():
            yield from _located_part(condition, child, (*steps, key))


def _located_part(part: Condition, child: Node, steps: Steps) -> Iterator[tuple[Simple, Steps]]:
    if isinstance(part, All | AnyOf) and isinstance(child.children, list):
        for number, (inner, node) in enumerate(zip(part.conditions, child.children, strict=True)):
            yield from located_tests(inner, node, (*steps, number))
    elif isinstance(part, Not):
        yield from located_tests(part.condition, child, steps)
    else:
        yield from ((test, steps) for test in _tests(part))


def _tests(condition: Condition) -> Iterator[Simple]:
    if isinstance(condition, All | AnyOf):
        for part in condition.conditions:
            yield from _tests(part)
    elif isinstance(condition, Not):
        yield from _tests(condition.condition)
    else:
        yield condition


def value_steps(test: Is | AtLeast, number: int, node: Node | None, steps: Steps) -> Steps:
    """The way to the value that `test` compares with; `number` counts the values of an `Is`."""
    if node is None:
        return steps
    if isinstance(test, AtLeast):
        return (*steps, "at_least") if node.child("at_least") else steps
    return (*steps, number) if isinstance(node.children, list) else steps


def steps_of(location: tuple[str | int, ...], node: Node | None) -> Steps:
    """The way inside a condition that pydantic's `location` means: a location names tests, which are not written."""
    entries = node.children if node else None
    if not location or not isinstance(entries, dict) or "test" in entries:
        return ()
    written = list(entries.items())
    if len(written) > 1:
        if location[:2] != ("all", "conditions") or len(location) < 3:
            return ()
        number = location[2]
        key, child = written[int(number)]
        return (key, *_steps_in_part(location[3:], child))
    return (written[0][0], *_steps_in_part(location, written[0][1])) if written else ()


def _steps_in_part(location: tuple[str | int, ...], child: Node) -> Steps:
    test, *rest = location or ("",)
    if test in ("all", "any") and rest[:1] == ["conditions"] and len(rest) > 1:
        number = int(rest[1])
        return (number, *steps_of(tuple(rest[2:]), child.child(number)))
    if test == "not" and rest:
        return steps_of(tuple(rest[1:]), child)
    if test == "is" and rest[:1] == ["values"] and len(rest) > 1 and isinstance(child.children, list):
        return (int(rest[1]),)
    if test == "at_least" and rest == ["at_least"]:
        return ("at_least",)
    return ()
