"""Where in a definition a pydantic error belongs, and which model its key is one of.

pydantic's locations name union branches (`('items', 0, 'text', 'ask')`), which nobody wrote. Walking the annotations
together with the YAML tells them from keys.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from qaf_forms.define.condition import Is
from qaf_forms.define.condition_places import steps_of
from qaf_forms.define.yaml_source import Node, Steps


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an error belongs.

    `steps` lead to the value or to the key that is missing. `model` has the last key among its own, or lacks it.
    `at_key`: the key itself is at fault. `beside_the_point`: it is about a form of the value that was not written, such
    as "not a boolean" of a mapping.
    """

    steps: Steps
    model: type[BaseModel] | None
    at_key: bool = False
    in_condition: bool = False
    beside_the_point: bool = False

    @property
    def field(self) -> str:
        """The last key on the way."""
        return next((step for step in reversed(self.steps) if isinstance(step, str)), "")


class _Walk:
    def __init__(self, annotation: Any, node: Node | None) -> None:
        self.annotation, self.node = annotation, node
        self.steps: list[str | int] = []
        self.spot = Spot((), None)

    def go(self, step: str | int, annotation: Any, model: type[BaseModel] | None) -> None:
        """Take a step that is written in the definition."""
        self.steps.append(step)
        self.node = self.node.child(step) if self.node else None
        self.annotation = annotation
        self.spot = replace(self.spot, steps=tuple(self.steps), model=model)


def spot_of(location: tuple[str | int, ...], annotation: Any, root: Node | None) -> Spot:
    """Where an error of `location` belongs when `root` is validated as `annotation`."""
    walk = _Walk(annotation, root)
    for number, step in enumerate(location):
        members = _members(walk.annotation)
        if Is in members:
            steps = (*walk.steps, *steps_of(location[number:], walk.node))
            return replace(walk.spot, steps=steps, in_condition=True, at_key=location[-1] == "key")
        if len(members) > 1:
            _choose(walk, members, str(step))
        elif step == "[key]":
            return replace(walk.spot, at_key=True)
        elif not _descend(walk, members[0], step):
            break
    if walk.node is not None and Is in _members(walk.annotation):
        return replace(walk.spot, in_condition=True)
    return walk.spot


def _choose(walk: _Walk, members: list[Any], tag: str) -> None:
    """Take the branch of a union that an error names."""
    chosen = next((member for member in members if tag in (*types_of(member), getattr(member, "__name__", ""))), None)
    walk.annotation = chosen
    discriminated = all(is_model(member) for member in members)
    is_mapping = walk.node is not None and isinstance(walk.node.children, dict)
    if not discriminated and is_mapping != is_model(chosen):
        walk.spot = replace(walk.spot, beside_the_point=True)


def _descend(walk: _Walk, kind: Any, step: str | int) -> bool:
    if is_model(kind):
        field = kind.model_fields.get(str(step))
        walk.go(step, field.annotation if field else None, kind)
    elif get_origin(kind) is tuple:
        walk.go(step, get_args(kind)[0], walk.spot.model)
    elif get_origin(kind) in (Mapping, dict):
        walk.go(step, get_args(kind)[1], walk.spot.model)
    else:
        return False
    return True


def _members(annotation: Any) -> list[Any]:
    """What a union is one of (without None); anything else alone."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) not in (Union, types.UnionType):
        return [annotation]
    found: list[Any] = []
    for member in get_args(annotation):
        if member is not types.NoneType:
            found.extend(_members(member))
    return found


def is_model(kind: Any) -> bool:
    """Whether it is a pydantic model."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def types_of(kind: Any) -> tuple[str, ...]:
    """What `type:` says for this model; nothing for one that has no type."""
    if not is_model(kind) or "type" not in kind.model_fields:
        return ()
    annotation = kind.model_fields["type"].annotation
    return get_args(annotation) if get_origin(annotation) is Literal else ()
