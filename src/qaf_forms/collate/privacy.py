"""What leaves in a collation: fields marked `personal` only when asked for."""

from __future__ import annotations

from dataclasses import dataclass

from qaf_forms.issue.fields import Field

WITHHELD = "[withheld]"
"""Stands in the place of a personal answer, so that it is seen to have been given."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """Decides field by field. Whether a question was answered is shown, and what was answered is not."""

    include_personal: bool = False

    def hides(self, field: Field | None) -> bool:
        """Whether the answers to this field stay behind."""
        return field is not None and field.personal and not self.include_personal
