"""Reads a returned Word file: zipfile and lxml, one walk, within limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from qaf_forms.plugin import Contents, Extra, Limits
from qaf_forms_word import names as n
from qaf_forms_word.graphics import words_of_part
from qaf_forms_word.package import WordPackage
from qaf_forms_word.story import Story


def read(source: BinaryIO, limits: Limits) -> Contents:
    """Walk the body, then everything that stands beside it."""
    package = WordPackage(source, limits)
    body = Story(limits, package.links, placeholders=package.placeholders)
    body.read(package.body)
    margins = list(_margins(package, limits))
    extras = [*body.extras, *_notes(package, body), *_drawn(package)]
    stories = (body, *margins)
    for story in stories:
        story.close()
    return Contents(
        properties=package.properties,
        tables=body.tables,
        loose=[*body.loose, *(one for story in margins for one in _loose(story)), *package.typed_properties()],
        extras=extras,
        problems=[*dict.fromkeys(package.problems()), *(one for story in stories for one in story.problems)],
        application=package.application,
    )


def _margins(package: WordPackage, limits: Limits) -> Iterator[Story]:
    """Headers and footers."""
    for kind in ("header", "footer"):
        for root in package.parts(kind):
            story = Story(limits, {}, kind)
            story.read(root)
            yield story


def _loose(margin: Story) -> Iterator[Extra]:
    """The text of a header or footer."""
    yield from margin.loose
    for table in margin.tables:
        for row in table.rows:
            yield from (Extra(margin.kind, margin.kind, str(cell.value)) for cell in row if cell.value)
    yield from margin.extras


def _notes(package: WordPackage, body: Story) -> Iterable[Extra]:
    """The text of comments, footnotes and endnotes, each at the place that it is about."""
    for part, kind in (("comments", "comment"), ("footnotes", "footnote"), ("endnotes", "endnote")):
        for root in package.parts(part):
            for note in root:
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
