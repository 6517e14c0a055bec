"""The text of a `w:t`, and how many columns a number in a file may count."""

from __future__ import annotations

from lxml import etree

from qaf_forms_word import names as n

_WIDEST = 1_000


def text_of(element: etree._Element) -> str:
    """The text of a `w:t`. Space at its ends counts only where the file says so."""
    text = element.text
    if not text:
        return ""
    if (text[0] in " \t\n\r" or text[-1] in " \t\n\r") and element.get(n.XML_SPACE) != "preserve":
        return text.strip(" \t\n\r")
    return text


def span_of(element: etree._Element) -> int:
    """How many columns a `w:gridSpan` or `w:gridBefore` counts; a hostile one is cut down."""
    number = element.get(n.VAL, "1")
    return min(max(int(number), 1), _WIDEST) if number.isascii() and number.isdigit() and len(number) < 20 else 1
