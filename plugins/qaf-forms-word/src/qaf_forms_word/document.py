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
from qaf_forms_word.template_tags import Sandbox
from qaf_forms_word.templates import filled, house_template

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_PAGE_END = (
    '<w:p><w:pPr><w:pStyle w:val="FormGap"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr></w:p>'
)
_CONTENT_TYPES = "[Content_Types].xml"


def build_document(
    layout: Layout, copy: Copy, *, facts: Iterable[tuple[str, str]], stamp_line: str, sandbox: Sandbox
) -> dict[str, bytes]:
    """The parts of the package by name, content types first. Of the copy's stamp nothing is used."""
    context = _context(layout, facts, stamp_line)
    document = filled(copy.look.template or house_template(), context, sandbox).docx
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
        comment = document.comments.add_comment(text, author=layout.form.owner, initials="")
        del comment._comment_elm.attrib[qn("w:date")]  # it would be the time of day, and every file another
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
    for element in _elements(prose(filling.layout.form.intro)):
        last.addprevious(element)
    stretch: Stretch = COVER
    before: Stretch | None = None
    for following, written in pages(filling):
        end = _page_end(last) if following.begins_a_page(stretch) else _last_paragraph(last)
        end.get_or_add_pPr().append(section_properties(upright, stretch, before))
        for element in _at_page_top(_elements(written)) if following.begins_a_page(stretch) else _elements(written):
            last.addprevious(element)
        stretch, before = following, stretch
    _page_end(last)
    body.replace(last, section_properties(upright, stretch, before))


def _page_end(last: Any) -> Any:
    """The last paragraph before `last`. The gap behind a table is made so low that it never stands on its own page."""
    end = last.getprevious()
    if end is not None and end.tag == qn("w:p") and end.style == "FormGap" and end.find(qn("w:r")) is None:
        body = end.getparent()
        body.replace(end, _elements(_PAGE_END)[0])
    return _last_paragraph(last)


def _at_page_top(elements: list[Any]) -> list[Any]:
    """Take the room away that a heading has above it: at the top of a page it only pushes answers off the foot."""
    if elements and elements[0].tag == qn("w:p"):
        elements[0].get_or_add_pPr().spacing_before = 0
    return elements


def _last_paragraph(last: Any) -> Any:
    """The paragraph before `last`: one of its own, if something else ends there, or a section does already."""
    end = last.getprevious()
    if end is None or end.tag != qn("w:p") or end.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        last.addprevious(_elements(_PAGE_END)[0])
    return last.getprevious()


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


def _set_language(document: Any, language: str) -> None:
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)


def _parts_of(document: Any) -> dict[str, bytes]:
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as package:
        names = sorted(set(package.namelist()) - {CUSTOM_PART}, key=lambda name: (name != _CONTENT_TYPES, name))
        return {name: package.read(name) for name in names}
