"""What a reader should know of pictures, drawings and embedded things: that they are there, and what they say."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from qaf_forms_word import names as n

_BLIP = f"{{{n.DRAWING}}}blip"
_DRAWING_TEXT = f"{{{n.DRAWING}}}t"
_CHART_VALUE = f"{{{n.CHART}}}v"
_IMAGE_DATA = f"{{{n.VML}}}imagedata"
_WORD_ART = f"{{{n.VML}}}textpath"
_OLE_OBJECT = f"{{{n.VML_OFFICE}}}OLEObject"
_DOC_PR = "docPr"


def described(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Kind and description of what a drawing holds besides text boxes."""
    programs = [ole.get("ProgID", "") for ole in element.iter(_OLE_OBJECT)]
    if programs or element.tag == n.w("object"):
        yield "embedded", "".join(programs[:1]) or "an embedded object"
    elif next(element.iter(_BLIP, _IMAGE_DATA), None) is not None:
        yield "picture", description(element) or "a picture"
    drawn = "".join(text.text or "" for text in element.iter(_DRAWING_TEXT))
    drawn += " ".join(art.get("string", "") for art in element.iter(_WORD_ART))
    if drawn.strip():
        yield "textbox", drawn


def description(element: etree._Element) -> str:
    """What a drawing is called, if the file says."""
    for properties in element.iter():
        if properties.tag.endswith(f"}}{_DOC_PR}"):
            return str(properties.get("descr") or properties.get("name") or "")
    return next((data.get(f"{{{n.VML_OFFICE}}}title", "") for data in element.iter(_IMAGE_DATA)), "")


def words_of_part(root: etree._Element) -> str:
    """The words of a diagram or chart, which stand in a part of their own."""
    return "\n".join(text for one in root.iter(_DRAWING_TEXT, _CHART_VALUE) if (text := (one.text or "").strip()))


def alternative(element: etree._Element) -> etree._Element:
    """The first choice with anything in it; what follows is the same for older programs."""
    return next((choice for choice in element if len(choice)), element)
