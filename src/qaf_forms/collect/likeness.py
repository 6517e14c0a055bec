"""Compares wordings, within bounds."""

from __future__ import annotations

from difflib import SequenceMatcher

_MOST_COMPARED = 20_000
"""Comparisons of wordings in one file: enough for any form that people reworded, and a few seconds at most."""


class Likeness:
    """How like two wordings are, within bounds: a file can hold a hundred thousand rows, and a cell megabytes."""

    def __init__(self) -> None:
        self._left = _MOST_COMPARED
        self._matchers: dict[str, SequenceMatcher[str]] = {}

    def of(self, words: str, label: str, least: float) -> float:
        """From 0 to 1; 0 also if it is less than `least`, or too much has been compared already."""
        if 2 * min(len(words), len(label)) < least * (len(words) + len(label)) or self._left <= 0:
            return 0.0
        self._left -= 1
        matcher = self._matchers.get(label)
        if matcher is None:
            matcher = self._matchers[label] = SequenceMatcher(None, "", label, autojunk=False)
        matcher.set_seq1(words)
        if matcher.quick_ratio() < least:
            return 0.0
        ratio = matcher.ratio()
        return ratio if ratio >= least else 0.0
