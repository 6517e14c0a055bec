"""Where in a form something is being laid out: its section, the group around it, and what it all depends on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qaf_forms.define.companions import ids_in
from qaf_forms.define.condition import All, Condition, with_keys
from qaf_forms.define.form import Form
from qaf_forms.define.items import Group

TYPE_SEPARATOR = ";"
"""Between the types of an agency that is of several."""


class Place:
    """Where a block is being built: its section, the key prefix of its group, and what it all depends on."""

    def __init__(
        self,
        form: Form,
        section: str,
        variant: str | None,
        nil_page: bool = False,
        only_for: str | None = None,
        lost: frozenset[str] = frozenset(),
    ) -> None:
        self.form, self.section, self.variant, self.nil_page = form, section, variant, nil_page
        self.only_for, self.lost = only_for, lost
        self.words = form.words
        self.prefix = ""
        self.when: Condition | None = None
        self.section_when: Condition | None = None
        self.siblings: frozenset[str] = frozenset()
        self.copy = 0

    def in_group(self, group: Group, copy: int) -> Place:
        """The place of one copy of a group, inside this one."""
        inner = Place(self.form, self.section, self.variant, self.nil_page, self.only_for, self.lost)
        inner.prefix, inner.copy, inner.when = f"{group.id}[{copy}].", copy, self.both(group.when)
        inner.siblings = ids_in(group, self.form.scale_of)
        inner.section_when = self.section_when
        return inner

    def has(self, item: Any) -> bool:
        """Whether an item is for this variant and this copy."""
        is_here = not self.copy or not item.in_copies or self.copy in item.in_copies
        return is_here and applies_to_type(item, self.variant)

    def key(self, written: str) -> str:
        """A key as written in a condition, whole: inside a group, its own items mean the same copy."""
        return self.prefix + written if _first_id(written) in self.siblings else written

    def whole(self, condition: Condition | None) -> Condition | None:
        """A condition with whole keys."""
        return with_keys(condition, self.key) if condition and self.prefix else condition

    def both(self, condition: Condition | None) -> Condition | None:
        """What an item in this place depends on: its own condition and that of what it stands in."""
        return both_of(self.when, self.whole(condition))


def both_of(first: Condition | None, second: Condition | None) -> Condition | None:
    if first is None or second is None:
        return first or second
    return All(conditions=(first, second))


def applies_to_type(item: Any, variant: str | None) -> bool:
    """Whether an item is for an agency of this type, or of one of these types."""
    if variant is None or not item.applies_to or variant in item.applies_to:
        return True
    return any(type_.strip() in item.applies_to for type_ in variant.split(TYPE_SEPARATOR))


def letters() -> Iterator[str]:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    yield from alphabet
    for first in alphabet:
        yield from (first + second for second in alphabet)


def _first_id(key: str) -> str:
    return key.split(".")[0].split("[")[0]
