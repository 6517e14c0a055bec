"""Reads form controls, which are drawn over a sheet in VML: check boxes, option buttons, lists, labels.

No form of ours has any: somebody put them there, and what they say was meant as an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qaf_forms.plugin import Code, Extra, UnreadableFileError
from qaf_forms_excel.references import column_letters

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from qaf_forms_excel.package import Package

_BREAK = re.compile(rb"<br\s*/?>", re.IGNORECASE)
"""Excel writes VML as web pages were written: a line break is not closed."""
_TAG = re.compile(rb"<[^>]*>")
_TICKED = {"1": "☒", "2": "☒?"}
_WITH_BOX = frozenset({"Checkbox", "Radio"})
_ANCHOR = re.compile(r"\s*(\d{1,5}),[^,]*,\s*(\d{1,7}),")


def controls(package: Package, part: str, sheet: str) -> Iterator[Extra]:
    """Every form control, and every text box that is drawn in VML, with the cell it starts over. Notes are left out."""
    data = _BREAK.sub(b"\n", package.archive.read(part))
    try:
        root = package.parsed(part, data)
    except UnreadableFileError as error:
        if error.problem.code != Code.DAMAGED.value.code:
            raise
        yield Extra("control", sheet, " ".join(_TAG.sub(b" ", data).decode("utf-8", "replace").split()))
        return
    for shape in root.iter():
        if _local(shape) in ("shape", "rect", "roundrect", "oval"):
            yield from _said_by(shape, sheet)


def _said_by(shape: Element, sheet: str) -> Iterator[Extra]:
    client = next((one for one in shape if _local(one) == "ClientData"), None)
    kind = "" if client is None else client.get("ObjectType", "")
    facts = {} if client is None else {_local(one): (one.text or "").strip() for one in client}
    label = "\n".join(filter(None, (" ".join(line.split()) for line in _text(shape).split("\n"))))
    text = f"{_state(kind, facts)} {label}".strip()
    if kind != "Note" and text:
        yield Extra("control", _place(facts.get("Anchor", ""), sheet), text)


def _text(shape: Element) -> str:
    boxes = (one for one in shape if _local(one) == "textbox")
    return "\n".join("".join(str(text) for text in box.itertext()) for box in boxes)


def _state(kind: str, facts: dict[str, str]) -> str:
    """What was chosen: a tick, the place in a list, or a number."""
    if kind in _WITH_BOX:
        return _TICKED.get(facts.get("Checked", ""), "☐")
    if facts.get("Sel", "0") != "0":
        return f"item {facts['Sel']} of {facts.get('FmlaRange', 'a list')}"
    return facts.get("Val", "") if kind in ("Spin", "Scroll") else ""


def _place(anchor: str, sheet: str) -> str:
    start = _ANCHOR.match(anchor)
    return f"{sheet}, cell {column_letters(int(start[1]))}{int(start[2]) + 1}" if start else sheet


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
