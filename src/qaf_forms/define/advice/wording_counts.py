"""How hard words are to read: sentences, words and syllables, and the age they are written for.

The age is the Flesch-Kincaid grade (a published formula that councils and the NHS use) and five, since grade 1 is for
children of six. Syllables are counted by syllapy: a word list, and rules for the words that are not on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qaf_forms.define.markup import paragraphs

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"(?<=[.?!:;])[”\"')]*\s+|\s[–—-]\s")
_SHORTEST = 4
"""A heading or a label of fewer words is no sentence, and would make any text look easy."""
_AGE_IN_FIRST_GRADE = 5


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its words and their syllables."""

    text: str
    words: int
    syllables: int

    @property
    def age(self) -> float:
        """The age it is written for."""
        return reading_age((self,))


def sentences(markdown: str) -> list[Sentence]:
    """The sentences of a piece of prose, in order."""
    found = []
    for paragraph in paragraphs(markdown):
        for text in _END.split(paragraph.text):
            words = words_in(text)
            if len(words) >= _SHORTEST:
                found.append(Sentence(text.strip(), len(words), sum(map(syllables, words))))
    return found


def reading_age(counted: Iterable[Sentence]) -> float:
    """The age that sentences are written for, taken together."""
    every = list(counted)
    words, syllables_ = sum(one.words for one in every), sum(one.syllables for one in every)
    return 0.39 * words / len(every) + 11.8 * syllables_ / words - 15.59 + _AGE_IN_FIRST_GRADE


def words_in(text: str) -> list[str]:
    """The words of a text, without numbers and marks."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """How many syllables a word has; letters said one by one (DBS, GP) count as easy."""
    import syllapy  # only `check` needs it, and its word list takes a moment to read

    return 1 if word.isupper() else max(1, int(syllapy.count(word.replace("’", "'"))))
