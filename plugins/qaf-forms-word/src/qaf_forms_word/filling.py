"""One copy being written: which answers are in it, whose spaces are open, and the numbers given so far."""

from __future__ import annotations

from hashlib import blake2b

from qaf_forms.plugin import Copy, Field, Layout, show
from qaf_forms_word.widths import A4, Page


class Filling:
    """What the parts of a document need to know to write an answer space."""

    def __init__(self, layout: Layout, copy: Copy, page: Page = A4) -> None:
        self.layout = layout
        self.answers = copy.answers
        self.role = copy.role
        self.page = page
        self.only_spaces = copy.look.only_spaces
        self._given = copy.given
        self._typed = copy.typed
        self.comments: list[str] = []
        """The remarks as comments: the number of each is its place here."""
        self._remarks: dict[str, list[str]] = {}
        for remark in copy.remarks:
            self._remarks.setdefault(remark.key, []).append(remark.text)
        self._bookmarks = 0
        self._control_ids: set[int] = set()

    def shown(self, field: Field) -> str:
        """What stands in a space: its answer, or what was typed there that is none."""
        value = self.answers.get(field.key)
        return self._typed.get(field.key, "") if value is None else show(field, value)

    def answered_keys(self) -> set[str]:
        """The keys of the spaces in which something stands."""
        return {*self.answers, *self._typed}

    def remark_ends(self, key: str) -> tuple[str, str]:
        """What stands before and behind a space that something is remarked about."""
        texts = self._remarks.pop(key, ())
        numbers = range(len(self.comments), len(self.comments) + len(texts))
        self.comments.extend(texts)
        starts = "".join(f'<w:commentRangeStart w:id="{number}"/>' for number in numbers)
        ends = "".join(
            f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
            for number in numbers
        )
        return starts, ends

    def is_locked(self, field: Field) -> bool:
        """Whether the space is not to be filled in this copy: it is worked out, filled for good, or somebody else's."""
        return field.calculation is not None or field.key in self._given or self.is_other_role(field.role)

    def is_other_role(self, role: str) -> bool:
        """Whether this copy is for a role other than this one."""
        return self.role is not None and role != self.role

    def bookmark(self, name: str, inner: str) -> str:
        """`inner` with a bookmark around it. An inner paragraph end is fine: a bookmark only has two ends."""
        start, end = self.bookmark_ends(name)
        return f"{start}{inner}{end}"

    def bookmark_ends(self, name: str) -> tuple[str, str]:
        """The two ends of a new bookmark."""
        self._bookmarks += 1
        number = self._bookmarks
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{number}"/>'

    def control_id(self, anchor: str) -> int:
        """A `w:id` that no other control has, the same in every copy."""
        number = int.from_bytes(blake2b(anchor.encode(), digest_size=4).digest()) & 0x7FFFFFFF or 1
        while number in self._control_ids:
            number = number % 0x7FFFFFFF + 1
        self._control_ids.add(number)
        return number
