"""What a copy's look changes in a filled template: the size of print, and what Word lets people change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from qaf_forms.plugin import Look, Print
from qaf_forms_word.widths import A4, Page

_ZOOM = {Print.STANDARD: 1.0, Print.LARGE: 1.5, Print.EASY_READ: 7 / 6}
"""Of the template's sizes, the smallest of which is 12 points: 18 points in large print, 14 in easy read."""
_PAGE_OF_LETTERS = 700
"""A row with so many, at the usual size, can be taller than a page, and must be cut."""
_WIDE_LINES = 360
"""One and a half lines, in 240ths of one."""
_BEFORE_PROTECTION = (
    "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime", "doNotDisplayPageBoundaries",
    "displayBackgroundShape", "printPostScriptOverText", "printFractionalCharacterWidth", "printFormsData",
    "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "saveFormsData", "mirrorMargins",
    "alignBordersAndEdges", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop",
    "hideSpellingErrors", "hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign",
    "attachedTemplate", "linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "mailMerge",
    "revisionView", "trackRevisions", "doNotTrackMoves", "doNotTrackFormatting",
)  # fmt: skip
"""What stands before `w:documentProtection` in `w:settings`, in the standard's order."""


def page_of(section: Any, look: Look) -> Page:
    """The room on the pages of a template, from its `w:sectPr`."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or margins is None:
        return Page(A4.upright, A4.on_side, _ZOOM[look.print])
    sides = sum(abs(int(margins.get(qn(f"w:{side}"), "0"))) for side in ("left", "right"))
    width, height = int(size.get(qn("w:w"))), int(size.get(qn("w:h")))
    return Page(width - sides, height - sides, _ZOOM[look.print])


def set_print(document: Any, print_: Print) -> None:
    """Make every size in the styles, and so in the document, as large as `print_` asks."""
    zoom = _ZOOM[print_]
    if zoom == 1:
        return
    for element in _sizes(document):
        element.set(qn("w:val"), str(round(int(element.get(qn("w:val"))) * zoom)))
    for row in document.element.body.iter(qn("w:tr")):
        letters = sum(len(text.text or "") for text in row.iter(qn("w:t")))
        for whole in list(row.iter(qn("w:cantSplit"))) if letters * zoom**2 > _PAGE_OF_LETTERS else ():
            whole.getparent().remove(whole)
    if print_ is Print.EASY_READ:
        for spacing in document.styles.element.iter(qn("w:spacing")):
            if spacing.get(qn("w:lineRule")) in (None, "auto") and spacing.get(qn("w:line")):
                spacing.set(qn("w:line"), str(max(_WIDE_LINES, int(spacing.get(qn("w:line"))))))


def _sizes(document: Any) -> Iterator[Any]:
    for root in (document.styles.element, document.element.body):
        yield from root.iter(qn("w:sz"), qn("w:szCs"))


def protect(document: Any) -> None:
    """Let people change answers alone, as "filling in forms" does in Word; without a password, for who knows better."""
    settings = document.settings.element
    protection = OxmlElement("w:documentProtection")
    protection.set(qn("w:edit"), "forms")
    protection.set(qn("w:enforcement"), "1")
    before = [element for element in settings if element.tag in {qn(f"w:{name}") for name in _BEFORE_PROTECTION}]
    if before:
        before[-1].addnext(protection)
    else:
        settings.insert(0, protection)
