"""Custom document properties: the stamp as Word keeps it."""

from __future__ import annotations

from collections.abc import Mapping

from qaf_forms_word.wordml import escape

CUSTOM_PART = "docProps/custom.xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
)


def custom_properties(properties: Mapping[str, str]) -> bytes:
    """The part that holds these properties, all of them text."""
    entries = (
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), start=2)
    )
    return f"{_HEAD}{''.join(entries)}</Properties>".encode()
