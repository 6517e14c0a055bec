"""Finds the printed lines in pieces that are not as they were printed: written into, cut in two, moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeAlias

from qaf_forms.collect.pieces import Key, Part, folded, text_in
from qaf_forms.plugin.interfaces import Extra

Piece: TypeAlias = tuple[Key, Sequence[Part]]
_Line: TypeAlias = tuple[str, str]
"""As it stands, and folded."""
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
        self._known_rows: dict[tuple[str, ...], Counter[str]] = {}
        self._printed = [Counter(lines) for lines in printed]
        self._with_line: dict[str, list[int]] = {}
        for number, lines in enumerate(self._printed):
            for line in lines:
                self._with_line.setdefault(line, []).append(number)

    def written(self, pieces: Sequence[Piece]) -> Iterator[Extra]:
        """What in these was not printed."""
        words = [_words_of(self._split(*piece)) for piece in islice(pieces, _MOST_COMPARED)]
        best = [max(self._shared(some).values(), default=0) for some in words]
        spent: dict[int, Counter[str]] = {}
        for number in sorted(range(len(words)), key=lambda one: -best[one]):
            shared = self._shared(words[number])
            if shared:
                spent[number] = self._take(max(shared, key=lambda one: shared[one]), words[number])
        spare = sum(self._printed, Counter())
        for number, piece in enumerate(pieces):
            split = self._split(*piece)
            own = spent.get(number) or self._pasted(_words_of(split))
            for part, lines in split:
                left = [line for line, word in lines if not self._is_printed(word, own, spare)]
                if left:
                    yield _extra(part, "\n".join(left))

    def _split(self, key: Key, parts: Sequence[Part]) -> list[tuple[Part, list[_Line]]]:
        """The lines of each cell or paragraph that say something. Of one that has a single line, the key is known."""
        keys = (key,) if isinstance(key, str) else key
        return [(part, self._lines(text_in(part), word)) for part, word in zip(parts, keys, strict=True)]

    def _lines(self, text: str, whole: str) -> list[_Line]:
        if "\n" not in text:
            return [(text, whole)] if text.strip() not in self._marks else []
        lines = [(line, folded(line)) for line in text.split("\n")]
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
        known = tuple(word for word in words if word in self._rows)
        if len(known) < _SURELY:
            return Counter()
        if known not in self._known_rows:
            written = Counter(known)
            shared = (row & written for word in written for row in self._rows[word])
            self._known_rows[known] = max(shared, key=lambda one: one.total())
        most = self._known_rows[known]
        return most.copy() if most.total() >= _SURELY else Counter()

    def _is_printed(self, word: str, own: Counter[str], spare: Counter[str]) -> bool:
        for known in (own,) if word in self._answers else (own, spare):
            if known[word] > 0:
                known[word] -= 1
                return True
        return False


def _words_of(split: Iterable[tuple[Part, Iterable[_Line]]]) -> list[str]:
    return [word for _, lines in split for _, word in lines]


def _extra(part: Part, text: str) -> Extra:
    return Extra("text", part.place, text)
