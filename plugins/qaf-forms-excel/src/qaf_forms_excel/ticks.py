"""What stands in the cells of an answer with several levels to tick."""

from __future__ import annotations

from collections.abc import Mapping

from qaf_forms.plugin import Field, Value
from qaf_forms_excel.validations import TICK


def ticks_of(field: Field, value: Value | None, typed: str) -> Mapping[str, str]:
    """By the codes of levels what stands in their cells: a tick, or what somebody `typed` there and is none."""
    ticks = dict.fromkeys(value, TICK) if isinstance(value, tuple) else {}
    return {**ticks, **_as_typed(field, typed)} if typed else ticks


def _as_typed(field: Field, typed: str) -> Mapping[str, str]:
    """What was typed at a level, as `Police: perhaps`, stands there. Words of no level are in the remark alone."""
    lines = [line for line in typed.split("\n") if line.strip()]
    ticked = {f"☒ {tick.level.label}": tick.level.code for tick in field.ticks}
    empty = {f"☐ {tick.level.label}": tick.level.code for tick in field.ticks}
    at = ""
    found: dict[str, str] = {}
    for line in lines:
        if line in ticked:
            at = ticked[line]
            found[at] = TICK
        elif line in empty:
            at = empty[line]
        else:
            at, words = _at_level(field, line) or (at, line)
            if at:
                found[at] = f"{found[at]}\n{words}" if at in found else words
    return found


def _at_level(field: Field, line: str) -> tuple[str, str] | None:
    """The level with whose label a line begins, the longest of several, and what stands behind it."""
    labels = {f"{tick.level.label}: ": tick.level.code for tick in field.ticks}
    label = max((one for one in labels if line.startswith(one)), key=len, default="")
    return (labels[label], line[len(label) :]) if label else None
