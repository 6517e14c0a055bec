"""Where text is gathered: a cell, or a paragraph outside tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from qaf_forms.plugin import Anchor, Problem, Route

ANCHOR_PREFIX = "qf_"
_MOST_KEPT = 20_000


@lru_cache(_MOST_KEPT)
def anchors_of(tags: tuple[str, ...], bookmarks: tuple[str, ...]) -> Sequence[Anchor]:
    """The marks of these names, tags first, each once. Returns of one form have the same: they are not made anew."""
    named = [(Route.TAG, name) for name in tags] + [(Route.BOOKMARK, name) for name in bookmarks]
    return tuple(Anchor(route, name) for route, name in dict.fromkeys(named))


class Space:
    """The lines of one place, and the marks on it. `joined`: the last line goes on in the next paragraph.

    `stored` is the date that a control here holds beside its text, `remarks` is what there is to say of these words.
    `aside` is what does not count as text here, by why.
    """

    __slots__ = ("_bookmarks", "_tags", "aside", "joined", "lines", "links", "place", "remarks", "stored")

    def __init__(self, place: str) -> None:
        self.place = place
        self.lines: list[str] = []
        self.links: list[str] | None = None
        self.joined = False
        self.remarks: tuple[Problem, ...] = ()
        self.stored: date | None = None
        self.aside: dict[str, str] | None = None
        self._tags: tuple[str, ...] = ()
        self._bookmarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What stands here, without the empty paragraphs around it."""
        return "\n".join(self.lines).strip("\n")

    @property
    def anchors(self) -> Sequence[Anchor]:
        """The marks, surest first, each once."""
        return anchors_of(self._tags, self._bookmarks)

    def add_line(self, text: str) -> None:
        """Add a paragraph."""
        if self.joined:
            self.lines[-1] += text
            self.joined = False
        else:
            self.lines.append(text)

    def add_tag(self, name: str) -> None:
        """Note a content control, if it is one of ours."""
        if name.startswith(ANCHOR_PREFIX):
            self._tags += (name,)

    def add_bookmark(self, name: str) -> None:
        """Note a bookmark, if it is one of ours."""
        if name.startswith(ANCHOR_PREFIX):
            self._bookmarks += (name,)

    def note(self, stored: date | None, remark: Problem | None) -> None:
        """Note what a control holds, and what there is to say of it."""
        self.stored = stored or self.stored
        if remark is not None:
            self.remarks = (*self.remarks, remark)

    def set_aside(self, why: str, text: str) -> None:
        """Keep words that do not count."""
        self.aside = self.aside or {}
        self.aside[why] = self.aside.get(why, "") + text

    def add_link(self, target: str) -> None:
        """Note where a hyperlink leads."""
        self.links = [*(self.links or ()), target]
