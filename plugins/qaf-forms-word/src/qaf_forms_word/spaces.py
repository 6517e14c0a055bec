"""Where text is gathered: a cell, or a paragraph outside tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qaf_forms.plugin import Anchor, Route

ANCHOR_PREFIX = "qf_"


@dataclass(slots=True)
class Space:
    """The lines of one place, and the marks on it. `joined`: the last line goes on in the next paragraph."""

    place: str
    lines: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    joined: bool = False

    @property
    def text(self) -> str:
        """What stands here, without the empty paragraphs around it."""
        return self.lines[0] if len(self.lines) == 1 else "\n".join(self.lines).strip("\n")

    @property
    def anchors(self) -> Sequence[Anchor]:
        """The marks, surest first, each once."""
        if not self.tags and not self.bookmarks:
            return ()
        named = [(Route.TAG, name) for name in self.tags] + [(Route.BOOKMARK, name) for name in self.bookmarks]
        return tuple(Anchor(route, name) for route, name in dict.fromkeys(named))

    def add_line(self, text: str) -> None:
        """Add a paragraph."""
        if self.joined:
            self.lines[-1] += text
            self.joined = False
        else:
            self.lines.append(text)
