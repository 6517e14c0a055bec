"""Validating what a file says, so that one fault does not hide the next.

pydantic stops at what it cannot tell apart (an item of an unknown type, say), and no semantic check can run on half a
form. So what is faulty is reported once, then replaced by a stand-in, and the rest is validated again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from qaf_forms.define.model_places import Spot, spot_of
from qaf_forms.define.stand_ins import Repair
from qaf_forms.define.validation_wording import fault, meant_key
from qaf_forms.define.yaml_source import Source, Steps
from qaf_forms.problems import Code, Problem

_MAX_PASSES = 20


@dataclass(frozen=True, slots=True)
class Validated:
    """What came of it. In `value` stand-ins take the place of everything faulty; `doubtful` leads to each."""

    value: Any
    problems: tuple[Problem, ...]
    doubtful: frozenset[Steps]


def validated(source: Source, adapter: TypeAdapter[Any], annotation: Any) -> Validated:
    """Validate the content of `source`, with every fault."""
    root = source.root
    assert root is not None
    if not isinstance(root.children, dict):
        return Validated(None, (_no_mapping(source),), frozenset({()}))
    repair = Repair(root.data)
    problems: dict[str, Problem] = {}
    for _ in range(_MAX_PASSES):
        try:
            value = adapter.validate_python(repair.data)
        except ValidationError as error:
            found = [(detail, spot_of(detail["loc"], annotation, root)) for detail in error.errors(include_url=False)]
            _take_all(found, source, repair, problems)
            repair.finish_pass()
        else:
            return Validated(value, tuple(problems.values()), frozenset(repair.done))
    return Validated(None, tuple(problems.values()), frozenset(repair.done))


def _take_all(found: list[tuple[Any, Spot]], source: Source, repair: Repair, problems: dict[str, Problem]) -> None:
    """Report the errors of one pass and see to it that the next does not meet them."""
    found = [(detail, spot) for detail, spot in found if not (spot.beside_the_point or _is_echo(detail))]
    misspelt = {}
    for detail, spot in found:
        if detail["type"] == "extra_forbidden" and (meant := meant_key(spot, source)):
            misspelt[*spot.steps[:-1], meant] = spot
    for detail, spot in found:
        if detail["type"] == "missing" and spot.steps in misspelt:
            continue
        if not repair.covers(spot.steps):
            problem = fault(detail, spot, source)
            problems.setdefault(f"{problem.place} {problem.code} {problem.key}", problem)
        if spot not in misspelt.values():
            repair.mend(detail, spot)
    for meant_steps, spot in misspelt.items():
        repair.rename(spot.steps, str(meant_steps[-1]))
        source.also_call(spot.steps, str(meant_steps[-1]))


def _is_echo(detail: Any) -> bool:
    """Whether a list is called too short only because some of its entries are faulty."""
    if detail["type"] != "too_short":
        return False
    written = detail["input"]
    return isinstance(written, list | tuple | dict) and len(written) >= detail["ctx"]["min_length"]


def _no_mapping(source: Source) -> Problem:
    node = source.root
    assert node is not None
    what = "a list" if isinstance(node.children, list) else "a single text"
    return Code.UNUSABLE_FILE.problem(
        place=source.place(node.line, node.column),
        value=node.text,
        reason=f"the file holds {what} where the keys of a definition should stand",
        suggestion="begin each line at the left edge with a key, such as id: my_audit",
    )
