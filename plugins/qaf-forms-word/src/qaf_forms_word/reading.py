"""Reads a returned Word file: zipfile and lxml, one walk, within limits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from qaf_forms.plugin import Contents, Extra, Limits
from qaf_forms_word import names as n
from qaf_forms_word.graphics import words_of_part
from qaf_forms_word.package import WordPackage
from qaf_forms_word.story import Story

_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read(source: BinaryIO, limits: Limits) -> Contents:
    """Walk the body, then everything that stands beside it."""
    package = WordPackage(source, limits)
    body = Story(limits, package.links, placeholders=package.placeholders)
    body.read(package.body)
    return Contents(
        properties=package.properties,
        tables=body.tables,
        loose=[*body.loose, *_margins(package, limits)],
        extras=[*body.extras, *_notes(package, body), *_drawn(package)],
        problems=[*package.problems(), *body.problems],
        application=package.application,
    )


def _margins(package: WordPackage, limits: Limits) -> Iterable[Extra]:
    """The text of headers and footers."""
    for kind in ("header", "footer"):
        for root in package.parts(kind):
            story = Story(limits, {}, kind)
            story.read(root)
            yield from story.loose
            for table in story.tables:
                for row in table.rows:
                    yield from (Extra(kind, kind, str(cell.value)) for cell in row if cell.value)
            yield from story.extras


def _notes(package: WordPackage, body: Story) -> Iterable[Extra]:
    """The text of comments, footnotes and endnotes, each at the place that it is about."""
    for part, kind in (("comments", "comment"), ("footnotes", "footnote"), ("endnotes", "endnote")):
        for root in package.parts(part):
            for note in root:
                if note.get(n.w("type")) in _SEPARATORS:
                    continue
                place = body.noted.get((kind, note.get(n.ID, "")), "the document")
                before = len(body.extras)
                text = body.read_note(note, place)
                yield from body.extras[before:]
                if text.strip():
                    yield Extra(kind, place, text)


def _drawn(package: WordPackage) -> Iterable[Extra]:
    """The words of diagrams and charts."""
    for part in ("diagramData", "chart"):
        for root in package.parts(part):
            if words := words_of_part(root):
                yield Extra("drawing", "the document", words)
