"""What came of parsing one answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from qaf_forms.define.condition import Value
from qaf_forms.problems import Code


@dataclass(slots=True)
class Outcome:
    """A typed answer, or None; and what should be said of it: codes with the facts that their wording needs.

    `behind`: codes of levels, each with the words that stood behind it.
    """

    value: Value | None = None
    notes: list[tuple[Code, dict[str, object]]] = field(default_factory=list)
    behind: list[tuple[str, str]] = field(default_factory=list)

    def note(self, code: Code, **facts: object) -> Outcome:
        """Add something to be said."""
        self.notes.append((code, facts))
        return self
