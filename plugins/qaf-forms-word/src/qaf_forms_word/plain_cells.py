"""The quick way through a cell that holds only paragraphs, runs and content controls, as nearly all do.

It goes through the elements of a cell in one flat pass and gives up at the first one that it does not know; the cell is
then walked with care (`story`). So it may leave things out of its lists, but must never list what needs care.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from qaf_forms_word import names as n
from qaf_forms_word.controls_read import WORDS_OWN_PLACEHOLDERS
from qaf_forms_word.spaces import Space

_WIDEST = 1_000

_FORMATTING = """
    tc tcPr tcW vMerge tcBorders shd noWrap tcMar vAlign hideMark top left start bottom right end insideH insideV
    pPr pStyle keepNext keepLines pageBreakBefore widowControl numPr ilvl numId suppressLineNumbers pBdr
    overflowPunct suppressAutoHyphens bidi adjustRightInd snapToGrid spacing ind contextualSpacing jc textAlignment
    outlineLvl cnfStyle r rPr rStyle rFonts b bCs i iCs caps smallCaps strike dstrike color w kern position sz szCs
    highlight u effect bdr vertAlign rtl cs em lang eastAsianLayout noProof
    sdt sdtPr alias id lock placeholder docPart showingPlcHdr dropDownList comboBox listItem date dateFormat lid
    storeMappedDataAs calendar richText sdtEndPr sdtContent
    bookmarkEnd proofErr lastRenderedPageBreak
"""


@dataclass(slots=True)
class _Found:
    lines: list[str]
    tags: list[str]
    bookmarks: list[str]
    span: int = 1


def _text(found: _Found, element: etree._Element) -> None:
    found.lines[-1] += text_of(element)


def _paragraph(found: _Found, element: etree._Element) -> None:
    found.lines.append("")


def _break(found: _Found, element: etree._Element) -> None:
    found.lines[-1] += "\n"


def _tab(found: _Found, element: etree._Element) -> None:
    found.lines[-1] += "\t"


def _tag(found: _Found, element: etree._Element) -> None:
    found.tags.append(element.get(n.VAL, ""))


def _bookmark(found: _Found, element: etree._Element) -> None:
    found.bookmarks.append(element.get(n.NAME, ""))


def _span(found: _Found, element: etree._Element) -> None:
    found.span = span_of(element)


def _care(found: _Found, element: etree._Element) -> None:
    raise _NeedsCareError


class _NeedsCareError(Exception):
    """Something stands in the cell that the flat pass does not understand."""


_ACTIONS: dict[str, Callable[[_Found, etree._Element], None] | None] = {
    **dict.fromkeys(map(n.w, _FORMATTING.split())),
    n.T: _text,
    n.P: _paragraph,
    n.w("br"): _break,
    n.w("tab"): _tab,
    n.TAG: _tag,
    n.BOOKMARK_START: _bookmark,
    n.GRID_SPAN: _span,
}


def read_plain(cell: etree._Element, space: Space) -> int:
    """Put what stands in a cell into its space and return how many columns it covers; 0 if the cell needs care."""
    found = _Found([], [], [])
    action_of = _ACTIONS.get
    try:
        for element in cell.iter():
            action = action_of(element.tag, _care)
            if action is not None:
                action(found, element)
    except (_NeedsCareError, IndexError):
        return 0
    if not WORDS_OWN_PLACEHOLDERS.isdisjoint(found.lines):
        return 0
    space.lines.extend(found.lines)
    for tag in found.tags:
        space.add_tag(tag)
    for bookmark in found.bookmarks:
        space.add_bookmark(bookmark)
    return found.span


def span_of(element: etree._Element) -> int:
    """How many columns a `w:gridSpan` or `w:gridBefore` counts; a hostile one is cut down."""
    number = element.get(n.VAL, "1")
    return min(max(int(number), 1), _WIDEST) if number.isascii() and number.isdigit() and len(number) < 10 else 1


def text_of(element: etree._Element) -> str:
    """The text of a `w:t`. Space at its ends counts only where the file says so."""
    text = element.text
    if not text:
        return ""
    if (text[0] in " \t\n\r" or text[-1] in " \t\n\r") and element.get(n.XML_SPACE) != "preserve":
        return text.strip(" \t\n\r")
    return text
