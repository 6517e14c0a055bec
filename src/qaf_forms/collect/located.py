"""What has been found in a file so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from qaf_forms.collect.reading import RawAnswer
from qaf_forms.issue.fields import Field
from qaf_forms.plugin.interfaces import Cell, Extra, Raw, Route
from qaf_forms.problems import Code, Problem


@dataclass(slots=True)
class Located:
    """What was found: the spaces by key, the text that is nobody's answer, and what is wrong with where things stand.

    `claimed` holds the ids of the cells that are accounted for.
    """

    answers: dict[str, RawAnswer] = field(default_factory=dict)
    extras: list[Extra] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)

    def take(self, space: Field, cell: Cell, route: Route) -> None:
        """Note that `cell` is the space of a field. A second, different answer is kept as a problem."""
        self.claimed.add(id(cell))
        value = unfilled(space, cell.value)
        found = RawAnswer(space, value, cell.place, route, cell.remarks)
        earlier = self.answers.get(space.key)
        if earlier is None or (earlier.value == "" and value != ""):
            self.answers[space.key] = found
        elif value not in ("", earlier.value):
            self.problems.append(Code.TWO_ANSWERS.problem(key=space.key, place=cell.place, value=value))


def unfilled(space: Field, value: Raw) -> Raw:
    """The value of a space without the placeholder that the form printed in it."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if space.placeholder in text:
        text = text.removeprefix(space.placeholder).removesuffix(space.placeholder).strip()
    return text
