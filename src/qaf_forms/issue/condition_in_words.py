"""Conditions as a person reads them: "B2 is No or Partly"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from qaf_forms.define.condition import All, Answered, AnyOf, AtLeast, Condition, Is, Not
from qaf_forms.define.scale import Scale
from qaf_forms.define.words import ConditionWords, joined
from qaf_forms.issue.fields import Field


@dataclass(frozen=True, slots=True)
class InWords:
    """Says conditions in one language.

    `find` gives the field of a key; `names` and `scales` are those of keys that are no field's, such as the ids of
    columns.
    """

    find: Callable[[str], Field | None]
    words: ConditionWords
    names: Mapping[str, str]
    scales: Mapping[str, Scale | None] = field(default_factory=dict)

    def say(self, condition: Condition, *, negated: bool = False) -> str:
        """The condition, or that it does not hold."""
        if isinstance(condition, Not):
            inner = condition.condition
            if isinstance(inner, Is | Answered | AtLeast):
                return self.say(inner, negated=not negated)
            return self.words.not_so.format(condition=self.say(inner))
        if isinstance(condition, All | AnyOf):
            template = self.words.both if isinstance(condition, All) else self.words.either
            said = joined(template, [self.say(part) for part in condition.conditions])
            return self.words.not_so.format(condition=said) if negated else said
        return self._simple(condition, negated)

    def _simple(self, condition: Is | AtLeast | Answered, negated: bool) -> str:
        words, field = self.words, self.find(condition.key)
        name = self.names.get(condition.key) or (field.name if field else condition.key)
        if isinstance(condition, Answered):
            return (words.not_answered if negated else words.answered).format(name=name)
        if isinstance(condition, AtLeast):
            return (words.less_than if negated else words.at_least).format(name=name, number=condition.at_least)
        scale = self.scales.get(condition.key, field.scale if field else None)
        levels = [scale.level(value) if scale else None for value in condition.values]
        shown = [level.label if level else value for level, value in zip(levels, condition.values, strict=True)]
        template = words.one_is_not if negated else words.one_is
        return template.format(name=name, answers=joined(words.either, shown))
