"""What is left of a file when the answers are taken out: rows of cells and loose paragraphs, in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from qaf_forms.collect.raw_values import text_of
from qaf_forms.define.scale import fold
from qaf_forms.plugin.interfaces import Cell, Contents, Extra

EMPTY_MARKS = frozenset(" \t•·-–—_.…☐:;|")
Key: TypeAlias = str | tuple[str, ...]
"""What tells a piece from others: its folded text, or those of its cells."""
Part: TypeAlias = Cell | Extra
_MOST_KNOWN, _LONGEST_KNOWN = 20_000, 4_000
"""How many texts are remembered with what they fold to, and of what length: folding them costs time."""


class Stretch(NamedTuple):
    """One table, or all loose paragraphs: a key for each row or paragraph, and its cells or the paragraph itself."""

    keys: list[Key]
    pieces: list[list[Part]]


class Folding:
    """Folds texts, and remembers those of files of one form. `marks` are placeholders, which say nothing."""

    def __init__(self, marks: Iterable[str] = ()) -> None:
        self._known: dict[str, str] = dict.fromkeys(marks, "")

    def __call__(self, text: str) -> str:
        """The folded text; nothing for a text of empty boxes, bullets and dashes."""
        found = self._known.get(text)
        if found is None:
            found = folded(text)
            if len(self._known) < _MOST_KNOWN and len(text) < _LONGEST_KNOWN:
                self._known[text] = found
        return found

    def stretches(self, contents: Contents, claimed: set[int]) -> list[Stretch]:
        """The tables, then the paragraphs."""
        found = [self._rows(table.rows, claimed) for table in contents.tables]
        loose = [one for one in contents.loose if one.kind == "paragraph"]
        words = [self(one.text) for one in loose]
        pairs = [(word, one) for word, one in zip(words, loose, strict=True) if word]
        found.append(Stretch([word for word, _ in pairs], [[one] for _, one in pairs]))
        return found

    def _rows(self, rows: Iterable[list[Cell]], claimed: set[int]) -> Stretch:
        stretch = Stretch([], [])
        known = self._known.get
        for row in rows:
            left: list[Part] = []
            words: list[str] = []
            for cell in row:
                value = cell.value
                if value == "" or id(cell) in claimed:
                    continue
                word = known(value) if isinstance(value, str) else None
                if word is None:
                    word = self(text_of(value))
                if word:
                    words.append(word)
                    left.append(cell)
            if words:
                stretch.keys.append(words[0] if len(words) == 1 else tuple(words))
                stretch.pieces.append(left)
        return stretch


def folded(text: str) -> str:
    """A text without case, spacing and punctuation, unless that is all there is of it."""
    return "" if EMPTY_MARKS.issuperset(text) else fold(text) or text


def text_in(part: Part) -> str:
    """What stands in a cell or paragraph."""
    return part.text if isinstance(part, Extra) else text_of(part.value)


def lines_of(texts: Iterable[str]) -> list[str]:
    """The folded lines of some texts, those that say nothing left out."""
    return [word for text in texts for line in text.split("\n") if (word := folded(line))]
