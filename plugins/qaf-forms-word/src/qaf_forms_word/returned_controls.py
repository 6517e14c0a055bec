"""One content control as it stands in a file."""

from __future__ import annotations

from lxml import etree

from qaf_forms_word import names as n
from qaf_forms_word.glyphs import box
from qaf_forms_word.spaces import ANCHOR_PREFIX

WORDS_OWN_PLACEHOLDERS = frozenset(
    {
        "Click or tap here to enter text.",
        "Click here to enter text.",
        "Choose an item.",
        "Choose an item",
        "Click or tap to enter a date.",
        "Click here to enter a date.",
    }
)


class Control:
    """A `w:sdt` taken apart. `name` is its tag if it is one of ours; `content` is None when there is none."""

    __slots__ = ("_checked", "_checked_char", "_is_checkbox", "_is_placeholder", "content", "is_plain_text", "name")

    def __init__(self, sdt: etree._Element) -> None:
        self.name = ""
        self.content: etree._Element | None = None
        self.is_plain_text = False
        self._is_placeholder = False
        self._is_checkbox = False
        self._checked = False
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

    def _read_checkbox(self, checkbox: etree._Element) -> None:
        self._is_checkbox = True
        checked = checkbox.find(n.CHECKED)
        self._checked = checked is not None and checked.get(n.W14_VAL, "1") in ("1", "true", "on")
        state = checkbox.find(n.CHECKED_STATE)
        try:
            self._checked_char = chr(int(state.get(n.W14_VAL, ""), 16)) if state is not None else ""
        except (ValueError, OverflowError):
            self._checked_char = ""

    def shown(self, text: str) -> str:
        """What the control says, given its text.

        That a placeholder is showing is not believed: LibreOffice leaves the mark on text that a person typed. Only the
        words that Word puts there by itself are taken for nothing; those of the form are known to the core.
        """
        if self._is_checkbox:
            return box(text, checked=self._checked, checked_char=self._checked_char)
        if self._is_placeholder and text.strip() in WORDS_OWN_PLACEHOLDERS:
            return ""
        return text
