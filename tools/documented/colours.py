"""The colours of a scale: their names, and a drawing of its levels in them."""

from __future__ import annotations

from xml.sax.saxutils import escape

from qaf_forms.define.colours import readable_on
from qaf_forms.define.scale import Scale

NAMES = {
    "#0B5D2A": "dark green",
    "#1B7F3B": "green",
    "#8FCB8F": "light green",
    "#FFBF00": "amber",
    "#F28C28": "orange",
    "#C62828": "red",
    "#8E1B1B": "dark red",
    "#1F5FA8": "blue",
    "#8A8A8A": "grey",
    "#E0E0E0": "light grey",
    "#CFC8E3": "lilac",
}
_LETTER = 7.6
"""The width of a letter in the drawing, a little more than most have."""
_HEIGHT = 28
_WIDEST = 640


def in_words(colour: str | None) -> str:
    """A colour by its name, or nothing."""
    if colour is None:
        return ""
    name = NAMES.get(colour.upper())
    return f"{name} `{colour.upper()}`" if name else f"`{colour.upper()}`"


def described(scale: Scale) -> str:
    """The drawing in words."""
    parts = [
        f"{level.label} in {NAMES.get(level.colour.upper(), level.colour)}" for level in scale.levels if level.colour
    ]
    return f"The answers in their colours: {', '.join(parts)}."


def drawing(scale: Scale) -> str:
    """Each level that has a colour as a box of it with its words, as SVG."""
    boxes: list[str] = []
    across, down, widest = 1.0, 1, 0.0
    for level in scale.levels:
        if not level.colour:
            continue
        width = round(len(level.label) * _LETTER + 24, 1)
        if across + width > _WIDEST and boxes:
            across, down = 1.0, down + _HEIGHT + 6
        box = f'<rect x="{across:g}" y="{down}" width="{width:g}" height="{_HEIGHT}" rx="3"'
        words = f'<text x="{across + width / 2:g}" y="{down + 19}" text-anchor="middle"'
        boxes.append(f'{box} fill="{level.colour}" stroke="#444444"/>')
        boxes.append(f'{words} fill="{readable_on(level.colour)}">{escape(level.label)}</text>')
        across = round(across + width + 6, 1)
        widest = max(widest, across)
    size = f'width="{widest:g}" height="{down + _HEIGHT + 1}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Arial, Helvetica, sans-serif" font-size="14">'
    return "\n".join([head, f"<title>{escape(described(scale))}</title>", *boxes, "</svg>\n"])
