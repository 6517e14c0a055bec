"""Decides whose an answer is that stands beside words which several questions have, such as those about each child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from qaf_forms.collect.located import Located
from qaf_forms.issue.fields import Field
from qaf_forms.plugin.interfaces import Cell, Route, Table
from qaf_forms.problems import Code


class Twin(NamedTuple):
    """A cell marked as the space of one question, beside the code of another with the same words."""

    space: Field
    beside: Field
    cell: Cell
    route: Route


class Codeless(NamedTuple):
    """An answer in a row without a code, beside words, folded, that several questions have: its own, or not."""

    space: Field
    cell: Cell
    words: str


class TwinQuestions:
    """Knows which words several questions of one layout have; `words` are those of each code, folded."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        counts = Counter(words.values())
        self._shared = frozenset(label for label, count in counts.items() if count > 1 and label)

    def codeless(self, space: Field, cell: Cell, words: Set[str]) -> Iterable[Codeless]:
        """What there is to decide of an answer that was taken in a row with these words and no code."""
        return (Codeless(space, cell, label) for label in self._shared & words)

    def take(self, twins: Iterable[Twin], tables: Iterable[Table], located: Located) -> None:
        """Take cells whose code and mark disagree and whose words fit both.

        A code that stands in the file once, or as often as that of the mark, is that of its row: what people see was
        moved, and marks stayed. One that stands there more often may have been copied with a row whose words somebody
        wanted again: the mark is believed.
        """
        codes = Counter(
            cell.value for table in tables for row in table.rows for cell in row if cell.value in self._words
        )
        for space, beside, cell, route in twins:
            if codes[beside.code] <= max(1, codes[space.code]):
                located.take(beside, cell, Route.CODE)
            elif located.take(space, cell, route):
                located.note(Code.DOUBTFUL_ROW, space.key, cell, cell.value, shown=beside.code, name=space.name)

    def doubt(self, found: Iterable[Codeless], located: Located) -> None:
        """Doubt all of these answers, if any of them stands beside the words of others.

        Then rows were moved under their marks and have no codes: also where the words fit, a row may be another's.
        """
        found = [*found]
        if any(one.words != self._words[one.space.code] for one in found):
            for space, cell, words in found:
                located.note(Code.DOUBTFUL_ROW, space.key, cell, cell.value, shown=repr(words), name=space.name)
