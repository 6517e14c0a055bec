"""What a template left to its author and nobody has written yet: YOUR QUESTIONS, YOUR PARTNERSHIP."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qaf_forms.define.suggesting import listed
from qaf_forms.define.yaml_source import Source
from qaf_forms.problems import Code, Problem

_LEFT = re.compile(r"(?:#|:) *[\"']?(YOUR (?:QUESTIONS|PARTNERSHIP))\b")
"""As the templates of `qaf-forms new` write it: in a comment of its own, or in place of a text."""


def left_to_write(source: Source, lines: Sequence[str]) -> Iterator[Problem]:
    """Everything in a file that still has to be written: each once, with all its lines."""
    places: dict[str, list[tuple[int, int]]] = {}
    for number, line in enumerate(lines, start=1):
        if found := _LEFT.search(line):
            places.setdefault(found[1], []).append((number, found.start(1) + 1))
    for words, ((line_number, column), *others) in places.items():
        lines_too = "lines" if others[1:] else "line"
        also = f", and on {lines_too} {listed(str(number) for number, _ in others)}" if others else ""
        yield Code.LEFT_TO_WRITE.problem(place=source.place(line_number, column), value=words, also=also)
