"""Walks the text inside paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from lxml import etree

from qaf_forms.plugin import Code, Extra, Problem
from qaf_forms_word import names as n
from qaf_forms_word.fields import Fields
from qaf_forms_word.glyphs import symbol
from qaf_forms_word.graphics import OTHERWISE, alternative, described, description, typed_description
from qaf_forms_word.manners import Manner, manner_of, written
from qaf_forms_word.returned_controls import Control
from qaf_forms_word.spaces import Space
from qaf_forms_word.texts import text_of

Element: TypeAlias = etree._Element
Words: TypeAlias = list[str]


class RunWalker:
    """Gathers the words of paragraphs, and lists what cannot be an answer.

    Elements that it does not know are walked through, so that text inside them is not lost.
    """

    def __init__(self, links: Mapping[str, str], placeholders: frozenset[str], *, drops_page_numbers: bool) -> None:
        self._placeholders = placeholders
        self.extras: list[Extra] = []
        self.problems: list[Problem] = []
        self.noted: dict[tuple[str, str], str] = {}
        self._links = links
        self._fields = Fields(self.problems, drops_page_numbers=drops_page_numbers)
        self._breaks_at_seams = self._is_inserted = False

    def read_note(self, note: Element, place: str) -> str:
        """Walk a comment, footnote or text box and return its text."""
        raise NotImplementedError

    def _table(self, element: Element, outer: Space | None) -> None:
        raise NotImplementedError

    def _inline(self, element: Element, words: Words, space: Space) -> None:
        for child in element:
            tag = child.tag
            if tag == n.R:
                self._run(child, words, space)
            else:
                handler = _HANDLERS.get(tag, RunWalker._inline)
                if handler is not None:
                    handler(self, child, words, space)

    def _run(self, run: Element, words: Words, space: Space) -> None:
        after_text = False
        for child in run:
            tag = child.tag
            if tag == n.T:
                if after_text and self._breaks_at_seams:
                    words.append("\n")
                after_text = True
                words.append(text_of(child))
            elif tag == n.RPR:
                if len(child) and (manner := manner_of(child)) is not None:
                    self._odd_run(run, manner, words, space)
                    return
            else:
                after_text = False
                handler = _HANDLERS.get(tag, RunWalker._inline)
                if handler is not None:
                    handler(self, child, words, space)

    def _odd_run(self, run: Element, manner: Manner, words: Words, space: Space) -> None:
        """A run whose words are not read as they stand."""
        inner: Words = []
        self._inline(run, inner, space)
        text = "".join(inner)
        if manner.is_no_text:
            space.set_aside(manner.value, text)
        else:
            words.append(written(text, manner))

    def _list_aside(self, space: Space) -> None:
        """List what does not count as text in a place that was read to its end, and say so there."""
        for why, text in space.aside.items():
            if text.strip():
                self.extras.append(Extra(why, space.place, text))
                space.note(None, Code.NOT_COUNTED.problem(value=text, why=why))

    def _text(self, element: Element, words: Words, space: Space) -> None:
        words.append(text_of(element))

    def _character(self, element: Element, words: Words, space: Space) -> None:
        words.append(_CHARACTERS[element.tag])

    def _symbol(self, element: Element, words: Words, space: Space) -> None:
        words.append(symbol(element.get(n.w("font"), ""), element.get(n.w("char"), "")))

    def _inner_paragraph(self, element: Element, words: Words, space: Space) -> None:
        """A paragraph where only runs may stand."""
        if words:
            words.append("\n")
        self._inline(element, words, space)

    def _inner_table(self, element: Element, words: Words, space: Space) -> None:
        self._table(element, space)

    def _bookmark(self, element: Element, words: Words, space: Space) -> None:
        space.add_bookmark(element.get(n.NAME, ""))

    def _control(self, sdt: Element, words: Words, space: Space) -> None:
        control = Control(sdt)
        space.add_tag(control.name)
        inner: Words = []
        if control.content is not None:
            # LibreOffice 7.4 saves a line break in a plain text control as the mere seam between two w:t.
            before, self._breaks_at_seams = self._breaks_at_seams, control.is_plain_text
            self._inline(control.content, inner, space)
            self._breaks_at_seams = before
        text = "".join(inner)
        shown = control.shown(text, self._placeholders)
        space.note(control.stored, control.remark(shown, text))
        words.append(shown)

    def _inserted(self, element: Element, words: Words, space: Space) -> None:
        start, is_inner, self._is_inserted = len(words), self._is_inserted, True
        self._inline(element, words, space)
        self._is_inserted = is_inner
        if not is_inner:
            self._list("inserted", words[start:], space)

    def _deleted(self, element: Element, words: Words, space: Space) -> None:
        inner: Words = []
        self._inline(element, inner, space)
        self._list("deleted", inner, space)

    def _list(self, kind: str, words: Words, space: Space) -> None:
        text = "".join(words)
        if text:
            self.extras.append(Extra(kind, space.place, text))

    def _link(self, element: Element, words: Words, space: Space) -> None:
        target = self._links.get(element.get(n.RELATIONSHIP_ID, ""))
        if target:
            space.add_link(target)
        self._inline(element, words, space)

    def _field_character(self, element: Element, words: Words, space: Space) -> None:
        kind = element.get(n.FLD_CHAR_TYPE)
        if kind == "begin":
            name, shown = self._fields.begin(element, words)
            space.add_bookmark(name)
            words.append(shown)
        elif kind == "separate":
            self._fields.separate(words)
        elif kind == "end":
            self._end_field(words, space)

    def _end_field(self, words: Words, space: Space) -> None:
        typed, link = self._fields.end(words)
        if typed:
            space.set_aside("in the code of a field", typed)
        if link:
            space.add_link(link)

    def _field_code(self, element: Element, words: Words, space: Space) -> None:
        self._fields.code(element.text or "")

    def _simple_field(self, element: Element, words: Words, space: Space) -> None:
        self._fields.begin(element, words)
        self._fields.code(element.get(n.INSTR, ""))
        if len(element):
            self._fields.separate(words)
        self._inline(element, words, space)
        self._end_field(words, space)

    def _alternate(self, element: Element, words: Words, space: Space) -> None:
        chosen, other = alternative(element)
        self._inline(chosen, words, space)
        if other:
            space.set_aside(OTHERWISE, other)

    def _graphic(self, element: Element, words: Words, space: Space) -> None:
        is_told = False
        for box in element.iter(n.TEXTBOX):
            if next(box.iterancestors(n.TEXTBOX, element.tag), None) is element:
                text = self.read_note(box, space.place)
                if text.strip():
                    is_told = True
                    self.extras.append(Extra("textbox", space.place, text))
        found = [Extra(kind, space.place, text) for kind, text in described(element)]
        if not found and not is_told:
            found.append(Extra("drawing", space.place, description(element) or "a drawing"))
        said = typed_description(element)
        if said and not any(said in one.text for one in found):
            found.append(Extra("drawing", space.place, said))
        self.extras.extend(found)

    def _document(self, element: Element, words: Words, space: Space) -> None:
        self.extras.append(Extra("embedded", space.place, "another document"))

    def _ruby(self, element: Element, words: Words, space: Space) -> None:
        """Small words above the line, which say how those below are read."""
        inner: Words = []
        self._inline(element, inner, space)
        self._list("ruby", inner, space)

    def _formula(self, element: Element, words: Words, space: Space) -> None:
        """A part of an equation: its own parts with a sign between them, so that one half is not 12."""
        parts: list[str] = []
        for child in element:
            if not child.tag.endswith("Pr"):
                inner: Words = []
                self._inline(child, inner, space)
                parts.append("".join(inner).strip())
        if element.tag == n.FRACTION and words and words[-1][-1:].isalnum():
            words.append(" ")
        words.append(_SIGNS[element.tag].join(parts))

    def _reference(self, element: Element, words: Words, space: Space) -> None:
        kind = element.tag.rpartition("}")[2].removesuffix("RangeStart").removesuffix("Reference")
        self.noted.setdefault((kind, element.get(n.ID, "")), space.place)


_CHARACTERS: dict[object, str] = {
    n.w("br"): "\n",
    n.w("cr"): "\n",
    n.w("tab"): "\t",
    n.w("ptab"): "\t",
    n.w("softHyphen"): "\u00ad",
    n.w("noBreakHyphen"): "\u2011",
}

_SIGNS: dict[object, str] = {n.FRACTION: "/", n.RAISED: "^", n.LOWERED: "_", n.ROOT: "√"}

Handler: TypeAlias = Callable[[RunWalker, Element, Words, Space], None]
_HANDLERS: dict[object, Handler | None] = {
    **dict.fromkeys(n.NO_TEXT),
    **dict.fromkeys(_CHARACTERS, RunWalker._character),
    n.T: RunWalker._text,
    n.DEL_TEXT: RunWalker._text,
    n.MATHS_TEXT: RunWalker._text,
    **dict.fromkeys(_SIGNS, RunWalker._formula),
    n.SYM: RunWalker._symbol,
    n.RUBY_TEXT: RunWalker._ruby,
    n.CONTENT_PART: RunWalker._graphic,
    n.SUB_DOCUMENT: RunWalker._document,
    n.P: RunWalker._inner_paragraph,
    n.TBL: RunWalker._inner_table,
    n.SDT: RunWalker._control,
    n.BOOKMARK_START: RunWalker._bookmark,
    n.INS: RunWalker._inserted,
    n.MOVE_TO: RunWalker._inserted,
    n.DEL: RunWalker._deleted,
    n.MOVE_FROM: RunWalker._deleted,
    n.HYPERLINK: RunWalker._link,
    n.FLD_CHAR: RunWalker._field_character,
    n.INSTR_TEXT: RunWalker._field_code,
    n.w("delInstrText"): None,
    n.FLD_SIMPLE: RunWalker._simple_field,
    n.ALTERNATE: RunWalker._alternate,
    n.w("drawing"): RunWalker._graphic,
    n.w("pict"): RunWalker._graphic,
    n.w("object"): RunWalker._graphic,
    n.w("commentReference"): RunWalker._reference,
    n.w("commentRangeStart"): RunWalker._reference,
    n.w("footnoteReference"): RunWalker._reference,
    n.w("endnoteReference"): RunWalker._reference,
}

_SIMPLE = frozenset({n.T, n.P, n.SDT, n.TBL, n.BOOKMARK_START, n.w("br")})
NEEDS_CARE = {str(tag) for tag, handler in _HANDLERS.items() if handler and tag not in _SIMPLE}
NEEDS_CARE |= {n.CHECKBOX, n.TEXT, n.ALT_CHUNK, n.CELL_DELETED}
NEEDS_CARE |= {n.STRIKE, n.DOUBLE_STRIKE, n.VANISH, n.VERTICAL}
"""What `quick_tables` must not go past: all that is handled here in a way of its own."""
