"""What the levels of scales mean, each level in its colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qaf_forms.plugin import RUN_ON, Legend, Level, Scale, Words, explained_levels
from qaf_forms_word.filling import Filling
from qaf_forms_word.wordml import paragraph, run, swatch


def legends(found: Sequence[Legend], width: int, filling: Filling) -> str:
    """What the levels mean, above a table `width` wide and on the page of its first row.

    One line for each level where the lines are short. On a page on its side, or where there are several legends, they
    run on, for a list would push the table off the page.
    """
    if not found:
        return ""
    title, end = filling.layout.words.levels, paragraph("FormKeyEnd")
    if len(found) == 1 and width > filling.page.upright:
        return _running_on(title, found[0]) + end
    head = paragraph("FormKeyHead", run(title))
    if len(found) == 1:
        return head + _levels(found[0].levels, "FormKey") + end
    return head + "".join(_running_on(one.head, one) for one in found) + end


def meanings(scale: Scale | None, words: Words) -> str:
    """What the levels of one question's scale mean. The head keeps no row of a table on the page of the next one."""
    levels = explained_levels(scale)
    head = paragraph("FormMeaningHead", run(words.levels), properties='<w:keepNext w:val="0"/>')
    return head + _levels(levels, "FormMeaning") if levels else ""


def level_lines(texts: Iterable[str], scales: Iterable[Scale | None], style: str = "FormMeaning") -> str:
    """Lines such as `Met: in place and working`, the level in bold and in its colour."""
    colours = {level.label: level.colour for scale in scales if scale for level in scale.levels}
    written = []
    for text in texts:
        level, colon, meaning = text.partition(": ")
        words = swatch(level, colours.get(level)) if colon else run(level, bold=True)
        written.append(paragraph(style, words, run(colon + meaning)))
    return "".join(written)


def _levels(levels: Sequence[Level], style: str) -> str:
    return "".join(paragraph(style, *_runs(level)) for level in levels)


def _running_on(head: str, one: Legend) -> str:
    runs = [run(head, bold=True)]
    for level in one.levels:
        runs += [run(RUN_ON), *_runs(level)]
    return paragraph("FormKey", *runs)


def _runs(level: Level) -> list[str]:
    return [swatch(level.label, level.colour), run(f": {level.meaning}")]
