"""Where text is gathered: a cell, or a paragraph outside tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

    `stored` is the date that a control here holds beside its text. Everything is gathered in lists, since a stranger's
    file may have a hundred thousand of anything in one place.
    """

    __slots__ = (
        "_aside",
        "_bookmarks",
        "_joint",
        "_lines",
        "_remarks",
        "_tags",
        "joined",
        "links",
        "place",
        "stored",
    )

    def __init__(self, place: str) -> None:
        self.place = place
        self.joined = False
        self.links: list[str] | None = None
        self.stored: date | None = None
        self._lines: list[str] = []
        self._joint: list[str] | None = None
        self._remarks: list[Problem] | None = None
        self._aside: dict[str, list[str]] | None = None
        self._tags: list[str] | None = None
        self._bookmarks: list[str] | None = None

    @property
    def text(self) -> str:
        """What stands here, without the empty paragraphs around it."""
        return "\n".join(self.lines).strip("\n")

    @property
    def lines(self) -> list[str]:
        """The paragraphs."""
        if self._joint is not None:
            self._lines[-1] = "".join(self._joint)
            self._joint = None
        return self._lines

    @property
    def remarks(self) -> Sequence[Problem]:
        """What there is to say of these words."""
        return tuple(self._remarks) if self._remarks else ()

    @property
    def aside(self) -> Mapping[str, str]:
        """What does not count as text here, by why."""
        return {why: "".join(words) for why, words in self._aside.items()} if self._aside else {}

    @property
    def anchors(self) -> Sequence[Anchor]:
        """The marks, surest first, each once."""
        return anchors_of(tuple(self._tags or ()), tuple(self._bookmarks or ()))

    def add_line(self, text: str) -> None:
        """Add a paragraph."""
        if self.joined:
            self._joint = self._joint or [self._lines[-1]]
            self._joint.append(text)
            self.joined = False
        else:
            self.lines.append(text)

    def add_tag(self, name: str) -> None:
        """Note a content control, if it is one of ours."""
        if name.startswith(ANCHOR_PREFIX):
            self._tags = self._tags or []
            self._tags.append(name)

    def add_bookmark(self, name: str) -> None:
        """Note a bookmark, if it is one of ours."""
        if name.startswith(ANCHOR_PREFIX):
            self._bookmarks = self._bookmarks or []
            self._bookmarks.append(name)

    def note(self, stored: date | None, remark: Problem | None) -> None:
        """Note what a control holds, and what there is to say of it."""
        self.stored = stored or self.stored
        if remark is not None:
            self._remarks = self._remarks or []
            self._remarks.append(remark)

    def set_aside(self, why: str, text: str) -> None:
        """Keep words that do not count."""
        self._aside = self._aside or {}
        self._aside.setdefault(why, []).append(text)

    def add_link(self, target: str) -> None:
        """Note where a hyperlink leads."""
        self.links = self.links or []
        self.links.append(target)
