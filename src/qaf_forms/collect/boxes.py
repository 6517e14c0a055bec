"""Tick boxes as lines, a box and its label each, however they were drawn and wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qaf_forms.define.scale import fold
from qaf_forms.define.words import Words

BOXES = frozenset("☒☑☐")
_CROSSED = frozenset({"x", "✗", "✘", "❌", "✖"})
_TICKS = frozenset({"y", "yes", "true", "1", "tick", "ticked", "☒", "☑", "✓", "✔", "v", "ü", "√"})
_NO_TICKS = frozenset({"n", "no", "false", "0", "☐"})


def box_lines(boxes: Sequence[tuple[str, str]], words: Words) -> list[str]:
    """The lines of boxes that stand in cells of their own, by label and what was typed there.

    A line says whether its box is ticked, and what was typed beyond a tick or a no. A cross beside ticks could mean
    either, and stays as it was typed.
    """
    has_ticks = any(_is_tick(value, label, words) for label, value in boxes)
    return [_box_line(value, label, words, crosses_count=not has_ticks) for label, value in boxes]


def _is_tick(value: str, label: str, words: Words) -> bool:
    folded = fold(value) or value
    return folded in _TICKS or folded in words.says_yes or (bool(value) and folded == fold(label))


def _box_line(value: str, label: str, words: Words, *, crosses_count: bool) -> str:
    folded = fold(value) or value
    if _is_tick(value, label, words) or (crosses_count and folded in _CROSSED):
        return f"☒ {label}?" if "?" in value else f"☒ {label}"
    if value[:1] in BOXES and len(value) > 1:
        return value
    says_no = "?" not in value and (folded in _NO_TICKS or folded in words.says_no)
    return f"☐ {label}" if not value or says_no else f"☐ {label}\n{value}"


def told_again(typed: str, label: str, words: Words) -> str:
    """What was typed in a box and could not be told, so that it cannot be told either when it stands there alone."""
    alone = _box_line(typed, label, words, crosses_count=True)
    return f"☐ {typed}" if alone in (f"☒ {label}", f"☒ {label}?", f"☐ {label}") else typed


_FULL = "☒☑✓✔🗹✅⊠⮽■●◉⬛◼þý\uf0fe\uf0fd\uf078\uf052\uf053"
_HOLLOW = "☐□▢⬜❏❑◻◽¨\uf0a8\uf06f\uf071\uf072\uf0a3"
_CROSSES = "✗✘❌✖"
_RINGS = "○◯⚪"
_MARKS = _FULL + _HOLLOW + _CROSSES + _RINGS
_BRACKETS = r"[(\[]\s*(?P<{0}>[xX✓✔]?)\s*[)\]]"
_AT_START = re.compile(rf"\s*(?:{_BRACKETS.format('in')}|(?P<mark>[{_MARKS}])\ufe0f?|(?P<x>[xX])(?=\s))\s*")
_AT_END = re.compile(rf"\s*(?:{_BRACKETS.format('in')}|(?P<mark>[{_MARKS}])\ufe0f?|(?<=\s)(?P<x>[xX]))\s*$")


def redrawn(text: str, is_label: Callable[[str], bool]) -> str:
    """The same text with ☒ or ☐ before each label that has a mark of its own line before or behind it.

    The marks are those of fonts of pictures too, as their private characters or as what other fonts show for these.
    A cross means a tick beside empty boxes and none beside ticks; a ring is empty beside ticks. Otherwise they stay.
    """
    lines = text.split("\n")
    drawn = [_drawn(line, is_label) for line in lines]
    signs = {sign for sign, _ in drawn}
    meant = {"full": "☒", "hollow": "☐"}
    if "full" in signs:
        meant["ring"] = "☐"
    if signs & {"full", "hollow"} and not {"full", "hollow"} <= signs:
        meant["cross"] = "☐" if "full" in signs else "☒"
    return "\n".join(
        f"{meant[sign]} {label}" if sign in meant else line for line, (sign, label) in zip(lines, drawn, strict=True)
    )


def _drawn(line: str, is_label: Callable[[str], bool]) -> tuple[str, str]:
    """How the box of a line is drawn, and its label; nothing where the line is not one box and one label."""
    for match in (_AT_START.match(line), _AT_END.search(line)):
        if match is not None:
            label = (line[match.end() :] if match.start() == 0 else line[: match.start()]).strip()
            if label and is_label(label):
                return _sign(match), label
    return "", ""


def _sign(match: re.Match[str]) -> str:
    mark = match["mark"]
    if mark is None:
        return "full" if match["x"] or match["in"] else "hollow"
    if mark in _CROSSES:
        return "cross"
    return "full" if mark in _FULL else "ring" if mark in _RINGS else "hollow"
