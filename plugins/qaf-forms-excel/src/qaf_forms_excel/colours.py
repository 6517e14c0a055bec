"""The colours of a workbook. What is written can be read on what lies under it: 4.5 to 1 and more (WCAG 2, AA)."""

from __future__ import annotations

from dataclasses import dataclass

from qaf_forms.plugin import contrast as contrast_of
from qaf_forms.plugin import readable_on as ink_on

INK, GREY, LINK = "FF1F2933", "FF52606D", "FF0B5394"
ANSWER_FILL, OTHER_FILL = "FFFFFBE6", "FFE4E4E4"
NEEDED_FILL, NOT_ASKED_FILL, NOT_ASKED_INK = "FFFFE4BD", "FFD9D9D9", "FF4A4A4A"
LEAST_CONTRAST = 4.5
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
_HEAD_TINT, _LINE_TINT = 0.84, 0.55
_STEP = 0.06

_Parts = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class House:
    """The colours of a partnership: of its titles, of the fill of heads, and of the lines around cells."""

    ink: str
    head: str
    line: str


HOUSE = House("FF1D4E63", "FFDCE8EC", "FF9FB3BD")
"""Where a partnership has none of its own."""


def house_of(colour: str) -> House:
    """The colours that follow from one (`#RRGGBB`): its tints, and itself as dark as it must be to be read on them."""
    own = _parts(colour[1:])
    head = _mixed(own, _WHITE, _HEAD_TINT)
    if contrast(INK, _written(head)) < LEAST_CONTRAST or contrast(GREY, _written(head)) < LEAST_CONTRAST:
        head = _mixed(own, _WHITE, (1 + _HEAD_TINT) / 2)
    ink, darker = own, 0.0
    while min(contrast(_written(ink), _written(under)) for under in (head, _WHITE)) < LEAST_CONTRAST and darker < 1:
        darker += _STEP
        ink = _mixed(own, _BLACK, min(darker, 1.0))
    return House(_written(ink), _written(head), _written(_mixed(own, _WHITE, _LINE_TINT)))


def contrast(one: str, other: str) -> float:
    """How far two colours (`AARRGGBB`) differ in brightness, from 1 to 21."""
    return contrast_of(f"#{one[2:]}", f"#{other[2:]}")


def readable_on(colour: str) -> str:
    """Black or white (`AARRGGBB`), whichever stands out more on a colour (`#RRGGBB`)."""
    return f"FF{ink_on(colour)[1:]}"


def _parts(written: str) -> _Parts:
    red, green, blue = (int(written[place : place + 2], 16) for place in (0, 2, 4))
    return red, green, blue


def _written(parts: _Parts) -> str:
    return "FF" + "".join(f"{part:02X}" for part in parts)


def _mixed(one: _Parts, other: _Parts, share: float) -> _Parts:
    """A colour with a share of another in it."""
    red, green, blue = (round(own + (new - own) * share) for own, new in zip(one, other, strict=True))
    return red, green, blue
