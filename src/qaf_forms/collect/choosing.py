"""Recognises levels of a scale in what people type, tick and leave standing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from qaf_forms.collect.boxes import redrawn
from qaf_forms.collect.outcome import Outcome
from qaf_forms.define.scale import Level, Scale, fold
from qaf_forms.issue.fields import Field
from qaf_forms.problems import Code

_TICKED = re.compile(r"\s*(?:☒|☑|✓|✔|🗹|\[[xX✓]\])\s*")
_UNTICKED = re.compile(r"\s*(?:☐|\[\s*\])\s*")
_BOX = re.compile("[☒☑☐🗹]")
_BEFORE_BOX = re.compile("(?<=.)(?=[☒☑☐🗹])")
_AFTER_LEVEL = re.compile(r"(?<![0-9])[:;,.(]|[:;,.(](?![0-9])|\n|\s[-–—]\s")
_LOOSELY = 200
"""Characters by which a level may be longer than it is printed, with spaces and punctuation."""
_BETWEEN_LEVELS = re.compile(r"\s*[;\n]\s*")


@cache
def _loosely_between(words: tuple[str, ...]) -> re.Pattern[str]:
    joining = "|".join(["and", "or", "to", *map(re.escape, words)])
    return re.compile(rf"\s*,\s*|\s+(?:{joining})\s+|\s*&\s*|\s*/\s*|\s*\n\s*|\s*;\s*")


def choose_one(space: Field, text: str) -> Outcome:
    """The one level that `text` names."""
    scale = _scale(space)
    level = scale.recognise(text)
    if level is not None:
        return _surely(level, text)
    boxes = _redrawn(scale, text)
    if _BOX.search(boxes):
        return _one_of_boxes(scale, boxes)
    level = _by_initial(scale, text)
    return Outcome(level.code) if level else _leading_level(space, text)


def choose_several(space: Field, text: str) -> Outcome:
    """Every level that `text` names: ticked boxes, or labels between semicolons or on lines of their own."""
    scale = _scale(space)
    outcome = Outcome()
    chosen: set[str] = set()
    pieces = _pieces(_redrawn(scale, text))
    boxed = [piece for piece in pieces if _TICKED.match(piece) or _UNTICKED.match(piece)]
    if not boxed and _are_printed_labels(space, text):
        return outcome.note(Code.WITHOUT_BOX)
    for piece in pieces:
        if box := _UNTICKED.match(piece):
            rest = piece[box.end() :]
            if rest and scale.recognise(rest) is None:
                outcome.note(Code.NOT_ON_THE_SCALE, value=piece, levels=_levels(scale))
        elif box := _TICKED.match(piece):
            _several_in(space, piece[box.end() :], chosen, outcome)
        elif boxed and (level := scale.recognise(piece)) is not None:
            if not _is_left_blank(scale, level, pieces):
                outcome.note(Code.WITHOUT_BOX, value=piece)
        else:
            _several_in(space, piece, chosen, outcome)
    outcome.value = tuple(level.code for level in scale.levels if level.code in chosen) or None
    return outcome


def _redrawn(scale: Scale, text: str) -> str:
    return redrawn(text, lambda words: scale.recognise(words) is not None)


def _are_printed_labels(space: Field, text: str) -> bool:
    """Whether all the labels stand in lines of their own, as they are printed beside the boxes that are gone."""
    lines = [line.strip() for line in text.split("\n")]
    return bool(space.ticks) and all(tick.level.label in lines for tick in space.ticks)


def _is_left_blank(scale: Scale, level: Level, pieces: Sequence[str]) -> bool:
    """Whether a label without a box was certainly not chosen: others have ticks, and all of them stand there once.

    It makes no difference either where its own box is ticked besides.
    """
    boxes = [(_TICKED.match(piece) or _UNTICKED.match(piece), piece) for piece in pieces]
    named = [scale.recognise(piece[box.end() :] if box else piece) for box, piece in boxes]
    if any(one is level and _TICKED.match(piece) for one, piece in zip(named, pieces, strict=True)):
        return True
    has_empty = any(_UNTICKED.match(piece) for piece in pieces)
    return not has_empty and all(named.count(one) == 1 for one in scale.levels)


def _surely(level: Level, text: str) -> Outcome:
    """A level that was named and nothing else; with a question mark behind it, somebody was not sure."""
    outcome = Outcome(level.code)
    if "?" in text and "?" not in level.label:
        outcome.note(Code.MORE_THAN_THE_LEVEL, value=text, level=level.label)
    return outcome


def _pieces(text: str) -> list[str]:
    """The parts of an answer: lines and what stands between semicolons; a line of boxes is split before each box."""
    return [
        part.strip()
        for piece in _BETWEEN_LEVELS.split(text)
        for part in (_BEFORE_BOX.split(piece) if _BOX.match(piece) else [piece])
        if part.strip()
    ]


def _several_in(space: Field, piece: str, chosen: set[str], outcome: Outcome) -> None:
    scale = _scale(space)
    level = scale.recognise(piece)
    if level is not None:
        chosen.add(level.code)
        outcome.notes.extend(_surely(level, piece).notes)
        return
    found = [scale.recognise(part) for part in _loosely_between(space.words.between_answers).split(piece)]
    known = [one for one in found if one]
    if len(known) == len(found):
        chosen.update(one.code for one in known)
        return
    start = None if _BOX.search(piece) else _level_before(scale, piece)
    if start is not None:
        chosen.add(start[0].code)
        outcome.behind.append((start[0].code, start[1]))
        outcome.note(Code.MORE_THAN_THE_LEVEL, value=piece, level=start[0].label)
    else:
        outcome.note(Code.NOT_ON_THE_SCALE, value=piece, levels=_levels(scale))


def _one_of_boxes(scale: Scale, text: str) -> Outcome:
    """The level beside the only ticked box. Boxes that stand behind their labels could be anyone's."""
    ticked: list[Level] = []
    others: list[str] = []
    for piece in _pieces(text):
        box = _TICKED.match(piece) or _UNTICKED.match(piece)
        level = scale.recognise(piece[box.end() :]) if box else None
        if box is None or level is None:
            others.append(piece)
        elif _TICKED.match(piece):
            ticked.append(level)
    if len(ticked) > 1:
        return Outcome().note(Code.SEVERAL_LEVELS)
    if not others:
        return Outcome(ticked[0].code if ticked else None)
    if ticked and not any(_BOX.search(piece) or scale.recognise(piece) for piece in others):
        return Outcome(ticked[0].code).note(Code.MORE_THAN_THE_LEVEL, level=ticked[0].label)
    return Outcome().note(Code.NOT_ON_THE_SCALE, levels=_levels(scale))


def _by_initial(scale: Scale, text: str) -> Level | None:
    """The only level that begins with the one letter typed: "R" for Red."""
    letter = fold(text)
    return scale.beginning_with(letter) if len(letter) == 1 and letter.isalpha() else None


def _leading_level(space: Field, text: str) -> Outcome:
    """A level followed by more words: "Complete: done in March"."""
    scale = _scale(space)
    parts = [scale.recognise(part) for part in _loosely_between(space.words.between_answers).split(text) if part]
    if len(parts) > 1 and all(parts):
        only = {level.code for level in parts if level}
        return Outcome(only.pop()) if len(only) == 1 else Outcome().note(Code.SEVERAL_LEVELS)
    start = _level_before(scale, text)
    if start is None:
        return Outcome().note(Code.NOT_ON_THE_SCALE, levels=_levels(scale))
    level, rest = start
    other = scale.recognise(rest)
    if other is not None and other is not level:
        return Outcome().note(Code.SEVERAL_LEVELS)
    outcome = Outcome(level.code, behind=[(level.code, rest)])
    return outcome.note(Code.MORE_THAN_THE_LEVEL, level=level.label)


def _level_before(scale: Scale, text: str) -> tuple[Level, str] | None:
    """The level at the start of a text, and the words behind it."""
    furthest = scale.longest + _LOOSELY
    for match in _AFTER_LEVEL.finditer(text):
        if match.start() > furthest:
            break  # or a long text would be looked at once for each of its commas
        level = scale.recognise(text[: match.start()])
        if level is not None:
            return level, text[match.end() :]
    return None


def _levels(scale: Scale) -> str:
    return ", ".join(scale.labels)


def _scale(space: Field) -> Scale:
    if space.scale is None:
        raise TypeError(f"{space.key} has no scale")
    return space.scale
