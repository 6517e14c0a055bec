"""The renderer and the reader as the toolkit sees them. Libraries are imported when a file is written or read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from qaf_forms.plugin import Contents, Copy, Layout, Limits


class WordRenderer:
    """Makes .docx forms from the house template."""

    format = "word"
    suffix = ".docx"

    def render(self, layout: Layout, copies: Iterable[Copy]) -> Iterator[bytes]:
        """Yield one .docx for each copy."""
        from qaf_forms_word.rendering import render

        return render(layout, copies)


class WordReader:
    """Says what stands where in a completed .docx or .docm; decides nothing about what it means."""

    format = "word"
    suffixes: Sequence[str] = (".docx", ".docm")

    def recognises(self, head: bytes, tail: bytes) -> bool:
        """Whether it is a zip file that names parts of a Word document."""
        return head.startswith(b"PK\x03\x04") and (b"word/" in tail or b"word/" in head)

    def read(self, source: BinaryIO, limits: Limits) -> Contents:
        """Walk the document and what stands beside it."""
        from qaf_forms_word.reading import read

        return read(source, limits)
