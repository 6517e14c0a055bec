"""What a workbook holds beside its cells: notes, comments, text boxes, pictures, headers, links, macros."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING

from qaf_forms.plugin import Code, Extra, Problem
from qaf_forms_excel.controls import controls
from qaf_forms_excel.drawings import texts_and_pictures
from qaf_forms_excel.package import Package, Relationship
from qaf_forms_excel.strings import as_typed
from qaf_forms_excel.typed_names import of_scenarios

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from qaf_forms_excel.sheet import Sheet

_APPLICATION, _CORE, _CUSTOM = "docProps/app.xml", "docProps/core.xml", "docProps/custom.xml"
_IN_CELLS = "xl/richData/richValueRel.xml"
"""What stands in cells and only new versions of Excel show."""
_TYPED_PROPERTIES = frozenset({"description", "subject", "keywords", "category"})
_HEADER_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d+|[LCRPNDTAFZGSXYBIUEOH]|(&))')
_HEADER_PARTS = re.compile(r"&[LCR]")
_DEFAULT_FOOTER = "Page"
_MACRO_SHEETS = frozenset({"xlMacrosheet", "xlIntlMacrosheet"})
_OTHERWISE_TOLD = ("xl/_rels/", "xl/worksheets/_rels/", "xl/externallinks/_rels/")
"""Where links that lead out of the file are told by what refers to them."""
_EMBEDDED = frozenset({"oleObject", "package"})
_THREADED_NOTE = "[Threaded comment]"


def local(element: Element) -> str:
    """The name of an element without its namespace, which Strict files have changed."""
    return element.tag.rpartition("}")[2]


def dangers(package: Package, related: Iterable[Relationship]) -> Iterator[Problem]:
    """Macros and links to outside, named and left alone, by what the workbook refers to and by usual names."""
    names = package.names
    kinds = {one.kind for one in related}
    if "vbaProject" in kinds or any(low.endswith("vbaproject.bin") for low in names):
        yield Code.HAS_MACROS.problem(place="the workbook", what="macros (VBA)")
    if kinds & _MACRO_SHEETS or any("/macrosheets/" in low for low in names):
        yield Code.HAS_MACROS.problem(place="the workbook", what="macro sheets (Excel 4.0)")
    if any("/activex/" in low for low in names):
        yield Code.HAS_MACROS.problem(place="the workbook", what="ActiveX controls")
    linking = [name for low, name in names.items() if low.startswith("xl/externallinks/") and low.endswith(".xml")]
    for part in dict.fromkeys((*linking, *(one.target for one in related if one.kind == "externalLink"))):
        if part in package.archive:
            yield from _external(package, part)
    if "connections" in kinds or "xl/connections.xml" in names:
        yield Code.HAS_LINKS.problem(place="the workbook", value="a data connection")
    for low, name in names.items():
        if low.endswith(".rels") and not low.startswith(_OTHERWISE_TOLD):
            for target in package.outside(name):
                yield Code.HAS_LINKS.problem(place="the workbook", value=target)


def _external(package: Package, part: str) -> Iterator[Problem]:
    targets = [one.target for one in package.relationships(part).values() if one.external]
    targets += [
        f"{element.get('ddeService')}|{element.get('ddeTopic')}"
        for element in package.parse(part)
        if local(element) == "ddeLink"
    ]
    for target in targets or ["another file"]:
        yield Code.HAS_LINKS.problem(place="the workbook", value=target)


def custom_properties(package: Package) -> dict[str, str]:
    """The custom document properties, by name."""
    if _CUSTOM not in package.archive:
        return {}
    return {element.get("name", ""): "".join(element.itertext()) for element in package.parse(_CUSTOM)}  # type: ignore[arg-type]  # itertext gives text


def application(package: Package) -> str:
    """The program that saved the file, with its version."""
    if _APPLICATION not in package.archive:
        return ""
    facts = {local(element): element.text or "" for element in package.parse(_APPLICATION)}
    program, version = facts.get("Application", ""), facts.get("AppVersion", "")
    if "$" in program:  # LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40$Build-2
        return program.partition("$")[0].replace("/", " ")
    return f"{program} {version}".strip()


def of_package(package: Package, sheets: Container[str], listed: Iterable[Extra]) -> Iterator[Extra]:
    """What the file says as a whole: its description and keywords, pictures in cells, parts that nothing refers to.

    `sheets` are the parts of its sheets, `listed` what they hold beside their cells.
    """
    known = {extra.text for extra in listed if extra.kind == "embedded"}
    for low, name in package.names.items():
        if name in sheets:
            continue
        if low.startswith("xl/worksheets/") and low.endswith(".xml"):
            yield from of_other_sheet(package, name.rpartition("/")[2], name, "a sheet that the workbook does not list")
        elif low.startswith("xl/embeddings/") and name.rpartition("/")[2] not in known:
            yield Extra("embedded", "the workbook", name.rpartition("/")[2])
    for related in package.relationships(_IN_CELLS).values():
        if related.kind == "image":
            yield Extra("picture", "the workbook", related.target.rpartition("/")[2])
    if _CORE in package.archive:
        for element in package.parse(_CORE):
            if local(element) in _TYPED_PROPERTIES and element.text and element.text.strip():
                yield Extra("property", f"document properties, {local(element)}", element.text)


def of_other_sheet(package: Package, name: str, part: str, kind: str) -> Iterator[Extra]:
    """A sheet that is no worksheet: a chart, or macros."""
    place = f"sheet '{name}'"
    words = [text.strip() for text in package.parse(part).itertext() if isinstance(text, str) and text.strip()]
    yield Extra("sheet", place, "\n".join([kind, *words]))


def of_sheet(package: Package, part: str, sheet: Sheet) -> tuple[list[Extra], list[Extra]]:
    """What may be the form's own (headers, footers), and what cannot be."""
    relationships = package.relationships(part)
    loose: list[Extra] = []
    header_footer = sheet.sections.get("headerFooter")
    for element in () if header_footer is None else header_footer:
        text = element.text
        if not text:
            continue
        said = sheet.book.headers.get(text)
        if said is None:
            lines = list(_header_lines(element, sheet.place))
            said = sheet.book.headers[text] = "\n".join(line.text for line in lines)
            loose += lines
        if element.tag.endswith("Footer"):
            sheet.foot = f"{sheet.foot}\n{said}" if sheet.foot else said
    extras: list[Extra] = []
    scenarios = sheet.sections.get("scenarios")
    if scenarios is not None:
        extras += of_scenarios(scenarios, sheet.place)
    links = sheet.sections.get("hyperlinks")
    if links is not None and relationships:
        extras += _links(links, relationships, sheet)
    threaded = [one.target for one in relationships.values() if one.kind == "threadedComment"]
    for relationship in relationships.values():
        extras += _related(package, relationship, sheet, bool(threaded))
    return loose, extras


def _header_lines(element: Element, place: str) -> Iterator[Extra]:
    kind = "footer" if local(element).endswith("Footer") else "header"
    for piece in _HEADER_PARTS.split(element.text or ""):
        text = _HEADER_CODE.sub(lambda match: match[1] or "", piece).strip()
        if text and text != _DEFAULT_FOOTER:
            yield Extra(kind, f"{place}, {kind}", as_typed(text))


def _links(links: Element, relationships: dict[str, Relationship], sheet: Sheet) -> Iterator[Extra]:
    """Where links lead, unless that is what their cell says anyway."""
    for link in links:
        ids = [value for name, value in link.attrib.items() if str(name).endswith("}id")]
        target = next((relationships[str(one)].target for one in ids if str(one) in relationships), "")
        reference = link.get("ref", "")
        shown = sheet.text_at(reference)
        bare = target.removeprefix("mailto:")
        if target and bare.rstrip("/") not in (shown, shown.rstrip("/")):
            yield Extra("link", f"{sheet.place}, cell {reference}", target)


def _related(package: Package, related: Relationship, sheet: Sheet, has_threads: bool) -> Iterator[Extra]:
    if related.external:
        if related.kind != "hyperlink":
            yield Extra("link", sheet.place, related.target)
    elif related.target not in package.archive:
        return
    elif related.kind == "comments":
        yield from _notes(package.parse(related.target), sheet, has_threads)
    elif related.kind == "threadedComment":
        yield from _threads(package.parse(related.target), sheet)
    elif related.kind == "drawing":
        yield from texts_and_pictures(package, related.target, sheet.place)
    elif related.kind == "vmlDrawing":
        yield from controls(package, related.target, sheet.place)
    elif related.kind in _EMBEDDED:
        yield Extra("embedded", sheet.place, related.target.rpartition("/")[2])
    elif related.kind == "image":
        yield Extra("picture", sheet.place, related.target.rpartition("/")[2])


def _notes(root: Element, sheet: Sheet, has_threads: bool) -> Iterator[Extra]:
    for note in root.iter("{*}comment"):
        text = as_typed("".join(part.text or "" for part in note.iter("{*}t")))
        if text.strip() and not (has_threads and text.startswith(_THREADED_NOTE)):
            yield Extra("note", f"{sheet.place}, cell {note.get('ref', '')}", text)


def _threads(root: Element, sheet: Sheet) -> Iterator[Extra]:
    for comment in root:
        words = [child.text or "" for child in comment if local(child) == "text"]
        if any(word.strip() for word in words):
            yield Extra("comment", f"{sheet.place}, cell {comment.get('ref', '')}", as_typed("".join(words)))
