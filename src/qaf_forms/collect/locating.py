"""Finds the answer spaces of a layout in the contents of a file.

Every space is looked for by its surest anchor first: the mark that the renderer put on it (a content control's tag, a
defined name), a second mark (a bookmark, a hidden key), the printed code in its row with the head of its column, and
last the wording of the question. What is left over and was not printed by the form is the respondent's own writing.
"""

from __future__ import annotations

from collections.abc import Iterator

from qaf_forms.collect.anchored import AnchoredSpaces
from qaf_forms.collect.located import Located
from qaf_forms.collect.own_rows import OwnRows
from qaf_forms.collect.printed_rows import PrintedRows
from qaf_forms.collect.raw_values import text_of
from qaf_forms.define.scale import fold
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.printed import printed_lines, stamp_lines
from qaf_forms.issue.stamp import Stamp
from qaf_forms.plugin.interfaces import Cell, Contents, Extra

_EMPTY_MARKS = frozenset(" \t•·-–—_.…☐:;|")
_MOST_KNOWN, _LONGEST_KNOWN = 20_000, 4_000
"""How many printed texts are remembered as they stand in files, and of what length: folding them costs time."""


class Locator:
    """Finds the spaces of one layout in any number of files. Made once per layout: it indexes what the form prints."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._anchored = AnchoredSpaces(layout)
        self._own_rows = OwnRows(layout)
        self._printed_rows = PrintedRows(layout)
        self._single = [space for space in layout.fields if not space.table]
        self._printed = printed_lines(layout)
        self._known: set[str] = set()

    def locate(self, contents: Contents, stamp: Stamp | None) -> Located:
        """Account for everything in `contents`."""
        located = Located()
        others = self._anchored.take(contents.tables, located)
        self._own_rows.take(contents.tables, others, located)
        missing = [space for space in self._single if space.key not in located.answers]
        if missing:
            self._printed_rows.take(missing, contents.tables, located)
        located.extras.extend(self._leftovers(contents, located, stamp_lines(stamp, self.layout.words)))
        located.extras.extend(contents.extras)
        return located

    def _leftovers(self, contents: Contents, located: Located, stamped: frozenset[str]) -> Iterator[Extra]:
        for table in contents.tables:
            for row in table.rows:
                for cell in row:
                    if id(cell) not in located.claimed:
                        yield from self._left_in(cell, located, stamped)
        for loose in contents.loose:
            text = self._unprinted(loose.text, stamped)
            if text:
                yield Extra("text" if loose.kind == "paragraph" else loose.kind, loose.place, text)

    def _left_in(self, cell: Cell, located: Located, stamped: frozenset[str]) -> Iterator[Extra]:
        if cell.value == "":
            located.problems.extend(cell.remarks)
            return
        text = self._unprinted(text_of(cell.value), stamped)
        if text:
            yield Extra("text", cell.place, text)

    def _unprinted(self, text: str, stamped: frozenset[str]) -> str:
        """The lines of a text that neither the form nor its stamp printed."""
        if text in self._known:
            return ""
        left = [line for line in text.split("\n") if not self._is_printed(line)]
        if not left and len(self._known) < _MOST_KNOWN and len(text) < _LONGEST_KNOWN:
            self._known.add(text)
        return "\n".join(line for line in left if (fold(line) or line) not in stamped)

    def _is_printed(self, line: str) -> bool:
        return _EMPTY_MARKS.issuperset(line) or fold(line) in self._printed
