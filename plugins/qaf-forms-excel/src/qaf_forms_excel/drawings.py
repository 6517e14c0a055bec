"""Reads what is drawn over a sheet: text boxes, pictures, charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qaf_forms.plugin import Extra
from qaf_forms_excel import marks
from qaf_forms_excel.references import column_letters

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from qaf_forms_excel.package import Package


def texts_and_pictures(package: Package, part: str, sheet: str) -> Iterator[Extra]:
    """Every text box and picture of a drawing, with the cell it starts over."""
    for anchor in package.parse(part):
        place = _place(anchor, sheet)
        for shape in _shapes(anchor):
            extra = _extra(shape, place)
            if extra is not None and not _is_logo(shape, package, part):
                yield extra


def _shapes(element: Element) -> Iterator[Element]:
    for child in element:
        name = _local(child)
        if name in ("sp", "pic", "graphicFrame"):
            yield child
        elif name in ("grpSp", "AlternateContent", "Choice"):
            yield from _shapes(child)


def _extra(shape: Element, place: str) -> Extra | None:
    named = next((one for one in shape.iter() if _local(one) == "cNvPr"), None)
    words = "" if named is None else named.get("descr") or named.get("name") or ""
    kind = _local(shape)
    if kind == "pic":
        return Extra("picture", place, words)
    if kind == "graphicFrame":
        return Extra("chart", place, words)
    lines = [_line(paragraph) for paragraph in shape.iter() if _local(paragraph) == "p"]
    text = "\n".join(lines).strip()
    return Extra("textbox", place, text) if text else None


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
