"""Names for sheets: plain words that Excel accepts, no two alike."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST = 31
_RESERVED = ("history",)


class SheetNames:
    """Gives out the names of one workbook's sheets."""

    def __init__(self) -> None:
        self._taken = set(_RESERVED)

    def new(self, words: str) -> str:
        """A name close to `words` that no sheet has yet."""
        plain = " ".join(_FORBIDDEN.sub(" ", words).split()).strip("'") or "Sheet"
        name = _shortened(plain, _LONGEST)
        number = 2
        while name.casefold() in self._taken:
            tail = f" ({number})"
            name = _shortened(plain, _LONGEST - len(tail)) + tail
            number += 1
        self._taken.add(name.casefold())
        return name


def quoted(name: str) -> str:
    """A sheet's name as references have it."""
    return "'" + name.replace("'", "''") + "'"


def _shortened(text: str, limit: int) -> str:
    """Cut at a word's end where one is near. Excel counts UTF-16 code units."""
    if len(text.encode("utf-16-le")) // 2 <= limit:
        return text
    cut = text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")
    shorter = cut.rpartition(" ")[0]
    return (shorter if len(shorter) > limit // 2 else cut).rstrip(" '-–—,;&")
