"""Fields: their results are text like any other, their codes are not, but somebody may have typed in one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from qaf_forms.plugin import Code, Problem
from qaf_forms_word import names as n
from qaf_forms_word.glyphs import EMPTY, TICKED

_PAGE_NUMBERS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_DDE = frozenset({"DDE", "DDEAUTO"})
_REACHING_OUT = frozenset({"INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DATABASE", "RD"})
_NAME = re.compile(r"\s*([A-Za-z]*)\s*(.*)", re.DOTALL)
_TARGET = re.compile(r'(?!\\[a-z]\s)"?([^"]+)', re.IGNORECASE)
"""What a link leads to; one that begins with a switch leads to a place in the document."""


@dataclass(slots=True)
class _Field:
    words: list[str]
    start: int
    codes: list[str] = field(default_factory=list)
    has_result: bool = False


class Fields:
    """The fields that are open at one point of a part, outermost first."""

    def __init__(self, problems: list[Problem], *, drops_page_numbers: bool) -> None:
        self._problems = problems
        self._drops_page_numbers = drops_page_numbers
        self._open: list[_Field] = []

    def begin(self, element: etree._Element, words: list[str]) -> tuple[str, str]:
        """Open a field. Of an old form field, its name and what it shows besides a result: a box, a chosen item."""
        self._open.append(_Field(words, len(words)))
        data = element.find(n.FF_DATA)
        if data is None:
            return "", ""
        self._open[-1].has_result = True
        name = data.find(n.NAME)
        return (name.get(n.VAL, "") if name is not None else ""), _form_field(data)

    def code(self, text: str) -> None:
        """Add to the code of the innermost field."""
        if self._open:
            self._open[-1].codes.append(text)

    def separate(self, words: list[str]) -> None:
        """The result of the innermost field begins."""
        if self._open:
            self._open[-1].words, self._open[-1].start = words, len(words)
            self._open[-1].has_result = True

    def end(self, words: list[str]) -> tuple[str, str]:
        """Close the innermost field; page numbers, which every print gives anew, are taken out again.

        Gives the words in its code where it has no result, and where it leads if it is a link.
        """
        if not self._open:
            return "", ""
        closed = self._open.pop()
        name, rest = self._name_of(closed)
        if name in _PAGE_NUMBERS:
            if self._drops_page_numbers and closed.words is words:
                del words[closed.start :]
            return "", ""
        target = _TARGET.match(rest) if name == "HYPERLINK" else None
        link = target[1].strip() if target else ""
        scheme, colon, _ = link.partition(":")
        if (colon and scheme.lower() not in n.HARMLESS_SCHEMES) or link.startswith("\\"):
            self._problems.append(Code.HAS_LINKS.problem(value=link))
        return "" if closed.has_result else rest.strip(), link

    def end_all(self) -> None:
        """Close the fields that nothing ends."""
        while self._open:
            self._name_of(self._open.pop())

    def _name_of(self, closed: _Field) -> tuple[str, str]:
        """The name of a field, and the rest of its code. One that does what no form needs is told."""
        match = _NAME.match("".join(closed.codes))
        assert match
        name, rest = match[1].upper(), match[2]
        if name in _DDE:
            self._problems.append(Code.HAS_MACROS.problem(what="a field that starts another program (DDE)"))
        elif name in _REACHING_OUT:
            self._problems.append(Code.HAS_LINKS.problem(value=f"{name} {rest}".strip()))
        return name, rest


def _form_field(data: etree._Element) -> str:
    checkbox = data.find(n.w("checkBox"))
    if checkbox is not None:
        state = checkbox.find(n.w("checked"))
        state = checkbox.find(n.w("default")) if state is None else state
        ticked = state is not None and state.get(n.VAL, "1") not in ("0", "false", "off")
        return TICKED if ticked else EMPTY
    choices = data.find(n.w("ddList"))
    if choices is None:
        return ""
    result = choices.find(n.w("result"))
    place = result.get(n.VAL, "0") if result is not None else "0"
    entries = [entry.get(n.VAL, "") for entry in choices.iterfind(n.w("listEntry"))]
    return entries[int(place)] if place.isdecimal() and len(place) < 6 and int(place) < len(entries) else ""
