"""Prose and small print: Markdown and the core's lines as paragraphs."""

from __future__ import annotations

from collections.abc import Iterable

from qaf_forms.plugin import Field, Paragraph, note_lines, other_role_line, paragraphs
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


def notes(field: Field, filling: Filling, *, says_whose: bool = True) -> str:
    """The small print under a question: condition, need, whose it is, what it rests on, unit.

    What another role is to fill is not needed from the reader of this copy. `says_whose`: nothing above says it.
    """
    layout, words = filling.layout, filling.layout.words
    theirs = other_role_line(field.role_title, words)
    unsaid = {theirs}
    is_asked = field.calculation is None and field.shows_last is None
    if filling.is_other_role(field.role):
        unsaid.add(words.required)
        if not isinstance(field.required, bool):
            unsaid.add(layout.needed_if(field.required))
    found = [line for line in note_lines(layout, field) if line not in unsaid]
    if filling.is_other_role(field.role) and is_asked and says_whose:
        found.append(theirs)
    return "".join(paragraph("FormNeeded" if line == words.required else "FormNote", run(line)) for line in found)
