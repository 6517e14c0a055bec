"""The document of one form: the house template, its slots filled, with the form's sections behind the cover."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from importlib.resources import files
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from qaf_forms.plugin import Layout
from qaf_forms_word.body import pages
from qaf_forms_word.filling import Filling
from qaf_forms_word.properties import CUSTOM_PART
from qaf_forms_word.prose import prose
from qaf_forms_word.wordml import paragraph

_TEMPLATE = "house.docx"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_CONTENT_TYPES = "[Content_Types].xml"


def build_document(
    filling: Filling,
    *,
    facts: Iterable[tuple[str, str]],
    stamp_line: str,
) -> dict[str, bytes]:
    """The parts of the package by name, content types first."""
    layout = filling.layout
    template = _filled_template(layout, facts, stamp_line)
    document = template.docx
    document.core_properties.title = layout.form.title
    document.core_properties.subject = layout.form.owner
    document.core_properties.language = layout.language
    _set_language(document, layout.language)
    _add_sections(document.element.body, filling)
    return _parts_of(document)


def _filled_template(layout: Layout, facts: Iterable[tuple[str, str]], stamp_line: str) -> DocxTemplate:
    with (files("qaf_forms_word") / _TEMPLATE).open("rb") as file:
        template = DocxTemplate(io.BytesIO(file.read()))
    form = layout.form
    context = {
        "title": form.title,
        "owner": form.owner,
        "marking": form.marking,
        "facts": [{"label": label, "value": value} for label, value in facts],
        "how_to_title": layout.words.how_to_title,
        "how_to": list(layout.words.how_to),
        "page": layout.words.page,
        "of_pages": layout.words.of_pages,
        "stamp": stamp_line,
    }
    template.render(context, jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
    return template


def _add_sections(body: Any, filling: Filling) -> None:
    """Put introduction and sections before the body's last `w:sectPr`, one more for each change of direction."""
    last = body.find(qn("w:sectPr"))
    upright = deepcopy(last)
    intro = prose(filling.layout.form.intro)
    for element in _elements(paragraph("FormGap") + intro if intro else ""):
        last.addprevious(element)
    previous = False
    for is_landscape, written in pages(filling):
        last.addprevious(_section_end(upright, landscape=previous))
        for element in _elements(written):
            last.addprevious(element)
        previous = is_landscape
    if previous:
        body.replace(last, _turned(last))


def _elements(written: str) -> list[Any]:
    return list(parse_xml(f"<w:body {_NAMESPACES}>{written}</w:body>"))


def _section_end(upright: Any, *, landscape: bool) -> Any:
    """An empty paragraph that ends the pages before it."""
    end = _elements(paragraph("FormGap"))[0]
    properties = deepcopy(upright)
    end[0].append(_turned(properties) if landscape else properties)
    return end


def _turned(section: Any) -> Any:
    size = section.find(qn("w:pgSz"))
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    size.set(qn("w:w"), height)
    size.set(qn("w:h"), width)
    size.set(qn("w:orient"), "landscape")
    return section


def _set_language(document: Any, language: str) -> None:
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)


def _parts_of(document: Any) -> dict[str, bytes]:
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as package:
        names = sorted(set(package.namelist()) - {CUSTOM_PART}, key=lambda name: (name != _CONTENT_TYPES, name))
        return {name: package.read(name) for name in names}
