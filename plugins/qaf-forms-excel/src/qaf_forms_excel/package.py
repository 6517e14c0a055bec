"""The parts of a workbook file and how they refer to each other, parsed without trusting any of it."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from lxml import etree

from qaf_forms.plugin import Archive, Code, Limits, Problem, UnreadableFileError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LEAST_BYTES_OF_AN_ELEMENT = 4
_ALWAYS_FEW_ATTRIBUTES = 1_000_000
"""Parts below this size cannot hold enough attributes in one element to cost anything."""
_UTF_8 = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml version=["']1\.[01]["'](?: encoding=["'][Uu][Tt][Ff]-8["'])?"""
    rb"""(?: standalone=["'](?:yes|no)["'])? ?\?>)?\s*<[^?]"""
)
"""The beginning of a part whose bytes are its characters, as all office programs write it."""
ALTERNATIVES = "AlternateContent"
"""The element whose content programs choose from by what they understand."""
_ALTERNATIVE_CELLS = """boolean(//*[local-name()="AlternateContent"][
    ancestor::*[local-name()="sheetData"] or descendant::*[local-name()="sheetData"]])"""
_PARSER_DEPTH = 256
"""The depth at which libxml2 gives up by itself."""


class Relationship(NamedTuple):
    """What a part refers to. `kind` is the last word of the relationship's type, which Strict files share."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of one file, by name."""

    def __init__(self, source: BinaryIO, limits: Limits) -> None:
        self.archive = Archive(source, limits)
        self.limits = limits
        self.names = {name.lower(): name for name in self.archive.names}
        """The names of the parts as they are written, by what they are in small letters."""
        self._relationships: dict[str, Element] = {}
        self._parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )

    def parse(self, name: str) -> Element:
        """The root element of a part."""
        return self.parsed(name, self.archive.read(name))

    def parsed(self, name: str, data: bytes) -> Element:
        """The root element of a part that was already read."""
        if len(data) > _LEAST_BYTES_OF_AN_ELEMENT * self.limits.elements:
            self._check_count(name, data.count(b"<") - data.count(b"</"))
        try:
            root = etree.fromstring(data, self._parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
                raise MemoryError from error
            raise UnreadableFileError(_unparsable(name, str(error))) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableFileError(Code.UNSAFE.problem(reason=f"its part {name} has a document type"))
        if len(data) > _ALWAYS_FEW_ATTRIBUTES:
            self._check_attributes(name, root)
        if self.limits.depth < _PARSER_DEPTH and root.xpath("boolean(" + "/*" * (self.limits.depth + 1) + ")"):
            raise UnreadableFileError(_too_deep(name, self.limits.depth))
        return root

    def relationships(self, part: str) -> dict[str, Relationship]:
        """What a part refers to, by id; nothing if it refers to nothing."""
        folder, _, name = part.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if rels not in self.archive:
            return {}
        found = {}
        for element in self._listed_in(rels):
            kind = element.get("Type", "").rpartition("/")[2]
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            found[element.get("Id", "")] = Relationship(
                kind, target if external else self._resolved(part, target), external
            )
        return found

    def outside(self, rels: str) -> list[str]:
        """Where a part of relationships leads out of the file."""
        return [str(one.get("Target", "")) for one in self._listed_in(rels) if one.get("TargetMode") == "External"]

    def _listed_in(self, rels: str) -> Element:
        """The relationships in a part of them, which is parsed once."""
        if rels not in self._relationships:
            self._relationships[rels] = self.parse(rels)
        return self._relationships[rels]

    def _resolved(self, part: str, target: str) -> str:
        """The name of the part that `target` means, seen from `part`."""
        target = target.replace("\\", "/")
        if "./" not in target:
            if target.startswith("/"):
                return target[1:]
            folder = dirname(part)
            return f"{folder}/{target}" if folder else target
        return normpath(join(dirname(part), target)).lstrip("./")

    def _check_count(self, name: str, count: int) -> None:
        if count > self.limits.elements:
            raise UnreadableFileError(
                Code.TOO_COMPLEX.problem(
                    what=f"the number of elements in its part {name}",
                    size=f"{count:,}",
                    limit=f"{self.limits.elements:,}",
                )
            )

    def _check_attributes(self, name: str, root: Element) -> None:
        for element in root.iter():
            if len(element.attrib) > self.limits.attributes:
                raise UnreadableFileError(
                    Code.TOO_COMPLEX.problem(
                        what=f"the number of attributes of an element in its part {name}",
                        size=len(element.attrib),
                        limit=self.limits.attributes,
                    )
                )


def may_mention(data: bytes, name: str) -> bool:
    """Whether a part may have this in its markup, by its bytes: a hundredth of the time of looking for elements."""
    return name.encode() in data or _UTF_8.match(data) is None


def sections_of(sheet: Element, namespace: str, place: str, may_have_alternatives: bool) -> dict[str, Element]:
    """The elements right below the root of a sheet, the first of each name, by their names without the namespace.

    Sheets with cells in several places, or of which some programs see others, are refused.
    """
    found: dict[str, Element] = {}
    skip = len(namespace)
    for element in sheet:
        tag = element.tag
        if tag.endswith("sheetData") and (tag != f"{namespace}sheetData" or "sheetData" in found):
            raise UnreadableFileError(Code.UNSAFE.problem(reason=f"the cells of {place} stand in odd places"))
        if tag.startswith(namespace):
            found.setdefault(tag[skip:], element)
    if may_have_alternatives and sheet.xpath(_ALTERNATIVE_CELLS):
        raise UnreadableFileError(Code.UNSAFE.problem(reason=f"{place} is not the same in all programs"))
    return found


def _unparsable(name: str, reason: str) -> Problem:
    if "depth" in reason or "huge" in reason.lower():
        return _too_deep(name, _PARSER_DEPTH)
    if "failed to load" in reason:  # the parser refuses to fetch the document type
        return Code.UNSAFE.problem(reason=f"its part {name} has a document type")
    return Code.DAMAGED.problem(reason=f"its part {name} is not well-formed XML")


def _too_deep(name: str, limit: int) -> Problem:
    return Code.TOO_COMPLEX.problem(what=f"the nesting of its part {name}", size="deeper", limit=f"{limit} levels")
