"""A Word file as its parts: which is the body, what belongs to it, and what it should not hold."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from qaf_forms.plugin import Archive, Code, Extra, Limits, Problem, UnreadableFileError
from qaf_forms_word import names as n
from qaf_forms_word.xml_parts import parse

_PACKAGE_RELATIONSHIPS = "_rels/.rels"
_ESCAPE = b"_x005F_"
_ESCAPED = re.compile(rb"_x005F(?=_x[0-9A-Fa-f]{4}_)")
_TYPED_PROPERTIES = frozenset({"description", "subject", "keywords", "category"})
_EMBEDDED = frozenset({"oleObject", "package"})


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another, or out of the file. `kind` is the last word of its type."""

    id: str
    kind: str
    target: str
    is_external: bool


class WordPackage:
    """The parts of a .docx or .docm. Parts are read and parsed when asked for."""

    def __init__(self, source: BinaryIO, limits: Limits) -> None:
        self._archive = Archive(source, limits)
        self._limits = limits
        self._body_name = self._find_body()
        self.relationships = tuple(self._relationships_of(self._body_name))

    @property
    def body(self) -> etree._Element:
        """The root of the main part."""
        return self._story(self._body_name)

    @property
    def links(self) -> dict[str, str]:
        """Where the body's hyperlinks lead, by relationship id."""
        return {one.id: one.target for one in self.relationships if one.kind == "hyperlink"}

    def parts(self, kind: str) -> Iterator[etree._Element]:
        """The roots of the parts that the body names as its `header`, `footnotes`, ..., in order of relationship."""
        for one in self.relationships:
            if one.kind == kind and not one.is_external and one.target in self._archive:
                yield self._story(one.target)

    @property
    def placeholders(self) -> frozenset[str]:
        """What Word says in emptied controls, in the language of whoever saved the file: it keeps the words there."""
        found = set()
        for root in self.parts("glossaryDocument"):
            for body in root.iter(n.DOC_PART_BODY):
                found.add("".join(element.text or "" for element in body.iter(n.T)).strip())
        return frozenset(found - {""})

    @property
    def properties(self) -> dict[str, str]:
        """The custom document properties, as text."""
        root = self._optional("docProps/custom.xml")
        found: dict[str, str] = {}
        for entry in root if root is not None else ():
            value = next(iter(entry), None)
            found[entry.get("name", "")] = (value.text or "") if value is not None else ""
        return found

    def typed_properties(self) -> Iterator[Extra]:
        """What somebody typed about the file as a whole."""
        root = self._optional("docProps/core.xml")
        for element in root if root is not None else ():
            name = element.tag.rpartition("}")[2]
            if name in _TYPED_PROPERTIES and element.text and element.text.strip():
                yield Extra("property", f"document properties, {name}", element.text)

    @property
    def application(self) -> str:
        """The program that saved the file, and its version, if the file says."""
        root = self._optional("docProps/app.xml")
        if root is None:
            return ""
        name = root.findtext(f"{{{n.EXTENDED_PROPERTIES}}}Application", "")
        version = root.findtext(f"{{{n.EXTENDED_PROPERTIES}}}AppVersion", "")
        return f"{name} {version}".strip()

    def problems(self) -> Iterator[Problem]:
        """What the file holds that a form does not need: macros, controls, embedded things, links out of it."""
        lower = [name.lower() for name in self._archive.names]
        related = list(self._all_relationships())
        kinds = {one.kind for one in related}
        if "vbaProject" in kinds or any(name.endswith("vbaproject.bin") for name in lower):
            yield Code.HAS_MACROS.problem(what="macros")
        if "control" in kinds or any("/activex/" in name for name in lower):
            yield Code.HAS_MACROS.problem(what="ActiveX controls")
        if kinds & _EMBEDDED or any("/embeddings/" in name for name in lower):
            yield Code.HAS_MACROS.problem(what="embedded files")
        for one in related:
            if one.is_external and not (one.kind == "hyperlink" and _scheme(one.target) in n.HARMLESS_SCHEMES):
                yield Code.HAS_LINKS.problem(value=one.target)

    def _all_relationships(self) -> Iterator[Relationship]:
        yield from self.relationships
        own = _relationships_part(self._body_name)
        for part in self._archive.names:
            if part.endswith(".rels") and part not in (own, _PACKAGE_RELATIONSHIPS):
                yield from self._relationships_in(part, "")

    def _find_body(self) -> str:
        found = self._relationships_in(_PACKAGE_RELATIONSHIPS, "")
        bodies = [one.target for one in found if one.kind == "officeDocument" and not one.is_external]
        if len(bodies) > 1:
            raise UnreadableFileError(Code.UNSAFE.problem(reason="more than one of its parts is its text"))
        if bodies and bodies[0] in self._archive:
            return bodies[0]
        if "word/document.xml" in self._archive:
            return "word/document.xml"
        raise UnreadableFileError(
            Code.NOT_A_FORM_FILE.problem(what="no Word document", suggestion="ask for the form as a Word file")
        )

    def _relationships_of(self, part: str) -> Iterator[Relationship]:
        return self._relationships_in(_relationships_part(part), posixpath.dirname(part))

    def _relationships_in(self, part: str, folder: str) -> Iterator[Relationship]:
        root = self._optional(part)
        for entry in root if root is not None else ():
            target = entry.get("Target", "")
            external = entry.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, target.replace("\\", "/"))).lstrip("/")
            yield Relationship(entry.get("Id", ""), entry.get("Type", "").rpartition("/")[2], target, external)

    def _story(self, name: str) -> etree._Element:
        """A part that people write in. LibreOffice escapes what looks like `_x000D_`, though no text in Word is."""
        data = self._archive.read(name)
        if _ESCAPE in data and self.application.startswith("LibreOffice"):
            data = _ESCAPED.sub(b"", data)
        return parse(data, name, self._limits)

    def _optional(self, name: str) -> etree._Element | None:
        return self._parse(name) if name in self._archive else None

    def _parse(self, name: str) -> etree._Element:
        return parse(self._archive.read(name), name, self._limits)


def _relationships_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def _scheme(target: str) -> str:
    return target.partition(":")[0].lower()
