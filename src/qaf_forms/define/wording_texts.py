"""The texts of a form by where they stand in a wording: what there is to put into other words, and what is left."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from qaf_forms.define.form import Form
from qaf_forms.define.items import Grid, Group, StemRow, TitleRow
from qaf_forms.define.questions import AGENCY
from qaf_forms.define.scale import Scale
from qaf_forms.define.wordings import (
    CellWords,
    ColumnWords,
    ItemWords,
    LevelWords,
    NilReturnWords,
    RowWords,
    SectionWords,
    SignatoryWords,
)

Way = tuple[str, ...]
"""Where a text stands in a wording, below `words`: `items`, `case_ref`, `ask`."""

_SELDOM_PUT = frozenset({"reference", "aliases"})
"""What is usually the same in every wording: the names of statutes, and ways in which people answer."""

UNNAMED = "without an id"
"""What stands in the way to a text that no wording can name."""


def texts_of(form: Form) -> Iterator[tuple[Way, str]]:
    """Every text that a form prints, once, in printed order."""
    yield ("title",), form.title
    if form.intro:
        yield ("intro",), form.intro
    yield from ((("roles", role), title) for role, title in form.roles.items() if role != AGENCY)
    if form.nil_return:
        yield from _of(form.nil_return, NilReturnWords, ("nil_return",))
        yield from _of_items(form.nil_return.items)
    for section in form.sections:
        yield from _of(section, SectionWords, ("sections", section.id))
        yield from _of_items(section.items)
    for name, scale in form.scales.items():
        yield from _of_scale(scale, ("scales", name))


def untold(form: Form, reworded: Form, given: Collection[str]) -> list[Way]:
    """Where the texts stand that are the same in both, unless somebody gave them so, and have letters in them."""
    after = dict(texts_of(reworded))
    # a heading has no id: it stands under its own words, which are others when they are put into others
    same = [(way, text) for way, text in texts_of(form) if after.get(way) == text]
    return [way for way, text in same if text not in given and any(map(str.isalpha, text))]


def _of(part: Any, words: Any, way: Way) -> Iterator[tuple[Way, str]]:
    """The texts of one part of a form, which are the keys of `words` that hold one text."""
    for name in words.model_fields:
        text = getattr(part, name) if name in type(part).model_fields else None
        if name == "unit" and not any(map(str.isalpha, text or "")):
            continue  # % and £ are the same in every wording
        if isinstance(text, str) and name not in (*_SELDOM_PUT, "scale"):
            yield (*way, name), text
        elif name == "scale" and isinstance(text, Scale):
            yield from _of_scale(text, (*way, name))


def _of_scale(scale: Scale, way: Way) -> Iterator[tuple[Way, str]]:
    if scale.title:
        yield (*way, "title"), scale.title
    for level in scale.levels:
        yield from _of(level, LevelWords, (*way, "levels", level.code))


def _of_items(items: tuple[Any, ...]) -> Iterator[tuple[Way, str]]:
    for item in items:
        if item.type == "note":
            yield ("items", item.id or UNNAMED, "text"), item.text
            continue
        way = ("items", item.id)
        yield from _of(item, ItemWords, way)
        for column in getattr(item, "columns", ()):
            yield from _of(column, ColumnWords, (*way, "columns", column.id))
        if isinstance(item, Grid):
            yield from (text for row in item.rows for text in _of_row(row, way))
        for signatory in getattr(item, "signatories", ()):
            yield from _of(signatory, SignatoryWords, (*way, "signatories", signatory.id))
        yield from (((*way, "titles", title), title) for title in getattr(item, "titles", ()))
        if isinstance(item, Group):
            yield from _of_items(item.items)


def _of_row(row: Any, way: Way) -> Iterator[tuple[Way, str]]:
    if isinstance(row, TitleRow):
        yield (*way, "headings", row.title), row.title
        return
    here = (*way, "rows", row.id or UNNAMED)
    yield from _of(row, RowWords, here)
    for column, levels in getattr(row, "descriptors", {}).items():
        yield from (((*here, "descriptors", column, level), text) for level, text in levels.items())
    for column, cell in getattr(row, "cells", {}).items():
        yield from _of(cell, CellWords, (*here, "cells", column))
    if isinstance(row, StemRow):
        yield from (text for prompt in row.prompts for text in _of_row(prompt, way))


def blank_wording(form: Form, name: str, language: str) -> str:
    """A wording of a form with every key it can have, none of them filled, and the form's text beside each."""
    lines = [
        f"# {form.title}, in other words. Write behind each key; what is left empty stays as the form has it.",
        f"wording_of: {form.id}",
        f"name: {name}",
        *([f"language: {language}"] if language else []),
        "words:",
    ]
    tree: dict[str, Any] = {}
    for way, text in texts_of(form):
        if UNNAMED in way:
            continue
        inner = tree
        for step in way[:-1]:
            inner = inner.setdefault(step, {})
        inner[way[-1]] = text
    lines += _written(tree, "  ")
    return "\n".join(lines) + "\n"


def _written(tree: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, inner in tree.items():
        if isinstance(inner, Mapping):
            yield f"{indent}{_key(key)}:"
            yield from _written(inner, indent + "  ")
            continue
        first, *more = inner.strip().split("\n")
        if not more:
            yield f"{indent}{_key(key)}:  # {first}"
        else:
            yield f"{indent}{_key(key)}:"
            yield from (f"{indent}  # {line}".rstrip() for line in (first, *more))


def _key(key: str) -> str:
    return key if key.isidentifier() else json.dumps(key, ensure_ascii=False)
