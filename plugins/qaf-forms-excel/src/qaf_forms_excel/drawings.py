"""Reads what is drawn over a sheet: text boxes, pictures, charts, diagrams, ink. Form controls are in `controls`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qaf_forms.plugin import Extra
from qaf_forms_excel import marks
from qaf_forms_excel.references import column_letters

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from qaf_forms_excel.package import Package


_ALTERNATIVES = frozenset({"AlternateContent", "Choice"})
_DRAWN = frozenset({"sp", "pic", "graphicFrame", "contentPart"})
_WITH_WORDS = frozenset({"chart", "chartEx", "diagramData"})


def texts_and_pictures(package: Package, part: str, sheet: str) -> Iterator[Extra]:
    """Every text box and picture of a drawing, with the cell it starts over."""
    for anchor in _anchors(package.parse(part)):
        place = _place(anchor, sheet)
        for shape in _shapes(anchor):
            extra = _extra(shape, place, package, part)
            if extra is not None and not _is_logo(shape, package, part):
                yield extra


def _anchors(element: Element) -> Iterator[Element]:
    for child in element:
        if _local(child) in _ALTERNATIVES:
            yield from _anchors(child)
        else:
            yield child


def _shapes(element: Element) -> Iterator[Element]:
    for child in element:
        name = _local(child)
        if name in _DRAWN:
            yield child
        elif name == "grpSp" or name in _ALTERNATIVES:
            yield from _shapes(child)


def _extra(shape: Element, place: str, package: Package, part: str) -> Extra | None:
    named = next((one for one in shape.iter() if _local(one) == "cNvPr"), None)
    words = "" if named is None else named.get("descr") or named.get("name") or ""
    kind = _local(shape)
    if kind == "pic":
        return Extra("picture", place, words)
    if kind == "contentPart":
        return Extra("picture", place, words or "drawn by hand")
    if kind == "graphicFrame":
        return Extra("chart", place, "\n".join([words, *_words_in(shape, package, part)]).strip())
    if any(_local(one) == "compatExt" for one in shape.iter()):  # the picture of a form control
        return None
    text = _lines(shape)
    return Extra("textbox", place, text) if text else None


def _words_in(frame: Element, package: Package, part: str) -> Iterator[str]:
    """What is typed in a chart or diagram: that stands in a part of its own."""
    relationships = package.relationships(part)
    ids = dict.fromkeys(str(value) for one in frame.iter() for value in one.attrib.values())
    for found in (relationships[one] for one in ids if one in relationships):
        if (
            found.kind in _WITH_WORDS
            and found.target in package.archive
            and (text := _lines(package.parse(found.target)))
        ):
            yield text


def _lines(element: Element) -> str:
    """The paragraphs in an element."""
    return "\n".join(_line(one) for one in element.iter() if _local(one) == "p").strip()


def _line(paragraph: Element) -> str:
    pieces = []
    for element in paragraph.iter():
        if _local(element) == "t":
            pieces.append(element.text or "")
        elif _local(element) == "br":
            pieces.append("\n")
    return "".join(pieces)


def _is_logo(shape: Element, package: Package, part: str) -> bool:
    """Whether a shape is the logo that the workbook was issued with, and still shows what it did."""
    name = next((one.get("name", "") for one in shape.iter() if _local(one) == "cNvPr"), "")
    if _local(shape) != "pic" or not name.startswith(marks.LOGO):
        return False
    ids = [str(value) for one in shape.iter() if _local(one) == "blip" for value in one.attrib.values()]
    relationships = package.relationships(part)
    shown = [relationships[one].target for one in ids if one in relationships]
    known = [one for one in shown if one in package.archive]
    return len(shown) == len(known) == 1 and name == marks.LOGO + marks.picture_digest(package.archive.read(known[0]))


def _place(anchor: Element, sheet: str) -> str:
    start = next((child for child in anchor if _local(child) == "from"), None)
    if start is None:
        return sheet
    at = {_local(child): child.text or "" for child in start}
    column, row = at.get("col", ""), at.get("row", "")
    if not (column.isdecimal() and row.isdecimal() and len(column) < 6 and len(row) < 8):
        return sheet
    return f"{sheet}, cell {column_letters(int(column))}{int(row) + 1}"


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
