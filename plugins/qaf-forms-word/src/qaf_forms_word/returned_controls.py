"""One content control as it stands in a file."""

from __future__ import annotations

from datetime import date

from lxml import etree

from qaf_forms.plugin import Code, Problem
from qaf_forms_word import names as n
from qaf_forms_word.glyphs import EMPTY, TICKED, box
from qaf_forms_word.spaces import ANCHOR_PREFIX

WORDS_OWN_PLACEHOLDERS = frozenset(
    {
        "Click or tap here to enter text.",
        "Click here to enter text.",
        "Choose an item.",
        "Choose an item",
        "Click or tap to enter a date.",
        "Click here to enter a date.",
        "Klicken oder tippen Sie hier, um Text einzugeben.",
        "Wählen Sie ein Element aus.",
        "Klicken oder tippen Sie, um ein Datum einzugeben.",
        "Cliquez ou appuyez ici pour entrer du texte.",
        "Choisissez un élément.",
        "Cliquez ou appuyez ici pour entrer une date.",
        "Kliknij lub naciśnij tutaj, aby wprowadzić tekst.",
        "Wybierz element.",
        "Kliknij lub naciśnij, aby wprowadzić datę.",
        "Haga clic o pulse aquí para escribir texto.",
        "Elija un elemento.",
    }
)
"""What Word puts into an emptied control. A file that Word saved also holds the words itself, whatever its language."""


class Control:
    """A `w:sdt` taken apart. `name` is its tag if it is one of ours; `content` is None when there is none.

    `stored` is the date that was last picked from its calendar, `chosen` the item that was last chosen from its list.
    """

    __slots__ = (
        "_alias",
        "_checked",
        "_checked_char",
        "_is_checkbox",
        "_is_placeholder",
        "chosen",
        "content",
        "is_plain_text",
        "name",
        "stored",
    )

    def __init__(self, sdt: etree._Element) -> None:
        self.name = ""
        self.content: etree._Element | None = None
        self.is_plain_text = False
        self.stored: date | None = None
        self.chosen = ""
        self._alias = ""
        self._is_placeholder = False
        self._is_checkbox = False
        self._checked: bool | None = None
        self._checked_char = ""
        for part in sdt:
            if part.tag == n.SDT_CONTENT:
                self.content = part
            elif part.tag == n.SDTPR:
                self._read_properties(part)

    def _read_properties(self, properties: etree._Element) -> None:
        for child in properties:
            tag = child.tag
            if tag == n.TAG:
                name = child.get(n.VAL, "")
                self.name = name if name.startswith(ANCHOR_PREFIX) else ""
            elif tag == n.SHOWING_PLACEHOLDER:
                self._is_placeholder = child.get(n.VAL) not in ("0", "false", "off")
            elif tag == n.TEXT:
                self.is_plain_text = True
            elif tag == n.CHECKBOX:
                self._read_checkbox(child)
            elif tag == n.DATE:
                self.stored = _day(child.get(n.FULL_DATE, ""))
            elif tag in (n.DROP_DOWN, n.COMBO_BOX):
                self.chosen = _chosen(child)
            elif tag == n.ALIAS:
                self._alias = child.get(n.VAL, "")

    def _read_checkbox(self, checkbox: etree._Element) -> None:
        self._is_checkbox = True
        checked = checkbox.find(n.CHECKED)
        self._checked = checked.get(n.W14_VAL, "1") in ("1", "true", "on") if checked is not None else None
        state = checkbox.find(n.CHECKED_STATE)
        try:
            self._checked_char = chr(int(state.get(n.W14_VAL, ""), 16)) if state is not None else ""
        except (ValueError, OverflowError):
            self._checked_char = ""

    def shown(self, text: str, placeholders: frozenset[str]) -> str:
        """What the control says, given its text; `placeholders` are those that the file holds.

        That a placeholder is showing is not believed: LibreOffice leaves the mark on text that a person typed. Only the
        words that Word puts there by itself are taken for nothing; those of the form are known to the core.
        """
        if self._is_checkbox:
            return box(text, checked=self._checked is True, checked_char=self._checked_char)
        words = text.strip()
        if self._is_placeholder and (words in WORDS_OWN_PLACEHOLDERS or words in placeholders):
            return ""
        return text

    def remark(self, shown: str, text: str) -> Problem | None:
        """What there is to say where the box or level that a person sees is not as the file holds it."""
        if self.chosen:
            is_as_held = shown.strip() == self.chosen
            return None if is_as_held else Code.CHOICE_AT_ODDS.problem(value=shown.strip(), stored=self.chosen)
        if not self._is_checkbox or self._checked is None or not text.strip() or shown not in (TICKED, EMPTY):
            return None
        if (shown == TICKED) is self._checked:
            return None
        stored = "ticked" if self._checked else "empty"
        return Code.BOX_AT_ODDS.problem(value=f"{shown} {self._alias}".strip(), stored=stored)


def _day(text: str) -> date | None:
    """The day in a `w:fullDate`."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _chosen(choices: etree._Element) -> str:
    """What people saw of the item that was last chosen."""
    last = choices.get(n.LAST_VALUE, "")
    items = (item for item in choices.iterfind(n.LIST_ITEM) if item.get(n.VALUE, item.get(n.DISPLAY_TEXT)) == last)
    item = next(items, None) if last else None
    return "" if item is None else item.get(n.DISPLAY_TEXT, last)
