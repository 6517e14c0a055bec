"""The document of one form: a template, its slots filled, with the form's sections behind the cover."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from qaf_forms.plugin import Copy, Layout
from qaf_forms_word.appearance import page_of, protect, set_print
from qaf_forms_word.body import pages
from qaf_forms_word.filling import Filling
from qaf_forms_word.page_sections import COVER, Stretch, section_properties
from qaf_forms_word.properties import CUSTOM_PART
from qaf_forms_word.prose import prose
from qaf_forms_word.templates import filled, house_template
from qaf_forms_word.wordml import paragraph

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_CONTENT_TYPES = "[Content_Types].xml"


def build_document(
    layout: Layout, copy: Copy, *, facts: Iterable[tuple[str, str]], stamp_line: str
) -> dict[str, bytes]:
    """The parts of the package by name, content types first. Of the copy's stamp nothing is used."""
    context = _context(layout, facts, stamp_line)
    document = filled(copy.look.template or house_template(), context).docx
    document.core_properties.title = layout.form.title
    document.core_properties.subject = layout.form.owner
    document.core_properties.language = layout.language
    _set_language(document, layout.language)
    body = document.element.body
    page = page_of(body.find(qn("w:sectPr")), copy.look)
    filling = Filling(layout, copy, page)
    _remark_on_the_whole(body, filling)
    _add_sections(body, filling)
    for text in filling.comments:
        document.comments.add_comment(text, author=layout.form.owner, initials="")
    set_print(document, copy.look.print)
    if copy.look.only_spaces:
        protect(document)
    return _parts_of(document)


def _context(layout: Layout, facts: Iterable[tuple[str, str]], stamp_line: str) -> dict[str, object]:
    """What the slots of a template hold."""
    form, words = layout.form, layout.words
    return {
        "title": form.title,
        "owner": form.owner,
        "marking": form.marking,
        "facts": [{"label": label, "value": value} for label, value in facts],
        "how_to_title": words.how_to_title,
        "how_to": list(words.how_to),
        "page": words.page,
        "of_pages": words.of_pages,
        "stamp": stamp_line,
    }


def _add_sections(body: Any, filling: Filling) -> None:
    """Put introduction and sections before the body's last `w:sectPr`, with one more at the end of each stretch."""
    last = body.find(qn("w:sectPr"))
    upright = deepcopy(last)
    intro = prose(filling.layout.form.intro)
    for element in _elements(paragraph("FormGap") + intro if intro else ""):
        last.addprevious(element)
    stretch: Stretch = COVER
    before: Stretch | None = None
    for following, written in pages(filling):
        last.addprevious(_section_end(section_properties(upright, stretch, before)))
        for element in _elements(written):
            last.addprevious(element)
        stretch, before = following, stretch
    body.replace(last, section_properties(upright, stretch, before))


def _remark_on_the_whole(body: Any, filling: Filling) -> None:
    """Hang remarks that are about no one answer on the first paragraph with words in it, which is the title or near."""
    before, behind = filling.remark_ends("")
    words = next((one for one in body.iter(qn("w:p")) if one.find(qn("w:r")) is not None), None)
    if before and words is not None:
        first = words.find(qn("w:r"))
        for element in _elements(f"<w:p>{before}</w:p>")[0]:
            first.addprevious(element)
        words.extend(_elements(f"<w:p>{behind}</w:p>")[0])


def _elements(written: str) -> list[Any]:
    return list(parse_xml(f"<w:body {_NAMESPACES}>{written}</w:body>"))


def _section_end(properties: Any) -> Any:
    """An empty paragraph that ends the pages before it."""
    end = _elements(paragraph("FormGap"))[0]
    end[0].append(properties)
    return end


def _set_language(document: Any, language: str) -> None:
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)


def _parts_of(document: Any) -> dict[str, bytes]:
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as package:
        names = sorted(set(package.namelist()) - {CUSTOM_PART}, key=lambda name: (name != _CONTENT_TYPES, name))
        return {name: package.read(name) for name in names}
