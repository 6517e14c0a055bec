"""Copies of a group that may stay empty: which of them a return has, and what it needs of them.

A copy is filled when the one whose return it is wrote something in it. What the others wrote, or what was worked out,
does not fill it. Empty copies before filled ones drop out, so that `child[1]`, `child[2]` have no gap; what is said of
an answer still points at where it stands in the file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from qaf_forms.collect.returns import Return
from qaf_forms.define.answer_types import Calculated
from qaf_forms.define.condition import Value
from qaf_forms.define.items import Group
from qaf_forms.define.questions import AGENCY, EVERY_ROLE
from qaf_forms.issue.fields import Field
from qaf_forms.issue.given import Issued
from qaf_forms.issue.layout import Layout

_COPY = re.compile(r"([a-z][a-z0-9_]*)\[([0-9]{1,3})\]\.")


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of one return: by group, those that are needed, and the place that each takes."""

    needed: Mapping[str, frozenset[int]] = field(default_factory=dict)
    places: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    def need(self, key: str) -> bool:
        """Whether what is asked under this key is asked at all: it does not stand in a copy left empty."""
        match = _COPY.match(key)
        return match is None or match[1] not in self.needed or int(match[2]) in self.needed[match[1]]

    def moved(self, key: str) -> str:
        """The key without gaps between the copies."""
        match = _COPY.match(key)
        places = self.places.get(match[1], {}) if match else {}
        place = places.get(int(match[2])) if match else None
        return key if match is None or place is None else f"{match[1]}[{place}].{key[match.end() :]}"

    def closed_up(self, returned: Return) -> Return:
        """The return without gaps between its copies."""
        if not self.places:
            return returned
        answers = {self.moved(key): answer for key, answer in returned.answers.items()}
        problems = tuple(replace(problem, key=self.moved(problem.key)) for problem in returned.problems)
        return replace(returned, answers=answers, problems=problems)


class SpareCopies:
    """Finds the copies of returns of one layout, filled in by these roles."""

    def __init__(self, layout: Layout, roles: Collection[str]) -> None:
        self.layout, self.roles = layout, frozenset(roles)
        items = layout.form.items()
        self._groups = {item.id: item for item in items if isinstance(item, Group) and item.has_spare}
        roles = {name: self._roles_in(f"{name}[") for name in self._groups}
        self._filling = {name: self._fillers(found) for name, found in roles.items()}
        self._closing = frozenset(name for name, group in self._groups.items() if self._closes(group, roles[name]))

    def _roles_in(self, start: str) -> frozenset[str]:
        return frozenset(one.role for one in self.layout.whole.fields if one.key.startswith(start))

    def _fillers(self, roles: frozenset[str]) -> frozenset[str]:
        """The roles whose words fill a copy: of several roles the agency, if it has anything to say there."""
        own = roles if EVERY_ROLE in self.roles else self.roles
        return frozenset({AGENCY}) if AGENCY in own & roles else own

    def _closes(self, group: Group, roles: frozenset[str]) -> bool:
        """Whether the copies close up: not where a place has a meaning, or answers to it stand in another file."""
        if group.has_fixed_places:
            return False
        is_whole = AGENCY in self.roles and self.layout.only_for is None
        return is_whole or EVERY_ROLE in self.roles or roles <= self.roles

    def copies(self, values: Mapping[str, Value], unclear: Iterable[str], issued: Issued | None = None) -> Copies:
        """The copies of a return with these answers, and something unclear under other keys.

        What was issued does not fill a copy, and keeps its place, unless the form says the same in every copy.
        """
        if not self._groups:
            return Copies()
        filled: dict[str, set[int]] = {name: set() for name in self._groups}
        begun: dict[str, set[int]] = {name: set() for name in self._groups}
        for key in {*values, *unclear}:
            match = _COPY.match(key)
            space = self.layout.field(key) if match and match[1] in self._groups else None
            if match is None or space is None or self._is_nobodys(space, values.get(key)):
                continue
            begun[match[1]].add(int(match[2]))
            was_there = issued is not None and key in values and issued.has(key, values[key])
            if space.role in self._filling[match[1]] and not was_there:
                filled[match[1]].add(int(match[2]))
        needed, places = {}, {}
        for name, group in self._groups.items():
            order = list(range(1, group.copies + 1))
            if name in self._closing:
                order = [*sorted(begun[name]), *(copy for copy in order if copy not in begun[name])]
                places[name] = {copy: place for place, copy in enumerate(order, start=1)}
            missing = max((group.min_copies or 0) - len(filled[name]), 0)
            empty = [copy for copy in order if copy not in filled[name]]
            needed[name] = frozenset(filled[name]).union(empty[:missing])
        return Copies(needed, places)

    def _is_nobodys(self, space: Field, value: Value | None) -> bool:
        """Whether an answer was worked out, or is the form's own."""
        if isinstance(space.answer, Calculated) or space.key in self.layout.given:
            return True
        return value is not None and self.layout.defaults.get(space.key) == value
