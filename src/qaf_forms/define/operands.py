"""The answer spaces that the keys of calculations mean, as far as the definition tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qaf_forms.define.answer_types import Calculated
from qaf_forms.define.questions import Column
from qaf_forms.define.score import names_of
from qaf_forms.define.spaces import Scope, Space, Spaces, Worked


class Named:
    """The spaces of a form by every name that a calculation can give them."""

    def __init__(self, spaces: Spaces) -> None:
        self.spaces = spaces
        self._by_name: dict[str, list[Space]] = {}
        for key, space in spaces.by_key.items():
            own_cell = isinstance(space.answer, Calculated) and not isinstance(space.answer, Column)
            for name in names_of(key, own_cell=own_cell):
                self._by_name.setdefault(name, []).append(space)

    def by(self, key: str, scope: Scope) -> list[Space]:
        """The spaces that `key` means in `scope`; none if there is no such question, row or copy."""
        return self._by_name.get(scope.whole(key), []) if self.spaces.has_copies(key) else []

    def names(self, scope: Scope) -> Iterator[str]:
        """Every name that can be written in `scope`, the nearest first."""
        yield from self.spaces.keys_in(scope)
        yield from (name for name in self._by_name if "[]" not in name)

    def edges(self) -> Mapping[str, set[str]]:
        """By calculated space, the spaces that it is worked out from."""
        return {worked.key: {space.key for space in self.of(worked)} for worked in self.spaces.worked}

    def of(self, worked: Worked) -> Iterator[Space]:
        """The spaces that one calculation names."""
        for key in worked.calculated.of:
            yield from self.by(key, worked.scope)


def reachable(edges: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """By key, every key that its edges lead to, however far."""
    return {key: _from(key, edges) for key in edges}


def _from(key: str, edges: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(edges.get(key, ()))
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(edges.get(current, ()))
    return found
