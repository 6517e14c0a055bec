"""What a template left to its author and nobody has written yet: YOUR QUESTIONS, YOUR PARTNERSHIP."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qaf_forms.define.yaml_source import Source
from qaf_forms.problems import Code, Problem

_LEFT = re.compile(r"(?:#|:) *[\"']?(YOUR (?:QUESTIONS|PARTNERSHIP))\b")
"""As the templates of `qaf-forms new` write it: in a comment of its own, or in place of a text."""


def left_to_write(source: Source, lines: Sequence[str]) -> Iterator[Problem]:
    """Every place of a file that still has to be written."""
    for number, line in enumerate(lines, start=1):
        if found := _LEFT.search(line):
            place = source.place(number, found.start(1) + 1)
            yield Code.LEFT_TO_WRITE.problem(place=place, value=found[1])
