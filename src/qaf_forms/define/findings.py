"""What the checks of a definition find."""

from __future__ import annotations

from qaf_forms.define.yaml_source import Node, Source, Steps, key_of
from qaf_forms.problems import Code, Problem


class Findings:
    """Collects problems at their places. What stands in for something faulty is nobody's fault, and is passed over."""

    def __init__(self, source: Source, doubtful: frozenset[Steps] = frozenset()) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.doubtful = doubtful
        self._lost_ids = {id_ for steps in doubtful for id_ in _ids_at(source, steps)}

    def add(self, code: Code, steps: Steps, *, at_key: bool = False, value: object = "", **facts: object) -> None:
        """Report a fault of what is written at `steps`; nothing, if it is not written or was replaced."""
        if self.source.find(steps) is None or self.is_doubtful(steps):
            return
        place = self.source.place(*self.source.mark(steps, at_key=at_key))
        self.problems.append(code.problem(key=key_of(steps), place=place, value=value, **facts))

    def is_doubtful(self, steps: Steps) -> bool:
        """Whether what stands there was replaced, or is part of what was."""
        return any(steps[:length] in self.doubtful for length in range(1, len(steps) + 1))

    def has_doubts_in(self, steps: Steps) -> bool:
        """Whether anything in there was replaced."""
        return any(doubt[: len(steps)] == steps for doubt in self.doubtful)

    def is_doubtful_id(self, key: str) -> bool:
        """Whether a key names something that was replaced, so that nobody knows whether it exists."""
        return any(part.split("[")[0] in self._lost_ids for part in key.split("."))

    def may_hide(self, key: str) -> bool:
        """Whether a value of this key may have stood in what was replaced."""
        nodes = ((steps, self.source.find(steps)) for steps in self.doubtful)
        return any(steps[-1] == key or (node is not None and node.children is not None) for steps, node in nodes)

    def line(self, steps: Steps) -> int:
        """The line of what is written at `steps`."""
        return self.source.mark(steps)[0]


def _ids_at(source: Source, steps: Steps) -> set[str]:
    """The ids in what was replaced. Of an id that was replaced itself the words as typed count."""
    node = source.find(steps)
    if node is None:
        return set()
    if node.children is None:
        return {node.text} if steps[-1] == "id" else set()
    return set(_ids_in(node))


def _ids_in(node: Node) -> list[str]:
    found = []
    children = node.children.items() if isinstance(node.children, dict) else enumerate(node.children or ())
    for key, child in children:
        if key == "id" and child.children is None:
            found.append(child.text)
        elif child.children is not None:
            found += _ids_in(child)
    return found
