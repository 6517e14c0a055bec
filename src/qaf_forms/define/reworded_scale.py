"""A scale in other words than those of the form, which still knows those of the form.

A return of a Welsh form may be answered in English, or in both. Whatever a person wrote is recognised in either, unless
it would mean two levels: "N/A" folds to "na", which is no in Welsh, so nobody can tell what was meant.
"""

from __future__ import annotations

from pydantic import Field

from qaf_forms.define.scale import YES_NO, Level, Scale, fold
from qaf_forms.define.words import Words


class RewordedScale(Scale):
    """The levels of `form_scale`, in its order and with its codes, under other labels."""

    form_scale: Scale = Field(exclude=True)

    def recognise(self, text: str) -> Level | None:
        """The level that a person meant, in these words or in the form's."""
        if text in self.labels:
            return super().recognise(text)
        return self._agreed(super().recognise(text), self.form_scale.recognise(text))

    def beginning_with(self, letter: str) -> Level | None:
        """The only level whose label, here or in the form, begins with this letter."""
        first = fold(letter)
        labels = [(level.code, level.label) for scale in (self, self.form_scale) for level in scale.levels]
        found = {code for code, label in labels if fold(label).startswith(first)}
        return self.level(found.pop()) if len(found) == 1 else None

    def _agreed(self, own: Level | None, of_the_form: Level | None) -> Level | None:
        if own and of_the_form and own.code != of_the_form.code:
            return None
        return own or (self.level(of_the_form.code) if of_the_form else None)


def yes_no_in(words: Words) -> Scale:
    """Yes and No in a language."""
    yes, no = YES_NO.levels
    if (words.yes, words.no) == (yes.label, no.label):
        return YES_NO
    levels = (
        Level(code=yes.code, label=words.yes, aliases=words.yes_aliases),
        Level(code=no.code, label=words.no, aliases=words.no_aliases),
    )
    return RewordedScale(levels=levels, form_scale=YES_NO)
