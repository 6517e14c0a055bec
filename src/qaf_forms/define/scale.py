"""Scales: the levels that a choice is made from.

Order, score, colour and "not applicable" are separate facts of a level. Real forms use 0 for "N/A", for "worst" and for
"don't know", and blue for both "complete" and "suspended", so none of them is ever inferred from another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=r"^[^\n\r]+$", strip_whitespace=True)]
Label = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\n\r;☐☒☑]+$", strip_whitespace=True)
]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]


class DefinitionModel(BaseModel):
    """Base of everything that can stand in a definition: immutable, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_Model = TypeVar("_Model", bound=DefinitionModel)


def with_changes(model: _Model, changes: Mapping[str, Any]) -> _Model:
    """A copy with other values, which fit, and without what the model has worked out from its own so far."""
    values = {name: getattr(model, name) for name in type(model).model_fields}
    made: Any = type(model).model_construct(model.model_fields_set | set(changes), **{**values, **changes})
    return cast("_Model", made)


class Level(DefinitionModel):
    """One answer on a scale. `code` stands in data and never changes; `label` is what is printed."""

    code: Identifier
    label: Label
    meaning: Line | None = None
    score: Decimal | None = None
    order: int | None = Field(default=None, description="Rank from worst to best, where the levels have one")
    colour: Colour | None = None
    specify: Line | None = Field(
        default=None,
        description="Asked for in words when this level is chosen: `which agency?`; the form makes the space for it",
    )
    is_na: bool = Field(default=False, description="The question does not apply; left out of every denominator")
    is_nonresponse: bool = Field(default=False, description="Don't know, prefer not to say: counted apart")
    aliases: tuple[Line, ...] = Field(default=(), description="Other ways in which people write this answer")


class Scale(DefinitionModel):
    """An ordered list of levels that questions share by name."""

    title: Line | None = None
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]

    def level(self, code: str) -> Level | None:
        """The level with this code, if there is one."""
        return self._by_code.get(code)

    def recognise(self, text: str) -> Level | None:
        """The level that a person meant by `text`: its label, code or an alias, whatever the case and punctuation."""
        return self._by_spelling.get(text) or self._by_word.get(fold(text) or text)

    def beginning_with(self, letter: str) -> Level | None:
        """The only level whose label begins with this letter: "R" for Red."""
        first = fold(letter)
        found = [level for level in self.levels if fold(level.label).startswith(first)]
        return found[0] if len(found) == 1 else None

    @property
    def labels(self) -> tuple[str, ...]:
        """What is printed, in order."""
        return tuple(level.label for level in self.levels)

    @property
    def has_na(self) -> bool:
        """Whether a respondent can say that the question does not apply."""
        return any(level.is_na for level in self.levels)

    @cached_property
    def longest(self) -> int:
        """The length of the longest of all the ways to write its levels."""
        return max(len(spelling) for one in self.levels for spelling in (one.label, one.code, *one.aliases))

    @cached_property
    def _by_code(self) -> dict[str, Level]:
        return {level.code: level for level in self.levels}

    @cached_property
    def _by_word(self) -> dict[str, Level]:
        words: dict[str, Level] = {}
        spellings = [(level, level.label) for level in self.levels]
        spellings += [(level, level.code) for level in self.levels]
        spellings += [(level, alias) for level in self.levels for alias in level.aliases]
        for level, spelling in spellings:
            words.setdefault(fold(spelling) or spelling, level)
        return words

    @cached_property
    def _by_spelling(self) -> dict[str, Level]:
        """The levels by their labels as printed, which is how most answers are written: no need to fold those."""
        return {label: self._by_word[fold(label) or label] for label in self.labels}


_ASIDE = r"[\s_\-‐-―−'’‘`´\"“”.,:;!?()\[\]/\\•·…\u00ad\u200b-\u200f\u2060\ufeff]+"
_NOT_TELLING = re.compile(_ASIDE)
_BETWEEN_DIGITS = re.compile(f"(?<=[0-9]){_ASIDE}(?=[0-9])")


def fold(text: str) -> str:
    """Reduce `text` to what tells one level or column head from another: no case, spacing or punctuation.

    Punctuation between two digits tells: 1-4 is not 14, and 2.5 is not 25.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    if _BETWEEN_DIGITS.search(plain):
        parts = _BETWEEN_DIGITS.split(plain)
        marks = [_one_mark(mark) for mark in _BETWEEN_DIGITS.findall(plain)]
        return "".join(_NOT_TELLING.sub("", part) + mark for part, mark in zip(parts, [*marks, ""], strict=True))
    return _NOT_TELLING.sub("", plain)


def _one_mark(found: str) -> str:
    mark = found.strip()[:1]
    return "-" if mark and mark in "‐‑‒–—―−" else mark or " "


YES_NO = Scale(
    levels=(
        Level(code="yes", label="Yes", aliases=("y", "true", "✓", "✔")),
        Level(code="no", label="No", aliases=("n", "false", "✗", "✘")),
    )
)
