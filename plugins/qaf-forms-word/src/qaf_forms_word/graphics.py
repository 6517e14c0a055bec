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
_SHAPES = [f"{{{n.VML}}}{name}" for name in ("shape", "rect", "roundrect", "oval", "group")]
_DOC_PR = "docPr"
_KNOWN = ("http://schemas.microsoft.com/", "http://schemas.openxmlformats.org/", "urn:schemas-microsoft-com:")
OTHERWISE = "shown by other programs"
"""Of what: words that stand in a choice which Word does not take."""


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
    """What a drawing is called, if the file says: its description, or else its name."""
    if said := typed_description(element):
        return said
    for properties in element.iter():
        if properties.tag.endswith(f"}}{_DOC_PR}"):
            return str(properties.get("name") or "")
    return ""


def typed_description(element: etree._Element) -> str:
    """What somebody wrote about a drawing for people who cannot see it, and its title."""
    for properties in element.iter():
        if properties.tag.endswith(f"}}{_DOC_PR}"):
            return "\n".join(dict.fromkeys(said for name in ("descr", "title") if (said := properties.get(name, ""))))
    alts = [one.get("alt", "") for one in element.iter(*_SHAPES)]
    alts += [data.get(f"{{{n.VML_OFFICE}}}title", "") for data in element.iter(_IMAGE_DATA)]
    return "\n".join(dict.fromkeys(filter(None, alts)))


def words_of_part(root: etree._Element) -> str:
    """The words of a diagram or chart, which stand in a part of their own."""
    return "\n".join(text for one in root.iter(_DRAWING_TEXT, _CHART_VALUE) if (text := (one.text or "").strip()))


def alternative(element: etree._Element) -> tuple[etree._Element, str]:
    """What Word shows of several choices, and the words that only stand in the others.

    That is the first choice which needs nothing but what Word knows, or else what is there for other programs.
    """
    filled = [choice for choice in element if len(choice)]
    known = [choice for choice in filled if _is_known(choice)]
    chosen = next(iter(known or filled), element)
    words = _words(chosen)
    shown, single = "".join(words), set(words)
    others = (_words(other) for other in filled if other is not chosen)
    strange = (other for other in others if "".join(other) not in shown)
    return chosen, "".join(text for other in strange for text in other if text not in single)


def _is_known(choice: etree._Element) -> bool:
    """Whether Word knows every namespace that a choice requires."""
    needed = (choice.nsmap.get(prefix, "") for prefix in choice.get("Requires", "").split())
    return all(str(one).startswith(_KNOWN) for one in needed)


def _words(element: etree._Element) -> list[str]:
    return [one.text for one in element.iter("{*}t") if one.text and one.text.strip()]
