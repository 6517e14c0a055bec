"""Makes hostile files out of a small form that was filled in."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

from qaf_forms import Form, Toolkit

KIT = Toolkit(passwords=["velvet"])
FORM = Form.model_validate(
    {
        "id": "hostile_audit",
        "version": "1",
        "title": "A small audit",
        "kind": "case_audit",
        "owner": "Anytown Safeguarding Partnership",
        "sections": [
            {
                "id": "case",
                "title": "The case",
                "items": [
                    {"id": "case_ref", "type": "text", "ask": "Audit case reference"},
                    {"id": "seen_on", "type": "date", "ask": "When was the child last seen?"},
                    {"id": "visits", "type": "integer", "ask": "How many visits were there?"},
                    {
                        "id": "actions",
                        "type": "table",
                        "ask": "Actions",
                        "columns": [{"id": "what", "title": "What", "type": "text"}],
                    },
                ],
            }
        ],
    }
)
ANSWER = "N-07"
CANARY = "the canary sings"
"""Must never be seen: it stands where only a file that leads a reader astray gets it from."""
MAIN = {"excel": "xl/worksheets/sheet2.xml", "word": "word/document.xml"}
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ENTRY, _NAME_AT = b"PK\x01\x02", 46
Change = Callable[[bytes], bytes]


@cache
def filled(format_: str) -> bytes:
    """The form with its answer."""
    return KIT.render(FORM, format_, answers={"case_ref": ANSWER})


def packed(parts: Mapping[str, bytes], *more: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """A zip file of these parts; `more` may have names that are there already."""
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        warnings.simplefilter("ignore")
        for name, content in (*parts.items(), *more):
            package.writestr(name, content)
    return file.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of an office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_parts(format_: str, *more: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """The form with further parts."""
    return packed(parts_of(filled(format_)), *more)


def changed(format_: str, change: Change, part: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """The form with one part changed, that of its answers if none is named, and further parts in place of others."""
    parts = parts_of(filled(format_))
    name = part or MAIN[format_]
    parts[name] = change(parts[name])
    return packed({**parts, **(more or {})})


def inside(text: str, before: str) -> Change:
    """Puts a text in front of the last place where another stands."""
    mark = before.encode()

    def put(content: bytes) -> bytes:
        head, found, tail = content.rpartition(mark)
        assert found
        return head + text.encode() + found + tail

    return put


def replacing(old: str, new: str) -> Change:
    """Puts one text in place of another."""

    def put(content: bytes) -> bytes:
        assert old.encode() in content
        return content.replace(old.encode(), new.encode())

    return put


def rows(text: str) -> Change:
    """Puts rows behind the last of a sheet."""
    return inside(text, "</sheetData>")


def paragraphs(text: str) -> Change:
    """Puts paragraphs behind the last of a document."""
    return inside(text, "<w:sectPr")


def doctype(text: str, encoding: str = "utf-8") -> Change:
    """Puts a document type before a part, in an encoding."""

    def put(content: bytes) -> bytes:
        body = content.decode().partition("?>")[2] if content.startswith(b"<?xml") else content.decode()
        return f'<?xml version="1.0" encoding="{encoding}"?>{text}{body}'.encode(encoding)

    return put


def overlapping(format_: str) -> bytes:
    """The last part begins where the first one does."""
    data = bytearray(with_parts(format_, ("a.xml", b"<a/>")))
    last = data.rindex(_ENTRY)
    data[last + 42 : last + 46] = struct.pack("<I", 0)
    return bytes(data)


def lying_about_size(format_: str) -> bytes:
    """The part with the answers says that it is larger than a file may be."""
    data = bytearray(filled(format_))
    at = data.index(_ENTRY)
    name = MAIN[format_].encode()
    while data[at + _NAME_AT : at + _NAME_AT + len(name)] != name:
        at = data.index(_ENTRY, at + 4)
    data[at + 24 : at + 28] = struct.pack("<I", 3_000_000_000)
    return bytes(data)


def link_entry() -> zipfile.ZipInfo:
    """An entry that is a symbolic link."""
    entry = zipfile.ZipInfo("link.xml")
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return entry


def relations(*entries: tuple[str, str, str, bool]) -> bytes:
    """A part of relationships: id, kind, target, and whether it leads outside."""
    listed = "".join(_relation(*entry) for entry in entries)
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{package}">{listed}</Relationships>'.encode()


def _relation(id_: str, kind: str, target: str, outside: bool) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{id_}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'
