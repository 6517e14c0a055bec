"""Fonts with their parts in the order that Excel writes and Open XML prescribes; openpyxl has one of its own."""

from __future__ import annotations

from lxml import etree
from openpyxl.cell.text import InlineFont

_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "rFont",
    "family", "charset", "scheme",
)  # fmt: skip
_PLACE = {name: place for place, name in enumerate(_ORDER)}
_FONT = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}font"


class RunFont(InlineFont):
    """The font of a piece of a cell's text."""


RunFont.__nested__ = InlineFont.__nested__  # openpyxl takes it from the body of a class, which is empty here
RunFont.__elements__ = tuple(name for name in _ORDER if name != "name")


def fonts_in_order(styles: bytes) -> bytes:
    """The part that holds a workbook's styles, with the parts of its fonts in order."""
    root = etree.fromstring(styles)
    for font in root.iter(_FONT):
        font[:] = sorted(font, key=lambda part: _PLACE.get(etree.QName(part).localname, len(_PLACE)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
