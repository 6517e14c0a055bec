"""Prose and small print: Markdown and the core's lines as paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qaf_forms.plugin import Field, Paragraph, Scale, Words, meaning_lines, note_lines, other_role_line, paragraphs
from qaf_forms_word.filling import Filling
from qaf_forms_word.wordml import paragraph, run, styled

_DEEPEST = 3
_STEP = 357
"""How far each level of a list is set in, in twentieths of a point."""


def prose(markdown: str | None, style: str = "Normal", heading: str = "Heading2", *, keep: bool = False) -> str:
    """Markdown as paragraphs in `style`; its own headings in `heading`. `keep`: on the page of what follows."""
    kept = "<w:keepNext/>" if keep else ""
    return "".join(_paragraph(one, style, heading, kept) for one in paragraphs(markdown)) if markdown else ""


def _paragraph(one: Paragraph, style: str, heading: str, kept: str) -> str:
    if one.kind == "heading":
        return paragraph(heading, styled(one.runs)) if heading else paragraph(style, run(one.text, bold=True))
    if one.kind == "bullet" and style == "Normal":
        level = min(one.level + 1, _DEEPEST)
        return paragraph(f"ListBullet{level if level > 1 else ''}", styled(one.runs), properties=kept)
    if one.kind in ("bullet", "number"):
        left = _STEP * (one.level + 1)
        indent = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs><w:ind w:left="{left}" w:hanging="{_STEP}"/>'
        return paragraph(style, run(f"{one.mark.strip()}\t"), styled(one.runs), properties=kept + indent)
    return paragraph(style, styled(one.runs), properties=kept)


def lines(texts: Iterable[str], style: str, *, keep: bool = False) -> str:
    """One paragraph for each line that says something."""
    kept = "<w:keepNext/>" if keep else ""
    return "".join(paragraph(style, run(line), properties=kept) for text in texts for line in text.split("\n") if line)


def meanings(scales: Sequence[Scale | None], words: Words, style: str = "FormMeaning") -> str:
    """What the levels of these scales mean, each level once, under one small heading."""
    seen: dict[str, None] = {}
    for scale in scales:
        seen |= dict.fromkeys(meaning_lines(scale))
    return paragraph(f"{style}Head", run(words.levels)) + level_lines(seen, style) if seen else ""


def key(scales: Sequence[Scale | None], words: Words) -> str:
    """The same above a table, on the same page as its first row."""
    written = meanings(scales, words, "FormKey")
    return written + paragraph("FormKeyEnd") if written else ""


def level_lines(texts: Iterable[str], style: str = "FormMeaning") -> str:
    """Lines such as `Met: in place and working`, the level in bold."""
    written = []
    for text in texts:
        level, colon, meaning = text.partition(": ")
        written.append(paragraph(style, run(level + colon, bold=True), run(meaning)))
    return "".join(written)


def notes(field: Field, filling: Filling) -> str:
    """The small print under a question: condition, need, whose it is, what it rests on, unit."""
    words = filling.layout.words
    theirs = other_role_line(field.role_title, words)
    found = [line for line in note_lines(filling.layout, field) if line != theirs]
    is_asked = field.calculation is None and field.shows_last is None
    if filling.is_other_role(field.role) and is_asked:
        found.append(theirs)
    return "".join(paragraph("FormNeeded" if line == words.required else "FormNote", run(line)) for line in found)
