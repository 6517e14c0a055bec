"""The renderer and the reader as the toolkit sees them. Libraries are imported when a file is written or read."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO

from qaf_forms.plugin import Contents, Copy, Layout, Limits, Problem
from qaf_forms_word.converting import as_docx, macros_in, old_format

if TYPE_CHECKING:
    from qaf_forms_word.template_tags import Sandbox

_EDGE = 65_536
"""The bytes at either end of a file in which a zip archive names its parts."""


class WordRenderer:
    """Makes .docx forms from the house template."""

    format = "word"
    suffix = ".docx"

    def render(self, layout: Layout, copies: Iterable[Copy]) -> Iterator[bytes]:
        """Yield one .docx for each copy."""
        from qaf_forms_word.rendering import render

        return render(layout, copies, self._sandbox)

    @cached_property
    def _sandbox(self) -> Sandbox:
        from qaf_forms_word.template_tags import Sandbox

        return Sandbox()

    def template(self) -> bytes:
        """The template that forms are made from, for a partnership to make its own of."""
        from qaf_forms_word.templates import house_template

        return house_template()

    def template_faults(self, data: bytes, place: str) -> Sequence[Problem]:
        """Everything in a template that would make a form go wrong."""
        from qaf_forms_word.templates import template_faults

        return template_faults(data, place)


class WordReader:
    """Says what stands where in a completed .docx or .docm; decides nothing about what it means.

    A .doc, .odt or .rtf is read as what LibreOffice makes of it, where that is installed.
    """

    format = "word"
    suffixes: Sequence[str] = (".docx", ".docm", ".doc", ".odt", ".rtf")

    def recognises(self, data: bytes) -> bool:
        """Whether it is a zip file that names parts of a Word document, or in a format that Word once wrote."""
        if data.startswith(b"PK\x03\x04") and (b"word/" in data[-_EDGE:] or b"word/" in data[:_EDGE]):
            return True
        return bool(old_format(data))

    def read(self, source: BinaryIO, limits: Limits) -> Contents:
        """Walk the document and what stands beside it."""
        from qaf_forms_word.reading import read

        head = source.read(_EDGE)
        source.seek(0)
        if head.startswith(b"PK") and b"opendocument" not in head[:200]:
            return read(source, limits)
        data = source.read()
        contents = read(io.BytesIO(as_docx(data, old_format(data), limits)), limits)
        contents.problems.extend(macros_in(data))
        return contents
