"""Where text is gathered: a cell, or a paragraph outside tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qaf_forms.plugin import Anchor, Problem, Route

ANCHOR_PREFIX = "qf_"
_NONE: tuple[Anchor, ...] = ()


def anchors_of(tags: Sequence[str] | None, bookmarks: Sequence[str] | None) -> Sequence[Anchor]:
    """The marks among these names that are ours: tags first, each once."""
    if tags is None and bookmarks is None:
        return _NONE
    named = [(Route.TAG, name) for name in tags or ()] + [(Route.BOOKMARK, name) for name in bookmarks or ()]
    return tuple(Anchor(route, name) for route, name in dict.fromkeys(named) if name.startswith(ANCHOR_PREFIX))


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
        self._tags: list[str] | None = None
        self._bookmarks: list[str] | None = None

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
            self._tags = [*(self._tags or ()), name]

    def add_bookmark(self, name: str) -> None:
        """Note a bookmark, if it is one of ours."""
        if name.startswith(ANCHOR_PREFIX):
            self._bookmarks = [*(self._bookmarks or ()), name]

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
