"""The reading age of each section's wording, beside the one that its readers should need."""

from __future__ import annotations

from collections.abc import Iterator

from qaf_forms.define.advice.wording_counts import Sentence, reading_age, sentences
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form, Section
from qaf_forms.define.grid_rows import placed_rows
from qaf_forms.define.items import Grid, Group, Note
from qaf_forms.define.yaml_source import Steps
from qaf_forms.problems import Code

_ENGLISH = "en"
_FEWEST_WORDS = 100
"""Fewer words say nothing about how hard a text is: one long name would decide."""
_GROWN_UP = 18
_SHOWN = 2
_LONGEST_SHOWN = 90


def advise_on_reading_age(form: Form, findings: Findings) -> None:
    """Every section whose wording, taken together, asks for more than its target; with its hardest sentences."""
    if not form.language.startswith(_ENGLISH):
        return  # the formula is made for English
    for number, section in enumerate(form.sections):
        target = form.reading_age_of(section)
        counted = [(one, where) for text, where in _texts(section, ("sections", number)) for one in sentences(text)]
        if sum(one.words for one, _ in counted) < _FEWEST_WORDS:
            continue
        age = reading_age(one for one, _ in counted)
        if age > target:
            shown = _hardest(counted, findings)
            where = ("sections", number, "title")
            findings.add(
                Code.HARD_TO_READ,
                where,
                value=section.title,
                age="over 18" if age > _GROWN_UP else round(age),
                target=target,
                shown=shown,
            )


def _hardest(counted: list[tuple[Sentence, Steps]], findings: Findings) -> str:
    """The hardest sentences with their lines. Of those that are hard alike the longest, where most can be mended."""
    ranked = sorted(counted, key=lambda one: one[0].age * one[0].words, reverse=True)[:_SHOWN]
    return " and ".join(f"line {findings.line(where)} “{_clip(one.text)}”" for one, where in ranked)


def _clip(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _texts(section: Section, steps: Steps) -> Iterator[tuple[str, Steps]]:
    """Everything that is printed in sentences, with the way to it."""
    if section.guidance:
        yield section.guidance, (*steps, "guidance")
    yield from _texts_of(section.items, (*steps, "items"))


def _texts_of(items: tuple[object, ...], steps: Steps) -> Iterator[tuple[str, Steps]]:
    for number, item in enumerate(items):
        here = (*steps, number)
        parts: list[tuple[object, Steps]] = [(item, here)]
        if isinstance(item, Grid):
            parts += placed_rows(item, here)
        parts += [(column, (*here, "columns", place)) for place, column in enumerate(getattr(item, "columns", ()))]
        for part, where in parts:
            for key in ("ask", "text", "help"):
                words = getattr(part, key, None)
                if words and not (isinstance(part, Note) and key == "ask"):
                    yield words, (*where, key)
        if isinstance(item, Group):
            yield from _texts_of(item.items, (*here, "items"))
