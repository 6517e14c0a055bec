"""Fields: their results are text like any other, their codes are not."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from qaf_forms.plugin import Code, Problem
from qaf_forms_word import names as n
from qaf_forms_word.glyphs import EMPTY, TICKED

_PAGE_NUMBERS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_DDE = frozenset({"DDE", "DDEAUTO"})


@dataclass(slots=True)
class _Field:
    code: str
    words: list[str]
    start: int


class Fields:
    """The fields that are open at one point of a part, outermost first."""

    def __init__(self, problems: list[Problem], *, drops_page_numbers: bool) -> None:
        self._problems = problems
        self._drops_page_numbers = drops_page_numbers
        self._open: list[_Field] = []

    def begin(self, element: etree._Element, words: list[str]) -> tuple[str, str]:
        """Open a field. Of an old form field, its name and what it shows besides a result: a box, a chosen item."""
        self._open.append(_Field("", words, len(words)))
        data = element.find(n.FF_DATA)
        if data is None:
            return "", ""
        name = data.find(n.NAME)
        return (name.get(n.VAL, "") if name is not None else ""), _form_field(data)

    def code(self, text: str) -> None:
        """Add to the code of the innermost field."""
        if self._open:
            self._open[-1].code += text

    def separate(self, words: list[str]) -> None:
        """The result of the innermost field begins."""
        if self._open:
            self._open[-1].words, self._open[-1].start = words, len(words)

    def end(self, words: list[str]) -> None:
        """Close the innermost field; page numbers, which every print gives anew, are taken out again."""
        if not self._open:
            return
        field = self._open.pop()
        name = field.code.strip().partition(" ")[0].upper()
        if name in _DDE:
            self._problems.append(Code.HAS_MACROS.problem(what="a field that starts another program (DDE)"))
        if self._drops_page_numbers and name in _PAGE_NUMBERS and field.words is words:
            del words[field.start :]


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
    return entries[int(place)] if place.isdigit() and int(place) < len(entries) else ""
