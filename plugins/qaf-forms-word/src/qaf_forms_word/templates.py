"""A partnership's own template: the .docx whose cover, header, footer, styles and logo the forms take over.

Its slots are docxtpl tags (`{{ title }}`, `{%tr for fact in facts %}`). Everything that would make a form go wrong is
said before one is made.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from lxml import etree

from qaf_forms.plugin import Code, Problem
from qaf_forms_word.template_tags import Sandbox, Tags

SLOTS = ("title", "owner", "marking", "facts", "how_to_title", "how_to", "page", "of_pages", "stamp")
_NEEDED: Mapping[str, str] = {
    "title": "the title of the form",
    "marking": "its protective marking",
    "facts": "whom it is for, the date and the address for returns",
    "how_to": "how to complete it",
    "stamp": "the line that tells which form and copy it is",
}
_STYLES = (
    "FormAnswer", "FormCode", "FormGap", "FormHead", "FormHeadNote", "FormHelp", "FormKey", "FormKeyEnd", "FormKeyHead",
    "FormMeaning", "FormMeaningHead", "FormNeeded", "FormNote", "FormOverHead", "FormQuestion", "FormRowTitle",
    "FormTable", "Heading1", "Heading2", "Heading3", "Hyperlink", "ListBullet", "ListBullet2", "ListBullet3",
    "PlaceholderText",
)  # fmt: skip
_MACROS = "vbaProject"


def house_template() -> bytes:
    """The template that forms are made from where a partnership has none of its own."""
    return (files("qaf_forms_word") / "house.docx").read_bytes()


def filled(data: bytes, context: dict[str, object], sandbox: Sandbox) -> DocxTemplate:
    """A template that has no faults, with its slots filled."""
    template = DocxTemplate(io.BytesIO(data))
    template.render(context, jinja_env=sandbox, autoescape=True)
    return template


def template_faults(data: bytes, place: str) -> list[Problem]:
    """Everything in a template that would make a form go wrong. `place` is what to call the file."""
    try:
        document = Document(io.BytesIO(data))
    except Exception as error:  # python-docx raises what it likes on a file that is no document
        return [Code.NO_TEMPLATE.problem(place=place, reason=type(error).__name__)]
    have = {style.style_id for style in document.styles}
    faults = [*_tag_faults(document, place), *_reaching_out(document, place)]
    return faults + [Code.NO_STYLE.problem(place=place, value=name) for name in _STYLES if name not in have]


def _tag_faults(document: Any, place: str) -> Iterator[Problem]:
    tags = Tags()
    for where, words in _paragraphs(document):
        yield from tags.take(f"{place}, {where}", words)
    yield from tags.left_open()
    yield from tags.unknown(place, SLOTS)
    for slot, what in _NEEDED.items():
        if tags.lacks(slot):
            yield Code.NO_SLOT.problem(place=place, value=slot, what=what)


def _paragraphs(document: Any) -> Iterator[tuple[str, str]]:
    """Every paragraph that can hold a tag: where it stands, and its words whatever runs they are split into."""
    roots = [("page", document.element.body)]
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in ("header", "footer"):
            roots.append((kind, etree.fromstring(relation.target_part.blob)))
    for name, root in roots:
        for number, paragraph in enumerate(root.iter(qn("w:p")), start=1):
            yield f"{name}, paragraph {number}", "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def _reaching_out(document: Any, place: str) -> Iterator[Problem]:
    """What a template would run or fetch on the machines of those who get a form."""
    for part in document.part.package.iter_parts():
        if _MACROS in part.partname:
            yield Code.TEMPLATE_REACHES_OUT.problem(place=place, value=str(part.partname), what="runs a macro")
        for relation in part.rels.values():
            if relation.is_external and not relation.reltype.endswith("/hyperlink"):
                value = relation.target_ref
                yield Code.TEMPLATE_REACHES_OUT.problem(place=place, value=value, what="fetches something")
