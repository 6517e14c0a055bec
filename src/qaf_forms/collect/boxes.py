"""Tick boxes that stand in cells of their own, as lines: how they stand when they share one cell."""

from __future__ import annotations

from qaf_forms.define.scale import fold
from qaf_forms.define.words import Words

BOXES = frozenset("☒☑☐")
_TICKS = frozenset({"x", "y", "yes", "true", "1", "tick", "ticked", "☒", "☑", "✓", "✔", "✗", "✘", "v", "ü", "√"})
_NO_TICKS = frozenset({"n", "no", "false", "0", "☐"})


def box_line(value: str, label: str, words: Words) -> str:
    """The line of one box: ticked or not, its label, and what was typed beyond a tick or a no."""
    folded = fold(value) or value
    if folded in _TICKS or folded in words.says_yes:
        return f"☒ {label}"
    if value[:1] in BOXES and len(value) > 1:
        return value
    return f"☐ {label}" if not value or folded in _NO_TICKS or folded in words.says_no else f"☐ {label}\n{value}"
