"""Finds the printed lines in pieces that are not as they were printed: written into, cut in two, moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from qaf_forms.collect.pieces import Part, folded, text_in
from qaf_forms.plugin.interfaces import Extra

_SURELY = 2
_MOST_COMPARED = 5_000
"""Pieces in one file: a form has a few hundred, a hostile file any number."""


class Matcher:
    """Matches pieces of a file with pieces of a blank copy that were not found as they are, given by their lines.

    Each is matched with the one that most of its lines are in. What is left of those may stand anywhere else, but for
    words that could be an answer, `answers`. `marks` are placeholders, which may come away from their spaces. `rows`
    are the lines of every printed row by each of them: a row that was pasted again, and written in, is known by two.
    """

    def __init__(
        self,
        printed: Iterable[Iterable[str]],
        rows: Mapping[str, Sequence[Counter[str]]],
        answers: frozenset[str],
        marks: frozenset[str],
    ) -> None:
        self._rows = rows
        self._answers = answers
        self._marks = marks
        self._printed = [Counter(lines) for lines in printed]
        self._with_line: dict[str, list[int]] = {}
        for number, lines in enumerate(self._printed):
            for line in lines:
                self._with_line.setdefault(line, []).append(number)

    def written(self, pieces: Sequence[Sequence[Part]]) -> Iterator[Extra]:
        """What in these was not printed."""
        split = [[(part, self._lines(part)) for part in piece] for piece in pieces]
        words = [[word for _, lines in piece for _, word in lines] for piece in split]
        compared = range(min(len(words), _MOST_COMPARED))
        best = [max(self._shared(words[number]).values(), default=0) for number in compared]
        spent: dict[int, Counter[str]] = {}
        for number in sorted(compared, key=lambda one: -best[one]):
            shared = self._shared(words[number])
            if shared:
                spent[number] = self._take(max(shared, key=lambda one: shared[one]), words[number])
        spare = sum(self._printed, Counter())
        for number, piece in enumerate(split):
            own = spent.get(number) or self._pasted(words[number])
            for part, lines in piece:
                left = [line for line, word in lines if not self._is_printed(word, own, spare)]
                if left:
                    yield _extra(part, "\n".join(left))

    def _lines(self, part: Part) -> list[tuple[str, str]]:
        """The lines of a cell or paragraph that say something, as they stand and folded."""
        lines = [(line, folded(line)) for line in text_in(part).split("\n")]
        return [(line, word) for line, word in lines if word and line.strip() not in self._marks]

    def _shared(self, words: Iterable[str]) -> Counter[int]:
        """How many lines are shared with each printed piece that is not taken yet."""
        return Counter(number for word in words for number in self._with_line.get(word, ()))

    def _take(self, number: int, words: Iterable[str]) -> Counter[str]:
        """Take a printed piece: what of it stands in these lines. The rest of it may stand elsewhere."""
        printed = self._printed[number]
        for line in printed:
            self._with_line[line].remove(number)
        taken = printed & Counter(words)
        self._printed[number] = printed - taken
        return taken

    def _pasted(self, words: Sequence[str]) -> Counter[str]:
        """The lines that these have in common with a printed row, if they are two or more."""
        if self._rows.keys().isdisjoint(words):
            return Counter()
        written = Counter(words)
        shared = [row & written for word in written for row in self._rows.get(word, ())]
        most = max(shared, key=lambda one: one.total(), default=Counter())
        return most if most.total() >= _SURELY else Counter()

    def _is_printed(self, word: str, own: Counter[str], spare: Counter[str]) -> bool:
        for known in (own,) if word in self._answers else (own, spare):
            if known[word] > 0:
                known[word] -= 1
                return True
        return False


def _extra(part: Part, text: str) -> Extra:
    return Extra("text", part.place, text)
