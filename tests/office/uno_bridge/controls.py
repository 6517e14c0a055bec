"""Content controls as LibreOffice 7.4 has them, in document order.

It imports an inline w:sdt with `w:text` as an input field and every other as a content
control, and drops all tags, so a tag is found by its position in the file opened.
"""

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BLOCKS = {f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"}
INPUT_FIELD = "com.sun.star.text.TextField.Input"


def tags_in_order(source: Path) -> list[str | None]:
    """The w:tag of every inline control in the body of a docx, None where untagged."""
    with zipfile.ZipFile(source) as package:
        body = ET.fromstring(package.read("word/document.xml"))
    inline = (sdt for sdt in body.iter(f"{W}sdt") if not _holds_blocks(sdt))
    return [_tag(sdt) for sdt in inline]


def controls_within(text: Any) -> Iterator[Any]:
    """The text portions in `text` that are controls, tables entered cell by cell."""
    for block in text:
        if block.supportsService("com.sun.star.text.TextTable"):
            for name in block.CellNames:
                yield from controls_within(block.getCellByName(name))
        else:
            yield from (portion for portion in block if is_control(portion))


def is_control(portion: Any) -> bool:
    """Whether a text portion is a content control or an input field."""
    if portion.TextPortionType == "TextField":
        return bool(portion.TextField.supportsService(INPUT_FIELD))
    return bool(portion.TextPortionType == "ContentControl")


def _holds_blocks(sdt: ET.Element) -> bool:
    return any(element.tag in BLOCKS for element in sdt.iter())


def _tag(sdt: ET.Element) -> str | None:
    tag = sdt.find(f"{W}sdtPr/{W}tag")
    return None if tag is None else tag.get(f"{W}val")
