"""Puts the facts of a return's stamp into what was learned from a blank copy, where marks stand for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qaf_forms.issue.stamp import Stamp


class Stamped:
    """Fills in pieces of a blank copy, whose stamp was `blank`: all of its facts are marks."""

    def __init__(self, blank: Stamp) -> None:
        self._blank = blank
        self._line = blank.line
        self._marks = (blank.round, blank.recipient, *blank.cover.values())

    def is_in(self, texts: Iterable[str]) -> bool:
        """Whether something of the stamp is printed in any of these."""
        return any(mark in text for text in texts for mark in self._marks)

    def of(self, stamp: Stamp | None, line: str) -> Facts:
        """The facts of a copy with this stamp, whose line is spelt so.

        Without its properties a stamp has no cover, though the copy has one: then what it said is not known.
        """
        known = stamp.cover if stamp else {}
        absent = [mark for name, mark in self._blank.cover.items() if known and name not in known]
        facts = {self._line: line, self._blank.round: stamp.round if stamp else ""}
        facts[self._blank.recipient] = stamp.recipient if stamp else ""
        facts |= {mark: known.get(name, "") for name, mark in self._blank.cover.items()}
        return Facts(absent, list(facts.items()))


class Facts(NamedTuple):
    """What a copy has where a blank one has marks: the marks of facts that are not its own, and each mark's fact."""

    absent: Sequence[str]
    by_mark: Sequence[tuple[str, str]]

    def put_into(self, texts: Sequence[str]) -> Sequence[str]:
        """The texts as the copy prints them; none if they are about a fact that it does not have."""
        if self.absent and any(mark in text for text in texts for mark in self.absent):
            return ()
        return [_put(text, self.by_mark) for text in texts]


def _put(text: str, facts: Iterable[tuple[str, str]]) -> str:
    for mark, fact in facts:
        text = text.replace(mark, fact)
    return text
