"""Tells what somebody wrote from what the form prints by the form's lines alone, where no blank copy can be made.

Then every line of the form counts as printed wherever it stands, but for words that could be an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qaf_forms.collect.pieces import Folding
from qaf_forms.collect.raw_values import text_of
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.printed import RUN_ON, printed_lines, stamp_lines
from qaf_forms.issue.stamp import Stamp
from qaf_forms.plugin.interfaces import SHEET_NAME, Contents, Extra


class KnownLines:
    """The lines of one form."""

    def __init__(self, layout: Layout) -> None:
        self._fold = Folding()
        self._words = layout.words
        self._printed = printed_lines(layout)

    def of(self, contents: Contents, claimed: set[int], stamp: Stamp | None) -> Iterator[Extra]:
        """What was written in a file beside the spaces that are claimed."""
        known = self._printed | stamp_lines(stamp, self._words)
        for table in contents.tables:
            for row in table.rows:
                for cell in row:
                    text = self._unprinted(text_of(cell.value), known) if id(cell) not in claimed else ""
                    if text:
                        yield Extra("text", cell.place, text)
        for loose in contents.loose:
            text = self._unprinted(loose.text, known)
            if text and loose.kind == SHEET_NAME and any(self._fold(text) in line for line in known):
                continue  # cut to the length of a name
            if text:
                yield replace(loose, kind="text" if loose.kind == "paragraph" else loose.kind, text=text)

    def count_in(self, contents: Contents) -> int:
        """How many texts of a file are lines of this form and nothing else."""
        texts = [text_of(cell.value) for table in contents.tables for row in table.rows for cell in row]
        texts += [loose.text for loose in contents.loose]
        return sum(1 for text in texts if text and not self._unprinted(text, self._printed))

    def _unprinted(self, text: str, known: frozenset[str]) -> str:
        lines = text.replace(RUN_ON, "\n").split("\n")
        return "\n".join(line for line in lines if (word := self._fold(line)) and word not in known)
