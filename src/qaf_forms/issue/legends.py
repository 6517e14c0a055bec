"""What the levels of scales mean, once above the table whose columns or questions use them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qaf_forms.define.scale import Level, Scale
from qaf_forms.define.words import Words, joined
from qaf_forms.issue.fields import ColumnHead, Field


@dataclass(frozen=True, slots=True)
class Legend:
    """The levels of one scale that have a meaning. `head` says where they are used, if there are several legends."""

    head: str
    levels: tuple[Level, ...]

    @property
    def lines(self) -> list[str]:
        """The levels as printed: `Met: everyone can find it`."""
        return [meaning_line(level) for level in self.levels]


def meaning_line(level: Level) -> str:
    """A level with its meaning, as printed."""
    return f"{level.label}: {level.meaning}"


def column_legends(columns: Sequence[ColumnHead], words: Words) -> list[Legend]:
    """The legends of a grid or table."""
    return _legends([(words.quoted.format(text=column.title), column.scale) for column in columns], words)


def question_legends(fields: Sequence[Field], words: Words) -> list[Legend]:
    """The legends that questions in one table share. What a single question uses stands with it."""
    uses = Counter(_explained(field.scale) for field in fields)
    return _legends([(field.code, field.scale) for field in fields if uses[_explained(field.scale)] > 1], words)


def explained_levels(scale: Scale | None) -> tuple[Level, ...]:
    """The levels whose meaning is said."""
    return tuple(level for level in scale.levels if level.meaning) if scale else ()


def _explained(scale: Scale | None) -> tuple[str, ...]:
    return tuple(meaning_line(level) for level in explained_levels(scale))


def _legends(uses: Iterable[tuple[str, Scale | None]], words: Words) -> list[Legend]:
    levels: dict[tuple[str, ...], tuple[Level, ...]] = {}
    names: dict[tuple[str, ...], dict[str, None]] = {}
    for name, scale in uses:
        if said := _explained(scale):
            levels.setdefault(said, explained_levels(scale))
            names.setdefault(said, {})[name] = None
    if len(levels) < 2:
        return [Legend("", found) for found in levels.values()]
    return [
        Legend(words.levels_in.format(places=joined(words.conditions.both, [*names[said]])), found)
        for said, found in levels.items()
    ]
