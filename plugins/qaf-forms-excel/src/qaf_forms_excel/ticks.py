"""What stands in the cells of an answer with several levels to tick."""

from __future__ import annotations

from collections.abc import Mapping

from qaf_forms.plugin import Field, Value, fold
from qaf_forms_excel.validations import TICK


def ticks_of(field: Field, value: Value | None, typed: str) -> Mapping[str, str]:
    """By the codes of levels what stands in their cells: a tick, or where there is no answer what somebody `typed`."""
    if value is None:
        return _as_typed(field, typed)
    return dict.fromkeys(value, TICK) if isinstance(value, tuple) else {}


def _as_typed(field: Field, typed: str) -> Mapping[str, str]:
    """What was typed at a level stands there; other words where they are not taken for the tick of a level."""
    lines = [line for line in typed.split("\n") if line.strip()]
    ticked = {f"☒ {tick.level.label}": tick.level.code for tick in field.ticks}
    empty = {f"☐ {tick.level.label}": tick.level.code for tick in field.ticks}
    others = [tick.level.code for tick in field.ticks if fold(tick.level.label) != fold(typed)]
    at = next(iter(others), field.ticks[0].level.code)
    found: dict[str, str] = {}
    for line in lines:
        if line in ticked:
            at = ticked[line]
            found[at] = TICK
        elif line in empty:
            at = empty[line]
        else:
            found[at] = f"{found[at]}\n{line}" if at in found else line
    return found
