"""Parses the XML of a stranger: no entities, no network, no DOCTYPE, within limits."""

from __future__ import annotations

from lxml import etree

from qaf_forms.plugin import Code, Limits, UnreadableFileError
from qaf_forms_word.names import STRICT_TO_TRANSITIONAL

_PARSER_DEPTH = 256
"""The depth at which libxml2 gives up by itself."""
_attributes_over = {limit: etree.XPath(f"boolean(//@*[{limit + 1}])") for limit in (Limits().attributes,)}


def parse(data: bytes, name: str, limits: Limits) -> etree._Element:
    """The root of a part; ISO Strict comes out with the names of Transitional."""
    _check_size(data, name, limits)
    root = _parse(data, name)
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFileError(Code.UNSAFE.problem(reason=f"its part {name} has a DOCTYPE"))
    _check_shape(root, name, limits)
    if any(uri in STRICT_TO_TRANSITIONAL for uri in root.nsmap.values()):
        return _parse(_transitional(etree.tostring(root, encoding="utf-8")), name)
    return root


def _parse(data: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise UnreadableFileError(
                Code.TOO_COMPLEX.problem(
                    what=f"the nesting of its part {name}", size=f"over {_PARSER_DEPTH}", limit=_PARSER_DEPTH
                )
            ) from error
        raise UnreadableFileError(Code.DAMAGED.problem(reason=f"its part {name} is not XML")) from error


def _check_size(data: bytes, name: str, limits: Limits) -> None:
    """Count tags before anything is built of them: an element has one or two."""
    tags = data.count(b"<")
    if tags <= limits.elements:
        return
    elements = max(data.count(b"</") + data.count(b"/>"), tags // 2)
    if elements > limits.elements:
        raise UnreadableFileError(
            Code.TOO_COMPLEX.problem(what=f"the size of its part {name}", size=elements, limit=limits.elements)
        )


def _check_shape(root: etree._Element, name: str, limits: Limits) -> None:
    over = _attributes_over.get(limits.attributes) or etree.XPath(f"boolean(//@*[{limits.attributes + 1}])")
    if over(root):
        raise UnreadableFileError(
            Code.TOO_COMPLEX.problem(
                what=f"the number of attributes in its part {name}",
                size=f"over {limits.attributes}",
                limit=limits.attributes,
            )
        )
    if limits.depth < _PARSER_DEPTH and root.xpath("boolean(" + "/*" * (limits.depth + 1) + ")"):
        raise UnreadableFileError(
            Code.TOO_COMPLEX.problem(
                what=f"the nesting of its part {name}", size=f"over {limits.depth}", limit=limits.depth
            )
        )


def _transitional(data: bytes) -> bytes:
    for strict, transitional in STRICT_TO_TRANSITIONAL.items():
        data = data.replace(f'"{strict}"'.encode(), f'"{transitional}"'.encode())
    return data
