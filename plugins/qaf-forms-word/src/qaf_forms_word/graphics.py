"""What a reader should know of pictures and embedded things: that they are there, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from qaf_forms_word import names as n

_BLIP = f"{{{n.DRAWING}}}blip"
_DRAWING_TEXT = f"{{{n.DRAWING}}}t"
_IMAGE_DATA = f"{{{n.VML}}}imagedata"
_OLE_OBJECT = f"{{{n.VML_OFFICE}}}OLEObject"
_DOC_PR = "docPr"


def described(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Kind and description of what a drawing holds besides text boxes."""
    programs = [ole.get("ProgID", "") for ole in element.iter(_OLE_OBJECT)]
    if programs or element.tag == n.w("object"):
        yield "embedded", "".join(programs[:1]) or "an embedded object"
    elif next(element.iter(_BLIP, _IMAGE_DATA), None) is not None:
        yield "picture", _description(element)
    drawn = "".join(text.text or "" for text in element.iter(_DRAWING_TEXT))
    if drawn.strip():
        yield "textbox", drawn


def _description(element: etree._Element) -> str:
    for properties in element.iter():
        if properties.tag.endswith(f"}}{_DOC_PR}"):
            return str(properties.get("descr") or properties.get("name") or "a picture")
    title = next((data.get(f"{{{n.VML_OFFICE}}}title") for data in element.iter(_IMAGE_DATA)), None)
    return title or "a picture"
