"""Texts that consist of runs, each with its own look, as string items hold them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qaf_forms_excel.strings import as_typed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

STRIKE = "strike"
"""The element that strikes out what has it."""
_NO = ("0", "false")


def text_of(item: Element, typed: Callable[[str], str] = as_typed) -> str:
    """The text of a string item as it was typed."""
    text = stored_text(item)
    return typed(text) if "_x" in text else text


def stored_text(item: Element) -> str:
    """The text of a string item as it is stored: its runs joined, without the phonetic guide above them."""
    if len(item) == 1 and len(only := item[0]) == 0:
        return only.text or ""
    pieces = []
    for child in item:
        if len(child) == 0:
            pieces.append(child.text or "")
        elif not child.tag.endswith("}rPh"):
            pieces.append(_text_of_run(child))
    return "".join(pieces)


def _text_of_run(run: Element) -> str:
    """The text of a run: it has one, behind its look. A file may hold more all the same."""
    if run.tag.endswith("}t"):
        return "".join(map(str, run.itertext()))
    if len(run) < 3 and len(run[-1]) == 0 and (len(run) == 1 or run[0].tag.endswith("}rPr")):
        return run[-1].text or ""
    return "".join(one.text or "" for one in run.iter("{*}t"))


def is_struck(look: Element) -> bool:
    """Whether a font, or the properties of a run, strike out what has them."""
    return any(one.tag.endswith("}" + STRIKE) and one.get("val", "1") not in _NO for one in look)


def kept_and_struck(item: Element) -> tuple[str, str]:
    """The text of a string item without what is struck out, and that, as they are stored."""
    kept: list[str] = []
    struck: list[str] = []
    for child in item:
        if len(child) == 0:
            kept.append(child.text or "")
        elif not child.tag.endswith("}rPh"):
            (struck if len(child) > 1 and is_struck(child[0]) else kept).append(_text_of_run(child))
    return "".join(kept), "".join(struck)
