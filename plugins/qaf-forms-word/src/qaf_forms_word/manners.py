"""What the formatting of a run says of its words: struck out, hidden, or raised above the line."""

from __future__ import annotations

from enum import Enum

from lxml import etree

from qaf_forms_word import names as n

_OFF = ("0", "false", "off", "none")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Manner(Enum):
    """How the words of a run stand there."""

    STRUCK = "struck out"
    HIDDEN = "hidden"
    RAISED = "superscript"
    LOWERED = "subscript"

    @property
    def is_no_text(self) -> bool:
        """Whether people do not read the words as text."""
        return self in (Manner.STRUCK, Manner.HIDDEN)


_STRUCK = frozenset({n.STRIKE, n.DOUBLE_STRIKE})


def manner_of(properties: etree._Element) -> Manner | None:
    """What the `w:rPr` of a run says."""
    found = None
    for child in properties:
        tag = child.tag
        if tag in _STRUCK and child.get(n.VAL) not in _OFF:
            return Manner.STRUCK
        if tag == n.VANISH and child.get(n.VAL) not in _OFF:
            return Manner.HIDDEN
        if tag == n.VERTICAL:
            found = {"superscript": Manner.RAISED, "subscript": Manner.LOWERED}.get(child.get(n.VAL, ""))
    return found


def written(text: str, manner: Manner) -> str:
    """Words above or below the line, as characters that stand there: 12 with a small 1 behind it is not 121."""
    return text.translate(_RAISED if manner is Manner.RAISED else _LOWERED)
