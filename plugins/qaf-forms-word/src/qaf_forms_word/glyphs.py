"""Ticks, crosses and boxes in the many ways in which documents hold them."""

from __future__ import annotations

TICKED = "☒"
EMPTY = "☐"

_TICKED_GLYPHS = frozenset("☒☑✓✔✗✘⊠⮽🗹🗷✅xX")
_EMPTY_GLYPHS = frozenset("☐□▢⬜❏❑◻")

_SYMBOLS = {
    "Wingdings": {0x6F: EMPTY, 0x71: EMPTY, 0x72: EMPTY, 0xA8: EMPTY, 0xFE: TICKED, 0xFD: TICKED, 0xFC: "✓", 0xFB: "✗"},
    "Wingdings 2": {0xA3: EMPTY, 0x2A: EMPTY, 0x52: TICKED, 0x53: TICKED, 0x50: "✓", 0x4F: "✗"},
}

_PRIVATE = {chr(0xF000 + code): box for font in reversed(_SYMBOLS.values()) for code, box in font.items()}
"""The private characters that Word puts into text for those of fonts of pictures."""


def symbol(font: str, char: str) -> str:
    """The character that a `w:sym` shows; one of a font of pictures that is not known here stays as it is."""
    try:
        code = int(char, 16)
    except ValueError:
        return ""
    if not 0x20 <= code <= 0xFFFD or 0xD800 <= code <= 0xDFFF:
        return ""
    return _SYMBOLS.get(font, {}).get(code & 0xFF) or chr(code)


def box(text: str, *, checked: bool, checked_char: str) -> str:
    """What a checkbox control shows. A person sees the glyph, so it goes before the stored state."""
    shown = text.strip().rstrip("\ufe0f")
    shown = _PRIVATE.get(shown, shown)
    if not shown:
        return TICKED if checked else EMPTY
    if shown == checked_char or shown in _TICKED_GLYPHS:
        return TICKED
    if shown in _EMPTY_GLYPHS:
        return EMPTY
    return text
