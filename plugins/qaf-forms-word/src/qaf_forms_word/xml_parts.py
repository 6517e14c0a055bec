"""Parses the XML of a stranger: UTF-8 or UTF-16, no entities, no network, no DOCTYPE, within limits."""

from __future__ import annotations

import re

from lxml import etree

from qaf_forms.plugin import Code, Limits, UnreadableFileError
from qaf_forms_word.names import STRICT_TO_TRANSITIONAL

_PARSER_DEPTH = 256
"""The depth at which libxml2 gives up by itself."""
_SHORTEST_ATTRIBUTE = len(' a=""')
_ENCODING = re.compile(rb"""^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
_NAMESPACES = {
    f'"{strict}"'.encode(): f'"{transitional}"'.encode() for strict, transitional in STRICT_TO_TRANSITIONAL.items()
}


def parse(data: bytes, name: str, limits: Limits) -> etree._Element:
    """The root of a part; ISO Strict comes out with the names of Transitional."""
    data = _as_utf_8(data, name)
    if b"<!DOCTYPE" in data:
        raise UnreadableFileError(Code.UNSAFE.problem(reason=f"its part {name} has a DOCTYPE"))
    if b"purl.oclc.org/ooxml" in data:
        for strict, transitional in _NAMESPACES.items():
            data = data.replace(strict, transitional)
    _check_size(data, name, limits)
    root = _parse(data, name)
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFileError(Code.UNSAFE.problem(reason=f"its part {name} has a DOCTYPE"))
    _check_shape(root, data, name, limits)
    return root


def _as_utf_8(data: bytes, name: str) -> bytes:
    """The standard allows UTF-8 and UTF-16 only; any other encoding could hide things from the checks."""
    head = data[:4]
    try:
        if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return _DECLARATION.sub("", data.decode("utf-16")).encode()
        if b"\0" in head:
            order = "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
            return _DECLARATION.sub("", data.decode(order)).encode()
    except UnicodeError as error:
        raise UnreadableFileError(Code.DAMAGED.problem(reason=f"its part {name} is not XML")) from error
    data = data.removeprefix(b"\xef\xbb\xbf")
    encoding = _ENCODING.match(data[:200])
    if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii"):
        raise UnreadableFileError(Code.UNSAFE.problem(reason=f"its part {name} is not UTF-8"))
    return data


def _parse(data: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        if "depth" in str(error):
            raise _too_complex("nesting", name, f"over {_PARSER_DEPTH}", _PARSER_DEPTH) from error
        raise UnreadableFileError(Code.DAMAGED.problem(reason=f"its part {name} is not XML")) from error


def _check_size(data: bytes, name: str, limits: Limits) -> None:
    """Count tags and attributes, or rather what each needs one of, before anything is built of them."""
    if data.count(b"<") > limits.elements:
        elements = data.count(b"</") + data.count(b"/>")
        if elements > limits.elements:
            raise _too_complex("number of elements", name, str(elements), limits.elements)
    most = limits.elements * 4
    if len(data) > most and (attributes := data.count(b"=")) > most:
        raise _too_complex("number of attributes", name, str(attributes), most)


def _check_shape(root: etree._Element, data: bytes, name: str, limits: Limits) -> None:
    if _may_have_attributes(data, limits.attributes) and root.xpath(f"boolean(//@*[{limits.attributes + 1}])"):
        raise _too_complex("number of attributes", name, f"over {limits.attributes}", limits.attributes)
    if limits.depth < _PARSER_DEPTH and root.xpath("boolean(" + "/*" * (limits.depth + 1) + ")"):
        raise _too_complex("nesting", name, f"over {limits.depth}", limits.depth)


def _may_have_attributes(data: bytes, count: int) -> bool:
    """Whether any tag is long enough for so many attributes: it holds no `<`, so it covers a whole block of bytes."""
    block = count * _SHORTEST_ATTRIBUTE // 2
    return any(data.find(b"<", start, start + block) < 0 for start in range(0, len(data) - block, block))


def _too_complex(what: str, name: str, size: str, limit: int) -> UnreadableFileError:
    return UnreadableFileError(Code.TOO_COMPLEX.problem(what=f"the {what} in its part {name}", size=size, limit=limit))
