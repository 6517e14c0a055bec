"""Word's sections: pages that lie upright or on their side, and may be open where the rest is protected."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, NamedTuple

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_BEHIND_PROTECTION = (
    "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange"
)  # fmt: skip
"""What stands behind `w:formProt` in `w:sectPr`, in the standard's order."""


class Stretch(NamedTuple):
    """Pages of one kind. `is_open`: rows can be added there, in a form of which only the answers can be changed."""

    is_landscape: bool = False
    is_open: bool = False

    def begins_a_page(self, before: Stretch) -> bool:
        """Whether it begins on a new page, after the stretch `before` it."""
        return before is COVER or before.is_landscape != self.is_landscape


COVER = Stretch()
"""The pages before the first section of a form. What follows them begins on a new page."""


def section_properties(upright: Any, stretch: Stretch, before: Stretch | None) -> Any:
    """The `w:sectPr` of a stretch, made from the template's; `before` is the stretch that it follows."""
    made = deepcopy(upright)
    if stretch is not COVER:
        _remove(made, "titlePg")  # a first page of its own kind is the cover's
        _remove(made, "type")
        if before is not None and not stretch.begins_a_page(before):
            _insert(made, "type", "continuous", before=("pgSz",))
    if stretch.is_landscape:
        _turn(made)
    if stretch.is_open:
        _insert(made, "formProt", "0", before=_BEHIND_PROTECTION)
    return made


def _turn(section: Any) -> None:
    size = section.find(qn("w:pgSz"))
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    size.set(qn("w:w"), height)
    size.set(qn("w:h"), width)
    size.set(qn("w:orient"), "landscape")


def _remove(section: Any, name: str) -> None:
    for element in section.findall(qn(f"w:{name}")):
        section.remove(element)


def _insert(section: Any, name: str, value: str, before: tuple[str, ...]) -> None:
    element = OxmlElement(f"w:{name}")
    element.set(qn("w:val"), value)
    follower = next((section.find(qn(f"w:{one}")) for one in before if section.find(qn(f"w:{one}")) is not None), None)
    if follower is None:
        section.append(element)
    else:
        follower.addprevious(element)
