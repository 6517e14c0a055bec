"""How well words can be read on a colour, as the Web Content Accessibility Guidelines (WCAG 2) measure it."""

from __future__ import annotations

_BLACK, _WHITE = "#000000", "#FFFFFF"


def contrast(first: str, second: str) -> float:
    """The contrast of two colours (`#RRGGBB`), from 1 to 21; words that are to be read need 4.5."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(colour: str) -> str:
    """Black or white, whichever stands out more on a colour: never by less than 4.5."""
    return max(_BLACK, _WHITE, key=lambda ink: contrast(ink, colour))


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
