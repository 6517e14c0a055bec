"""Words that were typed behind a level, "Other: knitting club", where the form has a space of its own for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qaf_forms.collect.returns import Answer
from qaf_forms.define.companions import specify_id
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import clean

Behind = Sequence[tuple[str, str]]
"""Codes of levels, each with the words that stood behind it."""


def specified(
    layout: Layout, answers: Mapping[str, Answer], behind: Mapping[str, Behind]
) -> Iterator[tuple[str, Answer]]:
    """The answers, by key, to companions that were left empty while the words stand in the choice itself."""
    for key, found in behind.items():
        own, companion = layout.field(key), specify_id(key)
        if own is None or own.scale is None or companion in answers or layout.field(companion) is None:
            continue
        asking = {level.code for level in own.scale.levels if level.specify}
        words = "; ".join(text for code, typed in found if code in asking and (text := _trimmed(typed)))
        if words:
            yield companion, answers[key]._replace(value=words)


def _trimmed(typed: str) -> str:
    """The words without the marks that led to them: "(knitting)" and "- knitting" are knitting."""
    text = clean(typed).lstrip(" :;,–—-(").rstrip()
    return text.removesuffix(")").rstrip() if text.count(")") > text.count("(") else text
