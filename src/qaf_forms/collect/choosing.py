"""Recognises levels of a scale in what people type, tick and leave standing."""

from __future__ import annotations

import re

from qaf_forms.collect.outcome import Outcome
from qaf_forms.define.scale import Level, Scale, fold
from qaf_forms.issue.fields import Field
from qaf_forms.problems import Code

_TICKED = re.compile(r"^\s*(?:☒|☑|✓|✔|🗹|\[[xX✓]\])\s*")
_UNTICKED = re.compile(r"^\s*(?:☐|\[\s*\])\s*")
_BOX = re.compile("[☒☑☐✓✔🗹]")
_AFTER_LEVEL = re.compile(r"[:;,.(\n]|\s[-–—]\s")
_BETWEEN_LEVELS = re.compile(r"\s*[;\n]\s*")
_LOOSELY_BETWEEN = re.compile(r"\s*,\s*|\s+and\s+|\s*&\s*|\s*/\s*")


def choose_one(space: Field, text: str) -> Outcome:
    """The one level that `text` names."""
    scale = _scale(space)
    level = scale.recognise(text)
    if level is not None:
        return Outcome(level.code)
    if _BOX.search(text):
        return _one_of_boxes(scale, text)
    if level := _by_initial(scale, text):
        return Outcome(level.code)
    return _leading_level(scale, text)


def choose_several(space: Field, text: str) -> Outcome:
    """Every level that `text` names: ticked boxes, or labels between semicolons or on lines of their own."""
    scale = _scale(space)
    outcome = Outcome()
    chosen: set[str] = set()
    for piece in _pieces(text):
        if _UNTICKED.match(piece):
            rest = _UNTICKED.sub("", piece)
            if rest and scale.recognise(rest) is None:
                _several_in(scale, rest, chosen, outcome)
            continue
        _several_in(scale, _TICKED.sub("", piece), chosen, outcome)
    outcome.value = tuple(level.code for level in scale.levels if level.code in chosen) or None
    return outcome


def _pieces(text: str) -> list[str]:
    """The parts of an answer: lines and what stands between semicolons; a line of boxes is split before each box."""
    pieces = [piece for piece in _BETWEEN_LEVELS.split(text) if piece]
    return [part for piece in pieces for part in re.split("(?<=.)(?=[☒☑☐])", piece) if part.strip()]


def _several_in(scale: Scale, piece: str, chosen: set[str], outcome: Outcome) -> None:
    level = scale.recognise(piece)
    found = [level] if level else [scale.recognise(part) for part in _LOOSELY_BETWEEN.split(piece)]
    known = [one for one in found if one]
    if len(known) == len(found):
        chosen.update(one.code for one in known)
        return
    start = _leading_level(scale, piece)
    if isinstance(start.value, str):
        chosen.add(start.value)
        outcome.notes.extend(start.notes)
    else:
        outcome.note(Code.NOT_ON_THE_SCALE, value=piece, levels=_levels(scale))


def _one_of_boxes(scale: Scale, text: str) -> Outcome:
    several = Outcome()
    chosen: set[str] = set()
    for piece in _pieces(text):
        if _TICKED.match(piece):
            _several_in(scale, _TICKED.sub("", piece), chosen, several)
    if len(chosen) == 1 and not several.notes:
        return Outcome(chosen.pop())
    if len(chosen) > 1:
        return Outcome().note(Code.SEVERAL_LEVELS)
    return Outcome().note(Code.NOT_ON_THE_SCALE, levels=_levels(scale)) if several.notes or chosen else Outcome()


def _by_initial(scale: Scale, text: str) -> Level | None:
    """The only level that begins with the one letter typed: "R" for Red."""
    letter = fold(text)
    if len(letter) != 1 or not letter.isalpha():
        return None
    found = [level for level in scale.levels if fold(level.label).startswith(letter)]
    return found[0] if len(found) == 1 else None


def _leading_level(scale: Scale, text: str) -> Outcome:
    """A level followed by more words: "Complete: done in March"."""
    for match in _AFTER_LEVEL.finditer(text):
        level = scale.recognise(text[: match.start()])
        if level is not None:
            named = [
                other for other in scale.levels if other is not level and fold(text[match.end() :]) == fold(other.label)
            ]
            if named:
                return Outcome().note(Code.SEVERAL_LEVELS)
            return Outcome(level.code).note(Code.MORE_THAN_THE_LEVEL, level=level.label)
    parts = [scale.recognise(part) for part in _LOOSELY_BETWEEN.split(text)]
    if len(parts) > 1 and all(parts):
        return Outcome().note(Code.SEVERAL_LEVELS)
    return Outcome().note(Code.NOT_ON_THE_SCALE, levels=_levels(scale))


def _levels(scale: Scale) -> str:
    return ", ".join(scale.labels)


def _scale(space: Field) -> Scale:
    if space.scale is None:
        raise TypeError(f"{space.key} has no scale")
    return space.scale
