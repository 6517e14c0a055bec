"""What returns of one form have in common, kept from one file to the next: making it anew costs a tenth of reading."""

from __future__ import annotations

import re
from typing import Any

from qaf_forms.plugin import Anchor, Route
from qaf_forms_excel.typed_names import SheetWords

_TARGET = re.compile(r"('(?:[^']|'')+'|[^'!,:]+)!\$?([A-Za-z]{1,3})\$?(\d{1,7})(?![\w(])")
"""Sheet, column and row of the first cell that a name means."""
MOST_KNOWN = 100_000
_LONGEST = 200
"""Longer texts are no form's own: keeping them would let a file fill the memory."""


class Anchors(dict[str, Anchor]):
    """The anchors of one route by name. One that is asked for is made."""

    def __init__(self, route: Route) -> None:
        super().__init__()
        self._route = route

    def __missing__(self, name: str) -> Anchor:
        found = Anchor(self._route, name)
        if len(name) <= _LONGEST:
            self[name] = found
        return found


class Targets(dict[str, tuple[str, str] | None]):
    """Sheet and cell that a defined name means, by its text; None where that is no cell, or is gone."""

    def __missing__(self, text: str) -> tuple[str, str] | None:
        match = _TARGET.match(text)
        found = (_unquoted(match[1]), f"{match[2].upper()}{match[3]}") if match else None
        if len(text) <= _LONGEST:
            self[text] = found
        return found


class Known:
    """Anchors by name and key, what names mean, what names of sheets say, and the row and column of references."""

    def __init__(self) -> None:
        self.names, self.keys, self.targets = Anchors(Route.NAME), Anchors(Route.KEY), Targets()
        self.sheet_words = SheetWords()
        self.places: dict[str, tuple[int, int]] = {}

    def keep_small(self) -> None:
        """Forget what is known, where files of many forms or hostile ones have filled it."""
        kept: dict[Any, Any]
        for kept in (self.names, self.keys, self.targets, self.places, self.sheet_words):
            if len(kept) >= MOST_KNOWN:
                kept.clear()


def _unquoted(sheet: str) -> str:
    if sheet[:1] == "'":
        return sheet[1:-1].replace("''", "'")
    return sheet.removeprefix("$")
