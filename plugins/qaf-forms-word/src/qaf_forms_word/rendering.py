"""Makes the files: the blank document once for what copies share, then each copy's own facts put into it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from qaf_forms.plugin import Copy, Layout, Stamp
from qaf_forms_word.document import build_document
from qaf_forms_word.properties import CUSTOM_PART, custom_properties
from qaf_forms_word.template_tags import Sandbox
from qaf_forms_word.wordml import escape

_MARK = re.compile(rb"\xee\x80\x80([a-z]+[0-9]*)\xee\x80\x81")
"""A mark is written between U+E000 and U+E001, where a copy's own fact will stand."""
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_EPOCH = (1980, 1, 1, 0, 0, 0)


def render(layout: Layout, copies: Iterable[Copy], sandbox: Sandbox) -> Iterator[bytes]:
    """One .docx for each copy. Copies that differ in their stamp alone share one blank document."""
    blank: _Blank | None = None
    for copy in copies:
        labels = tuple(label for label, _ in copy.stamp.cover_lines(layout.words))
        if blank is None or not blank.fits(labels, copy):
            blank = _Blank(layout, labels, copy, sandbox)
        yield blank.copy(copy.stamp)


def mark(name: str) -> str:
    """What stands in the blank document for a copy's own fact."""
    return f"\ue000{name}\ue001"


class _Blank:
    """The parts of a document whose own facts are not filled in yet, cut at the marks."""

    def __init__(self, layout: Layout, labels: tuple[str, ...], copy: Copy, sandbox: Sandbox) -> None:
        self._labels, self._copy, self._words = labels, copy, layout.words
        facts = [(label, mark(f"fact{place}")) for place, label in enumerate(labels)]
        parts = build_document(layout, copy, facts=facts, stamp_line=mark("stamp"), sandbox=sandbox)
        self._parts = {name: _MARK.split(data) for name, data in parts.items()}

    def fits(self, labels: tuple[str, ...], copy: Copy) -> bool:
        """Whether a copy differs from this document in its own facts only."""
        return labels == self._labels and replace(copy, stamp=self._copy.stamp) == self._copy

    def copy(self, stamp: Stamp) -> bytes:
        """The document with one copy's facts in it."""
        facts = {f"fact{place}": value for place, (_, value) in enumerate(stamp.cover_lines(self._words))}
        known = {name.encode(): _fact(value) for name, value in {**facts, "stamp": stamp.line}.items()}
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            for name, pieces in self._parts.items():
                _write(package, name, _joined(pieces, known))
            _write(package, CUSTOM_PART, custom_properties(stamp.properties))
        return file.getvalue()


def _joined(pieces: list[bytes], facts: Mapping[bytes, bytes]) -> bytes:
    """Every second piece is the name of a fact."""
    if len(pieces) == 1:
        return pieces[0]
    return b"".join(facts[piece] if place % 2 else piece for place, piece in enumerate(pieces))


def _fact(value: str) -> bytes:
    return escape(value).replace("\n", _BREAK).encode()


def _write(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    package.writestr(entry, data)
